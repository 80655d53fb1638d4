using CsCheck;
using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Normalising.Emails;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("Ada.Byron@Example.COM", "Ada.Byron@example.com")]
    [InlineData("mailto:ada@example.com?subject=Hi", "ada@example.com")]
    [InlineData("Ada Byron <ada@example.com>", "ada@example.com")]
    [InlineData("ADA@EXAMPLE.COM", "ada@example.com")]
    [InlineData("o'neil+news@sub.example.co.uk", "o'neil+news@sub.example.co.uk")]
    [InlineData("ada@müller.de", "ada@müller.de")]
    [InlineData("ada@ｅxample.com", "ada@example.com")]
    [InlineData("ada@xn--mller-kva.de", "ada@xn--mller-kva.de")]
    public void Keeps_the_address_that_mail_goes_to(string raw, string expected) => Assert.Equal(expected, EmailAddresses.Normalise(raw).Value);

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@example.com")]
    [InlineData("ada@example")]
    [InlineData("ada@@example.com")]
    [InlineData(".ada@example.com")]
    [InlineData("a..da@example.com")]
    [InlineData("ada byron@example.com")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@exa_mple.com")]
    [InlineData("ada@example..com")]
    [InlineData("ada@192.168.0.1")]
    [InlineData("ada@xn--0.com")]
    [InlineData("ada@ex\ud800ample.com")]
    [InlineData("ada@⒈com.com")]
    public void Rejects_what_no_mail_can_reach(string raw)
    {
        var email = EmailAddresses.Normalise(raw);
        Assert.Null(email.Value);
        Assert.Null(email.Key);
        Assert.NotEmpty(email.Issues);
    }

    [Theory]
    [InlineData("a.d.a+news@googlemail.com", "ada@gmail.com")]
    [InlineData("Ada.Byron@Gmail.com", "adabyron@gmail.com")]
    [InlineData("Ada.Byron+shop@Example.com", "ada.byron@example.com")]
    [InlineData("ada-shop@yahoo.com", "ada@yahoo.com")]
    public void The_key_is_the_mailbox_behind_the_address(string raw, string key) => Assert.Equal(key, EmailAddresses.Normalise(raw).Key);

    [Theory]
    [InlineData("ada@müller.de", "ada@xn--mller-kva.de")]
    [InlineData("ada@mu\u0308ller.de", "ada@MÜLLER.de")]
    [InlineData("jose\u0301@example.com", "josé@example.com")]
    public void Two_spellings_of_one_international_address_have_one_key(string a, string b) => Assert.Equal(EmailAddresses.Normalise(a).Key, EmailAddresses.Normalise(b).Key);

    [Theory]
    [InlineData("ada+news@example.com", "news")]
    [InlineData("ada+a+b@gmail.com", "a+b")]
    [InlineData("ada-shop@yahoo.com", "shop")]
    [InlineData("ada-shop@example.com", null)]
    [InlineData("+ada@example.com", null)]
    public void The_tag_is_told_apart_and_stays_in_the_address(string raw, string? tag)
    {
        var email = EmailAddresses.Normalise(raw);
        Assert.Equal(tag, email.Tag);
        Assert.Equal(raw, email.Value);
    }

    [Theory]
    [InlineData("ada@müller.de", "xn--mller-kva.de")]
    [InlineData("ada@Example.COM", "example.com")]
    [InlineData("ada@", null)]
    public void The_domain_is_given_as_DNS_knows_it(string raw, string? domain) => Assert.Equal(domain, EmailAddresses.Normalise(raw).DnsDomain);

    [Fact]
    public void Every_listed_domain_is_an_address_of_its_class_and_no_free_one_is_thrown_away()
    {
        var disposable = NormalisingData.Lines("disposable-domains.txt").ToList();
        var free = NormalisingData.Lines("free-mail-domains.txt").ToList();
        Assert.True(disposable.Count > 8_000, $"{disposable.Count} throw-away domains");
        Assert.True(free.Count > 3_000, $"{free.Count} free-mail domains");
        Assert.All(disposable, domain => Assert.True(EmailAddresses.Normalise("ada@" + domain) is { Disposable: true, Value: not null }, domain));
        Assert.All(free, domain => Assert.True(EmailAddresses.Normalise("ada@" + domain) is { Free: true, Disposable: false, Suggestion: null }, domain));
    }

    [Theory]
    [InlineData("ada@box.mailinator.com", true)]
    [InlineData("ada@my-mailinator-shop.com", false)]
    [InlineData("ada@gmail.com", false)]
    public void A_name_below_a_throw_away_domain_is_thrown_away_too(string raw, bool disposable) => Assert.Equal(disposable, EmailAddresses.Normalise(raw).Disposable);

    [Theory]
    [InlineData("ada@gmial.com", "ada@gmail.com")]
    [InlineData("ada@yaho.com", "ada@yahoo.com")]
    [InlineData("ada@smallfirm.con", "ada@smallfirm.com")]
    public void A_slip_in_a_known_domain_is_suggested_and_never_applied(string raw, string suggestion)
    {
        var email = EmailAddresses.Normalise(raw);
        Assert.Equal(raw, email.Value);
        Assert.Equal(suggestion, email.Suggestion);
        Assert.Contains(EmailIssues.Typo, email.Issues);
    }

    [Theory]
    [InlineData("ada@gmail.com")]
    [InlineData("ada@mail.com")]
    [InlineData("ada@smallfirm.co")]
    [InlineData("ada@company.com.om")]
    public void A_domain_of_its_own_gets_no_suggestion(string raw) => Assert.Null(EmailAddresses.Normalise(raw).Suggestion);

    [Fact]
    public void Knows_shared_free_and_throwaway_mailboxes()
    {
        Assert.True(EmailAddresses.Normalise("Info@example.com").Role);
        Assert.True(EmailAddresses.Normalise("ada@web.de").Free);
        Assert.True(EmailAddresses.Normalise("ada@sub.mailinator.com").Disposable);
        var plain = EmailAddresses.Normalise("ada@example.com");
        Assert.False(plain.Role || plain.Free || plain.Disposable);
    }

    [Fact]
    public void A_placeholder_is_kept_but_identifies_nobody()
    {
        var email = EmailAddresses.Normalise("test@test.com");
        Assert.Equal("test@test.com", email.Value);
        Assert.Null(email.Key);
        Assert.Contains(EmailIssues.Placeholder, email.Issues);
    }

    [Fact]
    public void Normalising_twice_changes_nothing_more() =>
        HostileText.Around("ada.byron+x@gmail.com <>():;,mailto:@.-_üＡ").Sample(raw => EmailAddresses.Normalise(raw).Value is not { } value || EmailAddresses.Normalise(value).Value == value, iter: 20_000);

    [Fact]
    public void A_megabyte_is_rejected_at_once() => Assert.Contains(EmailIssues.TooLong, EmailAddresses.Normalise(new string('a', 1_000_000) + "@example.com").Issues);
}
