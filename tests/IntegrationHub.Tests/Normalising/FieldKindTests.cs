using IntegrationHub.Normalising;
using IntegrationHub.Tests.Recipes;

namespace IntegrationHub.Tests.Normalising;

public sealed class FieldKindTests
{
    [Theory]
    [InlineData("name", "MCDONALD, ANNA", null, "Anna McDonald")]
    [InlineData("email", "Ada@Example.COM", null, "Ada@example.com")]
    [InlineData("phone", "030 901820", "DE", "+4930901820")]
    [InlineData("company", "Acme  GmbH", null, "Acme GmbH")]
    [InlineData("title", "vp of sales", null, "VP of Sales")]
    [InlineData("address", "12  High St, Leeds", "GB", "12 High St, Leeds")]
    [InlineData("country", "Deutschland", null, "DE")]
    [InlineData("state", "California", "US", "CA")]
    [InlineData("language", "English", null, "en")]
    [InlineData("time_zone", "EST", "AU", "Australia/Sydney")]
    [InlineData("date", "03/04/1985", "US", "1985-03-04")]
    [InlineData("consent", "Oui", null, "granted")]
    [InlineData("text", "NicolÃ¡s", null, "Nicolás")]
    public void A_single_value_of_each_kind_is_normalised(string kind, string raw, string? region, string value)
    {
        Assert.Contains(kind, FieldNormaliser.Kinds);
        Assert.Equal(value, FieldNormaliser.Normalise(kind, raw, region).Value);
    }

    [Fact]
    public void The_manual_names_every_kind()
    {
        var manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));
        Assert.All(FieldNormaliser.Kinds, kind => Assert.Contains($"`{kind}`", manual[manual.IndexOf("### `hub normalise", StringComparison.Ordinal)..]));
    }
}
