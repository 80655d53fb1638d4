using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

/// <summary>What contacts did. Append-only but for whom an event is of.</summary>
public sealed class Events
{
    internal const string Select = "SELECT e.seq, e.id, e.type, e.at, e.contact, e.properties, e.received_at, e.source, e.history, e.golden_id, e.record_id, e.state FROM event e ";

    private static readonly string[] Columns = ["id", "seq", "type", "at", "received_at", "source", "contact", "email_point", "phone_point", "source_key", "state", "history", "properties"];

    private readonly Database database;
    private readonly Consents consents;

    internal Events(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>Keeps events, on the disk when it returns. One whose id is known is left out, and so is one of before its contact was erased. Returns the ids that are new.</summary>
    public Task<IReadOnlySet<string>> Land(IReadOnlyList<EventLanding> events, DateTimeOffset now, CancellationToken ct) => events.Count == 0
        ? Task.FromResult<IReadOnlySet<string>>(new HashSet<string>())
        : database.Write(Durability.Urgent, s => Land(s, consents, events, now, ct), ct);

    internal static async Task<IReadOnlySet<string>> Land(Session s, Consents consents, IReadOnlyList<EventLanding> events, DateTimeOffset now, CancellationToken ct)
    {
        if (events.Count == 0) return new HashSet<string>();
        var rows = events.DistinctBy(e => StoredText.Of(e.Event.Id), StringComparer.Ordinal).ToList();
        var known = (await s.Query($"SELECT id FROM event WHERE {s.Among("id", 0)}", r => r.Text(0), ct, s.Items([.. rows.Select(r => r.Event.Id)]))).ToHashSet(StringComparer.Ordinal);
        var fresh = await Suppressions.WithoutErased(s, consents, [.. rows.Where(r => !known.Contains(StoredText.Of(r.Event.Id)))], ct);
        var seqs = fresh.Count > 0 ? await s.Allocate("event", "seq", fresh.Count, ct) : [];
        await s.Upsert("event", Columns, 1, fresh.Select((e, i) => Fill(consents, e, seqs[i], now)), ct, "NOTHING");
        return fresh.Select(f => f.Event.Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>True when an event is kept.</summary>
    public Task<bool> Has(string id, CancellationToken ct) => database.Read(async s => await s.Count("SELECT count(*) FROM event WHERE id = @0", ct, id) > 0, ct);

    /// <summary>Events that are to be attached and run, in the order of arrival.</summary>
    public Task<IReadOnlyList<EventRow>> TakeLanded(int limit, CancellationToken ct) => database.Read<IReadOnlyList<EventRow>>(
        async s => await s.Query(Select + "WHERE e.state = 0 AND e.state < 2 ORDER BY e.seq LIMIT @0", Read, ct, limit), ct);

    /// <summary>The latest events of a contact, the latest first.</summary>
    public Task<IReadOnlyList<EventRow>> Of(GoldenId golden, int limit, CancellationToken ct) => database.Read<IReadOnlyList<EventRow>>(
        async s => await s.Query(Select + "WHERE e.golden_id = @0 ORDER BY e.at DESC, e.id DESC LIMIT @1", Read, ct, golden.Value, limit), ct);

    /// <summary>How many events there are, and how many of them wait for somebody who is not known yet.</summary>
    public Task<(long All, long Landed, long Waiting)> Count(CancellationToken ct) => database.Read(
        async s => (
            await s.Count("SELECT count(*) FROM event", ct),
            await s.Count("SELECT count(*) FROM event WHERE state = 0 AND state < 2", ct),
            await s.Count("SELECT count(*) FROM event WHERE state = 1 AND state < 2", ct)),
        ct);

    /// <summary>Whom the events are of, by their keys: the golden id first, then a source's own id, then the message that they answer, then address and number. Unknown ones are left out.</summary>
    /// <param name="events">The events, with the address and the number as they are kept.</param>
    /// <param name="ct">Stops it.</param>
    public Task<IReadOnlyDictionary<string, EventOwner>> Owners(IReadOnlyList<EventLanding> events, CancellationToken ct) => database.Read<IReadOnlyDictionary<string, EventOwner>>(
        async s =>
        {
            var owners = new Dictionary<string, EventOwner>(StringComparer.Ordinal);
            await ByGoldenId(s, events, owners, ct);
            await BySourceKey(s, events, owners, ct);
            await ByMessage(s, events, owners, ct);
            await ByPoint(s, events, owners, Field.Email, Channel.Email, e => e.Email, ct);
            await ByPoint(s, events, owners, Field.Phone, Channel.Sms, e => e.Phone, ct);
            return owners;
        },
        ct);

    /// <summary>Source records of contacts that have one of the match keys: at most so many, the least ids first.</summary>
    public Task<IReadOnlyList<long>> RecordsWith(IReadOnlyCollection<Matching.MatchKey> keys, int limit, CancellationToken ct) => database.Read<IReadOnlyList<long>>(
        async s =>
        {
            var records = new SortedSet<long>();
            foreach (var key in keys)
                records.UnionWith(await s.Query(
                    "SELECT record_id FROM match_key WHERE kind = @0 AND rule = @1 AND hash = @2 ORDER BY record_id LIMIT @3", r => r.Long(0), ct, (int)EntityKind.Contact, key.Rule, key.Hash, limit));
            return [.. records.Take(limit)];
        },
        ct);

    internal static async Task Settle(Session s, IReadOnlyList<EventSettlement> settled, CancellationToken ct)
    {
        if (settled.Count > 0)
            await s.Update("event", ["seq", "state", "golden_id", "record_id"], 1, settled.Select(e => new object?[] { e.Seq, (int)e.State, e.Golden?.Value, e.RecordId }), ct);
    }

    /// <summary>Wakes events that wait for one of these golden records: somebody has become known.</summary>
    internal static async Task Wake(Session s, IReadOnlyCollection<Guid> goldens, CancellationToken ct)
    {
        // Usually nobody waits: one look at a small index.
        if (goldens.Count == 0 || await s.Count("SELECT count(*) FROM (SELECT seq FROM event WHERE state = 1 AND state < 2 LIMIT 1) q", ct) == 0) return;
        var items = s.Items(goldens);
        await s.Execute($"UPDATE event SET state = 0 WHERE state = 1 AND email_point IN (SELECT email_point FROM golden_record WHERE {s.Among("id", 0)} AND email_point IS NOT NULL)", ct, items);
        await s.Execute($"UPDATE event SET state = 0 WHERE state = 1 AND phone_point IN (SELECT phone_point FROM golden_record WHERE {s.Among("id", 0)} AND phone_point IS NOT NULL)", ct, items);
        await s.Execute(
            $"UPDATE event SET state = 0 WHERE state = 1 AND source_key IN (SELECT r.source || '/' || r.external_id FROM crosswalk x JOIN source_record r ON r.id = x.record_id WHERE {s.Among("x.golden_id", 0)})",
            ct,
            items);
    }

    internal static EventRow Read(Row r) => new(
        r.Long(0),
        new HubEvent(r.Text(1), r.Text(2), r.Time(3), JourneyJson.ReadContact(r.Text(4)), EventProperties.Parse(r.Text(5))),
        r.Time(6),
        r.Text(7),
        r.Bool(8),
        r.GuidOrNull(9) is { } golden ? new GoldenId(golden) : null,
        r.LongOrNull(10),
        (EventState)r.Int(11));

    private static object?[] Fill(Consents consents, EventLanding landing, long seq, DateTimeOffset now)
    {
        var e = landing.Event;
        return
        [
            e.Id, seq, e.Type, e.At, now, landing.Source, JourneyJson.Of(e.Contact), consents.PointOf(Channel.Email, landing.Email), consents.PointOf(Channel.Sms, landing.Phone), SourceKeyOf(e.Contact),
            (int)EventState.Landed, landing.History, e.Properties.Json.GetRawText(),
        ];
    }

    private static string? SourceKeyOf(EventContact contact) => contact is { Source: { } source, ExternalId: { } id } ? $"{source}/{id}" : null;

    private static async Task ByGoldenId(Session s, IReadOnlyList<EventLanding> events, Dictionary<string, EventOwner> owners, CancellationToken ct)
    {
        var asked = events.Select(e => (e.Event.Id, Golden: Guid.TryParse(e.Event.Contact.Id, out var id) ? id : (Guid?)null)).Where(e => e.Golden is not null).ToList();
        if (asked.Count == 0) return;
        var items = s.Items([.. asked.Select(a => a.Golden).OfType<Guid>().Distinct()]);
        var leads = (await s.Query($"SELECT alias, golden_id FROM golden_alias WHERE {s.Among("alias", 0)}", r => (r.Guid(0), r.Guid(1)), ct, items)).ToDictionary(a => a.Item1, a => a.Item2);
        var living = (await s.Query(
            $"SELECT id FROM golden_record WHERE {s.Among("id", 0)} AND +kind = @1 AND retired_at IS NULL", r => r.Guid(0), ct,
            s.Items([.. asked.Select(a => leads.GetValueOrDefault(a.Golden!.Value, a.Golden.Value)).Distinct()]), (int)EntityKind.Contact)).ToHashSet();
        foreach (var (id, golden) in asked)
            if (leads.GetValueOrDefault(golden!.Value, golden.Value) is var lead && living.Contains(lead)) owners[id] = new EventOwner(new GoldenId(lead), null);
    }

    private static async Task BySourceKey(Session s, IReadOnlyList<EventLanding> events, Dictionary<string, EventOwner> owners, CancellationToken ct)
    {
        foreach (var group in events.Where(e => !owners.ContainsKey(e.Event.Id) && SourceKeyOf(e.Event.Contact) is not null).GroupBy(e => e.Event.Contact.Source!, StringComparer.Ordinal))
        {
            var found = (await s.Query(
                "SELECT r.external_id, r.id, x.golden_id FROM source_record r JOIN crosswalk x ON x.record_id = r.id JOIN golden_record g ON g.id = x.golden_id "
                + $"WHERE r.source = @0 AND r.stream = @1 AND {s.Among("r.external_id", 2)} AND +g.kind = @3 AND g.retired_at IS NULL",
                r => (External: r.Text(0), Owner: new EventOwner(new GoldenId(r.Guid(2)), r.Long(1))),
                ct,
                group.Key,
                Streams.Contacts,
                s.Items([.. group.Select(e => e.Event.Contact.ExternalId!).Distinct(StringComparer.Ordinal)]),
                (int)EntityKind.Contact)).ToDictionary(f => f.External, f => f.Owner, StringComparer.Ordinal);
            foreach (var e in group)
                if (found.TryGetValue(StoredText.Of(e.Event.Contact.ExternalId!), out var owner)) owners[e.Event.Id] = owner;
        }
    }

    private static async Task ByMessage(Session s, IReadOnlyList<EventLanding> events, Dictionary<string, EventOwner> owners, CancellationToken ct)
    {
        var asked = events.Where(e => !owners.ContainsKey(e.Event.Id)).Select(e => (e.Event.Id, Key: e.Event.Properties.Text("message_key"))).Where(e => e.Key is not null).ToList();
        if (asked.Count == 0) return;
        var found = (await s.Query(
            $"SELECT m.key, coalesce(a.golden_id, m.golden_id) FROM message m LEFT JOIN golden_alias a ON a.alias = m.golden_id WHERE {s.Among("m.key", 0)}", r => (r.Text(0), r.Guid(1)), ct,
            s.Items([.. asked.Select(a => a.Key!).Distinct(StringComparer.Ordinal)]))).ToDictionary(f => f.Item1, f => new GoldenId(f.Item2), StringComparer.Ordinal);
        foreach (var (id, key) in asked)
            if (found.TryGetValue(key!, out var golden)) owners[id] = new EventOwner(golden, null);
    }

    private async Task ByPoint(
        Session s, IReadOnlyList<EventLanding> events, Dictionary<string, EventOwner> owners, Field field, Channel channel, Func<EventLanding, string?> pointOf, CancellationToken ct)
    {
        var asked = events.Where(e => !owners.ContainsKey(e.Event.Id) && pointOf(e) is not null).ToList();
        if (asked.Count == 0) return;
        var (name, column) = (Fields.NameOf(field), field == Field.Email ? "email_point" : "phone_point");
        var found = (await s.Query(
            $"SELECT g.{name}, g.id, (SELECT min(x.record_id) FROM crosswalk x JOIN clean_record c ON c.record_id = x.record_id WHERE x.golden_id = g.id AND c.{name} = g.{name}) FROM golden_record g WHERE {s.Among($"g.{column}", 0)} AND +g.kind = @1 AND g.retired_at IS NULL ORDER BY g.id",
            r => (Value: r.TextOrNull(0) ?? "", Owner: new EventOwner(new GoldenId(r.Guid(1)), r.LongOrNull(2))),
            ct,
            s.Items([.. asked.Select(e => consents.PointOf(channel, pointOf(e))).OfType<long>().Distinct()]),
            (int)EntityKind.Contact)).ToLookup(f => f.Value.ToLowerInvariant(), f => f.Owner, StringComparer.Ordinal);
        foreach (var e in asked)
        {
            // Two contacts may have one address: the older is meant, whichever came first.
            if (found[pointOf(e)!.ToLowerInvariant()].MinBy(o => o.Golden.Value) is { } owner) owners[e.Event.Id] = owner;
        }
    }
}
