using System.Text;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Benchmarks.Normalising;

/// <summary>
/// Strings that nobody should type and somebody will send: any UTF-16 units, all planes of Unicode, controls, halves of surrogate pairs, text decoded wrongly layer upon layer,
/// tokens without end, nested brackets, and real values with slips at the places that a parser looks at. The same seed gives the same strings.
/// </summary>
public sealed class HostileStream(int seed)
{
    private static readonly string[] Pieces =
    [
        " ", "  ", ",", ", ", ".", "(", ")", "[", "]", "{", "\"", "'", "’", "‘", "“", "”", "„", "«", "-", "–", "/", "\\", "&", "+", ";", ":", "|", "*", "_", "#", "@", "<", ">", "=", "~", "\t", "\r", "\n", "\r\n", "\u0000", "\u0085", "\u00a0", "\u00ad",
        "\u200b", "\u200d", "\u202e", "\u2028", "\ufeff", "\ufffd", "\ufe0f", "\ud83d", "\ude00", "😀", "👩‍👧", "🇩🇪", "\u0301", "\u0323", "\u1100", "\u1161", "\u11a8", "ß", "İ", "ı", "Å", "K", "ſ", "ﬁ", "Ǆ", "ΐ", "é", "Ã", "Ã©", "Â", "Ã¼", "â€™", "Ð¡", "√©",
        "and", "und", "y", "e", "i", "of", "the", "Dr", "Dr.", "Prof.", "Mr", "Mr. and Mrs.", "Sir", "Dean", "JR", "Jr.", "III", "v", "PhD", "Ph.D.", "MD", "Ma", "Esq", "van", "de", "la", "von der", "al", "ben", "O'", "Mc", "MAC", "née", "geb.", "born", "z domu",
        "john", "JOHN", "Smith", "McDONALD", "李", "小龍", "김", "محمد", "Ольга", "GmbH", "& Co. KG", "Oy", "AB", "Ltd", "Ltd.", "s.r.o.", "S.A.", "Inc.", "Corp.", "Co", "Pty", "(Pty)", "株式会社", "ООО", "t/a", "d/b/a", "aka", "spa", "holding",
        "vp", "CEO", "cto", "it", "head of", "Senior", "&amp;", "amp;", "&amp;amp;#38;auml;", "&#9&#55;;", "&#x41;", "&#0;", "&nbsp;", "&lt;", "test", "n/a", "null", "asdf", "x", "A", "I", "0", "00", "1", "12", "12a", "3/45", "555-0100", "+", "+49", "+1", "ext.", "#4", "Apt", "Suite", "Floor", "St", "St.",
        "Street", "Straße", "rue", "Calle", "10115", "EC1N 8FH", "NY", "New York", "Germany", "US", "co", "County", "gmail.com", "@gmail.com", "mailto:", "xn--", "31.12.1999", "1999-12-31", "Feb", "février", "yes", "ja", "opt-in", "en-US", "½", "１", "٣", "०",
    ];

    private static readonly int[] CodePages = [1252, 1251, 1250, 1253, 28592, 10000, 437];

    private readonly Random random = new(seed);
    private readonly ContactStream contacts = new(seed);

    /// <summary>The next string, of any length up to a number of characters, short ones more often.</summary>
    public string Next(int longest)
    {
        var length = (int)Math.Exp(random.NextDouble() * Math.Log(longest + 1));
        return Of(length, random.Next(14));
    }

    /// <summary>A string of exactly a number of characters.</summary>
    public string Long(int length) => Of(length, random.Next(14));

    private string Of(int length, int way)
    {
        var text = new StringBuilder(length + 16);
        switch (way)
        {
            case 0: Fill(() => text.Append((char)random.Next(0x10000))); break;
            case 1: Fill(() => text.Append(new Rune(random.Next(2) == 0 ? random.Next(0xD800) : random.Next(0xE000, 0x110000)))); break;
            case 2: Fill(() => text.Append((char)(random.Next(3) == 0 ? random.Next(0x20) : random.Next(0x20, 0x7F)))); break;
            case 3: Fill(() => text.Append(random.Next(3) == 0 ? (char)random.Next(0xD800, 0xE000) : (char)random.Next(0x20, 0x7F))); break;
            case 4: Fill(() => text.Append((char)random.Next(0x80, 0x250))); break;
            case 5: Fill(() => text.Append((char)random.Next(0x20, 0x7F))); break;
            case 6: Misread(text, length); break;
            case 7: Fill(Marks(text)); break;
            case 8: Repeat(text, length); break;
            case 9: Nested(text, length); break;
            case 10: Fill(() => text.Append(Pieces[random.Next(Pieces.Length)])); break;
            case 11: Fill(() => text.Append(Pieces[random.Next(Pieces.Length)]).Append(' ')); break;
            default: Slips(text, length); break;
        }

        if (text.Length > length) text.Length = length;
        return text.ToString();

        void Fill(Action more)
        {
            while (text.Length < length) more();
        }
    }

