using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Chaos;

/// <summary>What came of it.</summary>
/// <param name="Events">Events that the hub has answered for.</param>
/// <param name="Kills">How often it was killed.</param>
/// <param name="Delivered">Messages that the recording provider has.</param>
/// <param name="Flagged">Messages flagged as possible duplicates.</param>
/// <param name="Differences">What is not as it should be; empty when all is well.</param>
/// <param name="Folder">The data directory; null when it has been removed.</param>
public sealed record SendsReport(int Events, int Kills, int Delivered, long Flagged, IReadOnlyList<string> Differences, string? Folder);

/// <summary>
/// Kills <c>hub serve</c> at random moments while forms come in, each of somebody new to whom a workflow writes once. In the end each form that was answered for must have become one contact, one enrolment and one mail in
/// the folder, which keeps all that it is given: none lost, none stuck, none twice.
/// </summary>
public sealed class SendsRun(ChaosOptions options, Action<string> tell)
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Random random = new(options.Seed);
    private readonly string folder = options.Keep ?? Directory.CreateTempSubdirectory("chaos-sends-").FullName;
    private readonly HashSet<int> answered = [];
    private readonly Uri address = new($"http://127.0.0.1:{FreePort()}");
    private int next;

    /// <summary>Runs it all.</summary>
    /// <exception cref="InvalidOperationException">The hub does not start, or does not come to an end.</exception>
    public async Task<SendsReport> Run(CancellationToken ct)
    {
        Prepare();
        await Command(["workflow", "launch", "chaos", "--override", "the kill run"], ct);
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        var kills = 0;
        for (; kills < options.Kills; kills++)
        {
            await using var hub = Serve();
            // Some die while they start, most in the midst of their work.
            using var life = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var posting = Post(http, life.Token);
            await hub.KillAfter(TimeSpan.FromMilliseconds(500 + 5_000 * random.NextDouble()), ct);
            await life.CancelAsync();
            await posting;
            tell($"kill {kills + 1}: {answered.Count} events answered for");
        }

        List<string> differences;
        await using (Serve())
        {
            if (answered.Count == 0) await PostOnce(http, ct);
            await Settled(ct);
        }

        differences = Compare();
        var mails = Mails().Count;
        var flagged = Count("SELECT count(*) FROM message WHERE possible_duplicate");
        var kept = options.Keep is not null || differences.Count > 0;
        SqliteConnection.ClearAllPools();
        if (!kept) Directory.Delete(folder, recursive: true);
        return new SendsReport(answered.Count, kills, mails, flagged, differences, kept ? folder : null);
    }

    private async Task Post(HttpClient http, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await PostBatch(http, ct);
            }
            catch (HttpRequestException)
            {
                // Not up yet, or killed: the same events are sent again.
                await Task.Delay(50, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task PostOnce(HttpClient http, CancellationToken ct)
    {
        for (var until = DateTime.UtcNow + Patience; answered.Count == 0; await Task.Delay(100, ct))
        {
            if (DateTime.UtcNow > until) throw new InvalidOperationException("The hub takes no events.");
            try
            {
                await PostBatch(http, ct);
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }
        }
    }

    private async Task PostBatch(HttpClient http, CancellationToken ct)
    {
        var batch = Enumerable.Range(next, AtOnce).ToList();
        using var response = await http.PostAsJsonAsync("/api/v1/events", batch.Select(Form), ct);
        if (response.StatusCode != HttpStatusCode.Accepted) throw new HttpRequestException($"{(int)response.StatusCode}");
        answered.UnionWith(batch);
        next += AtOnce;
    }

    private static object Form(int number) => new
    {
        id = $"form-{number}",
        type = "form.submitted",
        at = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture),
        contact = new { email = EmailOf(number) },
        properties = new { first_name = NameOf(number), last_name = NameOf(number * 7 + 3), consent_email = "yes" },
    };

    // People who share nothing: else some would rightly be held to be one.
    private static string EmailOf(int number) => $"{NameOf(number).ToLowerInvariant()}@company-{NameOf(number * 13 + 5).ToLowerInvariant()}.org";

    private static string NameOf(int number)
    {
        const string Vowels = "aeiou", Consonants = "bcdfghklmnprstvz";
        var (text, state) = ("", (uint)number * 2654435761u + 97);
        for (var i = 0; i < 4; i++, state = state * 1664525 + 1013904223) text += $"{Consonants[(int)(state >> 24) % Consonants.Length]}{Vowels[(int)(state >> 12 & 0xfff) % Vowels.Length]}";
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>Waits until nothing is to be done any more.</summary>
    private async Task Settled(CancellationToken ct)
    {
        for (var until = DateTime.UtcNow + Patience; ; await Task.Delay(200, ct))
        {
            var left = Count("SELECT (SELECT count(*) FROM event WHERE state = 0) + (SELECT count(*) FROM message WHERE status < 2)");
            if (left == 0) return;
            if (DateTime.UtcNow > until) return; // Compare tells what is stuck
        }
    }

    private List<string> Compare()
    {
        var differences = new List<string>();
        Expect(differences, "events", answered.Count, Count($"SELECT count(*) FROM event WHERE id IN ({string.Join(',', answered.Select(a => $"'form-{a}'"))})"));
        Expect(differences, "events to do", 0, Count("SELECT count(*) FROM event WHERE state <> 2"));
        var all = Count("SELECT count(*) FROM event");
        Expect(differences, "enrolments", all, Count("SELECT count(*) FROM enrolment WHERE state = 1"));
        Expect(differences, "messages delivered", all, Count("SELECT count(*) FROM message WHERE status = 2"));
        Expect(differences, "entries in the journal", all, Count("SELECT count(*) FROM effect WHERE kind = 0"));
        Expect(differences, "sends in the journal", all, Count("SELECT count(*) FROM effect WHERE kind = 1"));
        var mails = Mails();
        Expect(differences, "mails", all, mails.Count);
        Expect(differences, "recipients", mails.Count, mails.Distinct(StringComparer.Ordinal).Count());
        return differences;
    }

    private static void Expect(List<string> differences, string what, long expected, long found)
    {
        if (expected != found) differences.Add($"{what}: {found} instead of {expected}");
    }

    private List<string> Mails() => Directory.Exists(Path.Combine(Data, "mail"))
        ? [.. Directory.GetFiles(Path.Combine(Data, "mail"), "*.eml").Select(f => File.ReadLines(f).First(l => l.StartsWith("To:", StringComparison.Ordinal)))]
        : [];

    private long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "hub.db")};Mode=ReadWrite;Default Timeout=30");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // our own words and numbers
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    private void Prepare()
    {
        var shipped = Path.Combine(Path.GetDirectoryName(options.Hub)!, "mappings");
        foreach (var file in Directory.GetFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Mappings, Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(Path.Combine(Mappings, "workflows", "chaos.yaml"), """
            name: chaos
            title: Greets whoever sends a form
            triggers:
              - event: form.submitted
            reentry: never
            goal: { event: order.placed, within: 30d, metric: revenue }
            exits:
              - { event: order.placed, reason: bought }
            steps:
              - id: hello
                send: chaos
            """);
        File.WriteAllText(Path.Combine(Mappings, "templates", "chaos.liquid"), """
            ---
            channel: email
            purpose: marketing
            subject: "Hello {{ contact.first_name | default: 'you' }}"
            preheader: "Hello"
            ---
            <p>Hello {{ contact.first_name | default: "you" }}.</p>
            <p>{{ sender.company }}, {{ sender.postal_address }}. <a href="{{ links.unsubscribe }}">No more</a></p>
            """);
    }

    private async Task Command(string[] arguments, CancellationToken ct)
    {
        await using var hub = ChildProcess.Start(options.Hub, [.. arguments, "--data", Data], Environment);
        var (code, output) = await hub.End(ct);
        if (code != 0) throw new InvalidOperationException($"hub {string.Join(' ', arguments)} ended with {code}: {output} {hub.Errors}");
    }

    private ChildProcess Serve() => ChildProcess.Start(options.Hub, ["serve", "--url", address.ToString(), "--data", Data], Environment);

    private Dictionary<string, string> Environment => new() { ["Hub__Mappings"] = Mappings };

    private string Data => Path.Combine(folder, "data");

    private string Mappings => Path.Combine(folder, "mappings");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
