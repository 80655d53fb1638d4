using CsCheck;
using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

public sealed class PairScorerTests
{
    // A small world, so that pairs agree in part often: with a large one nearly all would differ in everything.
    internal static readonly Gen<MatchRecord> Records =
        Gen.Select(
            Gen.OneOf("", "Anna", "Ana", "William", "Bill", "J", "Marie Louise", "Garcia", "Ruth"),
            Gen.OneOf("", "Garcia", "Garzia", "Smith", "Smith-Jones", "O'Brien", "Ruth", "G"),
            Gen.OneOf("", "anna@example.com", "ana@example.com", "info@example.com", "anna@example.org", "bill.smith@gmail.com"),
            Gen.OneOf("", "+441132960001", "+441132960002", "01132960001"),
            Gen.OneOf("", "1990-05-17", "1990-05-18", "1980-05-17", "1990"),
            Gen.Select(Gen.OneOf("", "Mill Lane", "Mill Ln", "Harbour Road"), Gen.OneOf("", "12", "13"), Gen.OneOf("", "Leeds", "Bristol"), Gen.OneOf("", "LS1 4AP", "BS1 5TY")),
            Gen.Select(Gen.OneOf("", "Nordlicht", "Nordlicht Energie"), Gen.OneOf("", "Jr.", "III"), Gen.OneOf("", "Sales Manager", "Manager"), Gen.OneOf("", "P", "Paula")),
            Gen.Int[0, 1_000_000])
        .Select((given, last, email, phone, born, place, work, id) => Contact(
            $"{id:000000}",
            (Field.FirstName, given), (Field.LastName, last), (Field.Email, email), (Field.Phone, phone), (Field.BirthDate, born),
            (Field.Street, place.Item1), (Field.StreetNumber, place.Item2), (Field.City, place.Item3), (Field.Postcode, place.Item4),
            (Field.Company, work.Item1), (Field.Suffix, work.Item2), (Field.JobTitle, work.Item3), (Field.MiddleName, work.Item4)));

    [Fact]
    public void The_weight_is_the_same_whichever_record_comes_first() =>
        Gen.Select(Records, Records).Sample((a, b) => Assert.Equal(Weight(a, b), Weight(b, a), 1e-9), iter: 2000);

    [Fact]
    public void Prior_and_levels_sum_to_the_weight() =>
        Gen.Select(Records, Records).Sample(
            (a, b) =>
            {
                var why = Explain(a, b);
                Assert.Equal(Weight(a, b), why.Weight, 1e-9);
                Assert.Equal(why.Weight, why.Prior + why.Levels.Sum(l => l.Weight), 1e-9);
                foreach (var level in why.Levels) Assert.Equal(level.Weight, Math.Log2(level.M / level.U), 1e-9);
            },
            iter: 2000);

    [Fact]
    public void A_record_without_values_says_nothing_of_another()
    {
        var why = Explain(Contact("1"), Contact("2", (Field.FirstName, "Ada"), (Field.Email, "ada@example.com")));
        Assert.Empty(why.Levels);
        Assert.Equal(why.Prior, why.Weight);
        Assert.Equal("The two have too little in common to compare.", why.Sentence);
    }

    [Fact]
    public void A_rare_name_says_more_than_a_common_one()
    {
        double Of(string given, string last) => Weight(Contact("1", (Field.FirstName, given), (Field.LastName, last)), Contact("2", (Field.FirstName, given), (Field.LastName, last)));
        Assert.True(Of("Philippa", "Featherstonehaugh") > Of("James", "Smith") + 4);
    }

    [Fact]
    public void The_explanation_names_what_agrees_and_what_speaks_against_it()
    {
        var why = Explain(
            Contact("1", (Field.FirstName, "Bill"), (Field.LastName, "Thackery"), (Field.Phone, "+447700900123"), (Field.BirthDate, "1990-05-17")),
            Contact("2", (Field.FirstName, "William"), (Field.LastName, "Thackery"), (Field.Phone, "+447700900123"), (Field.BirthDate, "1964-01-30")));
        Assert.Equal(["given name nickname", "last name exact", "birth date a generation apart", "phone exact"], why.Levels.Where(l => l.Comparison != "calibration").Select(l => $"{l.Comparison} {l.Level}"));
        Assert.Contains("same phone", why.Sentence, StringComparison.Ordinal);
        Assert.Contains("Against it: birth dates a generation apart.", why.Sentence, StringComparison.Ordinal);
        Assert.Equal(("bill", "william"), (why.Levels[0].Left, why.Levels[0].Right));
    }

    [Fact]
    public void Fewer_records_make_a_pair_likelier_by_the_ratio_of_their_numbers()
    {
        var (few, many) = (MatchModel.BuiltIn(EntityKind.Contact).For(1_000), MatchModel.BuiltIn(EntityKind.Contact).For(8_000));
        var (a, b) = (Contact("1"), Contact("2"));
        Assert.Equal(3, Weight(a, b, few) - Weight(a, b, many), 0.02);
    }
}
