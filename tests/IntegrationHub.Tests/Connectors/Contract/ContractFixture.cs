using System.Globalization;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Tests.Connectors;

/// <summary>What the contract needs of one connector's system: at least five rows in every stream, over at least three pages, that can be changed and deleted.</summary>
public abstract class ContractFixture<T> : IDisposable where T : IConnector
{
    /// <summary>Stands in errors by mistake only.</summary>
    public const string Token = "secret-token-d41d8cd98f00";

    private readonly ServiceProvider services;

    protected ContractFixture()
    {
        var collection = new ServiceCollection().AddConnectHttp(Clock);
        collection.AddHttpClient(ConnectHttp.ClientName).AddHttpMessageHandler(() => new DateOfStandIn());
        services = collection.BuildServiceProvider();
    }

    public SkippingClock Clock { get; } = new("2026-03-01T08:00:00Z");

    public SourceName Source { get; } = SourceName.Parse("the-source") ?? throw new InvalidOperationException();

    /// <summary>The system's API; null where it is no HTTP API.</summary>
    public virtual StandIn? Server => null;

    protected virtual string? Location => null;

    /// <summary>Ids of the rows that are not deleted.</summary>
    public abstract IReadOnlyList<string> Living(string stream);

    /// <summary>True for a stream whose rows never change nor go: what was done is done.</summary>
    public virtual bool IsOfDeeds(string stream) => false;

    /// <summary>Changes one row, now.</summary>
    public abstract void Change(string stream, string id);

    /// <summary>Deletes one row, now.</summary>
    public abstract void Delete(string stream, string id);

    /// <summary>A connector in a process of its own as to limits.</summary>
    public IConnector Connector(Uri? url = null, string token = Token, string? path = null) =>
        new ConnectorCatalogue(typeof(T).Assembly).Create(Name, Context(url, token, path));

    public string Name { get; } = ((ConnectorAttribute)typeof(T).GetCustomAttributes(typeof(ConnectorAttribute), false).Single()).Name;

    public ConnectorContext Context(Uri? url = null, string token = Token, string? path = null) =>
        new(Source, url ?? Server?.Url, token, path ?? Location, services.GetRequiredService<IHttpClientFactory>(), Clock, NullLogger.Instance);

    public virtual void Dispose()
    {
        Server?.Dispose();
        services.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>WireMock does not let an answer have a Date of its own: <see cref="Header"/> stands for it.</summary>
internal sealed class DateOfStandIn : DelegatingHandler
{
    public const string Header = "X-Stand-In-Date";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues(Header, out var dates)) response.Headers.Date = DateTimeOffset.Parse(dates.Single(), CultureInfo.InvariantCulture);
        return response;
    }
}

/// <summary>connectors/NAME of the repository.</summary>
public static class ConnectorFolder
{
    public static string Of(Type connector)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "IntegrationHub.sln"))) at = at.Parent;
        return Path.Combine(at?.FullName ?? throw new InvalidOperationException("Not inside the repository."), "connectors", connector.Namespace?.Split('.')[^1] ?? "");
    }

    public static string Recorded<T>(string file) => File.ReadAllText(Path.Combine(Of(typeof(T)), "Fixtures", file));
}
