using IntegrationHub.Engine.Recipes;
using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Recipes;

public sealed class SurvivorshipFileTests
{
    private const string Good = "trust: [hubspot]\nrules: [most_trusted, most_recent]\nfields:\n  email: { rules: [most_recent] }\n";

    [Fact]
    public void Fields_without_rules_of_their_own_follow_the_general_ones()
    {
        var rules = SurvivorshipFile.Parse(Good + "  address: { trust: [shopify] }\n", "survivorship.yaml");
        Assert.Equal([SurvivorshipRule.MostRecent], rules.Of(Field.Email).Rules.AsEnumerable());
        Assert.Equal([SurvivorshipRule.MostTrusted, SurvivorshipRule.MostRecent], rules.Of(Field.City).Rules.AsEnumerable());
        Assert.Equal(["shopify"], rules.Of(Field.StreetNumber).Trust.AsEnumerable());
    }

    [Theory]
    [InlineData("  emial: { rules: [most_recent] }", "survivorship.yaml:5:3: fields.emial: unknown field 'emial'. Did you mean 'email'?")]
    [InlineData("  city: { rules: [most_recent] }", "'city' moves together with 'address'")]
    [InlineData("  legal_form: { rules: [most_recent] }", "'legal_form' moves together with 'company'")]
    [InlineData("  tags: { rules: [most_recent] }", "lists are always united")]
    [InlineData("  phone: { rules: [most_recnt] }", "unknown rule 'most_recnt'. Did you mean 'most_recent'?")]
    [InlineData("  phone: { rules: [verified, verified] }", "'verified' stands here twice")]
    [InlineData("  phone: { rule: [verified] }", "unknown key 'rule'. Did you mean 'rules'?")]
    [InlineData("  full_name: { rules: [verified] }", "not part of a golden record")]
    public void A_mistake_is_named_with_its_place_and_cure(string line, string message) =>
        Assert.Contains(message, Assert.Throws<RecipeException>(() => SurvivorshipFile.Parse($"{Good}{line}\n", "survivorship.yaml")).Message);

    [Fact]
    public void The_delivered_rules_know_every_rule_that_they_name() =>
        Assert.NotEmpty(SurvivorshipFile.Load(Path.Combine(Repository.Mappings, "survivorship.yaml")).General.Rules);
}
