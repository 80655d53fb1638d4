using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Finds where the records of one golden record contradict each other.</summary>
public static class Conflicts
{
    /// <summary>True when two systems have values of the field that cannot both be right: other than in case, or in how much of a name is written out.</summary>
    public static bool On(Field field, IReadOnlyList<CleanRecord> records)
    {
        for (var i = 0; i < records.Count; i++)
            for (var j = i + 1; j < records.Count; j++)
                if (records[i].Key.Source != records[j].Key.Source
                    && records[i].Values[field] is { } one && records[j].Values[field] is { } other && !Agree(field, one, other))
                    return true;
        return false;
    }

    /// <summary>True when one system may write to a contact point and another must not, for the same channel and purpose.</summary>
    public static bool OnConsent(IReadOnlyList<CleanRecord> records)
    {
        for (var i = 0; i < records.Count; i++)
            for (var j = 0; j < records.Count; j++)
                if (i != j && records[i].Consents.Any(yes => yes.State == ConsentState.Granted && records[j].Consents.Any(no => Contradicts(yes, no))))
                    return true;
        return false;
    }

    private static bool Contradicts(ConsentClaim yes, ConsentClaim no) =>
        no.State is ConsentState.Denied or ConsentState.Suppressed && yes.Channel == no.Channel && yes.Purpose == no.Purpose
        && string.Equals(yes.Point, no.Point, StringComparison.OrdinalIgnoreCase);

    private static bool Agree(Field field, string one, string other)
    {
        if (string.Equals(one, other, StringComparison.OrdinalIgnoreCase)) return true;
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        return field switch
        {
            // An initial, or one of two given names or surnames, contradicts nothing.
            Field.FirstName or Field.MiddleName or Field.LastName or Field.Company or Field.JobTitle =>
                longer.StartsWith(shorter.TrimEnd('.'), StringComparison.OrdinalIgnoreCase)
                || longer.EndsWith(shorter, StringComparison.OrdinalIgnoreCase),
            // US ZIP codes come with and without their last four digits.
            Field.Postcode => string.Equals(Bare(longer), Bare(shorter), StringComparison.Ordinal)
                || (shorter.Length == 5 && longer.StartsWith(shorter + "-", StringComparison.Ordinal)),
            Field.Language => longer.StartsWith(shorter + "-", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    private static string Bare(string postcode) => string.Concat(postcode.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
