using System.Collections.Immutable;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Merging;

/// <summary>A person's or a workflow's word on one field of a golden record.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">The value; null keeps the field empty.</param>
/// <param name="Correction">
/// Null: the lock holds against all rules. Else it corrects one value: it holds only while the rules pick that value, so that a newer word of a source is never overridden
/// by a correction of an old one; and the value that it corrects is not kept beside it. On <see cref="Field.Tags"/> a correction is of one tag: <see cref="Correction.Was"/> goes, the value comes.
/// </param>
/// <param name="ByWorkflow">True where a workflow says so, not a person: provenance tells.</param>
public sealed record FieldLock(Field Field, string? Value, Correction? Correction = null, bool ByWorkflow = false);

/// <summary>The value that a lock corrects.</summary>
/// <param name="Was">What the rules pick; null where they find nothing.</param>
public sealed record Correction(string? Was);

/// <summary>Builds the content of a golden record from its clean records: per field the rules pick the value, and provenance says which rule and which record.</summary>
public static class Survivorship
{
    /// <summary>Provenance's rule where all records that have the field agree, or only one has it.</summary>
    public const string Only = "only";

    /// <summary>Provenance's rule of a field lock.</summary>
    public const string Lock = "lock";

    /// <summary>Provenance's rule of a field that a workflow has set.</summary>
    public const string Workflow = "workflow";

    /// <summary>Provenance's rule of a list.</summary>
    public const string United = "united";

    /// <summary>Provenance's rule where all rules left a tie: the value of the first record by key.</summary>
    public const string FirstKey = "first_key";

    private const char PartSeparator = '\u001f';

    /// <summary>
    /// The golden content of one cluster. Pure; the order of <paramref name="records"/> does not matter, and a record given twice counts once.
    /// E-mails and numbers that do not win are kept in <see cref="Field.OtherEmails"/> and <see cref="Field.OtherPhones"/>.
    /// </summary>
    /// <param name="kind">Contact or company.</param>
    /// <param name="records">All clean records of the cluster; at least one, all of this kind.</param>
    /// <param name="rules">Who wins.</param>
    /// <param name="locks">
    /// Field locks, the latest first; none when null. Of those on one field the first that holds against all rules counts, else the first whose correction fits. Their
    /// provenance names the first record that has the value, else the first of all.
    /// </param>
    public static GoldenContent Build(
        EntityKind kind, IReadOnlyList<CleanRecord> records, SurvivorshipRules rules, IReadOnlyList<FieldLock>? locks = null)
    {
        var sorted = Sorted(kind, records);
        var values = new FieldValues.Builder();
        var provenance = new Provenance?[Fields.Count];
        var blocks = SurvivorshipRules.Blocks;
        foreach (var block in blocks) Settle(block, sorted, rules, values, provenance);
        foreach (var field in Fields.Golden)
            if (!Fields.Lists.Contains(field) && !blocks.Any(b => b.Contains(field)))
                Settle([field], sorted, rules, values, provenance);
        var corrected = ApplyLocks(locks, sorted, values, provenance, lists: false);
        Unite(Field.OtherEmails, Field.Email, StringComparer.OrdinalIgnoreCase, sorted, corrected, values, provenance);
        Unite(Field.OtherPhones, Field.Phone, StringComparer.Ordinal, sorted, corrected, values, provenance);
        Unite(Field.Tags, null, StringComparer.Ordinal, sorted, corrected, values, provenance);
        ApplyLocks(locks, sorted, values, provenance, lists: true);
        return new GoldenContent(
            kind, values.Build(), [.. provenance.OfType<Provenance>().OrderBy(p => p.Field)], [.. sorted.Select(r => r.Key)]);
    }

    private static CleanRecord[] Sorted(EntityKind kind, IReadOnlyList<CleanRecord> records)
    {
        if (records.Count == 0) throw new ArgumentException("A golden record is made of at least one clean record.", nameof(records));
        if (records.FirstOrDefault(r => r.Kind != kind) is { } stranger)
            throw new ArgumentException($"{stranger.Key} is a {stranger.Kind}; a golden {kind} is made of records of its own kind.", nameof(records));
        if (records.Count == 1) return [records[0]];
        var sorted = records.DistinctBy(r => r.Key).ToArray();
        Array.Sort(sorted, (a, b) => a.Key.CompareTo(b.Key));
        return sorted;
    }

