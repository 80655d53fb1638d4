using IntegrationHub.Connect;

namespace IntegrationHub.Connectors.Files;

/// <summary>What a person reads about a row that could not be read: where, what, and the cure.</summary>
internal sealed class RowProblems(CsvFile file)
{
    public PullProblem Ragged(long line, int cells, ReadOnlySpan<byte> raw, int longestRaw) => new(
        $"{file.Name}:{line}",
        $"The row has {cells} cells and the header {file.Headers.Count}. {(cells > file.Headers.Count
            ? $"Probably a cell holds a '{Shown}' and is not in quotes: put it in quotes"
            : "Probably cells or a line break are missing: complete the row")}, save the file, and sync again. The rows before and behind it were read.",
        Text(raw, longestRaw));

    public PullProblem BrokenQuote(long line, ReadOnlySpan<byte> raw, int longestRaw) => new(
        $"{file.Name}:{line}",
        "A quote in this row is not closed, or stands inside a cell without being doubled. Close it, or write \"\" for a quote inside a quoted cell, "
        + "save the file, and sync again. The rows before and behind it were read.",
        Text(raw, longestRaw));

    private string Shown => file.Separator == '\t' ? "tab" : file.Separator.ToString();

    private static string Text(ReadOnlySpan<byte> raw, int longest) => CellText.Excerpt(raw.TrimEnd("\r\n"u8), longest).Replace("\0", "", StringComparison.Ordinal);
}
