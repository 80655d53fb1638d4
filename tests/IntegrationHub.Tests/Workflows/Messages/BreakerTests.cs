using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows;

public sealed class BreakerTests
{
    [Theory]
    [InlineData(10_000, 9, ComplaintState.Closed)]
    [InlineData(10_000, 10, ComplaintState.Warning)]
    [InlineData(10_000, 29, ComplaintState.Warning)]
    [InlineData(10_000, 30, ComplaintState.Stopped)]
    [InlineData(499, 400, ComplaintState.Closed)]
    [InlineData(500, 1, ComplaintState.Closed)]
    [InlineData(500, 2, ComplaintState.Stopped)]
    [InlineData(0, 0, ComplaintState.Closed)]
    [InlineData(0, 5, ComplaintState.Closed)]
    [InlineData(1000, 5000, ComplaintState.Stopped)]
    public void Marketing_mail_is_warned_about_from_a_thousandth_and_stopped_from_three(long delivered, long complaints, ComplaintState expected) =>
        Assert.Equal(expected, ComplaintBreaker.Judge(delivered, complaints, ComplaintRules.Default).State);

    [Fact]
    public void The_figures_are_told() => Assert.StartsWith("30 of 10000 recipients complained (0.30 %); from 0.3 %", ComplaintBreaker.Judge(10_000, 30, ComplaintRules.Default).Message);
}
