using System.CommandLine;

namespace IntegrationHub.Host.Cli;

/// <summary>The commands of <c>hub</c>, in the order of its help.</summary>
internal static class Commands
{
    public static IEnumerable<Command> All() => [];
}
