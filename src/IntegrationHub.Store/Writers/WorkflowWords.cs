using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

/// <summary>
/// What workflows set in a contact, as field locks that correct one value: the golden record takes it by its own rules, and a newer word of a source is not held back by it.
/// Each hangs on the source record of the event that started the workflow, where there is one, so that it goes where the enrolment goes when a merge is undone.
/// </summary>
internal static class WorkflowWords
{
    /// <summary>How the name of a lock's author begins.</summary>
    public const string By = "workflow ";

    /// <summary>The reason of the work of merging them.</summary>
    public const string Reason = "workflow";

    /// <summary>Contacts of which anything waits to be merged.</summary>
    public static async Task<IReadOnlySet<GoldenId>> Waiting(Session s, IReadOnlyCollection<GoldenId> ids, CancellationToken ct) => (await s.Query(
        $"SELECT DISTINCT x.golden_id FROM crosswalk x JOIN work w ON w.stage = @1 AND w.key = x.record_id WHERE {s.Among("x.golden_id", 0)}",
        r => new GoldenId(r.Guid(0)), ct, s.Items([.. ids.Select(i => i.Value)]), (int)Stage.Merge)).ToHashSet();

    /// <summary>Keeps what the runs have set, in their own transaction, and hands the records to Merge. Told again, an effect is the same lock.</summary>
    public static async Task Add(Session s, IReadOnlyList<JourneySave> saves, DateTimeOffset now, CancellationToken ct)
    {
        var said = saves.SelectMany(j => j.Effects.SelectMany(e => Said(j, e))).ToList();
        if (said.Count == 0) return;
        var goldens = said.Select(w => w.Golden.Value).Distinct().ToList();
        var known = (await s.Query(
            $"SELECT g.id, g.provenance, {FieldColumns.Of("g", FieldColumns.Golden)} FROM golden_record g WHERE {s.Among("g.id", 0)} AND g.retired_at IS NULL",
            r => (Id: r.Guid(0), Provenance: GoldenJson.ReadProvenance(r.Text(1)), Values: FieldColumns.Read(r, 2, Fields.Golden)), ct, s.Items(goldens))).ToDictionary(g => g.Id);
        var recordsOf = (await s.Query($"SELECT golden_id, record_id FROM crosswalk WHERE {s.Among("golden_id", 0)} ORDER BY record_id", r => (Golden: r.Guid(0), Record: r.Long(1)), ct, s.Items(goldens)))
            .ToLookup(x => x.Golden, x => x.Record);
        var recordOf = (await s.Query(
            $"SELECT id, record_id FROM event WHERE {s.Among("id", 0)} AND record_id IS NOT NULL", r => (Id: r.Text(0), Record: r.Long(1)), ct, s.Items([.. said.Select(w => w.EventId).OfType<string>().Distinct()])))
            .ToDictionary(e => e.Id, e => e.Record, StringComparer.Ordinal);
        var held = (await FieldLocks.Of(s, [.. recordsOf.SelectMany(r => r)], ct)).ToList();
        var (locks, trail, over) = (new List<HeldLock>(), new List<TrailEntry>(), new HashSet<Guid>());
        foreach (var word in said)
        {
            if (!known.TryGetValue(word.Golden.Value, out var golden) || !recordsOf[word.Golden.Value].Any()) continue;
            var records = recordsOf[word.Golden.Value].ToList();
            var of = held.Where(l => l.Lock.Field == word.Field && records.Contains(l.RecordId)).ToList();
            var on = word.EventId is { } id && recordOf.TryGetValue(id, out var record) && records.Contains(record) ? record : records[0];
            if (Lock(word, golden.Values, golden.Provenance.Any(p => p.Field == word.Field && p.Rule is Survivorship.Lock or Survivorship.Workflow), of) is not { } fresh) continue;
            var lockOf = new HeldLock(word.Id, on, fresh, By + word.Workflow, word.At, word.Why);
            // What the same words said before is said anew: only the latest is kept in force.
            foreach (var old in of.Where(o => o.Lock.ByWorkflow && IsOver(o.Lock, fresh) && o.Id != lockOf.Id)) over.Add(old.Id);
            held.RemoveAll(h => over.Contains(h.Id));
            held.Insert(0, lockOf);
            locks.Add(lockOf);
            trail.Add(new TrailEntry(word.At, lockOf.By, "set", "golden", word.Golden.ToString(), Json(word.Field, fresh.Correction?.Was), Json(word.Field, fresh.Value), word.Why));
        }

        if (locks.Count == 0) return;
        locks.RemoveAll(l => over.Contains(l.Id));
        await FieldLocks.Release(s, over, By.TrimEnd(), now, ct);
        await FieldLocks.AddOnce(s, locks, Reason, ct);
        await Trail.Append(s, trail, ct);
    }

