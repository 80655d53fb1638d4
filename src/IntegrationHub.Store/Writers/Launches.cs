using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

/// <summary>Workflows as they are published, tested and launched.</summary>
public sealed class Launches
{
    private const string Select = "SELECT name, version, launched_at, state, evidence, watches, scanned_to, admitted, by, changed_at FROM workflow_launch ";

    private readonly Database database;

    internal Launches(Database database) => this.database = database;

    /// <summary>Publishes a version. One that is published already stays as it is. True when it is new.</summary>
    public Task<bool> Publish(WorkflowVersionRow version, IReadOnlyList<TrailEntry> trail, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            var added = await s.Execute(
                "INSERT INTO workflow_version (name, version, text, published_at, published_by) VALUES (@0, @1, @2, @3, @4) ON CONFLICT (name, version) DO NOTHING", ct, version.Name, version.Version, version.Text,
                version.PublishedAt, version.PublishedBy);
            if (added > 0) await Trail.Append(s, trail, ct);
            return added > 0;
        },
        ct);

    /// <summary>The published versions of a workflow, or of all; by name, the latest last.</summary>
    public Task<IReadOnlyList<WorkflowVersionRow>> Versions(string? name, CancellationToken ct) => database.Read<IReadOnlyList<WorkflowVersionRow>>(
        async s => name is null
            ? await s.Query("SELECT name, version, text, published_at, published_by FROM workflow_version ORDER BY name, published_at", ReadVersion, ct)
            : await s.Query("SELECT name, version, text, published_at, published_by FROM workflow_version WHERE name = @0 ORDER BY published_at", ReadVersion, ct, name),
        ct);

    /// <summary>The launched workflows, stopped ones too, by name.</summary>
    public Task<IReadOnlyList<LaunchRow>> List(CancellationToken ct) => database.Read<IReadOnlyList<LaunchRow>>(async s => await s.Query(Select + "ORDER BY name", Read, ct), ct);

    /// <summary>Launches a version, or puts a launched workflow on another version. Enrolments stay on theirs.</summary>
    public Task Save(LaunchRow launch, IReadOnlyList<TrailEntry> trail, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            await s.Execute(
                "INSERT INTO workflow_launch (name, version, launched_at, state, evidence, watches, scanned_to, admitted, by, changed_at) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9) "
                + "ON CONFLICT (name) DO UPDATE SET version = excluded.version, launched_at = excluded.launched_at, state = excluded.state, evidence = excluded.evidence, watches = excluded.watches, "
                + "scanned_to = excluded.scanned_to, admitted = excluded.admitted, by = excluded.by, changed_at = excluded.changed_at",
                ct, launch.Name, launch.Version, launch.LaunchedAt, (int)launch.State, launch.Evidence, launch.Watches, launch.ScannedTo, launch.Admitted, launch.By, launch.ChangedAt);
            await Trail.Append(s, trail, ct);
        },
        ct);

    /// <summary>Pauses, resumes or stops a workflow, and wakes every contact that is in it. False when it is not launched.</summary>
    public Task<bool> SetState(string name, LaunchState state, string by, IReadOnlyList<TrailEntry> trail, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            if (await s.Execute("UPDATE workflow_launch SET state = @1, by = @2, changed_at = @3 WHERE name = @0", ct, name, (int)state, by, now) == 0) return false;
            await s.Execute(
                "UPDATE journey SET due_at = @2 WHERE golden_id IN (SELECT golden_id FROM enrolment WHERE workflow = @0 AND state = @1)", ct, name, (int)EnrolmentState.Active, now);
            await Trail.Append(s, trail, ct);
            return true;
        },
        ct);

    /// <summary>How far contacts have been looked at for a launch, and how many fitted.</summary>
    public Task Scanned(string name, long? scannedTo, long admitted, CancellationToken ct) => database.Write(
        Durability.Derived, s => s.Execute("UPDATE workflow_launch SET scanned_to = @1, admitted = @2 WHERE name = @0", ct, name, scannedTo, admitted), ct);

    /// <summary>Keeps the result of a test; a later test of the same version takes its place.</summary>
    public Task RecordTest(WorkflowTestRow test, CancellationToken ct) => database.Write(
        Durability.Durable,
        s => s.Execute(
            "INSERT INTO workflow_test (name, version, at, by, covered, result) VALUES (@0, @1, @2, @3, @4, @5) "
            + "ON CONFLICT (name, version) DO UPDATE SET at = excluded.at, by = excluded.by, covered = excluded.covered, result = excluded.result",
            ct, test.Name, test.Version, test.At, test.By, test.Covered, test.Result),
        ct);

    /// <summary>The latest test of a version; null when it was never tested.</summary>
    public Task<WorkflowTestRow?> TestOf(string name, string version, CancellationToken ct) => database.Read(
        async s => (await s.Query(
            "SELECT name, version, at, by, covered, result FROM workflow_test WHERE name = @0 AND version = @1",
            r => new WorkflowTestRow(r.Text(0), r.Text(1), r.Time(2), r.Text(3), r.Bool(4), r.Text(5)), ct, name, version)).SingleOrDefault(),
        ct);

    private static WorkflowVersionRow ReadVersion(Row r) => new(r.Text(0), r.Text(1), r.Text(2), r.Time(3), r.Text(4));

    private static LaunchRow Read(Row r) => new(
        r.Text(0), r.Text(1), r.Time(2), (LaunchState)r.Int(3), r.Text(4), r.Bool(5), r.LongOrNull(6), r.Long(7), r.Text(8), r.Time(9));
}
