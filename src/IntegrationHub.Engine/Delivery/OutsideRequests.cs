using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Engine.Events;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Delivery;

/// <summary>
/// What workflows ask outside, and tell their own team beside the mails: vendors, the agent, Slack. A row is claimed before it is asked and settled after; the answer comes as an event whose id is made of the row's key, so that it counts
/// once whatever is killed, and wakes the contact at once. An answer that is kept is never asked for again.
/// </summary>
public sealed class OutsideRequests
{
    private const string SourceOfAnswers = "outside";
    private const string Agents = "agent";
    private const int MostAttempts = 8;
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(90);
    private static readonly string[] Kinds = [OutboxKinds.Enrich, OutboxKinds.Decide, OutboxKinds.Slack];

    private readonly HubStore store;
    private readonly IReadOnlyList<EnrichmentVendor> vendors;
    private readonly EnrichmentCalls calls;
    private readonly EnrichmentRecords records;
    private readonly Agent agent;
    private readonly SlackNotes slack;
    private readonly TokenVault vault;
    private readonly EventIntake intake;
    private readonly TimeProvider time;

    internal OutsideRequests(
        HubStore store, IReadOnlyList<EnrichmentVendor> vendors, EnrichmentCalls calls, EnrichmentRecords records, Agent agent, SlackNotes slack, TokenVault vault, EventIntake intake, TimeProvider time)
    {
        (this.store, this.vendors, this.calls, this.records, this.agent, this.slack, this.vault, this.intake, this.time) = (store, vendors, calls, records, agent, slack, vault, intake, time);
    }

    /// <summary>Claims what is due.</summary>
    public Task<IReadOnlyList<OutboxRow>> Take(int most, CancellationToken ct) => store.Outbox.Claim(Kinds, most, Claim, time.GetUtcNow(), ct);

    /// <summary>Asks, keeps the answer, and settles the row.</summary>
    public Task Answer(OutboxRow row, CancellationToken ct) => row.What.Kind switch
    {
        OutboxKinds.Enrich => Enrich(row, ct),
        OutboxKinds.Decide => Decide(row, ct),
        _ => Tell(row, ct),
    };

    private async Task Enrich(OutboxRow row, CancellationToken ct)
    {
        var word = Read<OutsideWord>(row);
        if (await Begin(row, ct) is not { } golden) return;
        var (answer, tried) = (new JsonObject { ["workflow"] = word.Workflow, ["step"] = word.Step }, new List<string>());
        foreach (var name in word.Vendors)
        {
            if (word.Deadline - time.GetUtcNow() is var left && left <= TimeSpan.Zero)
            {
                tried.Add("the deadline has passed");
                break;
            }

            if (vendors.FirstOrDefault(v => v.Name == name) is not { } vendor || vault.FromEnvironment(vendor.TokenVariable) is not { } token)
            {
                tried.Add($"{name}: not set up");
                continue;
            }

            var said = await calls.Ask(vendor, token, golden.Row.Values, left, ct);
            if (said.Values is { } values)
            {
                await records.Keep(name, golden, word.EventId, values, ct);
                answer["vendor"] = name;
                answer["fields"] = new JsonArray([.. values.Present().Select(v => (JsonNode?)Fields.NameOf(v.Field))]);
                break;
            }

            tried.Add($"{name}: {said.Why}");
        }

        if (tried.Count > 0) answer["reason"] = string.Join("; ", tried);
        await End(row, EnrichStep.Answered, golden.Row.Id, answer, ct);
    }

    private async Task Decide(OutboxRow row, CancellationToken ct)
    {
        var word = Read<OutsideWord>(row);
        if (await Begin(row, ct) is not { } golden) return;
        var now = time.GetUtcNow();
        var answer = new JsonObject { ["workflow"] = word.Workflow, ["step"] = word.Step };
        if ((await store.Journeys.Facts([golden.Row.Id], ct)).GetValueOrDefault(golden.Row.Id) is not { } facts || word.Deadline <= now) answer["reason"] = "the deadline has passed";
        else if (!await store.Outbox.Spend(row.Id, Agents, agent.Settings.PerDay, new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero), ct)) answer["reason"] = $"the day's {agent.Settings.PerDay} questions are used up";
        else
        {
            var asked = MaskedContact.Of(facts, now);
            var said = await agent.Choose(word.Question, word.Options, asked, word.Deadline - now, ct);
            answer["reason"] = said.Reason;
            if (said.Option is { } option) answer["option"] = option;
            answer["model"] = agent.Settings.Model;
            answer["asked"] = asked;
            answer["answer"] = said.Answer is { Length: > 2_000 } text ? text[..2_000] : said.Answer;
            answer["tokens"] = said.Tokens;
        }

        await End(row, DecideStep.Answered, golden.Row.Id, answer, ct);
    }

    private async Task Tell(OutboxRow row, CancellationToken ct)
    {
        var result = await slack.Post(Read<NoteWord>(row).Text, ct);
        if (result.Ok) await store.Outbox.Delivered([row.Id], time.GetUtcNow(), ct);
        else await store.Outbox.Refused(row.Id, result.Message ?? "refused without a reason", result.Retry && row.Attempts < MostAttempts ? time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(3_600, 5 * Math.Pow(2, row.Attempts))) : null, ct);
    }

    /// <summary>The contact; null where the row is settled already, because its answer is kept or the contact is no more.</summary>
    private async Task<GoldenState?> Begin(OutboxRow row, CancellationToken ct)
    {
        if (!await store.Events.Has(IdOf(row), ct) && row.What.Golden is { } id && await store.Golden.Find(id, ct) is { RetiredAt: null } golden && await store.Golden.ByRow([golden.Row], ct) is [var state]) return state;
        await store.Outbox.Delivered([row.Id], time.GetUtcNow(), ct);
        return null;
    }

    private async Task End(OutboxRow row, string type, GoldenId golden, JsonObject answer, CancellationToken ct)
    {
        var e = new HubEvent(IdOf(row), type, time.GetUtcNow(), new EventContact(Id: golden.ToString()), EventProperties.Parse(answer.ToJsonString()));
        await intake.Keep([e], SourceOfAnswers, history: false, ct);
        await store.Outbox.Delivered([row.Id], time.GetUtcNow(), ct);
    }

    private static string IdOf(OutboxRow row) => $"answer:{row.What.Key}";

    private static T Read<T>(OutboxRow row) => JsonSerializer.Deserialize<T>(row.What.Payload) ?? throw new JsonException($"Row {row.Id} of the outbox says nothing.");
}
