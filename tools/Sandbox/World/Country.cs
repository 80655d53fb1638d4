namespace IntegrationHub.Sandbox.World;

/// <summary>What names, addresses, numbers and companies look like in one country.</summary>
public sealed class Country
{
    private readonly Zipf surnames;
    private readonly string[] tailStarts;
    private readonly string[] tailEnds;
    private readonly double tailShare;

    private Country(string code, string[] names, string callingCode, string tongue, double tailShare, string[] surnames, string[] legalForms,
        string[] mobilePrefixes, string mails)
    {
        Code = code;
        Names = names;
        CallingCode = callingCode;
        Tongue = tongue;
        this.tailShare = tailShare;
        this.surnames = new Zipf(surnames);
        var tails = Zipf.Lines(tongue + ".tails");
        tailStarts = tails[0].Split(' ');
        tailEnds = tails[1].Split(' ');
        Female = new Zipf(Zipf.Words(tongue + ".female"));
        Male = new Zipf(Zipf.Words(tongue + ".male"));
        Nicknames = Zipf.Lines(tongue + ".nicknames").Select(l => l.Split(": "))
            .ToDictionary(p => p[0], p => p[1].Split(' '), StringComparer.Ordinal);
        Streets = new Zipf(Zipf.Phrases(code.ToLowerInvariant() + ".streets"));
        Cities = [.. Zipf.Lines(code.ToLowerInvariant() + ".cities").Select(l => City.Parse(this, l))];
        Trades = Zipf.Phrases(tongue + ".trades");
        JobTitles = new Zipf(Zipf.Phrases(tongue + ".titles"));
        LegalForms = legalForms;
        MobilePrefixes = mobilePrefixes;
        MailHosts = new Zipf(mails.Split(' '));
    }

    /// <summary>The five countries, in proportion to their share of people: see <see cref="Pick"/>.</summary>
    public static IReadOnlyList<Country> All { get; } = Make();

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Code { get; }

    /// <summary>How people write the country, the commonest first.</summary>
    public string[] Names { get; }

    /// <summary>Digits behind the plus.</summary>
    public string CallingCode { get; }

    /// <summary>Which lists of names it uses: anglo, de, fr.</summary>
    public string Tongue { get; }

    /// <summary>Given names of women.</summary>
    public Zipf Female { get; }

    /// <summary>Given names of men.</summary>
    public Zipf Male { get; }

    /// <summary>Short forms by given name.</summary>
    public Dictionary<string, string[]> Nicknames { get; }

    /// <summary>Street names.</summary>
    public Zipf Streets { get; }

    /// <summary>Cities, the largest first.</summary>
    public City[] Cities { get; }

    /// <summary>What companies do.</summary>
    public string[] Trades { get; }

    /// <summary>Job titles in the country's language.</summary>
    public Zipf JobTitles { get; }

    /// <summary>Legal forms, repeated by frequency.</summary>
    public string[] LegalForms { get; }

    /// <summary><c>prefix:digits that follow</c>; empty where mobiles have no range of their own.</summary>
    public string[] MobilePrefixes { get; }

    /// <summary>Mail providers of private people.</summary>
    public Zipf MailHosts { get; }

    /// <summary>True where the house number stands before the street.</summary>
    public bool NumberFirst => Code != "DE";

    /// <summary>Top-level domain of its companies.</summary>
    public string Domain => Code switch { "GB" => "co.uk", "US" => "com", _ => Code.ToLowerInvariant() };

    /// <summary>Language tag of its people.</summary>
    public string Language => Tongue == "anglo" ? "en" : Tongue;

    /// <summary>A country: US 40 %, DE 20 %, GB 18 %, FR 13 %, CA 9 %.</summary>
    public static Country Pick(Dice dice) => dice.Below(100) switch { < 40 => All[0], < 60 => All[1], < 78 => All[2], < 91 => All[3], _ => All[4] };

