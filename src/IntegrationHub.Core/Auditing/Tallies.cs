using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>All counts of one audit. Two of them, over parts of the records, merge into what one over all records would hold.</summary>
internal sealed class Tallies(int mostSamples, Action<AuditedRow>? rows)
{
    private readonly Dictionary<string, Tally> byCode = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Code, Field Field), long> badValues = [];
    private readonly long[] badRecords = new long[Fields.Count];

    internal long Contacts { get; set; }

    internal long Companies { get; set; }

    /// <summary>Clean records of the golden records.</summary>
    internal long Members { get; set; }

    /// <summary>Golden records made of more than one source record.</summary>
    internal long Merged { get; set; }

    /// <summary>Messages that campaigns of the sources would send to somebody a second time.</summary>
    internal long SurplusMessages { get; set; }

    /// <summary>Contacts whose last change is known.</summary>
    internal long Dated { get; set; }

    /// <summary>Contacts known for long enough, of whom a system would tell when they last did something.</summary>
    internal long Followed { get; set; }

    /// <summary>Contacts that have an owner.</summary>
    internal long Owned { get; set; }

    internal long Ready { get; set; }

    internal long InReview { get; set; }

    internal long Blocked { get; set; }

    /// <summary>Contacts with an e-mail address.</summary>
    internal long WithEmail { get; set; }

    /// <summary>Contacts with an e-mail address that no system suppresses.</summary>
    internal long Emailable { get; set; }

    /// <summary>Contacts about whose address any system has said anything.</summary>
    internal long Claimed { get; set; }

    /// <summary>Golden records that more than one system has a word on.</summary>
    internal long Compared { get; set; }

    internal long InConflict { get; set; }

    internal Tally this[string code] => byCode.TryGetValue(code, out var tally) ? tally : byCode[code] = new Tally(code, mostSamples, rows);

    internal IEnumerable<Tally> All => byCode.Values.Where(t => t.Count > 0).OrderBy(t => t.Code, StringComparer.Ordinal);

    internal void Drop(string code) => byCode.Remove(code);

    internal long CountOf(string code) => byCode.TryGetValue(code, out var tally) ? tally.Count : 0;

    /// <summary>A value that cannot be used or is doubtful, under one finding.</summary>
    internal void AddBad(string code, Field field) => badValues[(code, field)] = badValues.GetValueOrDefault((code, field)) + 1;

    /// <summary>A record whose value of the field is bad, under however many findings.</summary>
    internal void AddBadRecord(Field field) => badRecords[(int)field]++;

    /// <summary>Records whose value of the field cannot be used or is doubtful.</summary>
    internal long BadRecords(Field field) => badRecords[(int)field];

    /// <summary>The fields that a finding's values belong to.</summary>
    internal IEnumerable<(Field Field, long Count)> FieldsOf(string code) => badValues.Where(b => b.Key.Code == code).Select(b => (b.Key.Field, b.Value));

    /// <summary>Source records: as the sources count them, else at least one a golden record.</summary>
    internal long Records(ImmutableArray<SourceHealth> sources) => Math.Max(sources.Sum(s => s.Records), Math.Max(Members, Contacts + Companies));

    internal void Merge(Tallies other)
    {
        Contacts += other.Contacts;
        Companies += other.Companies;
        Members += other.Members;
        Merged += other.Merged;
        SurplusMessages += other.SurplusMessages;
        Dated += other.Dated;
        Followed += other.Followed;
        Owned += other.Owned;
        Ready += other.Ready;
        InReview += other.InReview;
        Blocked += other.Blocked;
        WithEmail += other.WithEmail;
        Emailable += other.Emailable;
        Claimed += other.Claimed;
        Compared += other.Compared;
        InConflict += other.InConflict;
        foreach (var (code, tally) in other.byCode) this[code].Merge(tally);
        foreach (var (key, count) in other.badValues) badValues[key] = badValues.GetValueOrDefault(key) + count;
        for (var i = 0; i < badRecords.Length; i++) badRecords[i] += other.badRecords[i];
    }
}
