using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>
/// Keeps the hygiene status of golden records. Whatever a status depends on is written together with it: a writer that changes a golden record, an open pair, a
/// suppression or a point's deliverability refreshes the contacts concerned in its own transaction, so that the gate never sees one without the other.
/// </summary>
internal static class HygieneStatuses
{
    private static readonly Field[] Needed = [Field.FirstName, Field.LastName, Field.Email, Field.Phone, Field.OtherEmails, Field.OtherPhones];

    private static readonly string[] NeededColumns = [.. Needed.Select(Fields.NameOf)];

    /// <summary>The contacts that have one of the points (see <see cref="Consents.PointOf(byte[])"/>).</summary>
    public static async Task RefreshPoints(Session s, Consents consents, IReadOnlyCollection<long> points, CancellationToken ct)
    {
        if (points.Count == 0) return;
        await Refresh(
            s,
            consents,
            await s.Query(
                $"SELECT id FROM golden_record WHERE {s.Among("email_point", 0)} UNION SELECT id FROM golden_record WHERE {s.Among("phone_point", 0)}",
                r => r.Guid(0),
                ct,
                s.Items(points)),
            ct);
    }

    /// <summary>The contacts that the source records belong to.</summary>
    public static async Task RefreshRecords(Session s, Consents consents, IReadOnlyCollection<long> records, CancellationToken ct)
    {
        if (records.Count == 0) return;
        await Refresh(
            s, consents, await s.Query($"SELECT DISTINCT golden_id FROM crosswalk WHERE {s.Among("record_id", 0)}", r => r.Guid(0), ct, s.Items(records)), ct);
    }

    /// <summary>Golden records whose content or members have changed, and those that an open pair ties to them.</summary>
    public static async Task RefreshWithQueued(Session s, Consents consents, IReadOnlyCollection<Guid> goldens, CancellationToken ct)
    {
        if (goldens.Count == 0) return;
        var all = goldens.ToHashSet();
        foreach (var (_, other) in await Queued(s, goldens, ct)) all.Add(other);
        await Refresh(s, consents, all, ct);
    }

    private static async Task Refresh(Session s, Consents consents, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var goldens = await Load(s, ids, ct);
        var queued = (await Queued(s, [.. goldens.Where(g => !g.Retired).Select(g => g.Id)], ct)).ToLookup(p => p.Golden, p => p.Other);
        var others = (await Load(s, [.. queued.SelectMany(q => q).Distinct()], ct)).ToDictionary(g => g.Id, g => g.Values);
        var rejected = await RejectedNames(s, [.. goldens.Where(g => g is { Retired: false, Kind: EntityKind.Contact } && HygieneRules.IsNameless(g.Values)).Select(g => g.Id)], ct);
        var points = goldens.Select(g => (Email: Hmac(consents, Channel.Email, g.Values[Field.Email]), Phone: Hmac(consents, Channel.Sms, g.Values[Field.Phone]))).ToList();
        var undeliverable = await Undeliverable(s, [.. points.SelectMany(p => new[] { p.Email, p.Phone }).OfType<byte[]>()], ct);

        var differ = new List<object?[]>();
        foreach (var (golden, point) in goldens.Zip(points))
        {
            var now = HygieneRules.Of(new HygieneFacts(
                golden.Kind, golden.Retired, golden.Values, [.. rejected[golden.Id]], IsIn(undeliverable, point.Email), IsIn(undeliverable, point.Phone),
                [.. queued[golden.Id].Where(others.ContainsKey).Select(id => others[id])]));
            if (now != golden.Hygiene) differ.Add([golden.Id, (int)now.Status, (int)now.Reasons]);
        }

        if (differ.Count == 0) return;
        await s.Update("golden_record", ["id", "hygiene", "hygiene_reasons"], 1, differ, ct);
        await Triggers.Changed(s, [.. differ.Select(d => (Guid)d[0]!)], "hygiene", ct);
    }

