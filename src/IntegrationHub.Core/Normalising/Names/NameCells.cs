using System.Buffers;
using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Names whose parts come in cells of their own: each part is looked through for what belongs into another.</summary>
internal static class NameCells
{
    private static readonly SearchValues<char> Marks = SearchValues.Create(" .(\"“'‘[");

    public static NormalisedName Normalise(string? title, string? first, string? middle, string? last, string? suffix, string? nickname, string? maiden)
    {
        if (first is not null && last is not null && title is null && middle is null && suffix is null && nickname is null && maiden is null && NameJunk.IsOrdinary(first) && NameJunk.IsOrdinary(last)
            && ReferenceEquals(Texts.Clean(first), first) && ReferenceEquals(Texts.Clean(last), last))
            return new($"{first} {last}", null, first, null, last, null, null, null, []);
        return Any(title, first, middle, last, suffix, nickname, maiden);
    }

    /// <summary>Looks through all cells, whatever they hold.</summary>
    internal static NormalisedName Any(string? title, string? first, string? middle, string? last, string? suffix, string? nickname, string? maiden)
    {
        var name = Once(title, first, middle, last, suffix, nickname, maiden);
        // What was moved or recased can read differently in its new place; that look is taken here, so that the parts are ones that stay.
        var before = new NameParts(title, first, middle, last, suffix, nickname, maiden);
        for (var round = 0; PartsOf(name) is var parts && parts != before; round++)
        {
            if (round == PersonNames.MostReadings) return NormalisedName.Rejected(NameIssues.Junk);
            var again = Once(parts.Title, parts.First, parts.Middle, parts.Last, parts.Suffix, parts.Nickname, parts.Maiden);
            if (PartsOf(again) == parts) return name;
            (before, name) = (parts, again with { Issues = Distinct(name.Issues.Concat(again.Issues)) });
        }

        return name;
    }

    private static NameParts PartsOf(NormalisedName name) => new(name.Title, name.First, name.Middle, name.Last, name.Suffix, name.Nickname, name.Maiden);

    private static NormalisedName Once(string? title, string? first, string? middle, string? last, string? suffix, string? nickname, string? maiden)
    {
        var issues = ImmutableArray.CreateBuilder<IssueCode>();
        title = Cell(title, issues);
        first = Cell(first, issues);
        middle = Cell(middle, issues);
        last = Cell(last, issues);
        suffix = Cell(suffix, issues);
        nickname = Cell(nickname, issues);
        maiden = Cell(maiden, issues);
        if (first is not null && last is null && middle is null && first.Contains(' ') || last is not null && first is null && middle is null && IsWhole(last) && (title is null || last.Contains(',')))
            return Whole(title, first ?? last ?? "", suffix, nickname, maiden, issues);
        // The same whole name in both cells: some forms have one box and fill two fields.
        if (first is not null && first == last && first.Contains(' ')) return Whole(title, first, suffix, nickname, maiden, issues);

        var parts = new NameParts(title, first, middle, last, suffix, nickname, maiden);
        parts = Given(parts);
        parts = Family(parts);
        if (parts.Title != title || parts.Suffix != suffix || parts.Nickname != nickname || parts.Maiden != maiden) issues.Add(NameIssues.Moved);
        if (parts.First is not null && parts.First == parts.Middle) parts = parts with { Middle = null };
        if (parts.IsEmpty) return new(null, null, null, null, null, null, parts.Nickname, parts.Maiden, issues.Count == 0 ? [NameIssues.Blank] : Distinct(issues));
        var text = string.Join(' ', new[] { parts.First, parts.Middle, parts.Last }.Where(p => p is not null));
        if (first is not null && last is not null && NameJunk.IsCompany(text)) return new(text, null, null, null, null, null, null, null, [.. Distinct(issues), NameIssues.Company]);
        var finished = PersonNames.Finish(parts, text);
        return finished with { Issues = Distinct(issues.Concat(finished.Issues)) };
    }

