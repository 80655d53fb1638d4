namespace IntegrationHub.Sandbox.HubSpot;

/// <summary>One property of the account's contacts.</summary>
/// <param name="Name">As requests name it.</param>
/// <param name="Label">As people see it.</param>
/// <param name="Type">string, number, datetime, date, enumeration, bool.</param>
/// <param name="FieldType">text, select, checkbox, date, number, phonenumber, booleancheckbox, textarea.</param>
/// <param name="Custom">True when the account added it.</param>
/// <param name="ReadOnly">True when only HubSpot sets it.</param>
/// <param name="Options">Values of an enumeration.</param>
public sealed record HubSpotProperty(
    string Name,
    string Label,
    string Type,
    string FieldType,
    bool Custom = false,
    bool ReadOnly = false,
    params string[] Options
)
{
    /// <summary>All properties; a contact's values lie in this order.</summary>
    public static IReadOnlyList<HubSpotProperty> All { get; } =
    [
        new("email", "Email", "string", "text"),
        new("firstname", "First Name", "string", "text"),
        new("lastname", "Last Name", "string", "text"),
        new("createdate", "Create Date", "datetime", "date", ReadOnly: true),
        new("lastmodifieddate", "Last Modified Date", "datetime", "date", ReadOnly: true),
        new("hs_object_id", "Record ID", "number", "number", ReadOnly: true),
        new("phone", "Phone Number", "string", "phonenumber"),
        new("mobilephone", "Mobile Phone Number", "string", "phonenumber"),
        new("salutation", "Salutation", "string", "text"),
        new("company", "Company Name", "string", "text"),
        new("jobtitle", "Job Title", "string", "text"),
        new("address", "Street Address", "string", "text"),
        new("city", "City", "string", "text"),
        new("state", "State/Region", "string", "text"),
        new("zip", "Postal Code", "string", "text"),
        new("country", "Country/Region", "string", "text"),
        new("date_of_birth", "Date of birth", "string", "text"),
        new("website", "Website URL", "string", "text"),
        new("hs_language", "Preferred language", "enumeration", "select", false, false, "en", "de", "fr"),
        new("lifecyclestage", "Lifecycle Stage", "enumeration", "radio", false, false, "subscriber", "lead", "opportunity", "customer"),
        new("hubspot_owner_id", "Contact owner", "enumeration", "select"),
        new("hs_email_optout", "Unsubscribed from all email", "bool", "booleancheckbox"),
        new("hs_email_bad_address", "Invalid email address", "bool", "booleancheckbox", ReadOnly: true),
        new("interests", "Interests", "enumeration", "checkbox", true, false, "news", "offers", "events", "partners"),
        new("fair_contact", "Met at a fair", "bool", "booleancheckbox", Custom: true),
    ];

    private static readonly Dictionary<string, int> ByName = All.Select((p, i) => (p.Name, i))
        .ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);

    /// <summary>The property's place in a contact's values; -1 for a name that the account does not have.</summary>
    public static int IndexOf(string name) => ByName.TryGetValue(name, out var index) ? index : -1;

    /// <summary>The place of a property that is known to exist.</summary>
    public static int At(string name) => ByName[name];
}
