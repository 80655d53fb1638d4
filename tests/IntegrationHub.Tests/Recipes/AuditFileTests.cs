using IntegrationHub.Auditing;
using IntegrationHub.Engine.Recipes;

namespace IntegrationHub.Tests.Recipes;

public sealed class AuditFileTests
{
    private const string Good = "weights: { validity: 1 }\nfields: { email: 1 }\n";

    [Theory]
    [InlineData("scores: {}", "audit.yaml:3:1: scores: unknown key 'scores'. Did you mean 'score'?")]
    [InlineData("score: { pass_from: 110 }", "audit.yaml:3:21: score.pass_from: '110' is not a number from 0 to 100.")]
    [InlineData("score: { pass_from: 50, block_below: 60 }", "'block_below' is above 'pass_from'")]
    [InlineData("thresholds:\n  mising.email: { warn: 0.1 }", "audit.yaml:4:3: thresholds.mising.email: no finding begins with 'mising'. Did you mean 'missing'?")]
    [InlineData("thresholds:\n  missing.email: { warn: 10 }", "thresholds.missing.email.warn: '10' is not a number from 0 to 1.")]
    [InlineData("thresholds:\n  missing.email: { warn: 0.5, block: 0.1 }", "'block' is below 'warn'")]
    [InlineData("conflicts: [full_name]", "unknown field 'full_name'")]
    public void A_mistake_is_named_with_its_place_and_cure(string line, string message) =>
        Assert.Contains(message, Assert.Throws<RecipeException>(() => AuditFile.Parse($"{Good}{line}\n", "audit.yaml")).Message);

    [Theory]
    [InlineData("weights: { validty: 1 }", "unknown dimension 'validty'. Did you mean 'validity'?")]
    [InlineData("weights: {}", "at least one dimension must have a weight")]
    public void Weights_name_known_dimensions(string text, string message) =>
        Assert.Contains(message, Assert.Throws<RecipeException>(() => AuditFile.Parse(text, "audit.yaml")).Message);

    [Fact]
    public void The_nearest_line_of_a_finding_decides_its_severity()
    {
        var rules = AuditFile.Parse(Good + "thresholds:\n  missing.*: { warn: 0.5 }\n  missing.email: { warn: 0.1, block: 0.2 }\n", "audit.yaml");
        Assert.Equal(AuditSeverity.Block, rules.SeverityOf("missing.email", 0.2));
        Assert.Equal(AuditSeverity.Warn, rules.SeverityOf("missing.email", 0.1));
        Assert.Equal(AuditSeverity.Info, rules.SeverityOf("missing.email", 0.09));
        Assert.Equal(AuditSeverity.Info, rules.SeverityOf("missing.city", 0.2));
        Assert.Equal(AuditSeverity.Warn, rules.SeverityOf("missing.city", 0.5));
        Assert.Equal(AuditSeverity.Info, rules.SeverityOf("stale", 1));
    }
}
