using System.Collections.Immutable;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Store;

public sealed class SqliteJourneyStoreTests(StoreFixture fixture, ITestOutputHelper output) : JourneyStoreTests(fixture, output, Kind.Sqlite);

public sealed class PostgresJourneyStoreTests(StoreFixture fixture, ITestOutputHelper output) : JourneyStoreTests(fixture, output, Kind.Postgres);

public abstract class JourneyStoreTests(StoreFixture fixture, ITestOutputHelper output, Kind kind) : StoreTests(fixture, output, kind)
{
    private static readonly GoldenId Ada = new(Guid.Parse("01900000-0000-7000-8000-00000000000a"));
    private static readonly GoldenId Bob = new(Guid.Parse("01900000-0000-7000-8000-00000000000b"));

    [Fact]
    public Task An_event_that_is_told_twice_is_kept_once() => On(async store =>
    {
        var first = Order("o-1", Now);
        Assert.Equal(["o-1"], await store.Events.Land([first, first], Now, Ct));
        Assert.Equal(["o-2"], await store.Events.Land([first, Order("o-2", Now)], Now.AddMinutes(1), Ct));

        var landed = await store.Events.TakeLanded(10, Ct);
        Assert.Equal(["o-1", "o-2"], landed.Select(e => e.Event.Id));
        Assert.Equal(1_250, landed[0].Event.Properties.Number("total_minor"));
        Assert.Equal("ada@example.com", landed[0].Event.Contact.Email);
        Assert.Equal((2L, 2L, 0L), await store.Events.Count(Ct));
    });

    [Fact]
    public Task What_a_run_changes_is_written_wholly_and_comes_back_as_it_was() => On(async store =>
    {
        var epoch = await Lease(store);
        await store.Golden.Save(new MergeSave([], [new GoldenSave(Ada, new GoldenContent(EntityKind.Contact, FieldValues.None, [], [Rows.Key("1")]), [1], Rows.Recipe)], [], [], [], [], []), Now, Ct);
        await store.Work.Enqueue(Stage.Merge, [1], "workflow", Ct);
        await store.Events.Land([Order("o-1", Now)], Now, Ct);
        var seq = (await store.Events.TakeLanded(1, Ct))[0].Seq;
        var state = new JourneyState(
            A() with
            {
                Held = [new HeldEntry("other", Now, "e", null, Now.AddDays(7), "in_review: shared_email")],
                Sent = [new SentMessage("k", Now, Channel.Email, "welcome", true)],
                Suppressions = [new SuppressionFact(Channel.Sms, Purposes.Marketing, "request", Now)],
                Overrides = ImmutableSortedDictionary<Field, string>.Empty.Add(Field.Owner, "Ana"),
                Watched = Journey.Empty.Watched.Add("welcome#0", true),
            },
            A(), ["o-1"], ImmutableHashSet.Create(StringComparer.Ordinal, "effect"));
        var routing = new RoutingState(RoutingState.Empty.Turns.Add("Ana", 3), RoutingState.Empty.Taken.Add("Ana", (new DateOnly(2026, 3, 1), 4)));
        var save = Save(Ada, state, 0, Now.AddDays(3), Effect(Ada, "enter", EffectKind.Enter), Mail(Ada, "m1", "ada@example.com"));

        Assert.True(await store.Journeys.Save(new LaneSave([save], [new EventSettlement(seq, EventState.Attached, Ada, null)], [], [], routing, epoch), Now, Ct));

        var back = (await store.Journeys.Load([Ada], Ct))[Ada];
        Assert.Equal(1, back.Change);
        Assert.Equal(state.Current.Enrolments[0] with { Path = [] }, back.State.Current.Enrolments[0] with { Path = [] });
        Assert.Equal("hello", Assert.Single(back.State.Current.Enrolments[0].Path));
        Assert.Equal(state.Current.Held.AsEnumerable(), back.State.Current.Held.AsEnumerable());
        Assert.Equal(state.Current.Sent.AsEnumerable(), back.State.Current.Sent.AsEnumerable());
        Assert.Equal(state.Current.Suppressions.AsEnumerable(), back.State.Current.Suppressions.AsEnumerable());
        Assert.Equal("Ana", back.State.Current.Overrides[Field.Owner]);
        Assert.True(back.State.Current.Watched["welcome#0"]);
        Assert.Empty(back.State.Checkpoint.Held);
        Assert.Equal("o-1", Assert.Single(back.State.Since));
        Assert.Contains("effect", back.State.Emitted);
        Assert.Equal(("Ana", 3, 4), ((await store.Journeys.Routing(Ct)).Turns.Single().Key, (await store.Journeys.Routing(Ct)).Turns["Ana"], (await store.Journeys.Routing(Ct)).Taken["Ana"].Count));
        Assert.Equal(Now.AddDays(3), await store.Journeys.NextDue(Ct));
        Assert.Empty(await store.Journeys.Due(Now.AddDays(2), 10, Ct));
        Assert.Equal([Ada], await store.Journeys.Due(Now.AddDays(3), 10, Ct));
        Assert.Empty(await store.Events.TakeLanded(10, Ct));
        Assert.Equal("enter", Assert.Single(await store.Journeys.Journal([Ada], 10, Ct)).Key);
        Assert.Equal("Hello", Assert.Single(await store.Messages.Due(Channel.Email, Now, 10, Ct)).Message.Subject);

        // Merged, the golden record itself says what the workflow set.
        await store.Work.Complete(Stage.Merge, await store.Work.Take(Stage.Merge, 0, 10, Ct), Ct);
        Assert.Empty((await store.Journeys.Load([Ada], Ct))[Ada].State.Current.Overrides);
    });

