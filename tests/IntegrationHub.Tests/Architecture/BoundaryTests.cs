using IntegrationHub.Connect;
using IntegrationHub.Connectors.HubSpot;
using IntegrationHub.Tests.Connectors;
using Mono.Cecil;

namespace IntegrationHub.Tests.Architecture;

public sealed class BoundaryTests
{
    /// <summary>Core's stages, the earliest first. Auditing reads all of them, so it stands last.</summary>
    private static readonly string[] Stages = ["Vocabulary", "Normalising", "Matching", "Merging", "Syncing", "Workflows", "Measuring", "Auditing"];

    [Fact]
    public void An_earlier_stage_never_uses_a_later_one()
    {
        var violations =
            from type in House.Types("IntegrationHub.Core")
            from used in House.UsedBy(type)
            where IndexOf(used) > IndexOf(type)
            select $"{type.FullName} uses {used.FullName}";
        House.Holds($"The order is {string.Join(" < ", Stages)}. What both need belongs into the vocabulary.", violations);
    }

    [Fact]
    public void Nothing_lies_in_Core_but_stages() =>
        House.Holds(
            "Each type of Core is of a stage; a new stage needs its place in the order of this test.",
            House.Types("IntegrationHub.Core").Where(t => IndexOf(t) < 0).Select(t => t.FullName)
                .Concat(House.Sources("src/IntegrationHub.Core").Where(f => f.Count(c => c == '/') < 3)));

    [Fact]
    public void Connect_and_connectors_use_only_the_vocabulary_of_Core()
    {
        var violations =
            from type in House.Types("IntegrationHub.Connect", "IntegrationHub.Connectors")
            from used in House.UsedBy(type)
            where Stages.Skip(1).Any(s => House.NamespaceOf(used).StartsWith($"IntegrationHub.{s}", StringComparison.Ordinal))
            select $"{type.FullName} uses {used.FullName}";
        House.Holds("A connector delivers raw rows: it neither cleans nor matches.", violations);
    }

    [Fact]
    public void No_connector_uses_another()
    {
        var violations =
            from type in House.Types("IntegrationHub.Connectors")
            from used in House.UsedBy(type)
            where House.NamespaceOf(used).StartsWith("IntegrationHub.Connectors", StringComparison.Ordinal) && House.NamespaceOf(used) != House.NamespaceOf(type)
            select $"{type.FullName} uses {used.FullName}";
        House.Holds("A connector is one folder that can be deleted. What two need belongs into Connect.", violations);
    }

    [Fact]
    public void Each_connector_has_its_page_its_fixtures_and_its_contract_test()
    {
        var folders = House.Folders("connectors").ToList();
        Assert.NotEmpty(folders);
        var contracts = typeof(BoundaryTests).Assembly.GetTypes().Where(t => !t.IsAbstract).Select(ContractOf).OfType<Type>().ToHashSet();
        var connectors = typeof(HubSpotConnector).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsInterface: false } && typeof(IConnector).IsAssignableFrom(t)).ToList();
        House.Holds(
            "connectors/NAME holds README.md, Fixtures/ with at least one file, and a connector for which a class derives from ConnectorContract<T>.",
            folders.Where(f => !House.Exists($"connectors/{f}/README.md")).Select(f => $"{f} has no README.md")
                .Concat(folders.Where(f => !House.Exists($"connectors/{f}/Fixtures") || !Directory.EnumerateFiles(Path.Combine(Recipes.Repository.Root, "connectors", f, "Fixtures")).Any()).Select(f => $"{f} has no Fixtures"))
                .Concat(folders.Where(f => connectors.TrueForAll(c => c.Namespace != $"IntegrationHub.Connectors.{f}")).Select(f => $"{f} has no connector"))
                .Concat(connectors.Where(c => !contracts.Contains(c)).Select(c => $"{c.Name} has no contract test")));
    }

    [Fact]
    public void Doors_never_use_the_database_context()
    {
        var violations =
            from type in House.Types("hub")
            from used in House.UsedBy(type)
            where used.Name == "HubDb" || House.NamespaceOf(used).StartsWith("IntegrationHub.Store.Entities", StringComparison.Ordinal)
            select $"{type.FullName} uses {used.FullName}";
        var text = House.Sources("src/IntegrationHub.Host").Where(f => House.Text(f).Contains("HubDb", StringComparison.Ordinal)).Select(f => $"{f} names HubDb");
        House.Holds("Command line, pages and API parse, call one action, and render.", violations.Concat(text));
    }

    [Fact]
    public void Entities_never_leave_the_store()
    {
        var store = House.Assemblies["IntegrationHub.Store"].MainModule.GetTypes().ToList();
        Assert.Contains(store, t => t.Namespace == "IntegrationHub.Store.Entities");
        House.Holds(
            "Entities and HubDb are internal; the store gives records.",
            store.Where(t => (t.IsPublic || t.IsNestedPublic) && (t.Namespace == "IntegrationHub.Store.Entities" || t.Name is "HubDb" or "SqliteHubDb" or "PostgresHubDb")).Select(t => t.FullName));
    }

    private static Type? ContractOf(Type test)
    {
        for (var t = test.BaseType; t is not null; t = t.BaseType)
            if (t.IsGenericType && t.GetGenericTypeDefinition() == typeof(ConnectorContract<>)) return t.GetGenericArguments()[0];
        return null;
    }

    private static int IndexOf(TypeReference type) => House.NamespaceOf(type).Split('.') is [_, var stage, ..] ? Array.IndexOf(Stages, stage) : -1;
}
