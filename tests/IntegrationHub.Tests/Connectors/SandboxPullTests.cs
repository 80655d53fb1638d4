using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Connectors.HubSpot;
using IntegrationHub.Sandbox;
using IntegrationHub.Sandbox.Http;
using IntegrationHub.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Tests.Connectors;

/// <summary>The connectors against the sandbox, which was written from the vendors' facts independently of them.</summary>
public sealed class SandboxPullTests : IAsyncLifetime
{
    private readonly SkippingClock clock = new("2026-11-02T08:00:00Z");
    private readonly ServiceProvider services;
    private SandboxServer? sandbox;

    public SandboxPullTests()
    {
        var collection = new ServiceCollection().AddConnectHttp(clock);
        collection.AddHttpClient("control");
        services = collection.BuildServiceProvider();
    }

    [Theory]
    [InlineData("hubspot", "contacts", 1)]
    [InlineData("mailchimp", "contacts", 2)]
    [InlineData("shopify", "contacts", 3)]
    [InlineData("shopify", "orders", 4)]
    [InlineData("files", "contacts", 5)]
    [InlineData("shopify", "carts", 6)]
    public async Task A_copy_pulled_under_limits_and_faults_while_the_system_changes_and_killed_at_random_is_the_system(string name, string stream, int seed)
    {
        var dice = new Random(seed);
        var copy = new Copy();
        string? cursor = null;
        for (var killed = 0; killed < 8; killed++) cursor = await Run(name, stream, cursor, copy, dice, diesAfter: dice.Next(1, 4), changing: true);
        cursor = await Run(name, stream, cursor, copy, dice, int.MaxValue, changing: true);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Change(dice, deletions: false);
        clock.Advance(TimeSpan.FromMinutes(1));
        cursor = await Run(name, stream, cursor, copy, dice, int.MaxValue, changing: false);

        var fresh = new Copy();
        await Run(name, stream, null, fresh, dice, int.MaxValue, changing: false);
        var living = (await Living(name, stream)).Order(StringComparer.Ordinal).ToList();
        Assert.True(living.Count > 150);
        Assert.Equal(living, fresh.Living.Keys.Order(StringComparer.Ordinal));
        Assert.All(living, id => Assert.Equal(Content(fresh.Living[id]), Content(copy.Living.GetValueOrDefault(id) ?? "{}"u8.ToArray())));
        if (name is "hubspot" or "files") Assert.Equal(living, copy.Living.Keys.Order(StringComparer.Ordinal));   // the others tell of deletions by a full pull only
    }

    [Fact]
    public async Task What_members_did_comes_whole_through_faults_and_kills_and_later_only_what_is_new()
    {
        var dice = new Random(7);
        var copy = new Copy();
        string? cursor = null;
        for (var killed = 0; killed < 5; killed++) cursor = await Run("mailchimp", "events", cursor, copy, dice, diesAfter: dice.Next(1, 4), changing: false);
        cursor = await Run("mailchimp", "events", cursor, copy, dice, int.MaxValue, changing: false);
        var done = Acts();
        Assert.True(done > 200);
        Assert.Equal(done, copy.Living.Count);

        clock.Advance(TimeSpan.FromHours(1));
        await Post("clicks?count=5");
        clock.Advance(TimeSpan.FromMinutes(1));
        var news = new Copy();
        cursor = await Run("mailchimp", "events", cursor, news, dice, int.MaxValue, changing: false);
        Assert.Equal(5, news.Living.Keys.Except(copy.Living.Keys).Count());
        Assert.Equal(5, Told("mailchimp", "events", news.Living.Where(r => !copy.Living.ContainsKey(r.Key))).Count(e => e.Type == "email.clicked"));

        int Acts() => (sandbox ?? throw new InvalidOperationException()).Estate.Mailchimp.Campaigns.Sum(c => c.Acts.Select(a => (a.Member.Id, a.Action, a.At, a.Detail)).Distinct().Count());
    }

