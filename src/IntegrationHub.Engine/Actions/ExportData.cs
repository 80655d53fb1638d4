using System.Globalization;
using System.Text;
using CsvHelper;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>What can be exported.</summary>
public enum ExportKind
{
    /// <summary>Golden records, with where each field is from.</summary>
    Golden,

    /// <summary><c>golden_id,source,stream,external_id</c>.</summary>
    Crosswalk,

    /// <summary>Clean records with their issue codes.</summary>
    Clean,
}

/// <summary>Writes what the hub knows into CSV files: UTF-8, comma, one header row. The file appears whole or not at all.</summary>
public sealed class ExportData(HubStore store)
{
    /// <summary>Exports and returns the number of rows.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<long> Run(ExportKind kind, string path, CancellationToken ct)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is { } folder) Directory.CreateDirectory(folder);
        var partial = full + ".partial";
        long rows;
        try
        {
            await using (var writer = new StreamWriter(partial, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                using var csv = CsvWriter.Create(writer, leaveOpen: true);
                rows = kind switch
                {
                    ExportKind.Golden => await Golden(csv, ct),
                    ExportKind.Crosswalk => await Crosswalk(csv, ct),
                    _ => await Clean(csv, ct),
                };
            }

            File.Move(partial, full, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }

        return rows;
    }

    private async Task<long> Golden(CsvWriter csv, CancellationToken ct)
    {
        Write(csv, ["golden_id", "kind", .. Fields.Golden.Select(Fields.NameOf), "sources", "provenance", "created_at", "updated_at"]);
        var rows = 0L;
        await foreach (var batch in store.Golden.Stream(null, ct))
            foreach (var golden in batch)
            {
                var provenance = string.Join("; ", golden.Provenance.Select(p => $"{Fields.NameOf(p.Field)}={p.Source} ({p.Rule})"));
                Write(csv,
                [
                    golden.Id.ToString(), golden.Kind.ToString().ToLowerInvariant(), .. Fields.Golden.Select(f => golden.Values[f]),
                    golden.SourceCount.ToString(CultureInfo.InvariantCulture), provenance, Time(golden.CreatedAt), Time(golden.UpdatedAt),
                ]);
                rows++;
            }

        return rows;
    }

    private async Task<long> Crosswalk(CsvWriter csv, CancellationToken ct)
    {
        Write(csv, ["golden_id", "source", "stream", "external_id"]);
        var rows = 0L;
        await foreach (var batch in store.Golden.Crosswalk(ct))
            foreach (var line in batch)
            {
                Write(csv, [line.Golden.ToString(), line.Key.Source, line.Key.Stream, line.Key.ExternalId]);
                rows++;
            }

        return rows;
    }

    private async Task<long> Clean(CsvWriter csv, CancellationToken ct)
    {
        Write(csv, ["source", "stream", "external_id", "kind", .. Fields.Clean.Select(Fields.NameOf), "issues", "updated_at"]);
        var rows = 0L;
        await foreach (var batch in store.Clean.StreamWithIssues(null, ct))
            foreach (var (_, clean) in batch)
            {
                var issues = string.Join("; ", clean.Issues.Select(i => $"{Fields.NameOf(i.Field)}:{i.Code}{(i.Rejected ? " (rejected)" : "")}"));
                Write(csv,
                [
                    clean.Key.Source, clean.Key.Stream, clean.Key.ExternalId, clean.Kind.ToString().ToLowerInvariant(), .. Fields.Clean.Select(f => clean.Values[f]), issues,
                    clean.UpdatedAt is { } at ? Time(at) : null,
                ]);
                rows++;
            }

        return rows;
    }

    private static void Write(CsvWriter csv, ReadOnlySpan<string?> cells)
    {
        foreach (var cell in cells) csv.WriteField(SpreadsheetSafe(cell));
        csv.EndRecord();
    }

    /// <summary>A spreadsheet runs a cell that starts like a formula; an apostrophe in front makes it text. Phone numbers in E.164 are no formula.</summary>
    internal static string SpreadsheetSafe(string? cell)
    {
        if (string.IsNullOrEmpty(cell)) return "";
        var risky = cell[0] is '=' or '@' or '\t' or '\r' || (cell[0] is '+' or '-' && !cell.AsSpan(1).ContainsOnlyDigits());
        return risky ? "'" + cell : cell;
    }

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Text tests that the export needs.</summary>
file static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
