using System.Collections.Concurrent;
using CsCheck;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Merging;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Engine;

public sealed class HygieneTests
{
    private static readonly string?[] Names = ["Ada Byron", "A. Byron", "Alan Stone", "Test Test", "N/A", null];
    private static readonly string?[] Emails = ["ada@byron.name", "Ada@Byron.name", "info@stone.name", "test@test.com", "alan@example.org", null];
    private static readonly string?[] Phones = ["+44 20 7946 0018", "+49 30 901820", null];
    private static readonly string?[] Words = ["yes", "no", "bounced", null];

    /// <summary>What happens to the hub, one thing at a time.</summary>
    private enum Deed
    {
        Put,
        Delete,
        Sync,
        KilledSync,
        Merge,
        Reject,
        Undo,
        Suppress,
        Release,
    }

    private static readonly Gen<(Deed What, int A, int B, int C, int D)> Deeds = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(Deed.Put)), (1, Gen.Const(Deed.Delete)), (3, Gen.Const(Deed.Sync)), (1, Gen.Const(Deed.KilledSync)), (2, Gen.Const(Deed.Merge)),
            (1, Gen.Const(Deed.Reject)), (1, Gen.Const(Deed.Undo)), (2, Gen.Const(Deed.Suppress)), (1, Gen.Const(Deed.Release))),
        Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 5]);

    [Fact]
    public async Task The_kept_status_is_what_judging_everything_from_scratch_gives()
    {
        var seen = new ConcurrentDictionary<HygieneReasons, bool>();
        await Deeds.Array[4, 24].SampleAsync(
            async deeds =>
            {
                await using var hub = await TestHub.Create();
                var world = new World(hub, [(await hub.AddSource()).Name, (await hub.AddSource("shop")).Name]);
                foreach (var deed in deeds) await world.Do(deed.What, deed.A, deed.B, deed.C, deed.D);
                await hub.Sync();
                await AssertKept(hub, seen);
            },
            iter: 25,
            seed: "0000hygiene0");

        // The deeds reach what they are to try.
        foreach (var reason in HygieneCodes.All.Where(r => r.Reason is not (HygieneReasons.Retired or HygieneReasons.SharedPhone)))
            Assert.Contains(seen.Keys, s => s.HasFlag(reason.Reason));
    }

    [Fact]
    public async Task A_bounce_that_one_system_tells_holds_for_every_contact_with_the_address_and_ends_when_it_is_taken_back()
    {
        await using var hub = await TestHub.Create();
        var (_, crm) = await hub.AddSource();
        var (_, mail) = await hub.AddSource("mail");
        crm.Put("1", new { name = "Ada Byron", email = "office@byron.name", city = "London" });
        crm.Put("2", new { name = "Konrad Adler", email = "office@byron.name", city = "Wien" });
        await hub.Sync();
        Assert.Equal(2, (await Statuses(hub)).Count);
        Assert.DoesNotContain(await Statuses(hub), s => s.Reasons.HasFlag(HygieneReasons.EmailUndeliverable));

        mail.Put("9", new { name = "Office", email = "office@byron.name", mail = "bounced" });
        await hub.Sync();
        Assert.All(await Statuses(hub), s => Assert.True(s.Reasons.HasFlag(HygieneReasons.EmailUndeliverable) && s.Status == HygieneStatus.Blocked, $"{s}"));

        mail.Put("9", new { name = "Office", email = "office@byron.name", mail = "yes" });
        await hub.Sync();
        Assert.DoesNotContain(await Statuses(hub), s => s.Reasons.HasFlag(HygieneReasons.EmailUndeliverable));
    }

    [Fact]
    public async Task A_suppression_for_one_purpose_leaves_the_status_and_one_for_all_does_not()
    {
        await using var hub = await TestHub.Create();
        var (_, crm) = await hub.AddSource();
        crm.Put("1", new { name = "Ada Byron", email = "Ada@byron.name" });
        await hub.Sync();

        await hub.Store.Suppressions.Add([Suppression("ada@byron.name", "marketing")], [], default);
        Assert.Equal([new Hygiene(HygieneStatus.Ready, HygieneReasons.None)], await Statuses(hub));

        var all = Suppression("ada@byron.name", Purposes.Every);
        await hub.Store.Suppressions.Add([all], [], default);
        await hub.Store.Suppressions.Add([all], [], default);
        Assert.Equal([new Hygiene(HygieneStatus.Blocked, HygieneReasons.EmailUndeliverable)], await Statuses(hub));

        Assert.Equal(1, await hub.Store.Suppressions.Release([all.Id], "ada", null, [], hub.Time.GetUtcNow(), default));
        Assert.Equal(0, await hub.Store.Suppressions.Release([all.Id], "ada", null, [], hub.Time.GetUtcNow(), default));
        Assert.Equal([new Hygiene(HygieneStatus.Ready, HygieneReasons.None)], await Statuses(hub));
        Assert.Equal([null, "ada"], (await hub.Store.Suppressions.For(Channel.Email, "ADA@byron.name", default)).Select(s => s.ReleasedBy));
    }

    [Fact]
    public async Task The_counts_are_those_of_the_living_contacts()
    {
        await using var hub = await TestHub.Create();
        var (_, crm) = await hub.AddSource();
        crm.Put("1", new { name = "Ada Byron", email = "ada@byron.name" });
        crm.Put("2", new { name = "Alan Stone", email = "alan@stone.name" });
        crm.Put("3", new { name = "Konrad Adler", city = "Wien" });
        await hub.Sync();
        crm.Delete("2");
        await hub.Sync();

        Assert.Equal(
            [new(new Hygiene(HygieneStatus.Ready, HygieneReasons.None), 1), new HygieneCount(new Hygiene(HygieneStatus.Blocked, HygieneReasons.NoAddress), 1)],
            await hub.Store.Golden.HygieneCounts(default));
    }

    internal static SuppressionAdd Suppression(string point, string purpose, Channel channel = Channel.Email) =>
        new(Guid.CreateVersion7(), channel, point, purpose, SuppressionReason.Request, null, "ada", new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    /// <summary>Judges every living golden record from the tables as they stand, by other ways than the writers use.</summary>
    internal static async Task AssertKept(TestHub hub, ConcurrentDictionary<HygieneReasons, bool>? seen = null)
    {
        var goldens = new Dictionary<GoldenId, GoldenRow>();
        await foreach (var batch in hub.Store.Golden.Stream(null, default))
            foreach (var golden in batch) goldens[golden.Id] = golden;
        var queue = (await hub.Store.Queue.List(QueueState.Open, int.MaxValue, default)).Where(q => q.GoldenA is not null && q.GoldenB is not null && q.GoldenA != q.GoldenB).ToList();
        foreach (var golden in goldens.Values)
        {
            var detail = await hub.Store.Golden.Show(golden.Id, default);
            var other = queue.Where(q => q.GoldenA == golden.Id).Select(q => q.GoldenB).Concat(queue.Where(q => q.GoldenB == golden.Id).Select(q => q.GoldenA)).OfType<GoldenId>().Distinct();
            var expected = HygieneRules.Of(new HygieneFacts(
                golden.Kind, false, golden.Values,
                [.. detail!.Sources.SelectMany(s => s.Record.Issues).Where(i => i.Code.Value == "name.junk").Select(i => i.Raw).OfType<string>()],
                await Undeliverable(hub, Channel.Email, golden.Values[Field.Email]),
                await Undeliverable(hub, Channel.Sms, golden.Values[Field.Phone]),
                [.. other.Select(o => goldens[o].Values)]));
            Assert.True(expected == golden.Hygiene, $"{golden.Id} is kept as {golden.Hygiene}, and is {expected}");
            seen?.TryAdd(golden.Hygiene.Reasons, true);
        }
    }

    private static async Task<bool> Undeliverable(TestHub hub, Channel channel, string? point)
    {
        if (point is null) return false;
        var ledger = await hub.Store.Consents.For(channel, point, default);
        if (ledger.GroupBy(l => (l.Key, l.Purpose)).Any(g => g.Last().State == ConsentState.Suppressed)) return true;
        return (await hub.Store.Suppressions.For(channel, point, default)).Any(s => s.ReleasedAt is null && s.Purpose == "*");
    }

    private static async Task<IReadOnlyList<Hygiene>> Statuses(TestHub hub)
    {
        var all = new List<Hygiene>();
        await foreach (var batch in hub.Store.Golden.Stream(null, default)) all.AddRange(batch.Select(g => g.Hygiene));
        return all;
    }

    /// <summary>Two systems and a queue, with few values, so that they meet often.</summary>
    private sealed class World(TestHub hub, string[] sources)
    {
        private readonly HashSet<(string, string)> there = [];
        private readonly Stack<Guid> suppressions = [];

        public async Task Do(Deed what, int a, int b, int c, int d)
        {
            var (source, id) = (sources[a % 2], $"{b}");
            switch (what)
            {
                case Deed.Put:
                    MemorySystem.Of(source).Put(id, new { name = Names[c], email = Emails[d], phone = Phones[(b + c + d) % 3], city = "London", mail = Words[(a + c) % 4] });
                    there.Add((source, id));
                    break;
                case Deed.Delete when there.Remove((source, id)):
                    MemorySystem.Of(source).Delete(id);
                    break;
                case Deed.Sync:
                    await hub.Sync();
                    break;
                case Deed.KilledSync:
                    await KilledAfter(c);
                    break;
                case Deed.Merge or Deed.Reject when await hub.Store.Queue.List(QueueState.Open, 10, default) is { Count: > 0 } open:
                    var pair = open[c % open.Count].Id;
                    await (what == Deed.Merge ? hub.Get<ReviewQueue>().Merge(pair, TestHub.Admin, null, default) : hub.Get<ReviewQueue>().Reject(pair, TestHub.Admin, null, default));
                    break;
                case Deed.Undo when (await hub.Store.Golden.Merges(10, default)).FirstOrDefault(m => m.UndoneAt is null) is { } merge:
                    await hub.Get<ReviewQueue>().Undo(merge.Id.ToString(), TestHub.Admin, null, default);
                    break;
                case Deed.Suppress:
                    var add = c % 2 == 0 && Emails[d] is { } email
                        ? Suppression(email, b % 3 == 0 ? "marketing" : "*")
                        : Suppression("+442079460018", "*", Channel.Sms);
                    await hub.Store.Suppressions.Add([add], [], default);
                    suppressions.Push(add.Id);
                    break;
                case Deed.Release when suppressions.TryPop(out var last):
                    await hub.Store.Suppressions.Release([last], "ada", null, [], hub.Time.GetUtcNow(), default);
                    break;
            }
        }

        /// <summary>A run that ends between two transactions, as a killed process does.</summary>
        private async Task KilledAfter(int reports)
        {
            using var stop = new CancellationTokenSource();
            var left = reports;
            try
            {
                await hub.Get<SyncSources>().Run(null, false, TestHub.Admin, new Now<RunProgress>(_ => { if (left-- == 0) stop.Cancel(); }), stop.Token);
            }
            catch (OperationCanceledException)
            {
                // That is the kill.
            }
        }
    }

    private sealed class Now<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
