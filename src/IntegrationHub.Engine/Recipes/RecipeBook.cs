using System.Collections.Immutable;
using IntegrationHub.Auditing;
using IntegrationHub.Merging;
using IntegrationHub.Normalising;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Recipes;

/// <summary>All recipes of one mappings folder. Immutable; load anew to see changed files.</summary>
public sealed class RecipeBook
{
    private readonly ImmutableArray<SourceRecipe> mappings;
    private readonly ImmutableArray<EventMapping> events;

    private RecipeBook(ImmutableArray<SourceRecipe> mappings, ImmutableArray<EventMapping> events, SurvivorshipRules survivorship, AuditRules audit)
    {
        this.mappings = mappings;
        this.events = events;
        Survivorship = survivorship;
        Audit = audit;
    }

    /// <summary>Who wins a field.</summary>
    public SurvivorshipRules Survivorship { get; }

    /// <summary>What the audit measures.</summary>
    public AuditRules Audit { get; }

    /// <summary>All mappings of <c>sources/</c>, by name.</summary>
    public IEnumerable<SourceRecipe> Mappings => mappings;

    /// <summary>The mappings of <c>sources/</c> that make events, by name.</summary>
    public IEnumerable<EventMapping> EventMappings => events;

    /// <summary>The layouts of files that are known without being told.</summary>
    public IEnumerable<FileLayout> Layouts => mappings.Select(m => m.Mapping.Definition.Layout).OfType<FileLayout>();

    /// <summary>Reads <c>sources/*.yaml</c>, <c>survivorship.yaml</c> and <c>audit.yaml</c>.</summary>
    /// <param name="folder">The mappings folder.</param>
    /// <exception cref="RecipeException">A file has mistakes; holds those of all files.</exception>
    public static RecipeBook Load(string folder)
    {
        var sources = Path.Combine(folder, "sources");
        if (!Directory.Exists(sources))
            throw new RecipeException([new RecipeError(sources, 1, 1, "", "there is no such folder; the mappings lie beside the program, or where the setting 'Hub:Mappings' says.")]);
        var errors = new List<RecipeError>();
        var loaded = new List<SourceRecipe>();
        var events = new List<EventMapping>();
        foreach (var file in Directory.GetFiles(sources, "*.yaml").Order(StringComparer.Ordinal))
        {
            if (Try(() => RecipeText.Read(file), errors) is not { } text) continue;
            if (EventMappingFile.Is(text))
            {
                if (Try(() => EventMappingFile.Parse(text, file), errors) is { } mapping) events.Add(mapping);
            }
            else if (Try(() => MappingFile.Parse(text, file), errors) is { } recipe) loaded.Add(recipe);
        }

        var survivorship = Try(() => SurvivorshipFile.Load(Path.Combine(folder, "survivorship.yaml")), errors);
        var audit = Try(() => AuditFile.Load(Path.Combine(folder, "audit.yaml")), errors);
        RefuseTwins([.. loaded.Select(l => (l.Mapping.Definition.Name, KeyOf(l.Mapping.Definition))), .. events.Select(e => (e.Definition.Name, $"{e.Definition.Connector}'s {e.Definition.Stream}"))], sources, errors);
        if (errors.Count > 0 || survivorship is null || audit is null) throw new RecipeException(errors);
        return new RecipeBook([.. loaded], [.. events], survivorship, audit);
    }

    private static T? Try<T>(Func<T> load, List<RecipeError> errors) where T : class
    {
        try
        {
            return load();
        }
        catch (RecipeException e)
        {
            errors.AddRange(e.Errors);
            return null;
        }
    }

    private static void RefuseTwins(IEnumerable<(string Name, string Of)> loaded, string folder, List<RecipeError> errors)
    {
        foreach (var twins in loaded.GroupBy(l => l.Of, StringComparer.Ordinal).Where(g => g.Count() > 1))
            errors.Add(new RecipeError(
                Path.Combine(folder, twins.Last().Name + ".yaml"), 1, 1, "",
                $"'{twins.First().Name}' is a mapping for {twins.Key} too; keep one of the two."));
    }

    private static string KeyOf(MappingDefinition definition) =>
        definition.Layout is { } layout ? $"the file layout '{layout.Name}'" : $"{definition.Connector}'s {definition.Stream}";

    /// <summary>The mapping of a stream of a system with an API; null when there is none.</summary>
    public SourceRecipe? For(string connector, string stream) =>
        mappings.FirstOrDefault(m => m.Mapping.Definition is { Layout: null } d && d.Connector == connector && d.Stream == stream);

    /// <summary>The mapping that makes events of a stream's rows; null when there is none.</summary>
    public EventMapping? EventsOf(string connector, string stream) => events.FirstOrDefault(e => e.Definition.Connector == connector && e.Definition.Stream == stream);

    /// <summary>The mapping of a file layout; null when there is none.</summary>
    public SourceRecipe? ForLayout(string layout) => mappings.FirstOrDefault(m => m.Mapping.Definition.Layout?.Name == layout);

    /// <summary>The mapping of the file that has this header row; null when no layout knows it.</summary>
    public SourceRecipe? ForHeaders(IReadOnlyCollection<string> headerRow) =>
        FileLayout.Recognise(Layouts, headerRow) is { } layout ? ForLayout(layout.Name) : null;
}
