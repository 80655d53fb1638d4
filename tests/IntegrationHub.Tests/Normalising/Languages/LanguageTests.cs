using CsCheck;
using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Normalising.Languages;

using Languages = IntegrationHub.Normalising.Languages;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("English", "en")]
    [InlineData("Deutsch", "de")]
    [InlineData("en_US", "en-us")]
    [InlineData("ger", "de")]
    [InlineData("de_DE.UTF-8", "de-de")]
    [InlineData("zh-Hant-TW", "zh-hant-tw")]
    [InlineData("English (US)", "en-us")]
    [InlineData("English (Yorkshire)", "en")]
    [InlineData("Chinese (Simplified)", "zh-hans")]
    [InlineData("němčina", "de")]
    [InlineData("saksa", "de")]
    [InlineData("フランス語", "fr")]
    [InlineData("Quechua", "qu")]
    [InlineData("Kölsch", "ksh")]
    [InlineData("cop", "cop")]
    [InlineData("mao", "mi")]
    [InlineData("hawaiian", "haw")]
    public void Knows_a_language_by_name_and_code(string raw, string tag)
    {
        Assert.Equal(tag, Languages.Normalise(raw).Value);
        Assert.Equal(tag, Languages.Normalise(tag).Value);
        Assert.Empty(Languages.Normalise(tag).Issues);
    }

    [Fact]
    public void What_is_no_language_is_none() => Assert.Equal(LanguageIssues.Unknown, Assert.Single(Languages.Normalise("speaks some").Issues));

    [Fact]
    public void Every_code_of_ISO_639_3_is_a_language() =>
        Assert.All(NormalisingData.Rows("iso-639-3.txt"), row => Assert.NotNull(Languages.Normalise(row.Code.Split('=')[0]).Value));

    [Fact]
    public void Normalising_twice_changes_nothing() => HostileText.Around("english-us_DE.utf;(), ").Sample(raw =>
        Languages.Normalise(raw).Value is not { } value || Languages.Normalise(value).Value == value, iter: 10_000);
}