    private static void Settle(
        ImmutableArray<Field> block, CleanRecord[] records, SurvivorshipRules rules, FieldValues.Builder values, Provenance?[] provenance)
    {
        var candidates = Candidates(block, records);
        if (candidates.Count == 0) return;
        var (winner, rule) = candidates.Count == 1 ? (candidates[0], Only) : Pick(block[0], candidates, rules);
        foreach (var field in block)
        {
            if (winner.Record.Values[field] is not { } value) continue;
            values[field] = value;
            provenance[(int)field] = new Provenance(field, winner.Record.Key, rule);
        }
    }

    private static List<Candidate> Candidates(ImmutableArray<Field> block, CleanRecord[] records)
    {
        var candidates = new List<Candidate>(records.Length);
        foreach (var record in records)
        {
            if (block.Length == 1)
            {
                if (record.Values[block[0]] is { } value) candidates.Add(new Candidate(record, value, 1));
                continue;
            }

            // An address may lack its street; a phone extension without a number, or a legal form without a name, is nothing.
            var parts = block.Count(f => record.Values[f] is not null);
            if (parts > 0 && (block == Fields.Address || record.Values[block[0]] is not null))
                candidates.Add(new Candidate(record, string.Join(PartSeparator, block.Select(f => record.Values[f])), parts));
        }

        return candidates;
    }

    private static (Candidate Winner, string Rule) Pick(Field field, List<Candidate> all, SurvivorshipRules rules)
    {
        var left = all;
        var decided = OneValue(left) ? Only : null;
        foreach (var rule in rules.Of(field).Rules)
        {
            if (left.Count == 1) break;
            left = Best(left, c => Measure(rule, field, c, all, rules));
            if (decided is null && OneValue(left)) decided = NameOf(rule);
        }

        return (left[0], decided ?? FirstKey);
    }

    private static bool OneValue(List<Candidate> candidates)
    {
        for (var i = 1; i < candidates.Count; i++)
            if (candidates[i].Value != candidates[0].Value) return false;
        return true;
    }

    private static List<Candidate> Best(List<Candidate> candidates, Func<Candidate, long> measure)
    {
        var best = long.MinValue;
        var left = new List<Candidate>(candidates.Count);
        foreach (var candidate in candidates)
        {
            var measured = measure(candidate);
            if (measured < best) continue;
            if (measured > best) left.Clear();
            best = measured;
            left.Add(candidate);
        }

        return left;
    }

    /// <summary>How well a candidate does under one rule: more is better.</summary>
    private static long Measure(SurvivorshipRule rule, Field field, Candidate candidate, List<Candidate> all, SurvivorshipRules rules) => rule switch
    {
        SurvivorshipRule.MostTrusted => -rules.TrustRank(field, candidate.Record.Key.Source),
        SurvivorshipRule.Verified => -Doubts(field, candidate, rules),
        SurvivorshipRule.MostRecent when field == Field.EngagedAt => Moments.Read(candidate.Value)?.UtcTicks ?? long.MinValue + 1,
        SurvivorshipRule.MostRecent when field == Field.KnownSince => -(Moments.Read(candidate.Value)?.UtcTicks ?? long.MaxValue - 1),
        SurvivorshipRule.MostRecent => candidate.Record.UpdatedAt?.UtcTicks ?? long.MinValue + 1,
        SurvivorshipRule.MostComplete => candidate.Parts * 100_000L + candidate.Value.Count(char.IsLetterOrDigit),
        SurvivorshipRule.MostFrequent => all.Count(c => c.Value == candidate.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No such survivorship rule."),
    };

    private static int Doubts(Field field, Candidate candidate, SurvivorshipRules rules)
    {
        var doubts = candidate.Record.Issues.Count(i => i.Field == field && !i.Rejected && rules.Doubtful.Contains(i.Code.Value));
        Channel? channel = field switch { Field.Email => Channel.Email, Field.Phone => Channel.Sms, _ => null };
        if (channel is null) return doubts;
        var point = candidate.Record.Values[field];
        var suppressed = candidate.Record.Consents.Any(c =>
            c.State == ConsentState.Suppressed && c.Channel == channel && string.Equals(c.Point, point, StringComparison.OrdinalIgnoreCase));
        return doubts + (suppressed ? 1 : 0);
    }

    private static void Unite(
        Field list,
        Field? single,
        StringComparer same,
        CleanRecord[] records,
        IReadOnlyDictionary<Field, string> corrected,
        FieldValues.Builder values,
        Provenance?[] provenance)
    {
        var winner = single is null ? null : values[single.Value];
        var items = new SortedDictionary<string, SourceKey>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (single is not null && record.Values[single.Value] is { } loser) items.TryAdd(loser, record.Key);
            foreach (var item in record.Values.List(list)) items.TryAdd(item, record.Key);
        }

        // Spellings that differ in case only are one address; the ordinally first is kept, whoever came first.
        var wrong = single is { } field ? corrected.GetValueOrDefault(field) : null;
        var kept = items.Where(i => (winner is null || !same.Equals(i.Key, winner)) && (wrong is null || !same.Equals(i.Key, wrong))).DistinctBy(i => i.Key, same).ToList();
        if (kept.Count == 0) return;
        values.SetList(list, kept.Select(i => i.Key));
        provenance[(int)list] = new Provenance(list, kept.Select(i => i.Value).Min()!, United);
    }

