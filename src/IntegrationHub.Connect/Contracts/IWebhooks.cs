namespace IntegrationHub.Connect;

/// <summary>Takes what the system sends by itself when something happens there.</summary>
public interface IWebhooks
{
    /// <summary>What a person does at the vendor to have webhooks sent, in a sentence or two; <c>{url}</c> stands for the address to give.</summary>
    string WebhookGuide { get; }

    /// <summary>
    /// True when the request comes from the vendor, and now. Looked at before anything of the body is read; compared in constant time (<see cref="WebhookSignature"/>).
    /// A GET is the vendor's question whether the address is right, where it asks one.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="secret">The secret that vendor and hub share.</param>
    /// <param name="now">The present, for vendors who sign the time.</param>
    bool VerifyWebhook(WebhookRequest request, string secret, DateTimeOffset now);

    /// <summary>
    /// The rows that a verified request tells of, as a pull would deliver them: the same ids, the same shape. A row that the request only names is asked for. Empty where it tells of nothing that a stream has.
    /// </summary>
    /// <exception cref="FormatException">The body is not what the vendor sends.</exception>
    /// <exception cref="ConnectorException">The system had to be asked, and did not answer; the vendor sends the request again.</exception>
    Task<IReadOnlyList<WebhookRows>> ParseWebhook(WebhookRequest request, CancellationToken ct);
}

/// <summary>A request that came to the address of a source.</summary>
/// <param name="Method">In capitals: <c>POST</c>.</param>
/// <param name="Url">As the vendor called it, query included.</param>
/// <param name="Headers">By name, without regard to case; of several values the first.</param>
/// <param name="Body">The bytes as they came: what was signed.</param>
public sealed record WebhookRequest(string Method, Uri Url, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>A header; null when it is not there.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>Rows of one stream.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Records">The rows.</param>
public sealed record WebhookRows(string Stream, IReadOnlyList<RawRecord> Records);
