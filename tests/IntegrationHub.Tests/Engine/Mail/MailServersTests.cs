using IntegrationHub.Engine.Mail;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Tests.Engine.Mail;

public sealed class MailServersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(50);

    private static MailServers Asking(DnsResponder dns, TimeSpan? timeout = null, FakeTimeProvider? time = null) =>
        new(new MailServerSettings(true, timeout ?? Patience, dns.Address), time ?? new FakeTimeProvider());

    [Fact]
    public async Task A_domain_with_an_exchange_or_an_address_takes_mail_and_one_with_neither_does_not()
    {
        await using var dns = new DnsResponder().Exchange("firm.com", "mail.firm.com").Host("four.com", "192.0.2.1").Host("six.com", "2001:db8::1").Empty("parked.com").Exchange("nomail.com", ".");
        var servers = Asking(dns);

        var answers = await servers.Ask(["firm.com", "four.com", "six.com", "parked.com", "nomail.com", "nosuch.com", "xn--mller-kva.de"], default);

        Assert.Equal(
            [("firm.com", MailServerAnswer.Found), ("four.com", MailServerAnswer.Found), ("nomail.com", MailServerAnswer.None), ("nosuch.com", MailServerAnswer.None), ("parked.com", MailServerAnswer.None), ("six.com", MailServerAnswer.Found), ("xn--mller-kva.de", MailServerAnswer.None)],
            answers.Select(a => (a.Key, a.Value)).Order());
    }

    [Fact]
    public async Task No_answer_and_a_failing_server_say_nothing_about_the_domain()
    {
        await using var dns = new DnsResponder().Silent("silent.com").Failing("failing.com");
        Assert.Equal(MailServerAnswer.Unknown, await Asking(dns, Impatience).Ask("silent.com", default));
        Assert.Equal(MailServerAnswer.Unknown, await Asking(dns).Ask("failing.com", default));
    }

    [Fact]
    public async Task A_resolver_that_answers_nothing_is_not_asked_for_all_of_a_batch()
    {
        await using var dns = new DnsResponder();
        var names = Enumerable.Range(0, 500).Select(i => $"silent{i}.com").ToList();
        foreach (var name in names) dns.Silent(name);

        var answers = await Asking(dns, Impatience).Ask(names, default);

        Assert.All(answers.Values, a => Assert.Equal(MailServerAnswer.Unknown, a));
        Assert.InRange(dns.Questions, 1, 100);
    }

    [Fact]
    public async Task A_domain_is_asked_for_once_a_day()
    {
        await using var dns = new DnsResponder().Exchange("firm.com", "mail.firm.com");
        var time = new FakeTimeProvider();
        var servers = Asking(dns, time: time);
        await servers.Ask("firm.com", default);
        var first = dns.Questions;

        await servers.Ask("firm.com", default);
        Assert.Equal(first, dns.Questions);

        time.Advance(TimeSpan.FromHours(25));
        await servers.Ask("firm.com", default);
        Assert.Equal(2 * first, dns.Questions);
    }

    [Fact]
    public async Task Switched_off_it_asks_nobody()
    {
        await using var dns = new DnsResponder();
        var servers = new MailServers(MailServerSettings.Off with { Resolver = dns.Address }, new FakeTimeProvider());
        Assert.Empty(await servers.Ask(["firm.com"], default));
        Assert.Equal(0, dns.Questions);
    }

    [Fact]
    public async Task A_sync_flags_the_address_without_a_mail_server_and_keeps_it()
    {
        await using var dns = new DnsResponder().Exchange("firm.com", "mail.firm.com").Failing("failing.com");
        await using var hub = await TestHub.Create(mailServers: new MailServerSettings(true, Patience, dns.Address));
        var (name, rows) = await hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@firm.com" });
        rows.Put("2", new { name = "Alan Turing", email = "alan@nosuch.com" });
        rows.Put("3", new { name = "Grace Hopper", email = "grace@failing.com" });

        await hub.Sync();

        var flagged = new List<string>();
        await foreach (var page in hub.Store.Clean.StreamWithIssues(EntityKind.Contact, default))
            foreach (var row in page)
            {
                Assert.NotNull(row.Record.Values[Field.Email]);
                if (row.Record.Issues.Any(i => i.Code == EmailIssues.NoMailServer && !i.Rejected)) flagged.Add($"{row.Record.Key.Source}/{row.Record.Values[Field.Email]}");
            }

        Assert.Equal([$"{name}/alan@nosuch.com"], flagged);
    }
}
