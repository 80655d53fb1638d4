using System.Collections.Immutable;

namespace IntegrationHub.Vocabulary;

/// <summary>Whether a workflow may write to a contact. Missing consent is no matter of hygiene: the send gate skips for it, step by step.</summary>
public enum HygieneStatus
{
    /// <summary>May be written to.</summary>
    Ready = 0,

    /// <summary>May be one with another contact that has the same address, so that a message would go out twice: waits for a decision in the merge queue.</summary>
    InReview = 1,

    /// <summary>Cannot be written to, or is nobody.</summary>
    Blocked = 2,
}

/// <summary>Why a golden record has its hygiene status. Stored as a number: a bit keeps its meaning for ever. Each has its line in docs/hygiene.md.</summary>
[Flags]
public enum HygieneReasons
{
    /// <summary>Nothing to say.</summary>
    None = 0,

    /// <summary>Neither an e-mail address nor a phone number. Blocks.</summary>
    NoAddress = 1,

    /// <summary>The e-mail address has bounced for good, was complained about, or is suppressed for every purpose. Blocks where there is no usable number.</summary>
    EmailUndeliverable = 2,

    /// <summary>The phone number is suppressed for every purpose. Blocks where there is no usable e-mail address.</summary>
    PhoneUndeliverable = 4,

    /// <summary>The e-mail address stands for "none": <c>test@test.com</c>. Blocks where there is no usable number.</summary>
    PlaceholderEmail = 8,

    /// <summary>The only name that any record gives is made up: <c>Test Test</c>, <c>asdf</c>. Blocks.</summary>
    PlaceholderName = 16,

    /// <summary>An open pair of the merge queue has the same mailbox on both sides. In review.</summary>
    SharedEmail = 32,

    /// <summary>An open pair of the merge queue has the same phone number on both sides. In review.</summary>
    SharedPhone = 64,

    /// <summary>The e-mail address is of a domain reserved for documentation, such as <c>example.org</c>. Only warns.</summary>
    ReservedDomain = 128,

    /// <summary>The golden record has lost its last source record. Blocks.</summary>
    Retired = 256,
}

/// <summary>A hygiene status with its reasons.</summary>
public readonly record struct Hygiene(HygieneStatus Status, HygieneReasons Reasons)
{
    /// <summary>The status as people and files read it: <c>ready</c>, <c>in_review</c>, <c>blocked</c>.</summary>
    public string StatusCode => HygieneCodes.Of(Status);

    /// <summary>The reasons' codes, such as <c>email_undeliverable</c>, the blocking ones first.</summary>
    public ImmutableArray<string> ReasonCodes => HygieneCodes.Of(Reasons);
}

/// <summary>The codes of hygiene statuses and reasons, as documents, JSON and screens have them.</summary>
public static class HygieneCodes
{
    private static readonly ImmutableArray<(HygieneReasons Reason, string Code)> Reasons =
    [
        (HygieneReasons.NoAddress, "no_address"),
        (HygieneReasons.EmailUndeliverable, "email_undeliverable"),
        (HygieneReasons.PhoneUndeliverable, "phone_undeliverable"),
        (HygieneReasons.PlaceholderEmail, "placeholder_email"),
        (HygieneReasons.PlaceholderName, "placeholder_name"),
        (HygieneReasons.Retired, "retired"),
        (HygieneReasons.SharedEmail, "shared_email"),
        (HygieneReasons.SharedPhone, "shared_phone"),
        (HygieneReasons.ReservedDomain, "reserved_domain"),
    ];

    /// <summary>Every reason with its code.</summary>
    public static ImmutableArray<(HygieneReasons Reason, string Code)> All => Reasons;

    /// <summary><c>ready</c>, <c>in_review</c>, <c>blocked</c>.</summary>
    public static string Of(HygieneStatus status) => status switch
    {
        HygieneStatus.Ready => "ready",
        HygieneStatus.InReview => "in_review",
        HygieneStatus.Blocked => "blocked",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such hygiene status."),
    };

    /// <summary>The codes of the reasons that are set.</summary>
    public static ImmutableArray<string> Of(HygieneReasons reasons) => [.. Reasons.Where(r => reasons.HasFlag(r.Reason)).Select(r => r.Code)];
}
