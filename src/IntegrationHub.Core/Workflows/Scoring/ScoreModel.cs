using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>Which score.</summary>
public enum ScoreKind
{
    /// <summary>How well the contact fits, by what is known of it.</summary>
    Fit,

    /// <summary>How much interest it has shown of late.</summary>
    Behaviour,

    /// <summary>Both together.</summary>
    Total,
}

/// <summary>One reason of a score.</summary>
/// <param name="Why">In plain words.</param>
/// <param name="Points">What it adds, decay counted.</param>
public sealed record ScorePart(string Why, double Points);

/// <summary>The scores of one contact at one instant.</summary>
/// <param name="Fit">How well it fits.</param>
/// <param name="Behaviour">How much interest it has shown.</param>
/// <param name="FitParts">Why, the largest first.</param>
/// <param name="BehaviourParts">Why, the largest first.</param>
public sealed record ContactScores(double Fit, double Behaviour, ImmutableArray<ScorePart> FitParts, ImmutableArray<ScorePart> BehaviourParts)
{
    /// <summary>The points of a score.</summary>
    public double Points(ScoreKind kind) => kind switch { ScoreKind.Fit => Fit, ScoreKind.Behaviour => Behaviour, _ => Fit + Behaviour };
}

/// <summary>Points for a condition that holds.</summary>
public sealed record FitRule(Condition When, double Points, string Why);

/// <summary>Points for an event, which fade.</summary>
/// <param name="Pattern">The event.</param>
/// <param name="Points">Its points on the day.</param>
/// <param name="HalfLife">After so long they are half.</param>
/// <param name="Most">What events of this rule add together at most; null for no limit.</param>
/// <param name="Why">In plain words.</param>
public sealed record BehaviourRule(EventPattern Pattern, double Points, TimeSpan HalfLife, double? Most, string Why);

/// <summary>How scores are counted: sums of rules, so that each point has its reason.</summary>
/// <param name="Fit">Rules of fit.</param>
/// <param name="Behaviour">Rules of behaviour.</param>
/// <param name="Most">Each score is at most this.</param>
public sealed record ScoreModel(ImmutableArray<FitRule> Fit, ImmutableArray<BehaviourRule> Behaviour, double Most)
{
    /// <summary>No rule: every score is 0.</summary>
    public static ScoreModel Empty { get; } = new([], [], 100);

    /// <summary>The scores at the view's instant.</summary>
    public ContactScores Of(ContactView view)
    {
        var fit = Fit.Where(r => r.When.Holds(view)).Select(r => new ScorePart(r.Why, r.Points)).ToList();
        var behaviour = Behaviour.Select(r => Part(r, view)).OfType<ScorePart>().ToList();
        return new ContactScores(Bounded(fit), Bounded(behaviour), Sorted(fit), Sorted(behaviour));
    }

    private static ScorePart? Part(BehaviourRule rule, ContactView view)
    {
        var (count, points) = (0, 0.0);
        foreach (var e in view.Events.LatestFirst().Where(rule.Pattern.Matches))
        {
            count++;
            points += rule.Points * Math.Pow(0.5, (view.Now - e.At) / rule.HalfLife);
        }

        if (count == 0) return null;
        if (rule.Most is { } most) points = rule.Points >= 0 ? Math.Min(points, most) : Math.Max(points, most);
        points = Math.Round(points, 1, MidpointRounding.AwayFromZero);
        return points == 0 ? null : new ScorePart(count == 1 ? rule.Why : $"{rule.Why} ({count} times)", points);
    }

    private double Bounded(List<ScorePart> parts) => Math.Round(Math.Clamp(parts.Sum(p => p.Points), 0, Most), 1, MidpointRounding.AwayFromZero);

    private static ImmutableArray<ScorePart> Sorted(List<ScorePart> parts) => [.. parts.OrderByDescending(p => Math.Abs(p.Points)).ThenBy(p => p.Why, StringComparer.Ordinal)];
}
