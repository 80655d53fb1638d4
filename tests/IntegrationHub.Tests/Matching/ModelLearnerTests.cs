using System.Globalization;
using IntegrationHub.Matching;
using IntegrationHub.Matching.Learning;
using IntegrationHub.Vocabulary;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

public sealed class ModelLearnerTests
{
    [Fact]
    public void It_learns_without_labels_that_here_a_contact_often_has_another_phone()
    {
        // 400 people twice, by the same mailbox; every second one has changed the phone.
        var table = MatchTable.Of(EntityKind.Contact, [.. Enumerable.Range(0, 800).Select(i => Contact(
            Number(i), (Field.FirstName, Given(i / 2)), (Field.LastName, Last(i / 2)), (Field.Email, $"m{i / 2}x@example.com"), (Field.Phone, $"+4477009{(i % 4 == 3 ? i + 5000 : i / 2) * 37 % 99991:00000}")))]);
        var start = MatchModel.BuiltIn(EntityKind.Contact).For(800);
        var learnt = ModelLearner.Learn(table, Blocks.Of(table, start, wide: true, default), start, default);
        Assert.True(learnt.Converged);
        Assert.True(learnt.Pairs >= 400);
        var (a, b) = (new PairScorer(start, table), new PairScorer(learnt.Model, table));
        var other = (Before: Phone(a, 2, 3), After: Phone(b, 2, 3));
        Assert.Equal("differs", other.Before.Level);
        Assert.Equal("differs", other.After.Level);
        Assert.InRange(other.After.M, 0.42, 0.5);
        Assert.True(other.Before.M < 0.4);
    }

    [Fact]
    public void The_same_records_teach_the_same()
    {
        var table = MatchTable.Of(EntityKind.Contact, [.. Enumerable.Range(0, 500).Select(i => Contact(Number(i), (Field.FirstName, Given(i / 2)), (Field.LastName, Last(i / 3)), (Field.Email, $"m{i / 2}@example.com")))]);
        var start = MatchModel.BuiltIn(EntityKind.Contact).For(500);
        string Learn() => ModelLearner.Learn(table, Blocks.Of(table, start, wide: true, default), start, default).Model.ToString();
        Assert.Equal(Learn(), Learn());
    }

    [Fact]
    public void Nothing_is_learnt_from_records_that_have_nothing_in_common()
    {
        var table = MatchTable.Of(EntityKind.Contact, [Contact("1", (Field.FirstName, "Ada")), Contact("2", (Field.Email, "bob@example.com"))]);
        var start = MatchModel.BuiltIn(EntityKind.Contact).For(2);
        var learnt = ModelLearner.Learn(table, Blocks.Of(table, start, wide: true, default), start, default);
        Assert.Equal((0L, 0, true), (learnt.Pairs, learnt.Steps, learnt.Converged));
    }

    private static LevelEvidence Phone(PairScorer scorer, int a, int b) => scorer.Explain(a, b).Levels.Single(l => l.Comparison == "phone");

    private static string Number(int i) => i.ToString("000", CultureInfo.InvariantCulture);

    private static string Given(int i) => $"{"BDGLMNRTKP"[i % 10]}a{"lmnrtkdpgs"[i / 10 % 10]}o";

    private static string Last(int i) => $"{"KTRLNMPDGS"[i / 40 % 10]}e{"trlnkmdgps"[i % 10]}{(i / 10 % 4) switch { 0 => "auer", 1 => "inger", 2 => "old", _ => "usch" }}";
}
