using System.Collections.Immutable;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Simulating;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>What one workflow did in the rehearsed month.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Entered">How many runs began.</param>
/// <param name="Sent">How many messages went out.</param>
/// <param name="Skipped">How many messages were kept back for good: no consent, suppressed, no address.</param>
/// <param name="Refused">How many entries were refused: not clean, in it already.</param>
/// <param name="Deferred">How often a message waited for its hour or for a cap.</param>
/// <param name="Converted">How many runs reached the goal.</param>
/// <param name="Suppressed">How many channels were closed.</param>
public sealed record RehearsedWorkflow(string Workflow, int Entered, int Sent, int Skipped, int Refused, int Deferred, int Converted, int Suppressed);

/// <summary>A month of the workflows over the hub's contacts, with made-up doings.</summary>
/// <param name="Contacts">How many contacts there are.</param>
/// <param name="Events">How many events were made up.</param>
/// <param name="Workflows">What each workflow did.</param>
/// <param name="SentToMerged">Messages to contacts that stand in several systems.</param>
/// <param name="WouldHaveGoneTwice">How many further copies of these would have gone out, one for each further record with an address, had the records not been merged.</param>
/// <param name="RevenueMinor">What the orders that reached a goal are worth, in minor units of euro.</param>
public sealed record RehearsedMonth(int Contacts, int Events, ImmutableArray<RehearsedWorkflow> Workflows, int SentToMerged, int WouldHaveGoneTwice, long RevenueMinor);

/// <summary>Rehearses a month of all workflows over the golden records, with what contacts might do, on a virtual clock. Sends nothing and stores nothing.</summary>
public sealed class RehearseMonth(HubStore store, EngineSettings settings, TimeProvider time)
{
    /// <summary>Rehearses it.</summary>
    /// <exception cref="RecipeException">Definitions have mistakes.</exception>
    public async Task<RehearsedMonth> Run(CancellationToken ct)
    {
        var book = WorkflowBook.Load(settings.MappingsDirectory);
        var (facts, records) = await Contacts(ct);
        var from = time.GetUtcNow();
        from = new DateTimeOffset(from.Year, from.Month, from.Day, 0, 0, 0, TimeSpan.Zero);
        var events = MadeUpMonth.Of(facts, from);
        var set = book.SetOf([.. book.Workflows.Select(w => new LaunchedWorkflow(w.Workflow, from))], [], RehearsalLinks.Links, from);
        var effects = Simulation.Run(set, new SimulationInput(facts, events, from, from + TimeSpan.FromDays(30)), ct);

        var sent = effects.Where(e => e.Kind == EffectKind.Send).ToList();
        var merged = sent.Where(e => records.GetValueOrDefault(e.Contact) > 1).ToList();
        return new RehearsedMonth(
            facts.Length, events.Length, [.. book.Workflows.Select(w => Of(w.Workflow.Name, [.. effects.Where(e => e.Workflow == w.Workflow.Name)]))], merged.Count, merged.Sum(e => records[e.Contact] - 1),
            effects.Select(e => e.Payload).OfType<EffectPayload.Conversion>().DistinctBy(c => c.GoalEventId).Sum(c => c.AmountMinor ?? 0));
    }

    private static RehearsedWorkflow Of(string name, IReadOnlyList<Effect> effects)
    {
        int Count(EffectKind kind) => effects.Count(e => e.Kind == kind);
        return new RehearsedWorkflow(
            name, Count(EffectKind.Enter), Count(EffectKind.Send), effects.Count(e => e.Kind == EffectKind.Skip && e.Template is not null), effects.Count(e => e.Kind == EffectKind.Skip && e.Step is null), Count(EffectKind.Defer),
            Count(EffectKind.Convert), Count(EffectKind.Suppress));
    }

    /// <summary>The contacts, and how many records with an address each is made of.</summary>
    private async Task<(ImmutableArray<ContactFacts> Facts, Dictionary<string, int> Records)> Contacts(CancellationToken ct)
    {
        var facts = ImmutableArray.CreateBuilder<ContactFacts>();
        var records = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var page in store.Golden.StreamWithMembers(ct))
        {
            var living = page.Where(p => p.Golden.Kind == EntityKind.Contact && p.Golden.RetiredAt is null).ToDictionary(p => p.Golden.Id, p => p.Members.Count(m => m.Values[Field.Email] is not null));
            foreach (var (id, known) in await store.Journeys.Facts([.. living.Keys], ct))
            {
                facts.Add(known with { Events = EventLog.Empty });
                records[known.Id] = living[id];
            }
        }

        return (facts.ToImmutable(), records);
    }
}
