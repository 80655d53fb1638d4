using System.Globalization;
using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

public sealed class MatcherTests
{
    [Fact]
    public void A_block_over_the_cap_is_refined_and_reported_and_nobody_in_it_is_dropped()
    {
        // 300 share info@; among them are 150 who come twice, under the same name.
        MatchRecord[] records =
        [
            .. Enumerable.Range(0, 300).Select(i => Contact(
                i.ToString("000", CultureInfo.InvariantCulture),
                (Field.FirstName, Given(i / 2)), (Field.LastName, Last(i / 2)), (Field.Email, "info@example.com"), (Field.BirthDate, Born(i / 2)))),
        ];
        var pairs = Weigh(records, Model);
        var large = Assert.Single(pairs.Finer.Large);
        Assert.Equal(("e-mail", 300, 0), (large.Rule, large.Records, large.Left));
        Assert.True(pairs.Candidates < 300 * 299 / 2);
        for (var i = 0; i < 300; i += 2) Assert.Contains(pairs.Edges, e => e.A == i && e.B == i + 1 && e.Weight >= Model.AutoWeight);
    }

    [Fact]
    public void Records_alike_in_everything_are_compared_with_neighbours_where_finer_keys_do_not_help()
    {
        MatchRecord[] records =
        [
            .. Enumerable.Range(0, 300).Select(i => Contact(
                i.ToString("000", CultureInfo.InvariantCulture), (Field.FirstName, "Ada"), (Field.LastName, "Lovelace"), (Field.Email, "ada@example.com"))),
        ];
        Assert.Contains(Weigh(records, Model).Finer.Large, b => b is { Rule: "e-mail", Records: 300 } && b.Left > 0);
        Assert.DoesNotContain('|', Clusters(records));
    }

    [Fact]
    public void Records_that_have_nothing_but_what_the_block_shares_are_still_compared()
    {
        MatchRecord[] records = [.. Enumerable.Range(0, 300).Select(i => Contact(i.ToString("000", CultureInfo.InvariantCulture), (Field.Email, "info@example.com")))];
        var pairs = Weigh(records, Model);
        Assert.Equal(300, Assert.Single(pairs.Finer.Large).Left);
        Assert.True(pairs.Candidates >= 300);
    }

    [Fact]
    public void Thousands_of_equal_records_are_compared_with_twenty_each_however_many_keys_they_share()
    {
        const int Count = 5_000;
        MatchRecord[] records =
        [
            .. Enumerable.Range(0, Count).Select(i => Contact(
                i.ToString("0000", CultureInfo.InvariantCulture), (Field.FirstName, "Ada"), (Field.LastName, "Lovelace"), (Field.Email, "ada@example.com"), (Field.Phone, "+442079460018"),
                (Field.BirthDate, "1990-05-17"), (Field.City, "London"), (Field.Postcode, "EC1A 1BB"), (Field.Company, "Analytical Engines"))),
        ];

        // The last twenty have fewer behind them: 19, 18, … 0.
        Assert.Equal((20L * Count) - (20 * 21 / 2), Weigh(records, Model).Candidates);
    }

    [Fact]
    public void A_block_at_the_cap_is_compared_whole()
    {
        MatchRecord[] records = [.. Enumerable.Range(0, Model.BlockCap).Select(i => Contact(i.ToString("000", CultureInfo.InvariantCulture), (Field.Email, "office@example.com")))];
        var pairs = Weigh(records, Model);
        Assert.Empty(pairs.Finer.Large);
        Assert.Equal(250L * 249 / 2, pairs.Candidates);
    }

