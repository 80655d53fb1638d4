using IntegrationHub.Benchmarks;

const string usage = """
    dotnet run -c Release --project tools/Benchmarks -- sync [PEOPLE ...]    from nothing to golden records over HTTP; default 4500 45000 people: about 10,000 and 100,000 records
    """;

switch (args)
{
    case ["sync", .. var sizes]:
        return await SyncBenchmark.Run(sizes.Length == 0 ? [4_500, 45_000] : [.. sizes.Select(int.Parse)], CancellationToken.None);
    default:
        Console.Error.WriteLine(usage);
        return 64;
}
