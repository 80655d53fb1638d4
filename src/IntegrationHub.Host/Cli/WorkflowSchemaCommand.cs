using System.CommandLine;
using IntegrationHub.Workflows;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub workflow schema</c>: writes the JSON schemas by which editors complete and check definitions.</summary>
internal static class WorkflowSchemaCommand
{
    public static Command Build()
    {
        var command = new Command("schema", "Write the JSON schemas of workflows and segments beside them, for editors to complete and check by.");
        command.SetAction((parsed, ct) => HubContext.Guard(async () =>
        {
            foreach (var (folder, schema) in new[] { ("workflows", DefinitionSchema.OfWorkflows()), ("segments", DefinitionSchema.OfSegments()) })
            {
                var file = Path.Combine(HubSettings.Read(parsed).Engine.MappingsDirectory, folder, "schema.json");
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, schema, ct);
                Console.Out.WriteLine($"Written: {file}");
            }

            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub workflow schema");
    }
}