    private static async Task<List<Judged>> Load(Session s, IReadOnlyCollection<Guid> ids, CancellationToken ct) => ids.Count == 0
        ? []
        : await s.Query(
            $"SELECT id, kind, retired_at, hygiene, hygiene_reasons, {string.Join(", ", NeededColumns)} FROM golden_record WHERE {s.Among("id", 0)}",
            r => new Judged(
                r.Guid(0), (EntityKind)r.Int(1), r.TimeOrNull(2) is not null, new Hygiene((HygieneStatus)r.Int(3), (HygieneReasons)r.Int(4)), FieldColumns.Read(r, 5, Needed)),
            ct,
            s.Items(ids));

    /// <summary>Each golden record with those that an open pair says it may be one with.</summary>
    private static async Task<List<(Guid Golden, Guid Other)>> Queued(Session s, IReadOnlyCollection<Guid> goldens, CancellationToken ct)
    {
        if (goldens.Count == 0) return [];

        // The plus keeps SQLite from reading the queue by its state: each record has few pairs.
        const string Side = "SELECT x.golden_id, o.golden_id FROM crosswalk x JOIN merge_queue q ON q.{0} = x.record_id AND +q.state = @1 "
            + "JOIN crosswalk o ON o.record_id = q.{1} WHERE o.golden_id <> x.golden_id AND ";
        var where = s.Among("x.golden_id", 0);
        return await s.Query(
            $"{string.Format(null, Side, "record_a", "record_b")}{where} UNION {string.Format(null, Side, "record_b", "record_a")}{where}",
            r => (r.Guid(0), r.Guid(1)),
            ct,
            s.Items(goldens),
            (int)QueueState.Open);
    }

    private static async Task<ILookup<Guid, string>> RejectedNames(Session s, IReadOnlyCollection<Guid> nameless, CancellationToken ct) => nameless.Count == 0
        ? Array.Empty<int>().ToLookup(_ => default(Guid), _ => "")
        : (await s.Query(
            $"SELECT x.golden_id, i.raw FROM crosswalk x JOIN issue i ON i.record_id = x.record_id AND i.code = 'name.junk' AND i.raw IS NOT NULL WHERE {s.Among("x.golden_id", 0)} "
            + "ORDER BY x.record_id, i.position",
            r => (Golden: r.Guid(0), Raw: r.Text(1)),
            ct,
            s.Items(nameless))).ToLookup(r => r.Golden, r => r.Raw);

    /// <summary>The points, as HMACs in hex, that some system's last word says it will not deliver to, or that are suppressed for every purpose.</summary>
    private static async Task<HashSet<string>> Undeliverable(Session s, IReadOnlyCollection<byte[]> hmacs, CancellationToken ct)
    {
        if (hmacs.Count == 0) return [];
        var points = s.Items([.. hmacs.Select(Consents.PointOf)]);
        var last = new Dictionary<(string, long, int, string), ConsentState>();
        foreach (var word in await s.Query(
            $"SELECT point_hmac, record_id, channel, purpose, state FROM consent_entry WHERE {s.Among("point", 0)} ORDER BY id",
            r => (Key: (Convert.ToHexString(r.Bytes(0)), r.Long(1), r.Int(2), r.Text(3)), State: (ConsentState)r.Int(4)),
            ct,
            points)) last[word.Key] = word.State;
        var undeliverable = last.Where(w => w.Value == ConsentState.Suppressed).Select(w => w.Key.Item1).ToHashSet(StringComparer.Ordinal);
        undeliverable.UnionWith(await s.Query(
            $"SELECT e.point_hmac FROM suppression_entry e WHERE {s.Among("e.point", 0)} AND e.purpose = @1 AND {Suppressions.InForce}",
            r => Convert.ToHexString(r.Bytes(0)),
            ct,
            points,
            Purposes.Every));
        return undeliverable;
    }

    private static byte[]? Hmac(Consents consents, Channel channel, string? point) => point is null ? null : consents.PointHmac(channel, point);

    private static bool IsIn(HashSet<string> undeliverable, byte[]? hmac) => undeliverable.Count > 0 && hmac is not null && undeliverable.Contains(Convert.ToHexString(hmac));

    private sealed record Judged(Guid Id, EntityKind Kind, bool Retired, Hygiene Hygiene, FieldValues Values);
}
