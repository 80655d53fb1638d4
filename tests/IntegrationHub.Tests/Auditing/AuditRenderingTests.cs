using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IntegrationHub.Auditing;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Auditing;

public sealed partial class AuditRenderingTests
{
    private const string Hostile = "<script>alert('x')</script>\" onload=\"y & z";

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private static AuditReport Report(bool hostile = true)
    {
        var text = hostile ? Hostile : "plain";
        var rules = AuditFile.Load(Path.Combine(Repository.Mappings, "audit.yaml"));
        rules = rules with { Workflows = [.. rules.Workflows, rules.Workflows[0] with { Name = "own", Title = text, Audience = Audience.Everybody }] };
        var audit = new Audit(rules, AuditScope.OfFile(text, knowsConsent: true), Now);
        CleanRecord Record(string id) => new(new SourceKey(text, Streams.Contacts, id), EntityKind.Contact, FieldValues.None, [], [], null);
        for (var i = 0; i < 4; i++)
            audit.Add(AuditedGolden.Of(i, $"{text} {i}", new GoldenContent(EntityKind.Contact, FieldValues.None, [], []), [Record($"{i}"), Record($"{i}b")], [], rules));
        for (var i = 0; i < 3; i++) audit.AddIssues(text, i, text, [new AuditedIssue(Field.Email, "email.typo", false), new AuditedIssue(Field.Email, text, false)]);
        audit.AddNote(text);
        audit.Add(new AuditedSource(text, 8, Now, text, [text], Unmapped: [text]));
        audit.AddQueue(2, [text]);
        return audit.Report(trend: [new TrendPoint(Now.AddDays(-30), 40), new TrendPoint(Now.AddDays(-60), 55.5)]);
    }

    [Fact]
    public void A_files_page_does_not_say_of_each_finding_that_it_is_the_files()
    {
        var found = Report(hostile: false).Findings.Single(f => f.Code == "doubtful.email.typo");
        Assert.Equal([new FindingPart("plain", 3)], found.Parts.AsEnumerable());
        Assert.DoesNotContain("<p class=\"where\">plain 3</p>", AuditHtml.Render(Report(hostile: false)));
        Assert.Contains("<p class=\"where\">plain 3</p>", AuditHtml.Render(Report(hostile: false) with { Scope = "all" }));
    }

    [Fact]
    public void Everything_that_comes_from_data_is_escaped()
    {
        var html = AuditHtml.Render(Report());
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("\" onload=", html);
        Assert.Contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", html);
    }

    [Fact]
    public void The_page_asks_nothing_of_the_network_and_runs_no_script()
    {
        var html = AuditHtml.Render(Report(hostile: false));
        Assert.DoesNotMatch(@"(?i)<(script|link|img|iframe|object)|url\(|@import|https?:|\ssrc=|\shref=", html);
    }

    [Fact]
    public void The_page_is_well_formed_with_one_heading_a_section_and_words_for_every_picture()
    {
        foreach (var report in new[] { Report(), Report(hostile: false), new Audit(AuditFile.Load(Path.Combine(Repository.Mappings, "audit.yaml")), AuditScope.Everything, Now).Report() })
        {
            var body = Body().Match(AuditHtml.Render(report)).Value.Replace("<br>", "<br/>", StringComparison.Ordinal);
            var page = XDocument.Parse(body);
            Assert.Single(page.Descendants("h1"));
            Assert.All(page.Descendants("section"), s => Assert.Equal((string?)s.Attribute("aria-labelledby"), (string?)Assert.Single(s.Descendants("h2")).Attribute("id")));
            Assert.All(page.Descendants("svg"), s => Assert.False(string.IsNullOrEmpty((string?)s.Attribute("aria-label"))));
            Assert.All(page.Descendants("th"), th => Assert.Equal(th.Ancestors("thead").Any() ? "col" : "row", (string?)th.Attribute("scope")));
            var ids = page.Descendants().Select(e => (string?)e.Attribute("id")).OfType<string>().ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }
    }

    [GeneratedRegex("<body>.*</body>", RegexOptions.Singleline)]
    private static partial Regex Body();

    [Fact]
    public void The_verdict_stands_first_in_words()
    {
        var html = AuditHtml.Render(Report());
        Assert.InRange(html.IndexOf("Do not launch yet</h2>", StringComparison.Ordinal), 0, html.IndexOf("Fix this first", StringComparison.Ordinal));
    }

    [Fact]
    public void The_json_has_the_documented_names_and_reads_back_the_same()
    {
        var report = Report();
        var json = AuditJson.Render(report);
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        Assert.Equal(
            [
                "scope", "title", "at", "records", "contacts", "companies", "score", "verdict", "reasons", "readiness", "workflows", "duplicate_messages", "dimensions", "findings", "fields", "sources",
                "trend", "notes",
            ],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ["code", "dimension", "severity", "what", "count", "of", "share", "points", "samples", "parts", "effect", "fix", "hub_fix"],
            root.GetProperty("findings")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal("block", root.GetProperty("verdict").GetString());
        Assert.Equal("completeness", root.GetProperty("dimensions")[0].GetProperty("dimension").GetString());
        Assert.Equal(json, AuditJson.Render(Assert.IsType<AuditReport>(AuditJson.Read(json))));
    }

    [Fact]
    public async Task The_json_is_as_the_documented_schema_says()
    {
        var schema = await NJsonSchema.JsonSchema.FromFileAsync(Path.Combine(Repository.Root, "docs", "audit-schema.json"));
        Assert.Empty(schema.Validate(AuditJson.Render(Report())));
        Assert.Empty(schema.Validate(AuditJson.Render(new Audit(AuditFile.Load(Path.Combine(Repository.Mappings, "audit.yaml")), AuditScope.Everything, Now).Report())));
        Assert.NotEmpty(schema.Validate(AuditJson.Render(Report()).Replace("\"verdict\"", "\"word\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    public void What_is_no_report_reads_as_none(string json) => Assert.Null(AuditJson.Read(json));

    [Fact]
    public void Every_finding_code_has_its_line_in_the_documentation()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "audit.md"));
        Assert.All(
            Report(hostile: false).Findings.Select(f => f.Code.Split('.')[0] is "missing" or "invalid" or "doubtful" or "damaged" or "default" or "conflict" ? f.Code.Split('.')[0] + ".…" : f.Code),
            code => Assert.Contains($"| `{code}` |", text));
    }
}
