using IntegrationHub.Auditing;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Tests.Engine;

namespace IntegrationHub.Tests.Auditing;

/// <summary>The audit of a whole hub, from the database.</summary>
public sealed class RunAuditTests : IAsyncLifetime
{
    private TestHub hub = null!;
    private string crm = "";
    private string shop = "";
    private MemorySystem crmSystem = null!;

    public async Task InitializeAsync()
    {
        hub = await TestHub.Create();
        (crm, crmSystem) = await hub.AddSource("crm");
        (shop, var shopSystem) = await hub.AddSource("shop");
        crmSystem.PutRaw("1", """{"first":"Ada","last":"Byron","email":"ada@engines.co.uk","city":"London","country":"GB"}"""u8.ToArray());
        crmSystem.PutRaw("2", """{"first":"Ada","last":"Byron","email":"ada@engines.co.uk","city":"London","country":"GB"}"""u8.ToArray());
        crmSystem.PutRaw("3", """{"first":"Alan","last":"Turing","email":"alan@gmial.com","country":"GB"}"""u8.ToArray());
        shopSystem.PutRaw("7", """{"first":"Ada","last":"Byron","email":"ada@engines.co.uk","city":"Leeds","country":"GB"}"""u8.ToArray());
        shopSystem.PutRaw("8", """{"first":"Grace","last":"Hopper","email":"nonsense","colour":"blue"}"""u8.ToArray());
        await hub.Sync();
    }

    private async Task<AuditReport> Audit(AuditRequest? request = null) => (await hub.Get<RunAudit>().Run(request ?? new AuditRequest(), TestHub.Admin, default)).Report;

    private static AuditFinding Found(AuditReport report, string code) => Assert.Single(report.Findings, f => f.Code == code);

    [Fact]
    public async Task Everything_is_read_from_the_database_and_samples_have_names()
    {
        var report = await Audit();
        Assert.Equal((5, 3), (report.Records, report.Contacts));
        Assert.Equal(1, Found(report, "duplicates.certain").Count);
        Assert.Equal(1, Found(report, "conflict.city").Count);
        Assert.Equal([$"{crm}/contacts/3"], Found(report, "doubtful.email.typo").Samples.AsEnumerable());
        Assert.Equal([$"{shop}/contacts/8"], Found(report, "invalid.email").Samples.AsEnumerable());
        Assert.Equal((2L, 1L), (report.Readiness.Ready, report.Readiness.Blocked));
        Assert.Contains(report.Sources, s => s.Source == shop && s.Unmapped.Contains("colour"));
    }

    [Fact]
    public async Task One_source_is_looked_at_alone()
    {
        var report = await Audit(new AuditRequest(Source: shop));
        Assert.Equal($"source:{shop}", report.Scope);
        Assert.Equal(2, report.Contacts);
        Assert.DoesNotContain(report.Findings, f => f.Code is "doubtful.email.typo" or "duplicates.certain");
        Assert.Equal([shop], report.Sources.Select(s => s.Source));
        Assert.Contains("There is no source 'nope'", (await Assert.ThrowsAsync<NotPossibleException>(() => Audit(new AuditRequest(Source: "nope")))).Message);
    }

    [Fact]
    public async Task One_workflow_is_looked_at_by_its_own_audience_and_fields()
    {
        var report = await Audit(new AuditRequest(Workflow: "re-engagement"));
        Assert.Equal(AuditVerdict.Block, report.Verdict);
        Assert.Contains("Nobody belongs to the audience of Re-engagement yet", report.Reasons[0]);
        Assert.Equal(["email"], report.Fields.Select(f => f.Field));
    }

    [Fact]
    public async Task A_field_that_came_to_the_source_since_the_last_audit_is_drift()
    {
        Assert.DoesNotContain((await Audit()).Sources.SelectMany(s => s.Drift), d => d.Contains("fax", StringComparison.Ordinal));
        crmSystem.PutRaw("4", """{"first":"Edsger","last":"Dijkstra","email":"edsger@thesis.nl","fax":"1"}"""u8.ToArray());
        await hub.Sync();
        hub.Time.Advance(TimeSpan.FromDays(1));
        Assert.Contains($"{crm}: fax is new at the source, and not mapped", Found(await Audit(), "drift.schema").Samples);
    }

    [Fact]
    public async Task The_rows_of_the_findings_are_written_with_what_is_needed_to_mend_them()
    {
        var csv = Path.Combine(hub.Folder, "rows.csv");
        var outcome = await hub.Get<RunAudit>().Run(new AuditRequest(Csv: csv), TestHub.Admin, default);
        var lines = await File.ReadAllLinesAsync(csv);
        Assert.Equal(outcome.Rows, lines.Length - 1);
        Assert.Contains($"invalid.email,{shop}/contacts/8,{shop},email,nonsense,Grace,Hopper,,,", lines);
        Assert.Contains(lines, l => l.StartsWith("conflict.city,", StringComparison.Ordinal) && l.Contains($",{crm} {shop},city,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_report_of_a_scope_is_kept_and_read_back()
    {
        Assert.Null(await hub.Get<RunAudit>().Last("all", default));
        var report = await Audit();
        Assert.Equal(AuditJson.Render(report), AuditJson.Render((await hub.Get<RunAudit>().Last("all", default))!));
        Assert.Null(await hub.Get<RunAudit>().Last($"source:{crm}", default));
        hub.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal([report.Score], (await Audit()).Trend.Select(t => t.Score));
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();
}
