namespace IntegrationHub.Sandbox.World;

/// <summary>People who live at one address and may share a landline and a mailbox.</summary>
public sealed class Household(Address address, Phone? landline, string? familyMail)
{
    /// <summary>Where they live.</summary>
    public Address Address { get; } = address;

    /// <summary>The line that all of them answer; null for none.</summary>
    public Phone? Landline { get; } = landline;

    /// <summary>The mailbox that all of them read; null for none.</summary>
    public string? FamilyMail { get; } = familyMail;
}

/// <summary>A company that some of the people work for.</summary>
/// <param name="Name">Without the legal form.</param>
/// <param name="LegalForm">As written in its country; empty for none.</param>
/// <param name="Domain">Its own domain, which no other company has.</param>
/// <param name="Address">Its seat.</param>
/// <param name="Switchboard">The number on its letterhead.</param>
/// <param name="MailStyle">How it forms its people's addresses: 0 first.last, 1 flast, 2 first, 3 last.</param>
public sealed record Employer(string Name, string LegalForm, string Domain, Address Address, Phone Switchboard, int MailStyle);

/// <summary>What makes an individual hard to tell from another one.</summary>
[Flags]
public enum Snare
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>A twin: same birth date, surname, address and line; another given name.</summary>
    Twin = 1,
    /// <summary>A father or son with the same whole name, address and line; another birth date, mobile and mailbox.</summary>
    SeniorJunior = 2,
    /// <summary>Has the whole name and city of a stranger; everything else differs.</summary>
    Namesake = 4,
    /// <summary>Lives with others of the surname.</summary>
    Family = 8,
    /// <summary>Changed the surname by marriage; older records have the former one.</summary>
    Married = 16,
    /// <summary>Moved; older records have the former address.</summary>
    Moved = 32,
}

/// <summary>One human being of the sandbox's world: the truth behind all records.</summary>
public sealed class Individual
{
    /// <summary>The truth file's <c>person</c>.</summary>
    public required int Number { get; init; }

    /// <summary>Where they live, and in which language their names are.</summary>
    public required Country Country { get; init; }

    /// <summary>True for a woman.</summary>
    public required bool Female { get; init; }

    /// <summary>First given name.</summary>
    public required string Given { get; init; }

    /// <summary>Second given name; null for none.</summary>
    public string? Middle { get; init; }

    /// <summary>Family name of today.</summary>
    public required string Surname { get; init; }

    /// <summary>Family name before marriage; null when it did not change.</summary>
    public string? Maiden { get; init; }

    /// <summary>Jr., Sr., III; null for none.</summary>
    public string? Suffix { get; init; }

    /// <summary>Dr., Prof.; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>Birth date.</summary>
    public required DateOnly Birth { get; init; }

    /// <summary>Where and with whom they live.</summary>
    public required Household Home { get; init; }

    /// <summary>Where they lived before; null when they did not move.</summary>
    public Address? FormerAddress { get; init; }

    /// <summary>Their own number.</summary>
    public required Phone Mobile { get; init; }

    /// <summary>Their own mailbox.</summary>
    public required string PrivateMail { get; init; }

    /// <summary>An older private mailbox; null for none.</summary>
    public string? FormerMail { get; init; }

    /// <summary>Whom they work for; null for none.</summary>
    public Employer? Employer { get; init; }

    /// <summary>Their mailbox at work; null without an employer.</summary>
    public string? WorkMail { get; init; }

    /// <summary>The mailbox that they give where they are asked for one, mostly.</summary>
    public string MainMail => PrefersWorkMail && WorkMail is { } work ? work : PrivateMail;

    /// <summary>They give the mailbox at work rather than the private one.</summary>
    public bool PrefersWorkMail { get; init; }

    /// <summary>Their own line at work; null for none.</summary>
    public Phone? DirectLine { get; init; }

    /// <summary>What they do at work; null without an employer.</summary>
    public string? JobTitle { get; init; }

    /// <summary>What makes them hard to tell apart.</summary>
    public Snare Snares { get; init; }

    /// <summary>When the first of the systems met them, as a share of the years that the data spans.</summary>
    public double FirstSeen { get; init; }
}
