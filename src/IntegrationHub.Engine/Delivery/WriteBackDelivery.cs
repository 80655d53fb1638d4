using System.Text.Json;
using IntegrationHub.Connect;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Engine.Stages;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Delivery;

/// <summary>Delivers write-backs from the outbox. A row is claimed before it is sent and settled after; one that is sent twice sets the same values again.</summary>
internal sealed class WriteBackDelivery(HubStore store, SourceConnections connections, TimeProvider time)
{
    private const int RowsAClaim = 500;
    private const int MostAttempts = 8;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <summary>Delivers all rows that are due.</summary>
    public async Task<WriteBackReport> Run(Func<SourceRow, SourceRecipes> recipesOf, CancellationToken ct)
    {
        var (delivered, failed, waiting) = (0L, 0L, 0L);
        while (true)
        {
            var rows = await store.Outbox.Claim(RowsAClaim, Claim, time.GetUtcNow(), ct);
            if (rows.Count == 0) return new WriteBackReport(delivered, failed, waiting);
            foreach (var group in rows.GroupBy(r => (r.What.Source, r.What.Stream)))
            {
                var results = await Push(group.Key.Source, group.Key.Stream, [.. group], recipesOf, ct);
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

    private async Task<IReadOnlyList<PushResult>> Push(
        string sourceName, string stream, IReadOnlyList<OutboxRow> rows, Func<SourceRow, SourceRecipes> recipesOf, CancellationToken ct)
    {
        try
        {
            var source = await SourceActions.Find(store, sourceName, ct);
            await using var open = connections.Open(source, recipesOf(source));
            if (open.Connector is not IPush push)
                return [.. rows.Select(r => new PushResult(r.What.ExternalId, false, $"{source.Connector} cannot be written to; switch write_back off in its mapping.", false))];
            return await push.Push(stream, [.. rows.Select(r => new PushWrite(r.What.ExternalId, Values(r)))], ct);
        }
        catch (Exception e) when (e is ConnectorException or ConfigurationException or NotPossibleException)
        {
            return [.. rows.Select(r => new PushResult(r.What.ExternalId, false, e.Message, true))];
        }
    }

    private static Dictionary<string, string> Values(OutboxRow row) => Changes(row).ToDictionary(c => c.Key, c => c.Value.After, StringComparer.Ordinal);

    private static Dictionary<string, WriteBackValue> Changes(OutboxRow row) => JsonSerializer.Deserialize<Dictionary<string, WriteBackValue>>(row.What.Payload) ?? [];

    private TrailEntry Trail(OutboxRow row)
    {
        var changes = Changes(row);
        return new TrailEntry(
            time.GetUtcNow(), "auto", "write_back", "golden", row.What.Golden?.ToString() ?? "",
            JsonSerializer.Serialize(changes.ToDictionary(c => c.Key, c => c.Value.Before)), JsonSerializer.Serialize(changes.ToDictionary(c => c.Key, c => c.Value.After)),
            new SourceKey(row.What.Source, row.What.Stream, row.What.ExternalId).ToString());
    }

    private static TimeSpan Backoff(int attempts) => TimeSpan.FromMinutes(Math.Min(720, Math.Pow(2, attempts)));
}