    // "van der Berg" by itself in the family name's cell is a family name.
    private static bool IsWhole(string last)
    {
        if (last.IndexOf(' ') is not (var blank and > 0)) return false;
        var word = NameWords.Of(last.AsSpan(0, blank));
        return last.Contains(',') || (!word.HasFlag(NameWord.Particle) && !word.HasFlag(NameWord.NameOrParticle));
    }

    private static ImmutableArray<IssueCode> Distinct(IEnumerable<IssueCode> issues) => [.. issues.Distinct()];

    private static string? Cell(string? raw, ImmutableArray<IssueCode>.Builder issues)
    {
        if (raw is null) return null;
        if (raw.Length > PersonNames.MaxLength)
        {
            issues.Add(NameIssues.TooLong);
            return null;
        }

        var text = Texts.Clean(raw).Trim(',', ' ');
        if (text.Length == 0) return null;
        if (text != raw) issues.Add(NameIssues.Cleaned);
        // A title or suffix such as "II" or "3rd" is short; placeholders are as common here as in names.
        if (NameJunk.Why(text) is not { } why || (why == NameIssues.Junk && text is "2nd" or "3rd" or "4th" or "5th")) return text;
        issues.Add(why);
        return null;
    }

    private static NormalisedName Whole(string? title, string text, string? suffix, string? nickname, string? maiden, ImmutableArray<IssueCode>.Builder issues)
    {
        var name = PersonNames.Normalise(text);
        if (name.Value is null || name.First is null && name.Last is null && name.Title is null) return name with { Issues = Distinct(issues.Concat(name.Issues)) };
        var moved = new NameParts(title ?? name.Title, name.First, name.Middle, name.Last, Both(name.Suffix, suffix), nickname ?? name.Nickname, maiden ?? name.Maiden);
        var finished = PersonNames.Finish(moved, text);
        return finished with { Issues = Distinct(issues.Append(NameIssues.Moved).Concat(name.Issues).Concat(finished.Issues)) };
    }

    // "Dr. Anna (Annie)": a title, a given name and a nickname; "Anna Maria" stays a given name of two words.
    private static NameParts Given(NameParts parts)
    {
        if (parts.First is not { } first || !first.AsSpan().ContainsAny(Marks) || !first.Contains(' ')) return parts;
        // A made-up family name keeps the parser from taking the last given name for one.
        var read = new NameParser(first + " Xx").Parse();
        if (read.Last is null || !read.Last.EndsWith("Xx", StringComparison.Ordinal)) return parts;
        var rest = Join(read.First, read.Middle, read.Last.Length > 2 ? read.Last[..^3] : null);
        return parts with { First = rest, Title = parts.Title ?? read.Title, Nickname = parts.Nickname ?? read.Nickname, Maiden = parts.Maiden ?? read.Maiden, TwoPeople = read.TwoPeople };
    }

    private static NameParts Family(NameParts parts)
    {
        if (parts.Last is not { } last || !last.AsSpan().ContainsAny(" ,(\"[")) return parts;
        var read = new NameParser("Xx " + last).Parse();
        if (read.First != "Xx") return parts;
        var rest = Join(read.Middle, read.Last);
        return rest is null ? parts : parts with { Last = rest, Suffix = Both(read.Suffix, parts.Suffix), Nickname = parts.Nickname ?? read.Nickname, Maiden = parts.Maiden ?? read.Maiden };
    }

    private static string? Both(string? a, string? b) => a is null || a == b ? b : b is null ? a : $"{a}, {b}";

    private static string? Join(params ReadOnlySpan<string?> parts)
    {
        var joined = string.Join(' ', parts).Trim();
        while (joined.Contains("  ", StringComparison.Ordinal)) joined = joined.Replace("  ", " ", StringComparison.Ordinal);
        return joined.Length == 0 ? null : joined;
    }
}
