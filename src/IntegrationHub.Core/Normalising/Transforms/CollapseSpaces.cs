namespace IntegrationHub.Normalising;

/// <summary>The transform <c>collapse_spaces</c>.</summary>
public static class CollapseSpaces
{
    /// <summary>Every run of spaces and line breaks as one space.</summary>
    public static Transform Transform { get; } = new(
        "collapse_spaces",
        "Every run of spaces and line breaks as one space.",
        [
            new("12  Main St\n Springfield", "12 Main St Springfield"),
            new("\n", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words);
    }
}
