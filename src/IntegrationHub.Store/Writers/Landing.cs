using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Source records.</summary>
public sealed class Landing
{
    private readonly Database database;

    internal Landing(Database database) => this.database = database;

    /// <summary>Saves a page and its cursor in one durable transaction. Only new and changed rows are written, and only they get work; when nothing changed and the cursor is the same, nothing is written at all. A record that comes twice in a page counts as the last one.</summary>
    public Task<LandingCounts> SavePage(SourceName source, string stream, IReadOnlyList<RawLanding> rows, string? cursor, long? fullPass, bool normalise, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Ends a full pull: rows of the stream that it did not see are marked as deleted and get work. Returns how many. Nothing happens when another generation has begun.</summary>
    public Task<int> EndPass(SourceName source, string stream, long generation, bool normalise, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Source records of one stream that wait to be normalised, with an id above <paramref name="afterKey"/>, by id.</summary>
    public Task<IReadOnlyList<NormaliseRow>> TakeForNormalise(SourceName source, string stream, long afterKey, int limit, CancellationToken ct) => throw database.Pending();

    /// <summary>The payload of a source record; null when there is none.</summary>
    public Task<byte[]?> Payload(SourceKey key, CancellationToken ct) => throw database.Pending();

    /// <summary>The keys of source records by id; unknown ids are left out.</summary>
    public Task<IReadOnlyDictionary<long, SourceKey>> Keys(IReadOnlyCollection<long> ids, CancellationToken ct) => throw database.Pending();

    /// <summary>The ids of source records by key; unknown keys are left out.</summary>
    public Task<IReadOnlyDictionary<SourceKey, long>> Ids(IReadOnlyCollection<SourceKey> keys, CancellationToken ct) => throw database.Pending();
}
