using System.Diagnostics;
using System.Text;

namespace IntegrationHub.Chaos;

/// <summary>A .NET program as a child process, which is ended when this one lets go of it.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder errors = new();

    private ChildProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors) errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Starts <c>dotnet ASSEMBLY arguments</c>.</summary>
    public static ChildProcess Start(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException($"dotnet {assembly} could not be started."));
    }

    /// <summary>Standard output.</summary>
    public StreamReader Output => process.StandardOutput;

    /// <summary>What it said on standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (errors) return errors.ToString();
        }
    }

    /// <summary>Waits for the end: what it said and its exit code.</summary>
    public async Task<(int Code, string Output)> End(CancellationToken ct)
    {
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, output);
    }

    /// <summary>Kills it without a warning (SIGKILL) after a while; false when it had ended by itself before.</summary>
    public async Task<bool> KillAfter(TimeSpan life, CancellationToken ct)
    {
        // Its output is read all the while: a full pipe would hold it up.
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var ended = process.WaitForExitAsync(ct);
        if (await Task.WhenAny(ended, Task.Delay(life, ct)) == ended) return false;
        process.Kill();
        await ended;
        await output;
        return true;
    }

    /// <summary>The exit code of an ended process.</summary>
    public int ExitCode => process.ExitCode;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }
}
