using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Why a text was changed or rejected.</summary>
public static class TextIssues
{
    /// <summary>Letters damaged by a wrong encoding were repaired: <c>NicolÃ¡s</c>.</summary>
    public static readonly IssueCode Mojibake = new("text.mojibake");

    /// <summary>Controls, zero-width characters or halves of surrogate pairs were taken out.</summary>
    public static readonly IssueCode Invisible = new("text.invisible");

    /// <summary>Blanks at the ends were taken off, or line ends or composed letters brought to one form.</summary>
    public static readonly IssueCode Form = new("text.form");

    /// <summary>HTML character references were decoded: <c>AT&amp;amp;T</c>.</summary>
    public static readonly IssueCode Html = new("text.html");

    /// <summary>Nothing is left.</summary>
    public static readonly IssueCode Blank = new("text.blank");
}

/// <summary>A text after normalising.</summary>
/// <param name="Value">The text; null when nothing is left.</param>
/// <param name="Issues">What was changed, each code once.</param>
public sealed record NormalisedText(string? Value, ImmutableArray<IssueCode> Issues);

/// <summary>Free text: trimmed, in Unicode's composed form, without invisible characters, with wrongly decoded letters repaired. Lines and inner blanks stay.</summary>
public static class Texts
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(Enumerable.Range(' ', '\u0250' - ' ').Select(c => (char)c).Where(c => c is not ('&' or 'Ã') and (<= '~' or >= '\u00c0')).ToArray());

    /// <summary>The transform <c>text</c>.</summary>
    public static Transform Transform { get; } = new(
        "text",
        "Free text without invisible characters, with damaged encoding repaired; lines stay.",
        [
            new("  NicolÃ¡s ", "Nicolás"),
            new("one\r\ntwo\u200b", "one\ntwo"),
            new("\u200b \u0007", null),
        ],
        (text, _) => Normalise(text).Value);

    /// <summary>Normalises a text that may have several lines. Idempotent; linear in the length.</summary>
    public static NormalisedText Normalise(string raw)
    {
        if (IsPlain(raw)) return raw.Length == 0 ? new(null, [TextIssues.Blank]) : new(raw, []);
        var changes = Pass(raw, lines: true, out var value);
        var issues = ImmutableArray.CreateBuilder<IssueCode>();
        if (changes.HasFlag(TextChanges.Mojibake)) issues.Add(TextIssues.Mojibake);
        if (changes.HasFlag(TextChanges.Html)) issues.Add(TextIssues.Html);
        if (changes.HasFlag(TextChanges.Invisible)) issues.Add(TextIssues.Invisible);
        if (changes.HasFlag(TextChanges.Form)) issues.Add(TextIssues.Form);
        if (value.Length == 0) issues.Add(TextIssues.Blank);
        return new(value.Length == 0 ? null : value, issues.ToImmutable());
    }

    /// <summary>
    /// The pass that other normalisers apply first: as <see cref="Normalise"/>, and every run of blanks and line breaks becomes one space. Gives back the same
    /// instance, without allocating, where a plain ASCII text needs nothing. Empty when nothing is left.
    /// </summary>
    public static string Clean(string raw) => Clean(raw, out _);

    /// <summary>As <see cref="Clean(string)"/>, but keeps line breaks, as <c>\n</c>, for values such as addresses whose lines mean something.</summary>
    public static string CleanLines(string raw)
    {
        if (IsPlain(raw)) return raw;
        Pass(raw, lines: true, out var value);
        return value;
    }

    internal static string Clean(string raw, out TextChanges changes)
    {
        changes = TextChanges.None;
        if (IsPlain(raw)) return raw;
        changes = Pass(raw, lines: false, out var value);
        return value;
    }

    // Nothing to clean and nothing to look into: ASCII and Latin letters without controls, references or blanks at the ends or doubled. Wrongly decoded text shows in
    // two characters beyond ASCII side by side, or in an Ã.
    private static bool IsPlain(string raw)
    {
        if (raw.Length == 0) return true;
        if (raw[0] == ' ' || raw[^1] == ' ' || raw.AsSpan().ContainsAnyExcept(Plain) || raw.Contains("  ", StringComparison.Ordinal)) return false;
        for (var at = raw.AsSpan().IndexOfAnyExceptInRange(' ', '~'); at >= 0 && at + 1 < raw.Length; at++)
            if (raw[at] > '~' && raw[at + 1] > '~') return false;
        return true;
    }

    // Repairing can bring invisible characters to light and taking those out can complete a damaged sequence, so the pass runs until nothing changes.
    // A repair or a decoded reference always shortens the text, hence it ends; each layer of damage at least doubles what it damaged, hence it ends soon.
    internal static TextChanges Pass(string raw, bool lines, out string value)
    {
        var changes = TextChanges.None;
        value = raw;
        for (var round = 0; round < 64; round++)
        {
            var before = value;
            value = HtmlReferences.Decode(value, ref changes);
            value = Mojibake.Repair(value, ref changes);
            value = Strip(value, lines, ref changes);
            if (ReferenceEquals(value, before) || value == before) break;
        }

        return changes;
    }

    private static string Strip(string text, bool lines, ref TextChanges changes)
    {
        var kept = new char[text.Length];
        var length = 0;
        var invisible = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is > ' ' and <= '~' or >= '\u00c0' and < '\u0250')
            {
                kept[length++] = c;
                continue;
            }

            if (c == '\r')
            {
                if (i + 1 >= text.Length || text[i + 1] != '\n') kept[length++] = lines ? '\n' : ' ';
                continue;
            }

            if (c is '\u2028' or '\u2029' or '\v' or '\f') c = '\n';
            if (char.IsWhiteSpace(c))
            {
                if (lines) kept[length++] = c;
                else if (length > 0 && kept[length - 1] != ' ') kept[length++] = ' ';
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                kept[length++] = c;
                kept[length++] = text[++i];
            }
            else if (char.IsSurrogate(c) || IsInvisible(c, length == 0 ? '\0' : kept[length - 1], i + 1 < text.Length ? text[i + 1] : '\0'))
            {
                invisible = true;
            }
            else
            {
                kept[length++] = c;
            }
        }

        if (invisible) changes |= TextChanges.Invisible;
        var trimmed = kept.AsSpan(0, length).Trim();
        var result = UnicodeForms.Compose(trimmed.SequenceEqual(text) ? text : trimmed.ToString());
        if (!invisible && result != text) changes |= TextChanges.Form;
        return result == text ? text : result;
    }

    // Looks back at what was kept, so that a run of marks goes at once.
    private static bool IsInvisible(char c, char before, char behind)
    {
        // Joiners carry meaning between letters of Persian and Indic scripts and inside emoji; elsewhere they are left-overs of copying.
        if (c is '\u200c' or '\u200d') return before < '\u0590' || behind < '\u0590' || behind is '\u200c' or '\u200d';
        // Selectors of an emoji's looks stay with it.
        if (c is '\ufe0f' or '\ufe0e') return before < '\u2000';
        return char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned || c is '\u115f' or '\u1160' or '\u3164' or '\uffa0';
    }
}

[Flags]
internal enum TextChanges
{
    None = 0,
    Mojibake = 1,
    Html = 2,
    Invisible = 4,
    Form = 8,
}
