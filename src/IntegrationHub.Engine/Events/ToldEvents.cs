using IntegrationHub.Connect;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>What the rows of one stream tell, to be kept with them.</summary>
/// <param name="source">The source.</param>
/// <param name="stream">Its stream.</param>
/// <param name="mapping">What makes events of rows; null where rows make none.</param>
/// <param name="historyBefore">What happened before is history, and triggers nothing; null where what is told is news, whose age each trigger looks at by itself.</param>
internal sealed class ToldEvents(SourceName source, string stream, EventMapping? mapping, DateTimeOffset? historyBefore)
{
    private List<PullProblem> problems = [];

    /// <summary>How many of the last rows' events could not be read.</summary>
    public int Unread { get; private set; }

    /// <summary>A row with its events.</summary>
    /// <param name="record">The row as its connector has it.</param>
    /// <param name="now">The present: what lies ahead of it has not happened.</param>
    public RawLanding Of(RawRecord record, DateTimeOffset now)
    {
        var row = new RawLanding(record.ExternalId, record.Payload, record.Deleted);
        if (mapping is null || record.Deleted || record.Payload is null) return row;
        var told = mapping.Apply(new SourceKey(source.Value, stream, record.ExternalId), record.Payload);
        foreach (var problem in told.Problems) problems.Add(new PullProblem(record.ExternalId, problem, ""));
        foreach (var ahead in told.Events.Where(e => e.At > now + EventReader.ClockSkew))
            problems.Add(new PullProblem(record.ExternalId, $"{ahead.Id} is of {ahead.At:yyyy-MM-ddTHH:mm:ssZ}, which lies ahead: is the clock of the source right? It is looked at again when the row changes, or with: hub sync {source} --full", ""));
        return row with { Events = [.. told.Events.Where(e => e.At <= now + EventReader.ClockSkew).Select(e => ContactKeys.Landing(e, source.Value, historyBefore is { } before && e.At < before))] };
    }

    /// <summary>What could not be read since this was last asked.</summary>
    public IReadOnlyList<PullProblem> Take()
    {
        var taken = problems;
        (problems, Unread) = ([], taken.Count);
        return taken;
    }
}
