using CsCheck;
using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

public sealed class CompanyMatchTests
{
    private static readonly MatchModel Companies = MatchModel.BuiltIn(EntityKind.Company).For(100_000);

    private static readonly Gen<MatchRecord> Records =
        Gen.Select(
            Gen.OneOf("", "Keldorf Dental Care", "Keldorf Dental", "Keldrof Dental Care", "Keldorf Dental Care 2", "Keldorf Dental Care 3", "KDC", "Global Services", "National Services Keldorf"),
            Gen.OneOf("", "GmbH", "AG"), Gen.OneOf("", "keldorf.example", "other.example"), Gen.OneOf("", "+49401234567", "+49401234568", "+493070000000"),
            Gen.Select(Gen.OneOf("", "North 51st Street", "N 51 St", "Hauptstr."), Gen.OneOf("", "12", "12-14", "90"), Gen.OneOf("", "Hamburg", "Kassel"), Gen.OneOf("", "20095", "34117")),
            Gen.Int[0, 1_000_000])
        .Select((name, form, domain, phone, place, id) => Company(
            $"{id:000000}", (Field.Company, name), (Field.LegalForm, form), (Field.Domain, domain), (Field.Phone, phone),
            (Field.Street, place.Item1), (Field.StreetNumber, place.Item2), (Field.City, place.Item3), (Field.Postcode, place.Item4)));

    [Fact]
    public void Two_companies_weigh_the_same_whichever_comes_first() =>
        Gen.Select(Records, Records).Sample((a, b) => Assert.Equal(Weight(a, b, Companies), Weight(b, a, Companies), 1e-9), iter: 2000);

    [Theory]
    [InlineData("Keldorf Dental Care", "Keldorf Dental Care", "exact")]
    [InlineData("Care of Keldorf, Dental", "The Dental Care Keldorf", "exact")]
    [InlineData("Keldorf Mfg", "Keldorf Manufacturing", "exact")]
    [InlineData("Keldorf Dental Care", "Keldrof Dental Care", "similar")]
    [InlineData("Young Carpenters Guild of Keldorf", "YCG Keldorf", "similar")]
    [InlineData("Keldorf Dental Care", "Keldorf", "contained")]
    [InlineData("Keldorf Dental Care", "Keldorf Dental Care #4", "contained")]
    [InlineData("Keldorf Dental Care #3", "Keldorf Dental Care #4", "in part")]
    [InlineData("Keldorf Public Schools - Beethoven", "Keldorf Public Schools - Ravenswood", "in part")]
    [InlineData("Global Services Keldorf", "Global Services Ravenswood", "in part")]
    [InlineData("Keldorf International", "Ravenswood International", "in part")]
    [InlineData("Global", "Global International", "in part")]
    [InlineData("Keldorf", "Ravenswood", "differs")]
    public void Names_agree_by_the_words_that_tell(string a, string b, string level) =>
        Assert.Equal(level, new PairScorer(Companies, MatchTable.Of(EntityKind.Company, [Company("1", (Field.Company, a)), Company("2", (Field.Company, b))])).Explain(0, 1).Levels[0].Level);

    [Theory]
    [InlineData("N. California Ave", "North California Avenue", "1343", "1343", "similar")]
    [InlineData("East 51 Street", "E 51ST STREET", "112", "112", "similar")]
    [InlineData("W. 79th St", "W 79th St", "3450-54", "3450", "exact")]
    [InlineData("West 112th Street", "West 113th Street", "9", "9", "another street")]
    [InlineData("W Main St", "W Main St", "35-20", "35", "same street")]
    public void A_street_is_known_by_its_number_and_direction_however_it_is_written(string a, string b, string numberA, string numberB, string level)
    {
        MatchRecord At(string id, string street, string number) => Company(id, (Field.Street, street), (Field.StreetNumber, number), (Field.City, "Chicago"), (Field.Postcode, "60609"));
        var table = MatchTable.Of(EntityKind.Company, [At("1", a, numberA), At("2", b, numberB)]);
        Assert.Equal(level, new PairScorer(Companies, table).Explain(0, 1).Levels[0].Level);
    }

    [Fact]
    public void A_rare_word_in_common_says_more_than_common_ones() =>
        Assert.True(
            Weight(Company("1", (Field.Company, "Keldorf")), Company("2", (Field.Company, "Keldorf International")), Companies)
            > Weight(Company("1", (Field.Company, "Global")), Company("2", (Field.Company, "Global International")), Companies) + 3);

    [Fact]
    public void Sisters_and_branches_wait_for_a_person()
    {
        (Field, string)[] head =
        [
            (Field.Company, "Keldorf Dental Care"), (Field.LegalForm, "GmbH"), (Field.Domain, "keldorf.example"), (Field.Phone, "+49401234567"),
            (Field.Street, "Hauptstraße"), (Field.StreetNumber, "12"), (Field.City, "Hamburg"), (Field.Postcode, "20095"),
        ];
        (Field, string)[] With(params (Field Field, string Value)[] other) => [.. head.Where(h => other.All(o => o.Field != h.Item1)), .. other];
        var again = Company("2", With((Field.Company, "KELDORF DENTAL CARE")));
        var sister = Company("3", With((Field.LegalForm, "AG")));
        var branch = Company("4", With((Field.Company, "Keldorf Dental Care Kassel"), (Field.Street, "Bahnhofstraße"), (Field.StreetNumber, "3"), (Field.City, "Kassel"), (Field.Postcode, "34117")));
        Assert.Equal("1 2 | 3 | 4", Clusters([Company("1", head), again, sister, branch], Companies));
    }
}
