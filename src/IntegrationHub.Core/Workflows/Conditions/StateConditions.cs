using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>What was said about a channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Wanted">True for a yes, false for the lack of one.</param>
public sealed record ConsentCondition(Channel Channel, bool Wanted) : Condition
{
    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("consent", "The contact has said yes to marketing on this channel, and has not taken it back.", [("given", "false: there is no yes.")],
        ["consent: email", "consent: sms, given: false"],
        map => map.Choice("consent", Channels.ByName, required: true) is { } channel ? new ConsentCondition(channel, map.Flag("given", true)) : null);

    /// <inheritdoc/>
    public override bool Holds(ContactView view) => Permission.Of(view, Channel, Purposes.Marketing).IsGranted == Wanted;

    /// <inheritdoc/>
    public override string Text => Wanted ? $"has consented to {Channels.Of(Channel)}" : $"has not consented to {Channels.Of(Channel)}";
}

/// <summary>The hygiene status.</summary>
public sealed record HygieneCondition(HygieneStatus Status) : Condition
{
    private static readonly Dictionary<string, HygieneStatus> Names = Enum.GetValues<HygieneStatus>().ToDictionary(HygieneCodes.Of, s => s, StringComparer.Ordinal);

    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("hygiene", "The contact's hygiene status is this.", [], ["hygiene: ready", "hygiene: in_review"],
        map => map.Choice("hygiene", Names, required: true) is { } status ? new HygieneCondition(status) : null);

    /// <inheritdoc/>
    public override bool Holds(ContactView view) => view.Facts.Hygiene.Status == Status;

    /// <inheritdoc/>
    public override string Text => $"is {HygieneCodes.Of(Status)}";
}

/// <summary>A segment, by its name.</summary>
public sealed record SegmentCondition(string Segment) : Condition
{
    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("segment", "The contact is in this segment of mappings/segments.", [], ["segment: pricing-visitors-without-demo", "segment: vip"],
        map => map.Text("segment", required: true) is { } name ? new SegmentCondition(name) : null);

    /// <inheritdoc/>
    public override bool Holds(ContactView view) => view.Set.SegmentNamed(Segment).Condition.Holds(view);

    /// <inheritdoc/>
    public override DateTimeOffset? NextChange(ContactView view) => view.Set.SegmentNamed(Segment).Condition.NextChange(view);

    /// <inheritdoc/>
    public override string Text => $"is in segment {Segment}";
}

/// <summary>Where the contact stands in another workflow.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Standing">Where.</param>
public sealed record WorkflowCondition(string Workflow, WorkflowStanding Standing) : Condition
{
    private static readonly Dictionary<string, WorkflowStanding> Names = new(StringComparer.Ordinal)
    {
        ["active"] = WorkflowStanding.Active,
        ["ended"] = WorkflowStanding.Ended,
        ["entered"] = WorkflowStanding.Entered,
        ["never"] = WorkflowStanding.Never,
        ["converted"] = WorkflowStanding.Converted,
    };

    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("workflow", "Where the contact stands in a workflow.", [("standing", "active, ended, entered, never or converted; active unless told.")],
        ["workflow: abandoned-cart", "workflow: lead-nurture, standing: never"],
        map => map.Text("workflow", required: true) is { } name ? new WorkflowCondition(name, map.Choice("standing", Names) ?? WorkflowStanding.Active) : null);

    /// <inheritdoc/>
    public override bool Holds(ContactView view)
    {
        var own = view.Journey.Enrolments.Where(e => e.Workflow == Workflow);
        return Standing switch
        {
            WorkflowStanding.Active => own.Any(e => e.IsActive),
            WorkflowStanding.Ended => own.Any() && own.All(e => !e.IsActive),
            WorkflowStanding.Entered => own.Any(),
            WorkflowStanding.Never => !own.Any(),
            _ => own.Any(e => e.ConvertedAt is not null),
        };
    }

    /// <inheritdoc/>
    public override string Text => Standing switch
    {
        WorkflowStanding.Active => $"is in {Workflow}",
        WorkflowStanding.Ended => $"has been in {Workflow}",
        WorkflowStanding.Entered => $"has entered {Workflow}",
        WorkflowStanding.Never => $"has never been in {Workflow}",
        _ => $"was converted by {Workflow}",
    };
}

/// <summary>Where a contact may stand in a workflow.</summary>
public enum WorkflowStanding
{
    /// <summary>In it now.</summary>
    Active,

    /// <summary>In it before, and no more.</summary>
    Ended,

    /// <summary>In it now or before.</summary>
    Entered,

    /// <summary>Never in it.</summary>
    Never,

    /// <summary>Reached its goal.</summary>
    Converted,
}

/// <summary>A score at this instant.</summary>
/// <param name="Score">Which.</param>
/// <param name="AtLeast">At least this; null for no lower bound.</param>
/// <param name="Below">Below this; null for no upper bound.</param>
public sealed record ScoreCondition(ScoreKind Score, double? AtLeast, double? Below) : Condition
{
    private static readonly Dictionary<string, ScoreKind> Names = new(StringComparer.Ordinal) { ["fit"] = ScoreKind.Fit, ["behaviour"] = ScoreKind.Behaviour, ["total"] = ScoreKind.Total };

    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("score", "A score of the contact at this moment: fit, behaviour, or their total.", [("at_least", "At least this."), ("below", "Below this.")],
        ["score: total, at_least: 60", "score: behaviour, below: 20"], Read);

    private static ScoreCondition? Read(DefinitionMap map)
    {
        var (score, least, below) = (map.Choice("score", Names, required: true), map.Number("at_least", -1e6, 1e6), map.Number("below", -1e6, 1e6));
        if (least is null && below is null) map.Error("score", "neither 'at_least' nor 'below' stands beside the score.");
        return score is { } known ? new ScoreCondition(known, least, below) : null;
    }

