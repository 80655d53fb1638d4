using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

/// <summary>Messages that workflows decided, to be delivered: each once, by its key and by its recipient.</summary>
public sealed class Messages
{
    private const string Select =
        "SELECT m.id, m.content, m.golden_id, m.visit, m.internal, m.status, m.attempts, m.first_at, m.next_at, m.maybe_delivered, m.possible_duplicate, m.provider_id, m.error, m.created_at, m.settled_at FROM message m ";

    private static readonly string[] Columns =
    [
        "key", "id", "once", "golden_id", "workflow", "version", "step", "visit", "template", "channel", "marketing", "internal", "to_point", "to_hmac", "content", "status", "attempts", "next_at", "maybe_delivered",
        "possible_duplicate", "created_at",
    ];

    private readonly Database database;

    internal Messages(Database database) => this.database = database;

    /// <summary>Messages that are due, the longest due first.</summary>
    public Task<IReadOnlyList<MessageRow>> Due(Channel channel, DateTimeOffset now, int limit, CancellationToken ct) => database.Read<IReadOnlyList<MessageRow>>(
        async s => await s.Query(Select + "WHERE m.status = 0 AND m.status < 2 AND m.next_at <= @0 AND m.channel = @1 ORDER BY m.next_at, m.id LIMIT @2", Read, ct, now, (int)channel, limit), ct);

    /// <summary>When the next message is due; null when none waits.</summary>
    public Task<DateTimeOffset?> NextDue(CancellationToken ct) => database.Read(
        async s => (await s.Query("SELECT next_at FROM message WHERE status = 0 AND status < 2 ORDER BY next_at LIMIT 1", r => (DateTimeOffset?)r.Time(0), ct)).FirstOrDefault(), ct);

    /// <summary>
    /// Claims messages, and settles those that the send gate has stopped or put off, in one durable transaction that looks at the suppressions again: whoever has unsubscribed up to this moment gets nothing.
    /// Returns the ids of those that may be handed over. None when the lease was lost.
    /// </summary>
    /// <param name="ids">Messages that the gate lets go.</param>
    /// <param name="settled">What the gate said of the others.</param>
    /// <param name="epoch">The lease under which this runs.</param>
    /// <param name="now">The present.</param>
    /// <param name="ct">Stops it.</param>
    public Task<IReadOnlySet<long>> Claim(IReadOnlyList<long> ids, IReadOnlyList<MessageSettlement> settled, long epoch, DateTimeOffset now, CancellationToken ct) => database.Write<IReadOnlySet<long>>(
        Durability.Urgent,
        async s =>
        {
            if (await s.Count("SELECT count(*) FROM lease WHERE name = @0 AND epoch = @1", ct, Journeys.Lease, epoch) == 0) return new HashSet<long>();
            await Settle(s, settled, now, ct);
            var stopped = await s.Query(
                $"SELECT DISTINCT m.id, e.reason FROM message m JOIN suppression_entry e ON e.point = m.to_point AND e.point_hmac = m.to_hmac AND e.channel = m.channel WHERE {s.Among("m.id", 0)} AND NOT m.internal "
                + $"AND (e.purpose = @1 OR (m.marketing AND e.purpose = @2)) AND {Suppressions.InForce}",
                r => (Id: r.Long(0), Reason: (SuppressionReason)r.Int(1)), ct, s.Items(ids), Purposes.Every, Purposes.Marketing);
            await Settle(
                s, [.. stopped.DistinctBy(x => x.Id).Select(x => new MessageSettlement(x.Id, MessageStatus.Stopped, now, false, false, false, null, $"suppressed: {SuppressionCodes.Of(x.Reason)}"))], now, ct);
            var gone = stopped.Select(x => x.Id).ToHashSet();
            long[] rest = [.. ids.Where(i => !gone.Contains(i))];
            if (rest.Length == 0) return new HashSet<long>();
            var waiting = await s.Query($"SELECT id FROM message WHERE status = 0 AND {s.Among("id", 0)}", r => r.Long(0), ct, s.Items(rest));
            await s.Execute($"UPDATE message SET status = 1, claim = @0, first_at = coalesce(first_at, @1) WHERE {s.Among("id", 2)}", ct, epoch, now, s.Items(waiting));
            return waiting.ToHashSet();
        },
        ct);

    /// <summary>Records what became of messages, durably.</summary>
    public Task Settle(IReadOnlyList<MessageSettlement> settled, DateTimeOffset now, CancellationToken ct) => settled.Count == 0
        ? Task.CompletedTask
        : database.Write(Durability.Urgent, s => Settle(s, settled, now, ct), ct);

    /// <summary>Gives back what a worker of an earlier lease had claimed and did not settle: it may have been delivered. Returns how many.</summary>
    public Task<int> Recover(long epoch, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        s => s.Execute("UPDATE message SET status = 0, claim = NULL, maybe_delivered = TRUE, next_at = @1 WHERE status = 1 AND status < 2 AND (claim IS NULL OR claim < @0)", ct, epoch, now),
        ct);

    /// <summary>Tries dead letters again. Returns how many.</summary>
    public Task<int> Retry(IReadOnlyCollection<long>? ids, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        s => ids is null
            ? s.Execute("UPDATE message SET status = 0, next_at = @0, first_at = NULL, attempts = 0, settled_at = NULL WHERE status = 3", ct, now)
            : s.Execute($"UPDATE message SET status = 0, next_at = @0, first_at = NULL, attempts = 0, settled_at = NULL WHERE status = 3 AND {s.Among("id", 1)}", ct, now, s.Items(ids)),
        ct);

