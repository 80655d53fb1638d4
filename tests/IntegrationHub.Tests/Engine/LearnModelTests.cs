using System.Globalization;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Engine;

public sealed class LearnModelTests
{
    [Fact]
    public async Task A_model_is_learnt_from_the_stored_records_with_its_hub_values_and_put_in_force()
    {
        await using var hub = await Filled();

        var written = await hub.Get<LearnModel>().Learn(EntityKind.Contact, null, TestHub.Admin, default);

        var inForce = Models.Load(hub.Mappings).Of(EntityKind.Contact);
        Assert.Equal(Path.Combine(hub.Mappings, "models", "contacts.json"), written.File);
        Assert.Equal((written.Before.Number + 1, 600L, hub.Time.GetUtcNow()), (inForce.Number, inForce.LearntFrom?.Records, inForce.LearntFrom?.At));
        Assert.True(inForce.LearntFrom?.Pairs >= 300);
        Assert.NotEqual(written.Before.Version, inForce.Version);
        Assert.Equal(new HubValue("phone", "442079460018", 300), Assert.Single(inForce.Hubs.All));

        // Every second record of a contact has another city, which the built-in model takes to be rare.
        double City(MatchModel m) => m.Levels().Single(l => l is { Comparison: "address", Level: "differs" }).M;
        Assert.True(City(inForce) > City(written.Before));
    }

    [Fact]
    public async Task Learning_twice_from_the_same_records_leaves_the_file_as_it_is()
    {
        await using var hub = await Filled();
        var first = await hub.Get<LearnModel>().Learn(EntityKind.Contact, null, TestHub.Admin, default);
        var text = await File.ReadAllTextAsync(first.File ?? "");
        hub.Time.Advance(TimeSpan.FromDays(30));

        var second = await Again(hub).Learn(EntityKind.Contact, null, TestHub.Admin, default);

        Assert.Null(second.File);
        Assert.Equal(text, await File.ReadAllTextAsync(first.File ?? ""));
    }

    [Fact]
    public async Task The_former_file_is_kept_and_what_people_chose_in_it_stays()
    {
        await using var hub = await Filled();
        hub.UseModel(MatchModel.BuiltIn(EntityKind.Contact).ToJson().Replace("\"auto\": 0.98", "\"auto\": 0.995", StringComparison.Ordinal).Replace("\"block_cap\": 250", "\"block_cap\": 99", StringComparison.Ordinal));

        var written = await Again(hub).Learn(EntityKind.Contact, null, TestHub.Admin, default);

        Assert.Contains("\"auto\": 0.995", await File.ReadAllTextAsync(written.KeptAs ?? ""), StringComparison.Ordinal);
        var inForce = Models.Load(hub.Mappings).Of(EntityKind.Contact);
        Assert.Equal((99, Math.Log2(199)), (inForce.BlockCap, inForce.AutoWeight), new NearWeight());
    }

    [Fact]
    public async Task With_a_file_given_nothing_is_put_in_force()
    {
        await using var hub = await Filled();
        var file = Path.Combine(hub.Folder, "tried.json");

        var written = await hub.Get<LearnModel>().Learn(EntityKind.Contact, file, TestHub.Admin, default);

        Assert.False(written.InForce);
        Assert.False(File.Exists(Path.Combine(hub.Mappings, "models", "contacts.json")));
        Assert.Equal(written.Model.Number, MatchModel.Parse(await File.ReadAllTextAsync(file), file).Number);
    }

