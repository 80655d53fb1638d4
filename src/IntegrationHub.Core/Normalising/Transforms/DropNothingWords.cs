namespace IntegrationHub.Normalising;

/// <summary>The transform <c>drop_nothing_words</c>.</summary>
public static class DropNothingWords
{
    /// <summary>Nothing where a system writes a word for nothing: null, none, n/a, unknown, a dash.</summary>
    public static Transform Transform { get; } = new(
        "drop_nothing_words",
        "Nothing where a system writes a word for nothing: null, none, n/a, unknown, a dash.",
        [
            new("N/A", null),
            new("(none)", null),
            new("Nonesuch", "Nonesuch"),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        var word = text.Trim().Trim('(', ')').ToLowerInvariant();
        return word is "" or "null" or "none" or "n/a" or "nil" or "unknown" or "undefined" or "nan" or "-" or "--" or "—" ? null : text;
    }
}
