using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connect;

/// <summary>Compares what a webhook's sender signed with what the secret makes of it, in a time that tells nothing of where they differ.</summary>
public static class WebhookSignature
{
    /// <summary>True when <paramref name="given"/> is the HMAC-SHA256 of the message in base64.</summary>
    /// <param name="secret">The secret, as UTF-8.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="given">What the request says; null is never right.</param>
    public static bool IsBase64(string secret, ReadOnlySpan<byte> message, string? given)
    {
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes + 1];
        return given is { Length: <= 48 } && Convert.TryFromBase64String(given.Trim(), bytes, out var length) && Is(secret, message, bytes[..length]);
    }

    /// <summary>True when <paramref name="given"/> is the HMAC-SHA256 of the message in hex digits.</summary>
    /// <param name="secret">The secret, as UTF-8.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="given">What the request says; null is never right.</param>
    public static bool IsHex(string secret, ReadOnlySpan<byte> message, string? given) =>
        given?.Trim() is { Length: HMACSHA256.HashSizeInBytes * 2 } digits && digits.All(char.IsAsciiHexDigit) && Is(secret, message, Convert.FromHexString(digits));

    /// <summary>True when a secret that stands in the request is the one that was agreed upon.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="given">What the request says; null is never right.</param>
    public static bool IsSecret(string secret, string? given) =>
        // Hashed first: equal lengths, so that not even the secret's length is told.
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(secret))) && given is not null;

    /// <summary>True when a time in Unix seconds or milliseconds is neither older nor further ahead than the vendor allows.</summary>
    /// <param name="unix">Digits; null is never fresh.</param>
    /// <param name="milliseconds">True where they count milliseconds.</param>
    /// <param name="now">The present.</param>
    /// <param name="most">How old it may be.</param>
    public static bool IsFresh(string? unix, bool milliseconds, DateTimeOffset now, TimeSpan most)
    {
        if (!long.TryParse(unix, NumberStyles.None, CultureInfo.InvariantCulture, out var told) || told > MostMilliseconds) return false;
        var at = milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(told) : DateTimeOffset.FromUnixTimeSeconds(Math.Min(told, MostMilliseconds / 1000));
        return (now - at).Duration() <= most;
    }

    // The end of the year 9999: what is later is no time.
    private const long MostMilliseconds = 253_402_300_799_999;

    private static bool Is(string secret, ReadOnlySpan<byte> message, ReadOnlySpan<byte> given)
    {
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message, right);
        return CryptographicOperations.FixedTimeEquals(right, given);
    }
}
