namespace IntegrationHub.Normalising;

/// <summary>The transform <c>digits</c>.</summary>
public static class Digits
{
    /// <summary>The digits 0 to 9 alone.</summary>
    public static Transform Transform { get; } = new(
        "digits",
        "The digits 0 to 9 alone.",
        [
            new("Tel. (030) 123-45", "03012345"),
            new("n/a", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : digits;
    }
}
