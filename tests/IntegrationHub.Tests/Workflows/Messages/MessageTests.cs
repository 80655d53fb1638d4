using CsCheck;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Workflows.Samples;

namespace IntegrationHub.Tests.Workflows;

public sealed class MessageTests
{
    [Fact]
    public void The_key_is_the_same_for_ever_and_another_for_each_part()
    {
        // SHA-256 of "3:c-1|14:abandoned-cart|8:reminder|0|0".
        Assert.Equal("008c3a0dfe42eeaace7b1a04c9236423", Key.Value);
        MessageKey[] others =
        [
            Key, MessageKey.Of("c-2", "abandoned-cart", "reminder", 0, Channel.Email), MessageKey.Of("c-1", "abandoned", "reminder", 0, Channel.Email), MessageKey.Of("c-1", "abandoned-cart", "second", 0, Channel.Email),
            MessageKey.Of("c-1", "abandoned-cart", "reminder", 1, Channel.Email), MessageKey.Of("c-1", "abandoned-cart", "reminder", 0, Channel.Sms),
        ];
        Assert.Equal(others.Length, others.Distinct().Count());
        Assert.Equal(Key, MessageKey.Of(Key.ToBytes()));
        Assert.Equal(Key, MessageKey.Parse(Key.ToString()));
        Assert.Null(MessageKey.Parse("x"));
        Assert.Null(MessageKey.Parse(Key.Value.ToUpperInvariant()));
    }

    [Fact]
    public void Parts_that_run_together_make_other_keys() => Gen.Select(Gen.String, Gen.String, Gen.String).Sample(
        (a, b, c) => b.Length == 0 || MessageKey.Of(a, b, c, 0, Channel.Email) != MessageKey.Of(a + b[..1], b[1..], c, 0, Channel.Email));

    [Fact]
    public void Marketing_mail_can_be_unsubscribed_from_with_one_click()
    {
        var mail = Mail();
        Assert.Equal(["List-Unsubscribe", "List-Unsubscribe-Post", "X-Hub-Message"], mail.Headers.Select(h => h.Name));
        var url = mail.Headers[0].Value;
        Assert.StartsWith("<https://hub.engines.co.uk/u/", url);
        Assert.Equal(new LinkToken.Unsubscribe(Key, Channel.Email, "marketing", "ada@engines.co.uk"), Links.Tokens.Read(url[29..^1]));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[1].Value);
        Assert.Equal(new LinkToken.Mark(Key, Channel.Email, "marketing", "ada@engines.co.uk"), Links.Tokens.Read(mail.Headers[2].Value));
        Assert.Contains(url[1..^1], mail.Html);
        Assert.Equal($"{Key}@engines.co.uk", mail.MessageId);
    }

    [Fact]
    public void A_mailbox_for_unsubscribing_and_one_for_bounces_are_used_where_they_are_set()
    {
        var rendered = Rendered(Template("x {{ sender.postal_address }} {{ links.unsubscribe }}", "channel: email\npurpose: marketing\nsubject: x"), Data());
        var mail = MessageAssembly.Email(rendered, Key, Origin, new Mailbox("ada@engines.co.uk"), Sender with { BounceAddress = "bounces@engines.co.uk", UnsubscribeAddress = "out@engines.co.uk", ReplyTo = "desk@engines.co.uk" }, Links);
        Assert.Equal($"bounces+{Key}@engines.co.uk", mail.ReturnPath);
        Assert.Equal("desk@engines.co.uk", mail.ReplyTo?.Address);
        Assert.Contains(", <mailto:out@engines.co.uk?subject=", mail.Headers[0].Value);
    }

    [Fact]
    public void Transactional_mail_says_that_it_is_automatic_and_offers_no_unsubscribing()
    {
        var mail = MessageAssembly.Email(Rendered(Template("x"), Data()), Key, Origin, new Mailbox("ada@engines.co.uk"), Sender, Links);
        Assert.Equal(["Auto-Submitted", "X-Hub-Message"], mail.Headers.Select(h => h.Name));
    }

    [Fact]
    public void An_outbox_gives_back_what_it_was_given()
    {
        var mail = Mail();
        var back = OutgoingMessage.FromJson(mail.ToJson());
        Assert.Equal(mail.Headers.AsEnumerable(), back.Headers.AsEnumerable());
        Assert.Equal(mail with { Headers = [] }, back with { Headers = [] });
        var sms = MessageAssembly.Sms(Rendered(Template("Hi", "channel: sms\npurpose: transactional"), Data()), Key, Origin, "+442071234567");
        Assert.Equal(sms.ToJson(), OutgoingMessage.FromJson(sms.ToJson()).ToJson());
    }

    [Theory]
    [InlineData("Ada Byron <ada@x.com>", "ada@x.com", "Ada Byron")]
    [InlineData("\"Byron, Ada\" <ada@x.com>", "ada@x.com", "Byron, Ada")]
    [InlineData("ada@x.com", "ada@x.com", null)]
    public void Mailboxes_are_read(string text, string address, string? name) => Assert.Equal(new Mailbox(address, name), Mailbox.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("<ada@x.com")]
    [InlineData("a b@x.com")]
    [InlineData("ada@x.com, bob@x.com")]
    [InlineData("Ada\r\nBcc: x <ada@x.com>")]
    public void What_is_no_mailbox_is_none(string text) => Assert.Null(Mailbox.Parse(text));
}
