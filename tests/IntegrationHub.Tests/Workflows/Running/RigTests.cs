using IntegrationHub.Benchmarks.Workflows;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows.Running;

/// <summary>Short runs of the rigs in tools/Benchmarks/Workflows, which run for long by themselves.</summary>
public sealed class RigTests
{
    [Fact]
    public void Random_lives_are_never_written_to_after_an_exit_or_a_no_nor_over_the_cap_nor_outside_of_their_hours()
    {
        var result = ContactDays.Run(12_000, 2026, Repository.Mappings);
        Assert.Empty(result.Broken);
        // A rig in which nothing happens proves nothing.
        Assert.True(result.Messages > 500 && result.Deferred > 50 && result.Exits > 500, result.ToString());
    }

    [Fact]
    public void The_rig_sees_a_cap_that_does_not_hold()
    {
        var folder = Directory.CreateTempSubdirectory("hub-rig").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Repository.Mappings, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder, Path.GetRelativePath(Repository.Mappings, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            File.WriteAllText(Path.Combine(folder, "sending.yaml"), "cap: { messages: 100, per: 4h }\n");
            Assert.Contains(ContactDays.Run(6_000, 2026, folder).Broken, b => b.Contains("sent over the cap", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Shuffled_and_repeated_events_come_to_the_same_and_nothing_is_sent_twice()
    {
        var result = EventStreams.Run(100, 2026, Repository.Mappings);
        Assert.Empty(result.Broken);
        Assert.True(result.Compared >= result.Streams * 8 / 10, result.ToString());
    }

    [Fact]
    public void A_simulation_gives_the_same_lines_whatever_the_order_of_contacts_and_events()
    {
        var random = new Random(7);
        var contacts = Enumerable.Range(0, 20).Select(i => MadeLives.Contact(random, $"c{i}", Shipped.Shipped.Launch)).ToArray();
        var events = contacts.SelectMany(c => MadeLives.Events(random, c.Id, Shipped.Shipped.Launch.AddDays(-5), 30, 0.5).Select(e => new SimulatedEvent(c.Id, e, FieldValues.None, []))).ToArray();
        var set = Shipped.Shipped.Set();
        string[] Lines() => [.. Simulation.Run(set, new SimulationInput([.. contacts], [.. events], Shipped.Shipped.Launch, Shipped.Shipped.Launch.AddDays(60)), CancellationToken.None).Select(SimulateWorkflows.ToJson)];
        var first = Lines();
        Assert.True(first.Length > 100);
        for (var n = 0; n < 3; n++)
        {
            random.Shuffle(contacts);
            random.Shuffle(events);
            Assert.Equal(first, Lines());
        }
    }

    [Fact]
    public async Task Every_event_of_the_latency_rig_is_answered_and_decided_and_those_that_ask_are_written_to()
    {
        var result = await LatencyBenchmark.Measure(new LatencyOptions(60, 200, 0.6, 0, null, null), default);

        // Forty events of the warm-up and 120 that are measured; about a third ask, and each contact gets one mail of news within four hours.
        Assert.Equal(160, result.Events);
        Assert.Equal(160, result.Decided);
        Assert.Equal(120, result.ToDecision.Length);
        Assert.Equal(120, result.ToAnswer.Length);
        Assert.InRange(result.Messages, 20, 80);
        Assert.InRange(result.ToOutbox.Length, 10, (int)result.Messages);
    }

    [Fact]
    public async Task Every_due_timer_of_the_timer_rig_moves_its_contact_on_and_none_that_is_not_due()
    {
        var result = await TimersBenchmark.Measure(new TimersOptions(40, 40, 2_000, null, null), default);
        Assert.Equal(40, result.Moved);
        Assert.Equal(0, result.Left);
    }
}
