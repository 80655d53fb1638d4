using System.Collections.Immutable;
using System.Text.Json;
using IntegrationHub.Engine.Mail;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Normalising;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Stages;

/// <summary>Normalise: changed source records become clean records, or go to quarantine. One record's failure stops no other.</summary>
internal sealed class NormaliseStage(HubStore store, MailServers mailServers, TimeProvider time)
{
    private const int RecordsATransaction = 2_000;

    private readonly BatchSize size = new(store, RecordsATransaction);

    // How many rows of a file are looked at for the order of day and month: enough to meet a day above twelve in any column that has one.
    private const int RowsForOrders = 20_000;

    /// <summary>Normalises all that waits of one stream, records that an older recipe made included.</summary>
    public async Task<NormaliseTally> Run(SourceRow source, string stream, SourceRecipes recipes, Action<long> done, CancellationToken ct)
    {
        var tally = new NormaliseTally();
        foreach (var recipe in recipes.All(stream)) tally.Watch(recipe);
        var orders = source.Connector == MappingFile.FilesConnector ? await Orders(source, stream, recipes, ct) : NoOrders;
        if (recipes.All(stream).ToList() is [var only]) tally.HasStale = await store.Work.EnqueueStale(source.Name, stream, VersionOf(only, orders), ct) > 0;

        var after = 0L;
        var saving = Task.FromResult(new CleanCounts(0, 0, 0, 0));
        while (true)
        {
            var rows = await store.Landing.TakeForNormalise(source.Name, stream, after, size.Next, ct);
            if (rows.Count > 0) after = rows[^1].RecordId;
            var saves = await MailServerCheck.Flag(Normalise(rows, stream, recipes, orders, tally), mailServers, ct);

            // The next batch is computed while the one before is written.
            tally.Add(await saving);
            done(tally.Done);
            if (rows.Count == 0) return tally;
            saving = size.Write(rows.Count, () => store.Clean.Save(saves, time.GetUtcNow(), ct));
        }
    }

    /// <summary>What the dates of a source's files prove, layout by layout; an API says how it writes dates, a spreadsheet does not.</summary>
    private async Task<Dictionary<SourceRecipe, ImmutableDictionary<Field, DateOrder>>> Orders(SourceRow source, string stream, SourceRecipes recipes, CancellationToken ct)
    {
        if (!recipes.All(stream).Any(r => r.Mapping.Definition.Fields.Any(f => ColumnOrders.OfDates.Contains(f.Field)))) return NoOrders;
        var found = new Dictionary<SourceRecipe, ColumnOrders>();
        foreach (var (key, payload) in await store.Landing.Some(source.Name, stream, RowsForOrders, ct))
        {
            try
            {
                if (recipes.For(stream, payload) is not { } recipe) continue;
                if (!found.TryGetValue(recipe, out var columns)) found[recipe] = columns = new ColumnOrders();
                columns.Add(recipe.Mapping.Apply(key, payload).Raw);
            }
            catch (JsonException)
            {
                // As below, met while its columns were looked at.
            }
            catch (FormatException)
            {
                // A payload that cannot be read proves nothing; normalising it says why, and puts it into quarantine.
            }
        }

        return found.ToDictionary(f => f.Key, f => f.Value.Settled());
    }

    private static readonly Dictionary<SourceRecipe, ImmutableDictionary<Field, DateOrder>> NoOrders = [];

    private CleanSave[] Normalise(
        IReadOnlyList<NormaliseRow> rows, string stream, SourceRecipes recipes, Dictionary<SourceRecipe, ImmutableDictionary<Field, DateOrder>> orders, NormaliseTally tally)
    {
        var saves = new CleanSave[rows.Count];
        Parallel.For(
            0, rows.Count,
            () => new Dictionary<SourceRecipe, PathUse>(),
            (i, _, use) =>
            {
                saves[i] = Isolated(rows[i], stream, recipes, orders, use);
                return use;
            },
            tally.Add);
        return saves;
    }

