using System.Text;

namespace IntegrationHub.Tests.Normalising.HeldOut;

/// <summary>A CSV file (RFC 4180) with a line of headers, read whole; quoted cells may hold line breaks.</summary>
internal static class LabelledTable
{
    /// <summary>The rows, each by header.</summary>
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string path)
    {
        var lines = Records(File.ReadAllText(path)).ToList();
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal))];
    }

    private static IEnumerable<List<string>> Records(string text)
    {
        var (record, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted)
            {
                if (text[i] != '"') cell.Append(text[i]);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
                else quoted = false;
            }
            else if (text[i] == '"')
            {
                quoted = true;
            }
            else if (text[i] is ',' or '\n')
            {
                record.Add(cell.ToString());
                cell.Clear();
                if (text[i] == ',') continue;
                yield return record;
                record = [];
            }
            else if (text[i] != '\r')
            {
                cell.Append(text[i]);
            }
        }

        if (record.Count > 0) yield return [.. record, cell.ToString()];
    }
}
