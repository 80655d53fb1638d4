using System.Buffers;
using System.Globalization;
using System.Text;
using IntegrationHub.DataGenerator.Traps;

namespace IntegrationHub.DataGenerator.Writing;

/// <summary>Comma-separated UTF-8 as RFC 4180 has it, with line feeds.</summary>
internal sealed class Csv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\n\r");

    private readonly ArrayBufferWriter<byte> bytes = new(1 << 16);

    internal static ReadOnlyMemory<byte> Contacts(IReadOnlyList<ContactRow> rows, bool withTruth)
    {
        var csv = new Csv();
        foreach (var row in rows)
        {
            var cells = row.Cells();
            for (var i = 0; i < cells.Length; i++) csv.Cell(cells[i], i == 0);
            if (withTruth) csv.Cell(PersonId(row), false);
            csv.Plain("\n");
        }

        return csv.bytes.WrittenMemory;
    }

    internal static string Header(bool withTruth) => string.Join(',', ContactRow.Columns) + (withTruth ? ",cluster" : "") + "\n";

    internal static ReadOnlyMemory<byte> Truth(IReadOnlyList<ContactRow> rows)
    {
        var csv = new Csv();
        foreach (var row in rows) csv.Line(row.Id, PersonId(row));
        return csv.bytes.WrittenMemory;
    }

    internal static ReadOnlyMemory<byte> Traps(IReadOnlyList<TrapPair> pairs)
    {
        var csv = new Csv();
        foreach (var pair in pairs) csv.Line(pair.IdA, pair.IdB, pair.Kind, pair.Decidable ? "yes" : "no", pair.Contradicts);
        return csv.bytes.WrittenMemory;
    }

    private static string PersonId(ContactRow row) => string.Create(CultureInfo.InvariantCulture, $"p{row.Truth}");

    private void Line(params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++) Cell(cells[i], i == 0);
        Plain("\n");
    }

    private void Cell(string cell, bool first)
    {
        if (!first) Plain(",");
        Plain(cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
    }

    private void Plain(string text)
    {
        if (text.Length > 0) Encoding.UTF8.GetBytes(text, bytes);
    }
}
