using System.Text;
using System.Text.Json;
using IntegrationHub.DataGenerator;
using IntegrationHub.DataGenerator.Defects;
using IntegrationHub.DataGenerator.Writing;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.DataGenerator;

public sealed class DefectTests
{
    private const int People = 30_000;

    private static readonly DefectPlan Plan = DefectPlan.Of(new Dictionary<string, double>());

    private static readonly Lazy<(Dictionary<string, ContactRow> Rows, DefectReport Report)> Sample = new(() =>
    {
        var rows = new Dictionary<string, ContactRow>();
        var report = new DefectReport(Plan, 45);
        foreach (var batch in ContactWorld.Spoilt(45, People, Plan).Batches(b => b))
        {
            foreach (var row in batch.Rows) rows.Add(row.Id, row);
            report.Add(batch.Rows.Count, batch.Defects);
        }

        return (rows, report);
    });

    public static TheoryData<string> Kinds => [.. DefectKinds.All.Select(k => k.Name)];

    [Fact]
    public void The_clean_twin_holds_nothing_that_normalising_would_change()
    {
        var issues = ContactWorld.Clean(45, People).Rows().SelectMany(r => Normalised(r).Issues.Select(i => $"{i.Code.Value} {i.Raw}")).Take(5);
        Assert.Empty(issues);
    }

    [Fact]
    public void The_clean_twin_has_each_of_the_same_people_once_with_every_field_and_a_mailbox_of_their_own()
    {
        var rows = ContactWorld.Clean(45, People).Rows().ToArray();
        Assert.Equal(Enumerable.Range(0, People).Select(n => (long)n), rows.Select(r => r.Truth).Order());
        Assert.Equal(People, rows.Select(r => r.Email).Distinct().Count());
        string[] mayBeEmpty = ["middle_name", "suffix", "full_name", "unit", "state", "email_status"];
        var filled = ContactRow.Columns.Select((c, i) => (c, i)).Where(c => !mayBeEmpty.Contains(c.c)).ToArray();
        Assert.All(rows, r => Assert.All(filled, c => Assert.NotEqual("", r.Cells()[c.i])));
        var spelt = ContactWorld.OfPeople(45, People).Rows().Where(r => r.LastName.Length > 0).ToLookup(r => r.Truth, r => r.LastName);
        var same = rows.Where(r => spelt[r.Truth].Any()).ToArray();
        Assert.InRange(same.Count(r => spelt[r.Truth].Contains(r.LastName)) / (double)same.Length, 0.75, 1); // The rest are slips, maiden names, lost accents.
    }

    [Fact]
    public void A_spoilt_file_differs_from_its_clean_twin_in_the_reported_records_only()
    {
        var (rows, report) = Sample.Value;
        var clean = ContactWorld.Clean(45, People).Rows().ToDictionary(r => r.Id, r => string.Join('|', r.Cells()));
        var reported = DefectKinds.All.SelectMany(k => report.Of(k.Name)).Select(d => d.Id).ToHashSet();
        Assert.Equal(reported.Order(StringComparer.Ordinal), rows.Values.Where(r => !clean.TryGetValue(r.Id, out var was) || was != string.Join('|', r.Cells())).Select(r => r.Id).Order(StringComparer.Ordinal));
        Assert.Equal(rows.Count, report.Rows);
        Assert.Equal(People, report.People);
    }

