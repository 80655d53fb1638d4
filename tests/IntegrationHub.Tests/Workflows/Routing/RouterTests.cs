using System.Collections.Immutable;
using CsCheck;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Workflows.Flow;

namespace IntegrationHub.Tests.Workflows.Routing;

public sealed class RouterTests
{
    private static readonly RoutingRules Rules = Read("""
        time_zone: Europe/London
        reps:
          - { name: Ana, email: ana@engines.co.uk, weight: 2, per_day: 4 }
          - { name: Ben, email: ben@engines.co.uk }
          - { name: Clara, email: clara@engines.co.uk, absences: [{ from: 2026-03-02, until: 2026-03-06 }] }
        territories:
          - { name: German, when: { field: country, in: [DE, AT] }, reps: [Clara] }
          - { name: World, reps: [Ana, Ben] }
        fallback: { name: Desk, email: desk@engines.co.uk }
        """);

    private static RoutingRules Read(string yaml)
    {
        var (rules, errors) = RoutingReader.Read(Yaml(yaml));
        Assert.Empty(errors);
        return rules;
    }

    private static (string Owner, string? Email, string Reason, RoutingState State) Route(ContactFacts contact, string at, RoutingState? state = null, RoutingRules? rules = null) =>
        Router.Route(View(Set("2026-01-01", null, rules ?? Rules, null), contact, Utc(at)), state ?? RoutingState.Empty);

    [Fact]
    public void Who_has_the_contact_keeps_it_and_no_turn_is_taken()
    {
        var (owner, email, reason, state) = Route(Contact((Field.Owner, "ben@engines.co.uk"), (Field.Country, "DE")), "2026-03-10T12:00Z");
        Assert.Equal(("Ben", "ben@engines.co.uk", "existing owner: Ben"), (owner, email, reason));
        Assert.Equal(RoutingState.Empty, state);
        Assert.Equal(("Zoe", null, "existing owner: Zoe"), Route(Contact((Field.Owner, "Zoe")), "2026-03-10T12:00Z") is var r ? (r.Owner, r.Email, r.Reason) : default);
    }

    [Fact]
    public void The_first_territory_that_takes_the_contact_and_has_somebody_there_gets_it()
    {
        Assert.Equal("territory German, Clara only", Route(Contact((Field.Country, "AT")), "2026-03-10T12:00Z").Reason);
        Assert.Equal("territory World, Ana by turn; German has nobody free: Clara is away", Route(Contact((Field.Country, "AT")), "2026-03-02T12:00Z").Reason);
        Assert.Equal("territory World, Ana by turn; the existing owner Clara is away", Route(Contact((Field.Owner, "Clara")), "2026-03-02T12:00Z").Reason);
    }

    [Fact]
    public void Turns_follow_the_weights_without_runs()
    {
        var (state, owners) = (RoutingState.Empty, new List<string>());
        for (var i = 0; i < 6; i++)
        {
            var (owner, _, _, next) = Route(Contact(), "2026-03-10T12:00Z", state, Rules with { Reps = [.. Rules.Reps.Select(r => r with { PerDay = null })] });
            owners.Add(owner);
            state = next;
        }

        Assert.Equal(["Ana", "Ben", "Ana", "Ana", "Ben", "Ana"], owners);
    }

    [Fact]
    public void A_full_rep_is_passed_over_until_the_day_ends_where_the_team_is()
    {
        var state = RoutingState.Empty with { Taken = RoutingState.Empty.Taken.Add("Ana", (new DateOnly(2026, 7, 10), 4)) };
        Assert.Equal("territory World, Ben only", Route(Contact(), "2026-07-10T22:59Z", state).Reason);
        // Midnight in London is 23:00Z in summer.
        Assert.Equal("Ana", Route(Contact(), "2026-07-10T23:00Z", state).Owner);
    }

