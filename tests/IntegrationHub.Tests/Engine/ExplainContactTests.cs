using IntegrationHub.Engine.Actions;
using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Engine;

public sealed class ExplainContactTests
{
    [Fact]
    public async Task A_contact_of_three_records_says_which_tie_holds_it_together_and_what_each_record_hangs_on()
    {
        await using var hub = await TestHub.Create();
        var (crm, rows) = await hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@example.com", phone = "+44 20 7946 0018" });
        rows.Put("2", new { name = "Ada Byron", email = "ada@example.com" });
        rows.Put("3", new { name = "Ada Byron", phone = "+44 20 7946 0018", city = "London" });
        await hub.Sync();
        var golden = Assert.Single(await hub.Goldens());

        var why = (await hub.Get<ExplainContact>().Why(golden.Id.ToString(), default)).Explanation;

        Assert.Equal(3, why.Records.Length);
        Assert.All(why.Ties.Best, Assert.NotNull);
        Assert.Contains("Held together by ", why.Sentence, StringComparison.Ordinal);
        var third = why.Records.IndexOf(why.Records.Single(r => r.ToString() == $"{crm}/contacts/3"));
        Assert.Contains(third, new[] { why.Ties.Left, why.Ties.Right }.Single(side => side.Length == 1));
    }

    [Fact]
    public async Task A_contact_merged_by_a_person_says_so()
    {
        await using var hub = await TestHub.Create();
        var (crm, rows) = await hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@example.com" });
        rows.Put("2", new { name = "Augusta King", email = "augusta@example.org" });
        await hub.Sync();
        Assert.Equal(2, (await hub.Goldens()).Count);
        var (a, b) = (new SourceKey(crm, Streams.Contacts, "1"), new SourceKey(crm, Streams.Contacts, "2"));
        var ids = await hub.Store.Landing.Ids([a, b], default);
        await hub.Store.Decisions.Add(new DecisionSave(new Decision(Guid.CreateVersion7(), true, "ada", hub.Time.GetUtcNow(), null, "review"), [new PairDecision(a, b, true)], [.. ids.Values], null, [], []), default);
        await hub.Sync();

        var why = (await hub.Get<ExplainContact>().Why(Assert.Single(await hub.Goldens()).Id.ToString(), default)).Explanation;

        Assert.Contains("a person said that they are one", why.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_finds_nothing_is_refused()
    {
        await using var hub = await TestHub.Create();
        await Assert.ThrowsAsync<NotPossibleException>(() => hub.Get<ExplainContact>().Why("nobody@example.com", default));
    }
}
