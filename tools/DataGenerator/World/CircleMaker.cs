using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.Tables;

namespace IntegrationHub.DataGenerator.World;

/// <summary>Makes people, a circle at a time, each from its number alone.</summary>
/// <param name="seed">Another population for each.</param>
/// <param name="economy">Where they work.</param>
/// <param name="now">The present day.</param>
public sealed class CircleMaker(ulong seed, Economy economy, DateOnly now)
{
    /// <summary>Mean records of a person.</summary>
    public const double RecordsEach = 2.2;

    /// <summary>How long the sources have been in use, in days.</summary>
    public const int Span = 2400;

    // Of ten thousand people, how many have one record, two, …; mean 2.2.
    private static readonly double[] RecordWeights = [0.385, 0.285, 0.175, 0.085, 0.039, 0.019, 0.008, 0.004];

    /// <summary>The circle of a number.</summary>
    public Circle Make(long number)
    {
        var dice = Dice.For(seed, Purpose.Circle, number);
        var land = Lands.All[dice.PickBy(Lands.Shares)];
        var maker = new Maker(economy, now, dice, land, land.Towns.Pick(dice), number);
        return dice.PickBy([0.41, 0.547, 0.012, 0.012, 0.007, 0.012]) switch
        {
            0 => new Circle(CircleKind.Single, [maker.Alone()]),
            1 => new Circle(CircleKind.Household, maker.Household()),
            2 => new Circle(CircleKind.Twins, maker.Twins()),
            3 => new Circle(CircleKind.FatherAndSon, maker.FatherAndSon()),
            4 => new Circle(CircleKind.Colleagues, maker.Colleagues()),
            _ => new Circle(CircleKind.Namesakes, maker.Namesakes()),
        };
    }

    private sealed class Maker(Economy economy, DateOnly now, Dice dice, Land land, Town town, long number)
    {
        private readonly bool abroad = land.FromAbroad(dice);
        private int made;

        internal Individual Alone() => Someone(new Traits { Home = Dwelling.In(town, number * 8, dice) });

        internal List<Individual> Household()
        {
            var home = Dwelling.In(town, number * 8, dice);
            if (dice.Chance(0.12)) return [Someone(new Traits { Home = home }), Someone(new Traits { Home = home })]; // A shared flat.
            var surname = land.Surname(dice, abroad);
            var age = Age();
            var family = dice.Chance(0.2) ? FamilyMailbox(surname) : null;
            var partner = new Traits { Home = home, Age = age, Surname = surname, Female = false, FamilyMail = family };
            List<Individual> people = [Someone(partner)];
            var sameName = dice.Chance(0.8);
            people.Add(Someone(partner with { Age = Math.Clamp(age + dice.Between(-6, 4), 20, 88), Female = true, Surname = sameName ? surname : null, Married = sameName }));
            if (age > 40 && dice.Chance(0.45))
                for (var children = dice.PickBy([0.5, 0.38, 0.12]) + 1; children > 0; children--)
                    people.Add(Someone(partner with { Age = Math.Max(17, age - dice.Between(23, 36)), Female = null, Given = Other(people), LeavesHome = true }));
            return people;
        }

        internal List<Individual> Twins()
        {
            var home = Dwelling.In(town, number * 8, dice);
            var surname = land.Surname(dice, abroad);
            var one = new Traits { Home = home, Age = dice.Between(18, 60), Surname = surname, Birth = null, Careful = true, Records = AtLeast(1) };
            var first = Someone(one);
            var second = Someone(one with { Birth = first.Birth, Female = dice.Chance(0.7) ? first.Female : null, Given = Other([first]), Records = AtLeast(1) });
            return [first, second];
        }

        internal List<Individual> FatherAndSon()
        {
            var home = Dwelling.In(town, number * 8, dice);
            var surname = land.Surname(dice, abroad);
            var age = dice.Between(42, 84);
            var given = land.Given(dice, false, abroad);
            var (senior, junior) = land.Tongue switch { "de" => ("sen.", "jun."), "fr" => ("", ""), _ => ("Sr.", "Jr.") };
            var father = new Traits { Home = home, Age = age, Surname = surname, Female = false, Given = given, Suffix = senior, Careful = true, Records = AtLeast(1) };
            List<Individual> people = [Someone(father), Someone(father with { Age = age - dice.Between(20, Math.Min(34, age - 18)), Suffix = junior, Records = AtLeast(1) })];
            if (dice.Chance(0.4)) people.Add(Someone(father with { Age = age - dice.Between(0, 6), Female = true, Given = default, Suffix = "", Married = true, Careful = false }));
            return people;
        }

