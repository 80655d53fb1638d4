using IntegrationHub.Host.Cli;

return await Commands.Run(args);
