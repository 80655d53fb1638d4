using System.Globalization;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Engine.Events;

/// <summary>Streams whose rows tell what contacts did, pulled with their contacts.</summary>
public sealed class EventStreamTests
{
    internal const string Orders = """
        connector: memory
        stream: orders
        entity: event
        contact: { external_id: who, email: mail }
        events:
          - type: order.placed
            at: placed
            properties:
              order_id: number
              total_minor: { amount: total, currency: currency }
              currency: currency
          - type: order.refunded
            key: refunded
            at: refunded
            when: { path: refunded }
            properties: { order_id: number }
        """;

    internal const string Thanks = """
        name: thanks
        title: Thanks
        triggers:
          - event: order.placed
        reentry: always
        goal: { event: order.placed, within: 30d, metric: revenue, ends: false }
        exits:
          - { event: order.refunded, same: [order_id], reason: refunded }
        steps:
          - id: hello
            send: hello
          - id: some-days
            wait: 3d
          - id: more
            send: more
        """;

    [Fact]
    public async Task Five_years_of_orders_pulled_for_the_first_time_thank_nobody_and_an_order_after_that_is_thanked_for()
    {
        await using var live = await Create();
        await live.Launch(Thanks);
        live.Hub.Time.Advance(TimeSpan.FromHours(3));
        var (shop, people) = await live.Hub.AddSource("shop");
        people.Put("1", new { first = "Ada", last = "Byron", email = "ada@example.net", mail = "yes" });
        people.Put("2", new { first = "Grace", last = "Hopper", email = "grace@example.net", mail = "yes" });
        var orders = MemorySystem.OrdersOf(shop);
        for (var i = 0; i < 60; i++) orders.Put($"o{i}", Order(live, i % 2 == 0 ? "1" : "2", TimeSpan.FromDays(30.5 * i + 0.1)));   // the last one after the launch, and younger than the trigger's limit
        Assert.Equal(60, (await live.Hub.Sync()).Sources.Single().Events);
        await live.Drain();
        Assert.Equal((60, 0, 0), await live.Store.Events.Count(default));
        Assert.Equal(30, (await live.Store.Events.Of(await live.Golden("ada@example.net"), 100, default)).Count);
        Assert.Empty(await live.Sent());

        await live.Hub.Sync(full: true);
        await live.After(TimeSpan.FromHours(1));
        Assert.Empty(await live.Sent());

        orders.Put("new", Order(live, "1", TimeSpan.FromMinutes(5)));
        Assert.Equal(1, (await live.Hub.Sync()).Sources.Single().Events);
        await live.Drain();
        Assert.Equal(["hello Ada > ada@example.net"], await live.Sent());

        // Told again, changed or not, by an incremental pull or a full one, it is the same order.
        orders.Put("new", Order(live, "1", TimeSpan.FromMinutes(5), note: "changed"));
        await live.Hub.Sync();
        await live.Hub.Sync(full: true);
        await live.Drain();
        Assert.Single(await live.Sent());
        Assert.Equal((61, 0, 0), await live.Store.Events.Count(default));
    }

    [Fact]
    public async Task An_order_that_a_nightly_full_pull_meets_first_is_news_all_the_same()
    {
        await using var live = await Create();
        await live.Launch(Thanks);
        var (shop, people) = await live.Hub.AddSource("shop");
        people.Put("1", new { first = "Ada", last = "Byron", email = "ada@example.net", mail = "yes" });
        await live.Hub.Sync();
        live.Hub.Time.Advance(TimeSpan.FromHours(2));
        MemorySystem.OrdersOf(shop).Put("o1", Order(live, "1", TimeSpan.FromMinutes(10)));
        MemorySystem.OrdersOf(shop).Put("o2", Order(live, "1", TimeSpan.FromHours(5)));   // of before the first pull
        await live.Hub.Sync(full: true);
        await live.Drain();
        Assert.Equal(["hello Ada > ada@example.net"], await live.Sent());
    }

    [Fact]
    public async Task A_refund_that_is_pulled_ends_what_its_order_began()
    {
        await using var live = await Create();
        await live.Launch(Thanks);
        var (shop, people) = await live.Hub.AddSource("shop");
        people.Put("1", new { first = "Ada", last = "Byron", email = "ada@example.net", mail = "yes" });
        await live.Hub.Sync();
        live.Hub.Time.Advance(TimeSpan.FromHours(1));
        MemorySystem.OrdersOf(shop).Put("o1", Order(live, "1", TimeSpan.FromMinutes(1), number: "1001"));
        await live.Hub.Sync();
        await live.After(TimeSpan.FromHours(1));
        MemorySystem.OrdersOf(shop).Put("o1", Order(live, "1", TimeSpan.FromMinutes(61), number: "1001", refunded: TimeSpan.FromMinutes(2)));
        await live.Hub.Sync();
        await live.After(TimeSpan.FromDays(4));
        Assert.Equal(["hello Ada > ada@example.net"], await live.Sent());
        Assert.Contains("Exit refunded", (await live.Journal("ada@example.net"))[^1]);
    }

