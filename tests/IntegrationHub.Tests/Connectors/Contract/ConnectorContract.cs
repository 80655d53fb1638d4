using System.Text;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;

namespace IntegrationHub.Tests.Connectors;

/// <summary>
/// What every connector promises, run against its system's stand-in. One line makes a connector keep it:
/// <c>public sealed class HubSpotContract : ConnectorContract&lt;HubSpotConnector&gt;;</c> with a <see cref="ContractFixture{T}"/> somewhere in this assembly.
/// </summary>
public abstract class ConnectorContract<T> : IDisposable where T : IConnector
{
    protected ConnectorContract()
    {
        var fixture = typeof(ConnectorContract<>).Assembly.GetTypes().SingleOrDefault(t => !t.IsAbstract && t.IsSubclassOf(typeof(ContractFixture<T>)))
            ?? throw new InvalidOperationException($"Write a class that derives from ContractFixture<{typeof(T).Name}>.");
        Vendor = (ContractFixture<T>?)Activator.CreateInstance(fixture) ?? throw new InvalidOperationException(fixture.Name);
    }

    protected ContractFixture<T> Vendor { get; }

    private IEnumerable<StreamDescription> Streams => Vendor.Connector().Streams;

    [Fact]
    public async Task A_full_pull_delivers_every_row_over_several_pages()
    {
        foreach (var stream in Streams)
        {
            var pages = await Pages(Vendor.Connector(), stream.Name, null);
            Assert.True(pages.Count >= 3, $"{stream.Name}: {pages.Count} pages");
            Assert.True(Vendor.Living(stream.Name).Count >= 5);
            Assert.Equal(Vendor.Living(stream.Name).Order(StringComparer.Ordinal), Final(pages).Where(r => !r.Value.Deleted).Select(r => r.Key).Order(StringComparer.Ordinal));
            Assert.Empty(pages.SelectMany(p => p.Problems));
        }
    }

    [Fact]
    public async Task Two_full_pulls_deliver_the_same_bytes()
    {
        foreach (var stream in Streams)
            Assert.Equal(Texts(await Pages(Vendor.Connector(), stream.Name, null)), Texts(await Pages(Vendor.Connector(), stream.Name, null)));
    }

    [Fact]
    public async Task A_payload_is_one_canonical_JSON_object()
    {
        foreach (var stream in Streams)
            foreach (var record in (await Pages(Vendor.Connector(), stream.Name, null)).SelectMany(p => p.Records))
            {
                Assert.NotNull(record.Payload);
                Assert.Equal((byte)'{', record.Payload[0]);
                Assert.Equal(Encoding.UTF8.GetString(JsonRows.Canonical(record.Payload)), Encoding.UTF8.GetString(record.Payload));
            }
    }

    [Fact]
    public async Task A_pull_that_is_killed_after_any_page_goes_on_from_its_cursor_without_losing_a_row()
    {
        foreach (var stream in Streams)
        {
            var whole = await Pages(Vendor.Connector(), stream.Name, null);
            for (var killedAfter = 1; killedAfter <= whole.Count; killedAfter++)
            {
                var before = await Pages(Vendor.Connector(), stream.Name, null, killedAfter);
                var after = await Pages(Vendor.Connector(), stream.Name, before[^1].Cursor);
                Assert.Equal(Texts(whole), Texts([.. before, .. after]));
            }
        }
    }

    [Fact]
    public async Task Nothing_new_brings_nothing_or_what_is_known_already()
    {
        foreach (var stream in Streams)
        {
            var first = await Pages(Vendor.Connector(), stream.Name, null);
            Vendor.Clock.Advance(TimeSpan.FromHours(1));
            var known = Texts(first).ToHashSet();
            Assert.All(Texts(await Pages(Vendor.Connector(), stream.Name, first[^1].Cursor)), row => Assert.Contains(row, known));
        }
    }

    [Fact]
    public async Task A_row_that_changed_comes_with_the_next_pull_and_only_then()
    {
        foreach (var stream in Streams.Where(s => !Vendor.IsOfDeeds(s.Name)))
        {
            var first = await Pages(Vendor.Connector(), stream.Name, null);
            Vendor.Clock.Advance(TimeSpan.FromHours(1));
            var id = Vendor.Living(stream.Name)[2];
            Vendor.Change(stream.Name, id);
            var second = await Next(stream.Name, first[^1].Cursor);
            Assert.NotEqual(Final(first)[id].Payload, Final(second)[id].Payload);
            Vendor.Clock.Advance(TimeSpan.FromHours(1));
            var third = await Next(stream.Name, second[^1].Cursor);
            Assert.DoesNotContain(third.SelectMany(p => p.Records), r => r.ExternalId == id && !r.Payload.AsSpan().SequenceEqual(Final(second)[id].Payload));
        }
    }

