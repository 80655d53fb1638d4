namespace IntegrationHub.Connect.Http;

/// <summary>Holds each attempt back as the vendor's pace asks, and lets the pace learn from the answer.</summary>
internal sealed class PaceHandler(AccountPaces paces, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var pace = paces.Of(request.Calls());
        ((IDictionary<string, object?>)request.Options).Remove(CallMarks.WasThrottled.Key);
        using var entered = await pace.Enter(request, time, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        var body = pace.NeedsBody(response) ? await response.Content.ReadAsByteArrayAsync(cancellationToken) : [];
        if (pace.Read(response, body, time.GetUtcNow()) is { } throttled) request.Options.Set(CallMarks.WasThrottled, throttled);
        return response;
    }
}

/// <summary>Takes each answer whole into memory inside the attempt, so that a connection cut or stalled half-way through a body counts as a failed attempt.</summary>
internal sealed class WholeAnswerHandler : DelegatingHandler
{
    private const long LargestAnswer = 64L << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
            return response;
        }
        catch (IOException e)
        {
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The answer broke off.", e);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
