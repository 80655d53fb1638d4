using IntegrationHub.Connect;
using IntegrationHub.Store;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Engine.Sources;

/// <summary>Makes the connector of a configured source: its address, its token out of the vault, its clients on the resilience pipeline.</summary>
public sealed class SourceConnections(ConnectorCatalogue catalogue, TokenVault vault, IHttpClientFactory http, TimeProvider time, ILoggerFactory logs)
{
    /// <summary>What connectors there are.</summary>
    public ConnectorCatalogue Catalogue => catalogue;

    /// <summary>A connector, for one run; dispose it afterwards.</summary>
    /// <exception cref="ConnectorException">The source's configuration does not suffice; the message says what to add.</exception>
    /// <exception cref="ConfigurationException">The stored token cannot be decrypted.</exception>
    public OpenConnector Open(SourceRow source, SourceRecipes recipes)
    {
        var token = vault.Reveal(source.Name, source.TokenEnv, source.TokenProtected);
        var url = source.Url is null ? null : new Uri(source.Url, UriKind.Absolute);
        var context = new ConnectorContext(source.Name, url, token, source.Path, http, time, logs.CreateLogger($"IntegrationHub.Connectors.{source.Connector}"))
        {
            KeyColumns = recipes.KeyColumns,
        };
        return new OpenConnector(catalogue.Create(source.Connector, context));
    }
}

/// <summary>A connector with the duty to dispose it.</summary>
public sealed class OpenConnector(IConnector connector) : IAsyncDisposable
{
    /// <summary>The connector.</summary>
    public IConnector Connector => connector;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (connector is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else (connector as IDisposable)?.Dispose();
    }
}