    /// <summary>The values that corrections have replaced, by field.</summary>
    private static IReadOnlyDictionary<Field, string> ApplyLocks(
        IReadOnlyList<FieldLock>? locks, CleanRecord[] records, FieldValues.Builder values, Provenance?[] provenance, bool lists)
    {
        if (locks is null or []) return ImmutableDictionary<Field, string>.Empty;
        var corrected = new Dictionary<Field, string>();
        foreach (var ofField in locks.GroupBy(l => l.Field))
        {
            var field = ofField.Key;
            if (Fields.Lists.Contains(field) != lists) continue;
            if (field == Field.Tags)
            {
                Tag([.. ofField], records, values, provenance);
                continue;
            }

            var held = ofField.FirstOrDefault(l => l.Correction is null) ?? ofField.FirstOrDefault(l => l.Correction?.Was == values[field]);
            if (held is null) continue;
            if (held.Correction?.Was is { } was) corrected[field] = was;
            values[field] = held.Value;
            var origin = records.FirstOrDefault(r => r.Values[field] == held.Value) ?? records[0];
            provenance[(int)field] = string.IsNullOrEmpty(held.Value) ? null : new Provenance(field, origin.Key, held.ByWorkflow ? Workflow : Lock);
        }

        return corrected;
    }

    /// <summary>Tags come and go one by one, the latest word last; what the sources say of other tags stands.</summary>
    private static void Tag(List<FieldLock> locks, CleanRecord[] records, FieldValues.Builder values, Provenance?[] provenance)
    {
        var united = values[Field.Tags];
        var tags = (united?.Split('\n') ?? []).ToList();
        foreach (var word in Enumerable.Reverse(locks))
        {
            if (word.Correction?.Was is { } gone) tags.RemoveAll(t => string.Equals(t, gone, StringComparison.OrdinalIgnoreCase));
            if (word.Value is { } tag && !tags.Contains(tag, StringComparer.OrdinalIgnoreCase)) tags.Add(tag);
        }

        values.SetList(Field.Tags, tags);
        if (values[Field.Tags] == united) return;
        provenance[(int)Field.Tags] = values[Field.Tags] is null ? null : provenance[(int)Field.Tags] ?? new Provenance(Field.Tags, records[0].Key, locks[0].ByWorkflow ? Workflow : Lock);
    }

    /// <summary>The rule's name in recipes and provenance: <c>most_recent</c>.</summary>
    public static string NameOf(SurvivorshipRule rule) => rule switch
    {
        SurvivorshipRule.MostTrusted => "most_trusted",
        SurvivorshipRule.Verified => "verified",
        SurvivorshipRule.MostRecent => "most_recent",
        SurvivorshipRule.MostComplete => "most_complete",
        SurvivorshipRule.MostFrequent => "most_frequent",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No such survivorship rule."),
    };

    private readonly record struct Candidate(CleanRecord Record, string Value, int Parts);
}
