using System.Collections.Immutable;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Merging;

/// <summary>All that the hygiene status of a golden record depends on.</summary>
/// <param name="Kind">Companies are written to by nobody, and are always ready.</param>
/// <param name="Retired">True when it has no source record any more.</param>
/// <param name="Values">Its values.</param>
/// <param name="RejectedNames">Names of its source records that normalising rejected as junk, as they were written.</param>
/// <param name="EmailUndeliverable">True when a system will not deliver to its <see cref="Field.Email"/>, or the address is suppressed for every purpose.</param>
/// <param name="PhoneUndeliverable">The same of its <see cref="Field.Phone"/>.</param>
/// <param name="Queued">The values of each golden record that an open pair of the merge queue says it may be one with.</param>
public sealed record HygieneFacts(
    EntityKind Kind,
    bool Retired,
    FieldValues Values,
    ImmutableArray<string> RejectedNames,
    bool EmailUndeliverable,
    bool PhoneUndeliverable,
    ImmutableArray<FieldValues> Queued);

/// <summary>Decides the hygiene status: the gate that every workflow asks.</summary>
public static class HygieneRules
{
    /// <summary>Raise the number with every change of what <see cref="Of"/> answers: golden records that older rules judged are judged again.</summary>
    public static RecipeVersion Version { get; } = RecipeVersions.Of("hygiene 1");

    private static readonly ImmutableArray<string> Reserved = ["example.com", "example.net", "example.org"];

    /// <summary>The status with all reasons, those that only warn included.</summary>
    public static Hygiene Of(HygieneFacts facts)
    {
        if (facts.Retired) return new Hygiene(HygieneStatus.Blocked, HygieneReasons.Retired);
        if (facts.Kind == EntityKind.Company) return new Hygiene(HygieneStatus.Ready, HygieneReasons.None);

        var (email, phone) = (facts.Values[Field.Email], facts.Values[Field.Phone]);
        var reasons = email is null && phone is null ? HygieneReasons.NoAddress : HygieneReasons.None;
        if (email is not null) reasons |= OfEmail(email, facts.EmailUndeliverable);
        if (phone is not null && facts.PhoneUndeliverable) reasons |= HygieneReasons.PhoneUndeliverable;
        if (IsNameless(facts.Values) && facts.RejectedNames.Any(MadeUpNames.Is)) reasons |= HygieneReasons.PlaceholderName;
        if (facts.Queued.Any(other => Share(facts.Values, other, Mailboxes))) reasons |= HygieneReasons.SharedEmail;
        if (facts.Queued.Any(other => Share(facts.Values, other, Numbers))) reasons |= HygieneReasons.SharedPhone;

        var emailUsable = email is not null && (reasons & (HygieneReasons.EmailUndeliverable | HygieneReasons.PlaceholderEmail)) == 0;
        var phoneUsable = phone is not null && (reasons & HygieneReasons.PhoneUndeliverable) == 0;
        var blocked = (!emailUsable && !phoneUsable) || (reasons & HygieneReasons.PlaceholderName) != 0;
        var inReview = (reasons & (HygieneReasons.SharedEmail | HygieneReasons.SharedPhone)) != 0;
        return new Hygiene(blocked ? HygieneStatus.Blocked : inReview ? HygieneStatus.InReview : HygieneStatus.Ready, reasons);
    }

    private static HygieneReasons OfEmail(string email, bool undeliverable)
    {
        var reasons = undeliverable ? HygieneReasons.EmailUndeliverable : HygieneReasons.None;
        var (local, domain) = Split(email);
        if (EmailLists.IsPlaceholder(local, domain)) reasons |= HygieneReasons.PlaceholderEmail;
        if (Reserved.Any(r => domain == r || domain.EndsWith("." + r, StringComparison.Ordinal))) reasons |= HygieneReasons.ReservedDomain;
        return reasons;
    }

    /// <summary>Values that decide whether a rejected name matters: a contact that any record names is somebody.</summary>
    public static bool IsNameless(FieldValues values) => values[Field.FirstName] is null && values[Field.LastName] is null;

    private static bool Share(FieldValues one, FieldValues other, Func<FieldValues, IEnumerable<string>> addresses)
    {
        var own = addresses(one).ToHashSet(StringComparer.Ordinal);
        return own.Count > 0 && addresses(other).Any(own.Contains);
    }

    /// <summary>Spellings of one mailbox are one address: the message lands in it twice.</summary>
    private static IEnumerable<string> Mailboxes(FieldValues values) =>
        All(values, Field.Email, Field.OtherEmails).Select(Split).Where(a => !EmailLists.IsPlaceholder(a.Local, a.Domain)).Select(a => EmailAddresses.MailboxOf(a.Local, a.Domain));

    private static IEnumerable<string> Numbers(FieldValues values) => All(values, Field.Phone, Field.OtherPhones);

    private static IEnumerable<string> All(FieldValues values, Field single, Field list) =>
        values[single] is { } first ? values.List(list).Prepend(first) : values.List(list);

    private static (string Local, string Domain) Split(string email)
    {
        var lower = email.ToLowerInvariant();
        var at = lower.LastIndexOf('@');
        return at < 0 ? (lower, "") : (lower[..at], lower[(at + 1)..]);
    }
}
