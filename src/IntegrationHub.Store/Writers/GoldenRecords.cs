using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Golden records, their crosswalk, aliases and merges.</summary>
public sealed class GoldenRecords
{
    private readonly Database database;

    internal GoldenRecords(Database database) => this.database = database;

    /// <summary>The next clusters to merge: those of the work rows with a key above <paramref name="afterKey"/>, about <paramref name="limit"/> rows of them, closed as <see cref="MergeBatch"/> says. Start with 0 and go on with the greatest key of the first call's slice, or ask from 0 again after each save.</summary>
    public Task<MergeBatch> TakeForMerge(long afterKey, int limit, CancellationToken ct) => throw database.Pending();

    /// <summary>Saves the outcome of merging. A golden record is written only if its content differs, and only then handed to Sync.</summary>
    public Task<GoldenCounts> Save(MergeSave save, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>A golden record by id, following aliases; null when there is none.</summary>
    public Task<GoldenRow?> Find(GoldenId id, CancellationToken ct) => throw database.Pending();

    /// <summary>Living golden records that match a text: an id, a source key, an e-mail address, a phone number, or words of name or company. By name.</summary>
    public Task<IReadOnlyList<GoldenRow>> Search(string text, int limit, CancellationToken ct) => throw database.Pending();

    /// <summary>A golden record with sources, merges and history, following aliases; null when there is none.</summary>
    public Task<GoldenDetail?> Show(GoldenId id, CancellationToken ct) => throw database.Pending();

    /// <summary>Living golden records in batches, by row.</summary>
    public IAsyncEnumerable<IReadOnlyList<GoldenRow>> Stream(EntityKind? kind, CancellationToken ct) => throw database.Pending();

    /// <summary>Golden records by row, ascending, retired ones too; unknown rows are left out.</summary>
    public Task<IReadOnlyList<GoldenState>> ByRow(IReadOnlyCollection<long> rows, CancellationToken ct) => throw database.Pending();

    /// <summary>The crosswalk in batches, by record id.</summary>
    public IAsyncEnumerable<IReadOnlyList<CrosswalkRow>> Crosswalk(CancellationToken ct) => throw database.Pending();

    /// <summary>The golden record of each source record; records without are left out.</summary>
    public Task<IReadOnlyDictionary<long, GoldenId>> GoldenOf(IReadOnlyCollection<long> records, CancellationToken ct) => throw database.Pending();

    /// <summary>Merges that the golden records survived or were absorbed in, undone ones too, oldest first.</summary>
    public Task<IReadOnlyList<MergeEvent>> MergesOf(IReadOnlyCollection<GoldenId> goldens, CancellationToken ct) => throw database.Pending();

    /// <summary>A merge by id; null when there is none.</summary>
    public Task<MergeEvent?> FindMerge(Guid id, CancellationToken ct) => throw database.Pending();

    /// <summary>The latest merges, newest first.</summary>
    public Task<IReadOnlyList<MergeEvent>> Merges(int limit, CancellationToken ct) => throw database.Pending();
}
