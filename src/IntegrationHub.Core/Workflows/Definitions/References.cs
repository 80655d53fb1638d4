namespace IntegrationHub.Workflows;

/// <summary>What definitions name of other files.</summary>
public static class References
{
    /// <summary>The segments that a condition names, through all its parts.</summary>
    public static IEnumerable<string> Segments(Condition condition) =>
        condition is SegmentCondition segment ? [segment.Segment] : condition.Parts.SelectMany(Segments);

    /// <summary>All conditions of a workflow.</summary>
    public static IEnumerable<Condition> Conditions(Workflow workflow) =>
        workflow.Triggers.Select(t => t.Watches).Append(workflow.Only).Append(workflow.Goal?.Condition).Concat(workflow.Exits.Select(e => e.Condition)).Concat(workflow.Steps.OfType<BranchStep>().Select(b => b.When))
            .OfType<Condition>();

    /// <summary>The workflows that a workflow names: to start them, or to ask where a contact stands in them.</summary>
    public static IEnumerable<string> Workflows(Workflow workflow) =>
        workflow.Steps.OfType<StartStep>().Select(s => s.Workflow).Concat(workflow.Exits.Select(e => e.Start).OfType<string>()).Concat(Conditions(workflow).SelectMany(Workflows))
            .Concat(workflow.Triggers.OfType<ByHandTrigger>().Where(t => t.By is not ("manual" or "api")).Select(t => t.By)).Distinct(StringComparer.Ordinal);

    /// <summary>The templates that a workflow names, with the channel that each is sent on.</summary>
    public static IEnumerable<(string Template, Vocabulary.Channel Channel, bool? Marketing)> Templates(Workflow workflow) =>
        workflow.Steps.OfType<SendStep>().Select(s => (s.Template, s.Channel, (bool?)s.Marketing))
            .Concat(workflow.Steps.OfType<NotifyStep>().Where(n => n.Template is not null).Select(n => (n.Template!, Vocabulary.Channel.Email, (bool?)null)));

    private static IEnumerable<string> Workflows(Condition condition) =>
        condition is WorkflowCondition workflow ? [workflow.Workflow] : condition.Parts.SelectMany(Workflows);
}
