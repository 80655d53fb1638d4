using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Store;
using IntegrationHub.Syncing;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Stages;

/// <summary>Sync: changed golden records become write-backs in the outbox, where a mapping says so.</summary>
internal sealed class SyncStage(HubStore store, TimeProvider time)
{
    private const int GoldensATransaction = 1_000;

    /// <summary>Puts the write-backs of all golden records that wait into the outbox.</summary>
    /// <param name="recipeOf">The recipe of a source record; null where it has none.</param>
    /// <param name="enabled">Sources whose mapping has write-back switched on.</param>
    /// <param name="ct">Stops between transactions.</param>
    public async Task Run(Func<SourceKey, byte[], SourceRecipe?> recipeOf, IReadOnlySet<string> enabled, CancellationToken ct)
    {
        while (true)
        {
            var work = await store.Work.Take(Stage.Sync, 0, GoldensATransaction, ct);
            if (work.Count == 0) return;
            var rows = new List<OutboxAdd>();
            if (enabled.Count > 0)
                foreach (var golden in await store.Golden.ByRow([.. work.Select(w => w.Key)], ct))
                    foreach (var (key, changes) in await Changes(golden, enabled, recipeOf, ct))
                        rows.Add(Outbox(key, golden, changes));
            await store.Outbox.Save(work, rows, time.GetUtcNow(), ct);
        }
    }

    /// <summary>What would be written for every golden record, switched on or not; nothing is saved.</summary>
    public async IAsyncEnumerable<WriteBackLine> Preview(
        IReadOnlySet<string> described, Func<SourceKey, byte[], SourceRecipe?> recipeOf, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        if (described.Count == 0) yield break;
        await foreach (var batch in store.Golden.Stream(null, ct))
            foreach (var golden in await store.Golden.ByRow([.. batch.Select(g => g.Row)], ct))
                foreach (var (key, changes) in await Changes(golden, described, recipeOf, ct))
                    foreach (var change in changes)
                        yield return new WriteBackLine(
                            key.Source, key.ExternalId, change.Property, change.Before, change.After, golden.Row.Id.ToString(), Why(golden.Row, change.Field));
    }

    private async Task<IReadOnlyList<(SourceKey Key, IReadOnlyList<WriteBackChange> Changes)>> Changes(
        GoldenState golden, IReadOnlySet<string> sources, Func<SourceKey, byte[], SourceRecipe?> recipeOf, CancellationToken ct)
    {
        var all = new List<(SourceKey, IReadOnlyList<WriteBackChange>)>();
        if (golden.Row.RetiredAt is not null) return all;
        foreach (var record in golden.Records.Where(r => sources.Contains(r.Key.Source)))
        {
            if (await store.Landing.Payload(record.Key, ct) is not { } payload || recipeOf(record.Key, payload) is not { } recipe) continue;
            var changes = WriteBacks.Diff(golden.Row.Values, recipe.Current(payload), recipe.WriteBack);
            if (changes.Length > 0) all.Add((record.Key, changes));
        }

        return all;
    }

    private static OutboxAdd Outbox(SourceKey key, GoldenState golden, IReadOnlyList<WriteBackChange> changes)
    {
        var payload = JsonSerializer.Serialize(changes.ToDictionary(c => c.Property, c => new WriteBackValue(c.Before, c.After)));

        // The same change decided twice is one message; the same values decided again after something else was there is another.
        var identity = $"{key}\n{golden.Row.ContentHash}\n{payload}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
        return new OutboxAdd(OutboxKinds.WriteBack, key.Source, key.Stream, key.ExternalId, golden.Row.Id, payload, hash);
    }

    private static string Why(GoldenRow golden, Field field) =>
        golden.Provenance.FirstOrDefault(p => p.Field == field) is { } origin ? $"{origin.Rule}: {origin.Source}" : "";
}

/// <summary>One property in an outbox payload.</summary>
/// <param name="Before">The value that was there when it was decided.</param>
/// <param name="After">The value to write.</param>
internal sealed record WriteBackValue(string? Before, string After);
