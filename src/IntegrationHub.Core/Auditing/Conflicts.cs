using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Finds where the records of one golden record contradict each other.</summary>
public static class Conflicts
{
    /// <summary>True when two systems have values of the field that cannot both be right: other than in case, or in how much of a name is written out.</summary>
    /// <param name="field">The field.</param>
    /// <param name="place">Its place in <see cref="AuditedRecord.Compared"/>.</param>
    /// <param name="records">The records.</param>
    public static bool On(Field field, int place, ImmutableArray<AuditedRecord> records)
    {
        for (var i = 0; i < records.Length; i++)
        {
            if (ValueAt(records[i], place) is not { } one) continue;
            for (var j = i + 1; j < records.Length; j++)
                if (records[i].Source != records[j].Source && ValueAt(records[j], place) is { } other && !Agree(field, one, other)) return true;
        }

        return false;
    }

    private static string? ValueAt(AuditedRecord record, int place) => record.Compared.IsDefaultOrEmpty ? null : record.Compared[place];

    /// <summary>True when one system may write to a contact point and another must not, for the same channel and purpose.</summary>
    public static bool OnConsent(ImmutableArray<AuditedRecord> records)
    {
        for (var i = 0; i < records.Length; i++)
            foreach (var yes in records[i].Claims)
                if (yes.State == ConsentState.Granted && AnotherForbids(records, i, yes)) return true;
        return false;
    }

    private static bool AnotherForbids(ImmutableArray<AuditedRecord> records, int but, AuditedClaim yes)
    {
        for (var i = 0; i < records.Length; i++)
            if (i != but)
                foreach (var no in records[i].Claims)
                    if (IsNo(no) && no.Channel == yes.Channel && no.Purpose == yes.Purpose && no.Point == yes.Point) return true;
        return false;
    }

    /// <summary>True when one system must not write to an address, and another system that has the same address says nothing about it: a campaign sent from there reaches it.</summary>
    public static bool IsUntold(ImmutableArray<AuditedRecord> records)
    {
        foreach (var told in records)
            foreach (var no in told.Claims)
            {
                if (!IsNo(no)) continue;
                foreach (var other in records)
                    if (other.Source != told.Source && (no.Channel == Channel.Email ? other.Email : other.Phone) == no.Point && !IsTold(records, other.Source, no)) return true;
            }

        return false;
    }

    private static bool IsTold(ImmutableArray<AuditedRecord> records, string source, AuditedClaim no)
    {
        foreach (var record in records)
            if (record.Source == source)
                foreach (var claim in record.Claims)
                    if (claim.Channel == no.Channel && claim.Point == no.Point) return true;
        return false;
    }

    private static bool IsNo(AuditedClaim claim) => claim.State is ConsentState.Denied or ConsentState.Suppressed;

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
