using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>The configured sources and the state of their streams.</summary>
public sealed class Sources
{
    private readonly Database database;

    internal Sources(Database database) => this.database = database;

    /// <summary>Adds a source. False, and nothing written, when the name is taken.</summary>
    public Task<bool> Add(SourceRow source, CancellationToken ct) => throw database.Pending();

    /// <summary>Null when there is no source of that name.</summary>
    public Task<SourceRow?> Find(SourceName name, CancellationToken ct) => throw database.Pending();

    /// <summary>All sources, by name.</summary>
    public Task<IReadOnlyList<SourceRow>> List(CancellationToken ct) => throw database.Pending();

    /// <summary>The streams of a source that have been pulled, by name.</summary>
    public Task<IReadOnlyList<StreamState>> Streams(SourceName source, CancellationToken ct) => throw database.Pending();

    /// <summary>The state of one stream; one without cursor where nothing was pulled yet.</summary>
    public Task<StreamState> StreamState(SourceName source, string stream, CancellationToken ct) => throw database.Pending();

    /// <summary>Begins a full pull: the cursor is forgotten and a new generation begins. Returns the generation. A full pull under way is begun anew.</summary>
    public Task<long> BeginPass(SourceName source, string stream, DateTimeOffset now, CancellationToken ct) => throw database.Pending();
}
