using System.Text.Json;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Cluster;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Matching;
using IntegrationHub.Merging;
using IntegrationHub.Normalising;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Events;

/// <summary>
/// What enrichment vendors say, as records of a source of their own, <c>enrichment</c>: survivorship decides what of it counts. Such a record has no name and no address; it is one with the record that was asked about because
/// the hub asked, so it stays with that record when a merge is undone.
/// </summary>
internal sealed class EnrichmentRecords(HubStore store, PipelineFactory pipelines, Lane lane, TimeProvider time) : IDisposable
{
    private const int AtOnce = 1_000;
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>The source.</summary>
    public static SourceName Source { get; } = SourceName.Parse(SurvivorshipRules.Enrichment) ?? throw new InvalidOperationException("'enrichment' is no source name.");

    private static RecipeVersion Recipe { get; } = NormaliserVersion.With("enrichment 1");

    /// <summary>Keeps what a vendor knows, and makes it part of the contact. Kept again, it is the same record.</summary>
    /// <param name="vendor">The vendor.</param>
    /// <param name="golden">The contact that was asked about.</param>
    /// <param name="eventId">The event that started the workflow; null where none did. Its record is the one that was asked about.</param>
    /// <param name="values">What the vendor knows, as it wrote it.</param>
    /// <param name="ct">Stops it.</param>
    public async Task Keep(string vendor, GoldenState golden, string? eventId, FieldValues values, CancellationToken ct)
    {
        var of = golden.Records.Where(r => r.Key.Source != Source.Value).OrderByDescending(r => r.Key.Source == EventRecords.Source.Value && r.Key.ExternalId == eventId).ThenBy(r => r.Key).FirstOrDefault();
        if (of is null) return;
        await one.WaitAsync(ct);
        try
        {
            var key = new SourceKey(Source.Value, Streams.Contacts, $"{vendor}:{of.Key}");
            await Land(key, vendor, values, ct);
            if ((await store.Landing.Ids([key], ct)).TryGetValue(key, out var record)) await Join(key, record, of, vendor, ct);
            // Another process that is in the lane takes it with it.
            if (await lane.Share(ct) is { } share)
                await using (share) await pipelines.Create(new Progress<RunProgress>()).Resolve(ct);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private async Task Land(SourceKey key, string vendor, FieldValues values, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var payload = JsonSerializer.SerializeToUtf8Bytes(new { vendor, fields = values.Present().ToDictionary(v => Fields.NameOf(v.Field), v => v.Value) });
        await store.Landing.SavePage(Source, Streams.Contacts, [new RawLanding(key.ExternalId, payload, false)], null, null, normalise: true, now, ct);
        await store.Work.EnqueueStale(Source, Streams.Contacts, Recipe, ct);
        for (var after = 0L; await store.Landing.TakeForNormalise(Source, Streams.Contacts, after, AtOnce, ct) is { Count: > 0 } rows; after = rows[^1].RecordId)
            await store.Clean.Save([.. rows.Select(Clean)], now, ct);
    }

    private async Task Join(SourceKey key, long record, GoldenMember of, string vendor, CancellationToken ct)
    {
        var (a, b) = key.CompareTo(of.Key) <= 0 ? (key, of.Key) : (of.Key, key);
        if ((await store.Decisions.Among([a, b], ct)).Count > 0) return;
        var now = time.GetUtcNow();
        await store.Decisions.Add(
            new DecisionSave(new Decision(Guid.CreateVersion7(now), true, Source.Value, now, $"{vendor} was asked about this record", "enrichment"), [new PairDecision(a, b, true)], [record, of.RecordId], null, [], []), ct);
    }

    private static CleanSave Clean(NormaliseRow row)
    {
        if (row.Deleted || row.Payload is null) return new CleanSave(row, null, Recipe);
        try
        {
            using var json = JsonDocument.Parse(row.Payload);
            var raw = new FieldValues.Builder();
            foreach (var property in json.RootElement.GetProperty("fields").EnumerateObject())
                if (Fields.Find(property.Name) is { } field) raw[field] = property.Value.GetString();
            // Without a date: what a vendor bought somewhere is never newer than what a system of one's own says.
            return new CleanSave(row, RecordNormaliser.Normalise(new MappedRecord(row.Key, EntityKind.Contact, raw.Build(), [], null, [], null)), Recipe);
        }
        catch (Exception e)
        {
            return new CleanSave(row, null, Recipe, $"{row.Key}: {e.Message}");
        }
    }
}
