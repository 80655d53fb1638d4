using System.Globalization;
using IntegrationHub.Engine.Actions;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary>What several commands show alike.</summary>
internal static class Render
{
    public static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (i, column) in columns.Index())
            table.AddColumn(new TableColumn(Markup.Escape(column)) { NoWrap = i == 0 }); // the first column is what a person copies into the next command
        return table;
    }

    public static Markup[] Cells(params string?[] cells) => [.. cells.Select(c => new Markup(Markup.Escape(c ?? "")))];

    public static string Time(DateTimeOffset? at) => at?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "never";

    /// <summary><c>blocked: no_address</c>.</summary>
    public static string Hygiene(Vocabulary.Hygiene hygiene) =>
        hygiene.ReasonCodes is { Length: > 0 } reasons ? $"{hygiene.StatusCode}: {string.Join(", ", reasons)}" : hygiene.StatusCode;

    public static void Sync(IAnsiConsole screen, SyncReport report)
    {
        if (report.Sources.Any(s => s.Pulled > 0 || s.Error is not null || s.Quarantined > 0))
        {
            var table = Table("Source", "Pulled", "New", "Changed", "Unchanged", "Deleted", "Quarantined");
            foreach (var s in report.Sources)
                table.AddRow(Cells(s.Source, $"{s.Pulled:N0}", $"{s.New:N0}", $"{s.Changed:N0}", $"{s.Unchanged:N0}", $"{s.Deleted:N0}", $"{s.Quarantined:N0}"));
            screen.Write(table);
        }

        if (report.Sources.Sum(s => s.Events) is > 0 and var told) screen.WriteLine($"Events          {told:N0}  that contacts did, not known before");
        screen.WriteLine($"Golden records  {report.Unified.GoldenRecords:N0}  ({report.Unified.GoldenChanged:N0} made, changed or retired in this run)");
        screen.WriteLine($"Merges          {report.Unified.Merges:N0}  in this run, out of {report.Unified.Weighed:N0} pairs compared");
        screen.WriteLine($"Merge queue     {report.Unified.Queue:N0}  pairs wait for a decision{(report.Unified.Queue > 0 ? ": hub review list" : "")}");
        if (report.WrittenBack.Delivered + report.WrittenBack.Failed + report.WrittenBack.Waiting > 0)
            screen.WriteLine($"Written back    {report.WrittenBack.Delivered:N0}  records, {report.WrittenBack.Failed:N0} refused, {report.WrittenBack.Waiting:N0} to be tried again");
        foreach (var source in report.Sources)
        {
            if (source.Error is { } error) screen.WriteLine($"! {error}");
            if (source.Quarantined > 0) screen.WriteLine($"! {source.Source}: {source.Quarantined:N0} rows are in quarantine: hub quarantine list");
            foreach (var note in source.Notes) screen.WriteLine($"  {source.Source}: {note}");
        }

        foreach (var block in report.Unified.LargeBlocks) screen.WriteLine($"  {block}");
        screen.WriteLine($"Took {report.Seconds:0.0} s.");
    }

    public static int Exit(SyncReport report) => report.AnyFailed ? ExitCode.Failed : report.AnyQuarantined ? ExitCode.Partly : ExitCode.Done;
}
