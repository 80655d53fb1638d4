using IntegrationHub.Connect;
using IntegrationHub.Engine.Cluster;
using IntegrationHub.Engine.Events;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Engine.Actions;

/// <summary>What became of a webhook.</summary>
public enum WebhookAnswer
{
    /// <summary>What it tells is on the disk, or it tells nothing that a stream has.</summary>
    Kept,

    /// <summary>There is no such address: no source, none that takes webhooks, or no secret.</summary>
    Closed,

    /// <summary>It is not signed with the secret, or too old.</summary>
    Refused,

    /// <summary>The body is not what the vendor sends; sent again it will not be either.</summary>
    Unreadable,

    /// <summary>It could not be kept now; the vendor sends it again.</summary>
    NotNow,
}

/// <summary>What became of a webhook, with numbers.</summary>
/// <param name="Answer">What.</param>
/// <param name="Rows">Rows that it told of.</param>
/// <param name="Events">Events among them that were not known.</param>
/// <param name="HasRecords">True when contacts or companies have changed, so that <see cref="TakeWebhook.Resolve"/> has something to do.</param>
public sealed record WebhookReceipt(WebhookAnswer Answer, int Rows = 0, int Events = 0, bool HasRecords = false);

/// <summary>Takes what the sources' systems send by themselves. Told twice, by webhooks or by a pull, it counts once.</summary>
public sealed partial class TakeWebhook(
    HubStore store, SourceConnections connections, RecipeBook recipes, TokenVault vault, PipelineFactory pipelines, Lane lane, EventSignal landed, TimeProvider time, ILogger<TakeWebhook> log)
{
    /// <summary>Verifies a request and keeps what it tells: on the disk when this returns.</summary>
    /// <param name="source">The source that the address names.</param>
    /// <param name="request">The request.</param>
    /// <param name="ct">Stops it; nothing is kept by halves.</param>
    public async Task<WebhookReceipt> Take(string source, WebhookRequest request, CancellationToken ct)
    {
        if (SourceName.Parse(source) is not { } name || await store.Sources.Find(name, ct) is not { } row) return new WebhookReceipt(WebhookAnswer.Closed);
        try
        {
            if (vault.Reveal(name, row.WebhookEnv, row.WebhookProtected) is not { } secrets) return new WebhookReceipt(WebhookAnswer.Closed);
            var own = SourceRecipes.Of(row, recipes);
            await using var open = connections.Open(row, own);
            if (open.Connector is not IWebhooks hooks) return new WebhookReceipt(WebhookAnswer.Closed);
            // Two, with a blank between, while one is replaced by the other.
            if (!secrets.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(secret => hooks.VerifyWebhook(request, secret, time.GetUtcNow())))
            {
                NotSigned(log, source);
                return new WebhookReceipt(WebhookAnswer.Refused);
            }

            return request.Method == "POST" ? await Keep(name, own, await hooks.ParseWebhook(request, ct), ct) : new WebhookReceipt(WebhookAnswer.Kept);
        }
        catch (FormatException e)
        {
            NotRead(log, source, e.Message);
            return new WebhookReceipt(WebhookAnswer.Unreadable);
        }
        catch (Exception e) when (e is ConnectorException or ConfigurationException or RecipeException or StoreException)
        {
            NotKept(log, source, e.Message);
            return new WebhookReceipt(WebhookAnswer.NotNow);
        }
    }

    /// <summary>Cleans, matches and merges the records that a webhook brought, in the same breath as events are; beside a sync that is neither matching nor merging. Where another process is at it, its next sync does it.</summary>
    public async Task Resolve(string source, CancellationToken ct)
    {
        if (SourceName.Parse(source) is not { } name || await store.Sources.Find(name, ct) is not { } row || await lane.Share(ct) is not { } share) return;
        await using (share) await pipelines.Create(new Progress<RunProgress>()).Arrived(row, ct);
        landed.Ring();
    }

    private async Task<WebhookReceipt> Keep(SourceName name, SourceRecipes own, IReadOnlyList<WebhookRows> told, CancellationToken ct)
    {
        var (rows, events, hasRecords) = (0, 0, false);
        foreach (var (stream, records) in told.Where(t => t.Records.Count > 0))
        {
            var now = time.GetUtcNow();
            var of = new ToldEvents(name, stream, own.Events(stream), historyBefore: null);
            var landings = records.Select(r => of.Of(r, now)).ToList();
            if (of.Take() is { Count: > 0 } unread)
                await store.Quarantine.Add([.. unread.Select(p => new QuarantineAdd("row", "pull", name.Value, stream, p.Place, null, p.Message, p.Raw, null))], now, ct);
            // A full pull that is under way must not take the row for one that is gone.
            var pass = (await store.Sources.StreamState(name, stream, ct)).FullPass;
            var counts = await store.Landing.SavePage(name, stream, landings, null, pass, own.Maps(stream), now, ct);
            rows += records.Count;
            events += counts.Events;
            hasRecords |= own.Maps(stream) && counts.New + counts.Changed + counts.Deleted > 0;
        }

        if (events > 0) landed.Ring();
        return new WebhookReceipt(WebhookAnswer.Kept, rows, events, hasRecords);
    }

    [LoggerMessage(1421, LogLevel.Warning, "A webhook to {Source} was refused: it is not signed with the secret of the source, or too old. If it came from the vendor, set the secret anew: hub source webhook {Source} --secret-env VARIABLE")]
    private static partial void NotSigned(ILogger log, string source);

    [LoggerMessage(1422, LogLevel.Warning, "A webhook to {Source} was signed and could not be read: {Reason}")]
    private static partial void NotRead(ILogger log, string source, string reason);

    [LoggerMessage(1423, LogLevel.Error, "A webhook to {Source} was not kept; the vendor sends it again: {Reason}")]
    private static partial void NotKept(ILogger log, string source, string reason);
}
