using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace IntegrationHub.Tests.Store;

/// <summary>
/// A real PostgreSQL server for one test run: the one that HUB_TEST_POSTGRES names (a connection string of a user who may create databases), or one of our own in a
/// temporary folder on a free loopback port, ended by its process id. <see cref="Missing"/> says why there is none.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly Process? process;
    private readonly string? folder;
    private readonly List<string> databases = [];

    private PostgresServer(string? connectionString, string? missing, Process? process = null, string? folder = null)
    {
        ConnectionString = connectionString;
        Missing = missing;
        this.process = process;
        this.folder = folder;
    }

    /// <summary>Null where no server can be had.</summary>
    public string? ConnectionString { get; }

    /// <summary>Why there is none, for the reader of the test output.</summary>
    public string? Missing { get; }

    public static async Task<PostgresServer> Start()
    {
        if (Environment.GetEnvironmentVariable("HUB_TEST_POSTGRES") is { Length: > 0 } given) return new PostgresServer(given, null);
        if (Binaries() is not { } binaries)
            return new PostgresServer(null, "PostgreSQL is not installed (Debian: apt-get install -y postgresql) and HUB_TEST_POSTGRES is not set");

        var folder = Path.Combine(Path.GetTempPath(), $"hub-postgres-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root") await Run("chown", "postgres:", folder);
        await Run([.. AsPostgres, Path.Combine(binaries, "initdb"), "-D", Path.Combine(folder, "data"), "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]);
        var port = FreePort();
        var server = Begin(
        [
            .. AsPostgres, Path.Combine(binaries, "postgres"), "-D", Path.Combine(folder, "data"), "-c", "listen_addresses=127.0.0.1", "-c", $"port={port}",
            "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=200",
        ]);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        server.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is not { } line) return;
            lock (said) said.Add(line);
            if (line.Contains("ready to accept connections", StringComparison.Ordinal)) ready.TrySetResult();
        };
        server.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"postgres ended: {string.Join('\n', said)}"));
        server.EnableRaisingEvents = true;
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return new PostgresServer($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Include Error Detail=true", null, server, folder);
    }

    /// <summary>A new, empty database of its own, or a copy of another. Returns its connection string.</summary>
    public async Task<string> CreateDatabase(string? template = null)
    {
        var name = $"hub_{Guid.NewGuid():N}";
        await Execute($"CREATE DATABASE {name}{(template is null ? "" : $" TEMPLATE {new NpgsqlConnectionStringBuilder(template).Database}")}");
        databases.Add(name);
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            // Somebody's own server: leave nothing there.
            if (ConnectionString is not null)
                foreach (var name in databases) await Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            return;
        }

        NpgsqlConnection.ClearAllPools();
        await Run("kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture));
        await process.WaitForExitAsync();
        process.Dispose();
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }

    // PostgreSQL refuses to run as root.
    private static string[] AsPostgres => Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];

    private static string? Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(b => File.Exists(Path.Combine(b, "initdb")))
                .OrderByDescending(b => b, StringComparer.Ordinal).FirstOrDefault()
            : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Process Begin(string[] command) => Process.Start(new ProcessStartInfo(command[0], command[1..])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
        WorkingDirectory = Path.GetTempPath(),
    }) ?? throw new InvalidOperationException($"{command[0]} did not start.");

    private static async Task Run(params string[] command)
    {
        using var run = Begin(command);
        var error = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        if (run.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)}: {error}");
    }

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the names are our own
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
