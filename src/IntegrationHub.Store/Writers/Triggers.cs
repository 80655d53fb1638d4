using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>
/// Hands contacts that have changed to their workflows, in the transaction that changes them. Only those that a workflow has met, and all while a condition may start one:
/// where nothing is launched, a first sync of a million contacts leaves no work behind.
/// </summary>
internal static class Triggers
{
    public static async Task Changed(Session s, IReadOnlyCollection<Guid> goldens, string reason, CancellationToken ct)
    {
        if (goldens.Count == 0) return;
        var watched = await s.Count("SELECT count(*) FROM workflow_launch WHERE watches AND state < 2", ct) > 0;
        var rows = await s.Query(
            $"SELECT g.row FROM golden_record g WHERE {s.Among("g.id", 0)} AND +g.kind = @1{(watched ? "" : " AND EXISTS (SELECT 1 FROM journey j WHERE j.golden_id = g.id)")}",
            r => r.Long(0), ct, s.Items(goldens), (int)EntityKind.Contact);
        await Work.Enqueue(s, Stage.Trigger, rows, reason, ct);
    }
}
