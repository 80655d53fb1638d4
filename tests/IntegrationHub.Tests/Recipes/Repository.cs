namespace IntegrationHub.Tests.Recipes;

/// <summary>Where the repository's own files lie, found by walking up from the tests' assembly.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    internal static string Mappings => Path.Combine(Root, "mappings");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "IntegrationHub.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("IntegrationHub.sln was not found above the tests.");
    }
}
