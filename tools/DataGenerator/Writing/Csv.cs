using System.Text;
using IntegrationHub.DataGenerator.Traps;

namespace IntegrationHub.DataGenerator.Writing;

/// <summary>Comma-separated text as RFC 4180 has it, with line feeds.</summary>
internal static class Csv
{
    internal static string Contacts(IEnumerable<ContactRow> rows, bool withTruth)
    {
        var text = new StringBuilder(1 << 20);
        foreach (var row in rows)
        {
            var cells = row.Cells();
            for (var i = 0; i < cells.Length; i++) Cell(text, cells[i], i == 0);
            if (withTruth) text.Append(",p").Append(row.Truth);
            text.Append('\n');
        }

        return text.ToString();
    }

    internal static string Header(bool withTruth) => string.Join(',', ContactRow.Columns) + (withTruth ? ",cluster" : "") + "\n";

    internal static string Truth(IEnumerable<ContactRow> rows)
    {
        var text = new StringBuilder(1 << 16);
        foreach (var row in rows) text.Append(row.Id).Append(",p").Append(row.Truth).Append('\n');
        return text.ToString();
    }

    internal static string Traps(IEnumerable<TrapPair> pairs)
    {
        var text = new StringBuilder();
        foreach (var pair in pairs)
            text.Append(pair.IdA).Append(',').Append(pair.IdB).Append(',').Append(pair.Kind).Append(',').Append(pair.Decidable ? "yes" : "no").Append(',').Append(pair.Contradicts).Append('\n');
        return text.ToString();
    }

    private static void Cell(StringBuilder text, string cell, bool first)
    {
        if (!first) text.Append(',');
        if (cell.AsSpan().IndexOfAny(",\"\n\r") < 0) text.Append(cell);
        else text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
