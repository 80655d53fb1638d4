namespace IntegrationHub.Normalising;

/// <summary>The transform <c>last_segment</c>.</summary>
public static class LastSegment
{
    /// <summary>What stands behind the last slash: the number of a Shopify id.</summary>
    public static Transform Transform { get; } = new(
        "last_segment",
        "What stands behind the last slash: the number of a Shopify id.",
        [
            new("gid://shopify/Customer/207119551", "207119551"),
            new("207119551", "207119551"),
            new("gid://shopify/", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        var segment = text[(text.LastIndexOf('/') + 1)..];
        return segment.Length == 0 ? null : segment;
    }
}
