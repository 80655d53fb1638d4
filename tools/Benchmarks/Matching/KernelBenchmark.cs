using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using IntegrationHub.Matching.Kernel;
using IntegrationHub.Normalising;
using Perfolizer.Horology;

namespace IntegrationHub.Benchmarks.Matching;

/// <summary>
/// What one pair of values costs, by the plain similarity and by the packed one, and what one row of a column costs until it is a code. One thread, in processor time; made-up values, the same in each run.
/// </summary>
internal static class KernelBenchmark
{
    public static int Run()
    {
        var config = new ManualConfig()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithClock(new ProcessorClock()).WithIterationTime(TimeInterval.FromMilliseconds(150)).WithWarmupCount(5).WithIterationCount(15))
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .WithOptions(ConfigOptions.JoinSummary)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "hub-benchmarks"));
        var summaries = BenchmarkRunner.Run([typeof(PairBenchmarks), typeof(ColumnBenchmarks)], config);
        return summaries.Any(s => s.HasCriticalValidationErrors || s.Reports.Any(r => !r.Success)) ? 1 : 0;
    }
}

/// <summary>Processor time of this process instead of the time of day, so that what else runs on the machine counts little.</summary>
internal sealed class ProcessorClock : IClock
{
    public string Title => "processor time";

    public bool IsAvailable => true;

    public Frequency Frequency => new(TimeSpan.TicksPerSecond);

    public long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}

/// <summary>200 values against 1,000 others, each drawn from 10,000 distinct ones; per pair.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class PairBenchmarks
{
    private const int Lefts = 200;
    private const int Rights = 1_000;
    private const int Distinct = 10_000;
    private const double Threshold = 0.86;
    private const int AllEdits = 128;

    private readonly float[] similarity = new float[Rights];
    private readonly int[] edits = new int[Rights];
    private string[] texts = [];
    private int[] lefts = [];
    private int[] rights = [];
    private PackedSimilarity kernel = new(PackedValues.Of(new ValueDictionary()));

    /// <summary>How many letters the values have: like names, like addresses and mailboxes, like whole lines.</summary>
    [Params("5-12", "16-28", "40-60")]
    public string Letters { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(5);
        var bounds = Letters.Split('-');
        var values = new ValueDictionary();
        while (values.Count < Distinct) values.Add(MadeUp.Name(random, int.Parse(bounds[0]), int.Parse(bounds[1])));
        texts = [.. Enumerable.Range(0, Distinct).Select(code => values[code].ToString())];
        lefts = [.. Enumerable.Range(0, Lefts).Select(_ => random.Next(Distinct))];
        rights = [.. Enumerable.Range(0, Rights).Select(_ => random.Next(Distinct))];
        kernel = new PackedSimilarity(PackedValues.Of(values));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Lefts * Rights), BenchmarkCategory("Jaro-Winkler")]
    public double PlainJaroWinkler()
    {
        var sum = 0.0;
        foreach (var left in lefts)
            foreach (var right in rights) sum += Similarity.JaroWinkler(texts[left], texts[right]);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Lefts * Rights), BenchmarkCategory("Jaro-Winkler")]
    public float[] PackedJaroWinkler()
    {
        foreach (var left in lefts) kernel.JaroWinkler(left, rights, 0, similarity);
        return similarity;
    }

    [Benchmark(OperationsPerInvoke = Lefts * Rights), BenchmarkCategory("Jaro-Winkler")]
    public float[] PackedJaroWinklerOfAtLeast86()
    {
        foreach (var left in lefts) kernel.JaroWinkler(left, rights, Threshold, similarity);
        return similarity;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Lefts * Rights), BenchmarkCategory("All edits")]
    public int PlainEdits() => Plain(AllEdits);

    [Benchmark(OperationsPerInvoke = Lefts * Rights), BenchmarkCategory("All edits")]
    public int[] PackedEdits() => Packed(AllEdits);

    [Benchmark(Baseline = true, OperationsPerInvoke = Lefts * Rights), BenchmarkCategory("Two edits")]
    public int PlainTwoEdits() => Plain(2);

    [Benchmark(OperationsPerInvoke = Lefts * Rights), BenchmarkCategory("Two edits")]
    public int[] PackedTwoEdits() => Packed(2);

    private int Plain(int most)
    {
        var sum = 0;
        foreach (var left in lefts)
            foreach (var right in rights) sum += Similarity.Edits(texts[left], texts[right], most);
        return sum;
    }

    private int[] Packed(int most)
    {
        foreach (var left in lefts) kernel.Edits(left, rights, most, edits);
        return edits;
    }
}

/// <summary>A column of a million mailboxes, all of them different, or of a million names, about 20,000 of them different, as codes; per row.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ColumnBenchmarks
{
    private const int Rows = 1_000_000;

    private string[] mailboxes = [];
    private string[] names = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(6);
        var distinct = Enumerable.Range(0, 20_000).Select(_ => MadeUp.Name(random, 5, 12)).ToArray();
        names = [.. Enumerable.Range(0, Rows).Select(_ => distinct[(int)(Math.Pow(random.NextDouble(), 3) * distinct.Length)])];
        mailboxes = [.. names.Select((name, row) => $"{name}.{row}@mail{row % 2000}.example")];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows), BenchmarkCategory("Mailboxes")]
    public int DictionaryOfMailboxes() => Plain(mailboxes);

    [Benchmark(OperationsPerInvoke = Rows), BenchmarkCategory("Mailboxes")]
    public EncodedColumn ValueDictionaryOfMailboxes() => EncodedColumn.Of(Rows, row => mailboxes[row], 1, CancellationToken.None);

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows), BenchmarkCategory("Names")]
    public int DictionaryOfNames() => Plain(names);

    [Benchmark(OperationsPerInvoke = Rows), BenchmarkCategory("Names")]
    public EncodedColumn ValueDictionaryOfNames() => EncodedColumn.Of(Rows, row => names[row], 1, CancellationToken.None);

    /// <summary>What the runtime offers, with the strings as keys.</summary>
    private static int Plain(string[] column)
    {
        var (values, codes) = (new Dictionary<string, int>(), new int[column.Length]);
        for (var row = 0; row < column.Length; row++)
        {
            if (!values.TryGetValue(column[row], out codes[row])) values.Add(column[row], codes[row] = values.Count);
        }

        return values.Count;
    }
}

/// <summary>Values made of syllables, so that letters and pairs of letters are about as common as in names.</summary>
internal static class MadeUp
{
    private static readonly string[] Syllables =
    [
        "an", "na", "ma", "ri", "el", "jo", "ha", "ber", "ger", "son", "li", "st", "ka", "tin", "der", "mo", "ul", "ra", "vic", "to", "sch", "wil", "bo", "en", "ze", "ne", "al", "ex", "ia", "us",
    ];

    public static string Name(Random random, int least, int most)
    {
        var (name, length) = ("", random.Next(least, most + 1));
        while (name.Length < length) name += Syllables[random.Next(Syllables.Length)];
        return name[..length];
    }
}
