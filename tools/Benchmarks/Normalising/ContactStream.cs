using IntegrationHub.Vocabulary;

namespace IntegrationHub.Benchmarks.Normalising;

/// <summary>
/// Made contacts as a company's list holds them: names, titles, employers and cities repeat as they do in life (the r-th most common one r times as seldom as the first),
/// addresses, numbers and streets are each contact's own, one contact in ten is dirty in up to three fields. The same seed gives the same contacts. Every cell is an instance of
/// its own, as a reader of files gives them.
/// </summary>
internal sealed class ContactStream(int seed)
{
    private const double DirtyShare = 0.1;

    private static readonly string[] Given = Made(
        """
        James Mary John Linda Robert Susan Michael Karen William Lisa David Nancy Thomas Emma Daniel Anna Peter Julia Martin Laura Stefan Claudia Andreas Sabine Pierre Marie Jean Sophie Luca Giulia Marco
        Chiara Carlos Carmen Miguel Lucia Jan Femke Pieter Sanne Lars Ingrid Olivia Noah Liam Ava Mia Lucas Paul Clara Jonas Lea Felix Hannah Oscar Alice Hugo Chloé José Zoë Jürgen Björn
        """,
        1_500, 11);

    private static readonly string[] Family = Made(
        """
        Smith Johnson Williams Brown Jones Garcia Miller Davis Wilson Anderson Taylor Moore Jackson Martin Lee Thompson White Harris Clark Lewis Walker Hall Young King Wright Müller Schmidt Schneider Fischer
        Weber Meyer Wagner Becker Schulz Hoffmann Dubois Moreau Laurent Lefebvre Rossi Russo Ferrari Bianchi Romano Fernández López Martínez Sánchez Jansen Bakker Visser Murphy Kelly O'Brien McDonald Nguyen
        Patel Khan Singh Smith-Jones Svensson
        """,
        6_000, 29);

    private static readonly string[] Titles =
    [
        "Manager", "Sales Manager", "Account Executive", "Software Engineer", "Marketing Manager", "CEO", "Project Manager", "Consultant", "Director of Sales", "Senior Software Engineer", "Owner", "Founder",
        "Vice President", "Office Manager", "Product Manager", "Business Development Manager", "Head of Marketing", "CTO", "Data Analyst", "HR Manager", "Operations Manager", "Account Manager", "Director",
        "Teacher", "Accountant", "Managing Director", "CFO", "Executive Assistant", "Customer Success Manager", "VP of Engineering", "Geschäftsführer", "Vertriebsleiter", "Responsable Marketing", "Student",
        "Senior Consultant", "Head of IT", "Legal Counsel", "Research Scientist", "Purchasing Manager", "Nurse", "Partner", "Graphic Designer", "Recruiter", "System Administrator", "Key Account Manager",
        "Supply Chain Manager", "Finance Director", "Chief Marketing Officer", "Area Sales Manager, EMEA", "Senior Vice President, Global Accounts", "Technical Lead", "QA Engineer", "Social Media Manager",
    ];

    private static readonly string[] Work = ["Systems", "Solutions", "Technologies", "Logistics", "Consulting", "Foods", "Media", "Labs", "Energy", "Partners", "Software", "Medical", "Capital", "Design", "Builders"];