    // Letters with marks in all orders, and the parts of Hangul.
    private Action Marks(StringBuilder text) => () => text.Append(random.Next(4) switch
    {
        0 => (char)random.Next('A', 'z'),
        1 => (char)random.Next(0x300, 0x370),
        2 => (char)random.Next(0x1100, 0x1200),
        _ => (char)random.Next(0x5B0, 0x660),
    });

    // UTF-8 read in one-byte encodings, several times over.
    private void Misread(StringBuilder text, int length)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(CodePages[random.Next(CodePages.Length)])!;
        var part = "";
        while (part.Length * 4 < length && part.Length < 2_000) part += Pieces[random.Next(Pieces.Length)] + (char)random.Next(0xA0, 0x180);
        for (var layer = random.Next(1, 5); layer > 0 && part.Length < length; layer--) part = encoding.GetString(Encoding.UTF8.GetBytes(part));
        if (part.Length == 0) part = "Ã";
        while (text.Length < length) text.Append(part);
    }

    private void Repeat(StringBuilder text, int length)
    {
        var token = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        if (random.Next(2) == 0) token += " ";
        while (text.Length < length) text.Append(token);
        if (random.Next(2) == 0) text.Insert(0, Value());
    }

    private void Nested(StringBuilder text, int length)
    {
        var (open, close) = random.Next(6) switch { 0 => ("(", ")"), 1 => ("[", "]"), 2 => ("“", "”"), 3 => ("\"", "\""), 4 => ("&amp;", ";"), _ => (" '", "' ") };
        var deep = Math.Max(1, length / (open.Length + close.Length + 1));
        text.Insert(0, open, deep).Append(Value());
        if (random.Next(3) > 0) text.Insert(text.Length, close, deep);
        while (text.Length < length) text.Append(open).Append('x').Append(close);
    }

    // A real value, changed where it hurts; several of them where it has to be long.
    private void Slips(StringBuilder text, int length)
    {
        do text.Append(text.Length == 0 ? "" : Pieces[random.Next(Pieces.Length)]).Append(Value());
        while (text.Length < length && random.Next(8) > 0 || text.Length < length / 2);
        for (var slips = random.Next(6); slips > 0 && text.Length > 0; slips--)
        {
            var (at, piece) = (random.Next(text.Length), Pieces[random.Next(Pieces.Length)]);
            switch (random.Next(7))
            {
                case 0: text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at)); break;
                case 1: text.Insert(at, piece); break;
                case 2: text.Insert(at, piece + piece + piece); break;
                case 3: text[at] = char.IsUpper(text[at]) ? char.ToLowerInvariant(text[at]) : char.ToUpperInvariant(text[at]); break;
                case 4: text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 12), text.Length - at))); break;
                case 5: (text[at], text[text.Length - 1 - at]) = (text[text.Length - 1 - at], text[at]); break;
                default: text.Append(random.Next(2) == 0 ? ' ' : ',').Append(piece); break;
            }
        }
    }

    private string Value()
    {
        var raw = contacts.Next().Raw;
        return random.Next(9) switch
        {
            0 => $"{raw[Field.FirstName]} {raw[Field.LastName]}",
            1 => $"{raw[Field.LastName]}, {raw[Field.FirstName]}",
            2 => raw[Field.Email] ?? "",
            3 => raw[Field.Phone] ?? "",
            4 => raw[Field.Company] ?? "",
            5 => raw[Field.JobTitle] ?? "",
            6 => $"{raw[Field.Street]}, {raw[Field.Postcode]} {raw[Field.City]}, {raw[Field.Country]}",
            7 => $"{raw[Field.Street]}, {raw[Field.City]}, {raw[Field.State]} {raw[Field.Postcode]}",
            _ => raw[Field.BirthDate] ?? raw[Field.State] ?? "Dr. John van der Berg Jr.",
        };
    }
}