    [Fact]
    public async Task An_order_of_somebody_unknown_waits_and_is_theirs_once_they_are_known()
    {
        await using var live = await Create();
        var (shop, people) = await live.Hub.AddSource("shop");
        MemorySystem.OrdersOf(shop).Put("o1", Order(live, "7", TimeSpan.FromDays(9)));
        await live.Hub.Sync();
        await live.Drain();
        Assert.Equal((1, 0, 1), await live.Store.Events.Count(default));
        people.Put("7", new { first = "Mary", last = "Shelley", email = "mary@example.net" });
        await live.Hub.Sync();
        await live.Drain();
        Assert.Equal((1, 0, 0), await live.Store.Events.Count(default));
        Assert.Equal(["order.placed"], (await live.Store.Events.Of(await live.Golden("mary@example.net"), 10, default)).Select(e => e.Event.Type));
    }

    [Fact]
    public async Task A_row_that_tells_no_time_or_one_to_come_is_set_aside_and_stops_none_of_the_others()
    {
        await using var live = await Create();
        var (shop, people) = await live.Hub.AddSource("shop");
        people.Put("1", new { first = "Ada", last = "Byron", email = "ada@example.net", mail = "yes" });
        var orders = MemorySystem.OrdersOf(shop);
        orders.Put("o1", new { who = "1", number = "1", total = "5", currency = "EUR" });
        orders.Put("o2", Order(live, "1", TimeSpan.FromDays(-3)));
        orders.Put("o3", Order(live, "1", TimeSpan.FromDays(3)));
        var report = (await live.Hub.Sync()).Sources.Single();
        Assert.Equal((1, 2), (report.Events, report.Quarantined));
        var told = (await live.Store.Quarantine.List(false, 100, default)).Select(q => q.What.Error).Order(StringComparer.Ordinal).ToList();
        Assert.Contains("has no time at placed", told[0]);
        Assert.Contains("lies ahead", told[1]);
        orders.Put("o1", Order(live, "1", TimeSpan.FromDays(4)));
        Assert.Equal(1, (await live.Hub.Sync()).Sources.Single().Events);
    }

    [Fact]
    public async Task Erasing_a_contact_takes_the_raw_orders_too_and_no_pull_brings_them_back()
    {
        await using var live = await Create();
        var (shop, people) = await live.Hub.AddSource("shop");
        people.Put("1", new { first = "Ada", last = "Byron", email = "ada@example.net", mail = "yes" });
        MemorySystem.OrdersOf(shop).Put("o1", Order(live, "1", TimeSpan.FromDays(3), mail: "ada@example.net"));
        await live.Hub.Sync();
        await live.Drain();
        var key = new SourceKey(shop, Streams.Orders, "o1");
        Assert.NotNull(await live.Store.Landing.Payload(key, default));
        await live.Store.Erasures.Erase(await live.Golden("ada@example.net"), "ada", "asked", live.Now, default);
        Assert.Null(await live.Store.Landing.Payload(key, default));
        Assert.Equal((0, 0, 0), await live.Store.Events.Count(default));
        await live.Hub.Sync(full: true);
        Assert.Null(await live.Store.Landing.Payload(key, default));
        Assert.Equal((0, 0, 0), await live.Store.Events.Count(default));
    }

    private static async Task<LiveHub> Create()
    {
        var live = await LiveHub.Create();
        await File.WriteAllTextAsync(Path.Combine(live.Hub.Mappings, "sources", "memory.orders.yaml"), Orders);
        return live;
    }

    private static object Order(LiveHub live, string who, TimeSpan ago, string? note = null, string number = "", TimeSpan? refunded = null, string? mail = null) => new
    {
        who,
        mail,
        number = number.Length > 0 ? number : ago.ToString(),
        placed = (live.Now - ago).UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        total = "12.5",
        currency = "EUR",
        refunded = refunded is { } back ? (live.Now - back).UtcDateTime.ToString("O", CultureInfo.InvariantCulture) : null,
        note,
    };
}
