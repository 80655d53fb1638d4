using IntegrationHub.DataGenerator.Tables;
using IntegrationHub.DataGenerator.World;

namespace IntegrationHub.DataGenerator.Writing;

/// <summary>One record, as the file has it: the empty string for what is missing.</summary>
public sealed class ContactRow
{
    /// <summary>The columns, in the order of <see cref="Cells"/>.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "id", "source", "first_name", "middle_name", "last_name", "suffix", "full_name", "email", "phone", "company", "job_title", "street_number", "street", "unit", "city", "state", "postcode", "country", "birth_date",
        "language", "email_consent", "email_status", "owner", "created_at", "updated_at", "last_activity_at",
    ];

    /// <summary>The person's running number, from 0: the truth, and no cell.</summary>
    public long Truth { get; internal set; }

    public string Id { get; internal set; } = "";
    public string Source { get; internal set; } = "";
    public string FirstName { get; internal set; } = "";
    public string MiddleName { get; internal set; } = "";
    public string LastName { get; internal set; } = "";
    public string Suffix { get; internal set; } = "";
    public string FullName { get; internal set; } = "";
    public string Email { get; internal set; } = "";
    public string Phone { get; internal set; } = "";
    public string Company { get; internal set; } = "";
    public string JobTitle { get; internal set; } = "";

    /// <summary>The house number where it has a cell of its own; else it stands with the street.</summary>
    public string StreetNumber { get; internal set; } = "";
    public string Street { get; internal set; } = "";
    public string Unit { get; internal set; } = "";
    public string City { get; internal set; } = "";
    public string State { get; internal set; } = "";
    public string Postcode { get; internal set; } = "";
    public string Country { get; internal set; } = "";
    public string BirthDate { get; internal set; } = "";
    public string Language { get; internal set; } = "";

    /// <summary><c>subscribed</c>, <c>unsubscribed</c>, or empty.</summary>
    public string EmailConsent { get; internal set; } = "";

    /// <summary><c>bounced</c>, <c>complained</c>, or empty.</summary>
    public string EmailStatus { get; internal set; } = "";

    public string Owner { get; internal set; } = "";
    public string CreatedAt { get; internal set; } = "";
    public string UpdatedAt { get; internal set; } = "";
    public string LastActivityAt { get; internal set; } = "";

    /// <summary>What was written, before it became text.</summary>
    internal Written Written { get; set; } = Written.Nothing;

    /// <summary>The cells in the order of <see cref="Columns"/>.</summary>
    public string[] Cells() =>
    [
        Id, Source, FirstName, MiddleName, LastName, Suffix, FullName, Email, Phone, Company, JobTitle, StreetNumber, Street, Unit, City, State, Postcode, Country, BirthDate, Language, EmailConsent,
        EmailStatus, Owner, CreatedAt, UpdatedAt, LastActivityAt,
    ];

    /// <summary>The same row once more.</summary>
    internal ContactRow Copy() => (ContactRow)MemberwiseClone();
}

/// <summary>How much of the person a record tells, for whoever decides whether two records can be told apart.</summary>
internal sealed class Written
{
    /// <summary>Tells nothing.</summary>
    internal static Written Nothing { get; } = new();

    internal GivenAs Given { get; set; }

    /// <summary>The name in use, full or short, before any slip.</summary>
    internal Spelt? GivenName { get; set; }

    /// <summary>The surname stands in the record.</summary>
    internal bool Surname { get; set; }

    /// <summary>The true birth date stands in the record.</summary>
    internal bool Birth { get; set; }

    /// <summary>The true birth date, whether written or not.</summary>
    internal DateOnly BirthDay { get; set; }

    internal string Suffix { get; set; } = "";

    /// <summary>The mailbox, when it is one and unharmed; role mailboxes and placeholders are none.</summary>
    internal Mailbox? Mail { get; set; }

    /// <summary>The number, when it stands unharmed.</summary>
    internal PhoneLine? Line { get; set; }

    /// <summary>The home address.</summary>
    internal Address? Home { get; set; }

    internal Employer? Employer { get; set; }
}

/// <summary>How the given name stands in a record.</summary>
internal enum GivenAs
{
    /// <summary>Not at all.</summary>
    Missing,

    /// <summary>As a letter.</summary>
    Initial,

    /// <summary>With a slip.</summary>
    Misspelt,

    /// <summary>In full, or as a short form.</summary>
    Plain,
}
