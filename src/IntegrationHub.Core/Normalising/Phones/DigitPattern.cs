using System.Numerics;

namespace IntegrationHub.Normalising;

/// <summary>
/// A pattern over digits, as libphonenumber's metadata write them: digits, classes, groups, alternatives, <c>{n,m}</c> and <c>?</c>. There is no endless repetition in them,
/// so each describes a finite set of numbers.
/// </summary>
internal abstract record DigitPattern
{
    /// <summary>One digit of a set; bit d stands for digit d.</summary>
    public sealed record Digit(int Set) : DigitPattern;

    /// <summary>All, one behind the other.</summary>
    public sealed record Sequence(IReadOnlyList<DigitPattern> Items) : DigitPattern;

    /// <summary>One of several; the first that fits is taken.</summary>
    public sealed record Choice(IReadOnlyList<DigitPattern> Items) : DigitPattern;

    /// <summary>As often as possible, within bounds.</summary>
    public sealed record Repeat(DigitPattern Item, int Least, int Most) : DigitPattern;

    /// <summary>The number ends here.</summary>
    public sealed record End : DigitPattern;

    /// <summary>Reads a pattern; null where it holds anything else.</summary>
    public static DigitPattern? Parse(string pattern)
    {
        var at = 0;
        return ReadChoice(pattern, ref at) is { } read && at == pattern.Length ? read : null;
    }

    /// <summary>
    /// All numbers that the pattern describes, in the order in which a matcher that takes the first alternative first tries them; null where they are more than the
    /// limit, or where their end matters.
    /// </summary>
    public IReadOnlyList<string>? Words(int limit) => this switch
    {
        Digit d => [.. Enumerable.Range(0, 10).Where(i => (d.Set & (1 << i)) != 0).Select(i => ((char)('0' + i)).ToString())],
        Sequence s => s.Items.Aggregate((IReadOnlyList<string>?)[""], (heads, item) => heads is null ? null : Product(heads, item.Words(limit), limit)),
        Choice c => Sum(c.Items.Select(i => i.Words(limit)), limit),
        Repeat { Most: 0 } => [""],
        Repeat r => Sum([Product(r.Item.Words(limit), new Repeat(r.Item, Math.Max(0, r.Least - 1), r.Most - 1).Words(limit), limit), r.Least == 0 ? [""] : []], limit),
        _ => null,
    };

    private static List<string>? Product(IReadOnlyList<string>? heads, IReadOnlyList<string>? tails, int limit) =>
        heads is null || tails is null || heads.Count * tails.Count > limit ? null : [.. heads.SelectMany(h => tails.Select(t => h + t))];

    private static List<string>? Sum(IEnumerable<IReadOnlyList<string>?> lists, int limit)
    {
        var sum = new List<string>();
        foreach (var list in lists)
        {
            if (list is null || sum.Count + list.Count > limit) return null;
            sum.AddRange(list);
        }

        return sum;
    }

    private static DigitPattern? ReadChoice(string text, ref int at)
    {
        var items = new List<DigitPattern>();
        while (true)
        {
            if (ReadSequence(text, ref at) is not { } item) return null;
            items.Add(item);
            if (at >= text.Length || text[at] != '|') return items.Count == 1 ? items[0] : new Choice(items);
            at++;
        }
    }

    private static Sequence? ReadSequence(string text, ref int at)
    {
        var items = new List<DigitPattern>();
        while (at < text.Length && text[at] is not ('|' or ')'))
        {
            if (ReadItem(text, ref at) is not { } item || ReadRepeat(text, ref at, item) is not { } repeated) return null;
            items.Add(repeated);
        }

        return new Sequence(items);
    }

    private static DigitPattern? ReadItem(string text, ref int at)
    {
        var c = text[at++];
        if (char.IsAsciiDigit(c)) return new Digit(1 << (c - '0'));
        if (c == '$') return new End();
        if (c == '[') return ReadSet(text, ref at);
        if (c != '(') return null;
        if (text.AsSpan(at).StartsWith("?:")) at += 2;
        if (ReadChoice(text, ref at) is not { } inner || at >= text.Length || text[at] != ')') return null;
        at++;
        return inner;
    }

    private static Digit? ReadSet(string text, ref int at)
    {
        var set = 0;
        while (at < text.Length && text[at] != ']')
        {
            if (!char.IsAsciiDigit(text[at])) return null;
            var (from, to) = (text[at] - '0', text[at] - '0');
            at++;
            if (at + 1 < text.Length && text[at] == '-' && char.IsAsciiDigit(text[at + 1]))
            {
                to = text[at + 1] - '0';
                at += 2;
            }

            for (var d = from; d <= to; d++) set |= 1 << d;
        }

        if (at++ >= text.Length) return null;
        return BitOperations.PopCount((uint)set) > 0 ? new Digit(set) : null;
    }

    private static DigitPattern? ReadRepeat(string text, ref int at, DigitPattern item)
    {
        if (at >= text.Length) return item;
        if (text[at] is '*' or '+') return null;
        if (text[at] == '?')
        {
            at++;
            return at < text.Length && text[at] is '?' or '+' ? null : new Repeat(item, 0, 1);
        }

        if (text[at] != '{') return item;
        var close = text.IndexOf('}', at);
        if (close < 0) return null;
        var bounds = text[(at + 1)..close].Split(',');
        at = close + 1;
        if (!int.TryParse(bounds[0], out var least)) return null;
        return bounds.Length == 1 ? new Repeat(item, least, least) : int.TryParse(bounds[1], out var most) ? new Repeat(item, least, most) : null;
    }
}
