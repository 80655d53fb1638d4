using System.Globalization;
using IntegrationHub.DataGenerator.Defects;
using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.Traps;
using IntegrationHub.DataGenerator.World;
using IntegrationHub.DataGenerator.Writing;

namespace IntegrationHub.DataGenerator;

/// <summary>
/// A population and its records, made as they are read. The same seed and size give the same rows in the same order, on any machine, whatever the number of threads.
/// Memory does not grow with the rows; only the table that keeps mailboxes apart does, up to 64 MB.
/// </summary>
public sealed class ContactWorld
{
    private const int CirclesInBatch = 8192;

    private readonly ulong seed;
    private readonly long mostRecords;
    private readonly long mostPeople;
    private readonly DateOnly now;
    private readonly bool clean;
    private readonly DefectPlan? defects;

    private ContactWorld(ulong seed, long mostRecords, long mostPeople, DateOnly now, bool clean = false, DefectPlan? defects = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mostRecords);
        ArgumentOutOfRangeException.ThrowIfNegative(mostPeople);
        (this.seed, this.mostRecords, this.mostPeople, this.now, this.clean, this.defects) = (seed, mostRecords, mostPeople, now, clean, defects);
    }

    /// <summary>So many records, of as many people as that takes.</summary>
    /// <param name="seed">Another population for each.</param>
    /// <param name="records">How many rows.</param>
    /// <param name="now">The present day, from which ages and the days of changes count back.</param>
    public ContactWorld(int seed, long records, DateOnly? now = null)
        : this((ulong)(uint)seed, records, long.MaxValue, now ?? Today)
    {
    }

    /// <summary>The present day where none is given: data stay the same as time goes by.</summary>
    public static DateOnly Today { get; } = new(2026, 11, 1);

    /// <summary>So many people, with as many records as they have.</summary>
    public static ContactWorld OfPeople(int seed, long people, DateOnly? now = null) => new((uint)seed, long.MaxValue, people, now ?? Today);

    /// <summary>The same people as <see cref="OfPeople"/> makes, each with one faultless record.</summary>
    public static ContactWorld Clean(int seed, long people, DateOnly? now = null) => new((uint)seed, long.MaxValue, people, now ?? Today, clean: true);

    /// <summary>The rows of <see cref="Clean"/>, some of them spoilt, each in one way at most, and some added.</summary>
    public static ContactWorld Spoilt(int seed, long people, DefectPlan defects, DateOnly? now = null) => new((uint)seed, long.MaxValue, people, now ?? Today, clean: true, defects);

    /// <summary>All rows, in an order that tells nothing beyond a window of some 35,000 rows.</summary>
    public IEnumerable<ContactRow> Rows() => Batches(b => b.Rows).SelectMany(r => r);

    /// <summary>All rows and trap pairs in batches, each handed to <paramref name="render"/> on one of several threads; the answers come in order.</summary>
    public IEnumerable<T> Batches<T>(Func<ContactBatch, T> render)
    {
        var people = Math.Min(mostPeople, (long)(mostRecords / CircleMaker.RecordsEach) + 1);
        var economy = new Economy(seed, people);
        var maker = new CircleMaker(seed, economy, now);
        var register = new MailboxRegister((long)(people * 2.2));
        var ids = new Permutation(mostRecords == long.MaxValue ? Math.Max(1, mostPeople * 8) : Math.Max(1, mostRecords), seed);
        long rows = 0, persons = 0;
        for (long batch = 0; rows < mostRecords && persons < mostPeople;)
        {
            var wave = new Circle[WaveOf(mostRecords - rows, mostPeople - persons)][];
            var first = batch;
            Parallel.For(0, wave.Length, i => wave[i] = Circles(maker, first + i));
            batch += wave.Length;

            // What depends on all who came before is settled one batch after the other.
            var starts = new long[wave.Length + 1];
            for (var i = 0; i < wave.Length; i++)
            {
                starts[i] = rows;
                (var taken, rows, persons) = Settle(wave[i], register, rows, persons);
                wave[i] = taken;
            }

            starts[^1] = rows;
            var answers = new T[wave.Length];
            var number = first;
            Parallel.For(0, wave.Length, i => answers[i] = render(clean
                ? WriteClean(wave[i], economy, number + i, ids)
                : Write(wave[i], starts[i], starts[i + 1] - starts[i], number + i, ids)));
            foreach (var answer in answers) yield return answer;
        }
    }

    /// <summary>How many batches to make at once: as many as there are cores, and no more than are left.</summary>
    private static int WaveOf(long recordsLeft, long peopleLeft)
    {
        var left = Math.Min(recordsLeft / (CirclesInBatch * 4.0), peopleLeft / (CirclesInBatch * 1.8));
        return (int)Math.Clamp(Math.Ceiling(left), 1, Environment.ProcessorCount);
    }

    private static Circle[] Circles(CircleMaker maker, long batch)
    {
        var circles = new Circle[CirclesInBatch];
        for (var i = 0; i < circles.Length; i++) circles[i] = maker.Make(batch * CirclesInBatch + i);
        return circles;
    }

    /// <summary>Numbers people and mailboxes, as far as there is room for them.</summary>
    private (Circle[] Taken, long Rows, long People) Settle(Circle[] circles, MailboxRegister register, long rows, long people)
    {
        for (var c = 0; c < circles.Length; c++)
        {
            if (rows >= mostRecords || people >= mostPeople) return (circles[..c], rows, people);
            var room = circles[c].People;
            if (people + room.Count > mostPeople) circles[c] = circles[c] with { People = [.. room.Take((int)(mostPeople - people))] };
            foreach (var who in circles[c].People)
            {
                who.Number = people++;
                foreach (var mailbox in who.OwnMailboxes) register.Add(mailbox);
                if (who.FamilyMail is { Address.Length: 0 } family) register.Add(family);
            }

            rows = Math.Min(mostRecords, rows + (clean ? circles[c].People.Count : circles[c].Records));
        }

        return (circles, rows, people);
    }

    private ContactBatch Write(Circle[] circles, long start, long most, long batch, Permutation ids)
    {
        var scribe = new Scribe(now);
        var rows = new List<ContactRow>((int)most);
        var traps = new List<TrapPair>();
        foreach (var circle in circles)
        {
            var written = new List<List<ContactRow>>(circle.People.Count);
            foreach (var who in circle.People)
            {
                var own = scribe.RecordsOf(who, Dice.For(seed, Purpose.Records, who.Number));
                if (rows.Count + own.Count > most) own.RemoveRange((int)(most - rows.Count), (int)(rows.Count + own.Count - most));
                foreach (var row in own)
                {
                    row.Id = (ids[start + rows.Count] + 1).ToString(CultureInfo.InvariantCulture);
                    rows.Add(row);
                }

                written.Add(own);
            }

            TrapFinder.Find(circle, written, traps);
        }

        Shuffle(rows, Dice.For(seed, Purpose.Order, batch));
        return new ContactBatch(rows, traps, []);
    }

    private ContactBatch WriteClean(Circle[] circles, Economy economy, long batch, Permutation ids)
    {
        var scribe = new CleanScribe(economy, now);
        var scene = new DefectScene(economy, now);
        var rows = new List<ContactRow>();
        var made = new List<Defect>();
        foreach (var who in circles.SelectMany(c => c.People))
        {
            var row = scribe.RecordOf(who, Dice.For(seed, Purpose.Records, who.Number));
            row.Id = (ids[who.Number] + 1).ToString(CultureInfo.InvariantCulture);
            rows.Add(row);
            var dice = Dice.For(seed, Purpose.Defect, who.Number);
            if (defects?.Pick(dice) is not { } kind || kind.Apply(row, who, scene, dice) is not { } spoilt) continue;
            if (kind.Adds)
            {
                // Behind all ids of first records.
                spoilt.Id = (mostPeople * 8 + ids[who.Number] + 1).ToString(CultureInfo.InvariantCulture);
                rows.Add(spoilt);
            }

            made.Add(new Defect(kind, spoilt.Id, kind.Adds ? row.Id : "", spoilt.Email));
        }

        Shuffle(rows, Dice.For(seed, Purpose.Order, batch));
        return new ContactBatch(rows, [], made);
    }

    private static void Shuffle(List<ContactRow> rows, Dice dice)
    {
        for (var i = rows.Count - 1; i > 0; i--)
        {
            var j = dice.Below(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
    }
}

/// <summary>Rows in file order, with the trap pairs among them and the defects that were made.</summary>
public sealed record ContactBatch(IReadOnlyList<ContactRow> Rows, IReadOnlyList<TrapPair> Traps, IReadOnlyList<Defect> Defects);
