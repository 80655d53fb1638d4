using System.Globalization;
using System.Text.Json;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Writes properties back by batch update, a result a contact.</summary>
internal sealed class HubSpotPush(IHubSpotApi api)
{
    private const int BatchSize = 100;

    public async Task<IReadOnlyList<PushResult>> Push(IReadOnlyList<PushWrite> writes, CancellationToken ct)
    {
        var results = new PushResult[writes.Count];
        for (var from = 0; from < writes.Count; from += BatchSize) await Batch(writes, from, Math.Min(BatchSize, writes.Count - from), results, ct);
        return results;
    }

    /// <summary>HubSpot refuses a batch whole for one bad value in it, so a refused batch is halved until the bad ones stand alone.</summary>
    private async Task Batch(IReadOnlyList<PushWrite> writes, int from, int count, PushResult[] results, CancellationToken ct)
    {
        var inputs = Enumerable.Range(from, count).Select(i => new UpdateInput(writes[i].ExternalId, writes[i].Properties, i.ToString(CultureInfo.InvariantCulture)));
        JsonBody answer;
        try
        {
            answer = await JsonBody.Of(api.Update(new UpdateRequest([.. inputs]), ct), ct);
        }
        catch (ConnectorException e) when (e.Transient)
        {
            for (var i = from; i < from + count; i++) results[i] = new PushResult(writes[i].ExternalId, false, e.Message, Retry: true);
            return;
        }
        if (answer.Status is 200 or 201 or 207)
        {
            Tell(answer.As(HubSpotJson.Default.UpdateAnswer), writes, from, count, results);
        }
        else if (count == 1)
        {
            results[from] = new PushResult(writes[from].ExternalId, false, answer.Text("message") ?? $"HubSpot refused it (HTTP {answer.Status}).", Retry: false);
        }
        else
        {
            await Batch(writes, from, count / 2, results, ct);
            await Batch(writes, from + count / 2, count - count / 2, results, ct);
        }
    }

    private static void Tell(UpdateAnswer answer, IReadOnlyList<PushWrite> writes, int from, int count, PushResult[] results)
    {
        var written = (answer.Results ?? []).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var errors = answer.Errors ?? [];
        for (var i = from; i < from + count; i++)
        {
            var id = writes[i].ExternalId;
            var trace = i.ToString(CultureInfo.InvariantCulture);
            var error = errors.FirstOrDefault(e => Mentions(e, "objectWriteTraceId", trace))
                ?? (written.Contains(id) ? null : errors.FirstOrDefault(e => Mentions(e, "ids", id) || Mentions(e, "id", id)) ?? (errors.Count == 1 ? errors[0] : null));
            results[i] = error is not null
                ? new PushResult(id, false, error.Message ?? error.Category ?? "HubSpot gives no reason.", error.Category == "RATE_LIMITS")
                : errors.Count == 0 || written.Contains(id)
                    ? new PushResult(id, true, null, Retry: false)
                    : new PushResult(id, false, "HubSpot's answer does not name this contact; it reports: " + string.Join(" · ", errors.Select(e => e.Message).Distinct().Take(3)), Retry: false);
        }
    }

    private static bool Mentions(UpdateError error, string key, string value) =>
        error.Context is { } context && context.TryGetValue(key, out var said) && said.ValueKind switch
        {
            JsonValueKind.Array => said.EnumerateArray().Any(v => v.ToString() == value),
            _ => said.ToString() == value,
        };
}
