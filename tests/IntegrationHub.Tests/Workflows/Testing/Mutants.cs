using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows.Testing;

/// <summary>Makes small mistakes in a workflow, one each: a step removed, a delay changed, an exit lost, a branch flipped, and the like.</summary>
internal static class Mutants
{
    internal static IEnumerable<(string What, Workflow Workflow)> Of(Workflow workflow)
    {
        foreach (var step in workflow.Steps) yield return ($"step '{step.Id}' removed", Without(workflow, step));
        foreach (var wait in workflow.Steps.OfType<WaitStep>())
        {
            if (wait.For is { } time) yield return ($"'{wait.Id}' waits twice as long", Instead(workflow, wait with { For = time * 2, AtMost = wait.AtMost * 2 }));
            if (wait.For is { } longer) yield return ($"'{wait.Id}' waits half as long", Instead(workflow, wait with { For = longer / 2 }));
            if (wait.Timeout is { } limit) yield return ($"'{wait.Id}' times out a day later", Instead(workflow, wait with { Timeout = limit + TimeSpan.FromDays(1) }));
            if (wait.ForEvent is not null && wait.OnEvent != wait.OnTimeout) yield return ($"'{wait.Id}' has its arms swapped", Instead(workflow, wait with { OnEvent = wait.OnTimeout, OnTimeout = wait.OnEvent }));
        }

        foreach (var branch in workflow.Steps.OfType<BranchStep>())
        {
            yield return ($"'{branch.Id}' flipped", Instead(workflow, branch with { Then = branch.Else, Else = branch.Then }));
            yield return ($"'{branch.Id}' asks the opposite", Instead(workflow, branch with { When = new NotCondition(branch.When) }));
        }

        foreach (var send in workflow.Steps.OfType<SendStep>())
        {
            var other = workflow.Steps.OfType<SendStep>().FirstOrDefault(s => s.Channel == send.Channel && s.Template != send.Template);
            if (other is not null) yield return ($"'{send.Id}' sends {other.Template}", Instead(workflow, send with { Template = other.Template }));
            yield return ($"'{send.Id}' needs no consent any more", Instead(workflow, send with { Marketing = !send.Marketing }));
        }

        for (var i = 0; i < workflow.Exits.Length; i++)
        {
            yield return ($"exit '{workflow.Exits[i].Reason}' lost", workflow with { Exits = workflow.Exits.RemoveAt(i) });
            if (workflow.Exits[i].Start is not null) yield return ($"exit '{workflow.Exits[i].Reason}' hands over to nobody", workflow with { Exits = workflow.Exits.SetItem(i, workflow.Exits[i] with { Start = null }) });
            if (!workflow.Exits[i].Same.IsEmpty) yield return ($"exit '{workflow.Exits[i].Reason}' takes any event", workflow with { Exits = workflow.Exits.SetItem(i, workflow.Exits[i] with { Same = [] }) });
        }

        if (workflow.Goal is { } goal)
        {
            yield return ("goal lost", workflow with { Goal = null });
            yield return ("goal ends, or no more", workflow with { Goal = goal with { Ends = !goal.Ends } });
        }

        if (workflow.Window is { } window)
        {
            yield return ("window lost", workflow with { Window = null });
            yield return ("window opens an hour later", workflow with { Window = window with { From = window.From + 60 } });
        }

        yield return ("re-entry turned round", workflow with { Reentry = workflow.Reentry.Allowed ? new Reentry(false, TimeSpan.Zero) : new Reentry(true, TimeSpan.Zero) });
        if (workflow.Only is not null) yield return ("takes everybody", workflow with { Only = new NotCondition(workflow.Only) });
    }

    private static Workflow Instead(Workflow workflow, Step changed) => workflow with { Steps = [.. workflow.Steps.Select(s => s.Id == changed.Id ? changed : s)] };

    private static Workflow Without(Workflow workflow, Step gone)
    {
        string? To(string? id) => id == gone.Id ? gone.Next : id;
        return workflow with
        {
            First = To(workflow.First),
            Steps =
            [
                .. workflow.Steps.Where(s => s.Id != gone.Id).Select(s => s switch
                {
                    WaitStep wait => wait with { Next = To(wait.Next), OnEvent = To(wait.OnEvent), OnTimeout = To(wait.OnTimeout) },
                    BranchStep branch => branch with { Next = To(branch.Next), Then = To(branch.Then), Else = To(branch.Else) },
                    _ => s with { Next = To(s.Next) },
                }),
            ],
        };
    }
}
