using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Connectors.Mailchimp;
using IntegrationHub.Tests.Sandbox;
using IntegrationHub.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Tests.Connectors;

/// <summary>What connectors tell their systems beside fields: whom not to write to, and what was done.</summary>
public sealed class TellingTests : IDisposable
{
    private readonly HubSpotFixture hubspot = new();

    [Fact]
    public async Task HubSpot_unsubscribes_an_address_once_however_often_it_is_told()
    {
        var write = new SuppressWrite("1", Channel.Email, "ada.x@lovelace.org", Purposes.Marketing, SuppressionReason.NoAnswer);
        for (var i = 0; i < 2; i++) Assert.True(Assert.Single(await ((ISuppress)hubspot.Connector()).Suppress(Streams.Contacts, [write], default)).Ok);
        Assert.Equal(["ada.x@lovelace.org"], hubspot.Account.Unsubscribed);
    }

    [Fact]
    public async Task HubSpot_gets_a_note_that_is_found_again_where_nobody_knows_whether_it_came()
    {
        var connector = (ILogActivity)hubspot.Connector();
        var write = new ActivityWrite("1", "key-1", "Sales-ready <now>; told", new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), MaybeDone: false);

        // The note is made, and the answer is lost.
        hubspot.Account.Next(call =>
        {
            hubspot.Account.Notes.Add(call.Json.DeepClone().AsObject());
            return new Answer(503, "");
        });
        var first = Assert.Single(await connector.Log(Streams.Contacts, [write], default));
        Assert.Equal((false, true), (first.Ok, first.Retry));
        Assert.True(Assert.Single(await connector.Log(Streams.Contacts, [write with { MaybeDone = true }], default)).Ok);
        Assert.Single(hubspot.Account.Notes);
        Assert.StartsWith("Sales-ready &lt;now&gt;; told [hub ", hubspot.Account.Notes[0]["properties"]!["hs_note_body"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("2026-03-01T08:00:00.000Z", hubspot.Account.Notes[0]["properties"]!["hs_timestamp"]!.GetValue<string>());

        // One that did not come is made.
        Assert.True(Assert.Single(await connector.Log(Streams.Contacts, [write with { Key = "key-2", MaybeDone = true }], default)).Ok);
        Assert.Equal(2, hubspot.Account.Notes.Count);
    }

    [Fact]
    public async Task Mailchimp_unsubscribes_a_member_and_says_so_in_the_next_pull()
    {
        await using var sandbox = await RunningSandbox.Start(people: 60);
        await using var services = new ServiceCollection().AddConnectHttp(sandbox.Time).BuildServiceProvider();
        var connector = new ConnectorCatalogue(typeof(MailchimpConnector).Assembly).Create("mailchimp", new ConnectorContext(
            SourceName.Parse("mailchimp") ?? throw new InvalidOperationException(), sandbox.Server.UrlOf("mailchimp"), sandbox.Server.MailchimpToken, null,
            services.GetRequiredService<IHttpClientFactory>(), sandbox.Time, NullLogger.Instance));
        var member = (await Statuses(connector)).First(m => m.Value == "subscribed").Key;

        var told = await ((ISuppress)connector).Suppress(Streams.Contacts, [Write(member), Write(member), Write("nolist:nobody")], default);

        Assert.All(told, t => Assert.True(t.Ok, t.Message));
        Assert.Equal("unsubscribed", (await Statuses(connector))[member]);
        Assert.False(Assert.Single(await ((ISuppress)connector).Suppress(Streams.Contacts, [Write("broken")], default)).Retry);
    }

    private static SuppressWrite Write(string id) => new(id, Channel.Email, "who@ever.org", Purposes.Marketing, SuppressionReason.Request);

    private static async Task<Dictionary<string, string?>> Statuses(IConnector connector)
    {
        var statuses = new Dictionary<string, string?>(StringComparer.Ordinal);
        await foreach (var page in connector.Pull(Streams.Contacts, null, default))
            foreach (var record in page.Records) statuses[record.ExternalId] = JsonRows.Text(record.Payload ?? "{}"u8.ToArray(), "status");
        return statuses;
    }

    public void Dispose() => hubspot.Dispose();
}