    [Fact]
    public void A_pair_that_shares_several_blocks_is_weighed_once()
    {
        (Field, string)[] same = [(Field.FirstName, "Ada"), (Field.LastName, "Lovelace"), (Field.Email, "ada@example.com"), (Field.Phone, "+447700900123"), (Field.BirthDate, "1990-05-17")];
        MatchRecord[] records = [Contact("1", same), Contact("2", same)];
        var pairs = Weigh(records, Model);
        Assert.Equal(1, pairs.Candidates);
        var edge = Assert.Single(pairs.Edges);
        Assert.Equal((0L, 1L, Weight(records[0], records[1])), (edge.A, edge.B, edge.Weight));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Pairs_that_are_named_weigh_what_they_weigh_in_a_batch(int times)
    {
        MatchRecord[] records = [.. Enumerable.Range(0, 4 * times).Select(i => Contact($"{i}", (Field.FirstName, "Ada"), (Field.LastName, Last(i / 4)), (Field.Email, $"{Last(i / 4)}@example.com")))];
        var batch = Weigh(records, Model);
        var named = Matcher.Weigh(MatchTable.Of(EntityKind.Contact, records), [.. batch.Edges.Reverse().Select(e => ((int)e.A, (int)e.B))], Model, default);
        Assert.Equal(6 * times, named.Count);
        Assert.Equal(batch.Edges, named);
    }

    [Fact]
    public void Two_phones_in_one_rule_of_which_one_is_everybodys_still_bring_a_pair_together()
    {
        // Some of the four keys come before that of everybody's number, some behind it.
        long Candidates(params string[] others) => Weigh(
            [
                .. Enumerable.Range(0, 300).Select(i => Contact(
                    i.ToString("000", CultureInfo.InvariantCulture), (Field.Phone, "+442079460018"), (Field.OtherPhones, i < 2 * others.Length ? others[i / 2] : ""), (Field.BirthDate, $"{1700 + i}-01-01"))),
            ],
            Model).Candidates;
        Assert.Equal((0, 4), (Candidates(), Candidates("+447700900123", "+447700900124", "+447700900125", "+447700900126")));
    }

    [Fact]
    public void No_records_have_no_pairs()
    {
        var pairs = Weigh([], Model);
        Assert.Empty(pairs.Edges);
        Assert.Equal(0, pairs.Candidates);
    }

    [Fact]
    public void A_record_without_values_has_no_keys() => Assert.Empty(KeysOf(Contact("1")));

    [Fact]
    public void Keys_depend_on_the_values_alone()
    {
        (Field, string)[] values = [(Field.FirstName, "Ada"), (Field.LastName, "Lovelace"), (Field.Email, "ada@example.com")];
        Assert.Equal(KeysOf(Contact("1", values)).AsEnumerable(), KeysOf(Contact("2", values)));
    }

    [Fact]
    public void Branches_of_a_company_in_two_cities_are_two_companies_and_its_spellings_are_one()
    {
        var model = MatchModel.BuiltIn(EntityKind.Company).For(1_000);
        Assert.Equal(
            "1 2 | 3",
            Clusters(
                [
                    Company("1", (Field.Company, "Nordlicht Energie"), (Field.Street, "Hafenweg"), (Field.StreetNumber, "4"), (Field.City, "Hamburg"), (Field.Postcode, "20457"), (Field.Phone, "+494012345678"), (Field.Domain, "nordlicht.example")),
                    Company("2", (Field.Company, "Nordlicht Energy"), (Field.Street, "Hafenweg"), (Field.StreetNumber, "4"), (Field.City, "Hamburg"), (Field.Postcode, "20457"), (Field.Phone, "+494012345678"), (Field.Domain, "nordlicht.example")),
                    Company("3", (Field.Company, "Nordlicht Energie"), (Field.Street, "Ringstrasse"), (Field.StreetNumber, "91"), (Field.City, "Wien"), (Field.Postcode, "1010"), (Field.Phone, "+4319876543")),
                ],
                model));
    }

    // Names and days that differ in sound and in more than one digit from one number to the next.
    private static string Given(int i) => $"{"BDGLMNRTKP"[i % 10]}a{"lmnrtkdpgs"[i / 10 % 10]}o";

    private static string Last(int i) => $"{"KTRLNMPDGS"[i / 15]}e{"trlnkmdgps"[i % 10]}{(i % 3 == 0 ? "auer" : i % 3 == 1 ? "inger" : "old")}";

    private static string Born(int i) => $"{1940 + i % 60}-{1 + i % 12:00}-{1 + i * 7 % 28:00}";
}
