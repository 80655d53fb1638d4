namespace IntegrationHub.Sandbox.World;

/// <summary>Makes the people: households with families, employers with colleagues, strangers with the same name. Same seed, same people.</summary>
public sealed class Population
{
    private const int BirthYearOfOldest = 1938;
    private const int BirthYearOfYoungest = 2005;

    private readonly Dice dice;
    private readonly Mailboxes mailboxes = new();
    private readonly HashSet<string> phones = [];
    private readonly Dictionary<string, Employer[]> employers;
    private readonly List<Individual> people = [];
    private readonly int wanted;

    private Population(int wanted, int seed)
    {
        this.wanted = wanted;
        dice = Dice.For(seed, "population");
        var founding = Dice.For(seed, "employers");
        var companies = Enumerable.Range(0, Math.Max(10, wanted / 7)).Select(_ => Found(founding)).ToArray();
        employers = companies.GroupBy(e => e.Address.City.Country.Code).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>So many people, numbered from 1.</summary>
    public static IReadOnlyList<Individual> Make(int wanted, int seed)
    {
        var population = new Population(wanted, seed);
        while (population.people.Count < wanted) population.AddHousehold();
        return population.people;
    }

    private void AddHousehold()
    {
        var country = Country.Pick(dice);
        var city = country.Cities[Math.Min(dice.Below(country.Cities.Length), dice.Below(country.Cities.Length))];
        if (dice.Chance(0.45))
        {
            AddSingle(country, city);
            return;
        }
        AddFamily(country, city);
    }

    private void AddSingle(Country country, City city)
    {
        var home = new Household(city.Address(dice), dice.Chance(0.3) ? NewPhone(city.Landline) : null, null);
        var female = dice.Chance(0.5);
        var twinName = people.Count > 20 && dice.Chance(0.06) ? people[dice.Below(people.Count)] : null;
        if (twinName is { Snares: Snare.None, Middle: null })
        {
            var there = twinName.Home.Address.City;
            home = new Household(there.Address(dice), null, null);
            Add(new Draft(twinName.Country, home, twinName.Female, twinName.Given, twinName.Surname, BirthYear()) { Snares = Snare.Namesake });
            return;
        }
        Add(new Draft(country, home, female, GivenName(country, female), country.Surname(dice), BirthYear()));
    }

    private void AddFamily(Country country, City city)
    {
        var surname = country.Surname(dice);
        var familyMail = dice.Chance(0.18) ? mailboxes.Family(country, surname, dice) : null;
        var home = new Household(city.Address(dice), dice.Chance(0.6) ? NewPhone(city.Landline) : null, familyMail);
        var year = dice.Between(BirthYearOfOldest, 1985);
        var father = GivenName(country, female: false);
        var grownUp = year <= BirthYearOfYoungest - 25;
        var children = grownUp && dice.Chance(0.55) ? dice.Between(1, 3) : 0;
        var heir = children > 0 && dice.Chance(country.Code == "US" ? 0.09 : 0.03);
        Add(new Draft(country, home, false, father, surname, year)
        {
            Snares = Snare.Family | (heir ? Snare.SeniorJunior : Snare.None),
            Suffix = heir ? "Sr." : null,
        });
        var keepsName = dice.Chance(0.2);
        var born = country.Surname(dice);
        Add(new Draft(country, home, true, GivenName(country, female: true), keepsName ? born : surname, year + dice.Between(-4, 6))
        {
            Maiden = keepsName || born == surname ? null : born,
            Snares = keepsName || born == surname ? Snare.None : Snare.Family | Snare.Married,
        });
        var twins = children > 1 && dice.Chance(0.09);
        DateOnly? twinBirth = null;
        string? twinGiven = null;
        for (var child = 0; child < children; child++)
        {
            var isHeir = heir && child == 0;
            var female = !isHeir && dice.Chance(0.5);
            var given = isHeir ? father : GivenName(country, female, avoid: twinGiven ?? father);
            var isTwin = twins && child >= children - 2 && !isHeir;
            var birth = isTwin && twinBirth is { } same ? same : Birthday(Math.Min(BirthYearOfYoungest, year + dice.Between(20, 38)));
            if (isTwin) (twinBirth, twinGiven) = (birth, given);
            Add(new Draft(country, home, female, given, surname, birth.Year)
            {
                Birth = birth,
                Suffix = isHeir ? "Jr." : null,
                Snares = Snare.Family | (isHeir ? Snare.SeniorJunior : Snare.None) | (isTwin ? Snare.Twin : Snare.None),
            });
        }
    }

    private void Add(Draft draft)
    {
        if (people.Count == wanted) return;
        var country = draft.Country;
        var birth = draft.Birth ?? Birthday(draft.BirthYear);
        var employer =
            dice.Chance(0.62) && employers.TryGetValue(country.Code, out var local)
                ? local[Math.Min(dice.Below(local.Length), dice.Below(local.Length))]
                : null;
        var moved = dice.Chance(0.1);
        var exact = draft.Snares.HasFlag(Snare.SeniorJunior) || draft.Snares.HasFlag(Snare.Twin) || draft.Snares.HasFlag(Snare.Namesake);
        people.Add(
            new Individual
            {
                Number = people.Count + 1,
                Country = country,
                Female = draft.Female,
                Given = draft.Given,
                Middle =
                    !exact && dice.Chance(country.Code is "US" or "CA" ? 0.3 : 0.12) ? GivenName(country, draft.Female, avoid: draft.Given) : null,
                Surname = draft.Surname,
                Maiden = draft.Maiden,
                Suffix =
                    draft.Suffix
                    ?? (!exact && country.Code == "US" && !draft.Female && dice.Chance(0.008) ? dice.Pick(["III", "II", "PhD", "MD"]) : null),
                Title = dice.Chance(0.04) ? dice.Pick(["Dr.", "Dr.", "Prof.", "Prof. Dr."]) : null,
                Birth = birth,
                Home = draft.Home,
                FormerAddress = moved && !exact ? country.Cities[dice.Below(country.Cities.Length)].Address(dice) : null,
                Mobile = NewPhone(draft.Home.Address.City.Mobile),
                PrivateMail = mailboxes.Private(
                    country,
                    draft.Given,
                    draft.Maiden is { } maiden && dice.Chance(0.3) ? maiden : draft.Surname,
                    birth.Year,
                    dice
                ),
                FormerMail = dice.Chance(0.15) ? mailboxes.Private(country, draft.Given, draft.Maiden ?? draft.Surname, birth.Year, dice) : null,
                Employer = employer,
                WorkMail = employer is null ? null : mailboxes.Work(employer, draft.Given, draft.Surname, dice),
                PrefersWorkMail = dice.Chance(0.4),
                DirectLine = employer is not null && dice.Chance(0.35) ? NewPhone(employer.Address.City.Landline) : null,
                JobTitle = employer is null ? null : country.JobTitles.Pick(dice),
                Snares = draft.Snares | (moved && !exact ? Snare.Moved : Snare.None),
                FirstSeen = dice.Share(),
            }
        );
    }

    private Employer Found(Dice founding)
    {
        var country = Country.Pick(founding);
        var city = country.Cities[Math.Min(founding.Below(country.Cities.Length), founding.Below(country.Cities.Length))];
        var trade = founding.Pick(country.Trades);
        var name = founding.Below(10) switch
        {
            < 4 => $"{country.Surname(founding)} {trade}",
            < 6 => $"{country.Surname(founding)} & {country.Surname(founding)}",
            < 9 => $"{founding.Pick(Mailboxes.Coined)} {trade}",
            _ => $"{city.Name} {trade}",
        };
        var domain = mailboxes.NewDomain(name, country, founding);
        return new Employer(
            name,
            founding.Pick(country.LegalForms),
            domain,
            city.Address(founding),
            NewPhone(city.Landline, founding),
            founding.Below(10) switch
            {
                < 6 => 0,
                < 8 => 1,
                < 9 => 2,
                _ => 3,
            }
        );
    }

    private string GivenName(Country country, bool female, string? avoid = null)
    {
        // Parents in Québec mostly choose French names.
        var list = country.Code == "CA" && dice.Chance(0.25) ? Country.All[3] : country;
        while (true)
        {
            var name = (female ? list.Female : list.Male).Pick(dice);
            if (name != avoid) return name;
        }
    }

    private int BirthYear() => dice.Between(BirthYearOfOldest, BirthYearOfYoungest);

    private DateOnly Birthday(int year) => new DateOnly(year, 1, 1).AddDays(dice.Below(365));

    private Phone NewPhone(Func<Dice, Phone> make) => NewPhone(make, dice);

    private Phone NewPhone(Func<Dice, Phone> make, Dice with)
    {
        while (true)
        {
            var phone = make(with);
            if (phones.Add(phone.E164)) return phone;
        }
    }

    private sealed record Draft(Country Country, Household Home, bool Female, string Given, string Surname, int BirthYear)
    {
        public DateOnly? Birth { get; init; }
        public string? Maiden { get; init; }
        public string? Suffix { get; init; }
        public Snare Snares { get; init; }
    }
}