    private CleanSave Isolated(
        NormaliseRow row, string stream, SourceRecipes recipes, Dictionary<SourceRecipe, ImmutableDictionary<Field, DateOrder>> orders, Dictionary<SourceRecipe, PathUse> use)
    {
        if (row.Deleted || row.Payload is null) return new CleanSave(row, null, Unmapped);
        try
        {
            if (recipes.For(stream, row.Payload) is not { } recipe)
                return new CleanSave(row, null, Unmapped,
                    $"{row.Key}: no mapping knows the columns of this file. Write one as docs/mappings.md shows and give it: hub source add NAME --connector files --path … --mapping FILE");
            if (!use.TryGetValue(recipe, out var counts)) use[recipe] = counts = recipe.Mapping.CountUse();
            var mapped = recipe.Mapping.Apply(row.Key, row.Payload, counts);
            var clean = RecordNormaliser.Normalise(orders.TryGetValue(recipe, out var proven) ? mapped with { DateOrders = proven } : mapped);
            return new CleanSave(row, clean, VersionOf(recipe, orders));
        }
        catch (Exception e)
        {
            return new CleanSave(row, null, Unmapped, $"{row.Key}: {e.Message}");
        }
    }

    private static RecipeVersion Unmapped { get; } = new("0000000000000000");

    /// <summary>
    /// A clean record depends on its mapping, on whether mail servers are asked for, and on what the dates of its file prove: where a
    /// new row settles the order, the rows before it are made anew.
    /// </summary>
    private RecipeVersion VersionOf(SourceRecipe recipe, Dictionary<SourceRecipe, ImmutableDictionary<Field, DateOrder>> orders)
    {
        var proven = orders.GetValueOrDefault(recipe)?.OrderBy(o => o.Key).Select(o => $"{o.Key} {o.Value}") ?? [];
        return RecipeVersions.Of([recipe.Mapping.Version.Value, .. mailServers.Enabled ? (string[])["mail servers asked"] : [], .. proven]);
    }
}

/// <summary>What normalising one stream has done, and what of its mapping was never found.</summary>
internal sealed class NormaliseTally
{
    private readonly Dictionary<SourceRecipe, PathUse> use = [];

    public long Done { get; private set; }

    public long Changed { get; private set; }

    public long Quarantined { get; private set; }

    /// <summary>True where records were made anew because their recipe has changed.</summary>
    public bool HasStale { get; set; }

    public void Watch(SourceRecipe recipe) => use[recipe] = recipe.Mapping.CountUse();

    public void Add(CleanCounts counts)
    {
        Done += counts.Changed + counts.Unchanged + counts.Removed + counts.Quarantined;
        Changed += counts.Changed + counts.Removed;
        Quarantined += counts.Quarantined;
    }

    public void Add(Dictionary<SourceRecipe, PathUse> thread)
    {
        lock (use)
            foreach (var (recipe, counts) in thread)
                if (use.TryGetValue(recipe, out var all)) all.Add(counts);
                else use[recipe] = counts;
    }

    /// <summary>Schema drift in words: paths that a mapping names and no record had, fields that records have and no mapping names.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (var (recipe, counts) in use.Where(u => u.Value.Records > 0).OrderBy(u => u.Key.Mapping.Definition.Name, StringComparer.Ordinal))
        {
            var name = recipe.Mapping.Definition.Name;
            var never = counts.NeverSeen().ToHashSet(StringComparer.Ordinal);
            var lost = recipe.Mapping.Definition.Fields.Where(f => !f.Value.Paths.IsEmpty && f.Value.Paths.All(p => never.Contains(p.Text))).ToList();
            if (lost.Count > 0)
                yield return $"{name}: no record had {string.Join(", ", lost.Select(f => $"{string.Join(" or ", f.Value.Paths.Select(p => p.Text))} (for {Fields.NameOf(f.Field)})"))}; "
                    + "misspelt in the mapping, renamed at the source, or not used there.";
            if (counts.UnmappedFields() is { Length: > 0 } unmapped)
                yield return $"{name}: kept raw, not mapped: {string.Join(", ", unmapped.Take(12).Select(u => u.Path))}{(unmapped.Length > 12 ? $" and {unmapped.Length - 12} more" : "")}.";
        }
    }
}
