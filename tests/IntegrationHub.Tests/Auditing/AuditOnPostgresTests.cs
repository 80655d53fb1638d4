using System.Globalization;
using System.Text.Json;
using IntegrationHub.Auditing;
using IntegrationHub.DataGenerator;
using IntegrationHub.DataGenerator.Defects;
using IntegrationHub.DataGenerator.Writing;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Tests.Engine;
using IntegrationHub.Tests.Store;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Auditing;

/// <summary>The audit on a real PostgreSQL server: what it says is what it says on SQLite.</summary>
[Collection("store")]
public sealed class AuditOnPostgresTests(StoreFixture fixture, ITestOutputHelper output)
{
    private const int People = 1_500;
    private const int Seed = 12;

    private const string Mapping = """
        connector: memory
        updated_at: updated_at
        fields:
          first_name: first_name
          last_name: last_name
          email: email
          phone: phone
          company: company
          job_title: job_title
          street_number: street_number
          street: street
          unit: unit
          city: city
          state: state
          postcode: postcode
          country: country
          birth_date: birth_date
          language: language
          owner: owner
          engaged_at: last_activity_at
          known_since: created_at
        consents:
          - { channel: email, state: email_consent, values: { subscribed: granted, unsubscribed: denied }, point: email }
          - { channel: email, state: email_status, values: { bounced: suppressed }, point: email }
        optional: [email_status]
        """;

    private static readonly Lazy<IReadOnlyList<ContactRow>> Rows = new(() => [.. ContactWorld.Spoilt(Seed, People, DefectPlan.Of(new Dictionary<string, double>())).Batches(b => b.Rows).SelectMany(r => r)]);

    private static async Task<IReadOnlyList<string>> Said(string? database)
    {
        await using var hub = await TestHub.Create(database: database, mapping: Mapping);
        hub.Time.SetUtcNow(new DateTimeOffset(ContactWorld.Today, default, TimeSpan.Zero));
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ofSource in Rows.Value.GroupBy(r => r.Source).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var (name, system) = await hub.AddSource(ofSource.Key);
            names[name] = ofSource.Key;
            foreach (var row in ofSource) system.PutRaw(row.Id, JsonSerializer.SerializeToUtf8Bytes(ContactRow.Columns.Zip(row.Cells()).Where(c => c.Second.Length > 0).ToDictionary()));
        }

        await hub.Sync();
        var said = new List<string>();
        foreach (var request in (AuditRequest[])[new(), new(Source: names.Keys.First()), new(Workflow: "lead-nurture"), new(Workflow: "re-engagement"), new(Csv: Path.Combine(hub.Folder, "rows.csv"))])
        {
            var outcome = await hub.Get<RunAudit>().Run(request, TestHub.Admin, default);
            said.AddRange(Figures(outcome.Report).Append($"rows {outcome.Rows}").Select(f => names.Aggregate(f, (text, n) => text.Replace(n.Key, n.Value, StringComparison.Ordinal))));
        }

        return said;
    }

    /// <summary>All but ids, which are made anew in each database.</summary>
    private static IEnumerable<string> Figures(AuditReport report) =>
    [
        Text($"{report.Scope}: {report.Score} {report.Verdict} records {report.Records} contacts {report.Contacts} twice {report.DuplicateMessages}"),
        .. report.Dimensions.Select(d => Text($"{d.Dimension} {d.Score} {d.Weight}")),
        .. report.Fields.Select(f => f.ToString()),
        .. report.Findings.Select(f => Text($"{f.Code} {f.Count} of {f.Of} {f.Severity} {f.Points} {f.What} {string.Join(' ', f.Parts.Select(p => $"{p.Name}={p.Count}"))}")),
        .. report.Workflows.Select(w => w.Line),
        report.Readiness.ToString(),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task It_finds_the_same_as_on_SQLite()
    {
        if (await fixture.NewDatabase(Kind.Postgres, output) is not { } database) return;
        var here = await Said(null);
        Assert.Equal(here, await Said(database));
        // There is something to agree on.
        foreach (var code in (string[])["duplicates.certain", "never_engaged", "stale", "consent.conflict", "conflict.company", "reach.suppressed", "invalid.phone", "damaged.name.cleaned", "repaired", "ownerless"])
            Assert.Contains(here, line => line.StartsWith(code + " ", StringComparison.Ordinal));
    }
}
