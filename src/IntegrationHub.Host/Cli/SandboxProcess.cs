using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using IntegrationHub.Engine.Actions;

namespace IntegrationHub.Host.Cli;

/// <summary>One stand-in of the sandbox.</summary>
/// <param name="Name">The source's and connector's name.</param>
/// <param name="Url">Its address; null for files.</param>
/// <param name="Token">Its token; null for files.</param>
/// <param name="Path">Its folder; null for systems over HTTP.</param>
internal sealed record SandboxSystem(string Name, string? Url, string? Token, string? Path)
{
    public string TokenVariable => $"DEMO_{Name.ToUpperInvariant()}_TOKEN";
}

/// <summary>The sandbox as a child process: started on a free loopback port, ended by its handle.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private readonly Process process;

    private SandboxProcess(Process process, IReadOnlyList<SandboxSystem> systems) => (this.process, Systems) = (process, systems);

    public IReadOnlyList<SandboxSystem> Systems { get; }

    /// <exception cref="NotPossibleException">It is not built, or did not start.</exception>
    public static async Task<SandboxProcess> Start(int people, string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in (string[])
            [Dll(), "--people", people.ToString(CultureInfo.InvariantCulture), "--seed", "1", "--faults", "0.01", "--limits", "off", "--url", "http://127.0.0.1:0", "--truth", Path.Combine(folder, "truth.csv"),
             "--files", Path.Combine(folder, "files"), "--end-with-input"])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new NotPossibleException("The sandbox could not be started.");
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(ct) ?? throw new NotPossibleException("The sandbox ended before it was ready; its own message stands above.");
            using var ready = JsonDocument.Parse(line);
            return new SandboxProcess(process, [.. ready.RootElement.EnumerateObject().Select(s => new SandboxSystem(s.Name, Text(s.Value, "url"), Text(s.Value, "token"), Text(s.Value, "path")))]);
        }
        catch
        {
            await End(process);
            throw;
        }
    }

    private static string? Text(JsonElement system, string name) => system.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>Beside the hub in its build folder's neighbourhood, or in a folder <c>sandbox</c> beside it where it was published.</summary>
    private static string Dll()
    {
        var built = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SandboxAssembly").Value ?? "";
        string[] places = [Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, built)), Path.Combine(AppContext.BaseDirectory, "sandbox", "sandbox.dll")];
        return places.FirstOrDefault(File.Exists) ?? throw new NotPossibleException($"The sandbox is not at {places[0]}. Build it: dotnet build -c Release tools/Sandbox");
    }

    public async ValueTask DisposeAsync() => await End(process);

    /// <summary>Closing its input lets it tidy up; one that does not listen is killed.</summary>
    private static async Task End(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }
}
