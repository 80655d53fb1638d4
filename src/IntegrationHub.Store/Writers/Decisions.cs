using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Durable words on pairs.</summary>
public sealed class Decisions
{
    private readonly Database database;

    internal Decisions(Database database) => this.database = database;

    /// <summary>Saves a decision durably, with all that it brings about. When its queue row is not open nothing is written.</summary>
    public Task<DecisionOutcome> Add(DecisionSave save, CancellationToken ct) => throw database.Pending();

    /// <summary>The words in force on pairs of which both ends are among the keys.</summary>
    public Task<IReadOnlyList<PairDecision>> Among(IReadOnlyCollection<SourceKey> keys, CancellationToken ct) => throw database.Pending();

    /// <summary>The words in force on pairs of which at least one end is among the keys.</summary>
    public Task<IReadOnlyList<PairDecision>> Touching(IReadOnlyCollection<SourceKey> keys, CancellationToken ct) => throw database.Pending();

    /// <summary>All words in force.</summary>
    public Task<IReadOnlyList<PairDecision>> All(CancellationToken ct) => throw database.Pending();
}