    [Fact]
    public Task A_contact_is_never_woken_before_it_is_due_though_databases_keep_microseconds() => On(async store =>
    {
        Assert.True(await store.Journeys.Save(Lane(await Lease(store), Save(Ada, JourneyState.Of(A()), 0, Now.AddDays(3).AddTicks(1))), Now, Ct));

        Assert.Empty(await store.Journeys.Due(Now.AddDays(3), 10, Ct));
        Assert.Equal([Ada], await store.Journeys.Due(Now.AddDays(3).AddMicroseconds(1), 10, Ct));
        Assert.Equal(Now.AddDays(3).AddMicroseconds(1), await store.Journeys.NextDue(Ct));
    });

    [Fact]
    public Task A_journey_that_has_changed_meanwhile_or_a_lost_lease_writes_nothing() => On(async store =>
    {
        var epoch = await Lease(store);
        Assert.True(await store.Journeys.Save(Lane(epoch, Save(Ada, JourneyState.Of(A()), 0, null)), Now, Ct));
        Assert.False(await store.Journeys.Save(Lane(epoch, Save(Ada, JourneyState.Of(A()), 0, null, Effect(Ada, "late", EffectKind.Send), Mail(Ada, "m1", "ada@example.com"))), Now, Ct));

        await store.Leases.TryTake(Journeys.Lease, "me", TimeSpan.FromMinutes(1), Now, Ct);
        Assert.False(await store.Journeys.Save(Lane(epoch, Save(Ada, JourneyState.Of(A()), 1, null, Effect(Ada, "fenced", EffectKind.Send))), Now, Ct));
        Assert.Empty(await store.Journeys.Journal([Ada], 10, Ct));
        Assert.Empty(await store.Messages.Latest(10, Ct));
    });

    [Fact]
    public Task Two_contacts_of_one_address_get_a_message_of_a_step_once() => On(async store =>
    {
        var epoch = await Lease(store);
        await store.Journeys.Save(Lane(epoch, Save(Ada, JourneyState.Of(A()), 0, null, Effect(Ada, "a", EffectKind.Send), Mail(Ada, "m1", "ada@example.com"))), Now, Ct);
        await store.Journeys.Save(Lane(epoch, Save(Bob, JourneyState.Of(A()), 0, null, Effect(Bob, "b", EffectKind.Send), Mail(Bob, "m2", "ADA@example.com"))), Now, Ct);

        Assert.Single(await store.Messages.Latest(10, Ct));
        var told = Assert.Single(await store.Journeys.Journal([Bob], 10, Ct));
        Assert.Equal((EffectKind.Skip, "sent already: another contact with the same address had it"), (told.Kind, told.Reason));
    });

    [Fact]
    public Task Whoever_unsubscribes_before_the_message_is_claimed_gets_nothing() => On(async store =>
    {
        var epoch = await Lease(store);
        await store.Journeys.Save(
            Lane(epoch, Save(Ada, JourneyState.Of(A()), 0, null, Effect(Ada, "a", EffectKind.Send), Mail(Ada, "m1", "ada@example.com")), Save(Bob, JourneyState.Of(A()), 0, null, Effect(Bob, "b", EffectKind.Send), Mail(Bob, "m2", "bob@example.com"))),
            Now, Ct);
        await store.Suppressions.Add([new SuppressionAdd(Guid.NewGuid(), Channel.Email, "Ada@example.com", Purposes.Marketing, SuppressionReason.Request, null, "link", Now)], [], Ct);

        var due = await store.Messages.Due(Channel.Email, Now, 10, Ct);
        var claimed = await store.Messages.Claim([.. due.Select(d => d.Id)], [], epoch, Now, Ct);

        Assert.Equal(Bob, due.Single(d => claimed.Contains(d.Id)).Golden);
        var stopped = (await store.Messages.Of([Ada], 10, Ct)).Single();
        Assert.Equal((MessageStatus.Stopped, "suppressed: request"), (stopped.Status, stopped.Error));
    });

