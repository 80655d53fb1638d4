using System.Reflection;

namespace IntegrationHub.DataGenerator.Tables;

/// <summary>Reads the embedded lists.</summary>
internal static class Lists
{
    /// <summary>Words; an underscore stands for a space within a name.</summary>
    internal static string[] Words(string list) => WordsOf(Text(list));

    /// <summary>Words of one line of a list.</summary>
    internal static string[] Words(string list, int line) => WordsOf(Lines(list)[line]);

    /// <summary>Items separated by commas.</summary>
    internal static string[] Phrases(string list) => Text(list).Trim().Split(',');

    /// <summary>Lines; none where there is no such list.</summary>
    internal static string[] Lines(string list) => Text(list).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string[] WordsOf(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => w.Replace('_', ' '))];

    private static string Text(string list)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(list)
            ?? throw new InvalidOperationException($"The list '{list}' is not embedded: add Lists/{list}.txt.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
