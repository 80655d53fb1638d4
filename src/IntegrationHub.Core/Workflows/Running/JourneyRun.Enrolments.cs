using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Entering, going on, ending.</summary>
internal sealed partial class JourneyRun
{
    private const string ControlGroup = "holdout: in the control group";

    private void Enter(LaunchedWorkflow launched, DateTimeOffset since, string? causeId, string why)
    {
        var workflow = launched.Workflow;
        if (launched.State == LaunchState.Stopped) return;
        // An event starts one run, however often it comes.
        if (causeId is not null && Journey.Enrolments.Any(e => e.Workflow == workflow.Name && e.EventId == causeId)) return;
        var visit = Journey.Enrolments.Count(e => e.Workflow == workflow.Name) + 1;
        var candidate = new Enrolment(
            workflow.Name, workflow.Version, visit, Now, since, causeId, InControl(workflow), EnrolmentState.Active, workflow.First, Now, null, null,
            workflow.First is { } first ? [first] : [], 0, null, null, null, null);
        var view = View(candidate);
        if (workflow.Only is { } only && !only.Holds(view)) return;

        if (Refusal(launched, candidate, view) is { } refusal)
        {
            Emit(workflow, "entry", null, EffectKind.Skip, causeId ?? Now.UtcTicks.ToString(CultureInfo.InvariantCulture), refusal, null, null, null);
            return;
        }

        if (facts.Hygiene.Status != HygieneStatus.Ready)
        {
            var reason = $"{facts.Hygiene.StatusCode}: {string.Join(", ", facts.Hygiene.ReasonCodes)}";
            Emit(workflow, "entry", null, EffectKind.Skip, causeId ?? Now.UtcTicks.ToString(CultureInfo.InvariantCulture), reason, null, null, null);
            if (!Journey.Held.Any(h => h.Workflow == workflow.Name && h.EventId == causeId)) Journey = Journey with { Held = Journey.Held.Add(new HeldEntry(workflow.Name, since, causeId, null, Now + workflow.Hold, reason)) };
            return;
        }

        Journey = Journey with { Enrolments = Journey.Enrolments.Add(candidate) };
        Emit(candidate, workflow, null, EffectKind.Enter, candidate.Control ? $"{why}; {ControlGroup}" : why, null, null, null);
        if (workflow.First is null) Finish(candidate, EnrolmentState.Completed, "completed");
        else Advance(candidate, Cause.Arrival, null);
    }

    /// <summary>Whoever was in the control group stays in it, also as part of another contact.</summary>
    private bool InControl(Workflow workflow) =>
        Journey.Enrolments.LastOrDefault(e => e.Workflow == workflow.Name)?.Control ?? Share(facts.Id, $"holdout {workflow.Name}") < workflow.Holdout;

    /// <summary>Why a contact that fits may not enter; null when it may.</summary>
    private string? Refusal(LaunchedWorkflow launched, Enrolment candidate, ContactView view)
    {
        var workflow = launched.Workflow;
        if (launched.State == LaunchState.Paused) return "the workflow is paused";
        var earlier = Journey.Enrolments.LastOrDefault(e => e.Workflow == workflow.Name);
        if (earlier is { IsActive: true }) return "already enrolled";
        if (earlier is not null && !workflow.Reentry.Allowed) return "re-entry: only once";
        if (earlier is not null && Now < earlier.EnteredAt + workflow.Reentry.After)
            return $"re-entry: not before {(earlier.EnteredAt + workflow.Reentry.After).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}";
        foreach (var exit in workflow.Exits)
            if (Ends(exit, candidate, view)) return $"exit condition: {exit.Reason}";
        return null;
    }

    private bool Ends(ExitRule exit, Enrolment enrolment, ContactView view)
    {
        if (exit.Condition is { } condition) return condition.Holds(view);
        var since = enrolment.Since - exit.LookBack;
        foreach (var e in events.LatestFirst())
        {
            if (e.At < since) return false;
            if (e.Id != enrolment.EventId && exit.Pattern!.Matches(e) && IsSame(exit.Same, e, view) && (e.At > enrolment.Since || exit.LookBack > TimeSpan.Zero)) return true;
        }

        return false;
    }

    private static bool IsSame(ImmutableArray<string> properties, HubEvent e, ContactView view) =>
        properties.IsEmpty || (view.Trigger is { } trigger && properties.All(p => e.Properties.Text(p) is { } value && value == trigger.Properties.Text(p)));

    private void Retry(HeldEntry held)
    {
        Journey = Journey with { Held = Journey.Held.Remove(held) };
        if (set.Find(held.Workflow) is not { } launched) return;
        if (held.DueAt is null && Now > held.Until)
        {
            Emit(launched.Workflow, "entry", null, EffectKind.Skip, $"dropped {held.EventId}", $"not fixed within {Durations.Text(launched.Workflow.Hold)}: {held.Why}", null, null, null);
            return;
        }

        // Whoever waited for its turn must still be meant.
        if (held.DueAt is not null && held.EventId is null && !launched.Workflow.Triggers.Any(t => t.Watches?.Holds(View(null)) ?? true)) return;
        Enter(launched, held.Since, held.EventId, held.DueAt is null ? "fixed" : held.Why);
        // Still not fixed: its time runs on from the first try.
        Journey = Journey with { Held = [.. Journey.Held.Select(h => h.Workflow == held.Workflow && h.EventId == held.EventId && h.DueAt is null ? h with { Until = held.Until } : h)] };
    }

