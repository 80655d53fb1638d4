using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>Lets journeys and events follow their contacts: into the one that they were merged into, and back when that is undone.</summary>
internal sealed class JourneyMerges(HubStore store, TimeProvider time)
{
    private readonly ContactKeys keys = new(store);

    /// <summary>Follows what happened to these contacts. True when something moved: then the contacts are to be looked at anew.</summary>
    public async Task<bool> Settle(IReadOnlyList<GoldenId> ids, long epoch, CancellationToken ct)
    {
        var moved = false;
        var merges = await store.Golden.MergesOf(ids, ct);
        foreach (var absorbed in ids.Where(i => merges.Any(m => m.Absorbed == i && m.UndoneAt is null)))
            if (await store.Golden.Find(absorbed, ct) is { } row && row.Id != absorbed) moved |= await Join(row.Id, absorbed, epoch, ct);
        foreach (var survivor in ids.Where(i => merges.Any(m => m.Survivor == i && m.UndoneAt is not null))) moved |= await Part(survivor, epoch, ct);
        return moved;
    }

    private async Task<bool> Join(GoldenId survivor, GoldenId absorbed, long epoch, CancellationToken ct)
    {
        var rows = await store.Journeys.Load([survivor, absorbed], ct);
        var events = await store.Events.Of(absorbed, int.MaxValue, ct);
        if (!rows.TryGetValue(absorbed, out var other) && events.Count == 0) return false;
        var own = rows.GetValueOrDefault(survivor) ?? JourneyRow.None;
        var now = time.GetUtcNow();
        var joined = JourneyMerge.Join(own.State, survivor.ToString(), (other ?? JourneyRow.None).State, absorbed.ToString(), now);
        var saves = other is null ? [] : new[] { Whole(survivor, joined, own.Change, now) };
        return await store.Journeys.Save(
            new LaneSave(saves, [.. events.Select(e => new EventSettlement(e.Seq, EventState.Moved, survivor, e.RecordId))], [], other is null ? [] : [absorbed, survivor], null, epoch), now, ct);
    }

    private async Task<bool> Part(GoldenId survivor, long epoch, CancellationToken ct)
    {
        var events = await store.Events.Of(survivor, int.MaxValue, ct);
        if (events.Count == 0) return false;
        var owners = await keys.Owners([.. events.Select(e => ContactKeys.Landing(e.Event, e.Source, e.History))], ct);
        var ofRecords = await store.Golden.GoldenOf([.. events.Select(e => e.RecordId).OfType<long>().Distinct()], ct);
        // What hangs on a record goes where the record is; a key comes second.
        var leaving = events.Select(e => (Row: e, Owner: e.RecordId is { } record && ofRecords.TryGetValue(record, out var golden) ? golden : owners.GetValueOrDefault(e.Event.Id)?.Golden))
            .Where(e => e.Owner is { } owner && owner != survivor).GroupBy(e => e.Owner!.Value).ToList();
        var now = time.GetUtcNow();
        foreach (var group in leaving)
        {
            var rows = await store.Journeys.Load([survivor, group.Key], ct);
            var of = group.Select(g => g.Row.Event.Id).ToHashSet(StringComparer.Ordinal);
            var settled = group.Select(g => new EventSettlement(g.Row.Seq, EventState.Moved, group.Key, g.Row.RecordId)).ToList();
            if (!rows.TryGetValue(survivor, out var own))
            {
                await store.Journeys.Save(new LaneSave([], settled, [], [], null, epoch), now, ct);
                continue;
            }

            var (stays, leaves) = JourneyMerge.Part(own.State, survivor.ToString(), group.Key.ToString(), of.Contains, now);
            var there = rows.GetValueOrDefault(group.Key);
            if (there is not null) leaves = JourneyMerge.Join(there.State, group.Key.ToString(), leaves, survivor.ToString(), now);
            await store.Journeys.Save(
                new LaneSave([Whole(survivor, stays, own.Change, now), Whole(group.Key, leaves, there?.Change ?? 0, now)], settled, [], [survivor, group.Key], null, epoch), now, ct);
        }

        return leaving.Count > 0;
    }

    /// <summary>All of a journey, due at once: what is due next is computed when it is run.</summary>
    private static JourneySave Whole(GoldenId id, JourneyState state, long change, DateTimeOffset now) => new(id, state, change, now, state.Current.Enrolments, [], [], [], null);
}
