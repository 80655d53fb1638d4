namespace IntegrationHub.Sandbox;

/// <summary>The command line of the sandbox.</summary>
public static class Program
{
    /// <summary>0 when it was asked to end, 1 when it could not start, 64 when the command line is wrong.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args.Any(a => a is "--help" or "-h"))
        {
            Console.WriteLine(SandboxOptions.Usage);
            return 0;
        }
        var (options, problem) = SandboxOptions.Parse(args, TimeProvider.System.GetUtcNow());
        if (options is null)
        {
            await Console.Error.WriteLineAsync(problem);
            return 64;
        }
        SandboxServer server;
        try
        {
            server = await SandboxServer.Start(options, TimeProvider.System, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(
                $"The sandbox could not start at {options.Url}: {e.Message} Is another one running there, or can the folder not be written?"
            );
            return 1;
        }
        await using (server)
        {
            Console.WriteLine(server.Ready());
            if (options.EndWithInput) _ = EndWithInput(server);
            await server.WaitForShutdown(CancellationToken.None);
        }
        return 0;
    }

    private static async Task EndWithInput(SandboxServer server)
    {
        await using var input = Console.OpenStandardInput();
        var nothing = new byte[256];
        while (await input.ReadAsync(nothing) > 0) { }
        server.Stop();
    }
}
