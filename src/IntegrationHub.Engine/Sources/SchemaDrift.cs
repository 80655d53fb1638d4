using System.Collections.Immutable;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Normalising;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Sources;

/// <summary>Where a source's payloads and its mapping no longer fit.</summary>
/// <param name="Lost">Fields whose paths none of the payloads has, in words.</param>
/// <param name="Unmapped">Paths in the payloads that the mapping neither reads nor ignores, in ordinal order.</param>
public sealed record DriftFound(ImmutableArray<string> Lost, ImmutableArray<string> Unmapped);

/// <summary>Compares payloads as they were landed with the mappings as they are now: says what a source has renamed, dropped or added.</summary>
public sealed class SchemaDrift(HubStore store, RecipeBook recipes)
{
    /// <summary>Enough to see every field that is in use, and read in some hundredths of a second.</summary>
    private const int Payloads = 1_000;

    /// <summary>Looks at the last payloads, by id, of each mapped stream.</summary>
    /// <exception cref="RecipeException">The source's own mapping file has mistakes, or is gone.</exception>
    public async Task<DriftFound> Of(SourceRow source, CancellationToken ct)
    {
        var own = SourceRecipes.Of(source, recipes);
        var lost = new List<string>();
        var unmapped = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var stream in new[] { Streams.Contacts, Streams.Companies }.Where(own.Maps))
        {
            var use = new Dictionary<SourceRecipe, PathUse>();
            foreach (var (key, payload) in await store.Landing.Some(source.Name, stream, Payloads, ct)) Count(own, stream, key, payload, use);
            foreach (var (recipe, counts) in use)
            {
                lost.AddRange(Lost(recipe, counts));
                unmapped.UnionWith(counts.UnmappedFields().Select(u => u.Path));
            }
        }

        return new DriftFound([.. lost.Order(StringComparer.Ordinal)], [.. unmapped]);
    }

    /// <summary>A payload that cannot be read is in quarantine, and told there.</summary>
    private static void Count(SourceRecipes own, string stream, SourceKey key, byte[] payload, Dictionary<SourceRecipe, PathUse> use)
    {
        try
        {
            if (own.For(stream, payload) is not { } recipe) return;
            if (!use.TryGetValue(recipe, out var counts)) use[recipe] = counts = recipe.Mapping.CountUse();
            recipe.Mapping.Apply(key, payload, counts);
        }
        catch (FormatException)
        {
            return;
        }
    }

    private static IEnumerable<string> Lost(SourceRecipe recipe, PathUse counts)
    {
        var never = counts.NeverSeen().ToHashSet(StringComparer.Ordinal);
        return recipe.Mapping.Definition.Fields.Where(f => !f.Value.Paths.IsEmpty && f.Value.Paths.All(p => never.Contains(p.Text)))
            .Select(f => $"{Fields.NameOf(f.Field)} stays empty: no record has {string.Join(" or ", f.Value.Paths.Select(p => p.Text))}");
    }
}
