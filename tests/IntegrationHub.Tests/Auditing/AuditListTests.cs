using IntegrationHub.Auditing;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Tests.Recipes;

namespace IntegrationHub.Tests.Auditing;

public sealed class AuditListTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly RecipeBook Recipes = RecipeBook.Load(Repository.Mappings);

    private readonly string folder = Directory.CreateTempSubdirectory("audit-list-").FullName;

    private string Write(string text)
    {
        var file = Path.Combine(folder, "list.csv");
        File.WriteAllText(file, text);
        return file;
    }

    private async Task<AuditReport> Audit(string text) => (await AuditList.Run(new AuditListRequest(Write(text)), Recipes, Now, default)).Report;

    [Fact]
    public async Task A_list_is_audited_by_the_usual_names_of_its_columns()
    {
        var report = await Audit("""
            First Name,Surname,E-Mail,Telephone,Country
            Ada,Byron,ada@engines.co.uk,+44 20 7946 0018,GB
            Ada,Byron,ada@engines.co.uk,+44 20 7946 0018,GB
            Alan,Turing,alan@gmial.com,,GB
            Test,Test,test@test.com,,GB
            Grace,Hopper,not an address,,US
            """);
        Assert.Equal("file:list.csv", report.Scope);
        Assert.Equal((5, 4), (report.Records, report.Contacts));
        Assert.Equal(["rows 2, 3"], Found(report, "duplicates.certain").Samples.AsEnumerable());
        Assert.Equal(1, report.DuplicateMessages);
        Assert.Equal(["row 4"], Found(report, "doubtful.email.typo").Samples.AsEnumerable());
        Assert.Equal(["row 5"], Found(report, "doubtful.email.placeholder").Samples.AsEnumerable());
        Assert.Equal(["row 6"], Found(report, "invalid.email").Samples.AsEnumerable());
        Assert.Equal(["row 6"], Found(report, "missing.email").Samples.AsEnumerable());
    }

    [Fact]
    public async Task What_the_file_has_no_column_of_is_said_and_not_counted_as_missing()
    {
        var report = await Audit("email,first_name\nada@engines.co.uk,Ada\n");
        Assert.Equal(["email", "first_name"], report.Fields.Select(f => f.Field));
        Assert.DoesNotContain(report.Findings, f => f.Code.StartsWith("missing.", StringComparison.Ordinal) || f.Code == "consent.missing");
        Assert.Contains(report.Notes, n => n.Contains("last name, phone, company, city, country", StringComparison.Ordinal));
        Assert.Contains(report.Notes, n => n.Contains("no column of consent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Columns_of_consent_are_read_and_a_no_to_unsubscribing_is_no_yes()
    {
        var report = await Audit("""
            email,opt in,unsubscribed
            a@engines.co.uk,yes,no
            b@engines.co.uk,,no
            c@engines.co.uk,yes,yes
            d@engines.co.uk,perhaps,
            """);
        Assert.Equal(["row 3", "row 5"], Found(report, "consent.missing").Samples.AsEnumerable());
        Assert.Equal(["row 4"], Found(report, "consent.denied").Samples.AsEnumerable());
    }

    [Fact]
    public async Task Who_never_engaged_is_told_by_the_columns_of_opens_clicks_and_orders()
    {
        var report = await Audit("""
            email,Created At,Last Open Date,Last Order
            a@engines.co.uk,2024-01-01,,
            b@engines.co.uk,2024-01-01,2025-02-03,
            c@engines.co.uk,2024-01-01,,2025-02-03 10:00:00
            d@engines.co.uk,2026-11-01,,
            """);
        Assert.Equal(["row 2"], Found(report, "never_engaged").Samples.AsEnumerable());
        Assert.Equal(3, Found(report, "never_engaged").Of);
    }

    [Fact]
    public async Task One_date_that_reads_one_way_only_settles_its_column()
    {
        const string Rows = "email,birth date\na@engines.co.uk,03/04/1985\nb@engines.co.uk,05/06/1985\n";
        Assert.Equal(2, Found(await Audit(Rows), "doubtful.date.ambiguous").Count);
        Assert.DoesNotContain((await Audit(Rows + "c@engines.co.uk,12/31/1985\n")).Findings, f => f.Code == "doubtful.date.ambiguous");
        // Two that contradict each other settle nothing.
        Assert.Equal(2, Found(await Audit(Rows + "c@engines.co.uk,12/31/1985\nd@engines.co.uk,31/12/1985\n"), "doubtful.date.ambiguous").Count);
    }

    [Fact]
    public async Task A_column_of_changes_is_read_in_its_own_order_and_else_says_nothing()
    {
        const string Rows = "email,last modified\na@engines.co.uk,03/04/2019 10:00\nb@engines.co.uk,05/06/2019 10:00\n";
        Assert.DoesNotContain((await Audit(Rows)).Findings, f => f.Code == "stale");
        Assert.Equal(3, Found(await Audit(Rows + "c@engines.co.uk,12/31/2019 10:00\n"), "stale").Count);
    }

    [Fact]
    public async Task A_list_is_looked_at_for_one_workflow_with_the_fields_that_it_needs()
    {
        var file = Write("email,last_name,company\na@engines.co.uk,Byron,Engines\nb@engines.co.uk,,Engines\n");
        var report = (await AuditList.Run(new AuditListRequest(file, Workflow: "lead-qualification"), Recipes, Now, default)).Report;
        Assert.Equal("1 of 2 ready; 1 without last name", Assert.Single(report.Workflows).Line);
        Assert.Equal(["email", "last_name"], report.Fields.Select(f => f.Field).Order());
        Assert.Contains(report.Findings, f => f.Code == "not_ready");
        var wrong = await Assert.ThrowsAsync<NotPossibleException>(() => AuditList.Run(new AuditListRequest(file, Workflow: "lead-qualifcation"), Recipes, Now, default));
        Assert.Contains("Did you mean 'lead-qualification'?", wrong.Message);
    }

    [Fact]
    public async Task The_rows_that_findings_count_are_written_with_formulas_disarmed()
    {
        var file = Write("first_name,last_name,email\n=cmd|' /C calc'!A0,Byron,ada@gmial.com\n");
        var csv = Path.Combine(folder, "rows.csv");
        var outcome = await AuditList.Run(new AuditListRequest(file, Csv: csv), Recipes, Now, default);
        var lines = await File.ReadAllLinesAsync(csv);
        Assert.Equal("finding,id,source,field,value,first_name,last_name,email,phone,company", lines[0]);
        Assert.Contains(lines, l => l.StartsWith("doubtful.email.typo,row 2,file,email,ada@gmial.com,", StringComparison.Ordinal));
        Assert.Equal(outcome.Rows, lines.Length - 1);
        Assert.DoesNotContain(lines, l => l.Split(',').Any(c => c.Trim('"') is ['=' or '@' or '+' or '-', ..]));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("email,first_name\n", "nothing below it")]
    [InlineData("foo,bar\n1,2\n", "none of its columns is known (foo, bar)")]
    [InlineData("\u0001\u0002PK\u0003,\uffff\n1,2\n", "none of its columns is known (??PK?")]
    public async Task A_file_that_is_no_list_is_refused_with_words_that_help(string text, string message) =>
        Assert.Contains(message, (await Assert.ThrowsAsync<NotPossibleException>(() => Audit(text))).Message);

    [Fact]
    public async Task A_file_that_is_not_there_is_named() =>
        Assert.Contains("There is no file", (await Assert.ThrowsAsync<NotPossibleException>(() => AuditList.Run(new AuditListRequest(Path.Combine(folder, "none.csv")), Recipes, Now, default))).Message);

    private static AuditFinding Found(AuditReport report, string code) => Assert.Single(report.Findings, f => f.Code == code);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
