using System.Runtime.CompilerServices;
using IntegrationHub.Auditing;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

public sealed partial class GoldenRecords
{
    /// <summary>Living golden records that a fix is to look at, with their clean records and issues, in batches by row.</summary>
    public async IAsyncEnumerable<IReadOnlyList<(GoldenState Golden, IReadOnlyList<CleanRow> Records)>> Candidates(FixScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        var rows = await database.Read(s => Rows(s, scope, ct), ct);
        foreach (var page in rows.Chunk(Batch))
        {
            yield return await database.Read<IReadOnlyList<(GoldenState, IReadOnlyList<CleanRow>)>>(
                async s =>
                {
                    var states = await States(s, await s.Query($"{Select} WHERE {s.Among("g.row", 0)} ORDER BY g.row", Read, ct, s.Items(page)), ct);
                    var clean = (await CleanRecords.LoadWithIssues(s, [.. states.SelectMany(g => g.Records).Select(r => r.RecordId)], ct)).ToDictionary(c => c.RecordId);
                    return
                    [
                        .. states.Select(g => (Golden: g, Records: (IReadOnlyList<CleanRow>)[.. g.Records.Where(r => clean.ContainsKey(r.RecordId)).Select(r => clean[r.RecordId])]))
                            .Where(g => g.Records.Count > 0),
                    ];
                },
                ct);
        }
    }

    private static Task<List<long>> Rows(Session s, FixScope scope, CancellationToken ct)
    {
        const string Living = "SELECT g.row FROM golden_record g WHERE g.retired_at IS NULL AND ";
        return scope switch
        {
            FixScope.WithIssue issue => s.Query(
                Living + "g.id IN (SELECT x.golden_id FROM issue i JOIN crosswalk x ON x.record_id = i.record_id WHERE i.code = @0) ORDER BY g.row", r => r.Long(0), ct, issue.Code.Value),
            FixScope.Without without => s.Query(
                Living + $"g.kind = @0 AND g.{Fields.NameOf(without.Field)} IS NULL "
                + $"AND ({string.Join(" OR ", without.From.Select(f => $"g.{Fields.NameOf(f)} IS NOT NULL"))}) ORDER BY g.row",
                r => r.Long(0),
                ct,
                (int)EntityKind.Contact),
            FixScope.WithReason reason => s.Query(
                Living + "g.kind = @0 AND (g.hygiene_reasons & @1) <> 0 ORDER BY g.row", r => r.Long(0), ct, (int)EntityKind.Contact, (int)reason.Reason),
            FixScope.Merged => s.Query(Living + "g.source_count > 1 ORDER BY g.row", r => r.Long(0), ct),
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "No such scope."),
        };
    }
}
