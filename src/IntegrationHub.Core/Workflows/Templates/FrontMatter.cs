using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>One line of a template's head.</summary>
internal sealed record FrontMatterEntry(string Key, string Value, int Line);

/// <summary>The head of a template: between two lines of <c>---</c>, one <c>key: value</c> a line, values plain or in quotes, <c>#</c> for remarks.</summary>
internal static class FrontMatter
{
    /// <summary>Splits head and body; mistakes go to <paramref name="errors"/>.</summary>
    internal static (ImmutableArray<FrontMatterEntry> Entries, string Body, int BodyLine) Split(string file, string text, ImmutableArray<TemplateError>.Builder errors)
    {
        var lines = text.ReplaceLineEndings("\n").TrimStart('\uFEFF').Split('\n');
        var end = lines[0].TrimEnd() == "---" ? Array.FindIndex(lines, 1, l => l.TrimEnd() == "---") : -1;
        if (end < 0)
        {
            errors.Add(new TemplateError(file, 1, "a template begins with its head: a line '---', then lines such as 'channel: email' and 'subject: …', then a line '---'. Then comes the text."));
            return ([], text, 1);
        }

        var entries = ImmutableArray.CreateBuilder<FrontMatterEntry>();
        for (var i = 1; i < end; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || lines[i][0] is ' ' or '\t' or '-')
            {
                errors.Add(new TemplateError(file, i + 1, $"'{line}' is no line of a head. Write 'key: value', beginning at the left edge."));
                continue;
            }

            var key = line[..colon].TrimEnd();
            if (entries.Any(e => e.Key == key)) errors.Add(new TemplateError(file, i + 1, $"'{key}' stands here for the second time. Remove one of the two lines."));
            else if (Unquoted(line[(colon + 1)..].Trim()) is { } value) entries.Add(new FrontMatterEntry(key, value, i + 1));
            else errors.Add(new TemplateError(file, i + 1, $"the quotes of '{key}' do not close. Begin and end the value with the same quote; within \"…\" write \\\" for a quote."));
        }

        return (entries.ToImmutable(), string.Join('\n', lines[(end + 1)..]), end + 2);
    }

    /// <summary>A value without its quotes, as YAML has them; null when they do not close.</summary>
    private static string? Unquoted(string value)
    {
        if (value.Length == 0 || value[0] is not ('"' or '\'')) return value;
        if (value.Length < 2 || value[^1] != value[0]) return null;
        var inner = value[1..^1];
        if (value[0] == '\'') return inner.Replace("''", "\0", StringComparison.Ordinal).Contains('\'', StringComparison.Ordinal) ? null : inner.Replace("''", "'", StringComparison.Ordinal);
        var text = inner.Replace("\\\\", "\0", StringComparison.Ordinal).Replace("\\\"", "\u0001", StringComparison.Ordinal);
        return text.Contains('"', StringComparison.Ordinal) ? null : text.Replace('\u0001', '"').Replace('\0', '\\');
    }
}
