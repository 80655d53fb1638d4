using System.CommandLine;
using IntegrationHub.Engine.Jobs;
using IntegrationHub.Host.Api;
using IntegrationHub.Host.Logging;
using IntegrationHub.Host.Webhooks;
using Serilog.Events;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var url = new Option<string>("--url") { Description = "Where it listens.", DefaultValueFactory = _ => "http://127.0.0.1:5080", HelpName = "URL" };
        var command = new Command("serve", "Run the schedules and the workflows: each source is pulled, and the data audited, when its schedule says so; events wake workflows at once. Answers /health/live and /health/ready, /api/v1/audits and /api/v1/events on this machine, and to everybody the links in messages (/u, /c) and sources' webhooks (/webhooks/SOURCE).") { url };
        command.SetAction((parsed, ct) => HubContext.Guard(async () =>
        {
            var settings = HubSettings.Read(parsed);
            await (await HubContext.Open(parsed, ct)).DisposeAsync(); // checks or makes the database before anything listens
            var builder = WebApplication.CreateSlimBuilder();
            builder.Configuration.Sources.Clear();
            // What the web host is told below has to stand somewhere.
            builder.Configuration.AddInMemoryCollection();
            builder.WebHost.UseUrls(parsed.GetValue(url)!);
            HubContext.AddHub(builder.Services, settings, HubLogging.Create(settings, LogEventLevel.Information));
            builder.Services.AddHubSchedules();
            await using var app = builder.Build();
            Health.Map(app);
            AuditApi.Map(app);
            EventsApi.Map(app);
            LinkApi.Map(app);
            WebhookApi.Map(app);
            await app.StartAsync(ct);
            await Console.Out.WriteLineAsync($"Serving on {string.Join(", ", app.Urls)}. Stop with Ctrl-C.");
            await app.WaitForShutdownAsync(ct);
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub serve", "hub serve --url http://127.0.0.1:8080");
    }
}
