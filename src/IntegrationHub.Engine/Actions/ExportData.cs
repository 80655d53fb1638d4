using System.Globalization;
using IntegrationHub.Engine.Files;
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
        using var file = CsvOutput.Create(path, escapeFormulas: true);
        var rows = kind switch
        {
            ExportKind.Golden => await Golden(file, ct),
            ExportKind.Crosswalk => await Crosswalk(file, ct),
            _ => await Clean(file, ct),
        };
        file.Complete();
        return rows;
    }

    private async Task<long> Golden(CsvOutput file, CancellationToken ct)
    {
        file.Write(["golden_id", "kind", .. Fields.Golden.Select(Fields.NameOf), "sources", "hygiene", "hygiene_reasons", "provenance", "created_at", "updated_at"]);
        var rows = 0L;
        await foreach (var batch in store.Golden.Stream(null, ct))
            foreach (var golden in batch)
            {
                var provenance = string.Join("; ", golden.Provenance.Select(p => $"{Fields.NameOf(p.Field)}={p.Source} ({p.Rule})"));
                file.Write(
                [
                    golden.Id.ToString(), golden.Kind.ToString().ToLowerInvariant(), .. Fields.Golden.Select(f => golden.Values[f]),
                    golden.SourceCount.ToString(CultureInfo.InvariantCulture), golden.Hygiene.StatusCode, string.Join(' ', golden.Hygiene.ReasonCodes), provenance, Time(golden.CreatedAt), Time(golden.UpdatedAt),
                ]);
                rows++;
            }

        return rows;
    }

    private async Task<long> Crosswalk(CsvOutput file, CancellationToken ct)
    {
        file.Write(["golden_id", "source", "stream", "external_id"]);
        var rows = 0L;
        await foreach (var batch in store.Golden.Crosswalk(ct))
            foreach (var line in batch)
            {
                file.Write([line.Golden.ToString(), line.Key.Source, line.Key.Stream, line.Key.ExternalId]);
                rows++;
            }

        return rows;
    }

    private async Task<long> Clean(CsvOutput file, CancellationToken ct)
    {
        file.Write(["source", "stream", "external_id", "kind", .. Fields.Clean.Select(Fields.NameOf), "issues", "updated_at"]);
        var rows = 0L;
        await foreach (var batch in store.Clean.StreamWithIssues(null, ct))
            foreach (var (_, clean) in batch)
            {
                var issues = string.Join("; ", clean.Issues.Select(i => $"{Fields.NameOf(i.Field)}:{i.Code}{(i.Rejected ? " (rejected)" : "")}"));
                file.Write(
                [
                    clean.Key.Source, clean.Key.Stream, clean.Key.ExternalId, clean.Kind.ToString().ToLowerInvariant(), .. Fields.Clean.Select(f => clean.Values[f]), issues,
                    clean.UpdatedAt is { } at ? Time(at) : null,
                ]);
                rows++;
            }

        return rows;
    }

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
