using System.Text;
using CsCheck;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;
using static IntegrationHub.Tests.Store.Rows;

namespace IntegrationHub.Tests.Store;

public sealed class LandingOnSqlite(StoreFixture fixture, ITestOutputHelper output) : LandingTests(fixture, output, Kind.Sqlite);

public sealed class LandingOnPostgres(StoreFixture fixture, ITestOutputHelper output) : LandingTests(fixture, output, Kind.Postgres);

public abstract class LandingTests(StoreFixture fixture, ITestOutputHelper output, Kind kind) : StoreTests(fixture, output, kind)
{
    [Fact]
    public Task Counts_new_changed_unchanged_and_deleted_rows() => On(async store =>
    {
        Assert.Equal(new LandingCounts(3, 0, 0, 0), await store.Land(Raw("1", """{"a":1}"""), Raw("2"), Raw("3")));
        Assert.Equal(new LandingCounts(1, 1, 1, 1), await store.Land(Raw("1", """{"a":2}"""), Raw("2"), Gone("3"), Raw("4")));
        Assert.Equal(new LandingCounts(0, 1, 0, 0), await store.Land(Raw("3")));
    });

    [Fact]
    public Task The_same_page_twice_writes_nothing() => On(async store =>
    {
        RawLanding[] page = [Raw("1"), Raw("2"), Gone("3")];
        await store.Landing.SavePage(Crm, Streams.Contacts, page, "c1", null, true, Now, Ct);
        var (work, state) = (await store.Waiting(), await store.Sources.StreamState(Crm, Streams.Contacts, Ct));

        var counts = await store.Landing.SavePage(Crm, Streams.Contacts, page, "c1", null, true, Now.AddHours(1), Ct);

        Assert.Equal(new LandingCounts(0, 0, 3, 0), counts);
        Assert.Equal(work.Select(w => (w.RecordId, w.Seq)), (await store.Waiting()).Select(w => (w.RecordId, w.Seq)));
        Assert.Equal(state, await store.Sources.StreamState(Crm, Streams.Contacts, Ct));
    });

    [Fact]
    public Task The_cursor_is_saved_with_the_page_and_an_empty_page_still_moves_it() => On(async store =>
    {
        Assert.Null((await store.Sources.StreamState(Crm, Streams.Contacts, Ct)).Cursor);
        await store.Landing.SavePage(Crm, Streams.Contacts, [Raw("1")], "c1", null, true, Now, Ct);
        Assert.Equal("c1", (await store.Sources.StreamState(Crm, Streams.Contacts, Ct)).Cursor);
        await store.Landing.SavePage(Crm, Streams.Contacts, [], "c2", null, true, Now, Ct);
        Assert.Equal(new StreamState(Streams.Contacts, "c2", null, null, Now), await store.Sources.StreamState(Crm, Streams.Contacts, Ct));
        await store.Landing.SavePage(Crm, Streams.Contacts, [Raw("2")], null, null, true, Now, Ct);
        Assert.Equal("c2", (await store.Sources.StreamState(Crm, Streams.Contacts, Ct)).Cursor);
    });

    [Fact]
    public Task A_cancelled_page_leaves_neither_rows_nor_cursor_nor_work() => On(async store =>
    {
        using var cancel = new CancellationTokenSource();
        var page = new CancelsWhenRead([Raw("1"), Raw("2")], cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Landing.SavePage(Crm, Streams.Contacts, page, "c1", null, true, Now, cancel.Token));

        Assert.Empty(await store.Waiting());
        Assert.Null((await store.Sources.StreamState(Crm, Streams.Contacts, Ct)).Cursor);
        Assert.Equal(new LandingCounts(2, 0, 0, 0), await store.Land(Raw("1"), Raw("2")));
    });

    [Fact]
    public Task A_record_that_comes_twice_in_a_page_counts_as_the_last_one() => On(async store =>
    {
        await store.Land(Raw("1", """{"v":1}"""), Raw("1", """{"v":2}"""));
        Assert.Equal("""{"v":2}""", Encoding.UTF8.GetString(await store.Landing.Payload(Key("1"), Ct) ?? []));
        Assert.Single(await store.Waiting());
    });

