using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>What an erasure took away.</summary>
/// <param name="Id">The contact's golden id, which stays in the trail.</param>
/// <param name="Rows">Rows deleted, by table.</param>
/// <param name="Suppressed">Addresses, numbers and source keys of which a hash stays.</param>
/// <param name="Redacted">Rows of others, such as reports and errors, that its values were taken out of.</param>
public sealed record ErasureCounts(GoldenId Id, IReadOnlyDictionary<string, int> Rows, int Suppressed, int Redacted);

/// <summary>Erases contacts: what stays is a hash of each address, number and source key, and ids in the trail.</summary>
public sealed class Erasures
{
    private readonly Database database;
    private readonly Consents consents;

    internal Erasures(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>What a contact is known by in texts; null when there is no such contact.</summary>
    public Task<ErasedTexts?> Texts(GoldenId contact, CancellationToken ct) => database.Read(async s => (await ContactScope.Find(s, contact, ct))?.Texts, ct);

    /// <summary>
    /// Erases a contact, durably and in one transaction: its rows in every table go, its values in the trail, in reports and in errors are taken out, its neighbours are to be matched again, and a hash of each of its
    /// addresses, numbers and source keys stays as a suppression, so that nobody writes to it and no pull brings its records back. Null when there is no such contact.
    /// </summary>
    /// <param name="contact">Its golden id, or one that leads to it.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="why">The reason, for the trail.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Cancels; nothing is kept.</param>
    public Task<ErasureCounts?> Erase(GoldenId contact, string by, string why, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            if (await ContactScope.Find(s, contact, ct) is not { } scope) return null;
            var arguments = scope.Arguments(s, consents);
            var paired = await s.Query(
                $"SELECT DISTINCT x.golden_id FROM merge_queue q JOIN crosswalk x ON x.record_id = q.record_a OR x.record_id = q.record_b WHERE {s.Among("q.record_a", 0)} OR {s.Among("q.record_b", 0)}",
                r => r.Guid(0), ct, arguments[0]);
            var own = scope.Records.Select(r => r.Id).ToHashSet();
            var neighbours = (await s.Query(
                $"SELECT o.record_id FROM cluster_member m JOIN cluster_member o ON o.cluster_id = m.cluster_id WHERE {s.Among("m.record_id", 0)}", r => r.Long(0), ct, arguments[0])).Where(r => !own.Contains(r)).Distinct().ToList();
            var redacted = await TakeOut(s, scope, ct);

            var rows = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var table in PersonalTables.All)
                if (await s.Execute($"DELETE FROM {table.Name} WHERE {table.Where(s)}", ct, arguments) is > 0 and var gone) rows[table.Name] = gone;
            await s.Execute("DELETE FROM decision WHERE NOT EXISTS (SELECT 1 FROM decision_pair p WHERE p.decision_id = decision.id)", ct);

            await Suppressions.Add(s, consents, [.. scope.Points.Select(p => new SuppressionAdd(Guid.CreateVersion7(now), p.Channel, p.Point, Purposes.Every, SuppressionReason.Erased, null, by, now))], ct);
            await Suppressions.AddErasedKeys(s, consents, [.. scope.Records.Select(r => r.Key)], by, now, ct);
            await HygieneStatuses.RefreshWithQueued(s, consents, [.. paired.Except(scope.Ids)], ct);
            await Work.Enqueue(s, Stage.Match, neighbours, "erased neighbour", ct);
            var counts = JsonSerializer.Serialize(new { records = scope.Records.Count, rows = rows.Values.Sum(), redacted });
            await Trail.Append(s, [new TrailEntry(now, by, "erase", "golden", scope.Id.ToString(), null, counts, scope.Texts.Redact(why))], ct);
            return new ErasureCounts(scope.Id, rows, scope.Points.Count + scope.Records.Count, redacted);
        },
        ct);

    /// <summary>Makes what was deleted unreadable in the database's files, where the database allows it at once. False when another process holds it up, or the database does it in its own time.</summary>
    public Task<bool> Compact(CancellationToken ct) => database.Compact(ct);

    /// <summary>Texts of several contacts: one pass over each table, since any row may name the contact.</summary>
    private static async Task<int> TakeOut(Session s, ContactScope scope, CancellationToken ct)
    {
        var texts = scope.Texts;
        var redacted = await TakeOutOfTrail(s, scope, ct);
        redacted += await Rewrite(s, "run", "id", ["errors"], r => r.Guid(0), (_, t) => texts.RedactJson(t, wholly: false), ct);
        redacted += await Rewrite(s, "audit", "id", ["report"], r => r.Guid(0), (_, t) => texts.RedactJson(t, wholly: true), ct);
        redacted += await Rewrite(s, "decision", "id", ["why"], r => r.Guid(0), (_, t) => texts.Redact(t), ct);
        redacted += await Rewrite(s, "suppression_entry", "id", ["why"], r => r.Guid(0), (_, t) => texts.Redact(t), ct);
        redacted += await Rewrite(s, "field_lock", "id", ["why"], r => r.Guid(0), (_, t) => texts.Redact(t), ct);
        redacted += await Rewrite(s, "outbox", "id", ["error"], r => r.Long(0), (_, t) => texts.Redact(t), ct);

        // Rows that never became records: they go as a whole, and come again with the next pull if they are another's.
        var unread = await s.Query("SELECT id, place, error, raw FROM quarantine", r => (Id: r.Long(0), Texts: new[] { r.Text(1), r.Text(2), r.TextOrNull(3) }), ct);
        long[] named = [.. unread.Where(q => q.Texts.Any(texts.IsIn)).Select(q => q.Id)];
        if (named.Length > 0) redacted += await s.Execute($"DELETE FROM quarantine WHERE {s.Among("id", 0)}", ct, s.Items(named));

        // Merges of others that were undone may name its records, and are of no use without them.
        var merges = await s.Query("SELECT id, left_keys, right_keys FROM merge_event", r => (Id: r.Guid(0), Keys: GoldenJson.ReadKeys(r.Text(1)).AddRange(GoldenJson.ReadKeys(r.Text(2)))), ct);
        var keys = scope.Records.Select(r => r.Key).ToHashSet();
        Guid[] gone = [.. merges.Where(m => m.Keys.Any(keys.Contains)).Select(m => m.Id)];
        if (gone.Length > 0) await s.Execute($"DELETE FROM merge_event WHERE {s.Among("id", 0)}", ct, s.Items(gone));
        return redacted;
    }

    /// <summary>The trail keeps who, when, what, which fields and why; what the fields held goes.</summary>
    private static async Task<int> TakeOutOfTrail(Session s, ContactScope scope, CancellationToken ct)
    {
        var subjects = scope.Ids.Select(i => i.ToString()).Concat(scope.Records.Select(r => r.Key.ToString())).ToHashSet(StringComparer.Ordinal);
        subjects.UnionWith(await s.Query($"SELECT id FROM merge_queue WHERE {s.Among("record_a", 0)} OR {s.Among("record_b", 0)}", r => r.Text(0), ct, s.Items([.. scope.Records.Select(r => r.Id)])));
        subjects.UnionWith((await s.Query($"SELECT id FROM field_lock WHERE {s.Among("record_id", 0)}", r => r.Guid(0), ct, s.Items([.. scope.Records.Select(r => r.Id)]))).Select(g => g.ToString()));
        var changed = new List<object?[]>();
        await s.Each("SELECT id, subject_id, before, after, why FROM audit_trail", r =>
        {
            var (subject, before, after, why) = (r.Text(1), r.TextOrNull(2), r.TextOrNull(3), r.TextOrNull(4));
            var isOwn = subjects.Contains(subject);
            var told = isOwn || scope.Texts.IsIn(before) || scope.Texts.IsIn(after);
            object?[] row = [r.Long(0), scope.Texts.Redact(subject), told ? WithoutValues(before) : before, told ? WithoutValues(after) : after, why is null ? null : scope.Texts.Redact(why)];
            if (!Equals(row[1], subject) || !Equals(row[2], before) || !Equals(row[3], after) || !Equals(row[4], why)) changed.Add(row);
        }, ct);
        if (changed.Count > 0) await s.Update("audit_trail", ["id", "subject_id", "before", "after", "why"], 1, changed, ct);
        return changed.Count;
    }

    private static string? WithoutValues(string? json)
    {
        if (json is null) return null;
        try
        {
            return JsonNode.Parse(json) is JsonObject map ? new JsonObject(map.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, null))).ToJsonString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<int> Rewrite(Session s, string table, string key, string[] columns, Func<Row, object> id, Func<string, string, string> redact, CancellationToken ct)
    {
        var changed = new List<object?[]>();
        await s.Each($"SELECT {key}, {string.Join(", ", columns)} FROM {table}", r =>
        {
            var before = columns.Select((_, i) => r.TextOrNull(i + 1)).ToArray();
            var after = before.Select((t, i) => t is null ? null : redact(columns[i], t)).ToArray();
            if (!before.SequenceEqual(after, StringComparer.Ordinal)) changed.Add([id(r), .. after]);
        }, ct);
        if (changed.Count > 0) await s.Update(table, [key, .. columns], 1, changed, ct);
        return changed.Count;
    }
}
