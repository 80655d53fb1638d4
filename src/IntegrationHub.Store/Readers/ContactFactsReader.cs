using System.Globalization;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

public sealed partial class Journeys
{
    /// <summary>So many events of one contact are looked at, the latest ones.</summary>
    public const int EventsOfOne = 1_000;

    private static readonly string SelectContact = $"SELECT g.id, g.hygiene, g.hygiene_reasons, {FieldColumns.Of("g", FieldColumns.Golden)} FROM golden_record g ";

    /// <summary>All that workflows may know of some contacts. Ids of companies, of retired and of absorbed contacts are left out.</summary>
    public Task<IReadOnlyDictionary<GoldenId, ContactFacts>> Facts(IReadOnlyCollection<GoldenId> ids, CancellationToken ct) => ids.Count == 0
        ? Task.FromResult<IReadOnlyDictionary<GoldenId, ContactFacts>>(new Dictionary<GoldenId, ContactFacts>())
        : database.Read(s => Facts(s, ids, ct), ct);

    /// <summary>Living contacts with a row above the given one, by row: their ids and rows.</summary>
    public Task<IReadOnlyList<(long Row, GoldenId Id)>> Contacts(long afterRow, int limit, CancellationToken ct) => database.Read<IReadOnlyList<(long, GoldenId)>>(
        async s => await s.Query(
            "SELECT row, id FROM golden_record WHERE row > @0 AND kind = @1 AND retired_at IS NULL ORDER BY row LIMIT @2", r => (r.Long(0), new GoldenId(r.Guid(1))), ct, afterRow, (int)EntityKind.Contact, limit),
        ct);

    /// <summary>The ids of golden records by row, retired ones too.</summary>
    public Task<IReadOnlyDictionary<long, GoldenId>> Ids(IReadOnlyCollection<long> rows, CancellationToken ct) => database.Read<IReadOnlyDictionary<long, GoldenId>>(
        async s => (await s.Query($"SELECT row, id FROM golden_record WHERE {s.Among("row", 0)}", r => (Row: r.Long(0), Id: new GoldenId(r.Guid(1))), ct, s.Items(rows))).ToDictionary(r => r.Row, r => r.Id),
        ct);

    private async Task<IReadOnlyDictionary<GoldenId, ContactFacts>> Facts(Session s, IReadOnlyCollection<GoldenId> ids, CancellationToken ct)
    {
        var items = s.Items([.. ids.Select(i => i.Value)]);
        var contacts = await s.Query(
            $"{SelectContact} WHERE {s.Among("g.id", 0)} AND +g.kind = @1 AND g.retired_at IS NULL",
            r => new Known(r.Guid(0), new Hygiene((HygieneStatus)r.Int(1), (HygieneReasons)r.Int(2)), FieldColumns.Read(r, 3, Fields.Golden)),
            ct,
            items,
            (int)EntityKind.Contact);
        var points = new Points(contacts, consents);
        var said = await Said(s, items, points, ct);
        var suppressed = await Suppressed(s, points, ct);
        var events = await Done(s, items, ct);
        return contacts.ToDictionary(
            c => new GoldenId(c.Id),
            c => new ContactFacts(
                new GoldenId(c.Id).ToString(), c.Values, c.Hygiene, Time(c.Values[Field.KnownSince]), Time(c.Values[Field.EngagedAt]), [.. said[c.Id].Distinct()], [.. suppressed[c.Id].Distinct()], EventLog.Of(events[c.Id])));
    }

    /// <summary>
    /// What contacts did: the latest of it, so that one with a hundred thousand events is run as fast as any other, and whatever started the workflows that it is in.
    /// </summary>
    private static async Task<ILookup<Guid, HubEvent>> Done(Session s, object ids, CancellationToken ct)
    {
        var events = await s.Query(
            $"{Events.Select} JOIN ({s.Each(0)}) i ON e.golden_id = i.item "
            + "AND e.at >= coalesce((SELECT x.at FROM event x WHERE x.golden_id = i.item ORDER BY x.at DESC LIMIT 1 OFFSET @1), @2)",
            Events.Read, ct, ids, EventsOfOne - 1, DateTimeOffset.UnixEpoch);
        var many = events.GroupBy(e => e.Golden!.Value.Value).Where(g => g.Count() >= EventsOfOne).Select(g => g.Key).ToList();
        if (many.Count > 0)
            events.AddRange(await s.Query(
                $"{Events.Select} JOIN enrolment n ON n.event_id = e.id AND n.golden_id = e.golden_id WHERE {s.Among("n.golden_id", 0)} AND n.state = @1", Events.Read, ct, s.Items(many), (int)EnrolmentState.Active));
        // A log holds each event once.
        return events.ToLookup(e => e.Golden!.Value.Value, e => e.Event);
    }

