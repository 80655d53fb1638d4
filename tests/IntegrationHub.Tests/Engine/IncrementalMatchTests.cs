using CsCheck;
using IntegrationHub.Store;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Engine;

/// <summary>Records that come, change and go a few at a time end where one batch of what is left ends, whatever the order: clusters, edges, queue and keys.</summary>
public sealed class IncrementalMatchTests
{
    private static int number;

    // Blocks of five are large already, so that few records are enough to come over the cap and back.
    private static readonly string SmallBlocks = File.ReadAllText(Path.Combine(Repository.Mappings, "models", "contacts.json")).Replace("\"block_cap\": 250", "\"block_cap\": 4", StringComparison.Ordinal);

    // With hub values of the model, among those that the records have.
    private static readonly string WithHubs = SmallBlocks.Replace(
        "\"population\"", "\"hub values\": { \"phone\": { \"442079460018\": 40 }, \"e-mail\": { \"ada@example.com\": 30 } },\n  \"population\"", StringComparison.Ordinal);

    private static readonly Gen<object> Contact = Gen.Select(
        OneOf("Ada", "Adah", "Bob", "Charles", null), OneOf("Byron", "Lovelace", null), OneOf("info@example.com", "ada@example.com", null),
        OneOf("+44 20 7946 0018", "+44 20 7946 0019", null), OneOf("London", "Leeds", null),
        (first, last, email, phone, city) => (object)new { first, last, email, phone, city });

    // Hardly anything but the mailbox, so that they crowd one finer block.
    private static readonly Gen<object> Bare = OneOf<object>(new { email = "info@example.com" }, new { email = "info@example.com", city = "London" });

    [Fact]
    public Task Any_order_and_any_split_of_additions_changes_and_deletions_ends_as_one_batch() =>
        Check(Gen.Select(Gen.Int[0, 11], Gen.Frequency((4, Contact.Select(c => (object?)c)), (1, Gen.Const<object?>((object?)null)))).Array[1, 6].Array[2, 10], iter: 25);

    [Fact]
    public Task Crowded_blocks_end_as_one_batch() =>
        Check(Gen.Select(Gen.Int[0, 59], Gen.Frequency((6, Bare.Select(c => (object?)c)), (1, Contact.Select(c => (object?)c)), (1, Gen.Const<object?>((object?)null)))).Array[1, 40].Array[3, 5], iter: 12);

    [Fact]
    public Task With_hub_values_in_the_model_any_order_ends_as_one_batch() =>
        Check(Gen.Select(Gen.Int[0, 11], Gen.Frequency((4, Contact.Select(c => (object?)c)), (1, Gen.Const<object?>((object?)null)))).Array[1, 6].Array[2, 10], iter: 12, WithHubs);

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public async Task A_block_that_shrinks_back_to_its_cap_is_compared_whole_again(int most)
    {
        var name = $"shrinking-{Interlocked.Increment(ref number)}";
        await using var hub = await Hub(name);
        var rows = MemorySystem.Of(name);
        for (var i = 0; i < most; i++)
        {
            rows.Put($"{i}", new { first = "Ada", last = i % 2 == 0 ? "Byron" : null, email = "ada@example.com", phone = i % 3 == 0 ? "+44 20 7946 0018" : null });
            await hub.Sync();
        }

        for (var i = most - 1; i >= 3; i--)
        {
            rows.Delete($"{i}");
            await hub.Sync();
        }

        await using var batch = await Hub(name);
        await batch.Sync();
        Assert.Equal(await State(batch), await State(hub));
        Assert.Equal(3, (await Edges(hub)).Count);
    }

    private static Gen<T> OneOf<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    /// <param name="steps">Syncs; in each, records by number with their new content; null deletes.</param>
    /// <param name="iter">How many cases.</param>
    /// <param name="model">The model; null for the built-in one with small blocks.</param>
    private static Task Check(Gen<(int Id, object? Content)[][]> steps, int iter, string? model = null) => steps.SampleAsync(
        async all =>
        {
            var name = $"changing-{Interlocked.Increment(ref number)}";
            await using var hub = await Hub(name, model);
            var rows = MemorySystem.Of(name);
            var alive = new HashSet<int>();
            foreach (var step in all)
            {
                foreach (var (id, content) in step)
                {
                    if (content is not null) rows.Put($"{id}", content);
                    else if (alive.Contains(id)) rows.Delete($"{id}");
                    if (content is not null) alive.Add(id);
                    else alive.Remove(id);
                }

                await hub.Sync();
            }

            await using var batch = await Hub(name, model);
            await batch.Sync();
            Assert.Equal(await State(batch), await State(hub));
        },
        iter: iter, threads: 2);

    private static async Task<TestHub> Hub(string source, string? model = null)
    {
        var hub = await TestHub.Create();
        hub.UseModel(model ?? SmallBlocks);
        await hub.AddSourceNamed(source);
        return hub;
    }

    /// <summary>All that matching leaves, by source keys, since ids tell who came first.</summary>
    private static async Task<string> State(TestHub hub)
    {
        var keys = await Keys(hub);
        var queue = (await hub.Store.Queue.List(QueueState.Open, 10_000, default)).Select(q => $"{q.Id} {q.Weight:R}").Order(StringComparer.Ordinal);
        var matchKeys = (await hub.Store.Matches.KeysOf([.. keys.Keys], default)).Select(k => $"{keys[k.RecordId]} {k.Key}").Order(StringComparer.Ordinal);
        var finerKeys = (await hub.Store.Matches.FinerKeysOf([.. keys.Keys], default)).Select(k => $"{keys[k.RecordId]} {k.Key} {k.Place}").Order(StringComparer.Ordinal);
        return string.Join('\n', [.. await hub.Partition(), "edges", .. await Edges(hub), "queue", .. queue, "keys", .. matchKeys, "finer keys", .. finerKeys]);
    }

    private static async Task<IReadOnlyList<string>> Edges(TestHub hub)
    {
        var keys = await Keys(hub);
        return
        [
            .. (await hub.Store.Matches.EdgesTouching([.. keys.Keys], default))
                .Select(e => string.CompareOrdinal(keys[e.A], keys[e.B]) < 0 ? $"{keys[e.A]} {keys[e.B]} {e.Weight:R}" : $"{keys[e.B]} {keys[e.A]} {e.Weight:R}").Order(StringComparer.Ordinal),
        ];
    }

    private static async Task<Dictionary<long, string>> Keys(TestHub hub)
    {
        var keys = new Dictionary<long, string>();
        await foreach (var batch in hub.Store.Clean.Stream(EntityKind.Contact, default))
            foreach (var row in batch) keys[row.RecordId] = row.Record.Key.ToString();
        return keys;
    }
}
