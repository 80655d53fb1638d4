using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;

namespace IntegrationHub.Connectors.Files;

/// <summary>Turns the record that a reader stands on into an external id and a payload: an object from header to text, headers in ordinal order.</summary>
internal sealed class RowPayload : IDisposable
{
    private readonly (int Column, JsonEncodedText Name)[] columns;
    private readonly int[] key;
    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private readonly Utf8JsonWriter json;
    private byte[] cleaned = new byte[256];

    public RowPayload(IReadOnlyList<string> headers, IReadOnlyList<string> keyColumns)
    {
        columns = [.. headers.Select((name, i) => (Column: i, Name: JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)))];
        Array.Sort(columns, (a, b) => a.Name.EncodedUtf8Bytes.SequenceCompareTo(b.Name.EncodedUtf8Bytes));
        key = [.. keyColumns.Select(k => headers.ToList().FindIndex(h => h.Equals(k.Trim(), StringComparison.OrdinalIgnoreCase))).Where(i => i >= 0)];
        json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>Cells that were not UTF-8 so far.</summary>
    public long CellsOfOtherEncoding { get; private set; }

    /// <summary>Cells that held NUL bytes so far; no database keeps those in a text.</summary>
    public long CellsWithNul { get; private set; }

    public (string ExternalId, byte[] Payload) Of(CsvReader row)
    {
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        foreach (var (column, name) in columns)
        {
            json.WritePropertyName(name);
            json.WriteStringValue(Clean(row.GetSpan(column)));
        }
        json.WriteEndObject();
        json.Flush();
        var payload = buffer.WrittenSpan.ToArray();
        return (Key(row) ?? "row-" + Convert.ToHexStringLower(SHA256.HashData(payload).AsSpan(0, 10)), payload);
    }

    /// <summary>Spreadsheet programs are kept from mangling long numbers by an apostrophe in front; it is not part of the id.</summary>
    private string? Key(CsvReader row)
    {
        foreach (var column in key)
        {
            var text = Encoding.UTF8.GetString(Clean(row.GetSpan(column))).Trim();
            if (text.Length > 1 && text[0] == '\'') text = text[1..];
            if (text.Length > 0) return text;
        }
        return null;
    }

    public void Dispose() => json.Dispose();

    private ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> cell)
    {
        if (cell.Contains((byte)0))
        {
            CellsWithNul++;
            if (cleaned.Length < cell.Length) cleaned = new byte[cell.Length];
            var length = 0;
            foreach (var b in cell)
                if (b != 0) cleaned[length++] = b;
            cell = cleaned.AsSpan(0, length);
        }
        if (CellText.IsUtf8(cell)) return cell;
        CellsOfOtherEncoding++;
        return Encoding.UTF8.GetBytes(CellText.Decode(cell));
    }
}
