using System.Net;
using System.Net.Sockets;

namespace IntegrationHub.Connect.Http;

/// <summary>Keeps calls that are meant for a vendor out of private networks, whatever the name service says.</summary>
public static class PrivateAddresses
{
    /// <summary>True for loopback, private, link-local, carrier-grade and unique local addresses.</summary>
    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6) return address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal;
        var bytes = address.GetAddressBytes();
        return bytes[0] is 0 or 10 or 127
            || bytes[0] == 172 && bytes[1] is >= 16 and < 32
            || bytes[0] == 192 && bytes[1] == 168
            || bytes[0] == 169 && bytes[1] == 254
            || bytes[0] == 100 && bytes[1] is >= 64 and < 128;
    }

    /// <summary>Throws when a token would travel in clear text over a public network.</summary>
    /// <exception cref="ConnectorException">The address is http and not a local one.</exception>
    public static Uri RequireTls(Uri url, string source)
    {
        if (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp && IsLocalName(url)) return url;
        throw new ConnectorException($"Source '{source}': {url.GetLeftPart(UriPartial.Authority)} is not an https address; the token would travel in clear text. Use https://{url.Host}");
    }

    private static bool IsLocalName(Uri url) =>
        IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? Contains(address) : url.IsLoopback || !url.Host.Contains('.') || url.Host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase);

    internal static SocketsHttpHandler GuardedHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        UseCookies = false,
        ConnectCallback = Connect,
    };

    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var calls = context.InitialRequestMessage.Calls();
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        if (calls.PublicOnly && Array.Find(addresses, Contains) is { } inside)
            throw calls.Fault(context.InitialRequestMessage.RequestUri,
                $"the name leads to {inside}, inside a private network; the call was not sent. If that is meant, give the address itself: hub source add {calls.Source} … --url URL");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
