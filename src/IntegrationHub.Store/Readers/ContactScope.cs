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
        var payloads = await s.Query($"SELECT payload FROM source_record WHERE {s.Among("id", 0)} AND payload IS NOT NULL", r => r.Bytes(0), ct, s.Items(numbers));

        var values = clean.Select(c => c.Record.Values).Append(golden.Values).ToList();
        var emails = values.SelectMany(v => v.List(Field.OtherEmails).Append(v[Field.Email])).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
        var phones = values.SelectMany(v => v.List(Field.OtherPhones).Append(v[Field.Phone])).OfType<string>().Distinct(StringComparer.Ordinal);
        var points = emails.Select(e => (Channel.Email, e)).Concat(phones.Select(p => (Channel.Sms, p))).ToList();
        return new ContactScope(golden.Id, ids, rows, [.. numbers.Where(keys.ContainsKey).Select(n => (n, keys[n]))], points, ErasedTexts.Of(ids, [.. keys.Values], values, clean.SelectMany(c => c.Record.Issues), payloads));
    }
}
