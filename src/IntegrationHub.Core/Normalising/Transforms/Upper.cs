namespace IntegrationHub.Normalising;

/// <summary>The transform <c>upper</c>.</summary>
public static class Upper
{
    /// <summary>In upper case.</summary>
    public static Transform Transform { get; } = new(
        "upper",
        "In upper case.",
        [
            new("us", "US"),
            new("é", "É"),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        return text.Length == 0 ? null : text.ToUpperInvariant();
    }
}