    /// <summary>A surname: mostly from the list of common ones, else one of thousands of rare ones put together from syllables of the language.</summary>
    public string Surname(Dice dice) => dice.Chance(tailShare) ? dice.Pick(tailStarts) + dice.Pick(tailEnds) : surnames.Pick(dice);

    /// <summary>The middle three digits of a North American number: no service codes, and not the 555 of films.</summary>
    public static string Exchange(Dice dice)
    {
        while (true)
        {
            var exchange = dice.Between(2, 9) + dice.Digits(2);
            if (exchange != "555" && !exchange.EndsWith("11", StringComparison.Ordinal)) return exchange;
        }
    }

    private static Country[] Make()
    {
        string[] anglo = Zipf.Words("anglo.surnames"), us = Zipf.Words("us.surnames"), gb = Zipf.Words("gb.surnames"), ca = Zipf.Words("ca.surnames");
        return
        [
            new(
                "US",
                ["United States", "USA", "US", "United States of America", "U.S.A."],
                "1",
                "anglo",
                0.3,
                Mixed(anglo, us),
                ["Inc.", "Inc.", "LLC", "LLC", "LLC", "Corp.", "Co.", "Inc", ""],
                [],
                "gmail.com yahoo.com outlook.com hotmail.com icloud.com aol.com comcast.net"
            ),
            new(
                "DE",
                ["Deutschland", "Germany", "DE", "Allemagne", "D"],
                "49",
                "de",
                0.38,
                Zipf.Words("de.surnames"),
                ["GmbH", "GmbH", "GmbH", "GmbH & Co. KG", "AG", "e.K.", "UG (haftungsbeschränkt)", "KG", "OHG"],
                ["151:8", "157:8", "160:7", "170:7", "171:7", "172:7", "173:7", "175:7", "176:8", "177:7", "178:7", "179:7"],
                "gmx.de web.de gmail.com t-online.de outlook.de freenet.de gmx.net posteo.de"
            ),
            new(
                "GB",
                ["United Kingdom", "UK", "GB", "Great Britain", "England"],
                "44",
                "anglo",
                0.3,
                Mixed(anglo, gb),
                ["Ltd", "Ltd", "Limited", "Ltd.", "PLC", "LLP", ""],
                ["771:7", "772:7", "773:7", "774:7", "775:7", "776:7", "777:7", "784:7", "785:7", "786:7", "740:7", "742:7"],
                "gmail.com hotmail.co.uk outlook.com yahoo.co.uk btinternet.com icloud.com sky.com"
            ),
            new(
                "FR",
                ["France", "FR", "Frankreich", "FRANCE"],
                "33",
                "fr",
                0.34,
                Zipf.Words("fr.surnames"),
                ["SARL", "SARL", "SAS", "SAS", "SA", "EURL", "SASU"],
                ["60:7", "61:7", "62:7", "64:7", "65:7", "66:7", "67:7", "68:7", "76:7", "77:7", "78:7"],
                "gmail.com orange.fr hotmail.fr free.fr laposte.net wanadoo.fr sfr.fr outlook.fr"
            ),
            new(
                "CA",
                ["Canada", "CA", "CAN"],
                "1",
                "anglo",
                0.25,
                Mixed(anglo, ca),
                ["Inc.", "Ltd.", "Inc.", "Ltd.", "Corp.", "Ltée", ""],
                [],
                "gmail.com hotmail.com outlook.com yahoo.ca sympatico.ca rogers.com videotron.ca"
            ),
        ];
    }

    /// <summary>A country's own names spread evenly through the common ones, so that both have frequent and rare ones.</summary>
    private static string[] Mixed(string[] common, string[] own)
    {
        var every = common.Length / own.Length;
        return
        [
            .. common.SelectMany((name, i) => i % every == every - 1 && i / every < own.Length ? [name, own[i / every]] : new[] { name }).Distinct(),
        ];
    }
}
