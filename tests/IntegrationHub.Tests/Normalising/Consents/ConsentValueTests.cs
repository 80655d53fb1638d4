using CsCheck;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Normalising.Consents;

public sealed class ConsentValueTests
{
    [Theory]
    [InlineData("yes", ConsentState.Granted)]
    [InlineData("JA", ConsentState.Granted)]
    [InlineData("Oui", ConsentState.Granted)]
    [InlineData("SUBSCRIBED", ConsentState.Granted)]
    [InlineData("opted_in", ConsentState.Granted)]
    [InlineData("no", ConsentState.Denied)]
    [InlineData("Nein", ConsentState.Denied)]
    [InlineData("NOT_SUBSCRIBED", ConsentState.Denied)]
    [InlineData("unsubscribed", ConsentState.Denied)]
    [InlineData("pending", ConsentState.Pending)]
    [InlineData("cleaned", ConsentState.Suppressed)]
    public void Reads_yes_and_no_in_many_words(string raw, ConsentState state) => Assert.Equal(state, ConsentValues.Read(raw));

    [Theory]
    [InlineData("")]
    [InlineData("maybe")]
    [InlineData("2")]
    [InlineData("yes?")]
    [InlineData("+3")]
    [InlineData("granted, denied")]
    [InlineData("yes and no")]
    [InlineData("unknown")]
    [InlineData("null")]
    public void What_is_not_known_is_no_claim(string raw) => Assert.Null(ConsentValues.Read(raw));

    [Fact]
    public void Arbitrary_text_is_never_a_yes() =>
        HostileText.Around("!?#0123456789 ").Where(t => t.Trim() != "1" && !t.Any(char.IsLetter)).Sample(
            raw => ConsentValues.Read(raw) != ConsentState.Granted || raw.Trim().TrimEnd('.', '!') == "1", iter: 10_000);

    [Theory]
    [InlineData("English", "en")]
    [InlineData("Deutsch", "de")]
    [InlineData("en_US", "en-us")]
    [InlineData("ger", "de")]
    [InlineData("de_DE.UTF-8", "de-de")]
    [InlineData("zh-Hant-TW", "zh-hant-tw")]
    [InlineData("English (US)", "en")]
    public void Knows_a_language_by_name_and_code(string raw, string tag)
    {
        Assert.Equal(tag, Languages.Normalise(raw).Value);
        Assert.Equal(tag, Languages.Normalise(tag).Value);
        Assert.Empty(Languages.Normalise(tag).Issues);
    }

    [Fact]
    public void What_is_no_language_is_none() => Assert.Equal(LanguageIssues.Unknown, Assert.Single(Languages.Normalise("speaks some").Issues));
}
