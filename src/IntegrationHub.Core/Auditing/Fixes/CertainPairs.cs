using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Which pairs of the merge queue a batch may decide: those about which a person would not think twice.</summary>
public static class CertainPairs
{
    /// <summary>The finding that pairs belong to.</summary>
    public const string Finding = "duplicates.likely";

    /// <summary>What the batch does, for the person who previews it.</summary>
    public const string Does = "Decides that pairs of the merge queue are one contact where both have one mailbox of a single person and nothing tells them apart.";

    // What two people who share a mailbox would differ in. A field that one of them lacks tells nothing.
    private static readonly Field[] Telling = [Field.FirstName, Field.LastName, Field.Suffix, Field.BirthDate, Field.NationalId, Field.Phone, Field.Postcode];

    /// <summary>True when a message to the one would land in the mailbox of the other.</summary>
    public static bool ShareMailbox(FieldValues a, FieldValues b) => MailboxOf(a) is { } mailbox && mailbox == MailboxOf(b);

    /// <summary>True when both golden records have one mailbox, that of no desk, and no field that would tell two people apart differs.</summary>
    public static bool IsSame(FieldValues a, FieldValues b) =>
        ShareMailbox(a, b) && a[Field.Email] is { } email && !EmailAddresses.Normalise(email).Role
        && Array.TrueForAll(Telling, f => a[f] is null || b[f] is null || string.Equals(a[f], b[f], StringComparison.OrdinalIgnoreCase));

    private static string? MailboxOf(FieldValues values) => values[Field.Email] is { } email ? EmailAddresses.Normalise(email).Key : null;
}
