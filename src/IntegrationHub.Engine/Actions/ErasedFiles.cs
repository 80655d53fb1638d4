using System.Text;
using IntegrationHub.Store;

namespace IntegrationHub.Engine.Actions;

/// <summary>Files of the data directory that may name a contact: messages written into files, reports, logs. Sources' own files are not the hub's to change.</summary>
internal static class ErasedFiles
{
    /// <summary>Takes a contact out of them. Returns how many files it was found in.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    internal static async Task<int> Sweep(EngineSettings settings, ErasedTexts texts, CancellationToken ct)
    {
        var found = 0;
        foreach (var file in Files(settings.ReportsDirectory)) found += await DeleteIfNamed(file, texts, ct);
        foreach (var file in Files(Path.Combine(settings.DataDirectory, "mail")))
            found += file.EndsWith(".jsonl", StringComparison.Ordinal) ? await Overwrite(file, texts, wholeLines: true, ct) : await DeleteIfNamed(file, texts, ct);
        foreach (var file in Files(Path.Combine(settings.DataDirectory, "logs"))) found += await Overwrite(file, texts, wholeLines: false, ct);
        return found;
    }

    private static string[] Files(string folder) => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    /// <summary>A mail to it, or a report with it among the samples: a report can be made again.</summary>
    private static async Task<int> DeleteIfNamed(string file, ErasedTexts texts, CancellationToken ct)
    {
        if (!Unescaped(await File.ReadAllTextAsync(file, ct)).Any(texts.IsIn)) return 0;
        File.Delete(file);
        return 1;
    }

    /// <summary>In its place and at its length, since a running hub may be writing at the file's end.</summary>
    private static async Task<int> Overwrite(string file, ErasedTexts texts, bool wholeLines, CancellationToken ct)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, ct);
        var (changed, begin) = (false, 0);
        while (begin < bytes.Length)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', begin);
            if (end < 0) end = bytes.Length;
            var line = Encoding.UTF8.GetString(bytes, begin, end - begin);
            if (Unescaped(line).Any(texts.IsIn))
            {
                var left = wholeLines ? [] : Encoding.UTF8.GetBytes(texts.Redact(line));
                var kept = Math.Min(left.Length, end - begin);
                Array.Copy(left, 0, bytes, begin, kept);
                Array.Fill(bytes, (byte)' ', begin + kept, end - begin - kept);
                // Text that is written as an escape is not found by its letters: then nothing of the line can stay.
                if (!wholeLines && Unescaped(Encoding.UTF8.GetString(bytes, begin, end - begin)).Any(texts.IsIn)) Array.Fill(bytes, (byte)' ', begin, end - begin);
                stream.Position = begin;
                await stream.WriteAsync(bytes.AsMemory(begin, end - begin), ct);
                changed = true;
            }

            begin = end + 1;
        }

        stream.Flush(flushToDisk: true);
        return changed ? 1 : 0;
    }

    /// <summary>The text as it stands, and as pages, JSON and mails mean it.</summary>
    private static IEnumerable<string> Unescaped(string text)
    {
        yield return text;
        if (text.Contains('&', StringComparison.Ordinal)) yield return System.Net.WebUtility.HtmlDecode(text);
        if (text.Contains("\\u", StringComparison.Ordinal)) yield return System.Text.RegularExpressions.Regex.Replace(text, @"\\u([0-9a-fA-F]{4})", m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString());
        if (text.Contains("=\r\n", StringComparison.Ordinal) || text.Contains("=\n", StringComparison.Ordinal)) yield return text.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal);
    }
}
