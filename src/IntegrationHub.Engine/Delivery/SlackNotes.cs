using System.Net.Http.Json;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Engine.Sources;

namespace IntegrationHub.Engine.Delivery;

/// <summary>Notes to one's own team in a Slack channel, as the settings say under <c>Hub:Slack</c>. The webhook's address is the secret, so an environment variable holds it.</summary>
/// <param name="WebhookVariable">The environment variable.</param>
public sealed record SlackSettings(string WebhookVariable = "SLACK_WEBHOOK_URL");

/// <summary>Posts notes to Slack's incoming webhook.</summary>
internal sealed class SlackNotes(SlackSettings settings, TokenVault vault, IHttpClientFactory http)
{
    private const int Longest = 3_000;

    /// <summary>True where a webhook is set.</summary>
    public bool IsOn => vault.FromEnvironment(settings.WebhookVariable) is not null;

    /// <summary>Posts a note. Slack takes no key: one whose end nobody knows may be there twice, which for a note is better than not at all.</summary>
    public async Task<PushResult> Post(string text, CancellationToken ct)
    {
        if (vault.FromEnvironment(settings.WebhookVariable) is not { } secret || !Uri.TryCreate(secret, UriKind.Absolute, out var webhook))
            return new PushResult("slack", false, $"The environment variable {settings.WebhookVariable} holds no webhook's address. Set it to the one that Slack gave you.", Retry: true);
        try
        {
            PrivateAddresses.RequireTls(webhook, "slack");
            using var answer = await http.CreateClient(EnrichmentCalls.ClientName).PostAsJsonAsync(webhook, new { text = Escaped(text), unfurl_links = false }, ct);
            if (answer.IsSuccessStatusCode) return new PushResult("slack", true, null, Retry: false);
            var why = await answer.Content.ReadAsStringAsync(ct);
            return new PushResult("slack", false, $"Slack refuses (HTTP {(int)answer.StatusCode}): {(why.Length > 200 ? why[..200] : why)}", (int)answer.StatusCode is 408 or 429 or >= 500);
        }
        catch (HttpRequestException e)
        {
            return new PushResult("slack", false, $"Slack cannot be reached: {e.HttpRequestError}", Retry: true);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new PushResult("slack", false, "Slack did not answer in time.", Retry: true);
        }
        catch (ConnectorException e)
        {
            return new PushResult("slack", false, e.Message, Retry: false);
        }
    }

    /// <summary>What a contact wrote must neither call the channel nor make a link.</summary>
    private static string Escaped(string text) =>
        (text.Length > Longest ? text[..Longest] + "…" : text).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
