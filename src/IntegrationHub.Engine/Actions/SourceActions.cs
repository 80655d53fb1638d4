using System.Text.Json;
using IntegrationHub.Connect;
using IntegrationHub.Engine.Jobs;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>What is needed to configure a source.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Connector">The connector's name.</param>
/// <param name="Url">The API's address; null for the connector's own.</param>
/// <param name="TokenVariable">The environment variable with the token.</param>
/// <param name="Path">A file or folder.</param>
/// <param name="MappingFile">A mapping of its own.</param>
/// <param name="Schedule">When <c>hub serve</c> pulls it: a Quartz cron expression; null for the default.</param>
public sealed record NewSource(
    string Name, string Connector, string? Url = null, string? TokenVariable = null, string? Path = null, string? MappingFile = null, string? Schedule = null);

/// <summary>One source with its state.</summary>
/// <param name="Source">How it is configured.</param>
/// <param name="Records">Records that it holds.</param>
/// <param name="LastPullAt">When it was last pulled with a change; null before the first pull.</param>
public sealed record SourceListing(SourceRow Source, long Records, DateTimeOffset? LastPullAt);

/// <summary>How a source's webhooks are set up.</summary>
/// <param name="Url">The address to give the vendor.</param>
/// <param name="Guide">What to do at the vendor; null where the address was closed.</param>
/// <param name="Note">What the admin should know besides; null when there is nothing.</param>
public sealed record WebhookSetUp(string Url, string? Guide, string? Note);

/// <summary>Adds, lists and checks sources.</summary>
public sealed class SourceActions(HubStore store, SourceConnections connections, TokenVault vault, RecipeBook recipes, EngineSettings settings, TimeProvider time)
{
    /// <summary>Adds a source. Nothing is pulled yet.</summary>
    /// <returns>What the admin should know besides; null when there is nothing.</returns>
    /// <exception cref="NotPossibleException">The name is taken or no name, the connector is unknown, an address or a path is wrong.</exception>
    /// <exception cref="RecipeException">The mapping file has mistakes.</exception>
    public async Task<string?> Add(NewSource wanted, Actor by, CancellationToken ct)
    {
        by.Require(Role.Admin);
        var name = SourceName.Parse(wanted.Name)
            ?? throw new NotPossibleException($"'{wanted.Name}' is no name for a source: use 1 to 64 lower-case letters, digits and hyphens, such as shopify-eu.");
        var about = connections.Catalogue.Find(wanted.Connector)
            ?? throw new NotPossibleException($"There is no connector '{wanted.Connector}'. There are: {string.Join(", ", connections.Catalogue.Names)}.");
        if (wanted.Schedule is { } cron && !Schedules.IsValid(cron))
            throw new NotPossibleException($"'{cron}' is no schedule. Write a Quartz cron expression of six or seven parts, such as '0 0/15 * * * ?' for every 15 minutes.");
        var (token, note) = TokenOf(wanted, about);
        var row = new SourceRow(
            name, wanted.Connector, UrlOf(wanted, about), PathOf(wanted, about), wanted.TokenVariable, token, MappingOf(wanted), wanted.Schedule, time.GetUtcNow());
        await using (connections.Open(row, SourceRecipes.Of(row, recipes)))
        {
            // Opening it checks that address, token and path fit together; the first pull or `source check` talks to it.
        }

        if (!await store.Sources.Add(row, ct)) throw new NotPossibleException($"There is a source '{name}' already. Give this one another name, such as {name}-2.");
        var after = JsonSerializer.Serialize(new { row.Connector, row.Url, row.Path, row.TokenEnv, row.MappingFile, row.Schedule });
        await store.Trail.Add([new TrailEntry(time.GetUtcNow(), by.Name, "add", "source", name.Value, null, after, null)], ct);
        return note;
    }

