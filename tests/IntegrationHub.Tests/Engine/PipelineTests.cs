using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Engine;

public sealed class PipelineTests
{
    private static object Ada(string name = "Ada Byron", string? phone = "+44 20 7946 0018") =>
        new { name, email = "ada.byron@example.com", phone, city = "London", changed = "2026-01-05T10:00:00Z" };

    private static object Alan => new { name = "Alan Turing", email = "alan@bletchley.example", city = "Wilmslow", changed = "2026-01-06T10:00:00Z" };

    [Fact]
    public async Task Records_of_one_contact_in_two_systems_become_one_golden_record()
    {
        await using var hub = await TestHub.Create();
        var (crm, crmRows) = await hub.AddSource();
        var (shop, shopRows) = await hub.AddSource("shop");
        crmRows.Put("1", Ada());
        crmRows.Put("2", Alan);
        shopRows.Put("77", Ada(phone: null));

        var report = await hub.Sync();

        Assert.Equal([$"{crm}/contacts/1 {shop}/contacts/77", $"{crm}/contacts/2"], await hub.Partition());
        Assert.Equal((2, 1), (report.Unified.GoldenRecords, report.Unified.Merges));
        Assert.All(report.Sources, s => Assert.Null(s.Error));
    }

    [Fact]
    public async Task A_second_sync_with_nothing_changed_changes_nothing()
    {
        await using var hub = await TestHub.Create();
        var (_, rows) = await hub.AddSource();
        for (var i = 0; i < 10; i++) rows.Put($"{i}", new { name = $"Name{i} Surname{i}", email = $"n{i}@example.com" });
        await hub.Sync();
        var before = await hub.Goldens();

        var report = await hub.Sync();

        Assert.Equal(before, await hub.Goldens());
        Assert.Equal((0, 0, 0), (report.Sources[0].New, report.Sources[0].Changed, report.Unified.GoldenChanged));
        foreach (var stage in Enum.GetValues<Stage>()) Assert.Equal(0, await hub.Store.Work.Count(stage, default));
    }

    [Fact]
    public async Task Pulling_everything_again_changes_nothing()
    {
        await using var hub = await TestHub.Create();
        var (_, rows) = await hub.AddSource();
        rows.Put("1", Ada());
        rows.Put("2", Alan);
        await hub.Sync();
        var before = await hub.Goldens();

        var report = await hub.Sync(full: true);

        Assert.Equal(before, await hub.Goldens());
        Assert.Equal((2, 2, 0), (report.Sources[0].Pulled, report.Sources[0].Unchanged, report.Unified.GoldenChanged));
    }

    [Fact]
    public async Task A_record_deleted_at_its_source_leaves_its_golden_record()
    {
        await using var hub = await TestHub.Create();
        var (crm, rows) = await hub.AddSource();
        rows.Put("1", Ada());
        rows.Put("2", Ada());
        rows.Put("3", Alan);
        await hub.Sync();
        var before = await hub.Goldens();

        rows.Delete("2");
        rows.Delete("3");
        await hub.Sync();

        var after = Assert.Single(await hub.Goldens());
        Assert.Equal($"{crm}/contacts/1", after.Members);
        Assert.Equal(before[0].Id, after.Id);
    }

    [Fact]
    public async Task A_golden_record_keeps_its_id_when_its_records_change()
    {
        await using var hub = await TestHub.Create();
        var (_, rows) = await hub.AddSource();
        rows.Put("1", Ada());
        await hub.Sync();
        var id = Assert.Single(await hub.Goldens()).Id;

        rows.Put("1", Ada(name: "Ada Lovelace"));
        await hub.Sync();

        var golden = await hub.Store.Golden.Find(id, default);
        Assert.Equal("Lovelace", golden?.Values[Field.LastName]);
    }

    [Fact]
    public async Task A_source_that_refuses_stops_no_other()
    {
        await using var hub = await TestHub.Create();
        var (broken, brokenRows) = await hub.AddSource();
        var (sound, soundRows) = await hub.AddSource();
        brokenRows.Refuses = "the token has expired";
        soundRows.Put("1", Alan);

        var report = await hub.Sync();

        Assert.Equal([$"{sound}/contacts/1"], await hub.Partition());
        Assert.Equal("the token has expired", report.Sources.Single(s => s.Source == broken).Error);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_goes_to_quarantine_and_comes_back_when_it_is_mended()
    {
        await using var hub = await TestHub.Create();
        var (_, rows) = await hub.AddSource();
        rows.PutRaw("1", "[1, 2]"u8.ToArray());
        rows.Put("2", Alan);

        var first = await hub.Sync();
        Assert.Equal(1, first.Sources[0].Quarantined);
        Assert.Single(await hub.Partition());
        var row = Assert.Single(await hub.Store.Quarantine.List(cleared: false, 10, default));
        Assert.Contains("contacts/1", row.What.Error, StringComparison.Ordinal);

        rows.Put("1", Ada());
        await hub.Sync();
        Assert.Equal(2, (await hub.Partition()).Count);
        Assert.Equal(0, await hub.Store.Quarantine.Count(default));
    }

    [Fact]
    public async Task Records_that_arrive_one_at_a_time_end_as_one_batch_does()
    {
        object[] all =
        [
            Ada(), Ada(name: "A. Byron"), Alan, Ada(phone: null), new { name = "Alan M. Turing", email = "alan@bletchley.example" },
            new { name = "Grace Hopper", email = "grace@navy.example", phone = "+1 202 555 0143" }, new { name = "Grace Hopper", phone = "+1 202 555 0143", city = "Arlington" },
        ];
        await using var batch = await TestHub.Create();
        var (batchName, batchRows) = await batch.AddSource();
        for (var i = 0; i < all.Length; i++) batchRows.Put($"{i}", all[i]);
        await batch.Sync();

        await using var single = await TestHub.Create();
        var (singleName, singleRows) = await single.AddSource();
        foreach (var i in new[] { 6, 2, 4, 0, 5, 3, 1 })
        {
            singleRows.Put($"{i}", all[i]);
            await single.Sync();
        }

        Assert.Equal(await batch.Partition(), (await single.Partition()).Select(p => p.Replace(singleName, batchName, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_written_back_unless_the_mapping_says_so()
    {
        await using var hub = await TestHub.Create();
        var (_, rows) = await hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@example.com", phone = "+44 20 7946 0018" });

        await hub.Sync();

        Assert.Equal("+44 20 7946 0018", rows.Value("1", "phone"));
        var preview = await hub.Get<SyncSources>().DryRun(null, default);
        var line = Assert.Single(preview.Lines);
        Assert.Equal(("phone", "+44 20 7946 0018", "+442079460018"), (line.Property, line.Before, line.After));
        Assert.Empty(preview.Enabled);
    }

    [Fact]
    public async Task What_is_written_back_comes_back_without_starting_a_loop()
    {
        await using var hub = await TestHub.Create(writeBack: true);
        var (_, rows) = await hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@example.com", phone = "+44 20 7946 0018", city = "London" });

        var first = await hub.Sync();
        Assert.Equal("+442079460018", rows.Value("1", "phone"));
        Assert.Equal("London", rows.Value("1", "city"));
        Assert.Equal(1, first.WrittenBack.Delivered);

        var second = await hub.Sync();
        Assert.Equal((1, 0), (second.Sources[0].Changed, second.WrittenBack.Delivered));
        Assert.Empty((await hub.Get<SyncSources>().DryRun(null, default)).Lines);
    }
}
