using System.Collections.Immutable;
using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

public sealed partial class GoldenRecords
{
    private static readonly string[] Columns =
    [
        "id", "row", "kind", "provenance", "content_hash", "recipe", "source_count", "created_at", "updated_at", "retired_at", "email_point", "phone_point", "link_domain", "link_name",
        .. FieldColumns.Golden,
    ];

    private static readonly string[] NewColumns = [.. Columns, "hygiene", "hygiene_reasons"];

    /// <summary>
    /// Saves the outcome of merging in one transaction. A golden record is written only if its content differs, and only then handed to Sync. Its crosswalk becomes
    /// exactly the members given, and hygiene statuses follow.
    /// </summary>
    public Task<GoldenCounts> Save(MergeSave save, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Derived,
        async s =>
        {
            var stored = await Known(s, save.Goldens, ct);
            var (added, changed, sameContent, retired) = (new List<Made>(), new List<Made>(), new List<GoldenSave>(), new List<Stored>());
            foreach (var golden in save.Goldens)
            {
                var known = stored.GetValueOrDefault(golden.Id.Value);
                if (golden.Content is not { } content)
                {
                    if (known is { Retired: false }) retired.Add(known);
                    continue;
                }

                var hash = ContentHash.Of(content);
                if (known is null) added.Add(new Made(golden, content, hash, 0, now, CompanyLinks.KeysOf(content.Kind, content.Values), default));
                else if (known.Retired || !hash.AsSpan().SequenceEqual(known.Hash)) changed.Add(new Made(golden, content, hash, known.Row, known.CreatedAt, CompanyLinks.KeysOf(content.Kind, content.Values), known.Keys));
                else sameContent.Add(golden);
            }

            var rows = added.Count > 0 ? await s.Allocate("golden_record", "row", added.Count, ct) : [];
            added = [.. added.Select((a, i) => a with { Row = rows[i] })];
            var buffer = new object?[NewColumns.Length];
            if (added.Count > 0) await s.Insert("golden_record", NewColumns, added.Select(a => Fill(buffer, a, now)), ct);
            if (changed.Count > 0) await s.Update("golden_record", Columns, 1, changed.Select(c => Fill(buffer, c, now)), ct);
            await Confirm(s, sameContent, ct);
            if (retired.Count > 0)
            {
                await s.Execute(
                    $"UPDATE golden_record SET retired_at = @0, updated_at = @0, source_count = 0 WHERE {s.Among("row", 1)}", ct, now, s.Items([.. retired.Select(r => r.Row)]));
            }

            await SaveCrosswalk(s, save.Goldens, ct);
            await SaveAliases(s, save, ct);
            await HygieneStatuses.RefreshWithQueued(s, consents, [.. save.Goldens.Select(g => g.Id.Value).Distinct()], ct);
            await s.Insert("merge_event", MergeColumns.Split(", "), save.Merges.Select(Fill), ct);
            await Undo(s, save.UndoneMerges, now, ct);
            await Trail.Append(s, save.Trail, ct);
            await Work.Enqueue(s, Stage.Sync, [.. added.Select(a => a.Row), .. changed.Select(c => c.Row), .. retired.Select(r => r.Row)], "merged", ct);
            await EnqueueLinks(s, added, changed, retired, ct);
            Guid[] touched = [.. added.Select(a => a.Save.Id.Value), .. changed.Select(c => c.Save.Id.Value), .. retired.Select(r => r.Id)];
            await Triggers.Changed(s, touched, save.IsHistory ? Work.History : "merged", ct);
            await Events.Wake(s, touched, ct);
            if (save.Done.Count > 0) await Work.Complete(s, Stage.Merge, save.Done.Select(d => (d.Key, d.Seq)), ct);
            return new GoldenCounts(added.Count, changed.Count, sameContent.Count, retired.Count);
        },
        ct);

    internal static Task Undo(Session s, IReadOnlyList<Guid> merges, DateTimeOffset now, CancellationToken ct) => merges.Count == 0
        ? Task.CompletedTask
        : s.Execute($"UPDATE merge_event SET undone_at = @0 WHERE undone_at IS NULL AND {s.Among("id", 1)}", ct, now, s.Items(merges));

    private static async Task<Dictionary<Guid, Stored>> Known(Session s, IReadOnlyList<GoldenSave> goldens, CancellationToken ct) => goldens.Count == 0
        ? []
        : (await s.Query(
            $"SELECT id, row, content_hash, created_at, retired_at, kind, link_domain, link_name FROM golden_record WHERE {s.Among("id", 0)}",
            r => new Stored(r.Guid(0), r.Long(1), r.Bytes(2), r.Time(3), r.TimeOrNull(4) is not null, (EntityKind)r.Int(5), new LinkKeys(r.LongOrNull(6), r.LongOrNull(7))),
            ct,
            s.Items([.. goldens.Select(g => g.Id.Value)]))).ToDictionary(r => r.Id);

