namespace IntegrationHub.Normalising;

/// <summary>The transform <c>trim</c>.</summary>
public static class Trim
{
    /// <summary>Without spaces and line breaks at both ends.</summary>
    public static Transform Transform { get; } = new(
        "trim",
        "Without spaces and line breaks at both ends.",
        [
            new("  Ada ", "Ada"),
            new(" \t ", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }
}
