using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>One secret that links are signed with.</summary>
/// <param name="Id">Stands in the link, so that links signed with an older secret stay good after a new one was made.</param>
/// <param name="Secret">32 bytes or more.</param>
public sealed record LinkKey(byte Id, ImmutableArray<byte> Secret);

/// <summary>
/// Signs and reads links. A token is, in base64url: version, key id, kind, message key, what it says, and 16 bytes of HMAC-SHA256 over all before.
/// An address in a token is sealed (AES-256-CBC, its start vector an HMAC of the content, so that the same message gives the same token), and signed over.
/// </summary>
public sealed class LinkTokens
{
    private const byte Version = 1;
    private const int Head = 3 + MessageKey.Bytes;
    private const int MacBytes = 16;
    private const int LeastSecret = 32;

    // Longer than any address that browsers take; what is longer was never signed here.
    private const int LongestToken = 4096;

    private readonly ImmutableArray<Keys> keys;

    /// <param name="keys">The first signs; all are believed.</param>
    /// <exception cref="ArgumentException">There is none, one is too short, or two have the same id.</exception>
    public LinkTokens(ImmutableArray<LinkKey> keys)
    {
        if (keys.IsDefaultOrEmpty) throw new ArgumentException("Links need a key to be signed with.", nameof(keys));
        if (keys.Any(k => k.Secret.Length < LeastSecret)) throw new ArgumentException($"A key for links has {LeastSecret} bytes or more.", nameof(keys));
        if (keys.DistinctBy(k => k.Id).Count() < keys.Length) throw new ArgumentException("Each key for links has an id of its own.", nameof(keys));
        this.keys = [.. keys.Select(k => new Keys(k.Id, Derive(k, "sign"), Derive(k, "seal"), Derive(k, "start")))];
    }

    /// <summary>The text of a token: letters, digits, hyphens and underscores.</summary>
    /// <exception cref="ArgumentException">A click leads to what is no http or https address, or is longer than a link can be.</exception>
    public string Sign(LinkToken token)
    {
        var key = keys[0];
        var (kind, content) = token switch
        {
            LinkToken.Click click when IsWeb(click.Url) => (Kind.Click, Encoding.UTF8.GetBytes(click.Url)),
            LinkToken.Click click => throw new ArgumentException($"'{click.Url}' is no absolute http or https address, so no link can lead there.", nameof(token)),
            LinkToken.Trap => (Kind.Trap, []),
            LinkToken.Unsubscribe u => (Kind.Unsubscribe, Seal(key, u.Key, u.Channel, u.Purpose, u.Point)),
            LinkToken.Mark m => (Kind.Mark, Seal(key, m.Key, m.Channel, m.Purpose, m.Point)),
            _ => throw new ArgumentOutOfRangeException(nameof(token), token, "No such link."),
        };
        var bytes = new byte[Head + content.Length + MacBytes];
        (bytes[0], bytes[1], bytes[2]) = (Version, key.Id, (byte)kind);
        token.Key.ToBytes().CopyTo(bytes, 3);
        content.CopyTo(bytes, Head);
        HMACSHA256.HashData(key.Sign, bytes.AsSpan(0, Head + content.Length)).AsSpan(0, MacBytes).CopyTo(bytes.AsSpan(Head + content.Length));
        var text = Base64Url.EncodeToString(bytes);
        return text.Length <= LongestToken ? text : throw new ArgumentException($"The link is too long to be tracked: {text.Length} characters, {LongestToken} are the most.", nameof(token));
    }

    /// <summary>What a token says. Null for everything that was not signed with one of the keys, whatever else is wrong with it.</summary>
    public LinkToken? Read(string? text)
    {
        if (text is null or { Length: > LongestToken } || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < Head + MacBytes || bytes[0] != Version) return null;
        var signed = bytes.AsSpan(0, bytes.Length - MacBytes);
        foreach (var key in keys)
        {
            if (key.Id != bytes[1]) continue;
            var mac = HMACSHA256.HashData(key.Sign, signed).AsSpan(0, MacBytes);
            // The text form must be the one that was signed: base64 has idle bits at its end.
            if (!CryptographicOperations.FixedTimeEquals(mac, bytes.AsSpan(bytes.Length - MacBytes)) || Base64Url.EncodeToString(bytes) != text) return null;
            return Open(key, (Kind)bytes[2], MessageKey.Of(bytes.AsSpan(3, MessageKey.Bytes)), signed[Head..]);
        }

        return null;
    }

    /// <summary>True for an absolute http or https address of sane length with a host and without a user name.</summary>
    internal static bool IsWeb(string url) =>
        url.Length <= 2048 && Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && !url.Any(char.IsControl);

    private static LinkToken? Open(Keys key, Kind kind, MessageKey message, ReadOnlySpan<byte> content)
    {
        switch (kind)
        {
            case Kind.Click:
                var url = Encoding.UTF8.GetString(content);
                return IsWeb(url) ? new LinkToken.Click(message, url) : null;
            case Kind.Trap:
                return new LinkToken.Trap(message);
            case Kind.Unsubscribe or Kind.Mark:
                using (var aes = Aes.Create())
                {
                    aes.Key = key.Seal;
                    var plain = aes.DecryptCbc(content[16..], content[..16]);
                    var (channel, purposeLength) = ((Channel)plain[0], plain[1]);
                    var (purpose, point) = (Encoding.UTF8.GetString(plain, 2, purposeLength), Encoding.UTF8.GetString(plain.AsSpan(2 + purposeLength)));
                    return kind == Kind.Mark ? new LinkToken.Mark(message, channel, purpose, point) : new LinkToken.Unsubscribe(message, channel, purpose, point);
                }

            default:
                return null;
        }
    }

    private static byte[] Seal(Keys key, MessageKey message, Channel channel, string purpose, string point)
    {
        var name = Encoding.UTF8.GetBytes(purpose);
        if (name.Length > byte.MaxValue) throw new ArgumentException($"The purpose '{purpose[..40]}…' is too long for a link: 255 bytes are the most.", nameof(purpose));
        byte[] plain = [(byte)channel, (byte)name.Length, .. name, .. Encoding.UTF8.GetBytes(point)];
        byte[] content = [.. message.ToBytes(), .. plain];
        var start = HMACSHA256.HashData(key.Start, content).AsSpan(0, 16);
        using var aes = Aes.Create();
        aes.Key = key.Seal;
        return [.. start, .. aes.EncryptCbc(plain, start)];
    }

    private static byte[] Derive(LinkKey key, string use) => HMACSHA256.HashData(key.Secret.ToArray(), Encoding.UTF8.GetBytes($"IntegrationHub.Links.v1.{use}"));

    private enum Kind : byte
    {
        Click = 1,
        Trap = 2,
        Unsubscribe = 3,
        Mark = 4,
    }

    private sealed record Keys(byte Id, byte[] Sign, byte[] Seal, byte[] Start);
}
