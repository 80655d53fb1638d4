using IntegrationHub.DataGenerator.Tables;

namespace IntegrationHub.DataGenerator.World;

/// <summary>How a company forms the mailboxes of its people.</summary>
public enum MailStyle
{
    /// <summary>anna.smith</summary>
    Dotted,

    /// <summary>asmith</summary>
    Initial,

    /// <summary>anna</summary>
    Given,

    /// <summary>smith</summary>
    Surname,

    /// <summary>annasmith</summary>
    Joined,

    /// <summary>anna_smith</summary>
    Underscored,
}

/// <summary>A company that people work for.</summary>
/// <param name="Key">The same for the same company, another for each.</param>
/// <param name="Name">Without its legal form.</param>
/// <param name="LegalForm">Empty for none.</param>
/// <param name="Domain">No other company has it.</param>
/// <param name="MailStyle">How it forms mailboxes.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Switchboard">The number that all of it share.</param>
/// <param name="Role">The mailbox that several of it read, such as <c>info</c>.</param>
public sealed record Employer(long Key, Spelt Name, string LegalForm, string Domain, MailStyle MailStyle, Address Address, PhoneLine Switchboard, string Role)
{
    /// <summary>The mailbox that several people read.</summary>
    public string RoleMailbox => $"{Role}@{Domain}";

    /// <summary>The name with its legal form.</summary>
    public string FullName => LegalForm.Length == 0 ? Name.Text : $"{Name.Text} {LegalForm}";
}
