using System.Diagnostics;
using IntegrationHub.Store;
using Npgsql;
using Xunit.Abstractions;
using static IntegrationHub.Tests.Store.Rows;

namespace IntegrationHub.Tests.Store;

/// <summary>Each error names the database and the cure, and what was there stays.</summary>
[Collection("store")]
public sealed class StoreErrorTests(StoreFixture fixture, ITestOutputHelper output)
{
    private static CancellationToken Ct => CancellationToken.None;

    [Fact]
    public async Task A_file_that_is_not_there_is_named_with_the_command_that_makes_it()
    {
        var path = fixture.NewPath();
        await using var store = HubStore.Open(path, StoreFixture.Key);
        Assert.False(await store.IsCurrent(Ct));
        await Says(() => store.Runs.List(1, Ct), path, "hub db migrate");
        await Says(() => store.Runs.Start("sync", null, Now, Ct), path, "hub db migrate");
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_alone()
    {
        var path = fixture.NewPath();
        var text = string.Concat(Enumerable.Repeat("name,email\r\n", 1000));
        await File.WriteAllTextAsync(path, text);
        await using var store = HubStore.Open(path, StoreFixture.Key);
        await Says(() => store.Migrate(Ct), path, "no sound SQLite database");
        Assert.Equal(text, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_read_only_file_can_be_read_and_writing_names_it()
    {
        var path = await fixture.NewDatabase(Kind.Sqlite, output) ?? "";
        await using (var store = HubStore.Open(path, StoreFixture.Key)) await store.Land(Raw("1"));

        // The file format's own mark for read-only (write version above 2), which holds for root too.
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[18] = 3;
        await File.WriteAllBytesAsync(path, bytes);

        await using var locked = HubStore.Open(path, StoreFixture.Key);
        Assert.NotNull(await locked.Landing.Payload(Key("1"), Ct));
        await Says(() => locked.Land(Raw("2")), path, "cannot be written to");
    }

    [Fact]
    public async Task A_new_file_and_its_log_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows()) return;
        var path = fixture.NewPath();
        await using var store = HubStore.Open(path, StoreFixture.Key);
        await store.Migrate(Ct);
        await store.Land(Raw("1"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path + "-wal"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        var file = fixture.NewPath();
        await File.WriteAllTextAsync(file, "a file, not a folder");
        await using var store = HubStore.Open(Path.Combine(file, "hub.db"), StoreFixture.Key);
        await Says(() => store.Migrate(Ct), file, "--data");
    }

    [Fact]
    public async Task A_full_disk_is_named_nothing_is_lost_and_all_goes_on_when_there_is_space()
    {
        var folder = Directory.CreateTempSubdirectory("hub-full-").FullName;
        if (await Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder) != 0)
        {
            output.WriteLine("NOT RUN: a small disk can only be mounted by root.");
            Directory.Delete(folder);
            return;
        }

        try
        {
            var path = Path.Combine(folder, "hub.db");
            await using (var store = HubStore.Open(path, StoreFixture.Key))
            {
                await store.Migrate(Ct);
                await store.Land(Raw("small"));
                var ballast = Path.Combine(folder, "ballast");
                await File.WriteAllBytesAsync(ballast, new byte[1 << 20]);
                RawLanding big = new("big", new byte[3 << 20], false);
                await Says(() => store.Land(big), path, "the disk is full");

                Assert.Equal(["small"], (await store.Waiting()).Select(r => r.Key.ExternalId));
                File.Delete(ballast);
                Assert.Equal(new LandingCounts(1, 0, 0, 0), await store.Land(Raw("after")));
            }
        }
        finally
        {
            await Run("umount", folder);
            Directory.Delete(folder);
        }
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named_without_its_password()
    {
        await using var store = HubStore.Open("Host=127.0.0.1;Port=1;Database=hub;Username=ann;Password=secret-word;Timeout=2", StoreFixture.Key);
        Assert.Equal("PostgreSQL database hub on 127.0.0.1:1", store.Describe());
        var error = await Assert.ThrowsAsync<StoreException>(() => store.Migrate(Ct));
        Assert.Contains("127.0.0.1:1", error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_the_server_has_not_is_named_and_a_url_works_as_well()
    {
        if (fixture.Server.ConnectionString is not { } own)
        {
            output.WriteLine($"NOT RUN: {fixture.Server.Missing}.");
            return;
        }

        var at = new NpgsqlConnectionStringBuilder(own);
        await using var store = HubStore.Open(new NpgsqlConnectionStringBuilder(own) { Database = "nowhere" }.ToString(), StoreFixture.Key);
        await Says(() => store.IsCurrent(Ct), "nowhere", "createdb");

        var made = new NpgsqlConnectionStringBuilder(await fixture.Server.CreateDatabase()).Database;
        await using var byUrl = HubStore.Open($"postgres://{at.Username}:{Uri.EscapeDataString(at.Password ?? "x/y@z")}@{at.Host}:{at.Port}/{made}?sslmode=prefer", StoreFixture.Key);
        Assert.False(await byUrl.IsCurrent(Ct));
        await Says(() => byUrl.Runs.List(1, Ct), made ?? "", "hub db migrate");
    }

    [Theory]
    [InlineData("Host=h;Nonsense=1;Password=secret-word")]
    [InlineData("postgres://secret-word@[")]
    public void A_connection_string_that_cannot_be_read_is_not_repeated(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => HubStore.Open(text, StoreFixture.Key));
        Assert.Contains("cannot be read", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_key_is_refused() => Assert.Throws<ArgumentException>(() => HubStore.Open("hub.db", new byte[15]));

    private static async Task Says(Func<Task> act, string place, string cure)
    {
        var error = await Assert.ThrowsAsync<StoreException>(act);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(cure, error.Message, StringComparison.Ordinal);
    }

    private static async Task<int> Run(params string[] command)
    {
        try
        {
            using var run = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true });
            if (run is null) return -1;
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
