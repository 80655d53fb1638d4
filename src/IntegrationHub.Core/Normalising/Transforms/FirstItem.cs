namespace IntegrationHub.Normalising;

/// <summary>The transform <c>first_item</c>.</summary>
public static class FirstItem
{
    /// <summary>The first item of a list parted by semicolons, commas, bars or line breaks.</summary>
    public static Transform Transform { get; } = new(
        "first_item",
        "The first item of a list parted by semicolons, commas, bars or line breaks.",
        [
            new("a@x.com; b@x.com", "a@x.com"),
            new("a@x.com", "a@x.com"),
            new(" ;, ", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        var items = text.Split([';', ',', '|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return items.Length == 0 ? null : items[0];
    }
}
