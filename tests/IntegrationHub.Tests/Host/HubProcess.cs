using System.Diagnostics;

namespace IntegrationHub.Tests.Host;

/// <summary>What a command said, and its exit code.</summary>
internal sealed record HubAnswer(int Exit, string Out, string Error);

/// <summary>Runs the built hub as people do: as a process, in a folder of its own.</summary>
internal sealed class HubProcess : IDisposable
{
    private static readonly string[] Settings = ["HUB_DATA", "HUB_DB", "Hub__Data", "Hub__Database", "Hub__Mappings", "Logging__Level", "Logging__Json"];

    private static readonly string Dll = Path.Combine(
        Recipes.Repository.Root, "src", "IntegrationHub.Host", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "hub.dll");

    internal string Folder { get; } = Directory.CreateTempSubdirectory("hub-commands-").FullName;

    internal Task<HubAnswer> Run(params string[] arguments) => Run([], null, arguments);

    /// <summary>Runs one command in the folder.</summary>
    /// <param name="environment">Settings for this run; none of this process's own reach it.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="arguments">The command line.</param>
    internal async Task<HubAnswer> Run(Dictionary<string, string> environment, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments.Prepend(Dll)) start.ArgumentList.Add(argument);
        foreach (var name in Settings) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new HubAnswer(process.ExitCode, await output, await error);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
