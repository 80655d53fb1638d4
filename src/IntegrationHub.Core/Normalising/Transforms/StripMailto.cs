namespace IntegrationHub.Normalising;

/// <summary>The transform <c>strip_mailto</c>.</summary>
public static class StripMailto
{
    /// <summary>An e-mail address without mailto: and angle brackets.</summary>
    public static Transform Transform { get; } = new(
        "strip_mailto",
        "An e-mail address without mailto: and angle brackets.",
        [
            new("mailto:ada@example.com", "ada@example.com"),
            new("Ada Byron <ada@example.com>", "ada@example.com"),
            new("mailto:", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        var open = text.LastIndexOf('<');
        var close = open < 0 ? -1 : text.IndexOf('>', open);
        var address = (close < 0 ? text.AsSpan() : text.AsSpan((open + 1)..close)).Trim();
        while (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) address = address[7..].Trim();
        return address.Length == 0 ? null : address.ToString();
    }
}
