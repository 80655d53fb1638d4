using System.CommandLine;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub workflow …</c>.</summary>
internal static class WorkflowCommands
{
    public static Command Build() => new("workflow", "Workflows: what runs on clean, unified contacts.") { WorkflowCheckCommand.Build(), WorkflowSchemaCommand.Build(), WorkflowTestCommand.Build(), SimulateCommand.Build() };
}
