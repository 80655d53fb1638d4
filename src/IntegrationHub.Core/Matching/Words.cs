namespace IntegrationHub.Matching;

/// <summary>Comparing folded texts as sets of words; words stand apart by one blank.</summary>
internal static class Words
{
    /// <summary>True when all words of the shorter text, of four letters or more together, stand in the longer one.</summary>
    public static bool Contains(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var few = a.Length <= b.Length ? a : b;
        var many = a.Length <= b.Length ? b : a;
        if (few.Length < 4) return false;
        foreach (var word in few.Split(' '))
            if (!Has(many, few[word])) return false;
        return true;
    }

    /// <summary>True when one of them has several words, and a word of three letters or more stands in both.</summary>
    public static bool Share(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (!a.Contains(' ') && !b.Contains(' ')) return false;
        foreach (var word in a.Split(' '))
            if (a[word].Length >= 3 && Has(b, a[word])) return true;
        return false;
    }

    /// <summary>The first word.</summary>
    public static ReadOnlySpan<char> First(ReadOnlySpan<char> text) => text.IndexOf(' ') is var end and >= 0 ? text[..end] : text;

    /// <summary>Shared words over all words, in [0, 1]; words that come twice count once.</summary>
    public static double Overlap(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var (shared, inA, inB) = (0, 0, 0);
        foreach (var word in a.Split(' '))
        {
            if (Has(a[..word.Start.Value].TrimEnd(' '), a[word])) continue;
            inA++;
            if (Has(b, a[word])) shared++;
        }

        foreach (var word in b.Split(' '))
            if (!Has(b[..word.Start.Value].TrimEnd(' '), b[word])) inB++;
        return (double)shared / (inA + inB - shared);
    }

    /// <summary>True where one has blanks, and both are equal without any.</summary>
    public static bool SameWithoutBlanks(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (!a.Contains(' ') && !b.Contains(' ')) return false;
        var (i, j) = (0, 0);
        while (true)
        {
            while (i < a.Length && a[i] == ' ') i++;
            while (j < b.Length && b[j] == ' ') j++;
            if (i == a.Length || j == b.Length) return i == a.Length && j == b.Length;
            if (a[i++] != b[j++]) return false;
        }
    }

    /// <summary>True where both have the same letters in any order.</summary>
    public static bool SameLetters(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length != b.Length) return false;
        Span<short> counts = stackalloc short[128];
        foreach (var c in a) counts[c & 127]++;
        foreach (var c in b)
            if (--counts[c & 127] < 0) return false;
        return true;
    }

    private static bool Has(ReadOnlySpan<char> text, ReadOnlySpan<char> word)
    {
        foreach (var other in text.Split(' '))
            if (text[other].SequenceEqual(word)) return true;
        return false;
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

    private static readonly Dictionary<string, string> Directions = new(StringComparer.Ordinal)
    {
        ["north"] = "n",
        ["south"] = "s",
        ["east"] = "e",
        ["west"] = "w",
        ["northeast"] = "ne",
        ["northwest"] = "nw",
        ["southeast"] = "se",
        ["southwest"] = "sw",
    };

    // What stands behind a street and is part of the house.
    private static readonly HashSet<string> Parts = new(StringComparer.Ordinal) { "building", "bldg", "floor", "fl", "suite", "ste", "room", "rm" };

    /// <summary>The street without the word for its kind; directions as letters, numbers without the ending that makes them ordinal, without the building's part.</summary>
    public static string Core(string street)
    {
        var words = street.Split(' ');
        var end = Array.FindIndex(words, 1, Parts.Contains);
        var core = string.Concat(words.Take(end < 0 ? words.Length : end).Where(w => !Kinds.Contains(w)).Select(w => Directions.GetValueOrDefault(w, Cardinal(w))));
        foreach (var ending in (ReadOnlySpan<string>)["strasse", "straat", "str"])
            if (core.Length > ending.Length + 2 && core.EndsWith(ending, StringComparison.Ordinal)) return core[..^ending.Length];
        return core;
    }

    /// <summary>The house number; the first of a range such as 3450-54.</summary>
    /// <param name="compact">The number without anything between.</param>
    /// <param name="written">The number as written.</param>
    public static string Number(string compact, string? written)
    {
        if (written is null || written.IndexOf('-') is not (> 0 and var at) || at == written.Length - 1) return compact;
        var first = written.AsSpan(0, at).Trim();
        var second = written.AsSpan(at + 1).Trim();

        // 35-20 is one number in Queens; a range rises.
        if (!int.TryParse(first, out var from) || !int.TryParse(second, out var to)) return compact;
        if (second.Length < first.Length) to += from - (from % (int)Math.Pow(10, second.Length));
        return to > from && to - from <= 100 ? first.ToString() : compact;
    }

    /// <summary>True where both have numbers, and not the same ones: 112th street is not 113th.</summary>
    public static bool OtherNumber(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var (i, j, both) = (0, 0, false);
        while (true)
        {
            while (i < a.Length && !char.IsAsciiDigit(a[i])) i++;
            while (j < b.Length && !char.IsAsciiDigit(b[j])) j++;
            if (i == a.Length || j == b.Length) return both && (i < a.Length || j < b.Length);
            if (a[i++] != b[j++]) return true;
            both = true;
        }
    }

    private static string Cardinal(string word) =>
        word.Length > 2 && char.IsAsciiDigit(word[^3]) && word.EndsWith("st", StringComparison.Ordinal) | word.EndsWith("nd", StringComparison.Ordinal)
            | word.EndsWith("rd", StringComparison.Ordinal) | word.EndsWith("th", StringComparison.Ordinal) ? word[..^2] : word;
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

    /// <summary>
    /// True when the local part is made of names, by their letters: it begins with the given name, or holds the last name or a part of it, alone or with an initial before it. Then it says little more than
    /// the name, and many have it at one provider or another. A name that the record lacks cannot be told from other letters: what stands beside the one that is known is taken for the other.
    /// </summary>
    public static bool IsBuiltFrom(string local, string given, string last)
    {
        var plain = Plain(local);
        var first = Plain(Words.First(given));
        if (first.Length >= 3 && plain.StartsWith(first, StringComparison.Ordinal) && (first.Length >= 4 || plain.Length <= first.Length + 1 || last.Length == 0)) return true;
        foreach (var word in last.Split(' '))
        {
            var surname = Plain(word);
            if (surname.Length < 3 || !plain.Contains(surname, StringComparison.Ordinal)) continue;
            var rest = plain.Replace(surname, "", StringComparison.Ordinal);
            if (rest.Length == 0 || (first.Length > 0 ? rest[0] == first[0] : surname.Length >= 4)) return true;
        }

        return false;
    }

    /// <summary>Only letters, with umlauts that are written out as accents are folded: <c>mueller</c> is <c>muller</c>.</summary>
    private static string Plain(ReadOnlySpan<char> text)
    {
        Span<char> letters = stackalloc char[Math.Min(text.Length, 400)];
        var length = 0;
        foreach (var c in text[..letters.Length])
            if (char.IsAsciiLetter(c) && !(c == 'e' && length > 0 && letters[length - 1] is 'a' or 'o' or 'u')) letters[length++] = c;
        return new string(letters[..length]);
    }
}
