namespace IntegrationHub.Connectors.Files;

/// <summary>A program whose exports are known by their columns.</summary>
/// <param name="Name">As mappings name it: <c>hubspot-export</c>.</param>
/// <param name="Headers">Columns that every export of it has.</param>
/// <param name="Key">The columns that make a row's id, tried in order: the first that has a value.</param>
public sealed record FileLayout(string Name, IReadOnlyList<string> Headers, IReadOnlyList<string> Key);

/// <summary>The layouts that need no mapping of the user's own. Each has its mapping in mappings/sources, with the same columns.</summary>
public static class FileLayouts
{
    /// <summary>All known layouts.</summary>
    public static IReadOnlyList<FileLayout> All { get; } =
    [
        new("badge-list", ["Badge", "Attendee", "Mail", "Tel", "Firma", "Ort"], ["Badge"]),
        new("hubspot-export", ["Record ID", "First Name", "Last Name", "Email"], ["Record ID"]),
        new("mailchimp-export", ["Email Address", "MEMBER_RATING", "LEID", "EUID"], ["EUID", "LEID", "Email Address"]),
        new("salesforce-export", ["Id", "AccountId", "FirstName", "LastName", "Email"], ["Id"]),
        new("salesforce-leads", ["Id", "FirstName", "LastName", "Company", "Email", "Status", "IsConverted"], ["Id"]),
        new("salesforce-report", ["First Name", "Last Name", "Account Name", "Email", "Mailing Street"], ["Contact ID", "Email"]),
        new("shopify-export", ["Customer ID", "First Name", "Last Name", "Email", "Accepts Email Marketing", "Total Orders"], ["Customer ID"]),
    ];

    /// <summary>The layout whose columns the header row has, without case and outer spaces; the one with most columns where several fit. Null when none does.</summary>
    public static FileLayout? Find(IEnumerable<string> headers)
    {
        var present = headers.Select(h => h.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return All.Where(l => l.Headers.All(present.Contains)).OrderByDescending(l => l.Headers.Count).ThenBy(l => l.Name, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The layout's name; null when no layout has these columns.</summary>
    public static string? Recognise(IEnumerable<string> headers) => Find(headers)?.Name;
}
