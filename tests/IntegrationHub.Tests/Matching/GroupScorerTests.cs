using CsCheck;
using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

public sealed class GroupScorerTests
{
    [Fact]
    public void Two_single_records_weigh_what_their_pair_weighs() =>
        Gen.Select(PairScorerTests.Records, PairScorerTests.Records).Sample((a, b) => Assert.Equal(Weight(a, b), Scorer(a, b).Weigh([0], [1]).Weight, 1e-9), iter: 1000);

    [Fact]
    public void It_does_not_matter_which_group_comes_first() =>
        PairScorerTests.Records.Array[4, 6].Sample(
            records =>
            {
                var scorer = Scorer(records);
                int[] left = [0, 1];
                int[] right = [.. Enumerable.Range(2, records.Length - 2)];
                Assert.Equal(scorer.Weigh(left, right).Weight, scorer.Weigh(right, left).Weight, 1e-9);
            },
            iter: 500);

    [Fact]
    public void Namesakes_with_mailboxes_numbers_and_employers_of_their_own_are_two_however_many_records_they_have()
    {
        MatchRecord One(string id, string email, string phone, string company) => Contact(
            id, (Field.FirstName, "James"), (Field.LastName, "Smith"), (Field.City, "Southampton"), (Field.Email, email), (Field.Phone, phone), (Field.Company, company));
        var scorer = Scorer(
            One("1", "amanda.farnley@example.com", "+447400100001", "Ogden Software"), One("2", "amanda.farnley@example.com", "+447400100001", ""),
            One("3", "a.f.1980@example.org", "+447400100002", "Terrapeak Foods"), One("4", "a.f.1980@example.org", "", "Terrapeak Foods"));
        Assert.True(scorer.Weigh([0], [1]).Weight > 10);
        Assert.True(scorer.Weigh([2], [3]).Weight > 10);
        Assert.InRange(scorer.Weigh([0, 1], [2, 3]).Weight, double.NegativeInfinity, 0);
    }

    [Fact]
    public void A_mailbox_without_a_name_belongs_to_neither_of_two_who_use_it()
    {
        MatchRecord One(string id, params (Field, string)[] more) => Contact(id, [(Field.LastName, "Farnley"), (Field.Email, "farnley.lodge@example.com"), .. more]);
        var (amanda, konrad, nobody) = (One("1", (Field.FirstName, "Amanda")), One("2", (Field.FirstName, "Konrad")), One("3"));
        Assert.Equal("1 3", Clusters([amanda, nobody]));
        Assert.Equal("1 | 2 | 3", Clusters([amanda, konrad, nobody]));
    }

    [Fact]
    public void An_address_that_one_record_of_each_group_has_speaks_for_both_groups()
    {
        MatchRecord One(string id, params (Field, string)[] more) => Contact(id, [(Field.FirstName, "Amanda"), (Field.LastName, "Farnley"), .. more]);
        var scorer = Scorer(
            One("1", (Field.Email, "amanda@example.com")), One("2", (Field.Email, "amanda@example.com"), (Field.Phone, "+447400100001")),
            One("3", (Field.Phone, "+447400100001")), One("4", (Field.Phone, "+447911234567")));
        Assert.True(scorer.Weigh([0, 1], [2]).Weight > Model.AutoWeight);
        Assert.True(scorer.Weigh([0, 1], [3]).Weight < scorer.Weigh([0, 1], [2]).Weight - 4);
    }

    [Fact]
    public void Father_and_son_contradict_whatever_they_weigh()
    {
        (Field, string)[] shared = [(Field.FirstName, "Robert"), (Field.LastName, "Hale"), (Field.Phone, "+12125550123"), (Field.Street, "Mill Lane"), (Field.StreetNumber, "4"), (Field.City, "Boston")];
        Assert.True(Scorer(Contact("1", [.. shared, (Field.Suffix, "Sr.")]), Contact("2", [.. shared, (Field.Suffix, "Jr.")])).Weigh([0], [1]).Contradicts);
        Assert.False(Scorer(Contact("1", [.. shared, (Field.Suffix, "Jr.")]), Contact("2", [.. shared, (Field.Suffix, "Jun.")])).Weigh([0], [1]).Contradicts);
    }

    private static GroupScorer Scorer(params MatchRecord[] records) => new(new PairScorer(Model, MatchTable.Of(EntityKind.Contact, records)));
}
