using System.Collections.Immutable;
using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;
using static IntegrationHub.Tests.Store.Rows;

namespace IntegrationHub.Tests.Store;

public sealed class CleanRecordsOnSqlite(StoreFixture fixture, ITestOutputHelper output) : CleanRecordTests(fixture, output, Kind.Sqlite);

public sealed class CleanRecordsOnPostgres(StoreFixture fixture, ITestOutputHelper output) : CleanRecordTests(fixture, output, Kind.Postgres);

public abstract class CleanRecordTests(StoreFixture fixture, ITestOutputHelper output, Kind kind) : StoreTests(fixture, output, kind)
{
    private static readonly FieldIssue PhoneIssue = new(Field.Phone, new IssueCode("phone.invalid"), "12", true);

    private static readonly ConsentClaim Yes = new(Channel.Email, "marketing", "ann@example.com", ConsentState.Granted, Now.AddDays(-1));

    [Fact]
    public Task Every_field_comes_back_as_it_was_saved() => On(async store =>
    {
        var values = Values([.. Fields.Clean.Select(f => (f, $"value of {f}"))]);
        var updated = new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(2));
        await store.Land(Raw("1"));
        await store.Clean.Save([Clean((await store.Waiting())[0], values, issues: [PhoneIssue], updatedAt: updated)], Now, Ct);

        var found = (await store.Clean.Find(Key("1"), Ct))?.Record;

        Assert.Equal(values, found?.Values);
        Assert.Equal(updated, found?.UpdatedAt);
        Assert.Equal(TimeSpan.Zero, found?.UpdatedAt?.Offset);
        Assert.Equal(PhoneIssue, Assert.Single(found?.Issues ?? []));
        Assert.Null(await store.Clean.Find(Key("2"), Ct));
    });

    [Fact]
    public Task What_has_not_changed_is_not_written_and_gets_no_work() => On(async store =>
    {
        await store.Land(Raw("1"), Raw("2"));
        var rows = await store.Waiting();
        Assert.Equal(new CleanCounts(2, 0, 0, 0), await store.Clean.Save([.. rows.Select(r => Clean(r, consents: [Yes]))], Now, Ct));
        Assert.Equal(0, await store.Work.Count(Stage.Normalise, Ct));
        await store.Work.Complete(Stage.Match, await store.Work.Take(Stage.Match, 0, 10, Ct), Ct);

        // The payload differs in what nobody maps.
        await store.Land(Raw("1", """{"unmapped":1}"""), Raw("2", """{"unmapped":1}"""));
        var counts = await store.Clean.Save([.. (await store.Waiting()).Select(r => Clean(r, consents: [Yes]))], Now.AddDays(1), Ct);

        Assert.Equal(new CleanCounts(0, 2, 0, 0), counts);
        Assert.Equal(0, await store.Work.Count(Stage.Normalise, Ct));
        Assert.Equal(0, await store.Work.Count(Stage.Match, Ct));
        Assert.Equal(2, (await store.Consents.For(Channel.Email, "ann@example.com", Ct)).Count);
    });

    public static TheoryData<string> Differences => ["value", "issue", "consent", "time", "kind"];

    [Theory]
    [MemberData(nameof(Differences))]
    public Task Whatever_differs_makes_it_a_change(string what) => On(async store =>
    {
        await store.Land(Raw("1"));
        await store.Clean.Save([Clean((await store.Waiting())[0])], Now, Ct);
        await store.Work.Enqueue(Stage.Normalise, [(await store.Landing.Ids([Key("1")], Ct))[Key("1")]], "again", Ct);
        var row = (await store.Waiting())[0];
        var save = what switch
        {
            "value" => Clean(row, Values((Field.FirstName, "Other"))),
            "issue" => Clean(row, issues: [PhoneIssue]),
            "consent" => Clean(row, consents: [Yes]),
            "time" => Clean(row, updatedAt: Now),
            _ => Clean(row, kind: EntityKind.Company),
        };
        Assert.Equal(new CleanCounts(1, 0, 0, 0), await store.Clean.Save([save], Now, Ct));
    });

    [Fact]
    public Task A_change_replaces_issues() => On(async store =>
    {
        await store.Land(Raw("1"));
        await store.Clean.Save([Clean((await store.Waiting())[0], issues: [PhoneIssue, PhoneIssue])], Now, Ct);
        await store.Land(Raw("1", """{"v":2}"""));
        await store.Clean.Save([Clean((await store.Waiting())[0])], Now, Ct);

        Assert.Empty((await store.Clean.Find(Key("1"), Ct))?.Record.Issues ?? [PhoneIssue]);
    });

    [Fact]
    public Task A_removed_record_leaves_with_its_issues_and_is_handed_to_match_once_with_the_keys_it_had() => On(async store =>
    {
        await store.Land(Raw("1"));
        await store.Clean.Save([Clean((await store.Waiting())[0], issues: [PhoneIssue])], Now, Ct);
        var id = Assert.Single(await store.Matches.TakeDirty(0, 10, Ct)).RecordId;
        await store.Matches.Save(new MatchSave(await store.Matches.TakeDirty(0, 10, Ct), [], [], [], [], []) { Keys = [new RecordKey(EntityKind.Contact, new MatchKey(1, 5), id)] }, Now, Ct);
        await store.Land(Gone("1"));
        var row = (await store.Waiting())[0];
        Assert.Equal(new CleanCounts(0, 0, 1, 0), await store.Clean.Save([new CleanSave(row, null, Recipe)], Now, Ct));

        Assert.Null(await store.Clean.Find(Key("1"), Ct));
        Assert.Empty(await store.Clean.IssueCounts(Ct));
        var dirty = Assert.Single(await store.Matches.TakeDirty(0, 10, Ct));
        Assert.Equal((null, EntityKind.Contact, EntityKind.Contact), (dirty.Kind, dirty.KnownAs, dirty.Home));

        // Gone already: nothing more follows.
        await store.Work.Complete(Stage.Match, await store.Work.Take(Stage.Match, 0, 10, Ct), Ct);
        await store.Work.Enqueue(Stage.Normalise, [row.RecordId], "again", Ct);
        Assert.Equal(new CleanCounts(0, 0, 0, 0), await store.Clean.Save([new CleanSave((await store.Waiting())[0], null, Recipe)], Now, Ct));
        Assert.Equal(0, await store.Work.Count(Stage.Match, Ct));
    });

    [Fact]
    public Task Work_that_came_again_while_a_record_was_being_cleaned_stays() => On(async store =>
    {
        await store.Land(Raw("1"), Raw("2"));
        var taken = await store.Waiting();
        await store.Land(Raw("1", """{"newer":true}"""));

        await store.Clean.Save([.. taken.Select(r => Clean(r))], Now, Ct);

        Assert.Equal("1", Assert.Single(await store.Waiting()).Key.ExternalId);
    });

    [Fact]
    public Task A_failure_goes_to_quarantine_and_leaves_the_last_good_record() => On(async store =>
    {
        await store.Contacts("1", "2");
        await store.Land(Raw("1", """{"broken":"\u0000"}"""), Raw("2", """{"v":2}"""));
        var rows = await store.Waiting();
        var counts = await store.Clean.Save(
            [new CleanSave(rows[0], null, Recipe, "contacts.yaml:7: no date. Correct the row."), Clean(rows[1], Values((Field.City, "Graz")))], Now, Ct);

        Assert.Equal(new CleanCounts(1, 0, 0, 1), counts);
        Assert.Equal(0, await store.Work.Count(Stage.Normalise, Ct));
        Assert.Equal("1", (await store.Clean.Find(Key("1"), Ct))?.Record.Values[Field.FirstName]);
        var held = Assert.Single(await store.Quarantine.List(false, 10, Ct));
        Assert.Equal(
            new QuarantineAdd("record", "normalise", "crm", "contacts", "1", rows[0].RecordId, "contacts.yaml:7: no date. Correct the row.", """{"broken":"\u0000"}""", Recipe),
            held.What);
        Assert.Equal((1, Now), (held.Attempts, held.Since));
    });

    [Fact]
    public Task A_retried_record_fails_again_with_one_attempt_more_or_leaves_the_quarantine() => On(async store =>
    {
        await store.Land(Raw("1"), Raw("2"));
        await store.Clean.Save([.. (await store.Waiting()).Select(r => new CleanSave(r, null, Recipe, "no"))], Now, Ct);
        Assert.Equal(2, await store.Quarantine.Retry(null, Ct));
        var rows = await store.Waiting();
        await store.Clean.Save([new CleanSave(rows[0], null, Recipe, "still no"), Clean(rows[1])], Now.AddHours(1), Ct);

        var held = Assert.Single(await store.Quarantine.List(false, 10, Ct));
        Assert.Equal((2, "still no", Now, Now.AddHours(1)), (held.Attempts, held.What.Error, held.Since, held.LastAt));
        var cleared = Assert.Single(await store.Quarantine.List(true, 10, Ct), q => q.ClearedAt is not null);
        Assert.Equal(("2", Now.AddHours(1), "normalise"), (cleared.What.Place, cleared.ClearedAt, cleared.ClearedBy));
        Assert.Equal(1, await store.Quarantine.Count(Ct));
        Assert.Equal(0, await store.Quarantine.Retry([cleared.Id], Ct));
        Assert.Equal(1, await store.Quarantine.Retry([held.Id], Ct));
    });

    [Fact]
    public Task A_new_recipe_enqueues_its_stream_once_and_what_it_confirms_is_not_stale_again() => On(async store =>
    {
        await store.Contacts("1", "2");
        await store.Land(Raw("3"));
        await store.Clean.Save([new CleanSave((await store.Waiting())[0], null, Recipe, "no")], Now, Ct);
        Assert.Equal(0, await store.Work.EnqueueStale(Crm, Streams.Contacts, Recipe, Ct));

        var next = new RecipeVersion("00000000000000b2");
        Assert.Equal(3, await store.Work.EnqueueStale(Crm, Streams.Contacts, next, Ct));
        Assert.Equal(0, await store.Work.EnqueueStale(Crm, Streams.Contacts, next, Ct));
        var counts = await store.Clean.Save(
            [.. (await store.Waiting()).Select(r => r.Key.ExternalId == "3" ? new CleanSave(r, null, next, "no") : Clean(r, recipe: next))], Now, Ct);
        Assert.Equal(new CleanCounts(0, 2, 0, 1), counts);
        Assert.Equal(3, await store.Work.EnqueueStale(Crm, Streams.Contacts, Recipe, Ct));
    });

    [Fact]
    public Task The_ledger_grows_only_when_a_record_says_something_else() => On(async store =>
    {
        async Task Say(string payload, params ConsentClaim[] claims)
        {
            await store.Land(Raw("1", payload));
            await store.Clean.Save([Clean((await store.Waiting())[0], Values((Field.City, payload)), consents: [.. claims])], Now, Ct);
        }

        await Say("1", Yes);
        await Say("2", Yes);
        await Say("3", Yes with { State = ConsentState.Denied, At = Now });
        await Say("4", Yes with { Purpose = "service" }, Yes with { State = ConsentState.Denied, At = Now });
        await Say("5");

        var lines = await store.Consents.For(Channel.Email, "ANN@Example.com", Ct);
        Assert.Equal(
            [("marketing", ConsentState.Granted), ("marketing", ConsentState.Denied), ("service", ConsentState.Granted)],
            lines.Select(l => (l.Purpose, l.State)));
        Assert.Equal((Key("1"), Now.AddDays(-1), Now), (lines[0].Key, lines[0].At, lines[0].RecordedAt));
        Assert.Empty(await store.Consents.For(Channel.Sms, "ann@example.com", Ct));
    });

    [Fact]
    public Task A_contact_point_is_kept_as_a_hash_under_the_stores_key() => On(async store =>
    {
        await using var other = HubStore.Open(Path.Combine(Path.GetTempPath(), "never-made.db"), new byte[16]);
        Assert.Equal(32, store.Consents.PointHmac(Channel.Email, "a@b.c").Length);
        Assert.NotEqual(store.Consents.PointHmac(Channel.Email, "a@b.c"), other.Consents.PointHmac(Channel.Email, "a@b.c"));
        Assert.NotEqual(store.Consents.PointHmac(Channel.Email, "+491"), store.Consents.PointHmac(Channel.Sms, "+491"));
    });

    [Fact]
    public Task Hostile_values_are_kept_and_do_not_change_by_being_saved_again() => On(async store =>
    {
        var values = Values(
            (Field.FirstName, "O'Neil\"; DROP TABLE clean_record; --"),
            (Field.LastName, "nul\0 and half \udc00"),
            (Field.City, new string('x', 1 << 20)),
            (Field.Tags, "😀\n\u202e"));
        ImmutableArray<FieldIssue> issues = [new(Field.LastName, new IssueCode("text.control"), "\0\ud83d", true)];
        await store.Land(Raw("1"));
        await store.Clean.Save([Clean((await store.Waiting())[0], values, issues: issues)], Now, Ct);
        await store.Land(Raw("1", "[]"));
        Assert.Equal(new CleanCounts(0, 1, 0, 0), await store.Clean.Save([Clean((await store.Waiting())[0], values, issues: issues)], Now, Ct));

        var found = (await store.Clean.Find(Key("1"), Ct))?.Record;
        Assert.Equal(values[Field.FirstName], found?.Values[Field.FirstName]);
        Assert.Equal("nul\u2400 and half \ufffd", found?.Values[Field.LastName]);
        Assert.Equal(1 << 20, found?.Values[Field.City]?.Length);
        Assert.Equal("😀\n\u202e", found?.Values[Field.Tags]);
        Assert.Equal("\u2400\ufffd", found?.Issues[0].Raw);
    });

    [Fact]
    public Task Streams_all_of_a_kind_by_id_and_counts_issues() => On(async store =>
    {
        await store.Land([.. Enumerable.Range(0, 25).Select(i => Raw($"{i:D2}"))]);
        await store.Clean.Save(
            [.. (await store.Waiting()).Select((r, i) => Clean(r, kind: i % 5 == 0 ? EntityKind.Company : EntityKind.Contact, issues: i < 3 ? [PhoneIssue, PhoneIssue] : []))],
            Now,
            Ct);

        var contacts = await All(store.Clean.Stream(EntityKind.Contact, Ct));
        Assert.Equal(20, contacts.Count);
        Assert.Equal(contacts.OrderBy(c => c.RecordId), contacts);
        Assert.Equal((25, 7), (await store.Clean.Count(100, Ct), await store.Clean.Count(7, Ct)));
        Assert.Equal(25, (await All(store.Clean.StreamWithIssues(null, Ct))).Count);
        Assert.Equal(
            [
                ("crm", EntityKind.Contact, Field.Phone, "phone.invalid", true, 2, "crm/contacts/01 crm/contacts/02"),
                ("crm", EntityKind.Company, Field.Phone, "phone.invalid", true, 1, "crm/contacts/00"),
            ],
            (await store.Clean.IssueCounts(Ct)).OrderBy(i => i.Kind).Select(i => (i.Source, i.Kind, i.Field, i.Code.Value, i.Rejected, i.Records, string.Join(' ', i.Samples))));
    });

    internal static async Task<List<T>> All<T>(IAsyncEnumerable<IReadOnlyList<T>> batches)
    {
        var all = new List<T>();
        await foreach (var batch in batches) all.AddRange(batch);
        return all;
    }
}
