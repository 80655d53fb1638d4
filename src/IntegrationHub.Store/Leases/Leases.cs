using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Who may run a lane. The epoch fences: it grows with every change of holder, so that a holder thought dead is known by its old one.</summary>
public sealed class Leases
{
    private readonly Database database;

    internal Leases(Database database) => this.database = database;

    /// <summary>Takes a lease that is free, run out, or the holder's own. Returns its epoch, or null while another holds it.</summary>
    public Task<long?> TryTake(string name, string holder, TimeSpan ttl, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Prolongs a lease. False when it was lost.</summary>
    public Task<bool> Renew(string name, long epoch, TimeSpan ttl, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Gives a lease back. Nothing happens when it was lost.</summary>
    public Task Release(string name, long epoch, CancellationToken ct) => throw database.Pending();

    /// <summary>Who holds it and until when; null while it is free.</summary>
    public Task<(string Holder, DateTimeOffset ExpiresAt)?> Holder(string name, DateTimeOffset now, CancellationToken ct) => throw database.Pending();
}
