using IntegrationHub.Tests.Recipes;

namespace IntegrationHub.Tests.Normalising;

/// <summary>The data files that Core embeds.</summary>
internal static class NormalisingData
{
    public static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(Repository.Root, "src", "IntegrationHub.Core", "Normalising", "Data", file)).Where(line => line.Length > 0 && line[0] != '#');

    public static IEnumerable<(string Code, string Names)> Rows(string file) => Lines(file).Select(line => line.Split('\t', 2)).Select(p => (p[0], p[1]));
}
