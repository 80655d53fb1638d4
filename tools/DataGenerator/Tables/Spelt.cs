using System.Text;

namespace IntegrationHub.DataGenerator.Tables;

/// <summary>A word with the forms that it is written in.</summary>
/// <param name="Text">As it is spelt.</param>
/// <param name="Bare">Without diacritics, umlauts written out where the language does so.</param>
/// <param name="Plain">Small letters and digits of ASCII, as in a mailbox.</param>
public sealed record Spelt(string Text, string Bare, string Plain)
{
    /// <summary>A word of a language; <c>de</c> writes umlauts out.</summary>
    public static Spelt Of(string text, string tongue)
    {
        var bare = WithoutMarks(text, tongue == "de");
        return new Spelt(text, bare, PlainOf(bare));
    }

    /// <summary>Two words joined.</summary>
    public Spelt Then(string joint, Spelt next) => new(Text + joint + next.Text, Bare + joint + next.Bare, Plain + next.Plain);

    /// <summary>Small letters and digits of ASCII only.</summary>
    public static string PlainOf(string bare)
    {
        var plain = new StringBuilder(bare.Length);
        foreach (var c in bare)
            if (char.IsAsciiLetterOrDigit(c)) plain.Append(char.ToLowerInvariant(c));
        return plain.ToString();
    }

    private static string WithoutMarks(string text, bool writeOut)
    {
        var ascii = true;
        foreach (var c in text) ascii &= c < 128;
        if (ascii) return text;
        var bare = new StringBuilder(text.Length + 2);
        foreach (var c in text) bare.Append(c < 128 ? c.ToString() : Bared(c, writeOut));
        return bare.ToString();
    }

    // string.Normalize does nothing under invariant globalization, hence a table: all letters that the lists use.
    private static string Bared(char c, bool writeOut) => c switch
    {
        'ä' => writeOut ? "ae" : "a",
        'ö' => writeOut ? "oe" : "o",
        'ü' => writeOut ? "ue" : "u",
        'Ä' => writeOut ? "Ae" : "A",
        'Ö' => writeOut ? "Oe" : "O",
        'Ü' => writeOut ? "Ue" : "U",
        'ß' => "ss",
        'à' or 'á' or 'â' or 'ã' or 'å' or 'ą' => "a",
        'æ' => "ae",
        'œ' => "oe",
        'ç' or 'ć' or 'č' => "c",
        'è' or 'é' or 'ê' or 'ë' or 'ę' => "e",
        'ì' or 'í' or 'î' or 'ï' or 'ı' => "i",
        'ñ' or 'ń' => "n",
        'ò' or 'ó' or 'ô' or 'õ' or 'ø' => "o",
        'ù' or 'ú' or 'û' => "u",
        'ý' or 'ÿ' => "y",
        'ś' or 'š' or 'ş' => "s",
        'ź' or 'ż' or 'ž' => "z",
        'ł' => "l",
        'ğ' => "g",
        'À' or 'Á' or 'Â' => "A",
        'Ç' or 'Č' => "C",
        'È' or 'É' or 'Ê' or 'Ë' => "E",
        'Î' or 'Í' or 'İ' => "I",
        'Ó' or 'Ô' => "O",
        'Ş' or 'Ś' => "S",
        'Ł' => "L",
        'Ż' or 'Ź' => "Z",
        _ => throw new InvalidOperationException($"The letter '{c}' of a list has no plain form: add it to Spelt.Bared."),
    };
}
