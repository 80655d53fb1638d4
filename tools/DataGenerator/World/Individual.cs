using IntegrationHub.DataGenerator.Tables;

namespace IntegrationHub.DataGenerator.World;

/// <summary>Someone, with what is and what was. Days are counted back from the generator's present day; a change <see cref="Never"/> did not happen.</summary>
public sealed class Individual
{
    /// <summary>A change that did not happen: no record is older.</summary>
    public const int Never = int.MaxValue;

    /// <summary>Running number, from 0; the truth.</summary>
    public long Number { get; set; }

    /// <summary>True for women.</summary>
    public required bool Female { get; init; }

    public required Spelt Given { get; init; }

    /// <summary>Null for none.</summary>
    public Spelt? Middle { get; init; }

    public required Spelt Surname { get; init; }

    /// <summary>The surname before marriage; null for none that differs.</summary>
    public Spelt? MaidenName { get; init; }

    /// <summary>How long ago the surname changed, in days.</summary>
    public int RenamedAgo { get; init; } = Never;

    /// <summary><c>Sr.</c> or <c>Jr.</c>, in the way of the country; empty for none.</summary>
    public string Suffix { get; init; } = "";

    public required DateOnly Birth { get; init; }

    /// <summary>Home.</summary>
    public required Address Home { get; init; }

    public Address? FormerHome { get; init; }

    public int MovedAgo { get; init; } = Never;

    /// <summary>The fixed line at home; null for none.</summary>
    public PhoneLine? HomeLine { get; init; }

    public PhoneLine? Mobile { get; init; }

    public PhoneLine? FormerMobile { get; init; }

    public int NewMobileAgo { get; init; } = Never;

    public Mailbox? PrivateMail { get; init; }

    public Mailbox? FormerPrivateMail { get; init; }

    public int NewMailAgo { get; init; } = Never;

    /// <summary>A mailbox that the family reads together; null for none.</summary>
    public Mailbox? FamilyMail { get; init; }

    public Employer? Employer { get; init; }

    public string JobTitle { get; init; } = "";

    public Mailbox? WorkMail { get; init; }

    public Employer? FormerEmployer { get; init; }

    public string FormerJobTitle { get; init; } = "";

    public Mailbox? FormerWorkMail { get; init; }

    public int NewJobAgo { get; init; } = Never;

    /// <summary>How many records there are.</summary>
    public required int Records { get; init; }

    /// <summary>True for those whose records tell them from someone very like them more often than usual.</summary>
    public bool Careful { get; init; }

    /// <summary>Every mailbox of one's own.</summary>
    public IEnumerable<Mailbox> OwnMailboxes => new[] { PrivateMail, FormerPrivateMail, WorkMail, FormerWorkMail }.OfType<Mailbox>();
}
