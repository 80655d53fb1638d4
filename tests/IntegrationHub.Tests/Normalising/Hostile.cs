using CsCheck;

namespace IntegrationHub.Tests.Normalising;

/// <summary>Strings that nobody should type and somebody will send.</summary>
internal static class Hostile
{
    private static readonly string[] Pieces =
    [
        " ", "  ", ",", ".", "(", ")", "\"", "'", "’", "“", "”", "-", "&", "and", "y", "e", "of", "the", "Dr", "Dr.", "Mr", "JR", "III", "v", "PhD", "MD", "Ma", "van", "de", "la", "O'", "Mc", "MCDONALD", "john", "Smith", "née", "GmbH", "& Co. KG",
        "Oy", "AB", "Ltd", "s.r.o.", "t/a ", "d/b/a ", "\"", "[", "]", "\u00c3", "©", "Â", "\u00a0", "\u200b", "\u200d", "\ud83d", "\ude00", "😀", "\u0301", "\u0323", "ß", "İ", "ı", "Å", "\u1100", "\u1161", "\u11a8", "&amp;", "&#x41;", "\u0000", "\u0085", "\r\n", "\t", "\u2028", "test", "n/a",
        "vp", "of", "CEO", "it", "/", "С", "Р", "—", "李", "小龍", "김", "ﬁ", "\ufeff", "\ufffd", "√", "é", "…", "a.b.", "x", "I", "A", "mac", "MACGREGOR", "Inc.", "_", "*", "#",
    ];

    private static Gen<string> Piece { get; } = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]);

    /// <summary>Mixtures of telling pieces, and of any UTF-16 units at all.</summary>
    public static Gen<string> Strings { get; } = Gen.OneOf(
        Piece.Array[0, 12].Select(p => string.Concat(p)),
        Piece.Array[0, 8].Select(p => string.Join(' ', p)),
        Gen.Int[0, 0xffff].Select(i => (char)i).Array[0, 40].Select(c => new string(c)),
        Gen.Int[0x80, 0x17f].Select(i => (char)i).Array[0, 40].Select(c => new string(c)),
        Gen.Int[0x20, 0x7e].Select(i => (char)i).Array[0, 40].Select(c => new string(c)));
}
