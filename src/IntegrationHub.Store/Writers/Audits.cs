using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Hygiene reports.</summary>
public sealed class Audits
{
    private readonly Database database;

    internal Audits(Database database) => this.database = database;

    /// <summary>Keeps a report.</summary>
    public Task Add(AuditRow audit, CancellationToken ct) => throw database.Pending();

    /// <summary>The latest report of a scope; null when there is none.</summary>
    public Task<AuditRow?> Latest(string scope, CancellationToken ct) => throw database.Pending();
}
