using System.Globalization;
using IntegrationHub.Auditing;
using IntegrationHub.Engine.Files;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>The rows that findings count, for the list that someone works through. Findings that leave nothing to do are left out.</summary>
public sealed class AuditedRows
{
    private const int Batch = 5_000;

    private static readonly string[] NothingToDo = ["repaired", "consent.denied", "reach.free_mail"];

    private readonly List<AuditedRow> rows = [];

    /// <summary>Takes one row.</summary>
    public void Add(AuditedRow row)
    {
        if (!NothingToDo.Contains(row.Code)) rows.Add(row);
    }

    /// <summary>Writes the rows of the report's findings, the weightiest finding first: UTF-8, comma, cells that a spreadsheet would run escaped.</summary>
    /// <returns>How many.</returns>
    public async Task<long> Write(string path, AuditReport report, HubStore store, CancellationToken ct)
    {
        using var file = Begin(path);
        var written = 0L;
        foreach (var batch in InOrder(report).Chunk(Batch))
        {
            var goldens = (await store.Golden.ByRow([.. batch.Where(r => r.Id is not null).Select(r => r.Order).Distinct()], ct)).ToDictionary(g => g.Row.Row);
            var records = (await store.Clean.Load([.. batch.Where(r => r.Id is null).Select(r => r.Order).Distinct()], ct)).ToDictionary(r => r.RecordId, r => r.Record);
            foreach (var row in batch)
            {
                if (row.Id is not null && goldens.TryGetValue(row.Order, out var golden))
                    WriteRow(file, row, golden.Row.Id.ToString(), string.Join(' ', golden.Records.Select(r => r.Key.Source).Distinct(StringComparer.Ordinal)), golden.Row.Values);
                else if (row.Id is null && records.TryGetValue(row.Order, out var record))
                    WriteRow(file, row, record.Key.ToString(), record.Key.Source, record.Values);
                else continue;
                written++;
            }
        }

        file.Complete();
        return written;
    }

    /// <summary>The same for rows that are not in a database.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="report">The report.</param>
    /// <param name="valuesOf">The values of a row by its place.</param>
    public long Write(string path, AuditReport report, Func<AuditedRow, FieldValues> valuesOf)
    {
        using var file = Begin(path);
        var written = 0L;
        foreach (var row in InOrder(report))
        {
            WriteRow(file, row, row.Id ?? string.Create(CultureInfo.InvariantCulture, $"row {row.Order}"), "file", valuesOf(row));
            written++;
        }

        file.Complete();
        return written;
    }

    private static CsvOutput Begin(string path)
    {
        var file = CsvOutput.Create(path, escapeFormulas: true);
        file.Write(["finding", "id", "source", "field", "value", "first_name", "last_name", "email", "phone", "company"]);
        return file;
    }

    private static void WriteRow(CsvOutput file, AuditedRow row, string id, string source, FieldValues values) => file.Write(
    [
        row.Code, id, source, row.Field is { } field ? Fields.NameOf(field) : "", row.Value ?? (row.Field is { } own ? values[own] : null),
        values[Field.FirstName], values[Field.LastName], values[Field.Email], values[Field.Phone], values[Field.Company],
    ]);

    private IEnumerable<AuditedRow> InOrder(AuditReport report)
    {
        var rank = report.Findings.Select((f, i) => (f.Code, i)).ToDictionary(f => f.Code, f => f.i, StringComparer.Ordinal);
        return rows.Where(r => rank.ContainsKey(r.Code)).OrderBy(r => rank[r.Code]).ThenBy(r => r.Order).ThenBy(r => r.Field);
    }
}