    /// <summary>
    /// What was said of a contact's own address and number by anybody, and every no that one of its records has for another address: who has said no has said no. A yes is one of the address that it was said of,
    /// and so is a bounce.
    /// </summary>
    private static async Task<ILookup<Guid, ConsentFact>> Said(Session s, object ids, Points points, CancellationToken ct)
    {
        const string Columns = "e.id, e.record_id, e.point_hmac, e.channel, e.purpose, e.state, e.at";
        var ofRecords = await s.Query(
            $"SELECT x.golden_id, {Columns} FROM crosswalk x JOIN consent_entry e ON e.record_id = x.record_id WHERE {s.Among("x.golden_id", 0)}", r => (Golden: r.Guid(0), Word: ReadWord(r, 1)), ct, ids);
        var ofPoints = points.All.Count == 0
            ? []
            : await s.Query($"SELECT {Columns} FROM consent_entry e WHERE {s.Among("e.point", 0)}", r => ReadWord(r, 0), ct, s.Items(points.All));
        var facts = new List<(Guid Golden, ConsentFact Fact)>();
        foreach (var (golden, word) in LastWords(ofRecords.Select(r => (r.Golden, r.Word))))
            if (points.Owns(golden, word.Hmac) || word.State is ConsentState.Denied or ConsentState.Pending) facts.Add((golden, word.Fact));
        foreach (var (_, word) in LastWords(ofPoints.Select(w => (Guid.Empty, w))))
            foreach (var golden in points.OwnersOf(word.Hmac)) facts.Add((golden, word.Fact));
        return facts.ToLookup(f => f.Golden, f => f.Fact);
    }

    private static IEnumerable<(Guid Golden, Word Word)> LastWords(IEnumerable<(Guid Golden, Word Word)> words) =>
        words.OrderBy(w => w.Word.Id).GroupBy(w => (w.Golden, w.Word.RecordId, w.Word.Hmac, w.Word.Channel, w.Word.Purpose)).Select(g => g.Last());

    private static async Task<ILookup<Guid, SuppressionFact>> Suppressed(Session s, Points points, CancellationToken ct)
    {
        var facts = new List<(Guid Golden, SuppressionFact Fact)>();
        if (points.All.Count == 0) return facts.ToLookup(f => f.Golden, f => f.Fact);
        foreach (var (hmac, fact) in await s.Query(
            $"SELECT e.point_hmac, e.channel, e.purpose, e.reason, e.at FROM suppression_entry e WHERE {s.Among("e.point", 0)} AND {Suppressions.InForce}",
            r => (Convert.ToHexString(r.Bytes(0)), new SuppressionFact((Channel)r.Int(1), r.Text(2), SuppressionCodes.Of((SuppressionReason)r.Int(3)), r.Time(4))),
            ct,
            s.Items(points.All)))
            foreach (var golden in points.OwnersOf(hmac)) facts.Add((golden, fact));
        return facts.ToLookup(f => f.Golden, f => f.Fact);
    }

    private static Word ReadWord(Row r, int i) =>
        new(r.Long(i), r.Long(i + 1), Convert.ToHexString(r.Bytes(i + 2)), (Channel)r.Int(i + 3), r.Text(i + 4), (ConsentState)r.Int(i + 5), r.TimeOrNull(i + 6));

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    private sealed record Known(Guid Id, Hygiene Hygiene, FieldValues Values);

    private sealed record Word(long Id, long RecordId, string Hmac, Channel Channel, string Purpose, ConsentState State, DateTimeOffset? At)
    {
        public ConsentFact Fact => new(Channel, Purpose, State, At);
    }

    /// <summary>The contacts' own address and number, as the ledgers keep them.</summary>
    private sealed class Points
    {
        private readonly Dictionary<string, List<Guid>> owners = new(StringComparer.Ordinal);

        public Points(List<Known> contacts, Consents consents)
        {
            foreach (var contact in contacts)
            {
                Add(contact, Channel.Email, contact.Values[Field.Email], consents);
                Add(contact, Channel.Sms, contact.Values[Field.Phone], consents);
            }
        }

        public List<long> All { get; } = [];

        public List<Guid> OwnersOf(string hmac) => owners.TryGetValue(hmac, out var list) ? list : [];

        public bool Owns(Guid golden, string hmac) => OwnersOf(hmac).Contains(golden);

        private void Add(Known contact, Channel channel, string? point, Consents consents)
        {
            if (point is null) return;
            var hmac = consents.PointHmac(channel, point);
            All.Add(Consents.PointOf(hmac));
            var key = Convert.ToHexString(hmac);
            (owners.TryGetValue(key, out var list) ? list : owners[key] = []).Add(contact.Id);
        }
    }
}
