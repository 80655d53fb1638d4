using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows;

/// <summary>Workflows, contacts and events of a test, showing only what matters.</summary>
internal static class Flow
{
    internal static DateTimeOffset Utc(string at) => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    internal static DefinitionNode Yaml(string text) => DefinitionFile.Read("test.yaml", text);

    /// <summary>A workflow that begins with a form; <paramref name="steps"/> is its list of steps, <paramref name="head"/> what else stands in the file.</summary>
    internal static Workflow Workflow(string steps, string head = "", string name = "test", string triggers = "[{ event: form.submitted }]")
    {
        var text = $"name: {name}\ntriggers: {triggers}\n{head}\nsteps:\n{steps}";
        var read = WorkflowReader.Read(name, text, Yaml(text));
        return read.Workflow ?? throw new InvalidOperationException(string.Join('\n', read.Errors.Select(e => $"{e.Line}:{e.Column} {e.Where}: {e.Message}")));
    }

    /// <summary>A contact that may be written to on both channels.</summary>
    internal static ContactFacts Contact(params (Field Field, string Value)[] fields)
    {
        var values = FieldValues.None.With(Field.Email, "ada@engines.co.uk");
        foreach (var (field, value) in fields) values = values.With(field, value);
        return new ContactFacts("c-1", values, default, Utc("2025-01-01"), null,
            [new(Channel.Email, Purposes.Marketing, ConsentState.Granted, Utc("2025-01-01")), new(Channel.Sms, Purposes.Marketing, ConsentState.Granted, Utc("2025-01-01"))], [], EventLog.Empty);
    }

    internal static HubEvent Event(string type, string at, string properties = "{}", string? id = null) =>
        new(id ?? $"{type} {at}", type, Utc(at), new EventContact(Id: "c-1"), EventProperties.Of(Samples.Json(properties)));

    internal static WorkflowSet Set(string launchedAt, params Workflow[] workflows) => Set(launchedAt, null, null, null, workflows);

    internal static WorkflowSet Set(string launchedAt, ScoreModel? scoring, RoutingRules? routing, SendingRules? sending, params Workflow[] workflows) => new(
        [.. workflows.Select(w => new LaunchedWorkflow(w, Utc(launchedAt)))], [], [], scoring ?? ScoreModel.Empty, routing ?? RoutingRules.Empty, sending ?? SendingRules.Default,
        (template, channel, _, _, _) => new Composed(new RenderedMessage(channel, MessagePurpose.Marketing, null, template, "", null, template), null), Utc(launchedAt));

    /// <summary>What the workflows do with one contact, from launch on.</summary>
    internal static ImmutableArray<Effect> Run(WorkflowSet set, ContactFacts contact, string until, params HubEvent[] events)
    {
        var simulated = events.Select(e => new SimulatedEvent(contact.Id, e, FieldValues.None, [])).ToImmutableArray();
        return Simulation.Run(set, new SimulationInput([contact], simulated, set.Launched[0].LaunchedAt, Utc(until)), CancellationToken.None);
    }

    /// <summary>The contact at an instant, with an enrolment that may send.</summary>
    internal static ContactView View(WorkflowSet set, ContactFacts facts, DateTimeOffset now, params SentMessage[] sent)
    {
        var enrolment = new Enrolment("test", "v", 1, now, now, null, false, EnrolmentState.Active, "s", now, null, null, ["s"], 0, null, null, null, null);
        return new ContactView(set, facts, Journey.Empty with { Sent = [.. sent] }, facts.Events.Until(now), now, enrolment);
    }

    /// <summary>An effect in one line: its time, kind and reason.</summary>
    internal static string Line(Effect e) => $"{e.At.UtcDateTime:yyyy-MM-dd HH:mm} {e.Kind.ToString().ToLowerInvariant()}{(e.Template is { } t ? $" {t}" : "")}{(e.Reason is { } r ? $": {r}" : "")}";
}
