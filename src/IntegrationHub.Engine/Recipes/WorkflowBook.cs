using System.Collections.Immutable;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Recipes;

/// <summary>A workflow with the file that it was read from.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="File">The file's path.</param>
/// <param name="Text">The file's text.</param>
public sealed record WorkflowFile(Workflow Workflow, string File, string Text);

/// <summary>All that workflows are made of in one mappings folder, checked against each other. Immutable; load anew to see changed files.</summary>
public sealed class WorkflowBook
{
    private readonly MailIdentity identity;

    private WorkflowBook(
        ImmutableArray<WorkflowFile> workflows, ImmutableArray<Segment> segments, ScoreModel scoring, RoutingRules routing, SendingRules sending, Catalogue catalogue, ImmutableDictionary<string, MessageTemplate> templates,
        MailIdentity identity)
    {
        (Workflows, Segments, Scoring, Routing, Sending, Catalogue, Templates) = (workflows, segments, scoring, routing, sending, catalogue, templates);
        this.identity = identity;
    }

    /// <summary>The workflows, by name.</summary>
    public ImmutableArray<WorkflowFile> Workflows { get; }

    /// <summary>The segments, by name.</summary>
    public ImmutableArray<Segment> Segments { get; }

    /// <summary>How scores are counted.</summary>
    public ScoreModel Scoring { get; }

    /// <summary>Who gets which contact.</summary>
    public RoutingRules Routing { get; }

    /// <summary>Rules of sending.</summary>
    public SendingRules Sending { get; }

    /// <summary>The products.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>The templates, by name.</summary>
    public ImmutableDictionary<string, MessageTemplate> Templates { get; }

    /// <summary>Who the messages are from, and the links that templates name.</summary>
    public MailIdentity Identity => identity;

    /// <summary>Reads <c>workflows/*.yaml</c>, <c>segments/*.yaml</c>, <c>templates/*.liquid</c>, <c>scoring.yaml</c>, <c>routing.yaml</c>, <c>sending.yaml</c>, <c>sender.yaml</c> and <c>catalogue.csv</c>.</summary>
    /// <param name="folder">The mappings folder.</param>
    /// <param name="profile"><c>starter</c> or <c>full</c> for all workflows; null for what each file says.</param>
    /// <exception cref="RecipeException">Files have mistakes; holds those of all files.</exception>
    public static WorkflowBook Load(string folder, string? profile = null)
    {
        var errors = new List<RecipeError>();
        var templates = Try(() => TemplateFolder.Load(Path.Combine(folder, "templates")), errors) ?? ImmutableDictionary<string, MessageTemplate>.Empty;
        var identity = Try(() => SenderFile.Load(Path.Combine(folder, "sender.yaml")), errors);
        var scoring = Single(folder, "scoring.yaml", ScoreReader.Read, errors) ?? ScoreModel.Empty;
        var routing = Single(folder, "routing.yaml", RoutingReader.Read, errors) ?? RoutingRules.Empty;
        var sending = Single(folder, "sending.yaml", SendingReader.Read, errors) ?? SendingRules.Default;
        var catalogue = Try(() => CatalogueFile.Load(Path.Combine(folder, "catalogue.csv")), errors) ?? Catalogue.Empty;
        var segments = Files(folder, "segments").Select(f => Try(() => OfSegment(f), errors)).OfType<Segment>().ToImmutableArray();
        var workflows = Files(folder, "workflows").Select(f => Try(() => OfWorkflow(f, profile), errors)).OfType<WorkflowFile>().ToImmutableArray();
        if (errors.Count == 0) errors.AddRange(Unknown(folder, workflows, segments, scoring, routing, templates));
        if (errors.Count > 0) throw new RecipeException(errors);
        return new WorkflowBook(workflows, segments, scoring, routing, sending, catalogue, templates, identity!);
    }

    /// <summary>Writes messages with these templates.</summary>
    /// <param name="links">Signs the links.</param>
    public MessageComposer Composer(TrackedLinks links) => new([.. Templates.Values], identity.Sender, links, identity.Links, Catalogue.CrossSell);

    /// <summary>A set of launched workflows.</summary>
    /// <param name="launched">The workflows.</param>
    /// <param name="older">Older versions that enrolments still run through.</param>
    /// <param name="links">Signs the links.</param>
    /// <param name="watchingSince">From when on a contact without any date counts as known.</param>
    public WorkflowSet SetOf(ImmutableArray<LaunchedWorkflow> launched, ImmutableArray<Workflow> older, TrackedLinks links, DateTimeOffset watchingSince) =>
        new(launched, older, Segments, Scoring, Routing, Sending, Composer(links).Compose, watchingSince);

    /// <summary>The files of workflows in a mappings folder, by name.</summary>
    internal static ImmutableArray<string> FilesOfWorkflows(string folder) => [.. Files(folder, "workflows")];

    /// <summary>One workflow by itself; null where its file has mistakes, which <see cref="Load"/> tells.</summary>
    internal static WorkflowFile? Readable(string file, string? profile) => Try(() => OfWorkflow(file, profile), []);

    private static WorkflowFile OfWorkflow(string file, string? profile)
    {
        var text = RecipeText.Read(file);
        var read = WorkflowReader.Read(Path.GetFileNameWithoutExtension(file), text, DefinitionFile.Read(file, text), profile);
        return read.Workflow is { } workflow ? new WorkflowFile(workflow, file, text) : throw DefinitionFile.Wrong(file, read.Errors);
    }

