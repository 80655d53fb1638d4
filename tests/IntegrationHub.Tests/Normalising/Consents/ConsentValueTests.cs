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
    [InlineData("NEVER_SUBSCRIBED", ConsentState.Denied)]
    [InlineData("transactional", ConsentState.Denied)]
    [InlineData("hard_bounce", ConsentState.Suppressed)]
    [InlineData("opt-in", ConsentState.Granted)]
    [InlineData("double-opt-in", ConsentState.Granted)]
    [InlineData("sí", ConsentState.Granted)]
    [InlineData("sì", ConsentState.Granted)]
    [InlineData("sim", ConsentState.Granted)]
    [InlineData("tak", ConsentState.Granted)]
    [InlineData("kyllä", ConsentState.Granted)]
    [InlineData("ano", ConsentState.Granted)]
    [InlineData("igen", ConsentState.Granted)]
    [InlineData("да", ConsentState.Granted)]
    [InlineData("non", ConsentState.Denied)]
    [InlineData("não", ConsentState.Denied)]
    [InlineData("nie", ConsentState.Denied)]
    [InlineData("nee", ConsentState.Denied)]
    [InlineData("nej", ConsentState.Denied)]
    [InlineData("ei", ConsentState.Denied)]
    [InlineData("nem", ConsentState.Denied)]
    [InlineData("нет", ConsentState.Denied)]
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
    [InlineData("yes, but not by phone")]
    [InlineData("implied")]
    [InlineData("implicit consent")]
    [InlineData("Legitimate interest")]
    [InlineData("o")]
    [InlineData("S")]
    [InlineData("x")]
    [InlineData("archived")]
    [InlineData("inactive")]
    [InlineData("not yes")]
    public void What_is_not_known_is_no_claim(string raw) => Assert.Null(ConsentValues.Read(raw));

    [Fact]
    public void Arbitrary_text_is_never_a_yes() =>
        HostileText.Around("!?#0123456789 ").Where(t => t.Trim() != "1" && !t.Any(char.IsLetter)).Sample(
            raw => ConsentValues.Read(raw) != ConsentState.Granted || raw.Trim().TrimEnd('.', '!') == "1", iter: 10_000);
}
