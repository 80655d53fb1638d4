using System.Reflection;

namespace IntegrationHub.Connect;

/// <summary>All connectors of some assemblies, found by their <see cref="ConnectorAttribute"/>; nothing else registers a connector.</summary>
public sealed class ConnectorCatalogue
{
    private readonly SortedDictionary<string, (ConnectorAttribute About, ConstructorInfo Constructor)> byName = new(StringComparer.Ordinal);

    /// <summary>Scans the assemblies.</summary>
    /// <exception cref="InvalidOperationException">Two connectors have one name, or a marked class is not a connector that a <see cref="ConnectorContext"/> makes.</exception>
    public ConnectorCatalogue(params IReadOnlyList<Assembly> assemblies)
    {
        foreach (var type in assemblies.SelectMany(a => a.GetExportedTypes()))
        {
            if (type.GetCustomAttribute<ConnectorAttribute>() is not { } about) continue;
            if (!typeof(IConnector).IsAssignableFrom(type) || type.GetConstructor([typeof(ConnectorContext)]) is not { } constructor)
                throw new InvalidOperationException($"{type.FullName} is marked as connector '{about.Name}'; give it IConnector and a public constructor that takes a ConnectorContext.");
            if (!byName.TryAdd(about.Name, (about, constructor)))
                throw new InvalidOperationException($"Two connectors are named '{about.Name}': {byName[about.Name].Constructor.DeclaringType?.FullName} and {type.FullName}; rename one.");
        }
    }

    /// <summary>The connectors' names, sorted.</summary>
    public IReadOnlyCollection<string> Names => byName.Keys;

    /// <summary>What the connector says of itself; null when none has that name.</summary>
    public ConnectorAttribute? Find(string name) => byName.TryGetValue(name, out var found) ? found.About : null;

    /// <summary>A connector for one configured source. Dispose it after its run where it is disposable.</summary>
    /// <exception cref="ConnectorException">No connector has that name, or the context lacks what it needs.</exception>
    public IConnector Create(string name, ConnectorContext context)
    {
        if (!byName.TryGetValue(name, out var found))
            throw new ConnectorException($"Source '{context.Source}': no connector is named '{name}'. There are: {string.Join(", ", Names)}.");
        if (found.About.NeedsPath && string.IsNullOrWhiteSpace(context.Path))
            throw new ConnectorException($"Source '{context.Source}' needs a file or a folder: hub source add {context.Source} --connector {name} --path PATH");
        if (found.About.NeedsToken && string.IsNullOrWhiteSpace(context.Token))
            throw new ConnectorException(
                $"Source '{context.Source}' has no token. Put it in an environment variable and say: hub source add {context.Source} --connector {name} --token-env VARIABLE");
        var usable = context.Url is null && found.About.DefaultUrl is { } url ? context with { Url = new Uri(url) } : context;
        try
        {
            return (IConnector)found.Constructor.Invoke([usable]);
        }
        catch (TargetInvocationException e) when (e.InnerException is ConnectorException refused)
        {
            throw new ConnectorException(refused.Message, refused);
        }
    }
}