    /// <summary>A contact's messages, under all ids that it has had; the latest first.</summary>
    public Task<IReadOnlyList<MessageRow>> Of(IReadOnlyCollection<GoldenId> ids, int limit, CancellationToken ct) => database.Read<IReadOnlyList<MessageRow>>(
        async s => await s.Query(Select + $"WHERE {s.Among("m.golden_id", 0)} ORDER BY m.id DESC LIMIT @1", Read, ct, s.Items([.. ids.Select(i => i.Value)]), limit), ct);

    /// <summary>The latest messages, the latest first.</summary>
    public Task<IReadOnlyList<MessageRow>> Latest(int limit, CancellationToken ct) => database.Read<IReadOnlyList<MessageRow>>(
        async s => await s.Query(Select + "ORDER BY m.id DESC LIMIT @0", Read, ct, limit), ct);

    /// <summary>How many messages stand where.</summary>
    public Task<IReadOnlyList<MessageCount>> Counts(CancellationToken ct) => database.Read<IReadOnlyList<MessageCount>>(
        async s => await s.Query(
            "SELECT workflow, channel, status, count(*), sum(CASE WHEN possible_duplicate THEN 1 ELSE 0 END) FROM message GROUP BY workflow, channel, status ORDER BY workflow, channel, status",
            r => new MessageCount(r.Text(0), (Channel)r.Int(1), (MessageStatus)r.Int(2), r.Long(3), r.Long(4)), ct),
        ct);

    /// <summary>Messages delivered to contacts, by workflow and contact; those to one's own team are left out.</summary>
    public Task<IReadOnlyList<DeliveredCount>> Delivered(CancellationToken ct) => database.Read<IReadOnlyList<DeliveredCount>>(
        async s => await s.Query(
            "SELECT workflow, golden_id, count(*) FROM message WHERE status = @0 AND NOT internal GROUP BY workflow, golden_id ORDER BY workflow, golden_id",
            r => new DeliveredCount(r.Text(0), new GoldenId(r.Guid(1)), r.Long(2)), ct, (int)MessageStatus.Delivered),
        ct);

    /// <summary>Marketing mails delivered, and complaints told, since a time: what the breaker judges by.</summary>
    public Task<(long Delivered, long Complaints)> Complaints(DateTimeOffset since, CancellationToken ct) => database.Read(
        async s => (
            await s.Count("SELECT count(*) FROM message WHERE status = 2 AND marketing AND channel = @0 AND settled_at >= @1", ct, (int)Channel.Email, since),
            await s.Count("SELECT count(*) FROM event WHERE type = @0 AND at >= @1", ct, EventTypes.EmailComplained, since)),
        ct);

    /// <summary>Adds messages. Returns the keys of the effects whose message its recipient has had already.</summary>
    internal static async Task<HashSet<string>> Add(Session s, Consents consents, IReadOnlyList<MessageAdd> adds, DateTimeOffset now, CancellationToken ct)
    {
        var twice = new HashSet<string>(StringComparer.Ordinal);
        if (adds.Count == 0) return twice;
        var rows = adds.Select(a => (Add: a, Hmac: consents.PointHmac(a.Message.Channel, a.Message.To.Address))).Select(a => (a.Add, a.Hmac, Once: Journeys.OnceOf(a.Add, a.Hmac))).ToList();
        var keyOf = (await s.Query($"SELECT once, key FROM message WHERE {s.Among("once", 0)}", r => (r.Text(0), r.Text(1)), ct, s.Items([.. rows.Select(r => r.Once)]))).ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);
        var fresh = new List<object?[]>();
        foreach (var (add, hmac, once) in rows)
        {
            var m = add.Message;
            if (keyOf.TryGetValue(once, out var key))
            {
                if (key != m.Key.Value) twice.Add(add.EffectKey);
                continue;
            }

            keyOf[once] = m.Key.Value;
            fresh.Add([
                m.Key.Value, 0L, once, add.Golden.Value, m.Origin.Workflow, m.Origin.Version, m.Origin.Step, add.Visit, m.Origin.Template, (int)m.Channel, m.Purpose == MessagePurpose.Marketing, add.Internal,
                Consents.PointOf(hmac), hmac, m.ToJson(), (int)MessageStatus.Waiting, 0, now, false, false, now,
            ]);
        }

        if (fresh.Count == 0) return twice;
        var ids = await s.Allocate("message", "id", fresh.Count, ct);
        for (var i = 0; i < fresh.Count; i++) fresh[i][1] = ids[i];
        await s.Upsert("message", Columns, 1, fresh, ct, "NOTHING");
        return twice;
    }

    private static async Task Settle(Session s, IReadOnlyList<MessageSettlement> settled, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var one in settled)
            await s.Execute(
                "UPDATE message SET status = @1, next_at = @2, attempts = attempts + @3, maybe_delivered = @4, possible_duplicate = @5, provider_id = @6, error = @7, settled_at = @8, claim = NULL "
                + "WHERE id = @0 AND status < 2",
                ct, one.Id, (int)one.Status, one.NextAt, one.CountsAttempt ? 1 : 0, one.MaybeDelivered, one.PossibleDuplicate, one.ProviderId, one.Error, one.Status >= MessageStatus.Delivered ? now : null);
    }

    private static MessageRow Read(Row r) => new(
        r.Long(0), OutgoingMessage.FromJson(r.Text(1)), new GoldenId(r.Guid(2)), r.Int(3), r.Bool(4), (MessageStatus)r.Int(5), r.Int(6), r.TimeOrNull(7), r.Time(8), r.Bool(9), r.Bool(10), r.TextOrNull(11), r.TextOrNull(12),
        r.Time(13), r.TimeOrNull(14));
}
