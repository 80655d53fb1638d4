using System.Collections.Immutable;
using IntegrationHub.Engine.Delivery;
using IntegrationHub.Engine.Events;
using IntegrationHub.Engine.Jobs;
using IntegrationHub.Engine.Simulating;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>What one workflow did in the month.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Entered">How many runs began.</param>
/// <param name="Refused">How many entries were refused: not clean, in it already.</param>
/// <param name="Sent">How many messages were delivered to contacts.</param>
/// <param name="Skipped">How many messages were kept back for good: no consent, suppressed, no address.</param>
/// <param name="Deferred">How often a message waited for its hour or for a cap.</param>
/// <param name="Suppressed">How many channels were closed.</param>
/// <param name="Converted">How many runs reached the goal.</param>
public sealed record PlayedWorkflow(string Workflow, long Entered, long Refused, long Sent, long Skipped, long Deferred, long Suppressed, long Converted);

/// <summary>A month of the workflows over the hub's contacts, with made-up doings.</summary>
/// <param name="Contacts">How many contacts there are.</param>
/// <param name="Events">How many events were made up.</param>
/// <param name="Workflows">What each launched workflow did.</param>
/// <param name="SentToMerged">Messages to contacts that stand in several systems.</param>
/// <param name="WouldHaveGoneTwice">How many further copies of these would have gone out, one for each further record with an address, had the records not been merged.</param>
public sealed record PlayedMonth(int Contacts, int Events, ImmutableArray<PlayedWorkflow> Workflows, long SentToMerged, long WouldHaveGoneTwice);

/// <summary>
/// Runs a month of the launched workflows on a hub of made-up contacts: their doings are landed, attached, decided upon and delivered as <c>hub serve</c> does it, in the same database,
/// on a clock that goes from one thing that is due to the next. For demonstrations only: what is due is sent.
/// </summary>
public sealed class PlayMonth(HubStore store, EventIntake intake, MessageDelivery delivery, WorkflowLane lane)
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly TimeSpan LeastStep = TimeSpan.FromMinutes(1);

    /// <summary>Plays the month that begins now.</summary>
    /// <param name="clock">The clock of the hub; it stands at the end of the month after.</param>
    /// <param name="ct">Stops it; what was done stays.</param>
    /// <exception cref="NotPossibleException">Another hub runs the workflows of this database.</exception>
    public async Task<PlayedMonth> Run(VirtualClock clock, CancellationToken ct)
    {
        var from = clock.GetUtcNow();
        clock.MoveTo(from);
        var contacts = await Contacts(ct);
        var events = contacts.SelectMany(c => MadeUpMonth.Of(c.Golden, c.Record, from)).OrderBy(e => e.At).ThenBy(e => e.Id, StringComparer.Ordinal).ToList();
        await lane.Drain(ct);
        for (var landed = 0; ;)
        {
            var due = Earliest(landed < events.Count ? events[landed].At : null, Earliest(await store.Journeys.NextDue(ct), await delivery.NextDue(ct)));
            if (!(due <= from + Month)) break;
            clock.MoveTo(due > clock.GetUtcNow() ? due.Value : clock.GetUtcNow() + LeastStep);
            var upTo = landed;
            while (upTo < events.Count && events[upTo].At <= clock.GetUtcNow()) upTo++;
            if (upTo > landed) await intake.Keep(events[landed..upTo], "demo", history: false, ct);
            landed = upTo;
            await lane.Drain(ct);
        }

        clock.MoveTo(from + Month);
        return await Sum(contacts.ToDictionary(c => c.Golden, c => c.Addresses), events.Count, ct);
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    private async Task<PlayedMonth> Sum(Dictionary<GoldenId, int> records, int events, CancellationToken ct)
    {
        var journal = (await store.Journeys.JournalCounts(ct)).ToLookup(c => c.Workflow, StringComparer.Ordinal);
        var sent = await store.Messages.Delivered(ct);
        var sentBy = sent.ToLookup(s => s.Workflow, s => s.Messages, StringComparer.Ordinal);
        var merged = sent.Where(s => records.GetValueOrDefault(s.Golden) > 1).ToList();
        return new PlayedMonth(
            records.Count, events, [.. (await store.Launches.List(ct)).Select(l => Of(l.Name, [.. journal[l.Name]], sentBy[l.Name].Sum()))], merged.Sum(s => s.Messages), merged.Sum(s => s.Messages * (records[s.Golden] - 1)));
    }

    private static PlayedWorkflow Of(string name, IReadOnlyList<JournalCount> journal, long sent)
    {
        long Count(EffectKind kind) => journal.Where(j => j.Kind == kind).Sum(j => j.Lines);
        return new PlayedWorkflow(
            name, Count(EffectKind.Enter), journal.Where(j => j is { Kind: EffectKind.Skip, AtEntry: true }).Sum(j => j.Lines), sent, journal.Where(j => j is { Kind: EffectKind.Skip, OfMessage: true }).Sum(j => j.Lines),
            Count(EffectKind.Defer), Count(EffectKind.Suppress), Count(EffectKind.Convert));
    }

    /// <summary>The contacts, one source record of each, and how many records with an address each is made of.</summary>
    private async Task<List<(GoldenId Golden, SourceKey Record, int Addresses)>> Contacts(CancellationToken ct)
    {
        var contacts = new List<(GoldenId, SourceKey, int)>();
        await foreach (var page in store.Golden.StreamWithMembers(ct))
            foreach (var (golden, members) in page.Where(p => p.Golden.Kind == EntityKind.Contact && p.Members.Count > 0))
                contacts.Add((golden.Id, members.Min(m => m.Key)!, members.Count(m => m.Values[Field.Email] is not null)));
        return contacts;
    }
}