    private static readonly string[] FreeMail = ["gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "gmx.de", "web.de", "icloud.com", "aol.com", "orange.fr", "btinternet.com"];

    private static readonly string[] Lanes = ["Main", "Church", "Park", "High", "Station", "Mill", "Oak", "Maple", "Victoria", "King", "Queen", "Garden", "Lake", "Hill", "School", "Elm", "Cedar", "Washington", "Green", "Bridge"];

    private readonly Random random = new(seed);
    private int made;

    /// <summary>The next contact, as a mapping hands it over.</summary>
    public MappedRecord Next()
    {
        var place = Places.All[Common(Places.All.Length)];
        var (first, last) = (Given[Common(Given.Length)], Family[Common(Family.Length)]);
        var employer = Employer(place);
        var values = new FieldValues.Builder
        {
            [Field.FirstName] = Copy(first),
            [Field.LastName] = Copy(last),
            [Field.Email] = Email(first, last, employer, place),
            [Field.Phone] = Phone(place),
            [Field.Company] = employer,
            [Field.JobTitle] = Copy(Titles[Common(Titles.Length)]),
            [Field.Street] = Street(place),
            [Field.City] = Copy(place.Cities[Common(place.Cities.Length)]),
            [Field.State] = place.States.Length == 0 ? null : Copy(place.States[Common(place.States.Length)]),
            [Field.Postcode] = Filled(place.Postcode),
            [Field.Country] = Copy(random.Next(2) == 0 ? place.Code : place.Name),
            [Field.BirthDate] = BirthDate(place),
        };
        if (random.NextDouble() < DirtyShare)
            for (var slips = 1 + random.Next(3); slips > 0; slips--) Soil(values, place);
        made++;
        return new MappedRecord(new SourceKey("crm", "contacts", $"c{made}"), EntityKind.Contact, values.Build(), [], null, [], place.Code);
    }

    private string Employer(Place place)
    {
        var name = Family[Common(Family.Length)];
        var work = Work[Common(Work.Length)];
        return random.Next(4) == 0 ? $"{name} {work}" : $"{name} {work} {place.LegalForms[Common(place.LegalForms.Length)]}";
    }

    private string Email(string first, string last, string employer, Place place)
    {
        var local = $"{Plain(first)}{(random.Next(2) == 0 ? "." : "")}{Plain(last)}{random.Next(10_000)}";
        if (random.Next(3) == 0) return $"{local}@{FreeMail[Common(FreeMail.Length)]}";
        var words = employer.Split(' ');
        return $"{local}@{Plain(words[0])}-{Plain(words[1])}.{place.Top}";
    }

    private string Phone(Place place) => Filled(place.Phones[random.Next(place.Phones.Length)]);

    private string Street(Place place)
    {
        var number = 1 + random.Next(random.Next(3) == 0 ? 9_000 : 200);
        var name = random.Next(2) == 0 ? Lanes[Common(Lanes.Length)] : Family[Common(Family.Length)];
        return place.NumberBehind ? $"{place.Street.Replace("*", name, StringComparison.Ordinal)} {number}" : $"{number} {place.Street.Replace("*", name, StringComparison.Ordinal)}";
    }

    private string? BirthDate(Place place)
    {
        if (random.Next(10) < 3) return null;
        var date = new DateOnly(1940, 1, 1).AddDays(random.Next(24_000));
        return random.Next(3) > 0 ? date.ToString("yyyy-MM-dd") : date.ToString(place.DateForm);
    }

    /// <summary>One slip, as typing, exporting and importing make them.</summary>
    private void Soil(FieldValues.Builder values, Place place)
    {
        switch (random.Next(14))
        {
            case 0: Change(values, Field.LastName, v => v.ToUpperInvariant()); Change(values, Field.FirstName, v => v.ToUpperInvariant()); break;
            case 1: Change(values, Field.FirstName, v => "Dr. " + v); break;
            case 2: Change(values, Field.LastName, v => v + ", PhD"); break;
            case 3: Change(values, Field.FirstName, v => $" {v}  "); break;
            case 4: Change(values, Field.City, _ => "MÃ¼nchen"); break;
            case 5: Change(values, Field.Email, v => random.Next(2) == 0 ? v.ToUpperInvariant() : "mailto:" + v); break;
            case 6: Change(values, Field.Email, v => random.Next(2) == 0 ? v.Replace("gmail.com", "gmial.com", StringComparison.Ordinal) : v.Replace("@", " at ", StringComparison.Ordinal)); break;
            case 7: Change(values, Field.Phone, v => random.Next(2) == 0 ? "Tel. " + v : v + " ext. 12"); break;
            case 8: Change(values, Field.Phone, _ => random.Next(2) == 0 ? "n/a" : Filled("##-####")); break;
            case 9: Change(values, Field.Company, v => v.ToUpperInvariant()); break;
            case 10: Change(values, Field.JobTitle, v => v.ToLowerInvariant()); break;
            case 11: Change(values, Field.Street, v => v + ", Apt " + random.Next(1, 90)); break;
            case 12: Change(values, Field.Postcode, v => v[..^1]); break;
            default: Change(values, Field.BirthDate, _ => random.Next(2) == 0 ? "00/00/0000" : new DateOnly(1970, 1, 1).AddDays(random.Next(9_000)).ToString(place.DateForm.Replace("yyyy", "yy", StringComparison.Ordinal))); break;
        }
    }

    private static void Change(FieldValues.Builder values, Field field, Func<string, string> change)
    {
        if (values[field] is { } value) values[field] = change(value);
    }

    /// <summary>An index below the count, the r-th one r times as seldom as the first.</summary>
    private int Common(int count) => Math.Min(count - 1, (int)Math.Exp(random.NextDouble() * Math.Log(count + 1)) - 1);

    /// <summary># is any digit, N one from 2 to 9, A a letter.</summary>
    private string Filled(string form) => string.Create(form.Length, form, (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = text[i] switch { '#' => (char)('0' + random.Next(10)), 'N' => (char)('2' + random.Next(8)), 'A' => "ABDEFGHJLNPQRSTUWXYZ"[random.Next(20)], var c => c };
    });

    private static string Copy(string text) => new(text.AsSpan());

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();

    /// <summary>The known names first, made ones of syllables behind them.</summary>
    private static string[] Made(string known, int count, int seed)
    {
        string[] heads = ["Bal", "Cor", "Dan", "El", "Fer", "Gor", "Hal", "Jan", "Kar", "Lor", "Mar", "Nor", "Ol", "Per", "Ros", "Sal", "Tor", "Ver", "Wil", "Zan"];
        string[] tails = ["a", "en", "ina", "ko", "mann", "ova", "sen", "son", "ter", "us", "well", "wood", "ier", "etti", "ez", "bach", "ley", "man", "nen", "ski"];
        string[] middles = ["", "a", "be", "di", "go", "i", "le", "mi", "na", "o", "ra", "ri", "so", "ta", "ve"];
        var random = new Random(seed);
        var names = new List<string>(known.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var seen = names.ToHashSet(StringComparer.Ordinal);
        while (names.Count < count)
        {
            var name = heads[random.Next(heads.Length)] + middles[random.Next(middles.Length)] + middles[random.Next(middles.Length)] + tails[random.Next(tails.Length)];
            if (seen.Add(name)) names.Add(name);
        }

        return [.. names];
    }
}
