using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>Finds well-known domains behind slips of the pen. Only suggests.</summary>
internal static class EmailTypos
{
    // Domains that are one slip from a famous one and yet have owners and mailboxes of their own.
    private static readonly FrozenSet<string> Real = FrozenSet.ToFrozenSet(
        [
            "mail.com", "email.com", "ymail.com", "gmail.co", "hotmail.co", "yahoo.co", "outlook.co", "live.co", "aol.co", "me.co", "mac.co", "gmx.com", "gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gmx.fr",
            "web.com", "free.com", "sky.de", "msn.de", "att.com", "cox.com", "bell.ca", "hey.com", "tuta.com", "tuta.io", "pm.me", "one.com", "home.com", "orange.com", "post.com", "usa.net", "zoho.eu",
            "live.dk", "live.se", "live.no", "live.it", "live.be", "live.at", "live.jp", "live.cn", "aon.com", "mail.de", "email.de", "mail.ee", "aol.de", "aol.fr", "aol.it", "mail.fr", "nail.com",
        ],
        StringComparer.Ordinal);

    private static readonly string[] Famous =
    [
        "gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "live.com", "aol.com", "msn.com", "comcast.net", "verizon.net", "protonmail.com", "yahoo.co.uk", "hotmail.co.uk",
        "yahoo.fr", "hotmail.fr", "orange.fr", "wanadoo.fr", "laposte.net", "web.de", "t-online.de", "freenet.de", "yahoo.de", "hotmail.de", "libero.it", "btinternet.com", "bigpond.com", "sympatico.ca", "rogers.com",
        "bluewin.ch", "rocketmail.com", "sbcglobal.net", "bellsouth.net", "fastmail.com", "yandex.ru", "mail.ru",
    ];

    private static readonly FrozenDictionary<string, string> TopSlips = new Dictionary<string, string>
    {
        ["con"] = "com",
        ["cmo"] = "com",
        ["ocm"] = "com",
        ["coom"] = "com",
        ["comm"] = "com",
        ["vom"] = "com",
        ["xom"] = "com",
        ["cpm"] = "com",
        ["clm"] = "com",
        ["cim"] = "com",
        ["c0m"] = "com",
        ["dom"] = "com",
        ["comn"] = "com",
        ["coim"] = "com",
        ["nte"] = "net",
        ["ent"] = "net",
        ["nett"] = "net",
        ["ner"] = "net",
        ["neet"] = "net",
        ["ogr"] = "org",
        ["orgg"] = "org",
        ["rog"] = "org",
        ["ort"] = "org",
        ["edy"] = "edu",
        ["rdu"] = "edu",
        ["deu"] = "de",
        ["dee"] = "de",
        ["ukk"] = "uk",
        ["frr"] = "fr",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The domain that was perhaps meant; null where there is no doubt about the one given.</summary>
    public static string? Suggest(string domain)
    {
        if (EmailLists.IsFree(domain) || Real.Contains(domain)) return null;
        var dot = domain.LastIndexOf('.');
        var fixedTop = TopSlips.TryGetValue(domain[(dot + 1)..], out var top) ? $"{domain[..dot]}.{top}" : null;
        var candidate = fixedTop ?? domain;
        if (fixedTop is not null && EmailLists.IsFree(fixedTop)) return fixedTop;
        return Closest(candidate) ?? fixedTop;
    }

    private static string? Closest(string domain)
    {
        // A label in front means a host of somebody's own; only whole domains are compared.
        string? best = null;
        var least = 3;
        foreach (var famous in Famous)
        {
            var most = famous.Length >= 9 ? 2 : 1;
            if (Math.Abs(domain.Length - famous.Length) > most) continue;
            var edits = Similarity.Edits(domain, famous, most);
            if (edits > most || edits >= least || !Plausible(domain, famous, edits)) continue;
            (best, least) = (famous, edits);
        }

        return best;
    }

    /// <summary>The first letter is seldom the wrong one, and another top-level domain alone is another company.</summary>
    private static bool Plausible(string domain, string famous, int edits)
    {
        var (a, b) = (domain[..domain.IndexOf('.')], famous[..famous.IndexOf('.')]);
        if (a == b) return false;
        if (a.Length < 3 || domain.Count(c => c == '.') != famous.Count(c => c == '.')) return false;
        var sameTop = domain[domain.IndexOf('.')..] == famous[famous.IndexOf('.')..];
        return sameTop ? (domain[0] == famous[0] || (edits == 1 && a.Length >= 5)) : edits == 2 && domain[0] == famous[0] && Similarity.Edits(a, b, 1) == 1 && a.Length >= 5;
    }
}
