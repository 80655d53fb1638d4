using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>The consent ledger, written by <see cref="CleanRecords.Save"/>. Append-only.</summary>
public sealed class Consents
{
    private const string Select =
        "SELECT e.point_hmac, e.channel, e.purpose, e.state, r.source, r.stream, r.external_id, e.at, e.recorded_at "
        + "FROM consent_entry e JOIN source_record r ON r.id = e.record_id ";

    private readonly Database database;
    private readonly byte[] key;

    internal Consents(Database database, byte[] key)
    {
        this.database = database;
        this.key = [.. key];
    }

    /// <summary>The HMAC-SHA256 that a contact point is kept under. An e-mail address is compared in lower case.</summary>
    public byte[] PointHmac(Channel channel, string point) => HMACSHA256.HashData(
        key, Encoding.UTF8.GetBytes($"{(channel == Channel.Email ? "email" : "sms")}:{(channel == Channel.Email ? point.ToLowerInvariant() : point)}"));

    /// <summary>The HMAC-SHA256 that an erased source key is kept under.</summary>
    internal byte[] KeyHmac(SourceKey of) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"key:{of}"));

    /// <summary>What stands in indexes for a contact point: the first 8 bytes of its HMAC. Two points may share it, so the HMAC is compared too.</summary>
    internal static long PointOf(byte[] hmac) => BinaryPrimitives.ReadInt64BigEndian(hmac);

    /// <inheritdoc cref="PointOf(byte[])"/>
    internal long? PointOf(Channel channel, string? point) => point is null ? null : PointOf(PointHmac(channel, point));

    /// <summary>The ledger's lines about a contact point, oldest first.</summary>
    public Task<IReadOnlyList<ConsentRow>> For(Channel channel, string point, CancellationToken ct) => database.Read<IReadOnlyList<ConsentRow>>(
        async s =>
        {
            var hmac = PointHmac(channel, point);
            return await s.Query(Select + "WHERE e.point = @0 AND e.point_hmac = @1 ORDER BY e.id", Read, ct, PointOf(hmac), hmac);
        },
        ct);

    /// <summary>The last word of each source record in the golden record, per channel, purpose and point.</summary>
    public Task<IReadOnlyList<ConsentRow>> Of(GoldenId golden, CancellationToken ct) => database.Read<IReadOnlyList<ConsentRow>>(
        async s =>
        {
            var rows = await s.Query(Select + "JOIN crosswalk x ON x.record_id = e.record_id WHERE x.golden_id = @0 ORDER BY e.id", Read, ct, golden.Value);
            return
            [
                .. rows.GroupBy(r => (r.Key, r.Channel, r.Purpose, Point: Convert.ToHexString(r.PointHmac))).Select(g => g.Last())
                    .OrderBy(r => r.Key).ThenBy(r => r.Channel).ThenBy(r => r.Purpose, StringComparer.Ordinal),
            ];
        },
        ct);

    /// <summary>
    /// Appends each claim that differs from the record's last word on the same channel, purpose and point. Where a point begins or ceases to be deliverable, the
    /// hygiene status of every contact with it follows.
    /// </summary>
    internal async Task Append(Session s, IEnumerable<(NormaliseRow Row, ImmutableArray<ConsentClaim> Claims)> claims, DateTimeOffset now, CancellationToken ct)
    {
        var withClaims = claims.Where(c => c.Claims.Length > 0).ToList();
        if (withClaims.Count == 0) return;
        var last = new Dictionary<(long, Channel, string, string), (ConsentState State, DateTimeOffset? At)>();
        foreach (var entry in await s.Query(
            $"SELECT record_id, channel, purpose, point_hmac, state, at FROM consent_entry WHERE {s.Among("record_id", 0)} ORDER BY id",
            r => (Id: r.Long(0), Channel: (Channel)r.Int(1), Purpose: r.Text(2), Point: Convert.ToHexString(r.Bytes(3)), State: (ConsentState)r.Int(4), At: r.TimeOrNull(5)),
            ct,
            s.Items([.. withClaims.Select(c => c.Row.RecordId)])))
        {
            last[(entry.Id, entry.Channel, entry.Purpose, entry.Point)] = (entry.State, entry.At);
        }

        var rows = new List<object?[]>();
        var turned = new HashSet<long>();
        foreach (var (row, ofRecord) in withClaims)
        {
            foreach (var claim in ofRecord)
            {
                var hmac = PointHmac(claim.Channel, claim.Point);
                var word = (claim.State, At: claim.At is { } at ? SqliteDatabase.FromMicroseconds(SqliteDatabase.ToMicroseconds(at)) : (DateTimeOffset?)null);
                var point = (row.RecordId, claim.Channel, StoredText.Of(claim.Purpose), Convert.ToHexString(hmac));
                var known = last.TryGetValue(point, out var before);
                if (known && before == word) continue;
                last[point] = word;
                if (claim.State == ConsentState.Suppressed || (known && before.State == ConsentState.Suppressed)) turned.Add(PointOf(hmac));
                rows.Add([PointOf(hmac), hmac, (int)claim.Channel, claim.Purpose, (int)claim.State, row.Key.Source, row.RecordId, claim.At, now]);
            }
        }

        await s.Insert("consent_entry", ["point", "point_hmac", "channel", "purpose", "state", "source", "record_id", "at", "recorded_at"], rows, ct);
        await HygieneStatuses.RefreshPoints(s, this, turned, ct);
        if (rows.Count == 0) return;
        await Triggers.Changed(
            s, await s.Query($"SELECT DISTINCT golden_id FROM crosswalk WHERE {s.Among("record_id", 0)}", r => r.Guid(0), ct, s.Items([.. withClaims.Select(c => c.Row.RecordId)])), "consent", ct);
    }

    private static ConsentRow Read(Row r) =>
        new(r.Bytes(0), (Channel)r.Int(1), r.Text(2), (ConsentState)r.Int(3), Landing.Key(r, 4), r.TimeOrNull(7), r.Time(8));
}
