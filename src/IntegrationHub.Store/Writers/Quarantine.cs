using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>What a stage could not handle. Nothing here stops the others.</summary>
public sealed class Quarantine
{
    private readonly Database database;

    internal Quarantine(Database database) => this.database = database;

    /// <summary>Adds rows; one that is there already (same stage, source, stream and place, not cleared) counts one attempt more.</summary>
    public Task Add(IReadOnlyList<QuarantineAdd> rows, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Rows in quarantine, newest first; cleared ones too when asked.</summary>
    public Task<IReadOnlyList<QuarantineRow>> List(bool cleared, int limit, CancellationToken ct) => throw database.Pending();

    /// <summary>How many are in quarantine.</summary>
    public Task<long> Count(CancellationToken ct) => throw database.Pending();

    /// <summary>Hands the records to their stage again: those of the given numbers, or all when null. Rows without a record come again with the next pull of their source. Returns how many were handed on.</summary>
    public Task<int> Retry(IReadOnlyCollection<long>? ids, CancellationToken ct) => throw database.Pending();

    /// <summary>Clears rows of records that the stage has handled after all.</summary>
    public Task<int> Clear(string stage, IReadOnlyCollection<long> records, string by, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Clears the rows of a stream that never landed and that the last full pull did not fail on again: those last seen before <paramref name="before"/>.</summary>
    public Task<int> ClearUnseen(SourceName source, string stream, DateTimeOffset before, string by, DateTimeOffset now, CancellationToken ct) => throw database.Pending();
}
