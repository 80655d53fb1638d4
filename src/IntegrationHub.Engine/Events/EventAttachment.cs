using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Cluster;
using IntegrationHub.Store;

namespace IntegrationHub.Engine.Events;

/// <summary>Attach: events find their contacts through the crosswalk. One that says something new of its contact becomes a source record first, and is resolved in the same breath.</summary>
internal sealed class EventAttachment(HubStore store, PipelineFactory pipelines, Lane lane, TimeProvider time)
{
    private readonly ContactKeys keys = new(store);
    private readonly EventRecords records = new(store, time);

    /// <summary>The owner of each event by its seq: null where nobody is known. An event whose record cannot be resolved now, because another process is at it, is left out and stays landed.</summary>
    public async Task<Dictionary<long, EventOwner?>> Attach(IReadOnlyList<EventRow> rows, CancellationToken ct)
    {
        var landings = rows.Select(r => ContactKeys.Landing(r.Event, r.Source, r.History)).ToList();
        var known = await keys.Owners(landings, ct);
        var owners = rows.ToDictionary(r => r.Seq, r => known.GetValueOrDefault(r.Event.Id));
        var news = rows.Where(r => EventRecords.IsNews(r, owners[r.Seq] is not null)).ToList();
        if (news.Count == 0) return owners;

        if (await lane.Share(ct) is not { } share)
        {
            foreach (var row in news) owners.Remove(row.Seq);
            return owners;
        }

        await using (share)
        {
            var of = await records.Land(news, ct);
            await pipelines.Create(new Progress<RunProgress>()).Resolve(ct);
            var goldens = await store.Golden.GoldenOf([.. of.Values], ct);
            foreach (var row in news)
                if (of.TryGetValue(row.Event.Id, out var record) && goldens.TryGetValue(record, out var golden)) owners[row.Seq] = new EventOwner(golden, record);
        }

        // Others of the same person may have come with the one that introduced them.
        var left = rows.Where(r => owners.TryGetValue(r.Seq, out var owner) && owner is null).ToList();
        if (left.Count > 0)
        {
            known = await keys.Owners([.. left.Select(r => ContactKeys.Landing(r.Event, r.Source, r.History))], ct);
            foreach (var row in left) owners[row.Seq] = known.GetValueOrDefault(row.Event.Id);
        }

        // Whoever was found by a key may have been absorbed by what was just resolved.
        return await Living(owners, ct);
    }

    private async Task<Dictionary<long, EventOwner?>> Living(Dictionary<long, EventOwner?> owners, CancellationToken ct)
    {
        var goldens = owners.Values.OfType<EventOwner>().Select(o => o.Golden).Distinct().ToList();
        var leads = await store.Golden.Leads(goldens, ct);
        return owners.ToDictionary(o => o.Key, o => o.Value is { } owner ? owner with { Golden = leads[owner.Golden] } : null);
    }
}