    /// <summary>Looks whether goals are reached and exits are due, before anything else is done.</summary>
    private void End(HubEvent? e)
    {
        foreach (var enrolment in Journey.Enrolments.Where(x => x.ConvertedAt is null && Now <= x.EnteredAt + (set.VersionOf(x)?.Goal?.Within ?? TimeSpan.Zero)).ToList()) Convert(enrolment, e);
        foreach (var enrolment in Active())
        {
            if (set.VersionOf(enrolment) is not { } workflow) continue;
            if (set.Find(enrolment.Workflow)?.State == LaunchState.Stopped)
            {
                Finish(enrolment, EnrolmentState.Exited, "the workflow was stopped");
                continue;
            }

            var view = View(enrolment);
            if (workflow.Exits.FirstOrDefault(x => Ends(x, enrolment, view)) is not { } exit) continue;
            Finish(enrolment, EnrolmentState.Exited, exit.Reason);
            if (exit.Start is { } other) StartLater(other, enrolment);
        }
    }

    private void Convert(Enrolment enrolment, HubEvent? e)
    {
        if (set.VersionOf(enrolment) is not { Goal: { } goal } workflow) return;
        var view = View(enrolment);
        var reached = goal.Pattern is { } pattern
            ? e is not null && e.Id != enrolment.EventId && e.At > enrolment.Since && pattern.Matches(e) && IsSame(goal.Same, e, view)
            : enrolment.IsActive && goal.Condition!.Holds(view);
        if (!reached) return;
        var amount = goal.Pattern is null ? null : e!.Properties.AmountMinor;
        var currency = goal.Pattern is null ? null : e!.Properties.Text("currency");
        Replace(enrolment, x => x with { ConvertedAt = Now });
        var worth = amount is { } minor ? string.Create(CultureInfo.InvariantCulture, $", worth {minor / 100m:0.00} {currency}").TrimEnd() : "";
        Emit(enrolment, workflow, null, EffectKind.Convert, $"{goal.Pattern?.Type ?? goal.Condition!.Text} after {enrolment.Messages} message{(enrolment.Messages == 1 ? "" : "s")}{worth}",
            new EffectPayload.Conversion(goal.Pattern is null ? null : e!.Id, amount, currency), null, null);
        if (goal.Ends && enrolment.IsActive && !workflow.Exits.Any(x => Ends(x, enrolment, view))) Finish(enrolment, EnrolmentState.Exited, $"goal reached: {goal.Pattern?.Type ?? goal.Condition!.Text}");
    }

    private void Advance(Enrolment enrolment, Cause cause, HubEvent? e)
    {
        for (var steps = 0; ; steps++)
        {
            if (Latest(enrolment) is not { IsActive: true } current) return;
            if (set.VersionOf(current) is not { } workflow || current.Step is not { } at || workflow.Find(at) is not { } step)
            {
                Orphaned(current);
                return;
            }

            if (steps > MostSteps)
            {
                Finish(current, EnrolmentState.Exited, $"more than {MostSteps} steps in one instant: the steps run in circles");
                return;
            }

            emittedByStep = 0;
            switch (step.Reduce(new StepContext(this, workflow, current, step, cause, e)))
            {
                case StepResult.Stay stay:
                    Replace(current, x => x with { WakeAt = stay.Until <= Now ? Now + TimeSpan.FromSeconds(1) : stay.Until, Waits = stay.For });
                    return;
                case StepResult.Leave leave:
                    Finish(current, EnrolmentState.Exited, leave.Reason);
                    return;
                case StepResult.GoOn { To: null } last:
                    if (last.Arm is { } lastArm) Replace(current, x => x with { Path = x.Path.Add($"{step.Id}:{lastArm}") });
                    Finish(current, EnrolmentState.Completed, "completed");
                    return;
                case StepResult.GoOn on:
                    Replace(current, x => x with
                    {
                        Step = on.To,
                        StepSince = Now,
                        WakeAt = null,
                        Waits = null,
                        Path = on.Arm is { } arm ? x.Path.AddRange($"{step.Id}:{arm}", on.To!) : x.Path.Add(on.To!),
                    });
                    cause = Cause.Arrival;
                    e = null;
                    break;
                case var other:
                    throw new InvalidOperationException($"No such result: {other}.");
            }
        }
    }

    /// <summary>The version is not at hand, so nothing can be done but to say so: the enrolment stands still.</summary>
    private void Orphaned(Enrolment enrolment) => Replace(enrolment, x => x with { WakeAt = null, Waits = $"version {x.Version} of {x.Workflow} is not at hand" });

    private void Finish(Enrolment enrolment, EnrolmentState state, string outcome)
    {
        enrolment = Latest(enrolment) ?? enrolment;
        Replace(enrolment, x => x with { State = state, Step = null, WakeAt = null, Waits = null, EndedAt = Now, Outcome = outcome });
        if (set.VersionOf(enrolment) is { } workflow) Emit(enrolment, workflow, enrolment.Step, EffectKind.Exit, outcome, null, null, null);
    }
}