    [Fact]
    public void A_record_has_one_defect_at_most()
    {
        var ids = DefectKinds.All.SelectMany(k => Sample.Value.Report.Of(k.Name)).SelectMany(d => new[] { d.Id, d.Partner }).Where(i => i.Length > 0).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(42, DefectKinds.All.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_is_made_at_its_rate_and_normalising_says_so(string name)
    {
        var (rows, report) = Sample.Value;
        var kind = DefectKinds.All.Single(k => k.Name == name);
        var made = report.Of(name);

        // Half the people have no mailbox at work, which a likely duplicate takes; a third have a birth date that can be read both ways.
        var least = name switch { "likely_duplicate" => 0.3, "ambiguous_date" => 0.25, _ => 0.8 };
        Assert.InRange(made.Count, People * 0.01 * least, People * 0.012);
        if (kind.Issue.Length == 0) return;
        Assert.All(made, d => Assert.Contains(kind.Issue, Normalised(rows[d.Id]).Issues.Select(i => i.Code.Value)));
        if (kind.Finding.StartsWith("invalid.", StringComparison.Ordinal))
            Assert.All(made, d => Assert.Contains(Normalised(rows[d.Id]).Issues, i => i.Rejected && kind.Finding == $"invalid.{Fields.NameOf(i.Field)}"));
    }

    [Fact]
    public void What_is_missing_after_normalising_is_what_the_report_says()
    {
        var (rows, report) = Sample.Value;
        var clean = rows.Values.Select(Normalised).ToArray();
        var added = DefectKinds.All.Where(k => k.Adds).Sum(k => report.CountOf(k.Name));
        Assert.Equal(People + added, clean.Length);
        foreach (var field in new[] { Field.Email, Field.Phone, Field.Company, Field.City, Field.Country })
            Assert.Equal(report.Findings(oneList: true)[$"missing.{Fields.NameOf(field)}"], clean.Count(c => c.Values[field] is null));
    }

    [Fact]
    public void Rates_can_be_given()
    {
        var plan = DefectPlan.Of(DefectKinds.All.ToDictionary(k => k.Name, k => k.Name == "stale" ? 0.2 : 0));
        var made = ContactWorld.Spoilt(46, 10_000, plan).Batches(b => b.Defects).SelectMany(d => d).ToArray();
        Assert.All(made, d => Assert.Equal("stale", d.Kind.Name));
        Assert.InRange(made.Length, 1_850, 2_150);
    }

    [Fact]
    public void A_wrong_rate_is_refused_with_the_way_out()
    {
        Assert.Contains("missing_email", Assert.Throws<ArgumentException>(() => DefectPlan.Of(new Dictionary<string, double> { ["mising_email"] = 0.1 })).Message);
        Assert.Contains("lower", Assert.Throws<ArgumentException>(() => DefectPlan.Of(new Dictionary<string, double> { ["stale"] = 0.9 })).Message);
    }

    [Fact]
    public void The_report_as_json_has_counts_ids_and_findings()
    {
        var report = Sample.Value.Report;
        using var text = new MemoryStream();
        report.Write(text);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(text.ToArray()));
        var stale = json.RootElement.GetProperty("kinds").EnumerateArray().Single(k => k.GetProperty("kind").GetString() == "stale");
        Assert.Equal(report.CountOf("stale"), stale.GetProperty("count").GetInt64());
        Assert.Equal(report.Of("stale").Select(d => d.Id), stale.GetProperty("ids").EnumerateArray().Select(i => i.GetString()));
        Assert.Equal(report.CountOf("exact_duplicate") + report.CountOf("consent_conflict") + report.CountOf("company_conflict"), json.RootElement.GetProperty("findings").GetProperty("duplicates.certain").GetInt64());
        Assert.Equal(report.CountOf("exact_duplicate"), json.RootElement.GetProperty("findings_by_source").GetProperty("duplicates.certain").GetInt64());
    }

    private static CleanRecord Normalised(ContactRow row)
    {
        var values = new FieldValues.Builder();
        void Set(Field field, string text)
        {
            if (text.Length > 0) values[field] = text;
        }

        Set(Field.FirstName, row.FirstName);
        Set(Field.LastName, row.LastName);
        Set(Field.Email, row.Email);
        Set(Field.Phone, row.Phone);
        Set(Field.Company, row.Company);
        Set(Field.JobTitle, row.JobTitle);
        Set(Field.StreetNumber, row.StreetNumber);
        Set(Field.Street, row.Street);
        Set(Field.Unit, row.Unit);
        Set(Field.City, row.City);
        Set(Field.State, row.State);
        Set(Field.Postcode, row.Postcode);
        Set(Field.Country, row.Country);
        Set(Field.BirthDate, row.BirthDate);
        Set(Field.Language, row.Language);
        return RecordNormaliser.Normalise(new MappedRecord(new SourceKey(row.Source, Streams.Contacts, row.Id), EntityKind.Contact, values.Build(), [], null, [], null));
    }
}
