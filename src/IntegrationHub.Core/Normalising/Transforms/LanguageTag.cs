namespace IntegrationHub.Normalising;

/// <summary>The transform <c>language_tag</c>.</summary>
public static class LanguageTag
{
    /// <summary>A language code with hyphens and in lower case.</summary>
    public static Transform Transform { get; } = new(
        "language_tag",
        "A language code with hyphens and in lower case.",
        [
            new("pt_PT", "pt-pt"),
            new("EN", "en"),
            new("English please", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        var tag = text.Trim().Replace('_', '-').ToLowerInvariant();
        var parts = tag.Split('-');
        return parts[0].Length is 2 or 3 && parts.All(p => p.Length is > 0 and <= 8 && p.All(char.IsAsciiLetterOrDigit)) ? tag : null;
    }
}
