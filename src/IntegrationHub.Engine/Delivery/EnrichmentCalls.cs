using System.Collections.Concurrent;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Merging;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace IntegrationHub.Engine.Delivery;

/// <summary>What a vendor said.</summary>
/// <param name="Values">What it knows; null where it knows nothing, or could not be asked.</param>
/// <param name="Why">Why not, for people; null where it knows something.</param>
internal sealed record VendorAnswer(FieldValues? Values, string? Why);

/// <summary>
/// Asks enrichment vendors. One that fails over and over is not asked for half a minute: the next one has the time instead. Waits on the network go by the machine's own clock, whatever the hub's clock is.
/// </summary>
internal sealed class EnrichmentCalls(IHttpClientFactory http)
{
    /// <summary>The name of the factory's client for calls that are no connector's.</summary>
    public const string ClientName = "outside";

    private const int LargestAnswer = 1 << 20;
    private readonly ConcurrentDictionary<string, ResiliencePipeline<HttpResponseMessage>> pipelines = new(StringComparer.Ordinal);

    /// <summary>Asks one vendor about one contact, no longer than the contact can wait.</summary>
    public async Task<VendorAnswer> Ask(EnrichmentVendor vendor, string token, FieldValues contact, TimeSpan most, CancellationToken ct)
    {
        if (AddressOf(vendor, contact) is not { } address) return new VendorAnswer(null, $"no {string.Join(", ", vendor.Ask.Where(a => a.Needed && ValueOf(a.Field, contact) is null).Select(a => Fields.NameOf(a.Field)))} to ask by");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(most);
        try
        {
            PrivateAddresses.RequireTls(vendor.Url, vendor.Name);
            using var answer = await pipelines.GetOrAdd(vendor.Name, _ => Pipeline(vendor.Timeout)).ExecuteAsync(
                async (x, inner) =>
                {
                    using var request = Request(x.Vendor, x.Address, x.Token);
                    return await x.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, inner);
                },
                (Vendor: vendor, Address: address, Token: token, Client: http.CreateClient(ClientName)), limit.Token);
            return await Read(vendor, answer, limit.Token);
        }
        catch (BrokenCircuitException)
        {
            return new VendorAnswer(null, "not asked: it has failed over and over, and is left alone for a while");
        }
        catch (TimeoutRejectedException)
        {
            return new VendorAnswer(null, $"no answer within {vendor.Timeout.TotalSeconds:0.#} s");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new VendorAnswer(null, "no answer before the deadline");
        }
        catch (HttpRequestException e)
        {
            return new VendorAnswer(null, $"cannot be reached: {e.HttpRequestError}");
        }
        catch (IOException)
        {
            return new VendorAnswer(null, "the answer broke off");
        }
        catch (ConnectorException e)
        {
            return new VendorAnswer(null, e.Message);
        }
    }

    private static async Task<VendorAnswer> Read(EnrichmentVendor vendor, HttpResponseMessage answer, CancellationToken ct)
    {
        var status = (int)answer.StatusCode;
        if (vendor.Nothing.Contains(status)) return new VendorAnswer(null, "knows nothing");
        if (status is < 200 or > 299) return new VendorAnswer(null, status is 401 or 402 or 403 ? $"refuses (HTTP {status}): look at the token and the account" : $"HTTP {status}");
        if (answer.Content.Headers.ContentLength > LargestAnswer) return new VendorAnswer(null, "the answer is too large");
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        if (body.Length > LargestAnswer) return new VendorAnswer(null, "the answer is too large");
        try
        {
            var found = new PayloadReader(vendor.Fields.SelectMany(f => f.Paths)).Read(body);
            var values = new FieldValues.Builder();
            foreach (var (field, paths) in vendor.Fields) values[field] = paths.Select(p => found.GetValueOrDefault(p.Text)).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));
            var built = values.Build();
            return built.Equals(FieldValues.None) ? new VendorAnswer(null, "knows nothing") : new VendorAnswer(built, null);
        }
        catch (FormatException)
        {
            return new VendorAnswer(null, "the answer is no JSON object");
        }
    }

    private static Uri? AddressOf(EnrichmentVendor vendor, FieldValues contact)
    {
        var parameters = vendor.Always.ToList();
        foreach (var ask in vendor.Ask)
            if (ValueOf(ask.Field, contact) is { } value) parameters.Add((ask.Name, value));
            else if (ask.Needed) return null;
        var query = string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));
        return new UriBuilder(vendor.Url) { Query = vendor.Url.Query.Length > 1 ? $"{vendor.Url.Query[1..]}&{query}" : query }.Uri;
    }

    private static string? ValueOf(Field field, FieldValues contact) => field == Field.Domain ? contact[Field.Domain] ?? CompanyLinks.DomainOf(EntityKind.Contact, contact) : contact[field];

    private static HttpRequestMessage Request(EnrichmentVendor vendor, Uri address, string token)
    {
        var request = new HttpRequestMessage(vendor.IsPost ? HttpMethod.Post : HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation(vendor.TokenHeader, vendor.TokenHeader == "Authorization" ? $"Bearer {token}" : token);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return request;
    }

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(TimeSpan timeout)
    {
        var bad = new PredicateBuilder<HttpResponseMessage>().Handle<HttpRequestException>().Handle<TimeoutRejectedException>().HandleResult(r => (int)r.StatusCode is 408 or 429 or >= 500);
        return new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage> { ShouldHandle = bad, FailureRatio = 0.8, MinimumThroughput = 5, SamplingDuration = TimeSpan.FromSeconds(30), BreakDuration = TimeSpan.FromSeconds(30) })
            // Once more, for an answer that got lost; what takes long is not asked again, the contact waits.
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = new PredicateBuilder<HttpResponseMessage>().Handle<HttpRequestException>().HandleResult(r => (int)r.StatusCode is 502 or 503 or 504),
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(50),
                UseJitter = true,
            })
            .AddTimeout(timeout)
            .Build();
    }
}
