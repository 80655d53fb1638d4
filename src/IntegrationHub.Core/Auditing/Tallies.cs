using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>All counts of one audit.</summary>
internal sealed class Tallies(int mostSamples)
{
    private readonly Dictionary<string, Tally> byCode = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Code, Field Field), long> badValues = [];

    internal long Contacts { get; set; }

    internal long Companies { get; set; }

    /// <summary>Golden records made of more than one source record.</summary>
    internal long Merged { get; set; }

    /// <summary>Contacts whose last change is known.</summary>
    internal long Dated { get; set; }

    internal long Ready { get; set; }

    internal long InReview { get; set; }

    internal long Blocked { get; set; }

    /// <summary>Contacts with an e-mail address that no system suppresses.</summary>
    internal long Emailable { get; set; }

    /// <summary>Golden records that more than one system has a word on.</summary>
    internal long Compared { get; set; }

    internal long InConflict { get; set; }

    internal Tally this[string code] => byCode.TryGetValue(code, out var tally) ? tally : byCode[code] = new Tally(mostSamples);

    internal IEnumerable<(string Code, Tally Tally)> All => byCode.Where(t => t.Value.Count > 0).OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, t.Value));

    internal long CountOf(string code) => byCode.TryGetValue(code, out var tally) ? tally.Count : 0;

    internal void AddBad(string code, Field field, long count) => badValues[(code, field)] = badValues.GetValueOrDefault((code, field)) + count;

    /// <summary>Values of the field that cannot be used or are doubtful.</summary>
    internal long BadValues(Field field) => badValues.Where(b => b.Key.Field == field).Sum(b => b.Value);

    /// <summary>The fields that a finding's values belong to.</summary>
    internal IEnumerable<(Field Field, long Count)> FieldsOf(string code) => badValues.Where(b => b.Key.Code == code).Select(b => (b.Key.Field, b.Value));

    /// <summary>Source records: as the sources count them, else at least one a golden record.</summary>
    internal long Records(ImmutableArray<SourceHealth> sources) => Math.Max(sources.Sum(s => s.Records), Contacts + Companies);
}