    /// <inheritdoc/>
    public override bool Holds(ContactView view)
    {
        var points = view.Set.Scoring.Of(view).Points(Score);
        return (AtLeast is null || points >= AtLeast) && (Below is null || points < Below);
    }

    /// <summary>Behaviour decays without any event: looked at again each day.</summary>
    public override DateTimeOffset? NextChange(ContactView view) => Score == ScoreKind.Fit ? null : view.Now + TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public override string Text => $"{Score.ToString().ToLowerInvariant()} score{(AtLeast is { } least ? $" at least {least:0.##}" : "")}{(Below is { } below ? $" below {below:0.##}" : "")}";
}

/// <summary>No sign of life for a time, counted from the latest of the last sign, the contact's creation and its consent.</summary>
/// <param name="For">How long.</param>
/// <param name="OpensCount">True when opened mails are signs, too.</param>
public sealed record InactiveCondition(TimeSpan For, bool OpensCount) : Condition
{
    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("inactive_for", "No click, visit, purchase or other sign of life for so long; opened mails are none unless told.", [("opens_count", "true: an opened mail is a sign of life.")],
        ["inactive_for: 60d", "inactive_for: 90d, opens_count: true"],
        map => map.Duration("inactive_for", required: true) is { } time ? new InactiveCondition(time, map.Flag("opens_count", false)) : null);

    /// <inheritdoc/>
    public override bool Holds(ContactView view) => view.Now - Since(view, OpensCount) >= For;

    /// <inheritdoc/>
    public override DateTimeOffset? NextChange(ContactView view) => Since(view, OpensCount) + For is var due && due > view.Now ? due : null;

    /// <inheritdoc/>
    public override string Text => $"inactive for {Durations.Text(For)}";

    /// <summary>From when on the contact counts as silent. Where not even its creation is known, from when the hub first could have heard of it.</summary>
    internal static DateTimeOffset Since(ContactView view, bool opensCount)
    {
        var since = view.Facts.CreatedAt ?? view.Set.WatchingSince;
        // The last sign of life that a system saw before the hub's own events; what it saw may be an open.
        if (view.Facts.EngagedAt > since && view.Facts.EngagedAt <= view.Now) since = view.Facts.EngagedAt.Value;
        foreach (var consent in view.Facts.Consents)
            if (consent.State == ConsentState.Granted && consent.At > since && consent.At <= view.Now) since = consent.At.Value;
        var sign = opensCount ? view.Events.Latest([.. EventTypes.SignsOfLife, EventTypes.EmailOpened]) : view.Events.Latest(EventTypes.SignsOfLife.AsSpan());
        return sign?.At > since ? sign.At : since;
    }
}

/// <summary>A property of the event that started the enrolment.</summary>
/// <param name="Where">All must pass.</param>
public sealed record TriggerCondition(System.Collections.Immutable.ImmutableArray<PropertyTest> Where) : Condition
{
    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("trigger", "Properties of the event that started this enrolment pass the tests.", [],
        ["trigger: { form: demo }", "trigger: { total_minor: { at_least: 10000 } }"], map => new TriggerCondition(PropertyTest.Read(map, "trigger")));

    /// <inheritdoc/>
    public override bool Holds(ContactView view) => view.Trigger is { } e && Where.All(w => w.Passes(e));

    /// <inheritdoc/>
    public override string Text => $"the starting event's {string.Join(" and ", Where.Select(w => w.Text))}";
}

/// <summary>How much the contact has bought, refunds taken off.</summary>
/// <param name="AtLeast">At least so many orders.</param>
/// <param name="TotalAtLeast">Worth at least so much in minor units; null for any.</param>
/// <param name="Within">How far back; null for ever.</param>
public sealed record OrdersCondition(int AtLeast, long? TotalAtLeast, TimeSpan? Within) : Condition
{
    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("orders", "The contact has bought so often, or for so much.",
        [("at_least", "So many orders; 1 unless told."), ("total_at_least", "Worth so much in minor units, refunds taken off."), ("within", "How far back; ever unless told.")],
        ["orders: true, at_least: 3", "orders: true, total_at_least: 50000, within: 365d"],
        map => map.Flag("orders", true) ? new OrdersCondition(map.Whole("at_least", 1, 1_000_000) ?? 1, map.Number("total_at_least", 0, 1e15) is { } total ? (long)total : null, map.Duration("within"))
            : null);

    /// <inheritdoc/>
    public override bool Holds(ContactView view)
    {
        var (count, total) = (0, 0L);
        foreach (var e in Counted(view))
        {
            if (e.Type == EventTypes.OrderPlaced) (count, total) = (count + 1, total + (e.Properties.AmountMinor ?? 0));
            else total -= e.Properties.AmountMinor ?? 0;
        }

        return count >= AtLeast && (TotalAtLeast is not { } least || total >= least);
    }

    /// <inheritdoc/>
    public override DateTimeOffset? NextChange(ContactView view) => Within is { } within && Counted(view).LastOrDefault() is { } oldest ? oldest.At + within + TimeSpan.FromTicks(1) : null;

    /// <inheritdoc/>
    public override string Text => $"at least {AtLeast} orders{(TotalAtLeast is { } total ? $" worth {total / 100m:0.00}" : "")}{(Within is { } within ? $" within {Durations.Text(within)}" : "")}";

    private IEnumerable<HubEvent> Counted(ContactView view)
    {
        DateTimeOffset? from = Within is { } within ? view.Now - within : null;
        return view.Events.LatestFirst().TakeWhile(e => from is null || e.At >= from).Where(e => e.Type is EventTypes.OrderPlaced or EventTypes.OrderRefunded);
    }
}
