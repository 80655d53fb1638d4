using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>Asks vendors for what is not known of the contact's company, one after the other, and waits no longer than a deadline.</summary>
/// <param name="Vendors">Who is asked, in this order.</param>
/// <param name="Deadline">The contact waits no longer.</param>
public sealed record EnrichStep(ImmutableArray<string> Vendors, TimeSpan Deadline) : Step
{
    /// <summary>The event by which an answer, or the word that there is none, comes.</summary>
    public const string Answered = "custom.enriched";

    // Whoever waits for a vendor loses the lead.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("enrich", "Asks vendors for firmographics, one after the other; the contact never waits longer than the deadline.",
        [("vendors", "Who is asked, in this order."), ("deadline", "The contact waits no longer; 2s unless told.")], ["enrich: { vendors: [peopledatalabs, apollo], deadline: 2s }", "enrich: { vendors: [peopledatalabs] }"], Read);

    private static EnrichStep? Read(StepReader step)
    {
        var (vendors, deadline) = (step.Map.Texts("vendors", required: true), step.Map.Duration("deadline") ?? TimeSpan.FromSeconds(2));
        if (deadline > Longest) step.Map.Error("deadline", $"'deadline' is longer than {Durations.Text(Longest)}: a contact does not wait so long for a vendor.");
        return new EnrichStep(vendors, deadline);
    }

    /// <inheritdoc/>
    public override string KindName => "enrich";

    /// <inheritdoc/>
    public override string Text => $"enrich by {string.Join(", then ", Vendors)}, {Durations.Text(Deadline)} at most";

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context)
    {
        var asked = Vendors.Where(context.View.Set.Vendors.Contains).ToImmutableArray();
        if (asked.IsEmpty) return Without(context, $"not enriched: no vendor of {string.Join(", ", Vendors)} is set up");
        var answer = context.View.Events.LatestFirst().TakeWhile(e => e.At >= context.Enrolment.StepSince).FirstOrDefault(e => e.Type == Answered);
        if (answer?.Properties.Text("vendor") is { } vendor)
        {
            context.Emit(EffectKind.Update, $"enriched by {vendor}");
            return new StepResult.GoOn(Next);
        }

        if (answer is not null) return Without(context, $"not enriched: {answer.Properties.Text("reason") ?? "no vendor knows the company"}");
        var due = context.Enrolment.StepSince + Deadline;
        if (due <= context.Now) return Without(context, $"not enriched: no answer within {Durations.Text(Deadline)}");
        if (context.Cause == Cause.Arrival) context.Ask(new OutsideRequest.Enrich(asked, due));
        return new StepResult.Stay(due, Text);
    }

    private StepResult.GoOn Without(StepContext context, string reason)
    {
        context.Emit(EffectKind.Skip, reason);
        return new StepResult.GoOn(Next);
    }
}
