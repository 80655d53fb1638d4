using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>
/// What becomes of two contacts' workflows when they turn out to be one, and when that is taken back. No history is lost; nothing is sent twice, under whichever id it went out first; the strictest word on
/// permission holds; whoever is in a control group stays in it.
/// </summary>
public static class JourneyMerge
{
    /// <summary>The outcome of an enrolment that stood beside another in the same workflow.</summary>
    public const string Outcome = "merged: the contact was in this workflow twice";

    /// <summary>Joins the journey of an absorbed contact to that of the one that lives on.</summary>
    /// <param name="survivor">The survivor's journey.</param>
    /// <param name="survivorId">The survivor's id.</param>
    /// <param name="absorbed">The other's journey.</param>
    /// <param name="absorbedId">The other's id.</param>
    /// <param name="now">When they were merged.</param>
    public static JourneyState Join(JourneyState survivor, string survivorId, JourneyState absorbed, string absorbedId, DateTimeOffset now)
    {
        var (own, other) = (survivor.Current, absorbed.Current);
        var sent = own.Sent.ToList();
        sent.AddRange(other.Sent);
        var enrolments = own.Enrolments.ToList();
        foreach (var moved in other.Enrolments)
        {
            var visit = enrolments.Where(e => e.Workflow == moved.Workflow).Select(e => e.Visit).DefaultIfEmpty(0).Max() + 1;
            enrolments.Add(moved with { Visit = visit });
            sent.AddRange(Renamed(other.Sent, moved, absorbedId, moved.Visit, survivorId, visit));
        }

        foreach (var twice in enrolments.Where(e => e.IsActive).GroupBy(e => e.Workflow, StringComparer.Ordinal).Where(g => g.Count() > 1).ToList())
        {
            // The one that is further along goes on; the messages that the other has had count as its own.
            var ordered = twice.OrderByDescending(e => e.Messages).ThenByDescending(e => e.Path.Length).ThenBy(e => e.EnteredAt).ThenBy(e => e.Visit).ToList();
            foreach (var ended in ordered.Skip(1))
            {
                sent.AddRange(Renamed(sent, ended, survivorId, ended.Visit, survivorId, ordered[0].Visit));
                enrolments[enrolments.IndexOf(ended)] = ended with { State = EnrolmentState.Exited, Step = null, WakeAt = null, Waits = null, EndedAt = now, Outcome = Outcome };
            }

            enrolments[enrolments.IndexOf(ordered[0])] = ordered[0] with { Control = ordered.Any(e => e.Control) };
        }

        return JourneyState.Of(new Journey(
            own.Clock > other.Clock ? own.Clock : other.Clock,
            [.. enrolments.OrderBy(e => e.EnteredAt).ThenBy(e => e.Workflow, StringComparer.Ordinal).ThenBy(e => e.Visit)],
            [.. own.Held.Concat(other.Held).DistinctBy(h => (h.Workflow, h.EventId)).Where(h => !enrolments.Any(e => e.IsActive && e.Workflow == h.Workflow))],
            [.. sent.DistinctBy(s => s.Key, StringComparer.Ordinal).OrderBy(s => s.At)],
            [.. own.Suppressions.Concat(other.Suppressions).Distinct()],
            other.Overrides.SetItems(own.Overrides),
            // What held for either held: only what comes to hold anew may start something.
            other.Watched.Aggregate(own.Watched, (all, w) => all.SetItem(w.Key, w.Value || (all.TryGetValue(w.Key, out var held) && held))))
        {
            // What the survivor's fields were: a merge that changes them is a change.
            Seen = other.Seen.SetItems(own.Seen),
        });
    }

    /// <summary>Gives back to a restored contact what hung on its events. Enrolments that no event started stay where they are.</summary>
    /// <param name="journey">The journey of the contact that both were.</param>
    /// <param name="stayingId">The id of the contact that stays.</param>
    /// <param name="leavingId">The id of the restored contact.</param>
    /// <param name="leaves">True of the ids of the restored contact's events.</param>
    /// <param name="now">When they were parted.</param>
    public static (JourneyState Stays, JourneyState Leaves) Part(JourneyState journey, string stayingId, string leavingId, Func<string, bool> leaves, DateTimeOffset now)
    {
        var whole = journey.Current;
        var (stay, leave) = (new List<Enrolment>(), new List<Enrolment>());
        var sent = new List<SentMessage>();
        foreach (var enrolment in whole.Enrolments)
        {
            if (enrolment.EventId is not { } id || !leaves(id))
            {
                stay.Add(enrolment);
                continue;
            }

            var visit = leave.Count(e => e.Workflow == enrolment.Workflow) + 1;
            leave.Add(enrolment with { Visit = visit });
            sent.AddRange(Renamed(whole.Sent, enrolment, stayingId, enrolment.Visit, leavingId, visit));
        }

        // Which of the two a message went to cannot be told any more: both keep it, so that neither gets it again, and the caps hold.
        return (
            JourneyState.Of(whole with { Enrolments = [.. stay.Select(e => Revived(e, stay, now))], Held = [.. whole.Held.Where(h => h.EventId is not { } id || !leaves(id))] }),
            JourneyState.Of(Journey.Empty with
            {
                Clock = whole.Clock,
                Enrolments = [.. leave.Select(e => Revived(e, leave, now))],
                Held = [.. whole.Held.Where(h => h.EventId is { } id && leaves(id))],
                Sent = [.. whole.Sent.Concat(sent).DistinctBy(s => s.Key, StringComparer.Ordinal).OrderBy(s => s.At)],
                Suppressions = whole.Suppressions,
                Watched = whole.Watched,
            }));
    }

    /// <summary>What the merge had ended goes on where it was, if it is alone again.</summary>
    private static Enrolment Revived(Enrolment enrolment, List<Enrolment> beside, DateTimeOffset now)
    {
        if (enrolment.Outcome != Outcome || beside.Any(e => e.IsActive && e.Workflow == enrolment.Workflow)) return enrolment;
        var step = enrolment.Path.LastOrDefault(p => !p.Contains(':', StringComparison.Ordinal));
        return step is null ? enrolment : enrolment with { State = EnrolmentState.Active, Step = step, WakeAt = now, EndedAt = null, Outcome = null };
    }

    /// <summary>An enrolment's messages under the keys that they would have as another contact's, or another visit's. The caps count them once: under the key that they went out by.</summary>
    private static List<SentMessage> Renamed(IReadOnlyCollection<SentMessage> sent, Enrolment enrolment, string fromId, int fromVisit, string toId, int toVisit)
    {
        var renamed = new List<SentMessage>();
        foreach (var step in enrolment.Path.Where(p => !p.Contains(':', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
            foreach (var channel in Enum.GetValues<Channel>())
            {
                var key = MessageKey.Of(fromId, enrolment.Workflow, step, fromVisit - 1, channel).Value;
                if (sent.FirstOrDefault(s => s.Key == key) is { } message)
                    renamed.Add(message with { Key = MessageKey.Of(toId, enrolment.Workflow, step, toVisit - 1, channel).Value, Marketing = false });
            }

        return renamed;
    }
}