    private static Segment OfSegment(string file)
    {
        var (segment, errors) = SegmentReader.Read(Path.GetFileNameWithoutExtension(file), DefinitionFile.Read(file, RecipeText.Read(file)));
        return segment ?? throw DefinitionFile.Wrong(file, errors);
    }

    private static T? Single<T>(string folder, string name, Func<DefinitionNode, (T Value, ImmutableArray<DefinitionError> Errors)> read, List<RecipeError> errors)
        where T : class
    {
        var file = Path.Combine(folder, name);
        if (!File.Exists(file)) return null;
        return Try(
            () =>
            {
                var (value, wrong) = read(DefinitionFile.Read(file, RecipeText.Read(file)));
                return wrong.IsEmpty ? value : throw DefinitionFile.Wrong(file, wrong);
            },
            errors);
    }

    private static IEnumerable<string> Files(string folder, string name) =>
        Directory.Exists(Path.Combine(folder, name)) ? Directory.GetFiles(Path.Combine(folder, name), "*.yaml").Order(StringComparer.Ordinal) : [];

    private static T? Try<T>(Func<T> read, List<RecipeError> errors)
        where T : class
    {
        try
        {
            return read();
        }
        catch (RecipeException e)
        {
            errors.AddRange(e.Errors);
            return null;
        }
    }

    /// <summary>Names that lead nowhere.</summary>
    private static IEnumerable<RecipeError> Unknown(
        string folder, ImmutableArray<WorkflowFile> workflows, ImmutableArray<Segment> segments, ScoreModel scoring, RoutingRules routing, ImmutableDictionary<string, MessageTemplate> templates)
    {
        var names = segments.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        IEnumerable<RecipeError> Missing(string file, string text, IEnumerable<Condition> conditions) =>
            conditions.SelectMany(References.Segments).Distinct(StringComparer.Ordinal).Where(s => !names.Contains(s))
                .Select(s => new RecipeError(file, LineOf(text, s), 1, "segment", $"no segment '{s}' in mappings/segments. {Suggestion.For(s, names.Order(StringComparer.Ordinal))}"));

        foreach (var file in workflows)
        {
            foreach (var error in Missing(file.File, file.Text, References.Conditions(file.Workflow))) yield return error;
            foreach (var other in References.Workflows(file.Workflow).Where(o => workflows.All(w => w.Workflow.Name != o)))
                yield return new RecipeError(file.File, LineOf(file.Text, other), 1, "workflow", $"no workflow '{other}' in mappings/workflows. {Suggestion.For(other, workflows.Select(w => w.Workflow.Name))}");
            foreach (var (name, channel, marketing) in References.Templates(file.Workflow).Distinct())
                if (Problem(name, channel, marketing, file.Workflow, templates) is { } problem) yield return new RecipeError(file.File, LineOf(file.Text, name), 1, "template", problem);
        }

        foreach (var segment in segments)
        {
            var file = Path.Combine(folder, "segments", $"{segment.Name}.yaml");
            foreach (var error in Missing(file, File.ReadAllText(file), [segment.Condition])) yield return error;
            if (IsCircular(segment, segments)) yield return new RecipeError(file, 1, 1, "when", $"'{segment.Name}' is a condition of itself, through the segments that it names.");
        }

        foreach (var error in Missing(Path.Combine(folder, "scoring.yaml"), "", scoring.Fit.Select(f => f.When))) yield return error;
        foreach (var error in Missing(Path.Combine(folder, "routing.yaml"), "", routing.Territories.Select(t => t.When).OfType<Condition>())) yield return error;
    }

    private static string? Problem(string name, Channel channel, bool? marketing, Workflow workflow, ImmutableDictionary<string, MessageTemplate> templates)
    {
        if (!templates.TryGetValue(name, out var template)) return $"no template '{name}' in mappings/templates. {Suggestion.For(name, templates.Keys.Order(StringComparer.Ordinal))}";
        if (template.Channel != channel) return $"'{name}' is for {Channels.Of(template.Channel)}, and is sent on {Channels.Of(channel)}: give 'channel: {Channels.Of(template.Channel)}'.";
        if (marketing is { } isMarketing && isMarketing != (template.Purpose == MessagePurpose.Marketing))
            return $"'{name}' is {(isMarketing ? "transactional" : "marketing")} by its own head: give 'purpose: {(isMarketing ? "transactional" : "marketing")}', or change the template.";
        var lacks = template.Parameters.Where(p => !workflow.Parameters.ContainsKey(p)).ToList();
        return lacks.Count == 0 ? null : $"'{name}' names the parameter{(lacks.Count == 1 ? "" : "s")} {string.Join(", ", lacks)}: put {(lacks.Count == 1 ? "it" : "them")} under 'parameters'.";
    }

    private static bool IsCircular(Segment start, ImmutableArray<Segment> segments)
    {
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>(References.Segments(start.Condition)));
        while (open.TryDequeue(out var name))
        {
            if (name == start.Name) return true;
            if (seen.Add(name) && segments.FirstOrDefault(s => s.Name == name) is { } next)
                foreach (var further in References.Segments(next.Condition)) open.Enqueue(further);
        }

        return false;
    }

    private static int LineOf(string text, string word) => text.AsSpan(0, Math.Max(0, text.IndexOf(word, StringComparison.Ordinal))).Count('\n') + 1;
}