    [Fact]
    public async Task Too_few_records_are_refused()
    {
        await using var hub = await TestHub.Create();
        var error = await Assert.ThrowsAsync<NotPossibleException>(() => hub.Get<LearnModel>().Learn(EntityKind.Company, null, TestHub.Admin, default));
        Assert.StartsWith("There are 0 company records: from fewer than 500 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_that_have_doubled_since_are_told_with_the_cure()
    {
        await using var hub = await Filled();
        await hub.Get<LearnModel>().Learn(EntityKind.Contact, null, TestHub.Admin, default);
        Assert.StartsWith("contacts: learnt from 600 records on 2026-03-01, now there are 600; ", await Again(hub).Drift(default), StringComparison.Ordinal);

        var file = Path.Combine(hub.Mappings, "models", "contacts.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"records\": 600,", "\"records\": 299,", StringComparison.Ordinal));

        Assert.Contains("far from what it was learnt from. Learn again: hub model learn --entity contact", await Again(hub).Drift(default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decisions_correct_the_calibration_and_what_is_stated_follows()
    {
        await using var hub = await TestHub.Create();
        var (crm, rows) = await hub.AddSource();
        for (var i = 0; i < 120; i++) rows.Put(Id(i), new { name = $"{Given(i / 2)} {Last(i / 2)}", city = i % 2 == 0 ? "London" : "Leeds" });
        await hub.Sync();
        var ids = await hub.Store.Landing.Ids([.. Enumerable.Range(0, 120).Select(i => new SourceKey(crm, Streams.Contacts, Id(i)))], default);
        for (var i = 0; i < 60; i++)
        {
            var (a, b) = (new SourceKey(crm, Streams.Contacts, Id(2 * i)), new SourceKey(crm, Streams.Contacts, Id((2 * i) + 1)));
            await hub.Store.Matches.Save(new MatchSave([], [], [], [], [new QueuePair($"p{i}", ids[a], ids[b], 1)], []), hub.Time.GetUtcNow(), default);
            var word = new Decision(Guid.CreateVersion7(), true, "ada", hub.Time.GetUtcNow(), null, "review");
            Assert.Equal(DecisionOutcome.Saved, await hub.Store.Decisions.Add(new DecisionSave(word, [new PairDecision(a, b, true)], [], $"p{i}", [], []), default));
        }

        var before = await hub.Get<CalibrateModel>().Run(EntityKind.Contact, apply: true, TestHub.Admin, default);
        var after = await new CalibrateModel(hub.Store, Models.Load(hub.Mappings), Again(hub), hub.Time).Run(EntityKind.Contact, apply: false, TestHub.Admin, default);

        Assert.Equal((60, 60, 0), (before.Decided, before.Same, before.Gone));
        double Stated(ReviewCalibration c) => c.Bands.Sum(b => b.Stated * b.Pairs) / c.Bands.Sum(b => b.Pairs);
        Assert.True(Stated(after) > Stated(before) + 0.1, $"{Stated(before)} {Stated(after)}");
        Assert.Equal(60, Models.Load(hub.Mappings).Of(EntityKind.Contact).CalibratedBy?.Decisions);
    }

    [Fact]
    public async Task Too_few_decisions_calibrate_nothing()
    {
        await using var hub = await TestHub.Create();
        Assert.Empty((await hub.Get<CalibrateModel>().Run(EntityKind.Contact, apply: false, TestHub.Admin, default)).Bands);
        await Assert.ThrowsAsync<NotPossibleException>(() => hub.Get<CalibrateModel>().Run(EntityKind.Contact, apply: true, TestHub.Admin, default));
        Assert.False(File.Exists(Path.Combine(hub.Mappings, "models", "contacts.json")));
    }

    /// <summary>300 contacts twice, by the same mailbox; the second of each has another city, and every second record the number of a switchboard.</summary>
    private static async Task<TestHub> Filled()
    {
        var hub = await TestHub.Create();
        var (_, rows) = await hub.AddSource();
        for (var i = 0; i < 600; i++)
            rows.Put(Id(i), new { name = $"{Given(i / 2)} {Last(i / 2)}", email = $"m{i / 2}x@example.com", city = i % 2 == 0 ? "London" : "Leeds", phone = i % 2 == 0 ? "+44 20 7946 0018" : null });
        await hub.Sync();
        return hub;
    }

    private static LearnModel Again(TestHub hub) => new(hub.Store, Models.Load(hub.Mappings), hub.Get<EngineSettings>(), hub.Time);

    private static string Id(int i) => i.ToString("000", CultureInfo.InvariantCulture);

    private static string Given(int i) => $"{"BDGLMNRTKP"[i % 10]}a{"lmnrtkdpgs"[i / 10 % 10]}o";

    private static string Last(int i) => $"{"KTRLNMPDGS"[i / 40 % 10]}e{"trlnkmdgps"[i % 10]}{(i / 10 % 4) switch { 0 => "auer", 1 => "inger", 2 => "old", _ => "usch" }}";

    private sealed class NearWeight : IEqualityComparer<(int, double)>
    {
        public bool Equals((int, double) x, (int, double) y) => x.Item1 == y.Item1 && Math.Abs(x.Item2 - y.Item2) < 1e-6;

        public int GetHashCode((int, double) obj) => 0;
    }
}
