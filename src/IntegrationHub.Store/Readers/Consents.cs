using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>The consent ledger, written by <see cref="CleanRecords.Save"/>. Append-only.</summary>
public sealed class Consents
{
    private readonly Database database;

    internal Consents(Database database, byte[] key) => this.database = database;

    /// <summary>The HMAC that a contact point is kept under. An e-mail address is compared in lower case.</summary>
    public byte[] PointHmac(Channel channel, string point) => throw database.Pending();

    /// <summary>The ledger's lines about a contact point, oldest first.</summary>
    public Task<IReadOnlyList<ConsentRow>> For(Channel channel, string point, CancellationToken ct) => throw database.Pending();

    /// <summary>The last word of each source record in the golden record, per channel, purpose and point.</summary>
    public Task<IReadOnlyList<ConsentRow>> Of(GoldenId golden, CancellationToken ct) => throw database.Pending();
}
