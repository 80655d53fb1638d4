using IntegrationHub.Connect;
using IntegrationHub.Engine.Delivery;
using IntegrationHub.Tests.Workflows;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace IntegrationHub.Tests.Engine.Delivery;

public sealed class LaneTests : IDisposable
{
    private readonly FakeTimeProvider time = new(Samples.Noon);
    private readonly string folder = Directory.CreateTempSubdirectory("hub-mail-").FullName;

    private ChannelLane Lane(Func<OutgoingMessage, SendResult> send, bool honoursKeys = false) =>
        new(new Scripted(send, honoursKeys), RetrySchedule.Email, 2, time, NullLogger<ChannelLane>.Instance);

    [Fact]
    public async Task A_lost_answer_is_tried_again_and_the_second_copy_is_flagged()
    {
        var again = Assert.IsType<Settlement.Again>(await Lane(_ => new SendResult.Unknown("lost")).Deliver(new ClaimedMessage(1, Samples.Mail()), default));
        Assert.True(again is { Counts: true, MaybeDelivered: true });
        var second = new ClaimedMessage(1, Samples.Mail(), 1, Samples.Noon, again.MaybeDelivered);
        Assert.Equal(new Settlement.Delivered("p", PossibleDuplicate: true), await Lane(_ => new SendResult.Delivered("p")).Deliver(second, default));
        Assert.Equal(new Settlement.Delivered("p", PossibleDuplicate: false), await Lane(_ => new SendResult.Delivered("p"), honoursKeys: true).Deliver(second, default));
    }

    [Fact]
    public async Task A_channel_that_throws_stops_no_other_message()
    {
        var settled = new System.Collections.Concurrent.ConcurrentDictionary<long, Settlement>();
        await Lane(m => m.Subject == "bad" ? throw new InvalidOperationException("boom") : new SendResult.Delivered("p"))
            .Deliver([new ClaimedMessage(1, Samples.Mail() with { Subject = "bad" }), new ClaimedMessage(2, Samples.Mail())], (c, s, _) => { settled[c.Id] = s; return Task.CompletedTask; }, default);
        Assert.True(settled[1] is Settlement.Again { MaybeDelivered: true });
        Assert.IsType<Settlement.Delivered>(settled[2]);
    }

    [Fact]
    public async Task What_is_refused_or_tried_for_too_long_is_a_dead_letter()
    {
        var message = new ClaimedMessage(1, Samples.Mail());
        Assert.Equal(new Settlement.Dead("no such user", RefusalKind.Recipient, false), await Lane(_ => new SendResult.Refused(RefusalKind.Recipient, "no such user")).Deliver(message, default));
        var old = message with { Attempts = 20, FirstAt = Samples.Noon.AddDays(-3) };
        var dead = Assert.IsType<Settlement.Dead>(await Lane(_ => new SendResult.Retry("busy")).Deliver(old, default));
        Assert.Equal("Given up after 21 attempts: busy", dead.Reason);
    }

    [Fact]
    public void Waits_grow_and_end()
    {
        var first = Samples.Noon;
        var now = first;
        var waits = new List<TimeSpan>();
        for (var attempts = 1; RetrySchedule.Email.Next(Samples.Key, attempts, first, null, now) is { } next; attempts++)
        {
            waits.Add(next - now);
            now = next;
        }

        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits[0], TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.1));
        Assert.InRange(now - first, TimeSpan.FromHours(67), TimeSpan.FromDays(3));
        Assert.Equal(first.AddHours(2), RetrySchedule.Email.Next(Samples.Key, 1, first, first.AddHours(2), first));
    }

    [Fact]
    public async Task The_folder_holds_each_mail_once_however_often_it_is_sent()
    {
        var channel = new MailFolderChannel(folder, time);
        var first = Assert.IsType<SendResult.Delivered>(await channel.Send(Samples.Mail(), default));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(first, await channel.Send(Samples.Mail(), default));
        var file = Assert.Single(Directory.GetFiles(folder));
        Assert.Equal($"abandoned-cart-1h.{Samples.Key}.eml", Path.GetFileName(file));
        using var mail = await MimeMessage.LoadAsync(file);
        Assert.Equal(("Hello Ada", "ada@engines.co.uk"), (mail.Subject, mail.To.Mailboxes.Single().Address));
    }

    [Fact]
    public async Task A_recipient_s_name_cannot_add_a_header()
    {
        await new MailFolderChannel(folder, time).Send(Samples.Mail() with { To = new Mailbox("ada@engines.co.uk", "Ada\r\nBcc: all@x.com") }, default);
        using var mail = await MimeMessage.LoadAsync(Directory.GetFiles(folder).Single());
        Assert.Empty(mail.Bcc);
        Assert.Single(mail.To);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_pauses_the_channel()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");
        Assert.Contains("disk has room", Assert.IsType<SendResult.ChannelDown>(await new MailFolderChannel(file, time).Send(Samples.Mail(), default)).Reason);
    }

    [Fact]
    public async Task The_SMS_log_has_each_message_once_also_after_a_kill_in_the_middle_of_a_line()
    {
        var file = Path.Combine(folder, "sms", "sms.jsonl");
        OutgoingMessage Sms(string step) => MessageAssembly.Sms(
            Samples.Rendered(Samples.Template("Hi", "channel: sms\npurpose: transactional"), Samples.Data()), MessageKey.Of("c-1", "w", step, 0, Channel.Sms), Samples.Origin, "+442071234567");
        using (var channel = new SmsLogChannel(file, time))
        {
            await channel.Send(Sms("a"), default);
            await channel.Send(Sms("a"), default);
            await channel.Send(Sms("b"), default);
        }

        var text = await File.ReadAllTextAsync(file);
        Assert.Equal(2, text.Count(c => c == '\n'));
        await File.WriteAllTextAsync(file, text[..^5]);
        using var after = new SmsLogChannel(file, time);
        await after.Send(Sms("a"), default);
        await after.Send(Sms("b"), default);
        Assert.Equal(text, await File.ReadAllTextAsync(file));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    internal sealed class Scripted(Func<OutgoingMessage, SendResult> send, bool honoursKeys) : IMessageChannel
    {
        public string Name => "scripted";

        public Channel Channel => Channel.Email;

        public bool HonoursKeys => honoursKeys;

        public Task<SendResult> Send(OutgoingMessage message, CancellationToken ct) => Task.FromResult(send(message));

        public Task<CheckResult> Check(CancellationToken ct) => Task.FromResult(new CheckResult(true, "ok"));
    }
}
