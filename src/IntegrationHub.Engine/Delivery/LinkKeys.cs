using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Delivery;

/// <summary>
/// The secrets that links in messages are signed with: <c>links.1.key</c>, <c>links.2.key</c>, … in the keys folder. The highest number signs, all are believed. A new file
/// with the next number changes the secret; an old one is kept as long as its messages may be clicked.
/// </summary>
public static class LinkKeys
{
    /// <summary>Reads them, and makes the first where there is none.</summary>
    /// <exception cref="ConfigurationException">A file is damaged.</exception>
    public static ImmutableArray<LinkKey> Load(string keysDirectory)
    {
        var files = Files(keysDirectory);
        if (files.Count == 0)
        {
            EngineServices.NewKey(Path.Combine(keysDirectory, "links.1.key"));
            files = Files(keysDirectory);
        }

        return
        [
            .. files.OrderByDescending(f => f.Number).Select(f =>
            {
                var secret = File.ReadAllBytes(f.Path);
                return secret.Length >= 32
                    ? new LinkKey(f.Number, [.. secret])
                    : throw new ConfigurationException($"{f.Path} is damaged: it has {secret.Length} bytes instead of 32. Restore it from the backup; without it links in messages that went out are not valid any more.");
            }),
        ];
    }

    private static List<(byte Number, string Path)> Files(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "links.*.key")
            .Select(f => (Ok: byte.TryParse(Path.GetFileName(f).Split('.')[1], CultureInfo.InvariantCulture, out var number), Number: number, Path: f)).Where(f => f.Ok).Select(f => (f.Number, f.Path)),
    ];
}