    /// <summary>Opens the address that a source's system may send webhooks to, by giving it the secret that both share, or closes it.</summary>
    /// <param name="name">The source.</param>
    /// <param name="variable">The environment variable that holds the secret; null closes the address.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops it; nothing is changed.</param>
    /// <exception cref="NotPossibleException">There is no such source, its system sends no webhooks, or the secret is too short to be one.</exception>
    public async Task<WebhookSetUp> SetWebhook(string name, string? variable, Actor by, CancellationToken ct)
    {
        by.Require(Role.Admin);
        var source = await Find(store, name, ct);
        await using var open = connections.Open(source, SourceRecipes.Of(source, recipes));
        if (open.Connector is not IWebhooks hooks) throw new NotPossibleException($"'{source.Connector}' sends no webhooks; '{name}' is pulled by its schedule.");
        var secret = variable is null ? null : vault.FromEnvironment(variable);
        if (secret is { Length: < ShortestSecret }) throw new NotPossibleException($"The secret in {variable} has {secret.Length} characters; {ShortestSecret} are the least that nobody guesses.");
        await store.Sources.SetWebhook(source.Name, variable, secret is null ? null : vault.Protect(secret), ct);
        var change = JsonSerializer.Serialize(new { WebhookEnv = variable });
        await store.Trail.Add([new TrailEntry(time.GetUtcNow(), by.Name, variable is null ? "webhook closed" : "webhook opened", "source", name, JsonSerializer.Serialize(new { source.WebhookEnv }), change, null)], ct);
        var url = $"{settings.Delivery.PublicUrl.AbsoluteUri.TrimEnd('/')}/webhooks/{source.Name}";
        return new WebhookSetUp(
            url, variable is null ? null : hooks.WebhookGuide.Replace("{url}", url, StringComparison.Ordinal),
            variable is not null && secret is null ? $"{variable} is not set here. It has to be set wherever the hub serves, or say this again with it set: then its value is kept, encrypted." : null);
    }

    // 128 bits in base64 have 22 characters, and vendors' secrets 24 or more.
    private const int ShortestSecret = 16;

    /// <summary>All sources, by name.</summary>
    public async Task<IReadOnlyList<SourceListing>> List(CancellationToken ct)
    {
        var counts = (await store.Stats.Sources(ct)).ToLookup(c => c.Source, StringComparer.Ordinal);
        var listings = new List<SourceListing>();
        foreach (var source in await store.Sources.List(ct))
        {
            var streams = await store.Sources.Streams(source.Name, ct);
            listings.Add(new SourceListing(source, counts[source.Name.Value].Sum(c => c.Records), streams.Max(s => s.LastPullAt)));
        }

        return listings;
    }

    /// <summary>Tries a source's credentials, permissions and mapping.</summary>
    /// <exception cref="NotPossibleException">There is no such source.</exception>
    public async Task<CheckResult> Check(string name, CancellationToken ct)
    {
        var source = await Find(store, name, ct);
        try
        {
            await using var open = connections.Open(source, SourceRecipes.Of(source, recipes));
            return await open.Connector.Check(ct);
        }
        catch (Exception e) when (e is ConnectorException or ConfigurationException or RecipeException)
        {
            return new CheckResult(false, e.Message);
        }
    }

    internal static async Task<SourceRow> Find(HubStore store, string name, CancellationToken ct)
    {
        if (SourceName.Parse(name) is { } known && await store.Sources.Find(known, ct) is { } source) return source;
        var names = (await store.Sources.List(ct)).Select(s => s.Name.Value).ToList();
        throw new NotPossibleException(
            $"There is no source '{name}'. {(names.Count == 0 ? "There is none yet: hub source add NAME --connector …" : $"There are: {string.Join(", ", names)}.")}");
    }

    private (string? Protected, string? Note) TokenOf(NewSource wanted, ConnectorAttribute about)
    {
        if (wanted.TokenVariable is not { } variable)
            return about.NeedsToken
                ? throw new NotPossibleException($"{about.Title} needs a token. Put it in an environment variable and name that: --token-env {about.Name.ToUpperInvariant()}_TOKEN")
                : (null, null);
        return vault.FromEnvironment(variable) is { } token
            ? (vault.Protect(token), null)
            : (null, $"{variable} is not set here. It has to be set wherever the hub runs, or add the source again with it set: then its value is kept, encrypted.");
    }

    private static string? UrlOf(NewSource wanted, ConnectorAttribute about)
    {
        if (wanted.Url is null)
            return about.NeedsPath || about.DefaultUrl is not null
                ? null
                : throw new NotPossibleException($"{about.Title} has another address for each account; give it with --url https://…");
        return Uri.TryCreate(wanted.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? wanted.Url
            : throw new NotPossibleException($"'{wanted.Url}' is no web address; give one such as https://api.example.com");
    }

    private static string? PathOf(NewSource wanted, ConnectorAttribute about)
    {
        if (!about.NeedsPath) return null;
        if (wanted.Path is null) throw new NotPossibleException($"{about.Title} needs a file or a folder: --path FILE-OR-FOLDER");
        var full = Path.GetFullPath(wanted.Path);
        return File.Exists(full) || Directory.Exists(full) ? full : throw new NotPossibleException($"{full} is neither a file nor a folder.");
    }

    private static string? MappingOf(NewSource wanted)
    {
        if (wanted.MappingFile is not { } file) return null;
        MappingFile.Load(file);
        return Path.GetFullPath(file);
    }
}
