using System.CommandLine;
using IntegrationHub.Host.Cli;

var root = new RootCommand("Clean, unified contacts out of all your systems.");
foreach (var command in Commands.All()) root.Add(command);
return await root.Parse(args).InvokeAsync();
