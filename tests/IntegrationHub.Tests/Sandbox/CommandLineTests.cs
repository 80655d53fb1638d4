using System.Diagnostics;
using System.Text.Json;
using IntegrationHub.Sandbox;

namespace IntegrationHub.Tests.Sandbox;

public sealed class CommandLineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void All_options_are_read()
    {
        var (options, problem) = SandboxOptions.Parse(
            ["--people", "7", "--seed", "-3", "--faults", "0.25", "--limits", "off", "--url", "http://127.0.0.1:5090", "--truth", "t.csv"],
            Now
        );
        Assert.Null(problem);
        Assert.Equal((7, -3, 0.25, null, new Uri("http://127.0.0.1:5090"), "t.csv"),
            (options!.People, options.Seed, options.Faults, options.Limits, options.Url, options.Truth));
    }

    [Theory]
    [InlineData("--people", "many")]
    [InlineData("--people", "0")]
    [InlineData("--faults", "2")]
    [InlineData("--limits", "maybe")]
    [InlineData("--url", "http://192.0.2.1:80")]
    [InlineData("--url", "ftp://127.0.0.1")]
    [InlineData("--as-of", "2026-11-24")]
    [InlineData("--poeple", "7")]
    public void What_is_wrong_is_named(string option, string value) =>
        Assert.Contains(option, SandboxOptions.Parse([option, value], Now).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_clock_before_the_end_of_the_data_moves_the_data_back() =>
        Assert.Equal(
            new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero),
            SandboxOptions.Parse([], new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero)).Options!.AsOf
        );

    [Fact]
    public async Task It_says_in_one_line_where_everything_is_and_ends_on_SIGTERM_with_0()
    {
        if (OperatingSystem.IsWindows()) return; // No SIGTERM there.
        var truth = Path.Combine(Path.GetTempPath(), $"truth-{Guid.NewGuid():N}.csv");
        using var process = Process.Start(
            new ProcessStartInfo(
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                [typeof(SandboxServer).Assembly.Location, "--people", "20", "--truth", truth]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            using var line = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync())!);
            Assert.Equal(["hubspot", "mailchimp", "shopify", "files"], line.RootElement.EnumerateObject().Select(p => p.Name));
            var url = new Uri(line.RootElement.GetProperty("hubspot").GetProperty("url").GetString()!);
            Assert.Equal("/hubspot", url.AbsolutePath);
            var folder = line.RootElement.GetProperty("files").GetProperty("path").GetString()!;
            Assert.True(File.Exists(Path.Combine(folder, "fair-badges.csv")));
            Assert.Equal("source,stream,external_id,person", (await File.ReadAllLinesAsync(truth))[0]);
            using var http = new HttpClient();
            Assert.Equal(401, (int)(await http.GetAsync(url + "/crm/v3/objects/contacts")).StatusCode);
            using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString()])) await kill.WaitForExitAsync();
            Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            Assert.False(Directory.Exists(folder));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            File.Delete(truth);
        }
    }

    [Fact]
    public async Task An_address_that_is_taken_is_told_as_such()
    {
        await using var running = await RunningSandbox.Start(people: 5);
        using var second = Process.Start(
            new ProcessStartInfo(
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                [typeof(SandboxServer).Assembly.Location, "--people", "5", "--url", running.Server.Url.ToString()]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var said = await second.StandardError.ReadToEndAsync();
        await second.WaitForExitAsync();
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("Is another one running there", said, StringComparison.Ordinal);
    }
}