    [Fact]
    public async Task A_row_changed_while_the_pull_runs_is_not_lost()
    {
        foreach (var stream in Streams.Where(s => !Vendor.IsOfDeeds(s.Name)))
        {
            var id = Vendor.Living(stream.Name)[0];
            var connector = Vendor.Connector();
            var pages = new List<PullPage>();
            await foreach (var page in connector.Pull(stream.Name, null, default))
            {
                pages.Add(page);
                Vendor.Clock.Advance(TimeSpan.FromSeconds(30));
                if (pages.Count == 2) Vendor.Change(stream.Name, id);
            }
            Vendor.Clock.Advance(TimeSpan.FromHours(1));
            pages.AddRange(await Next(stream.Name, pages[^1].Cursor));
            var now = Final(await Pages(Vendor.Connector(), stream.Name, null));
            Assert.Equal(now[id].Payload, Final(pages)[id].Payload);
            Assert.Equal(Vendor.Living(stream.Name).Order(), Final(pages).Where(r => !r.Value.Deleted).Select(r => r.Key).Order());
        }
    }

    [Fact]
    public async Task A_deletion_is_told()
    {
        foreach (var stream in Streams.Where(s => !Vendor.IsOfDeeds(s.Name)))
        {
            var first = await Pages(Vendor.Connector(), stream.Name, null);
            Vendor.Clock.Advance(TimeSpan.FromHours(1));
            var id = Vendor.Living(stream.Name)[1];
            Vendor.Delete(stream.Name, id);
            if (stream.Deletions == DeletionStyle.Reported) Assert.True(Final(await Pages(Vendor.Connector(), stream.Name, first[^1].Cursor))[id].Deleted);
            var full = Final(await Pages(Vendor.Connector(), stream.Name, null));
            Assert.True(!full.TryGetValue(id, out var told) || told.Deleted);
        }
    }

    [Fact]
    public async Task Cancelling_ends_a_pull()
    {
        using var stop = new CancellationTokenSource();
        var stream = Streams.First().Name;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var page in Vendor.Connector().Pull(stream, null, stop.Token)) await stop.CancelAsync();
        });
    }

    [Fact]
    public void A_stream_that_is_not_there_is_refused_by_name()
    {
        var refused = Assert.Throws<ConnectorException>(() => Vendor.Connector().Pull("tickets", null, default));
        Assert.Contains("the-source", refused.Message);
        Assert.Contains("tickets", refused.Message);
    }

    [Fact]
    public async Task A_cursor_that_cannot_be_read_says_how_to_begin_anew()
    {
        var stream = Streams.First().Name;
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Pages(Vendor.Connector(), stream, "{broken"));
        Assert.Contains("--full", refused.Message);
    }

    [Fact]
    public async Task A_check_says_that_all_is_well()
    {
        var check = await Vendor.Connector().Check(default);
        Assert.True(check.Ok, check.Message);
        Assert.NotEmpty(check.Message);
    }

    [Fact]
    public async Task Discover_names_fields_that_payloads_have()
    {
        foreach (var stream in Streams)
        {
            if (Vendor.Connector() is not IDiscover discover) return;
            var payloads = (await Pages(Vendor.Connector(), stream.Name, null)).SelectMany(p => p.Records).Select(r => r.Payload).OfType<byte[]>().ToList();
            var fields = await discover.Discover(stream.Name, default);
            Assert.NotEmpty(fields);
            Assert.Contains(fields, f => payloads.Any(p => JsonRows.Text(p, f.Path.Split('.')) is { Length: > 0 }));
            Assert.Equal(fields.Select(f => f.Path).Distinct(), fields.Select(f => f.Path));
        }
    }

    [Fact]
    public void It_has_a_readme_that_names_its_streams_and_recorded_answers()
    {
        var readme = File.ReadAllText(Path.Combine(ConnectorFolder.Of(typeof(T)), "README.md"));
        Assert.All(Streams, s => Assert.Contains(s.Name, readme));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(ConnectorFolder.Of(typeof(T)), "Fixtures")));
    }

    protected static async Task<List<PullPage>> Pages(IConnector connector, string stream, string? cursor, int atMost = int.MaxValue)
    {
        var pages = new List<PullPage>();
        await foreach (var page in connector.Pull(stream, cursor, default))
        {
            pages.Add(page);
            if (pages.Count == atMost) break;
        }
        return pages;
    }

    /// <summary>As the engine pulls: in full where the connector asks for it.</summary>
    private Task<List<PullPage>> Next(string stream, string cursor)
    {
        var connector = Vendor.Connector();
        return Pages(connector, stream, connector is IFullPullWhenChanged asked && asked.NeedsFullPull(stream, cursor) ? null : cursor);
    }

    /// <summary>The last word about each row.</summary>
    protected static Dictionary<string, RawRecord> Final(IEnumerable<PullPage> pages)
    {
        var last = new Dictionary<string, RawRecord>(StringComparer.Ordinal);
        foreach (var record in pages.SelectMany(p => p.Records)) last[record.ExternalId] = record;
        return last;
    }

    private static List<string> Texts(IEnumerable<PullPage> pages) =>
        [.. Final(pages).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key} {r.Value.Deleted} {Encoding.UTF8.GetString(r.Value.Payload ?? [])}")];

    public void Dispose()
    {
        Vendor.Dispose();
        GC.SuppressFinalize(this);
    }
}
