using System.Globalization;
using IntegrationHub.Matching;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Matching;

/// <summary>
/// Made companies with truth: one company at one place has one to five records in the ways in which systems spell it. Beside it stand what is easily taken for it: branches with the company's site and
/// often its number, sisters of another legal form at the same address, numbered shops of a chain, and strangers with the same common words.
/// </summary>
internal sealed class CompanyWorld
{
    private static readonly string[] Trades =
    [
        "Consulting", "Engineering", "Logistics", "Software", "Dental Care", "Construction", "Insurance Services", "Bakery", "Plumbing", "Marketing", "Energy Systems", "Medical Center", "Travel", "Furniture",
        "Design Studio", "Foods", "Security Solutions", "Real Estate", "Manufacturing", "Law Office", "Technologies", "Motors", "Printing", "Pharmacy", "Electronics", "Catering", "Fitness", "Academy", "Research Institute", "Trading",
    ];

    private static readonly string[] Commons = ["Global", "United", "First", "National", "Advanced", "Premier", "North", "Green", "City", "Central"];

    private static readonly (string Country, string[] Forms, string[] Cities, string[] Streets, Func<Random, string> Postcode, Func<Random, string> Phone)[] Countries =
    [
        ("US", ["Inc.", "LLC", "Corp."], ["Austin", "Denver", "Boston", "Portland", "Columbus"], ["Maple Avenue", "Oak Street", "Washington Boulevard", "N Lake Drive", "Fifth Avenue", "112th Street", "Cedar Road"], r => $"{r.Next(10000, 99999)}", r => $"+1 512 {r.Next(200, 999)} {r.Next(1000, 9999)}"),
        ("DE", ["GmbH", "AG", "GmbH & Co. KG"], ["Hamburg", "Leipzig", "Kassel", "Bremen"], ["Hauptstraße", "Gartenweg", "Lindenallee", "Bahnhofstraße", "Schillerplatz"], r => $"{r.Next(10115, 99998)}", r => $"+49 40 {r.Next(2000000, 9999999)}"),
        ("GB", ["Ltd", "plc", "LLP"], ["Leeds", "Bristol", "Cardiff", "Norwich"], ["Mill Lane", "High Street", "Station Road", "Church Street", "Victoria Road"], r => $"LS{r.Next(1, 28)} {r.Next(1, 9)}{(char)('A' + r.Next(20))}{(char)('A' + r.Next(20))}", r => $"+44 113 {r.Next(2000000, 4999999)}"),
    ];

    private readonly Random random;
    private readonly List<(MappedRecord Record, string Site)> records = [];

    private CompanyWorld(int seed) => random = new Random(seed);

    /// <summary>The records in random order, with the site that each is of.</summary>
    public static IReadOnlyList<(MatchRecord Record, string Site)> Of(int seed, int organisations)
    {
        var world = new CompanyWorld(seed);
        for (var i = 0; i < organisations; i++) world.Organisation(i);
        var all = world.records.ToArray();
        world.random.Shuffle(all);
        return [.. all.Select((r, i) => (MatchRecord.From(RecordNormaliser.Normalise(r.Record with { Key = new SourceKey("made", Streams.Companies, $"{i:000000}") })), r.Site))];
    }

    private void Organisation(int number)
    {
        var country = Countries[random.Next(Countries.Length)];
        var trade = Pick(Trades);
        var name = random.Next(6) switch
        {
            0 => $"{Pick(Commons)} {trade}",
            1 => $"{Invented()} & {Invented()}",
            2 => $"{Pick(Commons)} {Invented()} {trade}",
            3 => Invented(),
            _ => $"{Invented()} {trade}",
        };
        var domain = random.Next(5) > 0 ? $"{name.Replace(" ", "", StringComparison.Ordinal).Replace("&", "", StringComparison.Ordinal).ToLowerInvariant()}{number}-beispiel.de" : null;
        var head = new Site(number + ".0", name, Pick(country.Forms), domain, country.Phone(random), Street(country), Pick(country.Cities), country.Postcode(random), country.Country);
        var (hasBranches, hasSister) = (random.Next(8) == 0, random.Next(20) == 0);
        Spell(head with { IsPlaced = hasBranches, IsNamedInFull = hasSister });
        if (hasBranches)
            for (var (b, last) = (1, random.Next(1, 4)); b <= last; b++)
            {
                var city = Pick(country.Cities);
                var style = random.Next(4);
                Spell(head with
                {
                    Key = $"{number}.{b}",
                    Name = style == 0 ? name : style == 1 ? $"{name} #{b}" : $"{name} - {city}",
                    Street = Street(country),
                    City = city,
                    Postcode = country.Postcode(random),
                    Phone = random.Next(3) == 0 ? head.Phone : country.Phone(random),
                    IsPlaced = true,
                });
            }

        if (hasSister)
            Spell(head with
            {
                Key = number + ".s",
                Name = random.Next(2) == 0 ? name : $"{name} {Pick(["Properties", "Immobilien", "Leasing", "Verwaltung"])}",
                Form = country.Forms.First(f => f != head.Form),
                Phone = random.Next(2) == 0 ? head.Phone : country.Phone(random),
                IsPlaced = true,
                IsNamedInFull = true,
            });
    }

