using System.Text;
using System.Text.Unicode;
using CsvHelper;
using IntegrationHub.Engine.Actions;

namespace IntegrationHub.Engine.Files;

/// <summary>A CSV file of contacts or companies, read row by row: any separator, byte order mark or not, UTF-8 or windows-1252, ragged rows filled up.</summary>
public sealed class ContactFile : IDisposable
{
    private const int LongestRecord = 256 << 20;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252) ?? Encoding.Latin1;

    private readonly string path;
    private readonly CsvReader reader;

    private ContactFile(string path, CsvReader reader, IReadOnlyList<string> headers) => (this.path, this.reader, Headers) = (path, reader, headers);

    /// <summary>The columns, trimmed.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>Opens a file and reads its columns.</summary>
    /// <exception cref="NotPossibleException">There is no such file, or it holds no table; the message says what to do.</exception>
    public static ContactFile Open(string path)
    {
        if (!File.Exists(path)) throw new NotPossibleException($"There is no file {path}.");
        var reader = CsvReader.FromFile(
            path,
            new CsvReaderOptions
            {
                HasHeader = false,
                MaxRecordSize = LongestRecord,
                TrackLineNumbers = true,
                MalformedData = CsvMalformedDataHandling.Recover,
                PoolStrings = false,
                BufferSize = 1 << 20,
            });
        try
        {
            if (!Guarded(path, reader.Read)) throw new NotPossibleException($"{path} is empty. It needs a first row with the names of its columns.");
            var row = new ContactRow(reader);
            return new ContactFile(path, reader, [.. Enumerable.Range(0, row.Width).Select(i => row[i].Trim())]);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The rows that are left, in their order; read on all cores.</summary>
    /// <param name="read">Makes something of a row, which is valid during the call only. Called from several threads.</param>
    /// <exception cref="NotPossibleException">The file is broken; the message names the line.</exception>
    public IEnumerable<T> Rows<T>(Func<ContactRow, T> read)
    {
        using var rows = reader.ParallelEnumerate(r => read(new ContactRow(r)), Environment.ProcessorCount).GetEnumerator();
        while (Guarded(path, rows.MoveNext)) yield return rows.Current;
    }

    /// <summary>Writes the rows that are left, cells as they stand, with further columns behind them.</summary>
    /// <param name="output">The file to write.</param>
    /// <param name="columns">Their names, and the cell of a row by its number, from 0.</param>
    /// <param name="ct">Stops between rows.</param>
    /// <returns>How many rows there were.</returns>
    public int CopyWith(string output, IReadOnlyList<(string Header, Func<int, string> Cell)> columns, CancellationToken ct)
    {
        using var file = CsvOutput.Create(output, escapeFormulas: false);
        file.Write([.. Headers, .. columns.Select(c => c.Header)]);
        var number = 0;
        for (; Guarded(path, reader.Read); number++)
        {
            var row = new ContactRow(reader);
            for (var i = 0; i < Math.Max(row.Width, Headers.Count); i++)
            {
                if (i >= row.Width) file.Add("");
                else if (row.IsUtf8(i)) file.Add(row.Bytes(i));
                else file.Add(row[i]);
            }

            foreach (var (_, cell) in columns) file.Add(cell(number));
            file.EndRow();
            if (number % 10_000 == 0) ct.ThrowIfCancellationRequested();
        }

        file.Complete();
        return number;
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private static bool Guarded(string path, Func<bool> next)
    {
        try
        {
            return next();
        }
        catch (CsvFormatException e)
        {
            throw new NotPossibleException($"{path}: {e.Message} Mend that line, or export the file again as CSV.");
        }
    }

    internal static string Decode(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "" : (Utf8.IsValid(bytes) ? Encoding.UTF8 : Windows1252).GetString(bytes);
}

/// <summary>One row of a <see cref="ContactFile"/>.</summary>
public readonly struct ContactRow
{
    private readonly CsvReader reader;

    internal ContactRow(CsvReader reader) => this.reader = reader;

    /// <summary>How many cells it has; a row may have fewer or more than there are columns.</summary>
    public int Width => reader.FieldCount;

    /// <summary>A cell as it stands; empty where the row is too short.</summary>
    public string this[int column] => column < Width ? ContactFile.Decode(reader.GetSpan(column)) : "";

    internal ReadOnlySpan<byte> Bytes(int column) => reader.GetSpan(column);

    internal bool IsUtf8(int column) => Utf8.IsValid(reader.GetSpan(column));
}
