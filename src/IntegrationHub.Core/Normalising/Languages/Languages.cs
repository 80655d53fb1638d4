using System.Collections.Frozen;
using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Issues with a language.</summary>
public static class LanguageIssues
{
    /// <summary>A name or another spelling became a BCP 47 tag: <c>English</c>, <c>pt_BR</c>.</summary>
    public static readonly IssueCode Format = new("language.format");

    /// <summary>Rejected: no language is known by this.</summary>
    public static readonly IssueCode Unknown = new("language.unknown");
}

/// <summary>A language, normalised.</summary>
/// <param name="Value">A BCP 47 tag in lower case; null where it cannot be used.</param>
/// <param name="Issues">What was changed or rejected.</param>
public sealed record NormalisedLanguage(string? Value, ImmutableArray<IssueCode> Issues);

/// <summary>Languages by code and by name: ISO 639-1, 639-2 and 639-3.</summary>
public static class Languages
{
    // ISO 639-1, then ISO 639-2 codes and names, English first, own name next.
    private const string Table = """
        en eng english anglais englisch inglés inglese engels inglês angielski engelska|de deu ger german deutsch allemand alemán tedesco duits alemão niemiecki|fr fra fre french français francais französisch francés francese frans
        es spa spanish español espanol castellano castilian espagnol spanisch spagnolo spaans|it ita italian italiano italien italienisch|nl nld dut dutch nederlands niederländisch flemish vlaams|pt por portuguese português portugues portugiesisch
        pl pol polish polski polnisch|sv swe swedish svenska schwedisch|da dan danish dansk dänisch|no nor norwegian norsk norwegisch|nb nob bokmål bokmal|nn nno nynorsk|fi fin finnish suomi finnisch|is isl ice icelandic íslenska
        cs ces cze czech čeština cestina tschechisch|sk slk slo slovak slovenčina slowakisch|hu hun hungarian magyar ungarisch|ro ron rum romanian română romana rumänisch|bg bul bulgarian български|el ell gre greek ελληνικά griechisch
        tr tur turkish türkçe turkce türkisch|ru rus russian русский russisch|uk ukr ukrainian українська|be bel belarusian|hr hrv croatian hrvatski|sr srp serbian српски srpski|sl slv slovenian slovene slovenščina|bs bos bosnian
        mk mkd mac macedonian|sq sqi alb albanian shqip|et est estonian eesti|lv lav latvian latviešu|lt lit lithuanian lietuvių|ga gle irish gaeilge|cy cym wel welsh cymraeg|gd gla gaelic|mt mlt maltese|lb ltz luxembourgish
        ca cat catalan català catala|eu eus baq basque euskara|gl glg galician galego|ar ara arabic العربية|he heb hebrew עברית|fa fas per persian farsi فارسی|ur urd urdu|hi hin hindi हिन्दी|bn ben bengali bangla|pa pan punjabi
        gu guj gujarati|mr mar marathi|ta tam tamil|te tel telugu|kn kan kannada|ml mal malayalam|th tha thai ไทย|vi vie vietnamese|id ind indonesian|ms msa may malay|tl tgl tagalog|zh zho chi chinese mandarin 中文
        ja jpn japanese 日本語|ko kor korean 한국어|ka kat geo georgian|hy hye arm armenian|az aze azerbaijani|kk kaz kazakh|uz uzb uzbek|mn mon mongolian|ne nep nepali|si sin sinhala|my mya bur burmese|km khm khmer|lo lao
        sw swa swahili|am amh amharic|af afr afrikaans|zu zul zulu|xh xho xhosa|so som somali|ha hau hausa|yo yor yoruba|ig ibo igbo|eo epo esperanto|la lat latin|fo fao faroese|rm roh romansh
        """;

    private static readonly FrozenDictionary<string, string> ByName = Read();

    // Every language of ISO 639-3, and names in some sixty languages; read when the table above does not know.
    private static readonly Lazy<Dictionary<string, string>> Rest = new(ReadRest);

