using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace IntegrationHub.Connect.Http;

/// <summary>Outermost: refuses foreign addresses, and turns what went wrong for good into a <see cref="ConnectorException"/> that says what to do.</summary>
internal sealed class FaultHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var calls = request.Calls();
        var address = request.RequestUri;
        if (address is null || !address.IsAbsoluteUri || address.GetLeftPart(UriPartial.Authority) != calls.BaseAddress.GetLeftPart(UriPartial.Authority))
            throw calls.Fault(address, $"this call leaves the configured address {calls.BaseAddress}; it was not sent.");
        TakeMark(request.Headers, CallMarks.IdempotentName, request, CallMarks.IsIdempotent);
        TakeMark(request.Headers, CallMarks.ReadsErrorsName, request, CallMarks.ReadsErrorsItself);

        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (PaceStopsException e)
        {
            throw calls.Fault(address, e.Message, e, transient: true);
        }
        catch (HttpRequestException e)
        {
            throw calls.Fault(address, Unreachable(e), e, transient: true);
        }
        catch (TimeoutRejectedException e)
        {
            throw calls.Fault(
                address,
                $"no answer within {ConnectHttp.AttemptTimeout.TotalSeconds:0} s, several times. The pull goes on from here at the next run; "
                + $"if this stays, ask {calls.Title}'s status page.",
                e,
                transient: true);
        }
        catch (BrokenCircuitException e)
        {
            throw calls.Fault(address, "failed so often within a minute that it is left alone for half a minute. Try again then.", e, transient: true);
        }
        try
        {
            await Judge(calls, request, response, cancellationToken);
            return response;
        }
        catch (ConnectorException e)
        {
            e.Status = (int)response.StatusCode;
            response.Dispose();
            throw;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static void TakeMark(HttpRequestHeaders headers, string name, HttpRequestMessage request, HttpRequestOptionsKey<bool> mark)
    {
        if (headers.Remove(name)) request.Options.Set(mark, true);
    }

    private static string Unreachable(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "no host of this name is known. Is the address spelt right (--url), and is there a network?",
        HttpRequestError.SecureConnectionError => $"no secure connection could be made ({e.Message}). Is this the right address (--url), and is the clock of this machine right?",
        HttpRequestError.ResponseEnded => "the connection broke before the answer was complete, several times. The pull goes on from here at the next run.",
        HttpRequestError.ConfigurationLimitExceeded => "the answer is larger than 64 MB; this is not the API it should be. Is the address right (--url)?",
        _ => $"the host cannot be reached ({e.Message}). Is the address right (--url), is the service up, does a firewall stand between?",
    };

    private static async Task Judge(SourceCalls calls, HttpRequestMessage request, HttpResponseMessage response, CancellationToken ct)
    {
        var address = request.RequestUri;
        var status = (int)response.StatusCode;
        if (request.Options.TryGetValue(CallMarks.WasThrottled, out var throttled))
            throw calls.Fault(address, throttled.Stop ?? (throttled.Wait > ConnectHttp.LongestWait
                ? $"asks to be left alone until {calls.Time.GetUtcNow() + throttled.Wait:yyyy-MM-dd HH:mm} UTC. The pull goes on from here at the next run after that."
                : "still limits the calls after many waits. Something else uses the same account; run the sync at another hour, or pause the other."), transient: true);
        if (response.IsSuccessStatusCode)
        {
            if (status == 204 || await LooksLikeJson(response, ct)) return;
            var (type, start) = (response.Content.Headers.ContentType?.MediaType ?? "no content type", Excerpt(await response.Content.ReadAsByteArrayAsync(ct), 80));
            throw calls.Fault(address, $"the answer is not JSON ({type}: \"{start}\"). Is the address that of the API (--url)?");
        }
        if (status is >= 300 and < 400)
            throw calls.Fault(
                address,
                $"answers with a redirect to {response.Headers.Location}, which is not followed. If that is the right address: "
                + $"hub source add {calls.Source} … --url {Authority(response.Headers.Location)}");
        var said = Said(await response.Content.ReadAsByteArrayAsync(ct));
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw calls.Fault(
                address,
                $"{(status == 401 ? "the token is not accepted" : "the token lacks a permission")} (HTTP {status}{said}). {calls.TokenCure} "
                + $"Then set the environment variable that source '{calls.Source}' names (given with --token-env; see: hub source list --json) to the token, and sync again.");
        if (status is < 500 and not 408 && request.Options.TryGetValue(CallMarks.ReadsErrorsItself, out var reads) && reads) return;
        throw calls.Fault(address, status switch
        {
            404 => $"there is no such API here (HTTP 404{said}). Is the address right (--url)?",
            >= 500 => $"fails by itself (HTTP {status}{said}), several times. The pull goes on from here at the next run; "
                + $"if this stays, ask {calls.Title}'s status page.",
            _ => $"refused the call (HTTP {status}{said}).",
        }, transient: status is >= 500 or 408);
    }

    /// <summary>A redirect may give a path alone, or nothing that can be followed at all.</summary>
    private static string Authority(Uri? location) => location is { IsAbsoluteUri: true } ? location.GetLeftPart(UriPartial.Authority) : "URL";

    /// <summary>By its first bytes, without copying the answer, which lies in memory already.</summary>
    private static async Task<bool> LooksLikeJson(HttpResponseMessage response, CancellationToken ct)
    {
        var start = new byte[64];
        var body = await response.Content.ReadAsStreamAsync(ct);
        var length = await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct);
        body.Position = 0;
        var text = start.AsSpan(0, length).TrimStart(" \t\r\n"u8);
        return text.Length > 0 && text[0] is (byte)'{' or (byte)'[';
    }

    private static string Said(byte[] body)
    {
        if (body.Length == 0) return "";
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                foreach (var name in (ReadOnlySpan<string>)["message", "detail", "errors", "title"])
                    if (json.RootElement.TryGetProperty(name, out var text))
                        return $": {(text.ValueKind == JsonValueKind.String ? text.GetString() : text.GetRawText())}";
        }
        catch (JsonException)
        {
            // An error page of something in between; its beginning says enough.
        }
        return $": \"{Excerpt(body, 120)}\"";
    }

    private static string Excerpt(byte[] body, int length)
    {
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, length * 4)));
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= length ? text : text[..length] + "…";
    }
}

/// <summary>The source that a request belongs to.</summary>
internal static class RequestSource
{
    public static SourceCalls Calls(this HttpRequestMessage request) => request.Options.TryGetValue(SourceCalls.Key, out var calls)
        ? calls
        : throw new InvalidOperationException("This client serves connectors only: make it with SourceCalls.Api.");
}
