using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Refit;

namespace IntegrationHub.Connect.Http;

/// <summary>What the pipeline needs to know of the source that a call belongs to: where it may go, how fast, and what to tell a person when it fails.</summary>
public sealed record SourceCalls
{
    internal static readonly HttpRequestOptionsKey<SourceCalls> Key = new(nameof(SourceCalls));

    /// <param name="context">The source.</param>
    /// <param name="title">The vendor's name in texts.</param>
    /// <param name="baseAddress">Where the API lies. Calls to any other host are refused, and so are redirects.</param>
    /// <param name="pace">Makes the vendor's pace; called once an account and process.</param>
    /// <param name="tokenCure">What a person does when the token is refused: which scopes, where to find a new one.</param>
    public SourceCalls(ConnectorContext context, string title, Uri baseAddress, Func<Pace> pace, string tokenCure)
    {
        Source = context.Source.Value;
        Title = title;
        BaseAddress = baseAddress;
        MakePace = pace;
        TokenCure = tokenCure;
        Token = context.Token ?? "";
        Time = context.Time;
        Log = context.Log;
        Http = context.Http;
        Account = $"{title}|{baseAddress}|{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token)))}";
    }

    /// <summary>The source's name.</summary>
    public string Source { get; }

    /// <summary>The vendor's name in texts.</summary>
    public string Title { get; }

    /// <summary>Where the API lies.</summary>
    public Uri BaseAddress { get; }

    /// <summary>True when the vendor's public address is meant, which must never lead into a private network; an address that the user gave may.</summary>
    public bool PublicOnly { get; init; }

    /// <summary>True for a check that a person waits for: one retry instead of many.</summary>
    public bool Brief { get; init; }

    internal Func<Pace> MakePace { get; }

    internal string TokenCure { get; }

    internal string Token { get; }

    internal TimeProvider Time { get; }

    internal ILogger Log { get; }

    internal IHttpClientFactory Http { get; }

    /// <summary>Sources with one account share its limits.</summary>
    internal string Account { get; }

    /// <summary>A Refit client whose calls go through the pipeline.</summary>
    /// <param name="json">The wire types.</param>
    /// <param name="headers">Sets the credentials; called once.</param>
    public T Api<T>(JsonSerializerContext json, Action<HttpRequestHeaders> headers) where T : class
    {
        var client = Http.CreateClient(ConnectHttp.ClientName);
        client.BaseAddress = BaseAddress;
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("IntegrationHub", typeof(SourceCalls).Assembly.GetName().Version?.ToString(3)));
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        headers(client.DefaultRequestHeaders);
        var settings = new RefitSettings
        {
            HttpRequestMessageOptions = new Dictionary<string, object> { [Key.Key] = this },
            TransportExceptionFactory = (_, e, _) => e,   // FaultHandler has put it into words already
        };
        return RestService.ForGenerated<T>(client, json, settings);
    }

    /// <summary>An error that names the source and the address; the token never stands in it.</summary>
    public ConnectorException Fault(Uri? address, string message, Exception? cause = null, bool transient = false)
    {
        var place = address is null ? BaseAddress.GetLeftPart(UriPartial.Path) : address.GetLeftPart(UriPartial.Path);
        var text = $"Source '{Source}' ({Title}, {place}): {message}";
        if (Token.Length > 0) text = text.Replace(Token, "***", StringComparison.Ordinal);
        return cause is null ? new ConnectorException(text) { Transient = transient } : new ConnectorException(text, cause) { Transient = transient };
    }
}
