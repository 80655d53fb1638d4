using System.Text.Json;
using IntegrationHub.Connect;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Connectors.Files;

/// <summary>CSV files: one, or all of a folder. See README.md beside this file.</summary>
[Connector("files", "Files", NeedsPath = true)]
public sealed partial class FilesConnector : IConnector, IDiscover, IFullPullWhenChanged
{
    private const int RowsOfPage = 1000;

    private static readonly string[] Patterns = ["*.csv", "*.tsv", "*.txt"];

    private readonly ConnectorContext context;
    private readonly string path;

    /// <summary>For one configured source.</summary>
    public FilesConnector(ConnectorContext context)
    {
        this.context = context;
        path = context.Path
            ?? throw new ConnectorException($"Source '{context.Source}' needs a file or a folder: hub source add {context.Source} --connector files --path PATH");
    }

    /// <inheritdoc/>
    public IReadOnlyList<StreamDescription> Streams { get; } = [new(Vocabulary.Streams.Contacts, DeletionStyle.ByAbsence)];

    /// <inheritdoc/>
    public IAsyncEnumerable<PullPage> Pull(string stream, string? cursor, CancellationToken ct)
    {
        if (stream != Vocabulary.Streams.Contacts) throw Fault($"there is no stream '{stream}'; there is: contacts.");
        return Pages(Saved(cursor), ct).ToAsyncEnumerable().Ahead(2, ct);
    }

    /// <inheritdoc/>
    public bool NeedsFullPull(string stream, string cursor)
    {
        var saved = Saved(cursor);
        var present = Files().ToDictionary(f => f.Name, StringComparer.Ordinal);
        return saved.Files.Any(f => !present.TryGetValue(f.Key, out var file) || !IsSame(file, f.Value));
    }