    [Fact]
    public async Task What_customers_buy_return_and_leave_is_told_once_by_the_next_pull()
    {
        var dice = new Random(8);
        var orders = new Copy();
        var carts = new Copy();
        var orderCursor = await Run("shopify", "orders", null, orders, dice, int.MaxValue, changing: false);
        var cartCursor = await Run("shopify", "carts", null, carts, dice, int.MaxValue, changing: false);
        var known = Told("shopify", "orders", orders.Living).Concat(Told("shopify", "carts", carts.Living)).Select(e => e.Id).ToHashSet();
        clock.Advance(TimeSpan.FromHours(1));
        await Post("orders?count=4");
        await Post("carts?count=3");
        await Post("refunds?count=2");
        clock.Advance(TimeSpan.FromMinutes(1));
        await Run("shopify", "orders", orderCursor, orders, dice, int.MaxValue, changing: false);
        await Run("shopify", "carts", cartCursor, carts, dice, int.MaxValue, changing: false);
        var news = Told("shopify", "orders", orders.Living).Concat(Told("shopify", "carts", carts.Living)).Where(e => !known.Contains(e.Id)).ToList();
        Assert.Equal(
            [("cart.updated", 3), ("checkout.started", 3), ("order.placed", 4), ("order.refunded", 2)],
            news.GroupBy(e => e.Type).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Count())));
        Assert.All(news.Where(e => e.Type != "order.refunded"), e => Assert.True(e.Properties.AmountMinor > 0 && e.Properties.Items.Length > 0 && e.Contact.ExternalId is not null));
    }

    private static List<IntegrationHub.Workflows.HubEvent> Told(string name, string stream, IEnumerable<KeyValuePair<string, byte[]>> rows)
    {
        var file = Path.Combine(Recipes.Repository.Mappings, "sources", $"{name}.{stream}.yaml");
        var mapping = IntegrationHub.Engine.Recipes.EventMappingFile.Parse(File.ReadAllText(file), file);
        return [.. rows.SelectMany(r => mapping.Apply(new SourceKey(name, stream, r.Key), r.Value).Events)];
    }

    private async Task Post(string what)
    {
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("control");
        using var done = await client.PostAsync(new Uri(sandbox?.Url ?? throw new InvalidOperationException(), $"_sandbox/{what}"), null);
        done.EnsureSuccessStatusCode();
    }

    /// <summary>Without the customer of an order, who vanishes from it on being deleted although the order does not count as updated.</summary>
    private static string Content(byte[] payload) => Encoding.UTF8.GetString(JsonRows.Canonical(payload, "customer"));

    /// <summary>As the engine does it: page by page with its cursor, in full where there is no cursor or the connector asks for it; dies behind a page.</summary>
    private async Task<string?> Run(string name, string stream, string? cursor, Copy copy, Random dice, int diesAfter, bool changing)
    {
        var connector = Connector(name);
        if (cursor is not null && connector is IFullPullWhenChanged asked && asked.NeedsFullPull(stream, cursor)) cursor = null;
        if (cursor is null) copy.BeginPass();
        await foreach (var page in connector.Pull(stream, cursor, default))
        {
            copy.Land(page);
            cursor = page.Cursor;
            if (--diesAfter == 0) return cursor;
            if (changing && dice.Next(3) == 0) await Change(dice, deletions: true);
        }
        copy.EndPass();
        return cursor;
    }

    private IConnector Connector(string name)
    {
        var server = sandbox ?? throw new InvalidOperationException();
        var token = name switch { "hubspot" => server.HubSpotToken, "mailchimp" => server.MailchimpToken, "shopify" => server.ShopifyToken, _ => null };
        return new ConnectorCatalogue(typeof(HubSpotConnector).Assembly).Create(name, new ConnectorContext(
            SourceName.Parse(name) ?? throw new InvalidOperationException(), name == "files" ? null : server.UrlOf(name), token, server.Estate.Files.Folder,
            services.GetRequiredService<IHttpClientFactory>(), clock, NullLogger.Instance)
        { KeyColumns = ["Badge"] });
    }

    private async Task Change(Random dice, bool deletions)
    {
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("control");
        using var changed = await client.PostAsync(new Uri(sandbox?.Url ?? throw new InvalidOperationException(), $"_sandbox/change?count={dice.Next(1, 40)}"), null);
        changed.EnsureSuccessStatusCode();
        if (!deletions) return;
        using var deleted = await client.PostAsync(new Uri(sandbox.Url, $"_sandbox/delete?count={dice.Next(1, 5)}"), null);
        deleted.EnsureSuccessStatusCode();
    }

    private async Task<IEnumerable<string>> Living(string name, string stream)
    {
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("control");
        var state = JsonNode.Parse(await client.GetStringAsync(new Uri(sandbox?.Url ?? throw new InvalidOperationException(), "_sandbox/state")));
        return state![name]![stream]!.AsArray().Select(id => id!.GetValue<string>());
    }

    public async Task InitializeAsync() =>
        sandbox = await SandboxServer.Start(new SandboxOptions { People = 700, Seed = 11, Limits = new Limits(), Faults = 0.1 }, clock, default);

    public async Task DisposeAsync()
    {
        if (sandbox is not null) await sandbox.DisposeAsync();
        await services.DisposeAsync();
    }

    private sealed class Copy
    {
        private HashSet<string>? seen;

        public Dictionary<string, byte[]> Living { get; } = new(StringComparer.Ordinal);

        public void BeginPass() => seen = new HashSet<string>(StringComparer.Ordinal);

        public void Land(PullPage page)
        {
            foreach (var record in page.Records)
            {
                seen?.Add(record.ExternalId);
                if (record.Deleted) Living.Remove(record.ExternalId);
                else Living[record.ExternalId] = record.Payload ?? [];
            }
        }

        public void EndPass()
        {
            if (seen is null) return;
            foreach (var gone in Living.Keys.Except(seen).ToList()) Living.Remove(gone);
            seen = null;
        }
    }
}
