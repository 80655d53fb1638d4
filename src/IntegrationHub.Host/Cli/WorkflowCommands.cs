using System.CommandLine;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub workflow …</c>.</summary>
internal static class WorkflowCommands
{
    public static Command Build() => new("workflow", "Workflows: what runs on clean, unified contacts.")
    {
        WorkflowTestCommand.Build(),
        WorkflowSchemaCommand.Build(),
        WorkflowCheckCommand.Build(),
        SimulateCommand.Build(),
        WorkflowLaunchCommands.List(),
        WorkflowLaunchCommands.Publish(),
        WorkflowLaunchCommands.Launch(),
        WorkflowLaunchCommands.Pause(),
        WorkflowLaunchCommands.Resume(),
        WorkflowLaunchCommands.Stop(),
        WorkflowFollowCommands.Status(),
        WorkflowFollowCommands.Why(),
        WorkflowFollowCommands.Retry(),
        WorkflowFollowCommands.Enrol(),
        WorkflowFollowCommands.Migrate(),
    };
}
