using System.Buffers;
using System.Text;

namespace IntegrationHub.Normalising;

/// <summary>Repairs names written all in capitals or all in small letters. A name in mixed capitals is its owner's spelling and stays.</summary>
internal static class NameCase
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("AEIOUY");

    // Behind "Mac" these take a capital; most other names that begin so (Macy, Machado, Macron) do not.
    private static readonly string[] AfterMac =
        ["adam", "alister", "allister", "arthur", "aulay", "bain", "beth", "bride", "callum", "cormack", "culloch", "dermott", "donald", "donnell", "dougal", "dougall", "dowell", "duff",
         "ewan", "ewen", "fadyen", "farlane", "gillivray", "gowan", "gregor", "innes", "intosh", "intyre", "iver", "ivor", "kay", "kenna", "kenzie", "kinlay", "kinnon", "kintosh", "lachlan",
         "laine", "laren", "lauchlan", "lean", "leish", "lennan", "leod", "millan", "murray", "naughton", "neil", "neill", "nab", "nicol", "niven", "phail", "phee", "pherson", "quarrie", "rae", "sween", "taggart", "tavish", "vicar", "william"];

    private static readonly Dictionary<string, string> Credentials = new[]
    {
        "PhD", "EdD", "PsyD", "DPhil", "DSc", "ScD", "ThD", "DrPH", "PharmD", "MSc", "BSc", "MPhil", "MRes", "MEng", "BEng", "BCom", "MCom", "MEd", "BEd", "BTech", "MTech", "DMin", "MDiv",
        "Jr", "Sr", "Jnr", "Snr", "Junior", "Senior", "Esq", "Esquire", "Ret", "Retired", "ChFC", "PEng", "CEng", "Hons", "MBChB", "BArch", "MArch", "LLitt", "MLitt", "Realtor", "2nd", "3rd", "4th", "5th",
    }.ToDictionary(c => c, StringComparer.OrdinalIgnoreCase);

    public static NameParts Repair(NameParts parts, string text)
    {
        // A title or suffix keeps its own capitals while the name shouts: Dr. SOK LI ANN KUO.
        var whole = CaseOf(string.Concat(parts.First, parts.Middle, parts.Last));
        if (whole == Case.Mixed && !HasShouting(text)) return parts;
        return parts with
        {
            Title = Words(parts.Title, whole, Kind.Title),
            First = Words(parts.First, whole, Kind.Given),
            Middle = Words(parts.Middle, whole, Kind.Given),
            Last = Words(parts.Last, whole, Kind.Family),
            Suffix = Words(parts.Suffix, whole, Kind.Suffix),
            Nickname = Words(parts.Nickname, whole, Kind.Given),
            Maiden = Words(parts.Maiden, whole, Kind.Family),
        };
    }

    private enum Kind { Title, Given, Family, Suffix }

    private enum Case { Mixed, Upper, Lower }

    private static Case CaseOf(ReadOnlySpan<char> text)
    {
        int upper = 0, lower = 0;
        foreach (var c in text)
        {
            if (char.IsUpper(c)) upper++;
            else if (char.IsLower(c)) lower++;
            if (upper > 0 && lower > 0) return Case.Mixed;
        }

        return upper > 0 ? Case.Upper : lower > 0 ? Case.Lower : Case.Mixed;
    }

    private static bool HasShouting(string text)
    {
        var run = 0;
        foreach (var c in text)
        {
            run = char.IsUpper(c) ? run + 1 : 0;
            if (run >= 4) return true;
        }

        return false;
    }

    private static string? Words(string? part, Case whole, Kind kind)
    {
        if (part is null) return null;
        var words = part.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            var own = CaseOf(word);
            if (whole == Case.Mixed && (own != Case.Upper || kind is Kind.Suffix or Kind.Title || CountLetters(word) < 4)) continue;
            if (whole != Case.Mixed && own == Case.Mixed) continue;
            words[i] = kind switch
            {
                Kind.Suffix => SuffixWord(word),
                Kind.Family when words.Length > 1 && i < words.Length - 1 && IsSmallParticle(word) => word.ToLowerInvariant(),
                _ when NameWords.Of(word) is var w && w.HasFlag(NameWord.Conjunction) && word.Length > 1 && words.Length > 1 => word.ToLowerInvariant(),
                Kind.Family when word.Length == 1 && i > 0 && i < words.Length - 1 => word.ToLowerInvariant(),
                _ => Name(word, kind != Kind.Title),
            };
        }

        return string.Join(' ', words);
    }

    private static bool IsSmallParticle(string word) =>
        NameWords.Of(word).HasFlag(NameWord.Particle) && !(word.Length > 1 && word.StartsWith("st", StringComparison.OrdinalIgnoreCase))
        && !word.StartsWith("san", StringComparison.OrdinalIgnoreCase) && !word.Equals("mac", StringComparison.OrdinalIgnoreCase) && !word.Equals("mc", StringComparison.OrdinalIgnoreCase)
        && !word.Equals("fitz", StringComparison.OrdinalIgnoreCase);

    private static string SuffixWord(string word)
    {
        var bare = word.Trim(',').Replace(".", "", StringComparison.Ordinal);
        if (Credentials.TryGetValue(bare, out var usual))
        {
            if (word.Trim(',').Length == bare.Length) return word.Replace(bare, usual, StringComparison.Ordinal);
            if (word.Trim(',').TrimEnd('.').Length == bare.Length) return word.Replace(bare, usual, StringComparison.Ordinal);
            var letters = new StringBuilder(word.ToUpperInvariant());
            for (int i = 0, j = 0; i < letters.Length; i++)
                if (letters[i] is not ('.' or ',') && j < usual.Length) letters[i] = usual[j++];
            return letters.ToString();
        }

        return NameWords.Of(word.Trim(',')).HasFlag(NameWord.Occupation) ? word.ToLowerInvariant() : word.ToUpperInvariant();
    }

    private static int CountLetters(string word)
    {
        var letters = 0;
        foreach (var c in word)
            if (char.IsLetter(c)) letters++;
        return letters;
    }

    private static string Name(string word, bool personal)
    {
        // JP, TJ: initials without a vowel are no name.
        if (personal && word.Length == 2 && CaseOf(word) == Case.Upper && !word.AsSpan().ContainsAny(Vowels) && word[0] < 0x80 && word[1] < 0x80) return word;
        var name = word.ToLowerInvariant().ToCharArray();
        var start = true;
        for (var i = 0; i < name.Length; i++)
        {
            if (start && char.IsLetter(name[i]))
            {
                name[i] = char.ToUpperInvariant(name[i]);
                start = false;
                if (personal) Gaelic(name, i);
            }
            else if (name[i] is '-' or '.' or '/' or '‐' or '–') start = true;
            else if (name[i] is '\'' or '’' && OpensName(name, i)) start = true;
        }

        return new string(name);
    }

    // O'Brien, D'Angelo, L'Estrange; but not Nahi'ena'ena, Mari'.
    private static bool OpensName(char[] name, int apostrophe)
    {
        var atStart = apostrophe == 1 || (apostrophe >= 2 && name[apostrophe - 2] is '-' or ' ');
        return atStart && char.ToLowerInvariant(name[apostrophe - 1]) is 'o' or 'd' or 'l' or 'm' or 'n' or 't' && apostrophe + 2 < name.Length && char.IsLetter(name[apostrophe + 2]);
    }

    private static void Gaelic(char[] name, int start)
    {
        var rest = name.AsSpan(start + 1);
        if (name[start] != 'M' || !rest.StartsWith("c") && !rest.StartsWith("ac")) return;
        if (rest[0] == 'c')
        {
            if (rest.Length >= 3 && char.IsLetter(rest[1]) && char.IsLetter(rest[2])) rest[1] = char.ToUpperInvariant(rest[1]);
            return;
        }

        var end = rest.IndexOfAny('-', '\'');
        var tail = new string(end < 0 ? rest[2..] : end > 2 ? rest[2..end] : []);
        if (Array.IndexOf(AfterMac, tail) >= 0) rest[2] = char.ToUpperInvariant(rest[2]);
    }
}
