using System.Text;
using IntegrationHub.Normalising;

namespace IntegrationHub.Auditing;

/// <summary>What stands for a text where only equality counts: 64 bits, so that a million of them fit anywhere and two unequal ones practically never meet.</summary>
public static class AuditKeys
{
    private const ulong Basis = 14695981039346656037, Prime = 1099511628211;

    /// <summary>The key of an address, number or date; letters' case does not count. Never 0.</summary>
    /// <remarks>FNV-1a over the lower-case letters, with the finalizer of MurmurHash3.</remarks>
    public static long Of(ReadOnlySpan<char> text)
    {
        var hash = Basis;
        foreach (var c in text) hash = (hash ^ Lower(c)) * Prime;
        return Finish(hash);
    }

    /// <summary>The same key, of a text in UTF-8.</summary>
    public static long Of(ReadOnlySpan<byte> utf8)
    {
        if (!Ascii.IsValid(utf8)) return Of(Encoding.UTF8.GetString(utf8));
        var hash = Basis;
        foreach (var b in utf8) hash = (hash ^ Lower((char)b)) * Prime;
        return Finish(hash);
    }

    /// <summary>The key of a company's name: letters and digits only, so that <c>A.C.M.E.</c> and <c>Acme</c> are one. 0 when there are none.</summary>
    public static long OfName(ReadOnlySpan<char> text)
    {
        var hash = Basis;
        var any = false;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c)) continue;
            hash = (hash ^ Lower(c)) * Prime;
            any = true;
        }

        return any ? Finish(hash) : 0;
    }

    private static uint Lower(char c) => c < 128 ? (c is >= 'A' and <= 'Z' ? (uint)(c | 0x20) : c) : char.ToLowerInvariant(c);

    private static long Finish(ulong hash)
    {
        hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccd;
        hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53;
        hash ^= hash >> 33;
        return hash == 0 ? 1 : (long)hash;
    }
}

/// <summary>A golden record's e-mail address, as far as the audit looks at it.</summary>
/// <param name="Point">Its <see cref="AuditKeys"/> key; 0 where there is no address.</param>
/// <param name="Domain">The key of its domain; 0 where that tells nothing of a company: at a free provider, or without an address.</param>
/// <param name="Free">True at a free provider.</param>
public readonly record struct AuditedEmail(long Point, long Domain, bool Free)
{
    /// <summary>What is to be known of an address; of none when null.</summary>
    public static AuditedEmail Of(string? address)
    {
        if (address is null) return default;
        var domain = address.AsSpan(address.LastIndexOf('@') + 1);
        var free = EmailLists.IsFree(domain);
        return new AuditedEmail(AuditKeys.Of(address), free ? 0 : AuditKeys.Of(domain), free);
    }

    /// <summary>The same of an address in UTF-8; of none when empty.</summary>
    public static AuditedEmail Of(ReadOnlySpan<byte> utf8)
    {
        const int Longest = 320;
        if (utf8.IsEmpty) return default;
        if (utf8.Length > Longest || !Ascii.IsValid(utf8)) return Of(Encoding.UTF8.GetString(utf8));
        Span<char> address = stackalloc char[Longest];
        var domain = address[..Encoding.ASCII.GetChars(utf8, address)];
        domain = domain[(domain.LastIndexOf('@') + 1)..];
        var free = EmailLists.IsFree(domain);
        return new AuditedEmail(AuditKeys.Of(utf8), free ? 0 : AuditKeys.Of(domain), free);
    }
}
