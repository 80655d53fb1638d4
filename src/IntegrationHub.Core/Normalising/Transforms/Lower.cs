namespace IntegrationHub.Normalising;

/// <summary>The transform <c>lower</c>.</summary>
public static class Lower
{
    /// <summary>In lower case.</summary>
    public static Transform Transform { get; } = new(
        "lower",
        "In lower case.",
        [
            new("ADA@Example.COM", "ada@example.com"),
            new("ÉCOLE", "école"),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        return text.Length == 0 ? null : text.ToLowerInvariant();
    }
}
