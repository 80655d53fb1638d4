using System.Text;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>Brings one file in: it becomes a source of its own, so that it can be imported again, changed, and traced.</summary>
public sealed class ImportFile(HubStore store, SourceActions sources, SyncSources sync)
{
    /// <summary>Imports a file and brings the golden records up to date. The same path again pulls the same source again.</summary>
    /// <param name="path">A CSV file, or a folder of them.</param>
    /// <param name="name">The source's name; null derives it from the file's name.</param>
    /// <param name="mapping">A mapping file; null for the layouts that are known.</param>
    /// <param name="by">Who imports.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Stops between transactions.</param>
    /// <exception cref="NotPossibleException">There is no such file, or the name belongs to another source.</exception>
    public async Task<SyncReport> Run(string path, string? name, string? mapping, Actor by, IProgress<RunProgress> progress, CancellationToken ct)
    {
        by.Require(Role.Admin);
        var full = Path.GetFullPath(path);
        if (!File.Exists(full) && !Directory.Exists(full)) throw new NotPossibleException($"There is no file {full}.");
        var wanted = name ?? NameOf(full);
        if (SourceName.Parse(wanted) is not { } sourceName || await store.Sources.Find(sourceName, ct) is not { } known)
            await sources.Add(new NewSource(wanted, "files", Path: full, MappingFile: mapping), by, ct);
        else if (known.Path != full)
            throw new NotPossibleException($"There is a source '{wanted}' already, for {known.Path ?? known.Url ?? known.Connector}. Give this file another name: --name {wanted}-2");
        return await sync.Run(wanted, full: false, by, progress, ct);
    }

    private static string NameOf(string path)
    {
        var name = new StringBuilder();
        foreach (var c in Path.GetFileNameWithoutExtension(path).ToLowerInvariant())
            name.Append(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-');
        var text = name.ToString().Trim('-');
        return text.Length == 0 ? "import" : text[..Math.Min(text.Length, 64)];
    }
}