    [Fact]
    public Task A_deleted_row_keeps_its_last_payload_and_comes_back_when_it_is_told_again() => On(async store =>
    {
        await store.Land(Raw("1", """{"v":1}"""));
        await store.Land(Gone("1"));
        var row = Assert.Single(await store.Waiting());
        Assert.True(row.Deleted);
        Assert.Equal("""{"v":1}""", Encoding.UTF8.GetString(row.Payload ?? []));

        await store.Land(Raw("1", """{"v":1}"""));
        Assert.False(Assert.Single(await store.Waiting()).Deleted);
    });

    [Fact]
    public Task A_full_pull_marks_what_it_did_not_see_as_deleted() => On(async store =>
    {
        await store.Land(Raw("1"), Raw("2"), Raw("3"), Gone("4"));
        var pass = await store.Sources.BeginPass(Crm, Streams.Contacts, Now, Ct);
        await store.Landing.SavePage(Crm, Streams.Contacts, [Raw("1"), Raw("3", """{"new":true}""")], "c1", pass, true, Now, Ct);

        Assert.Equal(1, await store.Landing.EndPass(Crm, Streams.Contacts, pass, true, Now, Ct));

        Assert.Equal(["2", "4"], (await store.Waiting()).Where(r => r.Deleted).Select(r => r.Key.ExternalId));
        Assert.Equal(new StreamState(Streams.Contacts, "c1", null, Now, Now), await store.Sources.StreamState(Crm, Streams.Contacts, Ct));
    });

    [Fact]
    public Task A_full_pull_begun_anew_forgets_the_one_before_even_when_the_clock_went_back() => On(async store =>
    {
        await store.Land(Raw("1"), Raw("2"));
        var first = await store.Sources.BeginPass(Crm, Streams.Contacts, Now, Ct);
        await store.Landing.SavePage(Crm, Streams.Contacts, [Raw("1")], "c1", first, true, Now, Ct);
        var second = await store.Sources.BeginPass(Crm, Streams.Contacts, Now.AddHours(-1), Ct);
        Assert.True(second > first);
        Assert.Null((await store.Sources.StreamState(Crm, Streams.Contacts, Ct)).Cursor);

        Assert.Equal(0, await store.Landing.EndPass(Crm, Streams.Contacts, first, true, Now, Ct));
        await store.Landing.SavePage(Crm, Streams.Contacts, [Raw("2")], "c2", second, true, Now, Ct);
        Assert.Equal(1, await store.Landing.EndPass(Crm, Streams.Contacts, second, true, Now, Ct));
        Assert.Equal(["1"], (await store.Waiting()).Where(r => r.Deleted).Select(r => r.Key.ExternalId));
    });

    [Fact]
    public Task A_second_full_pull_that_finds_the_same_gives_no_work() => On(async store =>
    {
        await store.Contacts("1", "2");
        var pass = await store.Sources.BeginPass(Crm, Streams.Contacts, Now, Ct);
        await store.Landing.SavePage(Crm, Streams.Contacts, [Raw("2", """{"id":"2"}"""), Raw("1", """{"id":"1"}""")], "c", pass, true, Now, Ct);
        Assert.Equal(0, await store.Landing.EndPass(Crm, Streams.Contacts, pass, true, Now, Ct));
        Assert.Equal(0, await store.Work.Count(Stage.Normalise, Ct));
    });

    [Fact]
    public Task Orders_land_without_work() => On(async store =>
    {
        await store.Landing.SavePage(Crm, Streams.Orders, [Raw("o1")], "c", null, normalise: false, Now, Ct);
        Assert.Equal(0, await store.Work.Count(Stage.Normalise, Ct));
        Assert.NotNull(await store.Landing.Payload(new SourceKey("crm", Streams.Orders, "o1"), Ct));
    });

    [Fact]
    public Task The_same_id_in_two_sources_is_two_records() => On(async store =>
    {
        var shop = SourceName.Parse("shop") ?? throw new InvalidOperationException();
        await store.Land(Raw("1"));
        Assert.Equal(new LandingCounts(1, 0, 0, 0), await store.Landing.SavePage(shop, Streams.Contacts, [Raw("1")], null, null, true, Now, Ct));
        var ids = await store.Landing.Ids([Key("1"), new SourceKey("shop", Streams.Contacts, "1"), Key("unknown")], Ct);
        Assert.Equal(2, ids.Values.Distinct().Count());
        Assert.Equal(ids.ToDictionary(i => i.Value, i => i.Key), await store.Landing.Keys([.. ids.Values, 999], Ct));
    });