        internal List<Individual> Colleagues()
        {
            var one = new Traits
            {
                Home = Dwelling.In(town, number * 8, dice),
                Surname = land.Surname(dice, abroad),
                Careful = true,
                Employer = economy.PickIn(town, dice),
                Records = AtLeast(1),
            };
            var first = Someone(one);
            return
            [
                first,
                Someone(one with { Home = Dwelling.In(town, number * 8 + 4, dice), Female = first.Female, Given = first.Given, NoMiddle = true, Records = AtLeast(1) }),
            ];
        }

        internal List<Individual> Namesakes()
        {
            var one = new Traits { Home = Dwelling.In(town, number * 8, dice), Surname = land.Surname(dice, abroad), Careful = true, Records = AtLeast(1) };
            var first = Someone(one);
            return [first, Someone(one with { Home = Dwelling.In(town, number * 8 + 4, dice), Female = first.Female, Given = first.Given, NoMiddle = true, Records = AtLeast(1) })];
        }

        private int AtLeast(int least) => Math.Max(least, dice.PickBy(RecordWeights) + 1);

        private int Age() => (int)(20 + 66 * (dice.Share() + dice.Share()) / 2);

        /// <summary>A given name that nobody could take for one of theirs: another first letter, and no short form in common.</summary>
        private Func<bool, Spelt> Other(IReadOnlyList<Individual> people) => female =>
        {
            for (var tries = 0; ; tries++)
            {
                var given = land.Given(dice, female, abroad);
                if (tries > 200 || people.All(p => p.Given.Plain[0] != given.Plain[0] && !ShortForms(p.Given).Any(s => ShortForms(given).Any(t => s.Plain[0] == t.Plain[0]))))
                    return given;
            }
        };

        private IEnumerable<Spelt> ShortForms(Spelt given) => land.Nicknames.TryGetValue(given.Text, out var names) ? names.Append(given) : [given];

        private Mailbox FamilyMailbox(Spelt surname) => new(
            land.Tongue switch
            {
                "de" => $"familie.{surname.Plain}",
                "fr" => $"famille.{surname.Plain}",
                "nl" => $"fam.{surname.Plain}",
                _ => dice.Chance(0.5) ? $"the{surname.Plain}s" : $"{surname.Plain}family",
            },
            land.MailHosts.Pick(dice),
            false);

        private Individual Someone(Traits traits)
        {
            var index = number * 8 + made++;
            var female = traits.Female ?? dice.Chance(0.5);
            var given = traits.Given.Resolve(female) ?? land.Given(dice, female, abroad);
            var surname = traits.Surname ?? land.Surname(dice, abroad);
            var age = traits.Age ?? Age();
            var middle = !traits.NoMiddle && dice.Chance(land.Code switch { "US" => 0.4, "GB" => 0.22, _ => 0.1 }) ? land.Given(dice, female, abroad) : null;
            if (middle?.Plain == given.Plain) middle = null;
            var birth = traits.Birth ?? now.AddDays(-(age * 365 + dice.Below(365)));
            var renamed = traits.Married && dice.Chance(0.6) ? dice.Chance(0.3) ? dice.Between(30, Span) : Span * 2 : Individual.Never;
            var maiden = renamed == Individual.Never ? null : land.Surname(dice, abroad);
            if (maiden is not null && dice.Chance(0.12)) surname = surname.Then("-", maiden);

            var moved = dice.Chance(traits.LeavesHome ? 0.35 : 0.17) ? dice.Between(30, Span) : Individual.Never;
            var former = traits.Home.Address;
            var home = traits.Home;
            if (moved != Individual.Never)
                home = dice.Chance(0.5) || !traits.LeavesHome ? Dwelling.In(dice.Chance(0.6) ? town : land.Towns.Pick(dice), index + 3, dice) : home;
            if (ReferenceEquals(home, traits.Home)) moved = Individual.Never;

            var employer = traits.Employer ?? (age is > 19 and < 68 && dice.Chance(0.68) ? economy.PickIn(dice.Chance(0.85) ? town : land.Towns.Pick(dice), dice) : null);
            var newJob = employer is not null && traits.Employer is null && dice.Chance(0.24) ? dice.Between(30, Span) : Individual.Never;
            var before = newJob == Individual.Never ? null : economy.PickIn(town, dice);
            if (before?.Key == employer?.Key) (before, newJob) = (null, Individual.Never);
            var workMail = employer is not null && (traits.Employer is not null || dice.Chance(0.82)) ? WorkMailbox(employer, given, surname) : null;

            var newMail = dice.Chance(0.14) ? dice.Between(30, Span) : Individual.Never;
            var newMobile = dice.Chance(0.11) ? dice.Between(30, Span) : Individual.Never;
            var mobile = dice.Chance(0.88);
            return new Individual
            {
                Female = female,
                Given = given,
                Middle = middle,
                Surname = surname,
                MaidenName = maiden,
                RenamedAgo = renamed,
                Suffix = traits.Suffix,
                Birth = birth,
                Home = home.Address,
                FormerHome = moved == Individual.Never ? null : former,
                MovedAgo = moved,
                HomeLine = home.Line,
                Mobile = mobile ? PhoneLine.MobileOf(town, index, dice) : null,
                FormerMobile = mobile && newMobile != Individual.Never ? PhoneLine.MobileOf(town, index + 4, dice) : null,
                NewMobileAgo = newMobile,
                PrivateMail = workMail is null || dice.Chance(0.86) ? PrivateMailbox(given, surname, birth.Year) : null,
                FormerPrivateMail = newMail == Individual.Never ? null : PrivateMailbox(given, maiden ?? surname, birth.Year),
                NewMailAgo = newMail,
                FamilyMail = traits.FamilyMail,
                Employer = employer,
                JobTitle = employer is null ? "" : land.JobTitles.Pick(dice),
                WorkMail = workMail,
                FormerEmployer = before,
                FormerJobTitle = before is null ? "" : land.JobTitles.Pick(dice),
                FormerWorkMail = before is not null && workMail is not null ? WorkMailbox(before, given, newJob > renamed ? maiden ?? surname : surname) : null,
                NewJobAgo = newJob,
                Records = traits.Records ?? dice.PickBy(RecordWeights) + 1,
                Careful = traits.Careful,
            };
        }

