namespace IntegrationHub.Normalising;

/// <summary>The transform <c>url_host</c>.</summary>
public static class UrlHost
{
    /// <summary>The host name of a web address, in lower case, without www.</summary>
    public static Transform Transform { get; } = new(
        "url_host",
        "The host name of a web address, in lower case, without www.",
        [
            new("https://www.Example.com/about?x=1", "example.com"),
            new("example.com", "example.com"),
            new("not a site", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        var trimmed = text.Trim();
        var address = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : "http://" + trimmed;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !uri.Host.Contains('.')) return null;
        try
        {
            var host = uri.IdnHost.ToLowerInvariant();
            if (host.StartsWith("www.", StringComparison.Ordinal)) host = host[4..];
            // Invisible characters vanish from a host name and may leave nothing before a dot.
            return host.StartsWith('.') || host.Contains("..", StringComparison.Ordinal) ? null : host;
        }
        catch (UriFormatException)
        {
            // Characters that no domain may have.
            return null;
        }
    }
}
