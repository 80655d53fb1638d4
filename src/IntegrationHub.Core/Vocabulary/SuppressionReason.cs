namespace IntegrationHub.Vocabulary;

/// <summary>Why a contact point is suppressed. Stored as a number.</summary>
public enum SuppressionReason
{
    /// <summary>Mail to it came back for good.</summary>
    HardBounce = 0,

    /// <summary>Its owner has complained.</summary>
    Complaint = 1,

    /// <summary>Its owner, or someone for them, has asked for it.</summary>
    Request = 2,

    /// <summary>A mailbox made to be thrown away.</summary>
    Disposable = 3,

    /// <summary>A desk that several people read.</summary>
    RoleAddress = 4,

    /// <summary>One system has a no that another does not keep.</summary>
    ConsentConflict = 5,

    /// <summary>Its owner was erased: what stays of them is this.</summary>
    Erased = 6,

    /// <summary>A workflow gave up on it: no answer to anything.</summary>
    NoAnswer = 7,
}

/// <summary>What a message is for.</summary>
public static class Purposes
{
    /// <summary>What consent is asked for unless a mapping says otherwise.</summary>
    public const string Marketing = "marketing";

    /// <summary>Stands for all purposes: nothing at all may be sent.</summary>
    public const string Every = "*";
}

/// <summary>The codes of suppression reasons, as documents, JSON and screens have them.</summary>
public static class SuppressionCodes
{
    /// <summary><c>hard_bounce</c>.</summary>
    public static string Of(SuppressionReason reason) => reason switch
    {
        SuppressionReason.HardBounce => "hard_bounce",
        SuppressionReason.Complaint => "complaint",
        SuppressionReason.Request => "request",
        SuppressionReason.Disposable => "disposable",
        SuppressionReason.RoleAddress => "role_address",
        SuppressionReason.ConsentConflict => "consent_conflict",
        SuppressionReason.Erased => "erased",
        SuppressionReason.NoAnswer => "no_answer",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };
}
