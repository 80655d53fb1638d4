using IntegrationHub.Engine.Events;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Delivery;

/// <summary>
/// Send: what the outbox holds is handed to its channel. Before it is, the send gate is asked again, and in the transaction that claims a message the suppressions are: whoever has unsubscribed, bought or left
/// while it waited gets nothing. A message that was claimed when the process was killed is tried again as perhaps delivered.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="workflows">The workflows in force.</param>
/// <param name="lanes">One a channel.</param>
/// <param name="time">The clock.</param>
public sealed class MessageDelivery(HubStore store, WorkflowsInForce workflows, IReadOnlyList<ChannelLane> lanes, TimeProvider time) : IDisposable
{
    private const int MessagesAClaim = 64;

    // A channel that was down for a night: what waited no longer than this goes out without asking for the hour again.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly SettlementWriter settlements = new(store, time);

    /// <inheritdoc/>
    public void Dispose() => settlements.Dispose();

    /// <summary>Gives back what a worker of an earlier lease had in its hands.</summary>
    public Task<int> Recover(long epoch, CancellationToken ct) => store.Messages.Recover(epoch, time.GetUtcNow(), ct);

    /// <summary>Delivers what is due on all channels. Returns how many messages came to an end or were put off.</summary>
    /// <param name="epoch">The lease under which this runs.</param>
    /// <param name="ct">Stops it; what was begun is settled first where it can be.</param>
    public async Task<int> Deliver(long epoch, CancellationToken ct)
    {
        var counts = await Task.WhenAll(lanes.Select(lane => Deliver(lane, epoch, ct)));
        return counts.Sum();
    }

    /// <summary>When the next message is due on a channel that is open; null when none is.</summary>
    public Task<DateTimeOffset?> NextDue(CancellationToken ct) => store.Messages.NextDue(ct);

    private async Task<int> Deliver(ChannelLane lane, long epoch, CancellationToken ct)
    {
        // While the channel is down nothing is claimed, and no message uses up an attempt.
        if (lane.PausedUntil is not null) return 0;
        var now = time.GetUtcNow();
        var due = await store.Messages.Due(lane.Channel.Channel, now, MessagesAClaim, ct);
        if (due.Count == 0) return 0;
        var (go, settled) = await Gate(due, now, ct);
        var claimed = await store.Messages.Claim([.. go.Select(g => g.Id)], settled, epoch, now, ct);
        await lane.Deliver(
            [.. go.Where(g => claimed.Contains(g.Id)).Select(g => new ClaimedMessage(g.Id, g.Message, g.Attempts, g.FirstAt, g.MaybeDelivered))],
            async (one, settlement, token) =>
            {
                await settlements.Write(Of(one, settlement, time.GetUtcNow()));
                if (settlement is Settlement.Dead { Kind: RefusalKind.Recipient } dead) await Suppress(one, dead, token);
            },
            ct);
        return due.Count;
    }

    /// <summary>Asks the send gate about each message as if it were decided now.</summary>
    private async Task<(List<MessageRow> Go, List<MessageSettlement> Settled)> Gate(IReadOnlyList<MessageRow> due, DateTimeOffset now, CancellationToken ct)
    {
        var (go, settled) = (due.Where(d => d.Internal).ToList(), new List<MessageSettlement>());
        var asked = due.Where(d => !d.Internal).ToList();
        if (asked.Count == 0) return (go, settled);
        var set = await workflows.Current(ct);
        var lives = await store.Golden.Leads([.. asked.Select(a => a.Golden).Distinct()], ct);
        var journeys = await store.Journeys.Load([.. lives.Values.Distinct()], ct);
        var facts = await store.Journeys.Facts([.. lives.Values.Distinct()], ct);
        foreach (var message in asked)
        {
            var id = lives[message.Golden];
            var decision = facts.TryGetValue(id, out var contact)
                ? Decide(set, contact, (journeys.GetValueOrDefault(id) ?? JourneyRow.None).State.Current, message, now)
                : new SendDecision.Skip("the contact is no more");
            if (decision is SendDecision.Skip skip) settled.Add(new MessageSettlement(message.Id, MessageStatus.Stopped, now, false, message.MaybeDelivered, message.PossibleDuplicate, null, skip.Reason));
            else if (decision is SendDecision.Defer defer) settled.Add(new MessageSettlement(message.Id, MessageStatus.Waiting, defer.Until, false, message.MaybeDelivered, message.PossibleDuplicate, null, defer.Reason));
            else go.Add(message);
        }

        return (go, settled);
    }