        private Mailbox PrivateMailbox(Spelt given, Spelt surname, int birthYear)
        {
            string first = given.Plain, last = surname.Plain;
            var local = dice.Below(20) switch
            {
                < 7 => $"{first}.{last}",
                < 10 => $"{first}{last}",
                < 12 => $"{first[0]}{last}",
                < 14 => $"{first}.{last}{birthYear}",
                < 15 => $"{first}_{last}",
                < 16 => $"{last}.{first}",
                < 17 => $"{first}{birthYear}",
                < 19 => $"{first}{last[0]}",
                _ => dice.Pick(Handles) + dice.Pick(Handles),
            };
            return new Mailbox(local, land.MailHosts.Pick(dice), false);
        }

        private static Mailbox WorkMailbox(Employer employer, Spelt given, Spelt surname)
        {
            string first = given.Plain, last = surname.Plain;
            var local = employer.MailStyle switch
            {
                MailStyle.Initial => $"{first[0]}{last}",
                MailStyle.Given => first,
                MailStyle.Surname when last.Length > 5 => last, // Short ones, such as Post or Law, are read as a mailbox of many.
                MailStyle.Joined => first + last,
                MailStyle.Underscored => $"{first}_{last}",
                _ => $"{first}.{last}",
            };
            return new Mailbox(local, employer.Domain, true);
        }
    }

    private static readonly string[] Handles =
    [
        "sunny", "happy", "blue", "racer", "moon", "tiger", "star", "garden", "biker", "cookie", "pixel", "music", "captain", "lucky", "river", "panda", "rocket", "coffee", "silver", "storm",
        "gipsy", "ninja", "honey", "wolf", "surfer", "chess", "piano", "salsa", "falcon", "bear", "turbo", "sky", "berry", "maple", "ocean", "runner", "snow", "fox", "book", "dance",
    ];

    /// <summary>A home and its fixed line.</summary>
    private sealed record Dwelling(Address Address, PhoneLine? Line)
    {
        internal static Dwelling In(Town town, long index, Dice dice) => new(Address.In(town, dice), dice.Chance(0.5) ? PhoneLine.FixedOf(town, index, dice) : null);
    }

    /// <summary>What is settled before someone is made; the rest is left to chance.</summary>
    private sealed record Traits
    {
        internal required Dwelling Home { get; init; }
        internal int? Age { get; init; }
        internal DateOnly? Birth { get; init; }
        internal bool? Female { get; init; }
        internal Wish Given { get; init; }
        internal Spelt? Surname { get; init; }
        internal string Suffix { get; init; } = "";
        internal bool Married { get; init; }
        internal bool LeavesHome { get; init; }
        internal bool NoMiddle { get; init; }
        internal bool Careful { get; init; }
        internal Mailbox? FamilyMail { get; init; }
        internal Employer? Employer { get; init; }
        internal int? Records { get; init; }
    }

    /// <summary>A given name that is settled, or how to find one; the default leaves it to chance.</summary>
    private readonly record struct Wish(Spelt? Name, Func<bool, Spelt>? Find)
    {
        internal Spelt? Resolve(bool female) => Name ?? Find?.Invoke(female);

        public static implicit operator Wish(Spelt? name) => new(name, null);

        public static implicit operator Wish(Func<bool, Spelt> find) => new(null, find);
    }
}
