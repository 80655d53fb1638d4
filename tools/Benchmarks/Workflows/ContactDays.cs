using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using NodaTime;

namespace IntegrationHub.Benchmarks.Workflows;

/// <summary>What simulated contact-days came to.</summary>
/// <param name="Days">Contact-days.</param>
/// <param name="Messages">Messages sent.</param>
/// <param name="Deferred">Messages put off.</param>
/// <param name="Exits">Runs that ended.</param>
/// <param name="Broken">What must never be and was, each with the contact whose life replays it.</param>
public sealed record ContactDaysResult(long Days, long Messages, long Deferred, long Exits, ImmutableArray<string> Broken);

/// <summary>
/// Random lives over all five workflows: carts, orders, refunds, forms, clicks, unsubscribes, complaints, bounces, changes of the clock, contacts that are merged, blocked and fixed,
/// and a hub that stands still for a while and hears of everything late. Each message is held against rules that are written here a second time, without the gate's code.
/// </summary>
public static class ContactDays
{
    private const int DaysEach = 60;

    private static readonly TimeSpan Cap = TimeSpan.FromHours(4);

    // Sixty days that hold the changes of the clock of Europe, America and Australia.
    private static readonly DateTimeOffset[] Launches = [new(2026, 2, 20, 0, 0, 0, TimeSpan.Zero), new(2026, 9, 20, 0, 0, 0, TimeSpan.Zero)];

    public static ContactDaysResult Run(long days, int seed, string mappings, Action<long>? progress = null)
    {
        var sets = Launches.Select(l => MadeLives.FiveWorkflows(mappings, l)).ToArray();
        var (lives, messages, deferred, exits) = ((days + DaysEach - 1) / DaysEach, 0L, 0L, 0L);
        var broken = ImmutableArray.CreateBuilder<string>();
        for (var n = 0L; n < lives; n++)
        {
            var effects = Live(sets[n % 2], Launches[n % 2], unchecked((int)((seed * 1_000_003L) + n)), out var wrong);
            broken.AddRange(wrong.Select(w => $"seed {seed}, life {n}: {w}"));
            messages += effects.Count(e => e.Kind == EffectKind.Send);
            deferred += effects.Count(e => e.Kind == EffectKind.Defer);
            exits += effects.Count(e => e.Kind == EffectKind.Exit);
            if (n % 1000 == 999) progress?.Invoke((n + 1) * DaysEach);
        }

        return new ContactDaysResult(lives * DaysEach, messages, deferred, exits, broken.ToImmutable());
    }

    /// <summary>One life; the seed is all that it depends on.</summary>
    public static List<Effect> Live(WorkflowSet set, DateTimeOffset launch, int seed, out List<string> broken)
    {
        var random = new Random(seed);
        var facts = MadeLives.Contact(random, "c", launch);
        var (runner, state, routing, effects) = (new JourneyRunner(set), JourneyState.Empty, RoutingState.Empty, new List<Effect>());
        broken = [];
        DateTimeOffset? due = null;
        foreach (var launched in set.Launched.Where(l => l.Workflow.IncludeExisting && runner.FitsAtLaunch(facts, state, l))) state = JourneyRunner.Admit(state, launched, launch);
        var until = launch.AddDays(DaysEach);
        // The hub stands still in this time: events and timers of it are run when it is over.
        var down = launch.AddMinutes(random.Next(DaysEach * 24 * 60));
        var up = random.Next(3) == 0 ? down.AddMinutes(random.Next(5, 3000)) : down;
        var changes = Changes(random, launch);
        var events = MadeLives.Events(random, "c", launch, DaysEach, 0.4);
        Take(runner.OnTime(facts, state, launch, routing), broken);
        var e = 0;
        while (true)
        {
            var nextEvent = e < events.Count ? Seen(events[e].At) : DateTimeOffset.MaxValue;
            var nextChange = changes.TryPeek(out _, out var changed) ? Seen(changed) : DateTimeOffset.MaxValue;
            var nextTimer = due is { } at ? Seen(at) : DateTimeOffset.MaxValue;
            if (nextEvent >= until && nextChange >= until && nextTimer >= until) break;
            if (nextEvent <= nextTimer && nextEvent <= nextChange)
            {
                var one = events[e++];
                facts = facts with { Events = facts.Events.With(one) };
                Take(runner.OnEvent(facts, state, one, nextEvent, routing), broken);
                // A source that tells a thing twice.
                if (random.Next(10) == 0) Take(runner.OnEvent(facts, state, one, nextEvent, routing), broken);
            }
            else if (nextChange <= nextTimer)
            {
                facts = changes.Dequeue()(facts);
                Take(runner.OnChange(facts, state, nextChange, routing), broken);
            }
            else
            {
                Take(runner.OnTime(facts, state, nextTimer, routing), broken);
            }
        }

        return effects;

        DateTimeOffset Seen(DateTimeOffset at) => at >= down && at < up ? up : at;

        void Take(JourneyOutcome outcome, List<string> wrong)
        {
            (state, routing, due) = (outcome.State, outcome.Routing, outcome.NextDue);
            foreach (var effect in outcome.Effects)
            {
                if (effect.Kind == EffectKind.Send) wrong.AddRange(Broken(set, facts, effects, effect).Select(w => $"{w}: {effect.At:yyyy-MM-ddTHH:mm:ss}Z {effect.Workflow}/{effect.Step}"));
                effects.Add(effect);
            }
        }
    }

