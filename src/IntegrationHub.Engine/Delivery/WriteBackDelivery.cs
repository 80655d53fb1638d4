using System.Text.Json;
using IntegrationHub.Connect;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Engine.Stages;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Delivery;

/// <summary>Delivers write-backs, suppressions and activities from the outbox. A row is claimed before it is sent and settled after; one that is sent twice sets the same values again.</summary>
internal sealed class WriteBackDelivery(HubStore store, SourceConnections connections, TimeProvider time)
{
    private static readonly string[] Kinds = [OutboxKinds.WriteBack, OutboxKinds.Suppress, OutboxKinds.Activity];
    private readonly OutboxSpread spread = new(store, connections, time);
    private const int RowsAClaim = 500;
    private const int MostAttempts = 8;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <summary>Delivers all rows that are due.</summary>
    public async Task<WriteBackReport> Run(Func<SourceRow, SourceRecipes> recipesOf, CancellationToken ct)
    {
        var (delivered, failed, waiting) = (0L, 0L, 0L);
        while (true)
        {
            var rows = await store.Outbox.Claim(Kinds, RowsAClaim, Claim, time.GetUtcNow(), ct);
            if (rows.Count == 0) return new WriteBackReport(delivered, failed, waiting);
            foreach (var row in rows.Where(r => r.What.Source.Length == 0)) await spread.Over(row, recipesOf, ct);
            foreach (var group in rows.Where(r => r.What.Source.Length > 0).GroupBy(r => (r.What.Kind, r.What.Source, r.What.Stream)))
            {
                var results = await Tell(group.Key.Kind, group.Key.Source, group.Key.Stream, [.. group], recipesOf, ct);
                foreach (var (row, result) in group.Zip(results))
                {
                    if (result.Ok)
                    {
                        delivered++;
                        continue;
                    }

                    var again = result.Retry && row.Attempts < MostAttempts;
                    await store.Outbox.Refused(row.Id, result.Message ?? "refused without a reason", again ? time.GetUtcNow() + Backoff(row.Attempts) : null, ct);
                    if (again) waiting++;
                    else failed++;
                }

                var done = group.Zip(results).Where(p => p.Second.Ok).Select(p => p.First).ToList();
                await store.Outbox.Delivered([.. done.Select(r => r.Id)], time.GetUtcNow(), ct);
                await store.Trail.Add([.. done.Select(Trail)], ct);
            }
        }
    }

    private async Task<IReadOnlyList<PushResult>> Tell(
        string kind, string sourceName, string stream, IReadOnlyList<OutboxRow> rows, Func<SourceRow, SourceRecipes> recipesOf, CancellationToken ct)
    {
        try
        {
            var source = await SourceActions.Find(store, sourceName, ct);
            await using var open = connections.Open(source, recipesOf(source));
            return kind switch
            {
                OutboxKinds.WriteBack when open.Connector is IPush push => await push.Push(stream, [.. rows.Select(r => new PushWrite(r.What.ExternalId, Values(r)))], ct),
                OutboxKinds.Suppress when open.Connector is ISuppress suppress => await suppress.Suppress(stream, [.. rows.Select(Suppression)], ct),
                // One that was claimed before may have got there: whoever claimed it was killed, or was not answered.
                OutboxKinds.Activity when open.Connector is ILogActivity log => await log.Log(stream, [.. rows.Select(r => ActivityOf(r, r.Attempts > 1))], ct),
                _ => [.. rows.Select(r => new PushResult(r.What.ExternalId, false, $"{source.Connector} takes no {kind}; switch it off in its mapping's write_back.", false))],
            };
        }
        catch (Exception e) when (e is ConnectorException or ConfigurationException or NotPossibleException)
        {
            return [.. rows.Select(r => new PushResult(r.What.ExternalId, false, e.Message, true))];
        }
    }

    private static SuppressWrite Suppression(OutboxRow row)
    {
        var word = Read<SpreadSuppression>(row);
        return new SuppressWrite(row.What.ExternalId, word.Channel, word.Point, word.Purpose, word.Reason);
    }

    private static ActivityWrite ActivityOf(OutboxRow row, bool maybeDone)
    {
        var word = Read<ActivityWord>(row);
        return new ActivityWrite(row.What.ExternalId, row.What.Key, word.Text, word.At, maybeDone);
    }

    private static T Read<T>(OutboxRow row) => JsonSerializer.Deserialize<T>(row.What.Payload) ?? throw new JsonException($"Row {row.Id} of the outbox says nothing.");

    private static Dictionary<string, string> Values(OutboxRow row) => Changes(row).ToDictionary(c => c.Key, c => c.Value.After, StringComparer.Ordinal);

    private static Dictionary<string, WriteBackValue> Changes(OutboxRow row) => JsonSerializer.Deserialize<Dictionary<string, WriteBackValue>>(row.What.Payload) ?? [];

    private TrailEntry Trail(OutboxRow row)
    {
        // The trail outlives the contact: it names what was told, never a point.
        if (row.What.Kind != OutboxKinds.WriteBack)
            return new TrailEntry(time.GetUtcNow(), "auto", row.What.Kind, "golden", row.What.Golden?.ToString() ?? "", null, null, new SourceKey(row.What.Source, row.What.Stream, row.What.ExternalId).ToString());
        var changes = Changes(row);
        return new TrailEntry(
            time.GetUtcNow(), "auto", "write_back", "golden", row.What.Golden?.ToString() ?? "",
            JsonSerializer.Serialize(changes.ToDictionary(c => c.Key, c => c.Value.Before)), JsonSerializer.Serialize(changes.ToDictionary(c => c.Key, c => c.Value.After)),
            new SourceKey(row.What.Source, row.What.Stream, row.What.ExternalId).ToString());
    }

    private static TimeSpan Backoff(int attempts) => TimeSpan.FromMinutes(Math.Min(720, Math.Pow(2, attempts)));
}