    [Fact]
    public void Nobody_stays_unowned()
    {
        var nobody = Read("reps: [{ name: Ana, email: a@x.co, per_day: 0 }]\nterritories: [{ name: All, reps: [Ana] }]\nfallback: { name: Desk, email: desk@x.co }");
        Assert.Equal(("Desk", "desk@x.co", "fallback Desk; All has nobody free: Ana is full"), Route(Contact(), "2026-03-10T12:00Z", rules: nobody) is var r ? (r.Owner, r.Email, r.Reason) : default);
        var none = Read("reps: []\nterritories: [{ name: Moon, when: { field: country, is: XX }, reps: [] }]\nfallback: { name: Desk, email: desk@x.co }");
        Assert.Equal("fallback Desk; no territory takes the contact", Route(Contact(), "2026-03-10T12:00Z", rules: none).Reason);
    }

    [Fact]
    public void Over_any_number_of_contacts_each_rep_gets_its_share_to_within_one()
    {
        Gen.Int[1, 9].Array[1, 6].Sample(
            weights =>
            {
                var reps = weights.Select((w, i) => new Rep($"r{i}", $"r{i}@x.co", w, null, [])).ToImmutableArray();
                var rules = new RoutingRules(reps, [new Territory("All", null, [.. reps.Select(r => r.Name)])], "Desk", "desk@x.co", "Etc/UTC");
                var (state, counts, sum) = (RoutingState.Empty, new int[weights.Length], weights.Sum());
                var view = View(Set("2026-01-01", null, rules, null), Contact(), Utc("2026-03-10T12:00Z"));
                for (var n = 1; n <= 2 * sum; n++)
                {
                    var (owner, _, _, next) = Router.Route(view, state);
                    state = next;
                    counts[int.Parse(owner[1..], null)]++;
                    if (n % sum == 0) Assert.Equal(weights.Select(w => w * n / sum), counts);
                }
            },
            iter: 60);
    }

    [Fact]
    public void The_owner_counts_for_the_steps_that_follow()
    {
        var workflow = Workflow("  - route: routing\n  - branch: { when: { field: owner, is: Clara }, then: [{ exit: to Clara }] }");
        var effects = Run(Set("2026-03-09T00:00Z", null, Rules, null, workflow), Contact((Field.Country, "DE")), "2026-03-20T00:00Z", Event("form.submitted", "2026-03-10T09:00Z"));
        Assert.Equal(["territory German, Clara only", "to Clara"], effects.Skip(1).Select(e => e.Reason));
        Assert.Equal(new EffectPayload.Owner("Clara", "clara@engines.co.uk"), effects[1].Payload);
    }

    [Theory]
    [InlineData("reps: []\nterritories: []", "'fallback' is missing.")]
    [InlineData("reps: [{ name: A, email: a@x.co }, { name: a, email: b@x.co }]\nterritories: []\nfallback: { name: D, email: d@x.co }", "two reps are called 'A'.")]
    [InlineData("reps: [{ name: Ana, email: a@x.co }]\nterritories: [{ name: W, reps: [Anna] }]\nfallback: { name: D, email: d@x.co }", "no rep is called 'Anna'. Did you mean 'Ana'?")]
    [InlineData("time_zone: Mars/Base\nreps: []\nterritories: []\nfallback: { name: D, email: d@x.co }", "'Mars/Base' is no time zone")]
    [InlineData("reps: [{ name: A, email: a@x.co, absences: [{ from: 2026-03-05, until: 2026-03-01 }] }]\nterritories: []\nfallback: { name: D, email: d@x.co }", "'until' lies before 'from'.")]
    [InlineData("reps: [{ name: A, email: a@x.co, absences: [{ from: 1.3.2026, until: 2026-03-01 }] }]\nterritories: []\nfallback: { name: D, email: d@x.co }", "'1.3.2026' is no day")]
    public void A_mistake_in_the_rules_is_named(string yaml, string message) => Assert.Contains(RoutingReader.Read(Yaml(yaml)).Errors, e => e.Message.StartsWith(message, StringComparison.Ordinal) && e.Line > 0);
}
