namespace IntegrationHub.DataGenerator.Tables;

/// <summary>What is known of a country before its lists are read.</summary>
internal sealed record LandFacts(
    string Code, double Share, string Tongue, string CallingCode, string TopLevel, double TailShare, double AbroadShare, string[] Names, string[] Surnames, string[] LegalForms,
    string[] MobilePrefixes, string MailHosts, string[] Towns);

/// <summary>The countries.</summary>
public static class Lands
{
    /// <summary>Five of them.</summary>
    public static IReadOnlyList<Land> All { get; } = Make();

    /// <summary>Their shares of the people, in the same order.</summary>
    public static double[] Shares { get; } = [.. All.Select(l => l.Share)];

    private static Land[] Make()
    {
        string[] anglo = Lists.Words("anglo.surnames");
        return
        [
            new(new LandFacts(
                "US", 0.38, "anglo", "1", "com", 0.42, 0.14, ["United States", "USA", "US", "United States of America"],
                Mixed(anglo, Lists.Words("us.surnames")), ["Inc.", "Inc.", "LLC", "LLC", "LLC", "Corp.", "Inc", ""], [],
                "gmail.com yahoo.com outlook.com hotmail.com icloud.com aol.com comcast.net verizon.net", [.. Lists.Lines("us.cities"), .. Lists.Lines("us.towns")])),
            new(new LandFacts(
                "DE", 0.19, "de", "49", "de", 0.42, 0.12, ["Deutschland", "Germany", "DE"],
                Lists.Words("de.surnames"), ["GmbH", "GmbH", "GmbH", "GmbH & Co. KG", "AG", "e.K.", "UG (haftungsbeschränkt)", "KG"],
                ["151:8", "157:8", "160:7", "170:7", "171:7", "172:7", "173:7", "175:7", "176:8", "177:7", "178:7", "179:7"],
                "gmx.de web.de gmail.com t-online.de outlook.de freenet.de gmx.net posteo.de", [.. Lists.Lines("de.cities"), .. Lists.Lines("de.towns")])),
            new(new LandFacts(
                "GB", 0.17, "anglo", "44", "co.uk", 0.4, 0.12, ["United Kingdom", "UK", "GB", "Great Britain", "England"],
                Mixed(anglo, Lists.Words("gb.surnames")), ["Ltd", "Ltd", "Limited", "Ltd.", "PLC", "LLP", ""],
                ["771:7", "772:7", "773:7", "774:7", "775:7", "776:7", "777:7", "784:7", "785:7", "786:7", "740:7", "742:7"],
                "gmail.com hotmail.co.uk outlook.com yahoo.co.uk btinternet.com icloud.com sky.com", [.. Lists.Lines("gb.cities"), .. Lists.Lines("gb.towns")])),
            new(new LandFacts(
                "FR", 0.14, "fr", "33", "fr", 0.42, 0.1, ["France", "FR", "FRANCE"],
                Lists.Words("fr.surnames"), ["SARL", "SARL", "SAS", "SAS", "SA", "EURL", "SASU"],
                ["60:7", "61:7", "62:7", "64:7", "65:7", "66:7", "67:7", "68:7", "76:7", "77:7", "78:7"],
                "gmail.com orange.fr hotmail.fr free.fr laposte.net wanadoo.fr sfr.fr outlook.fr", [.. Lists.Lines("fr.cities"), .. Lists.Lines("fr.towns")])),
            new(new LandFacts(
                "NL", 0.12, "nl", "31", "nl", 0.4, 0.11, ["Nederland", "Netherlands", "NL", "The Netherlands"],
                Lists.Words("nl.surnames"), ["B.V.", "B.V.", "B.V.", "BV", "N.V.", "VOF", ""],
                ["61:7", "62:7", "63:7", "64:7", "65:7"],
                "gmail.com hotmail.com ziggo.nl kpnmail.nl outlook.com live.nl xs4all.nl planet.nl", Lists.Lines("nl.cities"))),
        ];
    }

    /// <summary>A country's own names spread evenly through the common ones, so that both have frequent and rare ones.</summary>
    private static string[] Mixed(string[] common, string[] own)
    {
        var every = Math.Max(1, common.Length / own.Length);
        return [.. common.SelectMany((name, i) => i % every == every - 1 && i / every < own.Length ? [name, own[i / every]] : new[] { name })];
    }
}
