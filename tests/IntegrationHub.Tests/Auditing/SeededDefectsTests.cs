using System.Collections.Immutable;
using IntegrationHub.Auditing;
using IntegrationHub.DataGenerator;
using IntegrationHub.DataGenerator.Defects;
using IntegrationHub.DataGenerator.Writing;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Normalising;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Auditing;

/// <summary>Defects seeded at known rates into a faultless list: each is counted, and nothing else is.</summary>
public sealed class SeededDefectsTests
{
    private const int People = 20_000;
    private const int Seed = 91;

    // People of one name in one office look like one, and a thousandth of the records may.
    private const double LikelyByChance = 0.001;

    // A surname with a particle that stands alone may be read as a given name.
    private static readonly string[] NamesAlone = ["missing.first_name", "missing.last_name"];

    private static readonly RecipeBook Recipes = RecipeBook.Load(Repository.Mappings);

    private static readonly DateTimeOffset Now = new(ContactWorld.Today, default, TimeSpan.Zero);

    private static readonly DefectPlan Plan = DefectPlan.Of(new Dictionary<string, double>());

    private static readonly Lazy<(AuditReport Audit, DefectReport Seeded)> Spoilt = new(() =>
    {
        var seeded = new DefectReport(Plan, Seed);
        var rows = new List<ContactRow>();
        foreach (var batch in ContactWorld.Spoilt(Seed, People, Plan).Batches(b => b))
        {
            rows.AddRange(batch.Rows);
            seeded.Add(batch.Rows.Count, batch.Defects);
        }

        return (Audit(rows), seeded);
    });

    private static readonly Lazy<AuditReport> Twin = new(() => Audit(ContactWorld.Clean(Seed, People).Rows()));

    /// <summary>The kinds that one finding counts, of those that a finding counts alone.</summary>
    public static TheoryData<string> Findings => [.. Expected(Spoilt.Value.Seeded).Keys];

    private static AuditReport Audit(IEnumerable<ContactRow> rows) => AuditList.Of(
        [.. rows.AsParallel().AsOrdered().Select(Clean)], Recipes, AuditScope.OfFile("seeded.csv", knowsConsent: true), Now, null, default).Report;

    /// <summary>A row as the source that it names would have it.</summary>
    private static CleanRecord Clean(ContactRow row)
    {
        var values = new FieldValues.Builder();
        string[] cells = row.Cells();
        for (var i = 0; i < cells.Length; i++)
            if (Fields.Find(ContactRow.Columns[i]) is { } field && cells[i].Length > 0) values[field] = cells[i];
        values[Field.EngagedAt] = row.LastActivityAt;
        values[Field.KnownSince] = row.CreatedAt;
        ImmutableArray<ConsentClaim> claims =
        [
            .. new[] { row.EmailConsent, row.EmailStatus }.Select(ConsentValues.Read).OfType<ConsentState>().Select(s => new ConsentClaim(Channel.Email, "marketing", row.Email, s, null)),
        ];
        return RecordNormaliser.Normalise(
            new MappedRecord(new SourceKey(row.Source, Streams.Contacts, row.Id), EntityKind.Contact, values.Build(), claims, SourceTime.Read(row.UpdatedAt), [], null));
    }

    /// <summary>What each defect is to be counted as, by the generator's own report.</summary>
    private static SortedDictionary<string, long> Expected(DefectReport seeded) => new(seeded.Findings(oneList: false).ToDictionary(), StringComparer.Ordinal)
    {
        // Other defects leave something to repair as well; this kind of repair is counted by its issue code.
        ["repaired"] = seeded.CountOf("upper_case_name"),
    };

    [Fact]
    public void At_least_twenty_five_kinds_are_seeded_at_known_rates_and_each_has_its_finding()
    {
        var seeded = Spoilt.Value.Seeded;
        var told = DefectKinds.All.Where(k => k.Finding.Length > 0 && seeded.CountOf(k.Name) > 0).ToList();
        Assert.True(told.Count >= 25, $"only {told.Count}");
        Assert.All(told, k => Assert.Contains(Spoilt.Value.Audit.Findings, f => f.Code == k.Finding));
    }

    [Theory]
    [MemberData(nameof(Findings))]
    public void Each_is_counted_within_one_in_a_hundred(string finding)
    {
        var expected = Expected(Spoilt.Value.Seeded)[finding];
        var found = Spoilt.Value.Audit.Findings.SingleOrDefault(f => f.Code == finding);
        var counted = finding == "repaired" ? found?.Parts.Single(p => p.Name == "name.case").Count : found?.Count;
        var tolerance = NamesAlone.Contains(finding) ? 0.02 : 0.01;
        Assert.InRange(counted ?? 0, Math.Floor(expected * (1 - tolerance)), Math.Ceiling(expected * (1 + tolerance)) + (finding == "duplicates.likely" ? LikelyByChance * People : 0));
    }

    [Fact]
    public void Nothing_is_found_that_was_not_seeded()
    {
        var seeded = Expected(Spoilt.Value.Seeded).Keys;
        Assert.Empty(Spoilt.Value.Audit.Findings.Where(f => !seeded.Contains(f.Code)).Select(f => $"{f.Code}: {f.Count}"));
    }

    [Fact]
    public void The_faultless_twin_has_no_finding_but_a_few_likely_duplicates()
    {
        Assert.Empty(Twin.Value.Findings.Where(f => f.Code != "duplicates.likely").Select(f => $"{f.Code}: {f.Count} {string.Join(", ", f.Samples)}"));
        Assert.InRange(Twin.Value.Findings.SingleOrDefault(f => f.Code == "duplicates.likely")?.Share ?? 0, 0, LikelyByChance);
        Assert.Equal(People, Twin.Value.Contacts);
    }
}
