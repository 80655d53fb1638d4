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
    [InlineData("defaults: { fields: [city] }", "audit.yaml:3:22: defaults.fields: 'city' is not looked at for defaults. Known: phone, birth_date.")]
    [InlineData("workflows:\n  Welcome: { channels: [email], required: [email] }", "audit.yaml:4:3: workflows.Welcome: 'Welcome' is no workflow's name")]
    [InlineData("workflows:\n  w: { channels: [fax], required: [email] }", "audit.yaml:4:19: workflows.w.channels: unknown channel 'fax'.")]
    [InlineData("workflows:\n  w: { required: [email] }", "'channels' is missing: email, sms or both.")]
    [InlineData("workflows:\n  w: { channels: [email] }", "'required' is missing")]
    [InlineData("workflows:\n  w: { channels: [email], required: [emial] }", "workflows.w.required: unknown field 'emial'. Did you mean 'email'?")]
    [InlineData("workflows:\n  w: { channels: [email], required: [email], audience: { consent: given } }", "unknown value 'given'")]
    [InlineData("workflows:\n  w: { channels: [email], required: [email], audience: { source: [crm] } }", "unknown key 'source'. Did you mean 'sources'?")]
    [InlineData("workflows:\n  w: { channels: [email], required: [email], thresholds: { misssing.email: { warn: 0.1 } } }", "no finding begins with 'misssing'")]
    public void A_mistake_is_named_with_its_place_and_cure(string line, string message) =>
        Assert.Contains(message, Assert.Throws<RecipeException>(() => AuditFile.Parse($"{Good}{line}\n", "audit.yaml")).Message);

    [Theory]
    [InlineData("weights: { validty: 1 }", "unknown dimension 'validty'. Did you mean 'validity'?")]
    [InlineData("weights: {}", "at least one dimension must have a weight")]
    public void Weights_name_known_dimensions(string text, string message) =>
        Assert.Contains(message, Assert.Throws<RecipeException>(() => AuditFile.Parse(text, "audit.yaml")).Message);

    [Fact]
    public void A_workflow_goes_by_its_own_lines_before_the_general_ones()
    {
        var rules = AuditFile.Parse(Good + """
            score: { pass_from: 80, block_below: 40 }
            thresholds: { missing.email: { warn: 0.1 }, stale: { warn: 0.2 } }
            workflows:
              win-back:
                channels: [email, sms]
                required: [email, city]
                audience: { sources: [shopify], lacks: [company], consent: granted, unchanged_for_days: 90 }
                score: { pass_from: 90 }
                thresholds: { missing.email: { block: 0.5 } }
            """, "audit.yaml");
        var workflow = Assert.IsType<WorkflowRules>(rules.Workflow("win-back"));
        Assert.Equal(("Win back", 90, 40), (workflow.Title, workflow.PassFrom, workflow.BlockBelow));
        Assert.Equal((AudienceConsent.Granted, TimeSpan.FromDays(90)), (workflow.Audience.Consent, workflow.Audience.UnchangedFor));
        var own = rules.For(workflow);
        Assert.Equal(AuditSeverity.Info, own.SeverityOf("missing.email", 0.2));
        Assert.Equal(AuditSeverity.Block, own.SeverityOf("missing.email", 0.5));
        Assert.Equal(AuditSeverity.Warn, own.SeverityOf("stale", 0.3));
        Assert.Equal(["city", "email"], own.WantedFields.Keys.Select(IntegrationHub.Vocabulary.Fields.NameOf).Order());
    }

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