    /// <summary>The lock of a word; null where a person's own lock stands over it, or nothing would change.</summary>
    private static FieldLock? Lock(Word word, FieldValues golden, bool isSet, List<HeldLock> held)
    {
        if (held.Any(l => l.Lock.Correction is null)) return null;
        if (word.Field == Field.Tags)
        {
            var has = golden.List(Field.Tags).Contains(word.Value ?? word.Gone ?? "", StringComparer.OrdinalIgnoreCase);
            var isSaid = held.Any(l => IsSame(l.Lock, word.Value ?? word.Gone));
            return has == word.Value is not null && !isSaid ? null : new FieldLock(Field.Tags, word.Value, new Correction(word.Gone), true);
        }

        // Where the golden value is that of a lock, what the rules pick is what that lock corrects.
        var inForce = isSet || golden[word.Field] is null ? held.FirstOrDefault(l => l.Lock.Value == golden[word.Field]) : null;
        var was = inForce is null ? golden[word.Field] : inForce.Lock.Correction?.Was;
        var fitting = held.FirstOrDefault(l => l.Lock.Correction?.Was == was);
        return (fitting is null ? was : fitting.Lock.Value) == word.Value ? null : new FieldLock(word.Field, word.Value, new Correction(was), true);
    }

    private static bool IsOver(FieldLock old, FieldLock fresh) =>
        fresh.Field == Field.Tags ? IsSame(old, fresh.Value ?? fresh.Correction?.Was) : old.Correction?.Was == fresh.Correction?.Was;

    private static bool IsSame(FieldLock old, string? tag) => string.Equals(old.Value ?? old.Correction?.Was, tag, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Word> Said(JourneySave run, Effect effect)
    {
        // An effect's key is contact|workflow|visit|…
        var enrolment = effect.Key.Split('|') is [_, _, var visit, ..] && int.TryParse(visit, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? run.State?.Current.Enrolments.FirstOrDefault(e => e.Workflow == effect.Workflow && e.Visit == number) : null;
        var cause = enrolment?.EventId ?? effect.EventId;
        switch (effect.Payload)
        {
            case EffectPayload.Owner owner:
                yield return Of(run, effect, cause, Field.Owner, owner.Name, null);
                break;
            case EffectPayload.Fields fields:
                foreach (var (field, value) in fields.Set)
                    if (!Fields.Lists.Contains(field)) yield return Of(run, effect, cause, field, string.IsNullOrEmpty(value) ? null : value, null);
                foreach (var tag in fields.RemoveTags.Except(fields.AddTags, StringComparer.OrdinalIgnoreCase)) yield return Of(run, effect, cause, Field.Tags, null, tag);
                foreach (var tag in fields.AddTags) yield return Of(run, effect, cause, Field.Tags, tag, null);
                break;
        }
    }

    private static Word Of(JourneySave run, Effect effect, string? eventId, Field field, string? value, string? gone)
    {
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{effect.Key}\n{Fields.NameOf(field)}\n{(field == Field.Tags ? value ?? gone : "")}")).AsSpan(0, 16));
        return new Word(id, run.Golden, effect.Workflow, eventId, field, value, gone, effect.At, effect.Reason);
    }

    private static string Json(Field field, string? value) => JsonSerializer.Serialize(new Dictionary<string, string?> { [Fields.NameOf(field)] = value });

    private sealed record Word(Guid Id, GoldenId Golden, string Workflow, string? EventId, Field Field, string? Value, string? Gone, DateTimeOffset At, string? Why);
}
