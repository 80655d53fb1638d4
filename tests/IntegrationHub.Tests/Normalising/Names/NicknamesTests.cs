using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Normalising.Names;

public sealed class NicknamesTests
{
    [Theory]
    [InlineData("bob", "robert", true)]
    [InlineData("robert", "bob", true)]
    [InlineData("pepe", "jose", true)]
    [InlineData("sasha", "aleksandr", true)]
    [InlineData("bob", "william", false)]
    [InlineData("zzz", "zzz", false)]
    public void Short_forms_and_full_names_are_one(string a, string b, bool same) => Assert.Equal(same, Nicknames.SameName(a, b));

    [Fact]
    public void Variants_hold_both_ways()
    {
        Assert.Contains("robert", Nicknames.VariantsOf("bob"));
        Assert.Contains("bob", Nicknames.VariantsOf("robert"));
        Assert.DoesNotContain("bob", Nicknames.VariantsOf("bob"));
        Assert.Empty(Nicknames.VariantsOf("unheard"));
    }

    [Theory]
    [InlineData("liz")]
    [InlineData("sam")]
    [InlineData("kate")]
    public void Every_variant_is_the_same_name(string given) => Assert.All(Nicknames.VariantsOf(given), v => Assert.True(Nicknames.SameName(given, v), v));
}