    private void Spell(Site site)
    {
        var count = 1 + (int)Math.Floor(-Math.Log(1 - (random.NextDouble() * 0.98)));
        for (var i = 0; i < count; i++)
        {
            var values = new FieldValues.Builder();
            var name = random.Next(10) == 0 ? Slip(site.Name) : !site.IsNamedInFull && random.Next(6) == 0 ? Shorten(site.Name) : site.Name;
            if (site.IsNamedInFull || random.Next(3) > 0) name = $"{name}{(random.Next(3) == 0 ? "," : "")} {site.Form}";
            if (random.Next(12) == 0) name = name.ToUpperInvariant();
            values[Field.Company] = name;
            if (site.Domain is { } domain && random.Next(10) < 6) values[Field.Domain] = random.Next(2) == 0 ? domain : $"https://www.{domain}/";
            if (site.Domain is { } own && random.Next(10) < 3) values[Field.Email] = $"{Pick(["info", "sales", "office"])}@{own}";
            if (random.Next(10) < 7) values[Field.Phone] = random.Next(30) == 0 ? site.Phone[..^1] + random.Next(10) : site.Phone;
            if (site.IsPlaced || random.Next(10) < 8)
            {
                values[Field.Street] = random.Next(5) == 0 ? Abbreviated(site.Street) : site.Street;
                values[Field.City] = site.City;
                if (random.Next(5) > 0) values[Field.Postcode] = site.Postcode;
            }
            else if (random.Next(2) == 0)
            {
                values[Field.City] = site.City;
            }

            values[Field.Country] = site.Country;
            records.Add((new MappedRecord(new SourceKey("made", Streams.Companies, ""), EntityKind.Company, values.Build(), [], null, [], null), site.Key));
        }
    }

    private string Street((string Country, string[] Forms, string[] Cities, string[] Streets, Func<Random, string> Postcode, Func<Random, string> Phone) country) =>
        country.Country == "DE" ? $"{Pick(country.Streets)} {random.Next(1, 200)}" : $"{random.Next(1, 900)} {Pick(country.Streets)}";

    private static string Abbreviated(string street) =>
        street.Replace("Avenue", "Ave", StringComparison.Ordinal).Replace("Street", "St.", StringComparison.Ordinal).Replace("straße", "str.", StringComparison.Ordinal).Replace("Road", "Rd", StringComparison.Ordinal)
            .Replace("Boulevard", "Blvd", StringComparison.Ordinal).Replace("N Lake", "North Lake", StringComparison.Ordinal);

    private string Shorten(string name)
    {
        var words = name.Split(' ');
        return random.Next(2) == 0 && words.Length > 2 ? string.Join(' ', words[..^1]) : string.Join(' ', words.Select(w => w switch { "Services" => "Svcs", "Center" => "Ctr", "Manufacturing" => "Mfg", "Technologies" => "Tech", "&" => "and", _ => w }));
    }

    private string Slip(string name)
    {
        var at = random.Next(1, name.Length - 1);
        return random.Next(2) == 0 ? name.Remove(at, 1) : name[..at] + name[at + 1] + name[at] + name[(at + 2)..];
    }

    private string Invented()
    {
        string[] starts = ["Bar", "Kel", "Mor", "Tan", "Vel", "Sor", "Har", "Lin", "Dor", "Fen", "Gal", "Wes", "Ros", "Quin", "Zel", "Bru", "Cal", "Per", "Nor", "Tri"];
        string[] middles = ["a", "e", "i", "o", "u", "ani", "eri", "olo", "ist", "end", "urm", "ald"];
        string[] ends = ["ton", "berg", "well", "mann", "ster", "dale", "via", "nex", "ridge", "low", "tec", "wick", "son", "field", "hart"];
        return CultureInfo.InvariantCulture.TextInfo.ToTitleCase((Pick(starts) + Pick(middles) + Pick(ends)).ToLowerInvariant());
    }

    private T Pick<T>(T[] of) => of[random.Next(of.Length)];

    private sealed record Site(string Key, string Name, string Form, string? Domain, string Phone, string Street, string City, string Postcode, string Country)
    {
        // Whoever has branches or sisters in a system says which: nobody could tell them apart otherwise.
        public bool IsPlaced { get; init; }

        public bool IsNamedInFull { get; init; }
    }
}