    [Fact]
    public Task What_a_killed_worker_had_claimed_comes_back_as_perhaps_delivered() => On(async store =>
    {
        var epoch = await Lease(store);
        await store.Journeys.Save(Lane(epoch, Save(Ada, JourneyState.Of(A()), 0, null, Effect(Ada, "a", EffectKind.Send), Mail(Ada, "m1", "ada@example.com"))), Now, Ct);
        var id = (await store.Messages.Due(Channel.Email, Now, 10, Ct)).Single().Id;
        Assert.Equal([id], await store.Messages.Claim([id], [], epoch, Now, Ct));
        Assert.Empty(await store.Messages.Due(Channel.Email, Now, 10, Ct));
        Assert.Equal(0, await store.Messages.Recover(epoch, Now, Ct));

        var next = await Lease(store);
        Assert.Equal(1, await store.Messages.Recover(next, Now, Ct));
        Assert.True((await store.Messages.Due(Channel.Email, Now, 10, Ct)).Single().MaybeDelivered);

        await store.Messages.Claim([id], [], next, Now, Ct);
        await store.Messages.Settle([new MessageSettlement(id, MessageStatus.Delivered, Now, true, true, true, "p-1", null)], Now, Ct);
        var done = (await store.Messages.Latest(1, Ct)).Single();
        Assert.Equal((MessageStatus.Delivered, true, "p-1", 1), (done.Status, done.PossibleDuplicate, done.ProviderId, done.Attempts));
        Assert.Equal((1L, 0L), await store.Messages.Complaints(Now.AddDays(-7), Ct));
    });

    [Fact]
    public Task A_published_version_never_changes_and_a_launch_says_what_it_runs() => On(async store =>
    {
        Assert.True(await store.Launches.Publish(new WorkflowVersionRow("welcome", "v1", "steps: 1", Now, "ada"), [], Ct));
        Assert.False(await store.Launches.Publish(new WorkflowVersionRow("welcome", "v1", "steps: 2", Now, "bob"), [], Ct));
        Assert.Equal("steps: 1", Assert.Single(await store.Launches.Versions("welcome", Ct)).Text);

        await store.Launches.RecordTest(new WorkflowTestRow("welcome", "v1", Now, "ada", false, "{}"), Ct);
        await store.Launches.RecordTest(new WorkflowTestRow("welcome", "v1", Now, "ada", true, "{}"), Ct);
        Assert.True((await store.Launches.TestOf("welcome", "v1", Ct))?.Covered);
        Assert.Null(await store.Launches.TestOf("welcome", "v2", Ct));

        var launch = new LaunchRow("welcome", "v1", Now, LaunchState.Live, "{}", true, 0, 0, "ada", Now);
        await store.Launches.Save(launch, [], Ct);
        Assert.Equal(launch, Assert.Single(await store.Launches.List(Ct)));
        await store.Launches.Scanned("welcome", null, 7, Ct);

        var epoch = await Lease(store);
        await store.Journeys.Save(Lane(epoch, Save(Ada, JourneyState.Of(A()), 0, Now.AddDays(30))), Now, Ct);
        Assert.True(await store.Launches.SetState("welcome", LaunchState.Stopped, "bob", [], Now.AddHours(1), Ct));
        Assert.False(await store.Launches.SetState("nothing", LaunchState.Stopped, "bob", [], Now, Ct));
        Assert.Equal([Ada], await store.Journeys.Due(Now.AddHours(1), 10, Ct));
        Assert.Equal((LaunchState.Stopped, 7L, (long?)null), (await store.Launches.List(Ct)).Select(l => (l.State, l.Admitted, l.ScannedTo)).Single());
    });

    private static async Task<long> Lease(HubStore store) => await store.Leases.TryTake(Journeys.Lease, "me", TimeSpan.FromMinutes(1), Now, Ct) ?? throw new InvalidOperationException("another has it");

    private static EventLanding Order(string id, DateTimeOffset at) =>
        new(new HubEvent(id, EventTypes.OrderPlaced, at, new EventContact("ada@example.com"), EventProperties.Parse("""{"total_minor": 1250}""")), "api", false, "ada@example.com");

    private static Journey A() => Journey.Empty with
    {
        Clock = Now,
        Enrolments = [new Enrolment("welcome", "v1", 1, Now, Now, "o-1", false, EnrolmentState.Active, "hello", Now, Now.AddDays(3), "wait 3d", ["hello"], 0, null, null, null, null)],
    };

    private static Effect Effect(GoldenId golden, string key, EffectKind kind) => new(key, Now, golden.ToString(), "welcome", "v1", "hello", kind, "o-1", Channel.Email, "welcome", null, null);

    private static MessageAdd Mail(GoldenId golden, string effect, string to) => new(
        new OutgoingMessage(
            MessageKey.Of(golden.ToString(), "welcome", "hello", 0, Channel.Email), Channel.Email, MessagePurpose.Marketing, new Mailbox(to), new Mailbox("shop@example.com"), null, null, "Hello", "<p>Hello</p>", "Hello", [],
            new MessageOrigin(golden.ToString(), "welcome", "v1", "hello", "welcome")),
        golden, 1, false, effect);

    private static JourneySave Save(GoldenId golden, JourneyState state, long change, DateTimeOffset? due, Effect? effect = null, MessageAdd? mail = null) => new(
        golden, state, change, due, state.Current.Enrolments, effect is null ? [] : [effect], mail is null || effect is null ? [] : [mail with { EffectKey = effect.Key }], [], null);

    private static LaneSave Lane(long epoch, params JourneySave[] journeys) => new(journeys, [], [], [], null, epoch);
}
