using IntegrationHub.DataGenerator.Randomness;

namespace IntegrationHub.DataGenerator.Tables;

/// <summary>What names, addresses, numbers and companies look like in one country.</summary>
public sealed class Land
{
    private static readonly string[] AmericanStreets = ["Street", "Avenue", "Drive", "Lane", "Road", "Court", "Boulevard", "Way", "Place"];
    private static readonly string[] BritishStreets = ["Road", "Street", "Lane", "Close", "Avenue", "Drive", "Gardens", "Way", "Crescent"];

    private readonly double tailShare;
    private readonly double abroadShare;
    private readonly Ranked<Spelt> common;
    private readonly Spelt[] tail;
    private readonly Ranked<Spelt>[] givens;
    private readonly Ranked<Spelt>[] rareGivens;
    private readonly Ranked<Spelt>[] abroadGivens;
    private readonly Ranked<Spelt> abroadSurnames;
    private readonly Ranked<string> streets;
    private readonly string[] streetStems;

    internal Land(LandFacts facts)
    {
        (Code, Tongue, CallingCode, Names, LegalForms) = (facts.Code, facts.Tongue, facts.CallingCode, facts.Names, facts.LegalForms);
        (MobilePrefixes, TopLevel, Share) = (facts.MobilePrefixes, facts.TopLevel, facts.Share);
        (tailShare, abroadShare) = (facts.TailShare, facts.AbroadShare);
        Spelt Word(string w) => Spelt.Of(w, Tongue);
        var lower = Code.ToLowerInvariant();
        common = new Ranked<Spelt>(facts.Surnames.Distinct().Select(Word), 0.8, 6);
        tail = [.. RareNames.Of(Tongue).Select(Word)];
        givens = [new(Lists.Words(Tongue + ".female").Select(Word), 0.75), new(Lists.Words(Tongue + ".male").Select(Word), 0.75)];
        rareGivens = [new(Lists.Words(Tongue + ".more", 0).Select(Word), 0.3), new(Lists.Words(Tongue + ".more", 1).Select(Word), 0.3)];
        abroadGivens = [new(Lists.Words("abroad.names", 0).Select(Word), 0.5), new(Lists.Words("abroad.names", 1).Select(Word), 0.5)];
        abroadSurnames = new(Lists.Words("abroad.names", 2).Select(Word), 0.5);
        streets = new(Lists.Phrases(lower + ".streets"), 0.6);
        streetStems = Lists.Words(Tongue + ".tails", 0);
        Nicknames = Lists.Lines(Tongue + ".nicknames").Select(l => l.Split(": "))
            .ToDictionary(p => p[0], p => p[1].Split(' ').Select(Word).ToArray(), StringComparer.Ordinal);
        Towns = new([.. facts.Towns.Select((line, i) => Town.Parse(this, i, line))], 0.7, 3);
        Trades = [.. Lists.Phrases(Tongue + ".trades").Select(Word)];
        JobTitles = new(Lists.Phrases(Tongue + ".titles"), 0.6);
        MailHosts = new(facts.MailHosts.Split(' '), 1.1, 2);
        RareSurnames = tail.Length;
    }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Code { get; }

    /// <summary>Its share of the people.</summary>
    public double Share { get; }

    /// <summary>Which lists of names it uses: anglo, de, fr, nl.</summary>
    public string Tongue { get; }

    /// <summary>Digits behind the plus.</summary>
    public string CallingCode { get; }

    /// <summary>How people write the country, the commonest first.</summary>
    public string[] Names { get; }

    /// <summary>Legal forms, repeated by frequency; empty for none.</summary>
    public string[] LegalForms { get; }

    /// <summary><c>prefix:digits that follow</c>; empty where mobiles have no range of their own.</summary>
    public string[] MobilePrefixes { get; }

    /// <summary>Top-level domain of its companies.</summary>
    public string TopLevel { get; }

    /// <summary>Mail providers of private people.</summary>
    public Ranked<string> MailHosts { get; }

    /// <summary>Short forms by given name.</summary>
    public IReadOnlyDictionary<string, Spelt[]> Nicknames { get; }

    /// <summary>Towns, the largest first.</summary>
    public Ranked<Town> Towns { get; }

    /// <summary>What companies do.</summary>
    public Spelt[] Trades { get; }

    /// <summary>Job titles in the country's language.</summary>
    public Ranked<string> JobTitles { get; }

    /// <summary>How many rare surnames there are.</summary>
    public int RareSurnames { get; }

    /// <summary>Surnames of the list, the commonest first.</summary>
    public IReadOnlyList<Spelt> CommonSurnames => common.Items;

    /// <summary>True where the house number stands before the street.</summary>
    public bool NumberFirst => Code is "US" or "GB" or "FR";

    /// <summary>True when the family came from elsewhere, and is named so.</summary>
    public bool FromAbroad(Dice dice) => dice.Chance(abroadShare);

    /// <summary>A surname: of the list of common ones, or one of thousands of rare ones put together from syllables of the language.</summary>
    public Spelt Surname(Dice dice, bool abroad) =>
        abroad && dice.Chance(0.85) ? abroadSurnames.Pick(dice)
        : dice.Chance(tailShare) ? tail[(int)(tail.Length * Math.Pow(dice.Share(), 1.6))]
        : common.Pick(dice);

    /// <summary>A given name.</summary>
    public Spelt Given(Dice dice, bool female, bool abroad)
    {
        var kind = female ? 0 : 1;
        return abroad && dice.Chance(0.65) ? abroadGivens[kind].Pick(dice)
            : dice.Chance(0.25) ? rareGivens[kind].Pick(dice)
            : givens[kind].Pick(dice);
    }

    /// <summary>A street: one that every town has, or one of its own.</summary>
    public string Street(Dice dice)
    {
        if (dice.Chance(0.4)) return streets.Pick(dice);
        var stem = dice.Pick(streetStems);
        return Tongue switch
        {
            "de" => dice.Chance(0.5) ? $"{stem}{dice.Pick(["bach", "feld", "hof", "dorf", "au"])}er {dice.Pick(["Straße", "Weg", "Allee"])}"
                : stem + dice.Pick(["straße", "weg", "gasse", "ring", "platz"]),
            "nl" => stem + dice.Pick(["straat", "laan", "weg", "plein", "hof", "kade"]),
            "fr" => $"{dice.Pick(["rue", "rue", "avenue", "boulevard", "allée", "impasse"])} {givens[dice.Below(2)].Pick(dice).Text} {common.Pick(dice).Text}",
            _ => $"{stem}{dice.Pick(["field", "wood", "ton", "mont", "brook", "ford", "dale"])} {dice.Pick(Code == "US" ? AmericanStreets : BritishStreets)}",
        };
    }
}
