namespace IntegrationHub.Normalising;

/// <summary>The transform <c>split_semicolon</c>.</summary>
public static class SplitSemicolon
{
    /// <summary>The items between semicolons, as a list.</summary>
    public static Transform Transform { get; } = new(
        "split_semicolon",
        "The items between semicolons, as a list.",
        [
            new("a@x.com; b@x.com", "a@x.com\nb@x.com"),
            new("vip", "vip"),
            new(" ; ", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        return ListText.Split(text, ';');
    }
}
