using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.Tests.Host;
using IntegrationHub.Tests.Sandbox;
using Microsoft.Data.Sqlite;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.BadInput;

/// <summary>What a person sees when things go wrong around the hub: the place, the cure, the exit code, and never a stack trace.</summary>
public sealed class ScreenTests(ITestOutputHelper output) : IDisposable
{
    private const string Header = "Record ID,First Name,Last Name,Email,Phone Number,Company Name\n";

    private readonly HubProcess hub = new();

    public void Dispose() => hub.Dispose();

    private string File(string name, int rows)
    {
        var path = Path.Combine(hub.Folder, name);
        System.IO.File.WriteAllText(path, Header + string.Concat(Enumerable.Range(1, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},Anna,Berg,anna{i}@example{i}.com,,\n"))));
        return path;
    }

    private static void NoTrace(HubAnswer answer)
    {
        Assert.DoesNotContain("   at ", answer.Out + answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", answer.Out + answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_token_an_unreachable_host_and_a_vendor_that_answers_nonsense_stop_no_other_source()
    {
        await using var sandbox = await RunningSandbox.Start();
        using var nonsense = WireMockServer.Start();
        nonsense.Given(Request.Create()).RespondWith(Response.Create().WithHeader("Content-Type", "text/html").WithBody("<html>Please log in</html>"));
        Dictionary<string, string> token = new() { ["BAD_TOKEN"] = "no-such-token" };
        foreach (var (name, connector, url) in new[]
        {
            ("wrong", "hubspot", sandbox.Server.UrlOf("hubspot").ToString()), ("away", "hubspot", "http://127.0.0.1:1"), ("odd", "mailchimp", nonsense.Url!),
        })
        {
            Assert.Equal(0, (await hub.Run(token, null, "source", "add", name, "--connector", connector, "--url", url, "--token-env", "BAD_TOKEN", "--data", "d")).Exit);
        }

        Assert.Equal(0, (await hub.Run("source", "add", "good", "--connector", "files", "--path", File("good.csv", 3), "--data", "d")).Exit);

        var answer = await hub.Run(token, null, "sync", "--json", "--data", "d");

        Assert.Equal(1, answer.Exit);
        NoTrace(answer);
        using var report = JsonDocument.Parse(answer.Out);
        var bySource = report.RootElement.GetProperty("sources").EnumerateArray().ToDictionary(s => s.GetProperty("source").GetString()!);
        Assert.Equal((3, null), (bySource["good"].GetProperty("new").GetInt32(), bySource["good"].GetProperty("error").GetString()));
        Assert.Contains("the token is not accepted (HTTP 401", bySource["wrong"].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("set the environment variable that source 'wrong' names", bySource["wrong"].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:1/", bySource["away"].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("--url", bySource["away"].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("the answer is not JSON", bySource["odd"].GetProperty("error").GetString(), StringComparison.Ordinal);

        // The cure that the message names is one.
        token["BAD_TOKEN"] = sandbox.Server.HubSpotToken;
        Assert.Equal(0, (await hub.Run(token, null, "sync", "wrong", "--data", "d")).Exit);
        Assert.DoesNotContain("no-such-token", answer.Out + answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_with_room_again_the_sync_goes_on_where_it_was()
    {
        var disk = Path.Combine(hub.Folder, "disk");
        if (!await Mounted(disk, "size=2m")) return;
        try
        {
            var file = File("big.csv", 6_000);
            var full = await hub.Run("import", file, "--data", disk);
            Assert.Equal(1, full.Exit);
            NoTrace(full);
            Assert.Contains(Path.Combine(disk, "hub.db"), full.Error, StringComparison.Ordinal);
            Assert.Contains("the disk is full. Free some space", full.Error, StringComparison.Ordinal);

            Assert.Equal(0, await Run("mount", "-o", "remount,size=200m", disk));
            var again = await hub.Run("import", file, "--data", disk);
            Assert.True(again.Exit == 0, again.Error + again.Out);
            var list = await hub.Run("source", "list", "--json", "--data", disk);
            using var sources = JsonDocument.Parse(list.Out);
            Assert.Equal(6_000, sources.RootElement.GetProperty("sources")[0].GetProperty("records").GetInt32());
        }
        finally
        {
            await Run("umount", disk);
        }
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_named_with_the_cure()
    {
        var disk = Path.Combine(hub.Folder, "disk");
        if (!await Mounted(disk, "size=2m,ro")) return;
        try
        {
            var answer = await hub.Run("import", File("good.csv", 3), "--data", disk);
            Assert.Equal((1, ""), (answer.Exit, answer.Out));
            NoTrace(answer);
            Assert.Contains(disk, answer.Error, StringComparison.Ordinal);
            Assert.Contains("may write there", answer.Error, StringComparison.Ordinal);
        }
        finally
        {
            await Run("umount", disk);
        }
    }

    [Fact]
    public async Task The_lease_of_a_killed_process_stops_nobody_and_that_of_a_living_one_is_told()
    {
        Assert.Equal(0, (await hub.Run("import", File("good.csv", 3), "--data", "d")).Exit);
        using var other = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        try
        {
            await Hold(other);
            var refused = await hub.Run("sync", "--data", "d");
            Assert.Equal((1, ""), (refused.Exit, refused.Out));
            NoTrace(refused);
            Assert.Contains(other.Id.ToString(CultureInfo.InvariantCulture), refused.Error, StringComparison.Ordinal);
        }
        finally
        {
            other.Kill();
            await other.WaitForExitAsync();
        }

        Assert.Equal(0, (await hub.Run("sync", "--data", "d")).Exit);
    }

    [Theory]
    [InlineData(1, "sync", "nobody")]
    [InlineData(1, "import", "nowhere.csv")]
    [InlineData(1, "dedupe", "nowhere.csv", "--out", "out.csv")]
    [InlineData(1, "contact", "show", "nobody")]
    [InlineData(64, "source", "add")]
    [InlineData(64, "sink")]
    public async Task Errors_leave_standard_output_empty_even_with_json(int exit, params string[] command)
    {
        var answer = await hub.Run([.. command, "--json", "--data", "d"]);

        Assert.Equal((exit, ""), (answer.Exit, answer.Out));
        Assert.NotEqual("", answer.Error);
        NoTrace(answer);
    }

    private async Task Hold(Process process)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(hub.Folder, "d", "hub.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE lease SET holder = $holder, expires_at = $until";
        command.Parameters.AddWithValue("$holder", $"{Environment.MachineName}/{process.Id}/{process.StartTime.ToUniversalTime().Ticks}");
        command.Parameters.AddWithValue("$until", DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeMilliseconds() * 1000);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>A disk of a given size; false, and said, where this account may not make one.</summary>
    private async Task<bool> Mounted(string disk, string options)
    {
        Directory.CreateDirectory(disk);
        if (OperatingSystem.IsLinux() && await Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk) == 0) return true;
        output.WriteLine("SKIPPED: this account may not mount a small disk (run as root on Linux to prove it).");
        return false;
    }

    private static async Task<int> Run(params string[] command)
    {
        try
        {
            using var run = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
            await run.StandardError.ReadToEndAsync();
            await run.WaitForExitAsync();
            return run.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
