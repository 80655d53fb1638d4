using IntegrationHub.Engine.Delivery;
using IntegrationHub.Tests.Workflows;
using IntegrationHub.Workflows;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Tests.Engine.Delivery;

public sealed class SmtpTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private readonly FakeTimeProvider time = new(Samples.Noon);

    private SmtpChannel Channel(int port) => new(new SmtpSettings("127.0.0.1", port, SmtpSecurity.None, null, null) { Timeout = TimeSpan.FromSeconds(20) }, time);

    private static string? Polite(string line) => line switch
    {
        "CONNECT" => "220 here",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    [Fact]
    public async Task A_real_server_gets_the_mail_as_it_was_meant()
    {
        await using var server = await MailServer.Start();
        if (server is null)
        {
            output.WriteLine(MailServer.Missing);
            return;
        }

        await using var channel = Channel(server.Port);
        var mail = Samples.Mail() with { Subject = "Grüße an Ada", ReturnPath = $"bounces+{Samples.Key}@engines.co.uk" };
        Assert.IsType<SendResult.Delivered>(await channel.Send(mail, default));
        Assert.True((await channel.Check(default)).Ok);
        var got = Assert.Single(server.Mails);
        Assert.Equal(("Grüße an Ada", mail.MessageId, Samples.Noon), (got.Subject, got.MessageId, got.Date));
        Assert.Equal(("\"Ada Byron\" <ada@engines.co.uk>", "\"Grace of Engines\" <hello@engines.co.uk>"), (got.To.ToString(), got.From.ToString()));
        Assert.Equal(mail.Headers.Select(h => h.Value), mail.Headers.Select(h => string.Concat((got.Headers[h.Name] ?? "").Split('\r', '\n', '\t').Select(p => p.TrimStart(' ')))));
        Assert.Equal($"bounces+{Samples.Key}@engines.co.uk", got.Headers["X-MailFrom"] ?? got.Headers["Return-Path"]?.Trim('<', '>'));
        Assert.Equal(mail.Text, got.TextBody?.ReplaceLineEndings("\n"));
        Assert.Equal(mail.Html?.ReplaceLineEndings("\n"), got.HtmlBody?.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Many_mails_go_over_few_connections_and_none_is_lost()
    {
        await using var server = await MailServer.Start();
        if (server is null)
        {
            output.WriteLine(MailServer.Missing);
            return;
        }

        await using var channel = Channel(server.Port);
        var lane = new ChannelLane(channel, RetrySchedule.Email, 4, time, NullLogger<ChannelLane>.Instance);
        var settled = new System.Collections.Concurrent.ConcurrentBag<Settlement>();
        await lane.Deliver([.. Enumerable.Range(0, 150).Select(i => new ClaimedMessage(i, Samples.Mail() with { Subject = $"no {i}" }))], (_, s, _) => { settled.Add(s); return Task.CompletedTask; }, default);
        Assert.Equal(150, settled.Count(s => s is Settlement.Delivered { PossibleDuplicate: false }));
        Assert.Equal(150, server.Mails.Select(m => m.Subject).Distinct().Count());
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such user", RefusalKind.Recipient)]
    [InlineData("RCPT", "550 user unknown", RefusalKind.Recipient)]
    [InlineData("RCPT", "550 5.7.1 blocked by policy", RefusalKind.Message)]
    [InlineData(".", "554 5.6.0 looks like spam", RefusalKind.Message)]
    [InlineData("DATA", "554 no", RefusalKind.Message)]
    public async Task What_will_never_be_taken_is_refused_and_says_whose_fault_it_is(string at, string said, RefusalKind kind)
    {
        await using var server = new RudeMailServer(line => line.StartsWith(at, StringComparison.Ordinal) ? said : Polite(line));
        await using var channel = Channel(server.Port);
        Assert.Equal(kind, Assert.IsType<SendResult.Refused>(await channel.Send(Samples.Mail(), default)).Kind);
    }

    [Theory]
    [InlineData("RCPT", "450 4.2.0 greylisted, come back")]
    [InlineData("RCPT", "552 5.2.2 mailbox full")]
    [InlineData("MAIL", "452 no room")]
    [InlineData(".", "451 local error")]
    public async Task What_may_be_taken_later_is_tried_again(string at, string said)
    {
        await using var server = new RudeMailServer(line => line.StartsWith(at, StringComparison.Ordinal) ? said : Polite(line));
        await using var channel = Channel(server.Port);
        Assert.IsType<SendResult.Retry>(await channel.Send(Samples.Mail(), default));
    }

    [Theory]
    [InlineData("CONNECT", "421 closing")]
    [InlineData("CONNECT", null)]
    [InlineData("MAIL", "421 too many mails")]
    [InlineData("MAIL", "530 log in first")]
    [InlineData("MAIL", "550 5.7.1 not your address")]
    public async Task What_concerns_every_mail_pauses_the_channel(string at, string? said)
    {
        await using var server = new RudeMailServer(line => line.StartsWith(at, StringComparison.Ordinal) ? said : Polite(line));
        await using var channel = Channel(server.Port);
        Assert.IsType<SendResult.ChannelDown>(await channel.Send(Samples.Mail(), default));
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_mail_was_sent_has_delivered_nothing()
    {
        await using var server = new RudeMailServer(line => line.StartsWith("RCPT", StringComparison.Ordinal) ? null : Polite(line));
        await using var channel = Channel(server.Port);
        Assert.IsType<SendResult.Retry>(await channel.Send(Samples.Mail(), default));
    }

    [Fact]
    public async Task One_that_breaks_after_the_whole_mail_leaves_it_unknown()
    {
        await using var server = new RudeMailServer(line => line == "." ? null : Polite(line));
        await using var channel = Channel(server.Port);
        Assert.IsType<SendResult.Unknown>(await channel.Send(Samples.Mail(), default));
    }

    [Fact]
    public async Task After_a_refusal_the_connection_is_used_again()
    {
        var refused = false;
        await using var server = new RudeMailServer(line => line.StartsWith("RCPT", StringComparison.Ordinal) && !refused ? (refused = true, "550 5.1.1 no").Item2 : Polite(line));
        await using var channel = Channel(server.Port);
        Assert.IsType<SendResult.Refused>(await channel.Send(Samples.Mail(), default));
        Assert.IsType<SendResult.Delivered>(await channel.Send(Samples.Mail(), default));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Mail_in_the_name_of_the_examples_never_leaves_the_house()
    {
        await using var channel = Channel(MailServer.FreePort());
        var result = Assert.IsType<SendResult.ChannelDown>(await channel.Send(Samples.Mail() with { From = new Mailbox("hello@example.com") }, default));
        Assert.Contains("mappings/sender.yaml", result.Reason);
    }

    [Fact]
    public async Task A_server_that_is_dead_for_a_day_loses_nothing_and_holds_up_no_other_channel()
    {
        var port = MailServer.FreePort();
        await using var channel = Channel(port);
        var lane = new ChannelLane(channel, RetrySchedule.Email, 4, time, NullLogger<ChannelLane>.Instance);
        var folder = Directory.CreateTempSubdirectory("hub-mail-").FullName;
        var sms = new ChannelLane(new MailFolderChannel(folder, time), RetrySchedule.Sms, 1, time, NullLogger<ChannelLane>.Instance);
        var waiting = new ClaimedMessage(1, Samples.Mail());
        var dead = 0;
        for (var until = Samples.Noon.AddDays(1); time.GetUtcNow() < until; dead++)
        {
            var again = Assert.IsType<Settlement.Again>(await lane.Deliver(waiting, default));
            Assert.False(again.Counts);
            Assert.Equal(again.At, lane.PausedUntil);
            Assert.IsType<Settlement.Again>(await lane.Deliver(waiting, default));
            Assert.Null(sms.PausedUntil);
            time.SetUtcNow(again.At);
        }

        Assert.InRange(dead, 280, 300); // every five minutes for a day: once there, it is noticed soon
        Assert.IsType<Settlement.Delivered>(await sms.Deliver(waiting, default));
        Directory.Delete(folder, recursive: true);
        await using var server = new RudeMailServer(Polite);
        await using var alive = Channel(server.Port);
        var open = new ChannelLane(alive, RetrySchedule.Email, 4, time, NullLogger<ChannelLane>.Instance);
        Assert.Equal(new Settlement.Delivered("ok", false), await open.Deliver(waiting, default));
    }
}
