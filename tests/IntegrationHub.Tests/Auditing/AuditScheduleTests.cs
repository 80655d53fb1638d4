using IntegrationHub.Engine.Jobs;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Tests.Recipes;

namespace IntegrationHub.Tests.Auditing;

public sealed class AuditScheduleTests
{
    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void The_audit_runs_each_month_unless_the_file_says_otherwise()
    {
        const string rules = "weights: { validity: 1 }\nfields: { email: 1 }\n";
        Assert.Equal("0 0 6 1 * ?", AuditFile.Load(Path.Combine(Repository.Mappings, "audit.yaml")).Schedule);
        Assert.Equal("0 0 6 1 * ?", AuditFile.Parse(rules, "audit.yaml").Schedule);
        Assert.Null(AuditFile.Parse(rules + "schedule: never\n", "audit.yaml").Schedule);
        Assert.Contains("audit.yaml:3:11: schedule: 'monthly' is no cron expression", Assert.Throws<RecipeException>(() => AuditFile.Parse(rules + "schedule: monthly\n", "audit.yaml")).Message);
    }

    [Theory]
    [InlineData("2026-10-31T05:00:00Z", "2026-11-24T09:00:00Z", true)]
    [InlineData("2026-11-01T06:00:00Z", "2026-11-24T09:00:00Z", false)]
    [InlineData("2026-11-20T12:00:00Z", "2026-12-01T05:59:59Z", false)]
    [InlineData("2026-11-20T12:00:00Z", "2026-12-01T06:00:00Z", true)]
    [InlineData(null, "2026-11-24T09:00:00Z", false)]
    public void An_audit_that_fell_due_while_nobody_served_is_made_up_for(string? last, string now, bool missed) =>
        Assert.Equal(missed, Schedules.IsMissed("0 0 6 1 * ?", last is null ? null : Utc(last), Utc(now)));
}
