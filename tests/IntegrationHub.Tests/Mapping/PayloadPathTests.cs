using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Mapping;

public sealed class PayloadPathTests
{
    [Theory]
    [InlineData("email", "email")]
    [InlineData("properties.email", "properties.email")]
    [InlineData("tags[*].name", "tags[*].name")]
    [InlineData("addresses[0].city", "addresses[0].city")]
    [InlineData("['Email Address']", "['Email Address']")]
    [InlineData("[\"Email Address\"].x", "['Email Address'].x")]
    [InlineData("a['b.c'][*]", "a['b.c'][*]")]
    [InlineData("['it''s']", "['it''s']")]
    [InlineData("['plain']", "plain")]
    public void Reads_a_path_and_spells_it_one_way(string text, string spelt)
    {
        var path = PayloadPath.Parse(text, out var problem);
        Assert.Null(problem);
        Assert.Equal(spelt, path?.Text);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a.", "ends with")]
    [InlineData("a..b", "name is missing")]
    [InlineData(".a", "name is missing")]
    [InlineData("a[", "not closed")]
    [InlineData("a[x]", "neither [*]")]
    [InlineData("a[-1]", "neither [*]")]
    [InlineData("['a", "not closed")]
    [InlineData("Email Address", "write ['Email Address']")]
    [InlineData("a]b", "quote or bracket")]
    [InlineData("a[0]b", "'.' or '['")]
    public void Says_what_is_wrong_with_a_malformed_path(string text, string words)
    {
        Assert.Null(PayloadPath.Parse(text, out var problem));
        Assert.Contains(words, problem);
    }

    [Fact]
    public void A_header_is_a_path_whatever_characters_it_has()
    {
        var path = PayloadPath.OfProperty("Opted out of email: 'Marketing' [EU].x");
        Assert.Equal(path, PayloadPath.Parse(path.Text, out _));
    }
}
