using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Stages;
using IntegrationHub.Matching;
using IntegrationHub.Store;

namespace IntegrationHub.Engine.Actions;

/// <summary>Why a golden record is one.</summary>
/// <param name="Contact">The golden record.</param>
/// <param name="Explanation">What holds its records together.</param>
public sealed record ExplainedContact(GoldenDetail Contact, ClusterExplanation Explanation);

/// <summary>Says why the records of a golden record are held to be one, by the model in force and the edges that are stored.</summary>
public sealed class ExplainContact(HubStore store, Models models, Contacts contacts)
{
    /// <summary>Explains a golden record. Nothing is written.</summary>
    /// <param name="contact">A golden id, or a text that finds exactly one.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">Nothing is found, or more than one, or it is retired.</exception>
    public async Task<ExplainedContact> Why(string contact, CancellationToken ct)
    {
        var detail = await contacts.Show(contact, ct);
        if (detail.Sources.Count == 0) throw new NotPossibleException($"{detail.Row.Id} has no records any more: it is retired, or its records were deleted at their sources.");
        var kind = detail.Row.Kind;
        var model = models.Of(kind);
        var table = new MatchTable(kind);
        table.Add([.. detail.Sources.Select(s => MatchRecord.From(s.Record, model))]);
        var records = PreparedRecords.Of(table, [.. detail.Sources.Select(s => s.RecordId)], [.. detail.Sources.Select(s => s.Record.Key)]);
        var edges = (await store.Matches.EdgesAmong(records.Ids, ct)).Select(records.WithIndexes).ToList();
        var places = records.Keys.Index().ToDictionary(k => k.Item, k => k.Index);
        var decisions = (await store.Decisions.Among(records.Keys, ct)).Select(d => new DecidedPair(places[d.A], places[d.B], d.Same)).ToList();
        return new ExplainedContact(detail, ClusterExplanation.Of(records.Table, records.Keys, edges, decisions, model, ct));
    }
}
