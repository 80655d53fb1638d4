namespace IntegrationHub.Store;

/// <summary>Text that both databases can hold. PostgreSQL refuses NUL; neither can encode half a surrogate pair.</summary>
internal static class StoredText
{
    /// <summary>NUL becomes U+2400, the sign for it, and half a pair U+FFFD. All other text is returned as it is.</summary>
    public static string Of(string text)
    {
        var span = text.AsSpan();
        if (!span.Contains('\0') && span.IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return text;
        return string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                if (char.IsHighSurrogate(from[i]) && i + 1 < from.Length && char.IsLowSurrogate(from[i + 1]))
                {
                    to[i] = from[i];
                    to[++i] = from[i];
                }
                else
                {
                    to[i] = from[i] == '\0' ? '\u2400' : char.IsSurrogate(from[i]) ? '\uFFFD' : from[i];
                }
            }
        });
    }
}
