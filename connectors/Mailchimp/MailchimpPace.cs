using System.Net;
using IntegrationHub.Connect.Http;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>
/// Mailchimp counts calls at the same time: ten a user over all apps, of which we take eight. It says neither how many are left nor when to come back, so
/// what it refuses is backed off from with jitter; far above the limit it refuses with 403 and no JSON body, where a missing permission comes with one.
/// </summary>
public sealed class MailchimpPace : Pace, IDisposable
{
    private const int AtOnce = 8;

    private readonly SemaphoreSlim open = new(AtOnce);

    /// <inheritdoc/>
    public override async ValueTask<IDisposable?> Enter(HttpRequestMessage request, TimeProvider time, CancellationToken ct)
    {
        await open.WaitAsync(ct);
        return new Place(open);
    }

    /// <inheritdoc/>
    public override bool NeedsBody(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.Forbidden;

    /// <inheritdoc/>
    public override Throttled? Read(HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        response.StatusCode == HttpStatusCode.Forbidden && !body.TrimStart(" \r\n\t"u8).StartsWith("{"u8)
            ? new Throttled(RetryAfter.Of(response, now))
            : base.Read(response, body, now);

    /// <inheritdoc/>
    public void Dispose() => open.Dispose();

    private sealed class Place(SemaphoreSlim open) : IDisposable
    {
        public void Dispose() => open.Release();
    }
}
