using IntegrationHub.Engine.Delivery.Inbound;
using IntegrationHub.Tests.Workflows;
using IntegrationHub.Workflows;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace IntegrationHub.Tests.Engine.Delivery;

public sealed class InboundTests(Xunit.Abstractions.ITestOutputHelper output) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-inbound-").FullName;
    private readonly FakeTimeProvider time = new(Samples.Noon.AddDays(1));

    private static string Mark { get; } = Samples.Links.Tokens.Sign(new LinkToken.Mark(Samples.Key, IntegrationHub.Vocabulary.Channel.Email, "marketing", "ada@engines.co.uk"));

    private static string Original(bool marked = true) => $"""
        From: hello@engines.co.uk
        To: ada@engines.co.uk
        Subject: Hello
        Message-ID: <{Samples.Key}@engines.co.uk>
        {(marked ? $"X-Hub-Message: {Mark}" : "X-Other: x")}
        """;

    private static string Bounce(string status, string action = "failed", string diagnostic = "smtp; 550 no", string? original = null, string to = "bounces@engines.co.uk") => $"""
        From: MAILER-DAEMON@mx.engines.co.uk
        To: {to}
        Subject: Undelivered Mail
        Date: Sun, 1 Mar 2026 13:00:00 +0000
        Message-ID: <b1@mx.engines.co.uk>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        Sorry.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.engines.co.uk

        Final-Recipient: rfc822; victim@elsewhere.com
        Action: {action}
        Status: {status}
        Diagnostic-Code: {diagnostic}

        --b
        Content-Type: {(original is null ? "text/rfc822-headers" : "message/rfc822")}

        {original ?? Original()}

        --b--
        """;

    private static string Complaint(string kind = "abuse") => $"""
        From: fbl@provider.com
        To: bounces@engines.co.uk
        Subject: FW: Hello
        Date: Sun, 1 Mar 2026 13:00:00 +0000
        Message-ID: <c1@provider.com>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b"

        --b
        Content-Type: text/plain

        This is a report.
        --b
        Content-Type: message/feedback-report

        Feedback-Type: {kind}
        User-Agent: SomeGenerator/1.0
        Version: 1

        --b
        Content-Type: message/rfc822

        {Original()}

        Buy now
        --b--
        """;

    private static IReadOnlyList<MailFeedback> Read(string text)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));
        using var mail = MimeMessage.Load(stream);
        return InboundMail.Read(mail, Samples.Links.Tokens, Samples.Noon.AddDays(1));
    }

    [Theory]
    [InlineData("5.1.1", "smtp; 550 no", true, "5.1.1")]
    [InlineData("5.2.2", "smtp; 552 full", false, "5.2.2")]
    [InlineData("5.7.1", "smtp; 550 policy", false, "5.7.1")]
    [InlineData("4.4.7", "smtp; 400 expired", false, "4.4.7")]
    [InlineData("5.0.0", "smtp; 550 5.1.1 unknown user", true, "5.1.1")]
    [InlineData("5.0.0", "smtp; 550 5.7.606 banned", false, "5.7.606")]
    [InlineData("5.4.1", "smtp; 550 access denied", true, "5.4.1")]
    public void A_bounce_says_which_message_came_back_and_whether_for_good(string status, string diagnostic, bool hard, string expected)
    {
        var bounce = Assert.IsType<MailFeedback.Bounce>(Assert.Single(Read(Bounce(status, diagnostic: diagnostic))));
        Assert.Equal(("email.bounced", Samples.Key, hard, expected, diagnostic, Samples.Noon.AddHours(1)), (bounce.EventType, bounce.Key, bounce.IsHard, bounce.Status, bounce.Diagnostic, bounce.At));
    }

    [Fact]
    public void The_recipient_is_the_one_that_the_hub_had_signed_and_not_the_one_that_the_bounce_names() =>
        Assert.Equal("ada@engines.co.uk", Assert.Single(Read(Bounce("5.1.1"))).Point);

    [Fact]
    public void Without_the_mark_the_message_is_known_by_its_id_or_the_return_path_and_the_recipient_is_not()
    {
        var byId = Assert.Single(Read(Bounce("5.1.1", original: Original(marked: false) + "\n\nHi")));
        Assert.Equal((Samples.Key, null), (byId.Key, byId.Point));
        var byPath = Assert.Single(Read(Bounce("5.1.1", original: "Subject: cut off\n\nHi", to: $"bounces+{Samples.Key}@engines.co.uk")));
        Assert.Equal((Samples.Key, null), (byPath.Key, byPath.Point));
        Assert.Empty(Read(Bounce("5.1.1", original: "Subject: somebody else's\n\nHi")));
    }

    [Fact]
    public void A_forged_mark_is_no_mark() => Assert.Null(Assert.Single(Read(Bounce("5.1.1").Replace(Mark, string.Concat(Mark.AsSpan(0, 60), Mark[60] == 'A' ? "B" : "A", Mark.AsSpan(61)), StringComparison.Ordinal))).Point);

    [Theory]
    [InlineData("delayed")]
    [InlineData("delivered")]
    [InlineData("relayed")]
    public void A_report_that_is_not_the_end_is_no_bounce(string action) => Assert.Empty(Read(Bounce("4.4.1", action)));

    [Fact]
    public void A_complaint_says_which_message_it_is_about()
    {
        var complaint = Assert.IsType<MailFeedback.Complaint>(Assert.Single(Read(Complaint())));
        Assert.Equal(("email.complained", Samples.Key, "ada@engines.co.uk", "abuse"), (complaint.EventType, complaint.Key, complaint.Point, complaint.Kind));
        Assert.Empty(Read(Complaint("not-spam")));
    }

    [Fact]
    public void A_mail_to_unsubscribe_with_counts_with_its_token_only()
    {
        var link = new LinkToken.Unsubscribe(Samples.Key, IntegrationHub.Vocabulary.Channel.Email, "marketing", "ada@engines.co.uk");
        var token = Samples.Links.Tokens.Sign(link);
        Assert.Equal(link, Assert.IsType<MailFeedback.Unsubscribe>(Assert.Single(Read($"From: x@y.z\nSubject: Re: {token}\n\nplease"))).Link);
        Assert.Empty(Read("From: ada@engines.co.uk\nSubject: unsubscribe\n\nplease"));
    }

    [Fact]
    public void Answers_and_out_of_office_notes_say_nothing_of_a_message() =>
        Assert.Empty(Read($"From: ada@engines.co.uk\nTo: hello@engines.co.uk\nSubject: Re: Hello\nIn-Reply-To: <{Samples.Key}@engines.co.uk>\nAuto-Submitted: auto-replied\n\nI am away."));

    [Fact]
    public async Task A_Maildir_is_read_once_and_a_kill_before_the_end_reads_the_rest_again()
    {
        var fresh = Directory.CreateDirectory(Path.Combine(folder, "new")).FullName;
        await File.WriteAllTextAsync(Path.Combine(fresh, "1.a"), Bounce("5.1.1"));
        await File.WriteAllTextAsync(Path.Combine(fresh, "2.b"), Complaint());
        await File.WriteAllTextAsync(Path.Combine(fresh, "3.c"), "From: a@b.c\nSubject: lunch?\n\nyes");
        var inbound = new InboundFolder(Samples.Links.Tokens, time, NullLogger<InboundFolder>.Instance);
        var got = new List<MailFeedback>();
        var fail = true;
        Task Record(IReadOnlyList<MailFeedback> told, CancellationToken ct)
        {
            got.AddRange(told);
            return told[0] is MailFeedback.Complaint && fail ? throw new IOException("killed") : Task.CompletedTask;
        }

        await Assert.ThrowsAsync<IOException>(() => inbound.Read(folder, Record, default));
        fail = false;
        Assert.Equal(new InboundReport(2, 1, 0), await inbound.Read(folder, Record, default));
        Assert.Equal(new InboundReport(0, 0, 0), await inbound.Read(folder, Record, default));
        Assert.Equal(3, got.Count);
        Assert.Equal(2, got.Select(g => g.Id).Distinct().Count());
        Assert.Equal(3, Directory.GetFiles(Path.Combine(folder, "cur")).Length);
    }

    [Fact]
    public async Task An_mbox_is_read_on_from_where_it_ended()
    {
        var file = Path.Combine(folder, "bounces");
        static string Entry(string mail) => $"From MAILER-DAEMON Sun Mar  1 13:00:00 2026\n{mail.ReplaceLineEndings("\n")}\n\n";
        await File.WriteAllTextAsync(file, Entry(Bounce("5.1.1")));
        var inbound = new InboundFolder(Samples.Links.Tokens, time, NullLogger<InboundFolder>.Instance);
        var got = new List<MailFeedback>();
        Task Record(IReadOnlyList<MailFeedback> told, CancellationToken ct)
        {
            got.AddRange(told);
            return Task.CompletedTask;
        }

        Assert.Equal(new InboundReport(1, 1, 0), await inbound.Read(file, Record, default));
        Assert.Equal(new InboundReport(0, 0, 0), await inbound.Read(file, Record, default));
        await File.AppendAllTextAsync(file, Entry(Complaint()) + Entry("From: a@b.c\nSubject: lunch?\n\nyes"));
        Assert.Equal(new InboundReport(2, 1, 0), await inbound.Read(file, Record, default));
        Assert.Equal(["email.bounced", "email.complained"], got.Select(g => g.EventType));
        Assert.Equal(new InboundReport(0, 0, 0), await inbound.Read(Path.Combine(folder, "nothing"), Record, default));
    }

    [Fact]
    public async Task A_mailbox_is_read_over_IMAP_and_people_s_mails_stay_unseen()
    {
        await using var server = await ImapServer.Start();
        if (server is null)
        {
            output.WriteLine(ImapServer.Missing);
            return;
        }

        await server.Put("1.a", Bounce("5.1.1"));
        await server.Put("2.b", "From: a@b.c\nSubject: lunch?\n\nyes");
        var settings = new MailboxSettings("127.0.0.1", server.Port, Tls: false, "bounces", "secret");
        var mailbox = new InboundMailbox(settings, Samples.Links.Tokens, time);
        var got = new List<MailFeedback>();
        Task Record(IReadOnlyList<MailFeedback> told, CancellationToken ct)
        {
            got.AddRange(told);
            return Task.CompletedTask;
        }

        var first = await mailbox.Read(Record, 0, 0, default);
        Assert.Equal(new InboundReport(2, 1, 0), first.Report);
        var second = await mailbox.Read(Record, first.After, first.Validity, default);
        Assert.Equal(new InboundReport(0, 0, 0), second.Report);
        await server.Put("3.c", Complaint());
        var third = await mailbox.Read(Record, second.After, second.Validity, default);
        Assert.Equal(new InboundReport(1, 1, 0), third.Report);
        Assert.Equal(["email.bounced", "email.complained"], got.Select(g => g.EventType));
        // Whoever has lost count reads the unseen ones anew: the person's mail only.
        Assert.Equal(new InboundReport(1, 0, 0), (await mailbox.Read(Record, 0, 0, default)).Report);
        var wrong = await Assert.ThrowsAsync<IntegrationHub.Connect.ConnectorException>(() => new InboundMailbox(settings with { Password = "other" }, Samples.Links.Tokens, time).Read(Record, 0, 0, default));
        Assert.Contains("does not take the log-in", wrong.Message);
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_reached_says_so()
    {
        var nobody = new MailboxSettings("127.0.0.1", MailServer.FreePort(), Tls: false, "bounces", "secret");
        var failure = await Assert.ThrowsAsync<IntegrationHub.Connect.ConnectorException>(() => new InboundMailbox(nobody, Samples.Links.Tokens, time).Read((_, _) => Task.CompletedTask, 0, 0, default));
        Assert.True(failure.Transient);
        Assert.DoesNotContain("secret", failure.Message);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
