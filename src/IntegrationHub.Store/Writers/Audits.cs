namespace IntegrationHub.Store;

/// <summary>Hygiene reports.</summary>
public sealed class Audits
{
    private readonly Database database;

    internal Audits(Database database) => this.database = database;

    /// <summary>Keeps a report.</summary>
    public Task Add(AuditRow audit, CancellationToken ct) => database.Write(
        Durability.Derived,
        s => s.Insert(
            "audit",
            ["id", "at", "scope", "score", "verdict", "report"],
            [[audit.Id, audit.At, audit.Scope, audit.Score, audit.Verdict, audit.Report]],
            ct),
        ct);

    /// <summary>The latest reports of a scope, newest first.</summary>
    public Task<IReadOnlyList<AuditRow>> List(string scope, int limit, CancellationToken ct) => database.Read<IReadOnlyList<AuditRow>>(
        async s => await s.Query(
            "SELECT id, at, scope, score, verdict, report FROM audit WHERE scope = @0 ORDER BY at DESC, id DESC LIMIT @1",
            r => new AuditRow(r.Guid(0), r.Time(1), r.Text(2), r.Real(3), r.Text(4), r.Text(5)),
            ct,
            scope,
            limit),
        ct);

    /// <summary>The latest report of a scope; null when there is none.</summary>
    public Task<AuditRow?> Latest(string scope, CancellationToken ct) => database.Read(
        async s => (await s.Query(
            "SELECT id, at, scope, score, verdict, report FROM audit WHERE scope = @0 ORDER BY at DESC, id DESC LIMIT 1",
            r => new AuditRow(r.Guid(0), r.Time(1), r.Text(2), r.Real(3), r.Text(4), r.Text(5)),
            ct,
            scope)).SingleOrDefault(),
        ct);
}
