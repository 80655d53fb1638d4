namespace IntegrationHub.Chaos;

/// <summary>The command line of the chaos run.</summary>
public static class Program
{
    /// <summary>0 when nothing differs, 1 when something does or a command failed, 64 when the command line is wrong.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args.Any(a => a is "--help" or "-h"))
        {
            Console.WriteLine(ChaosOptions.Usage);
            return 0;
        }
        var sends = args is ["sends", ..];
        var (options, problem) = ChaosOptions.Parse(sends ? args[1..] : args);
        if (options is null)
        {
            await Console.Error.WriteLineAsync(problem);
            return 64;
        }
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            if (sends) return await Sends(options, stop.Token);
            var report = await new ChaosRun(options, Console.WriteLine).Run(stop.Token);
            Console.WriteLine(
                $"{report.Records} records, {report.GoldenRecords} golden records, {report.Kills} kills ({report.Resumed} within the first sync), undisturbed sync {report.UndisturbedSeconds:0.0} s"
            );
            foreach (var difference in report.Differences)
                Console.WriteLine($"DIFFERENCE {difference}");
            Console.WriteLine(report.Differences.Count == 0 ? "No difference." : $"The data directories are in {report.Folder}.");
            return report.Differences.Count == 0 ? 0 : 1;
        }
        catch (InvalidOperationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
    }

    private static async Task<int> Sends(ChaosOptions options, CancellationToken ct)
    {
        var report = await new SendsRun(options, Console.WriteLine).Run(ct);
        Console.WriteLine($"{report.Events} events answered for, {report.Kills} kills, {report.Delivered} mails, {report.Flagged} flagged as possible duplicates");
        foreach (var difference in report.Differences)
            Console.WriteLine($"DIFFERENCE {difference}");
        Console.WriteLine(report.Differences.Count == 0 ? "Nothing lost, nothing stuck, nothing twice." : $"The data directory is {report.Folder}.");
        return report.Differences.Count == 0 ? 0 : 1;
    }
}
