using IntegrationHub.Chaos;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Sandbox;

/// <summary>The real hub, the real sandbox, real kills: about half a minute.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_five_times_over_ten_thousand_records_the_hub_ends_as_if_left_in_peace()
    {
        var report = await new ChaosRun(
            new ChaosOptions
            {
                People = 3700,
                Kills = 5,
                Seed = 3,
                Faults = 0.02,
            },
            output.WriteLine
        ).Run(CancellationToken.None);
        Assert.True(report.Differences.Count == 0, string.Join('\n', report.Differences));
        Assert.InRange(report.Records, 10_000, 12_000);
        Assert.Equal(5, report.Kills);
    }

    [Fact]
    public async Task Killed_while_forms_come_in_and_mails_go_out_the_hub_loses_nothing_and_sends_nothing_twice()
    {
        var report = await new SendsRun(new ChaosOptions { Kills = 3, Seed = 5 }, output.WriteLine).Run(CancellationToken.None);
        Assert.True(report.Differences.Count == 0, string.Join('\n', report.Differences));
        Assert.True(report.Events > 0 && report.Delivered >= report.Events, $"{report.Events} events, {report.Delivered} mails");
    }
}
