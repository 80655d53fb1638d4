using CsvHelper;

namespace IntegrationHub.Engine.Files;

/// <summary>A CSV file in the making: UTF-8, comma. It appears under its name when it is complete, or not at all.</summary>
public sealed class CsvOutput : IDisposable
{
    private readonly string path;
    private readonly bool escapeFormulas;
    private readonly FileStream file;
    private readonly CsvWriter csv;

    private CsvOutput(string path, bool escapeFormulas)
    {
        (this.path, this.escapeFormulas) = (path, escapeFormulas);
        file = new FileStream(Partial, FileMode.Create, FileAccess.Write);
        csv = CsvWriter.Create(file, new CsvWriterOptions { ValidateFieldCount = false, NewLine = "\n", BufferSize = 1 << 18 }, leaveOpen: true);
    }

    private string Partial => path + ".partial";

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its place; the folder is made where there is none.</param>
    /// <param name="escapeFormulas">True puts an apostrophe before cells that a spreadsheet would run.</param>
    /// <exception cref="IOException">It cannot be written there.</exception>
    public static CsvOutput Create(string path, bool escapeFormulas)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is { } folder) Directory.CreateDirectory(folder);
        return new CsvOutput(full, escapeFormulas);
    }

    /// <summary>Writes one row.</summary>
    public void Write(ReadOnlySpan<string?> cells)
    {
        foreach (var cell in cells) csv.WriteField(escapeFormulas ? SpreadsheetSafe(cell) : cell ?? "");
        csv.EndRecord();
    }

    /// <summary>Adds a cell to the row, as it stands.</summary>
    public void Add(string cell) => csv.WriteField(escapeFormulas ? SpreadsheetSafe(cell) : cell);

    /// <summary>Adds a cell of UTF-8 bytes to the row, as they stand.</summary>
    internal void Add(ReadOnlySpan<byte> cell) => csv.WriteField(cell);

    /// <summary>Ends the row.</summary>
    public void EndRow() => csv.EndRecord();

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        csv.Dispose();
        file.Dispose();
        File.Move(Partial, path, overwrite: true);
    }

    /// <summary>A spreadsheet runs a cell that starts like a formula; an apostrophe in front makes it text. Phone numbers in E.164 are no formula.</summary>
    internal static string SpreadsheetSafe(string? cell)
    {
        if (string.IsNullOrEmpty(cell)) return "";
        var number = cell[0] is '+' or '-' && cell.Length > 1 && cell.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
        return !number && cell[0] is '=' or '@' or '\t' or '\r' or '+' or '-' ? "'" + cell : cell;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        csv.Dispose();
        file.Dispose();
        File.Delete(Partial);
    }
}
