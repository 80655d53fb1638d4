namespace IntegrationHub.Normalising;

/// <summary>The transform <c>split_comma</c>.</summary>
public static class SplitComma
{
    /// <summary>The items between commas, as a list. A comma within double quotes parts nothing.</summary>
    public static Transform Transform { get; } = new(
        "split_comma",
        "The items between commas, as a list. A comma within double quotes parts nothing.",
        [
            new("vip, b2b", "vip\nb2b"),
            new("\"Smith, Jones\",vip", "Smith, Jones\nvip"),
            new(",", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        return ListText.Split(text, ',');
    }
}
