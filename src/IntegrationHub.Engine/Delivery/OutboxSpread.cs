using System.Text.Json;
using IntegrationHub.Connect;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Delivery;

/// <summary>A suppression for one row of a source.</summary>
internal sealed record SpreadSuppression(Channel Channel, string Point, string Purpose, SuppressionReason Reason);

/// <summary>What concerns a contact becomes one row of the outbox for each source record that is to be told: where the mapping says so, the connector can, and the source does not know already.</summary>
internal sealed class OutboxSpread(HubStore store, SourceConnections connections, TimeProvider time)
{
    /// <summary>Spreads one row and settles it, in one transaction. Spread again after a kill, it makes the same rows.</summary>
    public async Task Over(OutboxRow row, Func<SourceRow, SourceRecipes> recipesOf, CancellationToken ct)
    {
        var adds = new List<OutboxAdd>();
        if (row.What.Golden is { } id && await store.Golden.Find(id, ct) is { RetiredAt: null } golden && await store.Golden.ByRow([golden.Row], ct) is [var state])
        {
            var sources = (await store.Sources.List(ct)).ToDictionary(s => s.Name.Value, StringComparer.Ordinal);
            var members = state.Records.Where(r => sources.ContainsKey(r.Key.Source)).ToList();
            adds.AddRange(row.What.Kind == OutboxKinds.Activity
                ? await Activities(row, golden.Id, members, sources, recipesOf, ct)
                : await Suppressions(row, golden.Id, members, sources, recipesOf, ct));
        }

        await store.Outbox.Spread(row.Id, adds, time.GetUtcNow(), ct);
    }

    private async Task<IReadOnlyList<OutboxAdd>> Activities(
        OutboxRow row, GoldenId golden, List<GoldenMember> members, Dictionary<string, SourceRow> sources, Func<SourceRow, SourceRecipes> recipesOf, CancellationToken ct)
    {
        var adds = new List<OutboxAdd>();
        foreach (var member in members)
            if (await Takes(member, sources[member.Key.Source], recipesOf, r => r.Activities, c => c is ILogActivity, ct)) adds.Add(For(row, golden, member, row.What.Payload));
        return adds;
    }

    private async Task<IReadOnlyList<OutboxAdd>> Suppressions(
        OutboxRow row, GoldenId golden, List<GoldenMember> members, Dictionary<string, SourceRow> sources, Func<SourceRow, SourceRecipes> recipesOf, CancellationToken ct)
    {
        var word = JsonSerializer.Deserialize<SuppressionWord>(row.What.Payload) ?? throw new JsonException($"Row {row.Id} of the outbox says nothing.");
        var field = word.Channel == Channel.Email ? Field.Email : Field.Phone;
        var clean = (await store.Clean.Load([.. members.Select(m => m.RecordId)], ct)).ToDictionary(c => c.RecordId, c => c.Record);
        var points = await store.Suppressions.Held(word.Id, word.Channel, [.. clean.Values.Select(c => c.Values[field]).OfType<string>().Distinct(StringComparer.Ordinal)], ct);
        var adds = new List<OutboxAdd>();
        foreach (var member in members)
        {
            if (!clean.TryGetValue(member.RecordId, out var record) || record.Values[field] is not { } point || !points.Contains(point)) continue;
            // Whoever told us need not be told.
            if (record.Consents.Any(c => c.Channel == word.Channel && c.State is ConsentState.Denied or ConsentState.Suppressed && string.Equals(c.Point, point, StringComparison.OrdinalIgnoreCase))) continue;
            if (await Takes(member, sources[member.Key.Source], recipesOf, r => r.Suppressions, c => c is ISuppress s && s.SuppressedChannels.Contains(word.Channel), ct))
                adds.Add(For(row, golden, member, JsonSerializer.Serialize(new SpreadSuppression(word.Channel, point, word.Purpose, word.Reason))));
        }

        return adds;
    }

    private async Task<bool> Takes(
        GoldenMember member, SourceRow source, Func<SourceRow, SourceRecipes> recipesOf, Func<Syncing.WriteBackRules, bool> allows, Func<IConnector, bool> can, CancellationToken ct)
    {
        if (await store.Landing.Payload(member.Key, ct) is not { } payload) return false;
        var recipes = recipesOf(source);
        if (recipes.For(member.Key.Stream, payload)?.WriteBack is not { Enabled: true } rules || !allows(rules)) return false;
        try
        {
            await using var open = connections.Open(source, recipes);
            return can(open.Connector);
        }
        catch (Exception e) when (e is ConnectorException or ConfigurationException)
        {
            // It is told when it can be reached; until then the row waits and says why.
            return true;
        }
    }

    private static OutboxAdd For(OutboxRow row, GoldenId golden, GoldenMember member, string payload) =>
        new(row.What.Kind, member.Key.Source, member.Key.Stream, member.Key.ExternalId, golden, payload, $"{row.What.Key}|{member.Key}");
}
