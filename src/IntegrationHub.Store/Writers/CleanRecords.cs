using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

public sealed partial class CleanRecords
{
    private static readonly string[] Columns = ["record_id", "kind", "updated_at", "content_hash", "input_hash", "recipe", "consents", .. FieldColumns.Clean];

    /// <summary>
    /// Saves a batch. A record whose values, issues, consents and time are as stored is not written, and gets no work; a changed or removed one is handed to
    /// Match. Consent claims are appended where they differ from the record's last word; failures go to quarantine, successes leave it.
    /// </summary>
    public Task<CleanCounts> Save(IReadOnlyList<CleanSave> saves, DateTimeOffset now, CancellationToken ct)
    {
        if (saves.Count == 0) return Task.FromResult(new CleanCounts(0, 0, 0, 0));
        var failed = saves.Where(s => s.Failure is not null).ToList();
        var handled = saves.Where(s => s.Failure is null).ToList();
        var removed = handled.Where(s => s.Clean is null && s.Row.CleanHash is not null).ToList();
        var changed = new List<(CleanSave Save, CleanRecord Record, byte[] Hash)>();
        var unchanged = new List<CleanSave>();
        foreach (var save in handled)
        {
            if (save.Clean is not { } record) continue;
            var hash = ContentHash.Of(record);
            if (save.Row.CleanHash is { } old && hash.AsSpan().SequenceEqual(old)) unchanged.Add(save);
            else changed.Add((save, record, hash));
        }

        return database.Write(
            Durability.Durable,
            async s =>
            {
                await Remove(s, removed, ct);
                await Write(s, changed, ct);
                await Confirm(s, unchanged, ct);
                await consents.Append(s, changed.Select(c => (c.Save.Row, c.Record.Consents)), now, ct);
                await Work.Enqueue(s, Stage.Match, [.. changed.Select(c => c.Save.Row.RecordId), .. removed.Select(r => r.Row.RecordId)], "normalised", ct);
                await Quarantine.Add(s, [.. failed.Select(InQuarantine)], now, ct);
                await Quarantine.Clear(s, "normalise", [.. handled.Select(h => h.Row.RecordId)], "normalise", now, ct);
                await Work.Complete(s, Stage.Normalise, saves.Select(r => (r.Row.RecordId, r.Row.Seq)), ct);
                return new CleanCounts(changed.Count, unchanged.Count, removed.Count, failed.Count);
            },
            ct);
    }

    private static async Task Remove(Session s, List<CleanSave> removed, CancellationToken ct)
    {
        if (removed.Count == 0) return;
        var ids = s.Items([.. removed.Select(r => r.Row.RecordId)]);
        await s.Execute($"DELETE FROM clean_record WHERE {s.Among("record_id", 0)}", ct, ids);
        await s.Execute($"DELETE FROM issue WHERE {s.Among("record_id", 0)}", ct, ids);
    }

    private static async Task Write(Session s, List<(CleanSave Save, CleanRecord Record, byte[] Hash)> changed, CancellationToken ct)
    {
        if (changed.Count == 0) return;
        var buffer = new object?[Columns.Length];
        await s.Upsert("clean_record", Columns, 1, changed.Select(c => Fill(buffer, c)), ct);

        long[] known = [.. changed.Where(c => c.Save.Row.CleanHash is not null).Select(c => c.Save.Row.RecordId)];
        if (known.Length > 0) await s.Execute($"DELETE FROM issue WHERE {s.Among("record_id", 0)}", ct, s.Items(known));

        await s.Insert("issue", ["record_id", "position", "field", "code", "raw", "rejected"], changed.SelectMany(Issues), ct);
    }

    /// <summary>The same content by a new recipe or of a new payload: the row says so, and nothing follows from it.</summary>
    private static async Task Confirm(Session s, List<CleanSave> unchanged, CancellationToken ct)
    {
        foreach (var recipe in unchanged.GroupBy(u => u.Recipe))
        {
            await s.Execute(
                $"UPDATE clean_record SET recipe = @0, input_hash = (SELECT r.content_hash FROM source_record r WHERE r.id = clean_record.record_id) "
                + $"WHERE {s.Among("record_id", 1)}",
                ct,
                recipe.Key.Value,
                s.Items([.. recipe.Select(u => u.Row.RecordId)]));
        }
    }

    private static object?[] Fill(object?[] row, (CleanSave Save, CleanRecord Record, byte[] Hash) changed)
    {
        row[0] = changed.Save.Row.RecordId;
        row[1] = (int)changed.Record.Kind;
        row[2] = changed.Record.UpdatedAt;
        row[3] = changed.Hash;
        row[4] = changed.Save.Row.InputHash;
        row[5] = changed.Save.Recipe.Value;
        row[6] = ConsentJson.Of(changed.Record.Consents);
        for (var i = 0; i < Fields.Clean.Length; i++) row[7 + i] = changed.Record.Values[Fields.Clean[i]];
        return row;
    }

    private static IEnumerable<object?[]> Issues((CleanSave Save, CleanRecord Record, byte[] Hash) changed) =>
        changed.Record.Issues.Select((issue, i) => new object?[]
        {
            changed.Save.Row.RecordId, i, Fields.NameOf(issue.Field), issue.Code.Value, issue.Raw, issue.Rejected,
        });

    private static QuarantineAdd InQuarantine(CleanSave save) => new(
        "record",
        "normalise",
        save.Row.Key.Source,
        save.Row.Key.Stream,
        save.Row.Key.ExternalId,
        save.Row.RecordId,
        save.Failure ?? "",
        save.Row.Payload is { } payload ? System.Text.Encoding.UTF8.GetString(payload) : null,
        save.Recipe);
}
