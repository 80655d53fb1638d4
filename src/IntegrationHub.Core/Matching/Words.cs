using IntegrationHub.Normalising;

namespace IntegrationHub.Matching;

/// <summary>Comparing texts as sets of words.</summary>
internal static class Words
{
    /// <summary>True when both have the same words in any order.</summary>
    public static bool SameSet(string a, string b) =>
        a.Length == b.Length && a.Contains(' ') && a.Split(' ').Order(StringComparer.Ordinal).SequenceEqual(b.Split(' ').Order(StringComparer.Ordinal));

    /// <summary>True when all words of the shorter text, of four letters or more together, stand in the longer one.</summary>
    public static bool Contains(string a, string b)
    {
        var (few, many) = a.Length <= b.Length ? (a, b) : (b, a);
        if (few.Length < 4) return false;
        var words = many.Split(' ');
        return few.Split(' ').All(words.Contains);
    }

    /// <summary>Shared words over all words, in [0, 1].</summary>
    public static double Overlap(string a, string b)
    {
        var (x, y) = (a.Split(' ').ToHashSet(StringComparer.Ordinal), b.Split(' ').ToHashSet(StringComparer.Ordinal));
        var shared = x.Count(y.Contains);
        return (double)shared / (x.Count + y.Count - shared);
    }
}

/// <summary>Comparing street names that are abbreviated in their own ways.</summary>
internal static class Streets
{
    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal)
    {
        "street", "st", "str", "strasse", "road", "rd", "avenue", "ave", "av", "lane", "ln", "drive", "dr", "court", "ct", "boulevard", "blvd", "place", "pl", "square", "sq",
        "way", "close", "crescent", "cres", "terrace", "tce", "highway", "hwy", "parkway", "pkwy", "circuit", "cct", "rue", "weg", "platz", "allee", "straat", "laan", "via", "calle",
    };

    /// <summary>True for equal streets, whatever word they use for "street".</summary>
    public static bool Same(string a, string b)
    {
        if (a == b) return true;
        var (x, y) = (Core(a), Core(b));
        if (x.Length == 0 || y.Length == 0) return false;
        return x == y || (Math.Min(x.Length, y.Length) >= 5 && Similarity.Edits(x, y, 1) <= 1);
    }

    /// <summary>The street without the word for its kind.</summary>
    public static string Core(string street)
    {
        var core = string.Concat(street.Split(' ').Where(w => !Kinds.Contains(w)));
        foreach (var ending in (ReadOnlySpan<string>)["strasse", "straat", "str"])
            if (core.Length > ending.Length + 2 && core.EndsWith(ending, StringComparison.Ordinal)) return core[..^ending.Length];
        return core;
    }
}

/// <summary>What mailboxes tell by their names.</summary>
internal static class Mailboxes
{
    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal)
    {
        "info", "sales", "support", "contact", "office", "admin", "hello", "mail", "team", "service", "billing", "accounts", "accounting", "hr", "jobs", "marketing", "help",
        "noreply", "no-reply", "postmaster", "webmaster", "kontakt", "buero", "vertrieb", "rechnung", "bestellung", "enquiries", "reception", "orders", "shop", "contacto", "ventas",
        "administration", "secretariat", "accueil", "commercial", "test", "family", "home", "privacy", "press", "invoice", "customerservice",
    };

    private static readonly HashSet<string> Free = new(StringComparer.Ordinal)
    {
        "gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com", "aol.com", "icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net", "web.de", "t-online.de",
        "freenet.de", "yahoo.de", "yahoo.co.uk", "yahoo.fr", "hotmail.co.uk", "hotmail.fr", "hotmail.de", "btinternet.com", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr",
        "msn.com", "comcast.net", "verizon.net", "att.net", "proton.me", "protonmail.com", "mail.com", "mail.ru", "yandex.ru", "libero.it", "bluewin.ch", "rogers.com", "sympatico.ca", "shaw.ca",
        "bigpond.com", "optusnet.com.au", "xtra.co.nz", "ziggo.nl", "kpnmail.nl", "hetnet.nl", "telefonica.net", "sky.com", "virginmedia.com", "ntlworld.com", "talktalk.net", "eircom.net",
    };

    /// <summary>True for mailboxes that several people read.</summary>
    public static bool IsShared(string local) => Shared.Contains(local);

    /// <summary>True for domains where anybody may have an address.</summary>
    public static bool IsFree(string domain) => Free.Contains(domain);

    /// <summary>True when the local part holds the given and the last name, or an initial and the last name: then it says little more than the name.</summary>
    public static bool IsBuiltFrom(string local, string given, string last)
    {
        if (last.Length < 3) return false;
        var plain = string.Concat(local.Where(char.IsAsciiLetter));
        var surname = last.Replace(" ", "", StringComparison.Ordinal);
        if (!plain.Contains(surname, StringComparison.Ordinal)) return false;
        var rest = plain.Replace(surname, "", StringComparison.Ordinal);
        return rest.Length == 0 || (given.Length > 0 && rest[0] == given[0]);
    }
}
