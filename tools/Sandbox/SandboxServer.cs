using System.Text;
using System.Text.Json;
using IntegrationHub.Sandbox.Control;
using IntegrationHub.Sandbox.Http;
using IntegrationHub.Sandbox.HubSpot;
using IntegrationHub.Sandbox.Mailchimp;
using IntegrationHub.Sandbox.Shopify;
using IntegrationHub.Sandbox.World;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace IntegrationHub.Sandbox;

/// <summary>The running sandbox: its data, its server, its folder.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly bool ownsFolder;

    private SandboxServer(WebApplication app, Estate estate, Tokens tokens, bool ownsFolder)
    {
        this.app = app;
        this.ownsFolder = ownsFolder;
        Estate = estate;
        HubSpotToken = tokens.HubSpot;
        MailchimpToken = tokens.Mailchimp;
        ShopifyToken = tokens.Shopify;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        Url = new Uri(addresses!.Addresses.First());
    }

    /// <summary>The data.</summary>
    public Estate Estate { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>The bearer token of HubSpot.</summary>
    public string HubSpotToken { get; }

    /// <summary>The API key of Mailchimp.</summary>
    public string MailchimpToken { get; }

    /// <summary>The access token of Shopify.</summary>
    public string ShopifyToken { get; }

    /// <summary>The address that stands for a vendor's base: hubspot, mailchimp, shopify.</summary>
    public Uri UrlOf(string vendor) => new(Url, vendor);

    /// <summary>The one line that says where everything is.</summary>
    public string Ready()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Reply.Options))
        {
            json.WriteStartObject();
            foreach (var (vendor, token) in new[] { ("hubspot", HubSpotToken), ("mailchimp", MailchimpToken), ("shopify", ShopifyToken) })
            {
                json.WriteStartObject(vendor);
                json.WriteString("url", UrlOf(vendor).ToString());
                json.WriteString("token", token);
                json.WriteEndObject();
            }
            json.WriteStartObject("files");
            json.WriteString("path", Estate.Files.Folder);
            json.WriteString("mapping", Path.Combine(AppContext.BaseDirectory, "files.yaml"));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Makes the data, writes the files and the truth, and listens.</summary>
    /// <exception cref="IOException">The address is taken, or a file cannot be written.</exception>
    public static async Task<SandboxServer> Start(SandboxOptions options, TimeProvider time, CancellationToken ct)
    {
        var estate = Estate.Make(options.People, options.Seed, options.AsOf, options.Faults);
        if (options.Truth is { } truth)
        {
            await using var writer = new StreamWriter(truth, append: false, new UTF8Encoding(false));
            estate.WriteTruth(writer);
        }
        estate.Files.Write(options.Files ?? Directory.CreateTempSubdirectory("sandbox-files-").FullName);
        var tokens = new Tokens(Dice.For(options.Seed, "tokens"));
        var app = Build(options, estate, tokens, time);
        try
        {
            await app.StartAsync(ct);
        }
        catch
        {
            await app.DisposeAsync();
            if (options.Files is null) Directory.Delete(estate.Files.Folder!, recursive: true);
            throw;
        }
        return new SandboxServer(app, estate, tokens, options.Files is null);
    }

    /// <summary>Ends when the process is asked to.</summary>
    public Task WaitForShutdown(CancellationToken ct) => app.WaitForShutdownAsync(ct);

    /// <summary>Asks it to end.</summary>
    public void Stop() => app.Lifetime.StopApplication();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        if (ownsFolder && Estate.Files.Folder is { } folder && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static WebApplication Build(SandboxOptions options, Estate estate, Tokens tokens, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        // Standard output is for the one line that programs read.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(options.Url.ToString()).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 10_000_000;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var faults = new Faults(options.Seed, options.Faults);
        new HubSpotApi(estate.HubSpot, new HubSpotGate(tokens.HubSpot, faults, options.Limits, time), time).Map(app.MapGroup("/hubspot"));
        new MailchimpApi(estate.Mailchimp, new MailchimpGate(tokens.Mailchimp, faults, options.Limits, time), time).Map(app.MapGroup("/mailchimp"));
        new ShopifyApi(estate.Shopify, new ShopifyGate(tokens.Shopify, faults, options.Limits, time), new CostBucket(options.Limits, time)).Map(
            app.MapGroup("/shopify")
        );
        new ControlApi(new Changes(estate, options.Seed, time), new Trade(estate, options.Seed, time), faults).Map(app.MapGroup("/_sandbox"));
        return app;
    }

    private sealed class Tokens(Dice dice)
    {
        public string HubSpot { get; } = $"pat-eu1-{Hex(dice, 8)}-{Hex(dice, 4)}-{Hex(dice, 4)}-{Hex(dice, 4)}-{Hex(dice, 12)}";
        public string Mailchimp { get; } = $"{Hex(dice, 32)}-us19";
        public string Shopify { get; } = $"shpat_{Hex(dice, 32)}";

        private static string Hex(Dice dice, int length) =>
            string.Concat(Enumerable.Range(0, length).Select(_ => "0123456789abcdef"[dice.Below(16)]));
    }
}
