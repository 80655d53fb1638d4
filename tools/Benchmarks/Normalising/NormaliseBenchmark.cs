using System.Diagnostics;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Benchmarks.Normalising;

/// <summary>How many whole contacts a second are normalised on all cores, and what one value of each field costs. Processor time beside wall time, since the machine may have other work.</summary>
internal static class NormaliseBenchmark
{
    private const int Runs = 3;
    private const int Slice = 4_096;

    public static void Run(int contacts)
    {
        Console.WriteLine($"{contacts:N0} made contacts a run, each run its own, {Environment.ProcessorCount} cores");
        // The compiler's first look is not what a long run costs.
        foreach (var record in Made(20_000, seed: 0)) Keep(RecordNormaliser.Normalise(record));

        Console.WriteLine();
        Console.WriteLine("| run | seconds | contacts a second | µs of processor time a contact | allocated bytes a contact |");
        Console.WriteLine("|---|---|---|---|---|");
        for (var run = 1; run <= Runs; run++)
        {
            // Values of its own: nothing unique to a contact was seen before.
            var records = Made(contacts, run);
            GC.Collect();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var busy = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            Parallel.For(0, (contacts + Slice - 1) / Slice, slice =>
            {
                var end = Math.Min(contacts, (slice + 1) * Slice);
                for (var i = slice * Slice; i < end; i++) Keep(RecordNormaliser.Normalise(records[i]));
            });
            var seconds = clock.Elapsed.TotalSeconds;
            busy = Environment.CpuUsage.TotalTime - busy;
            Console.WriteLine($"| {run} | {seconds:F2} | {contacts / seconds:N0} | {busy.TotalMicroseconds / contacts:F2} | {(GC.GetTotalAllocatedBytes(precise: true) - before) / contacts:N0} |");
        }

        Fields(Made(Math.Min(contacts, 200_000), Runs + 1));
    }

    private static MappedRecord[] Made(int contacts, int seed)
    {
        var stream = new ContactStream(seed);
        var records = new MappedRecord[contacts];
        for (var i = 0; i < records.Length; i++) records[i] = stream.Next();
        return records;
    }

    private static void Fields(MappedRecord[] records)
    {
        Console.WriteLine();
        Console.WriteLine("| field | µs of processor time a value | allocated bytes a value |");
        Console.WriteLine("|---|---|---|");
        Time("names", records, r => PersonNames.NormaliseParts(null, r[Field.FirstName], null, r[Field.LastName], null, null, null));
        Time("e-mail", records, r => r[Field.Email] is { } v ? EmailAddresses.Normalise(v) : null);
        TimeWithRegion("phone", records, (r, region) => r[Field.Phone] is { } v ? Phones.Normalise(v, region) : null);
        Time("company", records, r => r[Field.Company] is { } v ? Companies.Normalise(v) : null);
        Time("job title", records, r => r[Field.JobTitle] is { } v ? JobTitles.Normalise(v) : null);
        TimeWithRegion("address in parts", records, (r, region) => Addresses.NormaliseParts(null, r[Field.Street], null, r[Field.City], r[Field.State], r[Field.Postcode], null, region));
        TimeWithRegion("address in one line", records, (r, region) => Addresses.Normalise($"{r[Field.Street]}, {r[Field.City]} {r[Field.Postcode]}", region));
        Time("name in one cell", records, r => PersonNames.Normalise($"{r[Field.FirstName]} {r[Field.LastName]}"));
        Time("country", records, r => r[Field.Country] is { } v ? Countries.Normalise(v) : null);
        TimeWithRegion("birth date", records, (r, region) => r[Field.BirthDate] is { } v ? Dates.Normalise(v, region) : null);
        Time("text", records, r => r[Field.City] is { } v ? Texts.Normalise(v) : null);
    }

    private static void Time(string field, MappedRecord[] records, Func<FieldValues, object?> normalise) => TimeWithRegion(field, records, (values, _) => normalise(values));

    private static void TimeWithRegion(string field, MappedRecord[] records, Func<FieldValues, string?, object?> normalise)
    {
        foreach (var record in records.AsSpan(0, records.Length / 10)) Keep(normalise(record.Raw, record.Region));
        var (busy, before) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
        foreach (var record in records) Keep(normalise(record.Raw, record.Region));
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine($"| {field} | {(Environment.CpuUsage.TotalTime - busy).TotalMicroseconds / records.Length:F2} | {bytes / records.Length:N0} |");
    }

    // A result that nobody looks at might not be made at all.
    [ThreadStatic]
    private static object? kept;

    private static void Keep(object? result) => kept = result ?? kept;
}
