using System.Text.RegularExpressions;
using CsCheck;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Workflows.Samples;

namespace IntegrationHub.Tests.Workflows;

public sealed partial class LinkTests
{
    private static readonly LinkKey Old = new(1, [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
    private static readonly LinkKey New = new(2, [.. Enumerable.Range(101, 32).Select(i => (byte)i)]);
    private static readonly LinkTokens Tokens = new([Old]);

    public static TheoryData<LinkToken> Links =>
    [
        new LinkToken.Click(Key, "https://www.engines.co.uk/shop?a=1&b=ü#x"), new LinkToken.Trap(Key), new LinkToken.Unsubscribe(Key, Channel.Email, "marketing", "ada@engines.co.uk"),
        new LinkToken.Mark(Key, Channel.Sms, "transactional", "+442071234567"),
    ];

    [Theory]
    [MemberData(nameof(Links))]
    public void A_link_says_what_was_signed(LinkToken link)
    {
        var text = Tokens.Sign(link);
        Assert.Matches("^[A-Za-z0-9_-]+$", text);
        Assert.Equal(link, Tokens.Read(text));
        Assert.Equal(text, Tokens.Sign(link));
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void A_link_with_any_character_changed_is_no_link(LinkToken link)
    {
        var text = Tokens.Sign(link);
        for (var i = 0; i < text.Length; i++)
            foreach (var other in "AZaz09_-")
                if (other != text[i]) Assert.Null(Tokens.Read($"{text[..i]}{other}{text[(i + 1)..]}"));
        for (var i = 0; i < text.Length; i++) Assert.Null(Tokens.Read(text[..i]));
        Assert.Null(Tokens.Read(text + "A"));
    }

    [Fact]
    public void Nothing_that_was_not_signed_is_a_link() => Gen.String[Gen.Char.AlphaNumeric, 0, 200].Sample(text => Tokens.Read(text) is null);

    [Fact]
    public void A_link_of_another_hub_is_no_link_and_one_signed_with_an_older_key_stays_good()
    {
        var text = Tokens.Sign(new LinkToken.Trap(Key));
        Assert.Null(new LinkTokens([New]).Read(text));
        Assert.Null(new LinkTokens([New with { Id = 1 }]).Read(text));
        var rotated = new LinkTokens([New, Old]);
        Assert.Equal(new LinkToken.Trap(Key), rotated.Read(text));
        Assert.NotEqual(text, rotated.Sign(new LinkToken.Trap(Key)));
    }

    [Fact]
    public void The_address_cannot_be_read_in_the_link()
    {
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(Tokens.Sign(new LinkToken.Unsubscribe(Key, Channel.Email, "marketing", "ada@engines.co.uk")));
        Assert.DoesNotContain("ada@", System.Text.Encoding.Latin1.GetString(bytes));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example/x")]
    [InlineData("/path")]
    [InlineData("ftp://x.com/")]
    [InlineData("https://a@evil.example/")]
    [InlineData("https://x.com/\r\nSet-Cookie: a=b")]
    public void No_link_leads_anywhere_but_to_the_web(string url) => Assert.Throws<ArgumentException>(() => Tokens.Sign(new LinkToken.Click(Key, url)));

    [Fact]
    public void Short_or_doubled_keys_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new LinkTokens([new LinkKey(1, [1, 2, 3])]));
        Assert.Throws<ArgumentException>(() => new LinkTokens([Old, New with { Id = 1 }]));
        Assert.Throws<ArgumentException>(() => new LinkTokens([]));
    }

    [Fact]
    public void Web_links_are_tracked_and_others_are_not()
    {
        var unsubscribe = Samples.Links.Unsubscribe(Key, Channel.Email, "marketing", "ada@engines.co.uk");
        var html = Samples.Links.Rewrite(
            $"<body><a href=\"https://x.com/a?b=1&amp;c=2\">a</a><a href=\"mailto:x@y.z\">b</a><a href=\"tel:+1\">c</a><a href=\"#top\">d</a><a href=\"{unsubscribe}\">e</a><a data-track=\"no\" href=\"https://x.com/no\">f</a></body>", Key);
        var links = Href().Matches(html).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(7, links.Count);
        Assert.Equal(new LinkToken.Click(Key, "https://x.com/a?b=1&c=2"), TokenOf(links[0]));
        Assert.Equal(["mailto:x@y.z", "tel:+1", "#top", unsubscribe, "https://x.com/no"], links[1..6]);
        Assert.Equal(new LinkToken.Trap(Key), TokenOf(links[6]));
    }

    [Fact]
    public void Tracking_twice_is_tracking_once()
    {
        var once = Samples.Links.Rewrite("<body><a href=\"https://x.com/\">a</a></body>", Key);
        Assert.Equal(TokenOf(Href().Match(once).Groups[1].Value), TokenOf(Href().Match(Samples.Links.Rewrite(once, Key)).Groups[1].Value));
    }

    private static LinkToken? TokenOf(string url) => url.StartsWith("https://hub.engines.co.uk/c/", StringComparison.Ordinal) ? Samples.Links.Tokens.Read(url[28..]) : null;

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Href();
}
