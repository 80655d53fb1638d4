using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

/// <summary>Where contacts stand in their workflows. State, timers, journal and outbox are written in one transaction, on the disk when the call returns.</summary>
public sealed partial class Journeys
{
    /// <summary>The lease of whoever runs workflows.</summary>
    public const string Lease = "journeys";

    private static readonly string[] EnrolmentColumns =
    [
        "golden_id", "workflow", "visit", "version", "state", "entered_at", "since", "event_id", "control", "step", "step_since", "wake_at", "waits", "path", "messages", "last_send_at", "converted_at", "ended_at",
        "outcome",
    ];

    private static readonly string[] EffectColumns = ["key", "seq", "at", "golden_id", "workflow", "version", "step", "kind", "event_id", "channel", "template", "reason", "payload"];

    private readonly Database database;
    private readonly Consents consents;

    internal Journeys(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>Journeys by contact; those that no workflow has met are left out. To be loaded before the contacts' facts: what workflows have set stands in one of the two.</summary>
    public Task<IReadOnlyDictionary<GoldenId, JourneyRow>> Load(IReadOnlyCollection<GoldenId> ids, CancellationToken ct) => ids.Count == 0
        ? Task.FromResult<IReadOnlyDictionary<GoldenId, JourneyRow>>(new Dictionary<GoldenId, JourneyRow>())
        : database.Read<IReadOnlyDictionary<GoldenId, JourneyRow>>(
            async s =>
            {
                var rows = (await s.Query(
                    $"SELECT golden_id, state, change FROM journey WHERE {s.Among("golden_id", 0)}",
                    r => (Id: new GoldenId(r.Guid(0)), Row: new JourneyRow(JourneyJson.Read(r.Text(1)), r.Long(2))), ct, s.Items([.. ids.Select(i => i.Value)]))).ToDictionary(r => r.Id, r => r.Row);
                // What a workflow has set stands in the golden record once nothing of the contact waits to be merged.
                var set = rows.Where(r => !r.Value.State.Current.Overrides.IsEmpty).Select(r => r.Key).ToList();
                if (set.Count == 0) return rows;
                var waiting = await WorkflowWords.Waiting(s, set, ct);
                foreach (var id in set)
                    if (!waiting.Contains(id)) rows[id] = rows[id] with { State = rows[id].State.Taken() };
                return rows;
            },
            ct);

    /// <summary>Contacts whose time has come, the longest due first.</summary>
    public Task<IReadOnlyList<GoldenId>> Due(DateTimeOffset now, int limit, CancellationToken ct) => database.Read<IReadOnlyList<GoldenId>>(
        async s => await s.Query("SELECT golden_id FROM journey WHERE due_at <= @0 ORDER BY due_at LIMIT @1", r => new GoldenId(r.Guid(0)), ct, now, limit), ct);

    /// <summary>When the next contact is due; null when none is.</summary>
    public Task<DateTimeOffset?> NextDue(CancellationToken ct) => database.Read(
        async s => (await s.Query("SELECT due_at FROM journey WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1", r => (DateTimeOffset?)r.Time(0), ct)).FirstOrDefault(), ct);

    /// <summary>Who was given what so far.</summary>
    public Task<RoutingState> Routing(CancellationToken ct) => database.Read(
        async s => (await s.Query("SELECT state FROM routing_state WHERE id = 1", r => JourneyJson.ReadRouting(r.Text(0)), ct)).FirstOrDefault() ?? RoutingState.Empty, ct);

    /// <summary>The journal of a contact, under all ids that it has had; the latest first.</summary>
    public Task<IReadOnlyList<EffectRow>> Journal(IReadOnlyCollection<GoldenId> ids, int limit, CancellationToken ct) => database.Read<IReadOnlyList<EffectRow>>(
        async s => await s.Query(
            $"SELECT key, at, golden_id, workflow, version, step, kind, event_id, channel, template, reason FROM effect WHERE {s.Among("golden_id", 0)} ORDER BY at DESC, seq DESC LIMIT @1",
            r => new EffectRow(
                r.Text(0), r.Time(1), new GoldenId(r.Guid(2)), r.Text(3), r.Text(4), r.TextOrNull(5), (EffectKind)r.Int(6), r.TextOrNull(7), (Channel?)r.IntOrNull(8), r.TextOrNull(9), r.TextOrNull(10)),
            ct,
            s.Items([.. ids.Select(i => i.Value)]),
            limit),
        ct);

    /// <summary>Ids of events that begin so and have caused a message, as the journal has it.</summary>
    public Task<IReadOnlyList<string>> Sent(string begin, CancellationToken ct) => database.Read<IReadOnlyList<string>>(
        async s => await s.Query("SELECT event_id FROM effect WHERE kind = @0 AND event_id LIKE @1", r => r.Text(0), ct, (int)EffectKind.Send, $"{begin}%"), ct);

    /// <summary>How many enrolments stand where.</summary>
    public Task<IReadOnlyList<EnrolmentCount>> Counts(CancellationToken ct) => database.Read<IReadOnlyList<EnrolmentCount>>(
        async s => await s.Query(
            "SELECT workflow, version, state, control, count(*), sum(CASE WHEN converted_at IS NULL THEN 0 ELSE 1 END) FROM enrolment GROUP BY workflow, version, state, control ORDER BY workflow, version, state, control",
            r => new EnrolmentCount(r.Text(0), r.Text(1), (EnrolmentState)r.Int(2), r.Bool(3), r.Long(4), r.Long(5)), ct),
        ct);

    /// <summary>How many lines of which kind the journal has.</summary>
    public Task<IReadOnlyList<JournalCount>> JournalCounts(CancellationToken ct) => database.Read<IReadOnlyList<JournalCount>>(
        async s => await s.Query(
            "SELECT workflow, kind, CASE WHEN step IS NULL THEN 1 ELSE 0 END AS entry, CASE WHEN template IS NULL THEN 0 ELSE 1 END AS message, count(*) FROM effect GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
            r => new JournalCount(r.Text(0), (EffectKind)r.Int(1), r.Int(2) != 0, r.Int(3) != 0, r.Long(4)), ct),
        ct);

    /// <summary>Contacts that are in a workflow's version now, by id, after a given one.</summary>
    public Task<IReadOnlyList<GoldenId>> In(string workflow, string version, GoldenId? after, int limit, CancellationToken ct) => database.Read<IReadOnlyList<GoldenId>>(
        async s => await s.Query(
            "SELECT DISTINCT golden_id FROM enrolment WHERE workflow = @0 AND state = @1 AND version = @2 AND golden_id > @3 ORDER BY golden_id LIMIT @4",
            r => new GoldenId(r.Guid(0)), ct, workflow, (int)EnrolmentState.Active, version, after?.Value ?? Guid.Empty, limit),
        ct);

    /// <summary>
    /// Writes what was run, in one transaction. False, and nothing is written, when the lease was lost or a journey has changed meanwhile: then it is computed anew.
    /// A message whose recipient has had it from the same step as another contact is not written; its line of the journal says so.
    /// </summary>
    public Task<bool> Save(LaneSave save, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Urgent,
        async s =>
        {
            if (!await Holds(s, save, ct)) return false;
            var twice = await Messages.Add(s, consents, [.. save.Journeys.SelectMany(j => j.Messages)], now, ct);
            await SaveJourneys(s, save, now, ct);
            var effects = save.Journeys.SelectMany(j => j.Effects).Select(e => twice.Contains(e.Key) ? e with { Kind = EffectKind.Skip, Reason = "sent already: another contact with the same address had it", Payload = null } : e);
            await AddEffects(s, [.. effects], ct);
            if (save.Journeys.Any(j => j.Scores is not null))
                await s.Upsert(
                    "contact_score", ["golden_id", "fit", "behaviour", "parts", "at"], 1,
                    save.Journeys.Where(j => j.Scores is not null).Select(j => new object?[] { j.Golden.Value, j.Scores!.Fit, j.Scores.Behaviour, JourneyJson.Of(j.Scores), now }), ct);
            var suppressions = save.Journeys.SelectMany(j => j.Suppressions).ToList();
            if (suppressions.Count > 0) await Suppressions.Add(s, consents, suppressions, ct);
            await Events.Settle(s, save.Events, ct);
            await WorkflowWords.Add(s, save.Journeys, now, ct);
            await Outbox.Add(s, [.. save.Journeys.SelectMany(j => j.Effects.Select(e => ActivityOf(j.Golden, e)).OfType<OutboxAdd>().Concat(j.Outbox))], now, ct);
            if (save.Routing is { } routing)
                await s.Execute("INSERT INTO routing_state (id, state) VALUES (1, @0) ON CONFLICT (id) DO UPDATE SET state = excluded.state", ct, JourneyJson.Of(routing));
            // Last: whatever this transaction has itself set in motion was run with it.
            if (save.Done.Count > 0) await Work.Complete(s, Stage.Trigger, save.Done.Select(d => (d.Key, d.Seq)), ct);
            return true;
        },
        ct);

    private static OutboxAdd? ActivityOf(GoldenId golden, Effect effect) => effect.Payload is EffectPayload.Fields { Activity: { } text }
        ? new OutboxAdd(OutboxKinds.Activity, "", "", "", golden, JsonSerializer.Serialize(new ActivityWord(text, effect.At)), $"activity|{effect.Key}")
        : null;

    private static async Task<bool> Holds(Session s, LaneSave save, CancellationToken ct)
    {
        if (await s.Count("SELECT count(*) FROM lease WHERE name = @0 AND epoch = @1", ct, Lease, save.Epoch) == 0) return false;
        var written = save.Journeys.Where(j => j.State is not null).ToList();
        if (written.Count == 0) return true;
        var present = (await s.Query($"SELECT golden_id, change FROM journey WHERE {s.Among("golden_id", 0)}", r => (r.Guid(0), r.Long(1)), ct, s.Items([.. written.Select(j => j.Golden.Value)]))).ToDictionary(p => p.Item1, p => p.Item2);
        return written.All(j => present.GetValueOrDefault(j.Golden.Value) == j.Change);
    }

    /// <summary>Databases keep microseconds, and a contact that is woken too early finds nothing to do, and is due again at once.</summary>
    private static DateTimeOffset? NotBefore(DateTimeOffset? due) =>
        due is { } at && at.Ticks % TimeSpan.TicksPerMicrosecond is > 0 and var over ? at.AddTicks(TimeSpan.TicksPerMicrosecond - over) : due;

    private static async Task SaveJourneys(Session s, LaneSave save, DateTimeOffset now, CancellationToken ct)
    {
        if (save.Removed.Count > 0)
        {
            var removed = s.Items([.. save.Removed.Select(r => r.Value)]);
            await s.Execute($"DELETE FROM journey WHERE {s.Among("golden_id", 0)}", ct, removed);
            await s.Execute($"DELETE FROM enrolment WHERE {s.Among("golden_id", 0)}", ct, removed);
            await s.Execute($"DELETE FROM contact_score WHERE {s.Among("golden_id", 0)}", ct, removed);
        }

        await s.Upsert(
            "journey", ["golden_id", "state", "due_at", "change", "updated_at"], 1,
            save.Journeys.Where(j => j.State is not null).Select(j => new object?[] { j.Golden.Value, JourneyJson.Of(j.State!), NotBefore(j.DueAt), j.Change + 1, now }), ct);
        await s.Upsert("enrolment", EnrolmentColumns, 3, save.Journeys.SelectMany(j => j.Enrolments.Select(e => Fill(j.Golden, e))), ct);
    }

    private static object?[] Fill(GoldenId golden, Enrolment e) =>
    [
        golden.Value, e.Workflow, e.Visit, e.Version, (int)e.State, e.EnteredAt, e.Since, e.EventId, e.Control, e.Step, e.StepSince, e.WakeAt, e.Waits, string.Join(' ', e.Path), e.Messages, e.LastSendAt, e.ConvertedAt,
        e.EndedAt, e.Outcome,
    ];

    private static async Task AddEffects(Session s, List<Effect> effects, CancellationToken ct)
    {
        if (effects.Count == 0) return;
        var seqs = await s.Allocate("effect", "seq", effects.Count, ct);
        await s.Upsert("effect", EffectColumns, 1, effects.Select((e, i) => Fill(e, seqs[i])), ct, "NOTHING");
    }

    private static object?[] Fill(Effect e, long seq) =>
        [e.Key, seq, e.At, Guid.Parse(e.Contact), e.Workflow, e.Version, e.Step, (int)e.Kind, e.EventId, (int?)e.Channel, e.Template, e.Reason, JourneyJson.Of(e.Payload)];

    /// <summary>Hash of recipient, workflow, step, visit and channel; a note to one's own team is of its contact, so that a rep hears of each.</summary>
    internal static string OnceOf(MessageAdd add, byte[] recipient)
    {
        var m = add.Message;
        return add.Internal
            ? m.Key.Value
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Convert.ToHexString(recipient)}\n{m.Origin.Workflow}\n{m.Origin.Step}\n{add.Visit}\n{(int)m.Channel}")))[..32];
    }
}

/// <summary>What a row of the outbox says of an activity.</summary>
/// <param name="Text">What happened.</param>
/// <param name="At">When.</param>
public sealed record ActivityWord(string Text, DateTimeOffset At);
