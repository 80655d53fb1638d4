using System.Globalization;
using System.Text.Json;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Events;
using IntegrationHub.Engine.Jobs;
using IntegrationHub.Store;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Engine.Events;

/// <summary>A whole hub with workflows of the test's own, on a clock that stands still: land, drain, look; advance, drain, look.</summary>
public sealed class LiveHub : IAsyncDisposable
{
    private LiveHub(TestHub hub) => Hub = hub;

    public TestHub Hub { get; }

    public HubStore Store => Hub.Store;

    public DateTimeOffset Now => Hub.Time.GetUtcNow();

    /// <summary>Three mails: at once, after three days, and a last one; an order ends it.</summary>
    public const string Welcome = """
        name: welcome
        title: Welcome
        triggers:
          - event: form.submitted
        reentry: never
        goal: { event: order.placed, within: 30d, metric: revenue, ends: false }
        exits:
          - { event: order.placed, reason: bought }
        steps:
          - id: hello
            send: hello
          - id: some-days
            wait: 3d
          - id: more
            send: more
        """;

    private const string Template = """
        ---
        channel: email
        purpose: marketing
        subject: "NAME {{ contact.first_name | default: 'you' }}"
        preheader: "NAME"
        ---
        <p>Hi {{ contact.first_name | default: "you" }}.</p>
        <p>{{ sender.company }}, {{ sender.postal_address }}. <a href="{{ links.unsubscribe }}">No more</a></p>
        """;

    public static async Task<LiveHub> Create(string? database = null, string? mapping = null, Func<IntegrationHub.Engine.EngineSettings, IntegrationHub.Engine.EngineSettings>? settings = null)
    {
        var hub = await TestHub.Create(database: database, mapping: mapping, settings: settings);
        File.Copy(Path.Combine(Repository.Mappings, "sender.yaml"), Path.Combine(hub.Mappings, "sender.yaml"));
        Directory.CreateDirectory(Path.Combine(hub.Mappings, "workflows"));
        Directory.CreateDirectory(Path.Combine(hub.Mappings, "templates"));
        foreach (var name in new[] { "hello", "more" })
            File.WriteAllText(Path.Combine(hub.Mappings, "templates", $"{name}.liquid"), Template.Replace("NAME", name, StringComparison.Ordinal));
        return new LiveHub(hub);
    }

    /// <summary>Launches a workflow over the gate's no.</summary>
    public async Task Launch(string yaml)
    {
        var name = yaml.Split('\n')[0]["name: ".Length..].Trim();
        await File.WriteAllTextAsync(Path.Combine(Hub.Mappings, "workflows", $"{name}.yaml"), yaml);
        await Hub.Get<LaunchWorkflow>().Launch(name, "a test", TestHub.Admin, default);
    }

    /// <summary>Lands one event as the API does; told in seconds before now.</summary>
    public async Task Land(string type, object contact, object? properties = null, string? id = null, TimeSpan ago = default)
    {
        var json = JsonSerializer.SerializeToElement(new
        {
            id = id ?? $"e-{Guid.NewGuid():N}",
            type,
            at = (Now - ago).UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            contact,
            properties = properties ?? new { },
        });
        var receipt = await Hub.Get<EventIntake>().Take([json], "api", default);
        Assert.Empty(receipt.Problems);
    }

    public Task<int> Drain() => Hub.Get<WorkflowLane>().Drain(default);

    public async Task After(TimeSpan time)
    {
        Hub.Time.Advance(time);
        await Drain();
    }

    /// <summary>The mails that were handed over, as template names, in the order of sending.</summary>
    public async Task<IReadOnlyList<string>> Sent() =>
        [.. (await Store.Messages.Latest(1_000, default)).Where(m => m.Status == MessageStatus.Delivered).OrderBy(m => m.Id).Select(m => $"{m.Message.Subject} > {m.Message.To.Address}")];

    /// <summary>The journal of a contact, the oldest first, as <c>kind reason</c>.</summary>
    public async Task<IReadOnlyList<string>> Journal(string contact) =>
        [.. (await Hub.Get<FollowWorkflows>().Why(contact, TestHub.Admin, default)).Journal.Reverse().Select(j => $"{j.Kind} {j.Reason}".Trim())];

    public async Task<Enrolment> Enrolment(string contact, string workflow = "welcome") =>
        (await Hub.Get<FollowWorkflows>().Why(contact, TestHub.Admin, default)).Enrolments.Last(e => e.Workflow == workflow);

    public async Task<GoldenId> Golden(string contact) => (await Hub.Get<FollowWorkflows>().Why(contact, TestHub.Admin, default)).Contact;

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
