using System.Globalization;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows;

/// <summary>Workflows written in YAML, and what they do with made-up contacts on a virtual clock.</summary>
internal static class Script
{
    internal static DateTimeOffset Start { get; } = At("2026-03-02T08:00Z");

    internal static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    internal static DefinitionNode Yaml(string text) => DefinitionFile.Read("test.yaml", text);

    internal static ReadWorkflow Read(string yaml, string name = "w", string? profile = null) => WorkflowReader.Read(name, yaml, Yaml(yaml), profile);

    internal static Workflow Workflow(string yaml, string name = "w", string? profile = null)
    {
        var read = Read(yaml, name, profile);
        return read.Workflow ?? throw new InvalidOperationException(string.Join('\n', read.Errors.Select(e => $"{e.Line}:{e.Column}: {e.Where}: {e.Message}")));
    }

    internal static WorkflowSet Set(params Workflow[] workflows) => Set(Start, workflows);

    internal static WorkflowSet Set(DateTimeOffset launched, params Workflow[] workflows) => new(
        [.. workflows.Select(w => new LaunchedWorkflow(w, launched))], [], [], ScoreModel.Empty, RoutingRules.Empty, SendingRules.Default,
        (template, channel, _, _, _) => new Composed(new RenderedMessage(channel, MessagePurpose.Marketing, null, template, "", null, template), null), launched);

    /// <summary>A contact that said yes on both channels, long ago.</summary>
    internal static ContactFacts Contact(string id = "ada", HygieneStatus hygiene = HygieneStatus.Ready, params (Field Field, string Value)[] fields)
    {
        var values = FieldValues.None.With(Field.Email, $"{id}@engines.co.uk").With(Field.FirstName, "Ada").With(Field.TimeZone, "Europe/London");
        foreach (var (field, value) in fields) values = values.With(field, value);
        var said = At("2025-01-01");
        return new ContactFacts(id, values, new Hygiene(hygiene, HygieneReasons.None), said, null,
            [new ConsentFact(Channel.Email, Purposes.Marketing, ConsentState.Granted, said), new ConsentFact(Channel.Sms, Purposes.Marketing, ConsentState.Granted, said)], [], EventLog.Empty);
    }

    internal static HubEvent Event(string type, string at, string properties = "{}", string? id = null) =>
        new(id ?? $"{type}@{at}", type, At(at), new EventContact(Id: "ada"), EventProperties.Of(Samples.Json(properties)));

    internal static IReadOnlyList<string> Simulate(WorkflowSet set, string until, params HubEvent[] events) => Simulate(set, Contact(), until, events);

    internal static IReadOnlyList<string> Simulate(WorkflowSet set, ContactFacts contact, string until, params HubEvent[] events) =>
        [.. Simulation.Run(set, new SimulationInput([contact], [.. events.Select(e => new SimulatedEvent(contact.Id, e, FieldValues.None, []))], Start, At(until)), CancellationToken.None).Select(Line)];

    /// <summary><c>03-02 09:00 send mail-one</c>, <c>03-02 09:00 exit (ordered)</c>.</summary>
    internal static string Line(Effect e) =>
        $"{e.At.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture)} {e.Kind.ToString().ToLowerInvariant()}{(e.Template is { } t ? $" {t}" : "")}{(e.Kind is EffectKind.Send or EffectKind.Enter ? "" : $" ({e.Reason})")}";
}
