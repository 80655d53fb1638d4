using System.Globalization;
using IntegrationHub.Matching;
using IntegrationHub.Matching.Learning;
using IntegrationHub.Vocabulary;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

public sealed class EqualRecordsTests
{
    [Fact]
    public void Thousands_of_equal_records_are_one_contact_of_which_few_are_compared()
    {
        const int Equal = 20_000;
        var resolved = Resolve([.. Others(500), .. Enumerable.Range(0, Equal).Select(i => Ada()), .. Others(500, from: 500)]);

        var group = Assert.Single(resolved.Equal);
        Assert.Equal((Equal, 500), (group.Records, group.Example));
        Assert.All(Enumerable.Range(500, Equal), i => Assert.Equal((500, 500), (resolved.Partition.Auto[i], resolved.Partition.Probable[i])));
        Assert.DoesNotContain(Enumerable.Range(0, 500).Concat(Enumerable.Range(500 + Equal, 500)), i => resolved.Partition.Auto[i] != i);
        Assert.True(resolved.Pairs.Candidates < 10L * Equal);
    }

    [Fact]
    public void Thousands_of_equal_records_that_say_too_little_to_be_one_stay_apart()
    {
        var resolved = Resolve([.. Others(500), .. Enumerable.Range(0, 2_000).Select(_ => Contact("", (Field.FirstName, "Anna")))]);
        Assert.Equal(2_000, Assert.Single(resolved.Equal).Records);
        Assert.All(Enumerable.Range(500, 2_000), i => Assert.Equal((i, i), (resolved.Partition.Auto[i], resolved.Partition.Probable[i])));
    }

    [Fact]
    public void Pairs_and_clusters_have_the_numbers_of_all_records()
    {
        // Behind 1,000 equal records are two of one contact, numbered as if all had been compared.
        MatchRecord Grace(string phone) => Contact("", (Field.FirstName, "Grace"), (Field.LastName, "Hopper"), (Field.Email, "grace@example.org"), (Field.BirthDate, "1966-12-09"), (Field.Phone, phone));
        var resolved = Resolve([.. Enumerable.Range(0, 1_000).Select(_ => Ada()), .. Others(300), Grace("+442079460101"), Grace("+442079460202")]);
        Assert.Equal(1_300, resolved.Partition.Auto[1_301]);
        Assert.Contains(resolved.Pairs.Edges, e => (e.A, e.B) == (1_300, 1_301));
    }

    [Fact]
    public void No_group_is_named_where_as_many_are_equal_as_a_block_may_have() =>
        Assert.Empty(Resolve([.. Others(300), .. Enumerable.Range(0, MatchModel.BuiltIn(EntityKind.Contact).BlockCap).Select(_ => Ada())]).Equal);

    [Fact]
    public void A_cluster_of_thousands_that_all_differ_in_something_takes_no_quadratic_time()
    {
        // Joined one by one, with all pairs of both sides weighed each time, this would be 40 million comparisons.
        const int Count = 9_000;
        MatchRecord[] records =
        [
            .. Enumerable.Range(0, Count).Select(i => Contact(
                "", (Field.FirstName, "Ada"), (Field.LastName, "Lovelace"), (Field.Email, "ada@example.com"), (Field.BirthDate, "1990-05-17"), (Field.StreetNumber, i.ToString(CultureInfo.InvariantCulture)))),
        ];
        var (table, weighed) = (MatchTable.Of(EntityKind.Contact, records), 0L);
        var edges = Enumerable.Range(1, Count - 1).Select(i => new Edge(i - 1, i, 30)).ToList();
        var partition = IntegrationHub.Matching.Clusters.Partition(
            table.Count, edges, [], () => (left, right) =>
            {
                weighed += (long)left.Count * right.Count;
                return new GroupEvidence(30, false);
            },
            Model, default);
        Assert.All(partition.Auto, least => Assert.Equal(0, least));
        Assert.True(weighed <= 101L * 100 * Count, $"{weighed} pairs");
    }

    private static MatchRecord Ada() => Contact(
        "", (Field.FirstName, "Ada"), (Field.LastName, "Lovelace"), (Field.Email, "ada@example.com"), (Field.Phone, "+442079460018"), (Field.BirthDate, "1990-05-17"), (Field.City, "London"));

    /// <summary>Contacts that have nothing in common with anybody.</summary>
    private static IEnumerable<MatchRecord> Others(int count, int from = 0) => Enumerable.Range(from, count).Select(i => Contact(
        "", (Field.FirstName, Letters(i * 7919)), (Field.LastName, Letters(i * 104_729)), (Field.Email, $"{Letters(i * 31)}{i}@mail{i}.example"), (Field.BirthDate, $"{1930 + (i % 70)}-{1 + (i % 12):00}-{1 + (i % 28):00}")));

    private static string Letters(int number)
    {
        var letters = new char[6];
        for (var i = 0; i < letters.Length; i++, number /= 26) letters[i] = (char)('a' + (number % 26));
        return new string(letters);
    }

    private static Resolved Resolve(IReadOnlyList<MatchRecord> records)
    {
        var table = MatchTable.Of(EntityKind.Contact, records);
        return Resolver.Resolve(table, MatchModel.BuiltIn(EntityKind.Contact).For(table.Count, null), _ => { }, default);
    }
}
