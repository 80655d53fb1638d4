using System.Text;
using System.Text.Unicode;
using CsvHelper;
using IntegrationHub.Engine.Actions;

namespace IntegrationHub.Engine.Files;

/// <summary>A whole CSV file in memory, as text: any separator, byte order mark or not, UTF-8 or windows-1252, ragged rows filled up.</summary>
/// <param name="Headers">The columns, trimmed.</param>
/// <param name="Rows">The cells of each row as they stand; a row may have fewer or more cells than there are columns.</param>
public sealed record ContactTable(IReadOnlyList<string> Headers, IReadOnlyList<string[]> Rows)
{
    private const int LongestRecord = 256 << 20;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252) ?? Encoding.Latin1;

    /// <summary>Reads a file.</summary>
    /// <exception cref="NotPossibleException">There is no such file, or it holds no table; the message says what to do.</exception>
    public static ContactTable Read(string path, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new NotPossibleException($"There is no file {path}.");
        try
        {
            using var reader = CsvReader.FromFile(
                path,
                new CsvReaderOptions { HasHeader = false, MaxRecordSize = LongestRecord, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Recover, PoolStrings = false });
            if (!reader.Read()) throw new NotPossibleException($"{path} is empty. It needs a first row with the names of its columns.");
            var headers = Cells(reader).Select(h => h.Trim()).ToArray();
            var rows = new List<string[]>();
            while (reader.Read())
            {
                rows.Add(Cells(reader));
                if (rows.Count % 10_000 == 0) ct.ThrowIfCancellationRequested();
            }

            return new ContactTable(headers, rows);
        }
        catch (CsvFormatException e)
        {
            throw new NotPossibleException($"{path}: {e.Message} Mend that line, or export the file again as CSV.");
        }
    }

    /// <summary>Writes the same rows, cells as they stand, with further columns behind them.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="columns">Their names, and the cell of a row by its index.</param>
    /// <param name="ct">Stops between rows.</param>
    public void WriteWith(string path, IReadOnlyList<(string Header, Func<int, string> Cell)> columns, CancellationToken ct)
    {
        using var file = CsvOutput.Create(path, escapeFormulas: false);
        file.Write([.. Headers, .. columns.Select(c => c.Header)]);
        for (var i = 0; i < Rows.Count; i++)
        {
            var row = Rows[i];
            var width = Math.Max(row.Length, Headers.Count);
            file.Write([.. row, .. Enumerable.Repeat("", width - row.Length), .. columns.Select(c => c.Cell(i))]);
            if (i % 10_000 == 0) ct.ThrowIfCancellationRequested();
        }

        file.Complete();
    }

    private static string[] Cells(CsvReader reader)
    {
        var cells = new string[reader.FieldCount];
        for (var i = 0; i < cells.Length; i++)
        {
            var bytes = reader.GetSpan(i);
            cells[i] = bytes.IsEmpty ? "" : (Utf8.IsValid(bytes) ? Encoding.UTF8 : Windows1252).GetString(bytes);
        }

        return cells;
    }
}