    private static PriorityQueue<Func<ContactFacts, ContactFacts>, DateTimeOffset> Changes(Random random, DateTimeOffset launch)
    {
        var changes = new PriorityQueue<Func<ContactFacts, ContactFacts>, DateTimeOffset>();
        DateTimeOffset Sometime() => launch.AddMinutes(random.Next(DaysEach * 24 * 60));
        if (random.Next(5) == 0)
        {
            var (blocked, status) = (Sometime(), random.Next(2) == 0 ? HygieneStatus.Blocked : HygieneStatus.InReview);
            changes.Enqueue(f => f with { Hygiene = new Hygiene(status, status == HygieneStatus.Blocked ? HygieneReasons.NoAddress : HygieneReasons.SharedEmail) }, blocked);
            changes.Enqueue(f => f with { Hygiene = new Hygiene(HygieneStatus.Ready, HygieneReasons.None) }, blocked.AddHours(random.Next(1, 300)));
        }

        if (random.Next(5) == 0)
        {
            // Merged with a contact of a past of its own, which may have said no.
            var (merged, no) = (Sometime(), random.Next(2) == 0);
            var past = MadeLives.Events(random, "m", launch.AddDays(-30), 29, 0.2).Where(p => p.Type is not (EventTypes.EmailUnsubscribed or EventTypes.EmailComplained or EventTypes.EmailBounced or EventTypes.SmsReplied)).ToList();
            changes.Enqueue(f => f with
            {
                Events = past.Aggregate(f.Events, (log, p) => log.With(p)),
                Suppressions = no ? f.Suppressions.Add(new SuppressionFact(Channel.Email, Purposes.Marketing, "request", merged)) : f.Suppressions,
            }, merged);
        }

        if (random.Next(8) == 0)
        {
            var said = Sometime();
            changes.Enqueue(f => f with { Consents = [.. f.Consents.Where(c => c.Channel != Channel.Email), new ConsentFact(Channel.Email, Purposes.Marketing, ConsentState.Denied, said)] }, said);
        }

        return changes;
    }

    /// <summary>What is wrong with a message, by rules of this file's own.</summary>
    private static IEnumerable<string> Broken(WorkflowSet set, ContactFacts facts, List<Effect> before, Effect sent)
    {
        var (message, run) = ((EffectPayload.Message)sent.Payload!, Visit(sent));
        if (before.Any(b => b.Kind == EffectKind.Exit && b.Workflow == sent.Workflow && Visit(b) == run)) yield return "sent after the exit";
        if (before.Any(b => b.Payload is EffectPayload.Message m && m.MessageKey.Value == message.MessageKey.Value)) yield return "sent twice";
        if (facts.Hygiene.Status != HygieneStatus.Ready) yield return $"sent though {facts.Hygiene.StatusCode}";
        var heard = facts.Events.Until(sent.At).InOrder().ToList();
        if (sent.Channel == Channel.Email && heard.Any(h => h.Type == EventTypes.EmailComplained || (h.Type == EventTypes.EmailBounced && h.Properties.Text("kind") == "hard"))) yield return "sent after a complaint or a hard bounce";
        if (!message.Marketing) yield break;

        if (sent.Channel == Channel.Email && heard.Any(h => h.Type == EventTypes.EmailUnsubscribed)) yield return "sent after unsubscribing";
        if (sent.Channel == Channel.Sms && heard.Any(h => h.Type == EventTypes.SmsReplied)) yield return "sent after STOP";
        if (before.Any(b => b.Kind == EffectKind.Suppress && b.Channel == sent.Channel) || facts.Suppressions.Any(s => s.Channel == sent.Channel && s.At <= sent.At)) yield return "sent though suppressed";
        if (!facts.Consents.Any(c => c.Channel == sent.Channel && c.State == ConsentState.Granted)) yield return "sent without consent";
        if (before.Any(b => b.Payload is EffectPayload.Message { Marketing: true } && b.Channel == sent.Channel && sent.At - b.At < Cap)) yield return "sent over the cap";

        var local = Instant.FromDateTimeOffset(sent.At).InZone(DateTimeZoneProviders.Tzdb[facts.Values[Field.TimeZone]!]).LocalDateTime;
        var minute = (local.Hour * 60) + local.Minute;
        if (set.Find(sent.Workflow)!.Workflow.Window is { } window && (minute < window.From || minute >= window.Until || !window.Days.Contains((DayOfWeek)((int)local.DayOfWeek % 7)))) yield return $"sent outside the window, at {local.ToString("ddd HH:mm", CultureInfo.InvariantCulture)}";
        if (sent.Channel != Channel.Sms) yield break;
        var closes = facts.Values[Field.State] == "FL" ? 20 : facts.Values[Field.Country] == "FR" ? 22 : 21;
        if (local.Hour < 8 || local.Hour >= closes || (facts.Values[Field.Country] == "FR" && local.DayOfWeek == IsoDayOfWeek.Sunday)) yield return $"sent in quiet hours, at {local.ToString("ddd HH:mm", CultureInfo.InvariantCulture)}";
    }

    // contact|workflow|visit|...
    private static string Visit(Effect effect) => effect.Key.Split('|')[2];
}
