using IntegrationHub.Engine.Actions;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Engine;

public sealed class UndoTests
{
    private static object Ada(string email = "ada@example.com", string? phone = "+44 20 7946 0018") => new { name = "Ada Byron", email, phone, city = "London" };

    [Fact]
    public async Task Undoing_a_merge_of_two_golden_records_restores_both_under_their_own_ids()
    {
        await using var hub = await TestHub.Create();
        var (_, rows) = await hub.AddSource();
        rows.Put("1", Ada());
        rows.Put("2", new { name = "Augusta King", email = "augusta@example.com" });
        await hub.Sync();
        var before = await hub.Goldens();
        Assert.Equal(2, before.Count);

        rows.Put("2", Ada());
        await hub.Sync();
        Assert.Single(await hub.Goldens());
        var merge = Assert.Single(await hub.Store.Golden.Merges(10, default));
        var absorbed = Assert.IsType<GoldenId>(merge.Absorbed);
        Assert.Equal(merge.Survivor, (await hub.Store.Golden.Find(absorbed, default))?.Id);

        await hub.Get<ReviewQueue>().Undo(merge.Id.ToString(), TestHub.Admin, "two people", default);

        var after = await hub.Goldens();
        Assert.Equal(before.Select(g => (g.Id, g.Members)), after.Select(g => (g.Id, g.Members)));
        Assert.NotNull((await hub.Store.Golden.FindMerge(merge.Id, default))?.UndoneAt);
    }

    [Fact]
    public async Task An_undone_merge_stays_undone_in_every_later_run()
    {
        await using var hub = await TestHub.Create();
        var (_, rows) = await hub.AddSource();
        rows.Put("1", Ada());
        rows.Put("2", Ada());
        await hub.Sync();
        var merge = Assert.Single(await hub.Store.Golden.Merges(10, default));
        await hub.Get<ReviewQueue>().Undo(merge.Id.ToString(), TestHub.Admin, null, default);
        Assert.Equal(2, (await hub.Goldens()).Count);

        rows.Put("2", Ada(phone: "+44 20 7946 0019"));
        await hub.Sync();
        await hub.Sync(full: true);

        Assert.Equal(2, (await hub.Goldens()).Count);
    }

    [Fact]
    public async Task A_later_record_does_not_join_what_was_parted()
    {
        await using var hub = await TestHub.Create();
        var (crm, rows) = await hub.AddSource();
        rows.Put("1", Ada());
        rows.Put("2", Ada());
        await hub.Sync();
        var merge = Assert.Single(await hub.Store.Golden.Merges(10, default));
        await hub.Get<ReviewQueue>().Undo(merge.Id.ToString(), TestHub.Admin, null, default);

        rows.Put("3", Ada());
        await hub.Sync();

        var together = (await hub.Partition()).Where(p => p.Contains($"{crm}/contacts/1", StringComparison.Ordinal) && p.Contains($"{crm}/contacts/2", StringComparison.Ordinal));
        Assert.Empty(together);
    }

    [Fact]
    public async Task The_same_merge_cannot_be_undone_twice()
    {
        await using var hub = await TestHub.Create();
        var (_, rows) = await hub.AddSource();
        rows.Put("1", Ada());
        rows.Put("2", Ada());
        await hub.Sync();
        var merge = Assert.Single(await hub.Store.Golden.Merges(10, default));
        var queue = hub.Get<ReviewQueue>();
        await queue.Undo(merge.Id.ToString(), TestHub.Admin, null, default);

        var refused = await Assert.ThrowsAsync<NotPossibleException>(() => queue.Undo(merge.Id.ToString(), TestHub.Admin, null, default));
        Assert.Contains("taken back", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_may_not_undo()
    {
        await using var hub = await TestHub.Create();
        await Assert.ThrowsAsync<RefusedException>(() => hub.Get<ReviewQueue>().Undo(Guid.Empty.ToString(), new Actor("eve", Role.Viewer), null, default));
    }
}
