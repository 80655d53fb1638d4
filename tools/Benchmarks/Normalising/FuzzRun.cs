namespace IntegrationHub.Benchmarks.Normalising;

/// <summary>Hostile strings through every normaliser: none may throw, take over a millisecond a thousand characters, or change its own answer on a second look.</summary>
internal static class FuzzRun
{
    private const int Short = 1_024;
    private const int Long = 1 << 20;
    private const int Slice = 500;
    private const int Looks = 7;

    private static readonly string?[] Regions = ["US", "DE", "GB", "FR", "AU", null, "NL", "IT", "ES", "AR", "IE", "CA", "CH"];

    /// <summary>The number of failures.</summary>
    public static int Run(int strings, int longOnes, int seed)
    {
        Tally[] tallies = [.. HostileField.All.Select(f => new Tally(f))];
        var warm = new HostileStream(seed - 1);
        for (var i = 0; i < 3_000; i++) Each(tallies, warm.Next(Short), i, record: false);
        Console.WriteLine($"{strings:N0} strings of up to {Short:N0} characters and {longOnes} of {Long:N0} for each of {tallies.Length} functions, seed {seed}");
        Parallel.For(0, (strings + Slice - 1) / Slice, slice =>
        {
            var stream = new HostileStream(seed + slice);
            for (var i = 0; i < Slice && slice * Slice + i < strings; i++) Each(tallies, stream.Next(Short), i, record: true);
        });
        Parallel.For(0, longOnes, i => Each(tallies, new HostileStream(-seed - i).Long(Long), i, record: true));

        Console.WriteLine();
        Console.WriteLine("| function | strings | thrown | changed by a second look | slowest short one, ms | slowest long one, ms a 1,024 characters |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var t in tallies) Console.WriteLine($"| {t.Field.Name} | {t.Count:N0} | {t.Thrown} | {t.Changed} | {t.WorstShort:F3} | {t.WorstLong:F3} |");
        foreach (var t in tallies)
            foreach (var problem in t.Problems) Console.WriteLine($"{t.Field.Name}: {problem}");
        return tallies.Sum(t => t.Thrown + t.Changed + (t.WorstShort > 1 || t.WorstLong > 1 ? 1 : 0));
    }

    private static void Each(Tally[] tallies, string text, int number, bool record)
    {
        foreach (var tally in tallies)
        {
            var region = Regions[(number + text.Length) % Regions.Length];
            try
            {
                var start = ThreadClock.Milliseconds;
                var answer = tally.Field.Apply(text, region);
                var took = ThreadClock.Milliseconds - start;
                var problem = tally.Field.Problem(answer, region);
                if (!record) continue;
                // A short one has one millisecond, whatever its length. Over a tenth of what is allowed it is looked at again: the first look may have met a collection of garbage or code not yet compiled.
                var share = text.Length <= Short ? 1 : text.Length / (double)Short;
                for (var look = 1; look < Looks && took > share / 10; look++)
                {
                    start = ThreadClock.Milliseconds;
                    tally.Field.Apply(text, region);
                    took = Math.Min(took, ThreadClock.Milliseconds - start);
                }

                tally.Add(took / share, text, region, problem);
            }
            catch (Exception e)
            {
                if (record) tally.Throw(e, text, region);
            }
        }
    }

    private sealed class Tally(HostileField field)
    {
        private const int MostProblems = 5;
        private readonly Lock own = new();

        public HostileField Field { get; } = field;

        public int Count { get; private set; }

        public int Thrown { get; private set; }

        public int Changed { get; private set; }

        public double WorstShort { get; private set; }

        public double WorstLong { get; private set; }

        public List<string> Problems { get; } = [];

        public void Add(double took, string text, string? region, string? problem)
        {
            lock (own)
            {
                Count++;
                var worst = text.Length <= Short ? WorstShort : WorstLong;
                if (took > worst)
                {
                    if (text.Length <= Short) WorstShort = took;
                    else WorstLong = took;
                    if (took > 1) Problems.Add($"{took:F2} ms: {Shown(text)}");
                }

                if (problem is null) return;
                if (++Changed <= MostProblems) Problems.Add($"in {region}: {Shown(text)}: {Shown(problem)}");
            }
        }

        public void Throw(Exception e, string text, string? region)
        {
            lock (own)
            {
                Count++;
                if (++Thrown <= MostProblems) Problems.Add($"threw in {region}: {e.GetType().Name} {e.Message} at {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}: {Shown(text)}");
            }
        }

        private static string Shown(string text) =>
            string.Concat((text.Length > 400 ? text[..400] + "…" : text).Select(c => c is < ' ' or > '~' and < '\u00c0' or > '\u024f' ? $"\\u{(int)c:x4}" : c.ToString()));
    }
}
