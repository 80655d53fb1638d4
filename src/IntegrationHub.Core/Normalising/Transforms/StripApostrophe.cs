namespace IntegrationHub.Normalising;

/// <summary>The transform <c>strip_apostrophe</c>.</summary>
public static class StripApostrophe
{
    /// <summary>Without the apostrophe that exports put before numbers for spreadsheets.</summary>
    public static Transform Transform { get; } = new(
        "strip_apostrophe",
        "Without the apostrophe that exports put before numbers for spreadsheets.",
        [
            new("'+15551234567", "+15551234567"),
            new("+15551234567", "+15551234567"),
            new("'", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        var start = 0;
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] is '\'' or '\u2019')) start++;
        var stripped = text[start..];
        return stripped.Length == 0 ? null : stripped;
    }
}
