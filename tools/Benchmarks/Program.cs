using IntegrationHub.Benchmarks;
using IntegrationHub.Benchmarks.Matching;
using IntegrationHub.Benchmarks.Normalising;
using IntegrationHub.Benchmarks.Workflows;

const string usage = """
    dotnet run -c Release --project tools/Benchmarks -- sync [PEOPLE ...]    from nothing to golden records over HTTP; default 4500 45000 people: about 10,000 and 100,000 records
    dotnet run -c Release --project tools/Benchmarks -- kernel               one pair of values, plain and packed, and a column of a million values as codes
    dotnet run -c Release --project tools/Benchmarks -- dedupe [--most RECORDS]  hub dedupe on generated contacts and the labelled files, into docs/benchmarks.md; default up to 1000000 rows; 10000000 takes minutes and 6 GB
    dotnet run -c Release --project tools/Benchmarks -- incremental [RECORDS [MORE [KEEP]]]  one more record, and batches of them, against so many resolved ones; default 1000000 and 50000; KEEP: a folder for the filled store, used again when it is there
    dotnet run -c Release --project tools/Benchmarks -- normalise [CONTACTS]  made contacts through all normalisers, in memory, on all cores; default 500000
    dotnet run -c Release --project tools/Benchmarks -- fuzz [STRINGS [SEED]]  hostile strings through all normalisers; default 1000000, and a ten-thousandth as many of 1 MB
    dotnet run -c Release --project tools/Benchmarks -- audit [GOLDEN]       the hygiene audit over a SQLite store of so many golden records; default 1000000
    dotnet run -c Release --project tools/Benchmarks -- contact-days [DAYS [SEED]]  random lives over the five workflows, every message held against the rules; default 1000000
    dotnet run -c Release --project tools/Benchmarks -- event-streams [STREAMS [SEED]]  events in order, and shuffled and repeated; default 10000
    dotnet run -c Release --project tools/Benchmarks -- workflow-latency [--contacts N] [--rate R] [--seconds S] [--sync RECORDS] [--db CONNECTION] [--keep DIR]  from an event to its message; default 1000000 contacts, 1000 events a second, 30 seconds; --keep: a folder for the filled store, used again
    dotnet run -c Release --project tools/Benchmarks -- workflow-timers [--contacts N] [--due N] [--pending N] [--db CONNECTION] [--keep DIR]  due timers through the engine; default 200000 contacts, all due, beside 10000000 that are not
    """;

switch (args)
{
    case ["sync", .. var sizes]:
        return await SyncBenchmark.Run(sizes.Length == 0 ? [4_500, 45_000] : [.. sizes.Select(int.Parse)], CancellationToken.None);
    case ["normalise", .. var contacts]:
        NormaliseBenchmark.Run(contacts is [var count] ? int.Parse(count) : 500_000);
        return 0;
    case ["kernel"]:
        return KernelBenchmark.Run();
    case ["dedupe", .. var options]:
        return await DedupeBenchmark.Run(options is ["--most", var most] ? int.Parse(most) : 1_000_000, equal: true, CancellationToken.None);
    case ["incremental", .. var sizes]:
        return await IncrementalBenchmark.Run(
            sizes.Length > 0 ? int.Parse(sizes[0]) : 1_000_000, sizes.Length > 1 ? int.Parse(sizes[1]) : 50_000, sizes.Length > 2 ? sizes[2] : null, CancellationToken.None);
    case ["fuzz", .. var numbers]:
        var strings = numbers is [var n, ..] ? int.Parse(n) : 1_000_000;
        return FuzzRun.Run(strings, strings / 10_000, numbers is [_, var seed] ? int.Parse(seed) : 2026) == 0 ? 0 : 1;
    case ["audit", .. var goldens]:
        return await AuditBenchmark.Run(goldens is [var people] ? int.Parse(people) : 1_000_000, CancellationToken.None);
    case ["contact-days", .. var numbers]:
        return WorkflowRigs.ContactDays(numbers is [var days, ..] ? long.Parse(days) : 1_000_000, numbers is [_, var lifeSeed] ? int.Parse(lifeSeed) : 2026);
    case ["event-streams", .. var numbers]:
        return WorkflowRigs.EventStreams(numbers is [var streams, ..] ? int.Parse(streams) : 10_000, numbers is [_, var streamSeed] ? int.Parse(streamSeed) : 2026);
    case ["workflow-latency", .. var options]:
        return await WorkflowRigs.Latency(options, CancellationToken.None);
    case ["workflow-timers", .. var options]:
        return await WorkflowRigs.Timers(options, CancellationToken.None);
    default:
        Console.Error.WriteLine(usage);
        return 64;
}
