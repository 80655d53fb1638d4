using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

public sealed class ClusterExplanationTests
{
    private static readonly MatchRecord Ada1 = Contact("1", (Field.FirstName, "Ada"), (Field.LastName, "Byron"), (Field.Email, "ada@example.com"), (Field.Phone, "+442079460018"));
    private static readonly MatchRecord Ada2 = Contact("2", (Field.FirstName, "Ada"), (Field.LastName, "Byron"), (Field.Email, "ada@example.com"));
    private static readonly MatchRecord Ada3 = Contact("3", (Field.FirstName, "Ada"), (Field.LastName, "King"), (Field.Phone, "+442079460018"));

    [Fact]
    public void The_sentence_names_the_two_records_what_they_share_and_the_groups_without_it()
    {
        var why = Explain([Ada1, Ada2, Ada3], []);

        Assert.StartsWith("Held together by crm/contacts/1 and crm/contacts/3: same phone, same given name", why.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("; without it there would be two groups: crm/contacts/1, crm/contacts/2 | crm/contacts/3.", why.Sentence, StringComparison.Ordinal);
        Assert.Empty(why.Contradictions);
    }

    [Fact]
    public void Each_tie_has_a_waterfall_that_ends_at_its_weight()
    {
        var why = Explain([Ada1, Ada2, Ada3], []);

        Assert.Equal(2, why.Explained.Count(t => t.Holds));
        Assert.All(why.Explained, t => Assert.Equal(t.Evidence.Weight, t.Evidence.Prior + t.Evidence.Levels.Sum(l => l.Weight), 9));
    }

    [Fact]
    public void What_a_person_joined_against_the_evidence_is_told_with_what_speaks_against_it()
    {
        var father = Contact("1", (Field.FirstName, "John"), (Field.LastName, "Smith"), (Field.BirthDate, "1950-03-01"));
        var son = Contact("2", (Field.FirstName, "John"), (Field.LastName, "Smith"), (Field.BirthDate, "1981-07-09"));

        var why = Explain([father, son], [new DecidedPair(0, 1, true)]);

        Assert.StartsWith("Held together by crm/contacts/1 and crm/contacts/2: a person said that they are one; without it there would be two single records.", why.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("Against it: crm/contacts/1 and crm/contacts/2 (birth dates a generation apart).", why.Sentence, StringComparison.Ordinal);
        Assert.True(Assert.Single(why.Contradictions).Decided);
    }

    [Fact]
    public void One_record_by_itself_says_so() => Assert.Equal("One record by itself: nothing was to be joined.", Explain([Ada1], []).Sentence);

    private static ClusterExplanation Explain(MatchRecord[] records, DecidedPair[] decisions)
    {
        var table = MatchTable.Of(EntityKind.Contact, records);
        var pairs = Matcher.Weigh(table, Blocks.Of(table, Model, wide: false, default), Model, default);
        return ClusterExplanation.Of(table, [.. records.Select(r => r.Key)], pairs.Edges, decisions, Model, default);
    }
}
