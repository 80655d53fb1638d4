namespace IntegrationHub.Connect.Http;

/// <summary>
/// What a connector says about one call of its API, as Refit headers: <c>[Headers(CallMarks.Idempotent)]</c>.
/// They steer the pipeline and never leave the process.
/// </summary>
public static class CallMarks
{
    /// <summary>Sending this call twice does no more than sending it once, although its method is not GET: searches, queries, updates to given values. Only such calls are retried.</summary>
    public const string Idempotent = "Hub-Idempotent: yes";

    /// <summary>The caller reads client errors (400, 404, 409, 422) itself; else they become a <see cref="ConnectorException"/>.</summary>
    public const string ReadsErrors = "Hub-Reads-Errors: yes";

    internal const string IdempotentName = "Hub-Idempotent";
    internal const string ReadsErrorsName = "Hub-Reads-Errors";

    internal static readonly HttpRequestOptionsKey<bool> IsIdempotent = new("hub-idempotent");
    internal static readonly HttpRequestOptionsKey<bool> ReadsErrorsItself = new("hub-reads-errors");
    internal static readonly HttpRequestOptionsKey<Throttled> WasThrottled = new("hub-throttled");
}
