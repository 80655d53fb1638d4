namespace IntegrationHub.Tests.Recipes;

/// <summary>Where the repository's own files lie, found by walking up from the tests' assembly.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    internal static string Mappings => Path.Combine(Root, "mappings");

    /// <summary>A folder of the shared labelled data, which lies beside the repository or where HUB_SHARED_DATA says; null where there is none.</summary>
    internal static string? Shared(string name)
    {
        if (Environment.GetEnvironmentVariable("HUB_SHARED_DATA") is { Length: > 0 } set && Directory.Exists(Path.Combine(set, name))) return Path.Combine(set, name);
        for (var up = Directory.GetParent(Root); up is not null; up = up.Parent)
            if (Path.Combine(up.FullName, "shared", "data", name) is var path && Directory.Exists(path)) return path;
        return null;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "IntegrationHub.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("IntegrationHub.sln was not found above the tests.");
    }
}
