using System.Text.Json;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>
/// The hub's own suppressions: contact points that are not to be written to, whoever has them, whatever the sources say. Append-only: a release is an entry of its
/// own. A point is kept as an HMAC only, so that the ledger outlives the contact.
/// </summary>
public sealed class Suppressions
{
    /// <summary>SQL that is true of an entry <c>e</c> that suppresses and was not released.</summary>
    internal const string InForce = "e.releases IS NULL AND NOT EXISTS (SELECT 1 FROM suppression_entry r WHERE r.releases = e.id)";

    private static readonly string[] Columns = ["id", "point", "point_hmac", "channel", "purpose", "reason", "why", "by", "at", "releases"];

    private readonly Database database;
    private readonly Consents consents;

    internal Suppressions(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>Suppresses points durably; the hygiene status of every contact that has one of them follows in the same transaction. An id that exists already is left as it is.</summary>
    public Task Add(IReadOnlyList<SuppressionAdd> adds, IReadOnlyList<TrailEntry> trail, CancellationToken ct) => adds.Count == 0
        ? Task.CompletedTask
        : database.Write(
            Durability.Durable,
            async s =>
            {
                await Add(s, consents, adds, ct);
                await Trail.Append(s, trail, ct);
            },
            ct);

    /// <summary>Ends suppressions durably. Those that were released before, or never were, are left out. Returns how many ended.</summary>
    /// <param name="ids">Ids of entries that suppress.</param>
    /// <param name="by">Who ends them.</param>
    /// <param name="why">Their reason; null for none.</param>
    /// <param name="trail">Entries for the audit trail.</param>
    /// <param name="now">The time of the release.</param>
    /// <param name="ct">Stops it.</param>
    public Task<int> Release(IReadOnlyCollection<Guid> ids, string by, string? why, IReadOnlyList<TrailEntry> trail, DateTimeOffset now, CancellationToken ct) => ids.Count == 0
        ? Task.FromResult(0)
        : database.Write(
            Durability.Durable,
            async s =>
            {
                var released = await Release(s, consents, ids, by, why, now, ct);
                if (released > 0) await Trail.Append(s, trail, ct);
                return released;
            },
            ct);

    /// <summary>All entries about a point, releases included, oldest first.</summary>
    public Task<IReadOnlyList<SuppressionRow>> For(Channel channel, string point, CancellationToken ct) => database.Read<IReadOnlyList<SuppressionRow>>(
        async s =>
        {
            var hmac = consents.PointHmac(channel, point);
            return await s.Query(
                "SELECT e.id, e.channel, e.purpose, e.reason, e.why, e.by, e.at, r.at, r.by FROM suppression_entry e LEFT JOIN suppression_entry r ON r.releases = e.id "
                + "WHERE e.releases IS NULL AND e.point = @0 AND e.point_hmac = @1 ORDER BY e.at, e.id",
                Read,
                ct,
                Consents.PointOf(hmac),
                hmac);
        },
        ct);

    /// <summary>Those of the points that are suppressed on the channel for the purpose, or for every one, as they were handed in.</summary>
    public Task<IReadOnlySet<string>> InForceAmong(Channel channel, string purpose, IReadOnlyCollection<string> points, CancellationToken ct) => database.Read<IReadOnlySet<string>>(
        async s =>
        {
            var byHmac = points.Distinct(StringComparer.Ordinal).ToLookup(p => Convert.ToHexString(consents.PointHmac(channel, p)), StringComparer.Ordinal);
            var held = await s.Query(
                $"SELECT DISTINCT e.point_hmac FROM suppression_entry e WHERE {s.Among("e.point", 0)} AND (e.purpose = @1 OR e.purpose = @2) AND {InForce}",
                r => Convert.ToHexString(r.Bytes(0)),
                ct,
                s.Items([.. byHmac.Select(p => Consents.PointOf(Convert.FromHexString(p.Key)))]),
                purpose,
                Purposes.Every);
            return held.SelectMany(h => byHmac[h]).ToHashSet(StringComparer.Ordinal);
        },
        ct);

    internal static async Task Add(Session s, Consents consents, IReadOnlyList<SuppressionAdd> adds, CancellationToken ct)
    {
        var rows = adds.Select(a => (Add: a, Hmac: consents.PointHmac(a.Channel, a.Point))).ToList();
        var known = (await s.Query($"SELECT id FROM suppression_entry WHERE {s.Among("id", 0)}", r => r.Guid(0), ct, s.Items([.. adds.Select(a => a.Id)]))).ToHashSet();
        await s.Upsert(
            "suppression_entry",
            Columns,
            1,
            rows.Select(r => new object?[]
            {
                r.Add.Id, Consents.PointOf(r.Hmac), r.Hmac, (int)r.Add.Channel, r.Add.Purpose, (int)r.Add.Reason, r.Add.Why, r.Add.By, r.Add.At, null,
            }),
            ct,
            "NOTHING");
        await Refresh(s, consents, [.. rows.Select(r => Consents.PointOf(r.Hmac)).Distinct()], ct);
        await Tell(s, [.. rows.Where(r => !known.Contains(r.Add.Id) && r.Add.Reason != SuppressionReason.Erased)], ct);
    }

    /// <summary>The systems of whoever has the point are to be told: one row for each contact, spread over its source records when it is delivered.</summary>
    private static async Task Tell(Session s, List<(SuppressionAdd Add, byte[] Hmac)> fresh, CancellationToken ct)
    {
        if (fresh.Count == 0) return;
        var points = s.Items([.. fresh.Select(f => Consents.PointOf(f.Hmac)).Distinct()]);
        var owners = (await s.Query(
            $"SELECT id, email_point AS point FROM golden_record WHERE {s.Among("email_point", 0)} AND retired_at IS NULL UNION SELECT id, phone_point FROM golden_record WHERE {s.Among("phone_point", 0)} AND retired_at IS NULL",
            r => (Id: r.Guid(0), Point: r.Long(1)), ct, points)).ToLookup(o => o.Point, o => o.Id);
        foreach (var at in fresh.GroupBy(f => f.Add.At))
            await Outbox.Add(
                s,
                [
                    .. at.SelectMany(f => owners[Consents.PointOf(f.Hmac)].Select(golden => new OutboxAdd(
                        OutboxKinds.Suppress, "", "", "", new GoldenId(golden), JsonSerializer.Serialize(new SuppressionWord(f.Add.Id, f.Add.Channel, f.Add.Purpose, f.Add.Reason)), $"suppress|{f.Add.Id:N}|{golden:N}"))),
                ],
                at.Key, ct);
    }

    /// <summary>Those of the points that an entry is of, as long as it holds; none once it was released.</summary>
    public Task<IReadOnlySet<string>> Held(Guid id, Channel channel, IReadOnlyCollection<string> points, CancellationToken ct) => database.Read<IReadOnlySet<string>>(
        async s =>
        {
            var hmacs = (await s.Query($"SELECT e.point_hmac FROM suppression_entry e WHERE e.id = @0 AND {InForce}", r => Convert.ToHexString(r.Bytes(0)), ct, id)).ToHashSet(StringComparer.Ordinal);
            return points.Where(p => hmacs.Contains(Convert.ToHexString(consents.PointHmac(channel, p)))).ToHashSet(StringComparer.Ordinal);
        },
        ct);

    /// <summary>Keeps hashes of source keys, so that no pull brings their records back. They stand beside those of contact points, and are never mistaken for one: a hash tells them apart.</summary>
    internal static Task AddErasedKeys(Session s, Consents consents, IReadOnlyList<SourceKey> keys, string by, DateTimeOffset now, CancellationToken ct) => s.Insert(
        "suppression_entry",
        Columns,
        keys.Select(consents.KeyHmac).Select(h => new object?[] { Guid.CreateVersion7(now), Consents.PointOf(h), h, (int)Channel.Email, Purposes.Every, (int)SuppressionReason.Erased, null, by, now, null }),
        ct);

    /// <summary>Those of a stream's external ids whose contact was erased.</summary>
    internal static async Task<IReadOnlySet<string>> ErasedAmong(Session s, Consents consents, SourceName source, string stream, IReadOnlyCollection<string> externalIds, CancellationToken ct)
    {
        if (externalIds.Count == 0) return new HashSet<string>();
        var hmacs = externalIds.ToDictionary(id => id, id => consents.KeyHmac(new SourceKey(source.Value, stream, id)), StringComparer.Ordinal);
        var kept = (await s.Query(
            $"SELECT point_hmac FROM suppression_entry WHERE {s.Among("point", 0)} AND reason = @1", r => Convert.ToHexString(r.Bytes(0)), ct, s.Items([.. hmacs.Values.Select(Consents.PointOf)]), (int)SuppressionReason.Erased))
            .ToHashSet(StringComparer.Ordinal);
        return kept.Count == 0 ? new HashSet<string>() : hmacs.Where(h => kept.Contains(Convert.ToHexString(h.Value))).Select(h => h.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Events without those that happened before the contact with their address or number was erased. What came after is a new beginning.</summary>
    internal static async Task<IReadOnlyList<EventLanding>> WithoutErased(Session s, Consents consents, IReadOnlyList<EventLanding> events, CancellationToken ct)
    {
        var hmacs = events.Select(e => (Event: e, Hmacs: new[] { e.Email is { } email ? consents.PointHmac(Channel.Email, email) : null, e.Phone is { } phone ? consents.PointHmac(Channel.Sms, phone) : null }.OfType<byte[]>().ToList())).ToList();
        long[] points = [.. hmacs.SelectMany(h => h.Hmacs).Select(Consents.PointOf).Distinct()];
        if (points.Length == 0) return events;
        var erased = (await s.Query(
            $"SELECT point_hmac, at FROM suppression_entry WHERE {s.Among("point", 0)} AND reason = @1 AND releases IS NULL", r => (Hmac: Convert.ToHexString(r.Bytes(0)), At: r.Time(1)), ct, s.Items(points), (int)SuppressionReason.Erased))
            .GroupBy(e => e.Hmac, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(e => e.At), StringComparer.Ordinal);
        return erased.Count == 0 ? events : [.. hmacs.Where(h => !h.Hmacs.Exists(p => erased.TryGetValue(Convert.ToHexString(p), out var at) && h.Event.Event.At < at)).Select(h => h.Event)];
    }

    internal static async Task<int> Release(Session s, Consents consents, IReadOnlyCollection<Guid> ids, string by, string? why, DateTimeOffset now, CancellationToken ct)
    {
        var ended = await s.Query(
            $"SELECT e.id, e.point, e.point_hmac, e.channel, e.purpose, e.reason FROM suppression_entry e WHERE {s.Among("e.id", 0)} AND {InForce} ORDER BY e.id",
            r => (Id: r.Guid(0), Point: r.Long(1), Hmac: r.Bytes(2), Channel: r.Int(3), Purpose: r.Text(4), Reason: r.Int(5)),
            ct,
            s.Items(ids));
        if (ended.Count == 0) return 0;
        await s.Insert(
            "suppression_entry",
            Columns,
            ended.Select(e => new object?[] { Guid.CreateVersion7(now), e.Point, e.Hmac, e.Channel, e.Purpose, e.Reason, why, by, now, e.Id }),
            ct);
        await Refresh(s, consents, [.. ended.Select(e => e.Point).Distinct()], ct);
        return ended.Count;
    }

    private static async Task Refresh(Session s, Consents consents, IReadOnlyCollection<long> points, CancellationToken ct)
    {
        await HygieneStatuses.RefreshPoints(s, consents, points, ct);
        await Triggers.Changed(
            s,
            await s.Query(
                $"SELECT id FROM golden_record WHERE {s.Among("email_point", 0)} UNION SELECT id FROM golden_record WHERE {s.Among("phone_point", 0)}", r => r.Guid(0), ct, s.Items(points)),
            "suppressed", ct);
    }

    private static SuppressionRow Read(Row r) => new(
        r.Guid(0), (Channel)r.Int(1), r.Text(2), (SuppressionReason)r.Int(3), r.TextOrNull(4), r.Text(5), r.Time(6), r.TimeOrNull(7), r.TextOrNull(8));
}

/// <summary>What a row of the outbox says of a suppression: the ledger's entry, never the point.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Purpose">For what.</param>
/// <param name="Reason">Why.</param>
public sealed record SuppressionWord(Guid Id, Channel Channel, string Purpose, SuppressionReason Reason);