    [Theory]
    [InlineData("'; DROP TABLE source_record; --")]
    [InlineData("Zoë 😀 \u202e right-to-left")]
    [InlineData("a/b/c?d=e%20f\\\"[1,2]")]
    [InlineData("tab\there\nand a line")]
    public Task Any_text_is_an_external_id(string id) => On(async store =>
    {
        await store.Land(Raw(id));
        Assert.Equal(new LandingCounts(0, 0, 1, 0), await store.Land(Raw(id)));
        Assert.Equal(id, Assert.Single(await store.Waiting()).Key.ExternalId);
        Assert.NotNull(await store.Landing.Payload(Key(id), Ct));
    });

    [Fact]
    public Task Nul_and_half_a_surrogate_pair_are_kept_as_signs_and_found_again() => On(async store =>
    {
        await store.Land(Raw("a\0b"), Raw("c\ud800d"));
        Assert.Equal(new LandingCounts(0, 0, 2, 0), await store.Land(Raw("a\0b"), Raw("c\ud800d")));
        Assert.Equal(["a\u2400b", "c\ufffdd"], (await store.Waiting()).Select(r => r.Key.ExternalId));
        Assert.NotNull(await store.Landing.Payload(Key("a\0b"), Ct));
    });

    [Fact]
    public Task A_payload_of_a_megabyte_with_any_byte_in_it_comes_back_as_it_was() => On(async store =>
    {
        var payload = Enumerable.Range(0, 1 << 20).Select(i => (byte)(i * 31)).ToArray();
        await store.Land(new RawLanding("big", payload, false));
        Assert.Equal(payload, await store.Landing.Payload(Key("big"), Ct));
    });

    [Fact]
    public Task Whatever_pages_come_in_whatever_order_the_last_word_on_each_row_holds_and_counts_tell_what_changed() => On(async store =>
    {
        var row = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], (id, version) => version == 0 ? Gone($"{id}") : Raw($"{id}", $"{version}"));
        var pages = row.Array[0, 6].Array[1, 6];
        var sources = 0;
        await pages.SampleAsync(
            async sample =>
            {
                var source = SourceName.Parse($"s{Interlocked.Increment(ref sources)}") ?? throw new InvalidOperationException();
                var expected = new Dictionary<string, (string? Payload, bool Deleted)>();
                foreach (var page in sample)
                {
                    var before = new Dictionary<string, (string? Payload, bool Deleted)>(expected);
                    foreach (var r in page)
                    {
                        // Within a page the last one counts, also for the payload that a deletion keeps.
                        before.TryGetValue(r.ExternalId, out var old);
                        expected[r.ExternalId] = (r.Payload is { } p ? Encoding.UTF8.GetString(p) : old.Payload, r.Deleted);
                    }

                    var counts = await store.Landing.SavePage(source, Streams.Contacts, page, null, null, true, Now, Ct);
                    Assert.Equal(expected.Count(e => before.TryGetValue(e.Key, out var b) ? b != e.Value : true), counts.New + counts.Changed + counts.Deleted);
                    Assert.Equal(page.Select(r => r.ExternalId).Distinct().Count(), counts.New + counts.Changed + counts.Deleted + counts.Unchanged);
                }

                var rows = await store.Landing.TakeForNormalise(source, Streams.Contacts, 0, 100, Ct);
                Assert.Equal(
                    expected.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, e.Value.Payload, e.Value.Deleted)),
                    rows.OrderBy(r => r.Key.ExternalId, StringComparer.Ordinal)
                        .Select(r => (r.Key.ExternalId, r.Payload is { } p ? Encoding.UTF8.GetString(p) : null, r.Deleted)));
            },
            iter: 30,
            threads: 1);
    });

    [Fact]
    public Task Many_writers_and_readers_at_once_lose_nothing() => On(async store =>
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await store.Land([.. Enumerable.Range(0, 20).Select(n => Raw($"{w}-{i}-{n}"))]);
                await store.Waiting();
            }
        })));
        Assert.Equal(16 * 5 * 20, await store.Work.Count(Stage.Normalise, Ct));
    });

    private sealed class CancelsWhenRead(RawLanding[] rows, CancellationTokenSource cancel) : IReadOnlyList<RawLanding>
    {
        public int Count => rows.Length;

        public RawLanding this[int index] => rows[index];

        public IEnumerator<RawLanding> GetEnumerator()
        {
            foreach (var row in rows) yield return row;
            cancel.Cancel();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
