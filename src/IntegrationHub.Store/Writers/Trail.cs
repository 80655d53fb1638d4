namespace IntegrationHub.Store;

/// <summary>The audit trail. Append-only.</summary>
public sealed class Trail
{
    private const string Columns = "at, by, action, subject_kind, subject_id, before, after, why";

    private readonly Database database;

    internal Trail(Database database) => this.database = database;

    /// <summary>Appends entries durably.</summary>
    public Task Add(IReadOnlyList<TrailEntry> entries, CancellationToken ct) => entries.Count == 0
        ? Task.CompletedTask
        : database.Write(Durability.Durable, s => Append(s, entries, ct), ct);

    /// <summary>The entries about one thing, oldest first.</summary>
    public Task<IReadOnlyList<TrailEntry>> For(string subjectKind, string subjectId, CancellationToken ct) =>
        database.Read<IReadOnlyList<TrailEntry>>(async s => await For(s, subjectKind, [subjectId], ct), ct);

    /// <summary>The latest entries, newest first.</summary>
    public Task<IReadOnlyList<TrailEntry>> Latest(int limit, CancellationToken ct) => database.Read<IReadOnlyList<TrailEntry>>(
        async s => await s.Query($"SELECT {Columns} FROM audit_trail ORDER BY id DESC LIMIT @0", Read, ct, limit), ct);

    internal static Task<List<TrailEntry>> For(Session s, string subjectKind, IReadOnlyCollection<string> subjectIds, CancellationToken ct) => s.Query(
        $"SELECT {Columns} FROM audit_trail WHERE subject_kind = @0 AND {s.Among("subject_id", 1)} ORDER BY id", Read, ct, subjectKind, s.Items(subjectIds));

    internal static Task Append(Session s, IReadOnlyList<TrailEntry> entries, CancellationToken ct) => entries.Count == 0
        ? Task.CompletedTask
        : s.Insert(
            "audit_trail",
            Columns.Split(", "),
            entries.Select(e => new object?[] { e.At, e.By, e.Action, e.SubjectKind, e.SubjectId, e.Before, e.After, e.Why }),
            ct);

    private static TrailEntry Read(Row r) =>
        new(r.Time(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.TextOrNull(5), r.TextOrNull(6), r.TextOrNull(7));
}
