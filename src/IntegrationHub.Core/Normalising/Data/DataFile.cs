using System.Reflection;

namespace IntegrationHub.Normalising;

/// <summary>The text files beside this one, embedded in the assembly: lists of names and domains that others keep. LICENCES.md says whose they are.</summary>
internal static class DataFile
{
    /// <summary>The lines of a file, without comments and blank lines.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded in Core.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#') yield return line;
    }

    /// <summary>The rows of a file of two columns parted by a tab.</summary>
    public static IEnumerable<(string Code, string Names)> Rows(string name) => Lines(name).Select(line => line.Split('\t', 2)).Select(p => (p[0], p[1]));
}
