using CsCheck;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows.Running;

public sealed class JourneyMergeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Twice_in_one_workflow_the_one_that_is_further_along_goes_on_and_the_other_is_kept_as_ended()
    {
        var ada = Of(Run("a-1", "welcome", 1, Now, ["hello"], messages: 1));
        var augusta = Of(Run("b-1", "welcome", 1, Now.AddHours(1), ["hello", "wait"], messages: 2));

        var joined = JourneyMerge.Join(ada, "ada", augusta, "augusta", Now.AddDays(1)).Current;

        Assert.Equal(["a-1", "b-1"], joined.Enrolments.Select(e => e.EventId));
        Assert.Equal([1, 2], joined.Enrolments.Select(e => e.Visit));
        Assert.Equal([JourneyMerge.Outcome, null], joined.Enrolments.Select(e => e.Outcome));
        Assert.Equal("b-1", Assert.Single(joined.Enrolments, e => e.IsActive).EventId);
    }

    [Fact]
    public void A_step_that_either_has_had_is_sent_already_for_the_one_that_goes_on()
    {
        // Augusta had 'offer' before the merge; Ada's run goes on, and comes to 'offer' later.
        var ada = Of(Run("a-1", "welcome", 1, Now, ["hello", "wait", "more"], messages: 2));
        var augusta = WithSent(Of(Run("b-1", "welcome", 1, Now, ["offer"], messages: 1)), "augusta", "welcome", "offer", 1);

        var joined = JourneyMerge.Join(ada, "ada", augusta, "augusta", Now).Current;

        var kept = joined.Enrolments.Single(e => e.IsActive);
        Assert.Equal("a-1", kept.EventId);
        var key = MessageKey.Of("ada", "welcome", "offer", kept.Visit - 1, Channel.Email).Value;
        Assert.Contains(joined.Sent, s => s.Key == key);
        // One message went out: the cap counts one.
        Assert.Single(joined.Sent, s => s.Marketing);
    }

    [Fact]
    public void Whoever_is_in_the_control_group_stays_in_it()
    {
        var ada = Of(Run("a-1", "welcome", 1, Now, ["hello", "wait"], messages: 1));
        var augusta = Of(Run("b-1", "welcome", 1, Now, ["hello"], messages: 0) with { Control = true });
        Assert.True(JourneyMerge.Join(ada, "ada", augusta, "augusta", Now).Current.Enrolments.Single(e => e.IsActive).Control);
    }

    [Fact]
    public void The_strictest_word_holds_and_what_held_for_either_is_no_news()
    {
        var ada = JourneyState.Of(Journey.Empty with { Watched = Journey.Empty.Watched.Add("vip#0", false).Add("big#0", true) });
        var no = new SuppressionFact(Channel.Email, Purposes.Marketing, "no answer", Now);
        var augusta = JourneyState.Of(Journey.Empty with { Suppressions = [no], Watched = Journey.Empty.Watched.Add("vip#0", true).Add("big#0", false) });

        var joined = JourneyMerge.Join(ada, "ada", augusta, "augusta", Now).Current;

        Assert.Equal(no, Assert.Single(joined.Suppressions));
        Assert.True(joined.Watched["vip#0"]);
        Assert.True(joined.Watched["big#0"]);
    }

    [Fact]
    public void Undone_each_has_its_own_back_and_goes_on_where_it_was()
    {
        var ada = WithSent(Of(Run("a-1", "welcome", 1, Now, ["hello"], messages: 1)), "ada", "welcome", "hello", 1);
        var augusta = WithSent(Of(Run("b-1", "welcome", 1, Now.AddHours(1), ["hello", "wait"], messages: 1), Run(null, "vip", 1, Now, ["gift"], messages: 0)), "augusta", "welcome", "hello", 1);
        var joined = JourneyMerge.Join(ada, "ada", augusta, "augusta", Now.AddDays(1));

        var (stays, leaves) = JourneyMerge.Part(joined, "ada", "augusta", id => id == "b-1", Now.AddDays(2));

        var own = Assert.Single(stays.Current.Enrolments, e => e.Workflow == "welcome");
        Assert.Equal(("a-1", true, "hello", (string?)null), (own.EventId, own.IsActive, own.Step, own.Outcome));
        var back = Assert.Single(leaves.Current.Enrolments);
        Assert.Equal(("b-1", 1, true), (back.EventId, back.Visit, back.IsActive));
        Assert.Contains(leaves.Current.Sent, s => s.Key == MessageKey.Of("augusta", "welcome", "hello", 0, Channel.Email).Value);
        // No event started it, so nobody can tell whose it was.
        Assert.Contains(stays.Current.Enrolments, e => e.Workflow == "vip");
    }

    [Fact]
    public void No_enrolment_and_no_message_is_ever_lost_and_no_number_is_used_twice() =>
        Gen.Select(Runs("a"), Runs("b")).Sample((a, b) =>
        {
            var (left, right) = (Of([.. a]), Of([.. b]));
            var joined = JourneyMerge.Join(left, "ada", right, "augusta", Now.AddDays(9)).Current;
            var all = a.Concat(b).Select(e => e.EventId).Order().ToList();
            return all.SequenceEqual(joined.Enrolments.Select(e => e.EventId).Order())
                && joined.Enrolments.Select(e => (e.Workflow, e.Visit)).Distinct().Count() == joined.Enrolments.Length
                && joined.Enrolments.Where(e => e.IsActive).GroupBy(e => e.Workflow).All(g => g.Count() == 1)
                && a.Concat(b).Where(e => e.IsActive).Select(e => e.Workflow).Distinct().Order().SequenceEqual(joined.Enrolments.Where(e => e.IsActive).Select(e => e.Workflow).Order());
        });

    private static Gen<Enrolment[]> Runs(string prefix) => Gen.Select(Gen.Int[0, 2], Gen.Int[0, 50], Gen.Bool, Gen.Int[0, 3]).Array[0, 5].Select(parts =>
    {
        var runs = new List<Enrolment>();
        foreach (var (workflow, hours, active, messages) in parts)
        {
            var name = $"w{workflow}";
            var visit = runs.Count(r => r.Workflow == name) + 1;
            // One run of a workflow at a time, as the reducer keeps it.
            var isActive = active && !runs.Any(r => r.Workflow == name && r.IsActive);
            var run = Run($"{prefix}-{runs.Count}", name, visit, Now.AddHours(hours), ["s"], messages);
            runs.Add(isActive ? run : run with { State = EnrolmentState.Completed, Step = null, Outcome = "completed" });
        }

        return runs.ToArray();
    });

    private static Enrolment Run(string? eventId, string workflow, int visit, DateTimeOffset entered, string[] path, int messages) => new(
        workflow, "v1", visit, entered, entered, eventId, false, EnrolmentState.Active, path[^1], entered, entered.AddDays(3), "wait", [.. path], messages, null, null, null, null);

    private static JourneyState Of(params Enrolment[] enrolments) => JourneyState.Of(Journey.Empty with { Clock = Now, Enrolments = [.. enrolments] });

    private static JourneyState WithSent(JourneyState state, string contact, string workflow, string step, int visit) => JourneyState.Of(
        state.Current with { Sent = state.Current.Sent.Add(new SentMessage(MessageKey.Of(contact, workflow, step, visit - 1, Channel.Email).Value, Now, Channel.Email, workflow, true)) });
}