    /// <summary>The same content by new rules: the row says so, and nothing follows from it.</summary>
    private static async Task Confirm(Session s, List<GoldenSave> sameContent, CancellationToken ct)
    {
        foreach (var recipe in sameContent.GroupBy(g => g.Recipe))
        {
            await s.Execute(
                $"UPDATE golden_record SET recipe = @0 WHERE recipe <> @0 AND {s.Among("id", 1)}", ct, recipe.Key.Value, s.Items([.. recipe.Select(g => g.Id.Value)]));
        }
    }

    private static async Task SaveCrosswalk(Session s, IReadOnlyList<GoldenSave> goldens, CancellationToken ct)
    {
        if (goldens.Count == 0) return;
        var wanted = new Dictionary<long, Guid>();
        foreach (var golden in goldens)
            foreach (var member in golden.Members) wanted[member] = golden.Id.Value;

        var present = (await s.Query(
            $"SELECT record_id, golden_id FROM crosswalk WHERE {s.Among("golden_id", 0)}",
            r => (Record: r.Long(0), Golden: r.Guid(1)),
            ct,
            s.Items([.. goldens.Select(g => g.Id.Value)]))).ToDictionary(r => r.Record, r => r.Golden);
        long[] gone = [.. present.Keys.Where(r => !wanted.ContainsKey(r))];
        if (gone.Length > 0) await s.Execute($"DELETE FROM crosswalk WHERE {s.Among("record_id", 0)}", ct, s.Items(gone));
        var differs = wanted.Where(w => !present.TryGetValue(w.Key, out var golden) || golden != w.Value).OrderBy(w => w.Key).ToList();
        if (differs.Count > 0)
            await s.Upsert("crosswalk", ["record_id", "golden_id"], 1, differs.Select(w => new object?[] { w.Key, w.Value }), ct);
    }

    private static async Task SaveAliases(Session s, MergeSave save, CancellationToken ct)
    {
        if (save.RemovedAliases.Count > 0)
            await s.Execute($"DELETE FROM golden_alias WHERE {s.Among("alias", 0)}", ct, s.Items([.. save.RemovedAliases.Select(a => a.Value)]));
        foreach (var alias in save.Aliases)
        {
            await s.Execute("UPDATE golden_alias SET golden_id = @1 WHERE golden_id = @0", ct, alias.Alias.Value, alias.Golden.Value);
            await s.Execute(
                "INSERT INTO golden_alias (alias, golden_id, merge_id, since) VALUES (@0, @1, @2, @3) "
                + "ON CONFLICT (alias) DO UPDATE SET golden_id = excluded.golden_id, merge_id = excluded.merge_id, since = excluded.since",
                ct,
                alias.Alias.Value,
                alias.Golden.Value,
                alias.MergeId,
                alias.Since);
        }
    }

    private object?[] Fill(object?[] row, Made made, DateTimeOffset now)
    {
        row[0] = made.Save.Id.Value;
        row[1] = made.Row;
        row[2] = (int)made.Content.Kind;
        row[3] = GoldenJson.Of(made.Content.Provenance);
        row[4] = made.Hash;
        row[5] = made.Save.Recipe.Value;
        row[6] = made.Save.Members.Count;
        row[7] = made.CreatedAt;
        row[8] = now;
        row[9] = null;
        row[10] = consents.PointOf(Channel.Email, made.Content.Values[Field.Email]);
        row[11] = consents.PointOf(Channel.Sms, made.Content.Values[Field.Phone]);
        (row[12], row[13]) = (made.Keys.Domain, made.Keys.Name);
        for (var i = 0; i < Fields.Golden.Length; i++) row[14 + i] = made.Content.Values[Fields.Golden[i]];
        row[^2] = (int)HygieneStatus.Ready;
        row[^1] = (int)HygieneReasons.None;
        return row;
    }

    private static object?[] Fill(MergeEvent merge) =>
    [
        merge.Id, merge.Survivor.Value, merge.Absorbed?.Value, GoldenJson.Of(merge.Left), GoldenJson.Of(merge.Right), merge.Probability, merge.By, merge.At, merge.UndoneAt,
    ];

    private sealed record Stored(Guid Id, long Row, byte[] Hash, DateTimeOffset CreatedAt, bool Retired, EntityKind Kind, LinkKeys Keys);

    private sealed record Made(GoldenSave Save, GoldenContent Content, byte[] Hash, long Row, DateTimeOffset CreatedAt, LinkKeys Keys, LinkKeys Before);
}
