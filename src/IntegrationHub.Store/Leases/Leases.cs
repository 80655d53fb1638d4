namespace IntegrationHub.Store;

/// <summary>Who may run a lane. The epoch fences: it grows with every take, so that a holder thought dead is known by its old one.</summary>
public sealed class Leases
{
    private readonly Database database;

    internal Leases(Database database) => this.database = database;

    /// <summary>Takes a lease that is free, run out, or the holder's own. Returns its epoch, or null while another holds it.</summary>
    public Task<long?> TryTake(string name, string holder, TimeSpan ttl, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Derived,
        async s =>
        {
            // One statement, so that of two processes at the same moment one finds the other's row.
            var epoch = await s.Query(
                "INSERT INTO lease (name, holder, epoch, expires_at) VALUES (@0, @1, 1, @2) "
                + "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, epoch = lease.epoch + 1, expires_at = excluded.expires_at "
                + "WHERE lease.expires_at <= @3 OR lease.holder = excluded.holder RETURNING epoch",
                r => r.Long(0),
                ct,
                name,
                holder,
                now + ttl,
                now);
            return epoch.Count > 0 ? epoch[0] : (long?)null;
        },
        ct);

    /// <summary>Prolongs a lease. False when it was lost.</summary>
    public Task<bool> Renew(string name, long epoch, TimeSpan ttl, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Derived,
        async s => await s.Execute(
            "UPDATE lease SET expires_at = @2 WHERE name = @0 AND epoch = @1 AND expires_at > @3", ct, name, epoch, now + ttl, now) == 1,
        ct);

    /// <summary>Gives a lease back. Nothing happens when it was lost.</summary>
    public Task Release(string name, long epoch, CancellationToken ct) => database.Write(
        Durability.Derived,
        // The row stays, so that the epoch goes on growing.
        s => s.Execute("UPDATE lease SET holder = '', expires_at = @2 WHERE name = @0 AND epoch = @1", ct, name, epoch, DateTimeOffset.UnixEpoch),
        ct);

    /// <summary>Who holds it and until when; null while it is free.</summary>
    public Task<(string Holder, DateTimeOffset ExpiresAt)?> Holder(string name, DateTimeOffset now, CancellationToken ct) => database.Read(
        async s => (await s.Query(
            "SELECT holder, expires_at FROM lease WHERE name = @0 AND expires_at > @1",
            r => ((string, DateTimeOffset)?)(r.Text(0), r.Time(1)),
            ct,
            name,
            now)).SingleOrDefault(),
        ct);
}