    // Names with a script or a country in them, which are a tag of their own.
    private static readonly FrozenDictionary<string, string> Variants = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["simplified chinese"] = "zh-hans",
        ["chinese simplified"] = "zh-hans",
        ["chinese (simplified)"] = "zh-hans",
        ["简体中文"] = "zh-hans",
        ["traditional chinese"] = "zh-hant",
        ["chinese traditional"] = "zh-hant",
        ["chinese (traditional)"] = "zh-hant",
        ["繁體中文"] = "zh-hant",
        ["brazilian portuguese"] = "pt-br",
        ["brazilian"] = "pt-br",
        ["portuguese (brazil)"] = "pt-br",
        ["portuguese (portugal)"] = "pt-pt",
        ["european portuguese"] = "pt-pt",
        ["english (us)"] = "en-us",
        ["english (usa)"] = "en-us",
        ["english (united states)"] = "en-us",
        ["american english"] = "en-us",
        ["us english"] = "en-us",
        ["english us"] = "en-us",
        ["english (uk)"] = "en-gb",
        ["english (united kingdom)"] = "en-gb",
        ["british english"] = "en-gb",
        ["uk english"] = "en-gb",
        ["english uk"] = "en-gb",
        ["swiss german"] = "gsw",
        ["schweizerdeutsch"] = "gsw",
        ["austrian german"] = "de-at",
        ["canadian french"] = "fr-ca",
        ["french (canada)"] = "fr-ca",
        ["mexican spanish"] = "es-mx",
        ["latin american spanish"] = "es-419",
        ["spanish (latin america)"] = "es-419",
        ["cantonese"] = "yue",
        ["serbo-croatian"] = "sh",
        ["norwegian bokmål"] = "nb",
        ["norwegian nynorsk"] = "nn",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The transform for mappings.</summary>
    public static Transform Transform { get; } = new(
        "language",
        "A language's name or code as a tag in lower case.",
        [new("English", "en"), new("pt_BR", "pt-br"), new("ger", "de"), new("fr-CH, fr;q=0.9", "fr-ch"), new("Klingonish", null)],
        (raw, _) => Normalise(raw).Value);

    /// <summary>Normalises a language's name or code. Of a list, as browsers send it, the first. Knows ISO 639-1, -2 and -3, names in some sixty languages, and locales.</summary>
    public static NormalisedLanguage Normalise(string raw)
    {
        if (raw.Length > 200) return new(null, [LanguageIssues.Unknown]);
        if (string.IsNullOrWhiteSpace(raw)) return new(null, []);
        var whole = raw.Trim().ToLowerInvariant();
        var end = raw.AsSpan().IndexOfAny(',', ';', '(');
        var text = (end > 0 ? raw[..end] : raw).Trim().ToLowerInvariant();
        var tag = Variants.GetValueOrDefault(whole) ?? Variants.GetValueOrDefault(text) ?? Tag(text) ?? Rest.Value.GetValueOrDefault(whole) ?? Rest.Value.GetValueOrDefault(text);
        if (tag is null) return new(null, [LanguageIssues.Unknown]);
        return new(tag, tag == raw ? [] : [LanguageIssues.Format]);
    }

    private static string? Tag(string text)
    {
        if (ByName.TryGetValue(text, out var code)) return code;
        var cut = text.AsSpan().IndexOfAny('-', '_', '.');
        if (cut is < 2 or > 3 || !ByName.TryGetValue(text[..cut], out code) && !Rest.Value.TryGetValue(text[..cut], out code)) return null;
        var rest = text[(cut + 1)..].Replace('_', '-');
        // "de_DE.UTF-8", "sr_RS@latin": locale names carry more than a language.
        var more = rest.AsSpan().IndexOfAny('.', '@');
        if (more >= 0) rest = rest[..more];
        if (text[cut] == '.' || rest.Length == 0) return code;
        return rest.Split('-').All(p => p.Length is >= 2 and <= 8 && p.All(char.IsAsciiLetterOrDigit)) ? $"{code}-{rest}" : null;
    }

    private static FrozenDictionary<string, string> Read()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Table.Split((char[])['|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = entry.Split(' ');
            foreach (var word in words) names.TryAdd(word, words[0]);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // BCP 47 takes the code of two letters where there is one. A name that two languages share in different languages counts for the first.
    private static Dictionary<string, string> ReadRest()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        List<(string Name, string Code)> byName = [];
        foreach (var (codes, name) in DataFile.Rows("iso-639-3.txt"))
        {
            var parts = codes.Split('=', ',');
            var code = codes.Contains('=') ? parts[1] : parts[0];
            foreach (var part in parts) names.TryAdd(part, code);
            byName.Add((name, code));
        }

        // Names of English last: "Are" is a language, and a word of many.
        foreach (var (code, line) in DataFile.Rows("language-names.txt"))
            foreach (var name in line.Split(';')) names.TryAdd(name.ToLowerInvariant(), code);
        foreach (var (name, code) in byName) names.TryAdd(name.ToLowerInvariant(), code);
        return names;
    }
}
