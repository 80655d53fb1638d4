using System.Globalization;
using System.Text;

namespace IntegrationHub.Sandbox.World;

/// <summary>Hands out mailboxes and domains, each once. Two people never own boxes that a provider holds to be one (dots in Gmail names).</summary>
public sealed class Mailboxes
{
    /// <summary>Words that companies are called by.</summary>
    public static string[] Coined { get; } = Zipf.Words("companies");

    private static readonly string[] Handles =
    [
        "sunny",
        "happy",
        "bluebird",
        "racer",
        "moon",
        "tiger",
        "star",
        "garden",
        "biker",
        "cookie",
        "pixel",
        "music",
        "captain",
        "lucky",
        "river",
    ];

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> domains = new(StringComparer.Ordinal);

    /// <summary>A private mailbox, formed from the name as people do; one in twenty is a word of fancy instead.</summary>
    public string Private(Country country, string given, string surname, int birthYear, Dice dice)
    {
        var host = country.MailHosts.Pick(dice);
        string first = Plain(given, country), last = Plain(surname, country);
        var year = (birthYear % 100).ToString("D2", CultureInfo.InvariantCulture);
        var local = dice.Below(20) switch
        {
            < 6 => $"{first}.{last}",
            < 9 => $"{first}{last}",
            < 11 => $"{first[0]}{last}",
            < 13 => $"{first}.{last}{year}",
            < 15 => $"{first}_{last}",
            < 16 => $"{last}.{first}",
            < 18 => $"{first}{year}",
            < 19 => $"{first}{last[0]}{dice.Between(1, 999)}",
            _ => $"{dice.Pick(Handles)}{dice.Pick(Handles)}{dice.Between(1, 9999)}",
        };
        return Take(local, host, dice);
    }

    /// <summary>A mailbox that a family reads together.</summary>
    public string Family(Country country, string surname, Dice dice)
    {
        var last = Plain(surname, country);
        return Take(
            country.Tongue switch
            {
                "de" => $"familie.{last}",
                "fr" => $"famille.{last}",
                _ => dice.Chance(0.5) ? $"the{last}s" : $"{last}family",
            },
            country.MailHosts.Pick(dice),
            dice
        );
    }

    /// <summary>A mailbox at work, in the company's own style.</summary>
    public string Work(Employer employer, string given, string surname, Dice dice)
    {
        var country = employer.Address.City.Country;
        string first = Plain(given, country), last = Plain(surname, country);
        return Take(employer.MailStyle switch { 0 => $"{first}.{last}", 1 => $"{first[0]}{last}", 2 => first, _ => last }, employer.Domain, dice);
    }

    /// <summary>A domain that no other company has.</summary>
    public string NewDomain(string companyName, Country country, Dice dice)
    {
        var stem = Plain(companyName, country);
        var domain = $"{stem}.{country.Domain}";
        while (!domains.Add(domain))
            domain =
                $"{stem}{(dice.Chance(0.5) ? "-" : "")}{dice.Pick(["group", "online", "gruppe", "hq", "pro", "world"])}{(domains.Count > 500 ? dice.Digits(2) : "")}.{country.Domain}";
        return domain;
    }

    /// <summary>Letters and digits of ASCII in lower case, umlauts written out in German.</summary>
    public static string Plain(string text, Country country)
    {
        var plain = new StringBuilder();
        foreach (var c in Spelling.WithoutMarks(text, country.Tongue == "de").ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(c)) plain.Append(c);
        return plain.ToString();
    }

    private string Take(string local, string host, Dice dice)
    {
        var free = local;
        // Dots never tell two boxes apart here, whatever the provider: else a matcher that knows Gmail's rule would be wrong by no fault of its own.
        for (var tries = 0; !taken.Add($"{free.Replace(".", "")}@{host}"); tries++) free = local + dice.Between(1, tries < 5 ? 99 : 99999);
        return $"{free}@{host}";
    }
}
