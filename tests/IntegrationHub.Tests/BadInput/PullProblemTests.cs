using IntegrationHub.Store;
using IntegrationHub.Tests.Engine;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.BadInput;

/// <summary>Full pulls with rows that cannot be read, and the kill in the middle of one.</summary>
public sealed class PullProblemTests
{
    [Fact]
    public async Task A_full_pull_killed_behind_a_broken_row_remembers_it_when_it_goes_on()
    {
        await using var hub = await TestHub.Create();
        var (name, system) = await hub.AddSource();
        for (var i = 1; i <= 5; i++) system.Put($"{i}", new { name = $"Ann Berg{i}", email = $"a{i}@example.com" });
        await hub.Sync(full: true);
        var source = SourceName.Parse(name)!.Value;

        // The state that a kill leaves: a pass begun, its first page saved with a row set aside, rows 4 and 5 not yet seen.
        hub.Time.Advance(TimeSpan.FromHours(1));
        var pass = await hub.Store.Sources.BeginPass(source, Streams.Contacts, hub.Time.GetUtcNow(), default);
        await hub.Store.Quarantine.Add([new QuarantineAdd("row", "pull", name, Streams.Contacts, "line 4", null, "broken", "4,Ann", null)], hub.Time.GetUtcNow(), default);
        await hub.Store.Landing.SavePage(source, Streams.Contacts, [], "5", pass, true, hub.Time.GetUtcNow(), default);

        hub.Time.Advance(TimeSpan.FromHours(1));
        var report = Assert.Single((await hub.Sync()).Sources);

        Assert.Equal(0, report.Deleted);
        Assert.Single(await hub.Store.Quarantine.List(false, 10, default));
        Assert.Equal(5, (await hub.Goldens()).Count);

        hub.Time.Advance(TimeSpan.FromHours(1));
        await hub.Sync(full: true);
        Assert.Empty(await hub.Store.Quarantine.List(false, 10, default));
    }
}