    /// <inheritdoc/>
    public Task<CheckResult> Check(CancellationToken ct)
    {
        try
        {
            var files = Files();
            if (files.Count == 0) throw NoFiles();
            var looked = files.ConvertAll(file => (file.Name, Found: Guarded(() => Look(file))));
            var said = looked.Select(f => f.Name + ": " + (f.Found.Table is { } table
                ? $"{table.Headers.Count} columns, {FileLayouts.Recognise(table.Headers) ?? "no known layout, so it needs a mapping (--mapping)"}"
                : f.Found.Refused));
            return Task.FromResult(new CheckResult(looked.TrueForAll(f => f.Found.Table is not null), string.Join("; ", said)));
        }
        catch (ConnectorException e)
        {
            return Task.FromResult(new CheckResult(false, e.Message));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiscoveredField>> Discover(string stream, CancellationToken ct)
    {
        var known = FileLayouts.All.SelectMany(l => l.Headers.Concat(l.Key)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var headers = Files().SelectMany(f => Guarded(() => Look(f)).Table?.Headers ?? []).Distinct().Order(StringComparer.Ordinal);
        return Task.FromResult<IReadOnlyList<DiscoveredField>>([.. headers.Select(h => new DiscoveredField(h, h, !known.Contains(h)))]);
    }

    private IEnumerable<PullPage> Pages(FilesCursor saved, CancellationToken ct)
    {
        var read = new SortedDictionary<string, FileState>(saved.Files, StringComparer.Ordinal);
        var files = Files();
        if (files.Count == 0) throw NoFiles();   // a folder that someone has emptied for a moment must not count as "all rows are gone"
        foreach (var file in files)
        {
            var state = read.TryGetValue(file.Name, out var known) && IsSame(file, known)
                ? known
                : new FileState(file.Length, file.LastWriteTimeUtc.Ticks, 0, 0, Done: false);
            if (state.Done) continue;
            foreach (var (records, problems, now) in PagesOf(file, state, ct))
            {
                read[file.Name] = now;
                yield return new PullPage(records, SavedCursor.Write(new FilesCursor(read), FilesJson.Default.FilesCursor), problems);
            }
        }
    }

    private IEnumerable<(List<RawRecord> Records, List<PullProblem> Problems, FileState Now)> PagesOf(FileInfo file, FileState start, CancellationToken ct)
    {
        var (table, refused) = Guarded(() => Look(file));
        if (table is null)
        {
            yield return ([], [new PullProblem(file.Name, refused, "")], start with { Done = true });
            yield break;
        }

        var hasOwnKey = table.Headers.Any(h => context.KeyColumns.Contains(h, StringComparer.OrdinalIgnoreCase));
        var key = hasOwnKey ? context.KeyColumns : FileLayouts.Find(table.Headers)?.Key ?? [];
        using var payload = new RowPayload(table.Headers, key);
        var rows = start.Line == 0 ? new CsvRows(table, table.FirstRecord, table.FirstLine) : new CsvRows(table, start.Offset, start.Line);
        while (!rows.Done)
        {
            var (records, problems) = (new List<RawRecord>(RowsOfPage), new List<PullProblem>());
            Guarded(() => rows.Read(RowsOfPage, payload, records, problems, ct));
            yield return (records, problems, start with { Offset = rows.Offset, Line = rows.Line, Done = rows.Done });
        }
        if (payload.CellsOfOtherEncoding > 0) OtherEncoding(context.Log, context.Source.Value, file.Name, payload.CellsOfOtherEncoding);
        if (payload.CellsWithNul > 0) NulBytes(context.Log, context.Source.Value, file.Name, payload.CellsWithNul);
    }

    /// <summary>The file's table; null, and why, when it holds none.</summary>
    private static (CsvFile? Table, string Refused) Look(FileInfo file)
    {
        try
        {
            return (CsvFile.Look(file), "");
        }
        catch (NotATableException e)
        {
            return (null, e.Message);
        }
    }

    private List<FileInfo> Files() => Guarded(() =>
    {
        if (File.Exists(path)) return [new FileInfo(path)];
        if (!Directory.Exists(path))
            throw Fault($"there is no file or folder {Path.GetFullPath(path)}. Give the right path: hub source add {context.Source} --connector files --path PATH");
        var options = new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        return Patterns.SelectMany(p => new DirectoryInfo(path).EnumerateFiles(p, options))
            .Where(f => !f.Name.StartsWith('~'))
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .ToList();
    });

    private FilesCursor Saved(string? cursor)
    {
        try
        {
            var saved = cursor is null ? null : JsonSerializer.Deserialize(cursor, FilesJson.Default.FilesCursor);
            return saved?.Files is null ? new FilesCursor([]) : saved;
        }
        catch (JsonException e)
        {
            throw Fault($"the saved cursor cannot be read. Pull anew with: hub sync {context.Source} --full", e);
        }
    }

    private void Guarded(Action read) => Guarded(() =>
    {
        read();
        return true;
    });

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (IOException e)
        {
            throw Unreadable(e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unreadable(e);
        }
    }

    private ConnectorException NoFiles() =>
        Fault($"{Path.GetFullPath(path)} holds no .csv, .tsv or .txt file. Put one there, or give another path: hub source add {context.Source} --connector files --path PATH");

    private ConnectorException Unreadable(Exception e) =>
        Fault($"{Path.GetFullPath(path)} cannot be read ({e.Message}). Is it there, may this user read it, does another program hold it?", e, transient: e is IOException);

    private ConnectorException Fault(string message, Exception? cause = null, bool transient = false)
    {
        var text = $"Source '{context.Source}' (files): {message}";
        return cause is null ? new ConnectorException(text) { Transient = transient } : new ConnectorException(text, cause) { Transient = transient };
    }

    private static bool IsSame(FileInfo file, FileState state) => file.Length == state.Size && file.LastWriteTimeUtc.Ticks == state.Written;

    [LoggerMessage(1301, LogLevel.Warning, "Source {Source}: {Cells} cells of {File} are not UTF-8 and were read as windows-1252; save the file as UTF-8 if names look wrong")]
    private static partial void OtherEncoding(ILogger log, string source, string file, long cells);

    [LoggerMessage(1302, LogLevel.Warning, "Source {Source}: NUL bytes were taken out of {Cells} cells of {File}")]
    private static partial void NulBytes(ILogger log, string source, string file, long cells);
}
