using System.Collections.Immutable;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows.Shipped;

/// <summary>The five workflows as they ship, with their templates, run over one contact from Monday, 2 March 2026 on.</summary>
internal static class Shipped
{
    internal static WorkflowBook Book { get; } = WorkflowBook.Load(Repository.Mappings);

    internal static ImmutableArray<Effect> Effects(string[] workflows, ContactFacts contact, string until, params HubEvent[] events) =>
        Simulation.Run(Set(workflows), new SimulationInput([contact], [.. events.Select(e => new SimulatedEvent(contact.Id, e, FieldValues.None, []))], Launch, Script.At(until)), CancellationToken.None);

    /// <summary>The lines of one of them: <c>03-02 10:30 send abandoned-cart-1h</c>.</summary>
    internal static IReadOnlyList<string> Run(string workflow, ContactFacts contact, string until, params HubEvent[] events) => [.. Effects([workflow], contact, until, events).Select(Script.Line)];

    internal static DateTimeOffset Launch { get; } = Script.At("2026-03-02T00:00Z");

    internal static WorkflowSet Set(params string[] workflows) =>
        Book.SetOf([.. Book.Workflows.Where(w => workflows.Length == 0 || workflows.Contains(w.Workflow.Name)).Select(w => new LaunchedWorkflow(w.Workflow, Launch))], [], Samples.Links, Launch);

    internal static HubEvent Cart(string at, string items = """[{"sku":"TP-1","name":"Tea pot","quantity":1,"price_minor":3700}]""") => Script.Event("cart.updated", at, $$"""{"currency":"EUR","value_minor":3700,"items":{{items}}}""");

    internal static HubEvent Order(string at, string id = "1001") =>
        Script.Event("order.placed", at, $$"""{"order_id":"{{id}}","currency":"EUR","total_minor":3700,"items":[{"sku":"TP-1","name":"Tea pot","quantity":1,"price_minor":3700}]}""");

    internal static ContactFacts Without(ContactFacts contact, Channel channel) => contact with { Consents = [.. contact.Consents.Where(c => c.Channel != channel)] };
}
