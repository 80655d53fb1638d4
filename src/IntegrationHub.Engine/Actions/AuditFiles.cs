using IntegrationHub.Auditing;

namespace IntegrationHub.Engine.Actions;

/// <summary>The files that an audit leaves.</summary>
internal static class AuditFiles
{
    /// <summary>Writes the page; it appears whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written there.</exception>
    internal static async Task WritePage(string path, AuditReport report, CancellationToken ct)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        var partial = path + ".partial";
        await File.WriteAllTextAsync(partial, AuditHtml.Render(report), ct);
        File.Move(partial, path, overwrite: true);
    }
}
