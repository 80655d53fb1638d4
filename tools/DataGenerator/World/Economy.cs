using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.Tables;

namespace IntegrationHub.DataGenerator.World;

/// <summary>
/// All companies, made on demand from their numbers. A town has companies in proportion to its people; few are large. The number gives the words of the name, each combination once, and so the domain:
/// when all combinations are used, the domain gets a further word.
/// </summary>
public sealed class Economy
{
    private static readonly string[] FurtherWords = ["group", "online", "services", "world", "hq", "direct", "plus", "team", "partner", "europe"];

    private readonly ulong seed;
    private readonly LandEconomy[] lands;

    /// <summary>Companies for about so many people.</summary>
    public Economy(ulong seed, long people)
    {
        this.seed = seed;
        lands = [.. Lands.All.Select(l => new LandEconomy(l, people, seed))];
    }

    /// <summary>A company in a town: small numbers are taken more often, so that a few have many people.</summary>
    public Employer PickIn(Town town, Dice dice)
    {
        var land = lands[IndexOf(town.Land)];
        var index = land.FirstOf[town.Index] + (long)(land.CountOf[town.Index] * Math.Pow(dice.Share(), 1.6));
        return Make(land, town, index);
    }

    /// <summary>How many companies the country has.</summary>
    public long CountIn(Land land) => lands[IndexOf(land)].Count;

    /// <summary>The company of a number.</summary>
    public Employer Make(Land land, long index)
    {
        var economy = lands[IndexOf(land)];
        var town = Array.FindLastIndex(economy.FirstOf, f => f <= index);
        return Make(economy, land.Towns.Items[town], index);
    }

    private Employer Make(LandEconomy land, Town town, long index)
    {
        var number = IndexOf(land.Land);
        var dice = Dice.For(seed, Purpose.Employer, (index << 3) + number);
        var combinations = (long)land.Firsts.Length * land.Land.Trades.Length;
        var (turn, place) = (index / combinations, land.Order[index % combinations]);
        var first = land.Firsts[place % land.Firsts.Length];
        var trade = land.Land.Trades[place / land.Firsts.Length];
        var name = first.Then(" ", trade);
        var further = turn == 0 ? "" : turn <= FurtherWords.Length ? $"-{FurtherWords[turn - 1]}" : $"-{turn}";
        return new Employer(
            (index << 3) + number,
            name,
            dice.Pick(land.Land.LegalForms),
            $"{first.Plain}{trade.Plain}{further}.{land.Land.TopLevel}",
            (MailStyle)dice.PickBy([0.55, 0.2, 0.08, 0.05, 0.07, 0.05]),
            Address.In(town, dice),
            PhoneLine.FixedOf(town, index * 2 + 1, dice),
            dice.Pick(["info", "info", "info", "office", "contact", "sales", "hello", "admin"]));
    }

    private static int IndexOf(Land land)
    {
        for (var i = 0; i < Lands.All.Count; i++)
            if (ReferenceEquals(Lands.All[i], land)) return i;
        throw new ArgumentException($"{land.Code} is none of the countries.", nameof(land));
    }

    private sealed class LandEconomy
    {
        internal LandEconomy(Land land, long people, ulong seed)
        {
            Land = land;
            var (starts, ends) = (Lists.Words("coined", 0), Lists.Words("coined", 1));
            Firsts =
            [
                .. Lists.Words("companies").Concat(from s in starts from e in ends select s + e).Select(w => Spelt.Of(w, land.Tongue))
                    .Concat(land.CommonSurnames).DistinctBy(w => w.Plain),
            ];
            Order = new Permutation((long)Firsts.Length * land.Trades.Length, seed);
            FirstOf = new long[land.Towns.Items.Count];
            CountOf = new long[land.Towns.Items.Count];
            for (var t = 0; t < CountOf.Length; t++)
            {
                FirstOf[t] = Count;
                CountOf[t] = Math.Max(1, (long)(people * land.Share * land.Towns.ShareOf(t) * 0.2));
                Count += CountOf[t];
            }
        }

        internal Land Land { get; }

        internal Spelt[] Firsts { get; }

        internal Permutation Order { get; }

        internal long[] FirstOf { get; }

        internal long[] CountOf { get; }

        internal long Count { get; }
    }
}
