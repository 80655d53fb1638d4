using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>All by which rows of one contact are found.</summary>
internal sealed class ContactScope
{
    private ContactScope(GoldenId id, IReadOnlyList<Guid> ids, IReadOnlyList<long> rows, IReadOnlyList<(long Id, SourceKey Key)> records, IReadOnlyList<(Channel Channel, string Point)> points, ErasedTexts texts)
    {
        Id = id;
        Ids = ids;
        Rows = rows;
        Records = records;
        Points = points;
        Texts = texts;
    }

    public GoldenId Id { get; }

    /// <summary>Its golden id, and those that were merged into it.</summary>
    public IReadOnlyList<Guid> Ids { get; }

    /// <summary>The rows of its golden records.</summary>
    public IReadOnlyList<long> Rows { get; }

    public IReadOnlyList<(long Id, SourceKey Key)> Records { get; }

    /// <summary>Its addresses and numbers.</summary>
    public IReadOnlyList<(Channel Channel, string Point)> Points { get; }

    /// <summary>What it is known by in texts.</summary>
    public ErasedTexts Texts { get; }

    /// <summary>What <see cref="PersonalTable.Where"/> takes: records, golden ids, golden rows, source keys, contact points.</summary>
    public object[] Arguments(Session s, Consents consents) =>
    [
        s.Items([.. Records.Select(r => r.Id)]), s.Items(Ids), s.Items(Rows), s.Items([.. Records.Select(r => r.Key.ToString())]), s.Items([.. Points.Select(p => Consents.PointOf(consents.PointHmac(p.Channel, p.Point)))]),
    ];

    /// <summary>The scope of a contact, by its own id or one that leads to it; null when there is none.</summary>
    public static async Task<ContactScope?> Find(Session s, GoldenId contact, CancellationToken ct)
    {
        if (await GoldenRecords.Find(s, contact, ct) is not { } golden) return null;
        var ids = (await s.Query("SELECT alias FROM golden_alias WHERE golden_id = @0", r => r.Guid(0), ct, golden.Id.Value)).Prepend(golden.Id.Value).Distinct().ToList();
        var rows = await s.Query($"SELECT row FROM golden_record WHERE {s.Among("id", 0)}", r => r.Long(0), ct, s.Items(ids));
        var numbers = await s.Query($"SELECT record_id FROM crosswalk WHERE {s.Among("golden_id", 0)} ORDER BY record_id", r => r.Long(0), ct, s.Items(ids));
        var keys = await Landing.Keys(s, numbers, ct);
        var clean = await CleanRecords.WithIssues(s, await CleanRecords.Load(s, numbers, ct), ct);
        var raw = await RawOfEvents(s, ids, numbers, ct);
        foreach (var (id, key) in raw) keys[id] = key;
        numbers = [.. numbers, .. raw.Keys];
        var payloads = await s.Query($"SELECT payload FROM source_record WHERE {s.Among("id", 0)} AND payload IS NOT NULL", r => r.Bytes(0), ct, s.Items(numbers));

        var values = clean.Select(c => c.Record.Values).Append(golden.Values).ToList();
        var emails = values.SelectMany(v => v.List(Field.OtherEmails).Append(v[Field.Email])).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
        var phones = values.SelectMany(v => v.List(Field.OtherPhones).Append(v[Field.Phone])).OfType<string>().Distinct(StringComparer.Ordinal);
        var points = emails.Select(e => (Channel.Email, e)).Concat(phones.Select(p => (Channel.Sms, p))).ToList();
        return new ContactScope(golden.Id, ids, rows, [.. numbers.Where(keys.ContainsKey).Select(n => (n, keys[n]))], points, ErasedTexts.Of(ids, [.. keys.Values], values, clean.SelectMany(c => c.Record.Issues), payloads));
    }

    /// <summary>The rows that its events were made of, such as orders: they are no contacts, and no crosswalk names them. An event's id begins with its row's key.</summary>
    private static async Task<Dictionary<long, SourceKey>> RawOfEvents(Session s, IReadOnlyList<Guid> ids, IReadOnlyList<long> records, CancellationToken ct)
    {
        var rowsOf = await s.Query(
            $"SELECT id, type FROM event WHERE {s.Among("golden_id", 0)} UNION SELECT id, type FROM event WHERE {s.Among("record_id", 1)}",
            r => r.Text(0) is var id && id.IndexOf($"#{r.Text(1)}", StringComparison.Ordinal) is > 0 and var end ? SourceKey.Parse(id[..end]) : null,
            ct, s.Items(ids), s.Items(records));
        var found = new Dictionary<long, SourceKey>();
        foreach (var stream in rowsOf.OfType<SourceKey>().Where(k => Streams.OfEvents.Contains(k.Stream)).Distinct().GroupBy(k => (k.Source, k.Stream)))
        {
            var rows = await s.Query(
                $"SELECT id, external_id FROM source_record WHERE source = @0 AND stream = @1 AND {s.Among("external_id", 2)}", r => (Id: r.Long(0), External: r.Text(1)), ct,
                stream.Key.Source, stream.Key.Stream, s.Items([.. stream.Select(k => k.ExternalId)]));
            foreach (var (id, external) in rows) found[id] = new SourceKey(stream.Key.Source, stream.Key.Stream, external);
        }

        return found;
    }
}