    private static SendDecision Decide(WorkflowSet set, ContactFacts contact, Journey journey, MessageRow message, DateTimeOffset now)
    {
        var origin = message.Message.Origin;
        var own = journey.Enrolments.Where(e => e.Workflow == origin.Workflow).ToList();
        if (own.FirstOrDefault(e => e.State == EnrolmentState.Exited && e.EndedAt > message.CreatedAt && e.Outcome != JourneyMerge.Outcome && !own.Any(o => o.IsActive)) is { } left)
            return new SendDecision.Skip($"left the workflow before it was sent: {left.Outcome}");
        if (set.Find(origin.Workflow) is { State: LaunchState.Stopped }) return new SendDecision.Skip("the workflow was stopped");
        if (set.Find(origin.Workflow) is { State: LaunchState.Paused }) return new SendDecision.Defer(now + TimeSpan.FromMinutes(1), "the workflow is paused");
        var enrolment = own.LastOrDefault(e => e.Visit == message.Visit) ?? own.LastOrDefault();
        if (enrolment is null || set.VersionOf(enrolment) is not { } workflow || workflow.Find(origin.Step) is not SendStep step) return Permitted(set, contact, journey, message, now);
        // The message itself does not count against its own cap; one that is fresh was decided by the same rules a moment ago, so its hour and its cap hold.
        var view = new ContactView(set, contact, journey with { Sent = [.. journey.Sent.Where(s => s.Key != message.Message.Key.Value)] }, contact.Events.Until(now), now, enrolment);
        return now - message.CreatedAt < Fresh ? Permitted(set, contact, journey, message, now) : SendGate.Decide(view, workflow, step, now);
    }

    private static SendDecision Permitted(WorkflowSet set, ContactFacts contact, Journey journey, MessageRow message, DateTimeOffset now)
    {
        var m = message.Message;
        if (contact.Hygiene.Status == HygieneStatus.Blocked) return new SendDecision.Skip($"blocked: {string.Join(", ", contact.Hygiene.ReasonCodes)}");
        if (m.Purpose != MessagePurpose.Marketing) return new SendDecision.Send(m.To.Address);
        var permission = Permission.Of(new ContactView(set, contact, journey, contact.Events.Until(now), now), m.Channel, Purposes.Marketing);
        if (permission.Suppressed is { } suppressed) return new SendDecision.Skip($"suppressed: {suppressed}");
        return permission.Lacks is { } lacks ? new SendDecision.Skip($"no consent: {lacks}") : new SendDecision.Send(m.To.Address);
    }

    private async Task Suppress(ClaimedMessage one, Settlement.Dead dead, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (channel, point) = (one.Message.Channel, one.Message.To.Address);
        var held = await store.Suppressions.For(channel, point, ct);
        if (held.Any(s => s.ReleasedAt is null && s.Purpose == Purposes.Every)) return;
        await store.Suppressions.Add(
            [new SuppressionAdd(Guid.CreateVersion7(now), channel, point, Purposes.Every, SuppressionReason.HardBounce, dead.Reason, "delivery", now)],
            [new TrailEntry(now, "delivery", "suppress", "message", one.Message.Key.Value, null, null, dead.Reason)], ct);
    }

    private static MessageSettlement Of(ClaimedMessage one, Settlement settlement, DateTimeOffset now) => settlement switch
    {
        Settlement.Delivered delivered => new(one.Id, MessageStatus.Delivered, now, true, false, delivered.PossibleDuplicate, delivered.ProviderId, null),
        Settlement.Again again => new(one.Id, MessageStatus.Waiting, again.At, again.Counts, again.MaybeDelivered, false, null, again.Reason),
        Settlement.Dead dead => new(one.Id, MessageStatus.Dead, now, true, dead.MaybeDelivered, dead.MaybeDelivered, null, dead.Reason),
        var other => throw new InvalidOperationException($"No such settlement: {other}."),
    };
}
