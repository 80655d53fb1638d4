using System.Collections.Immutable;
using System.Text;

namespace IntegrationHub.Normalising;

/// <summary>One step of a <see cref="PayloadPath"/>.</summary>
public abstract record PathStep
{
    private PathStep() { }

    /// <summary>Into the property of an object.</summary>
    /// <param name="Name">The property's name as the payload has it.</param>
    public sealed record Property(string Name) : PathStep;

    /// <summary>Into one item of an array.</summary>
    /// <param name="At">From 0.</param>
    public sealed record Item(int At) : PathStep;

    /// <summary>Into every item of an array.</summary>
    public sealed record Each : PathStep;
}

/// <summary>
/// Where a value lies in a payload: <c>properties.email</c>, <c>tags[*].name</c>, <c>addresses[0].city</c>, <c>['Email Address']</c>.
/// A name with spaces, dots or brackets stands in brackets and quotes; a quote within is doubled. Compared by its text.
/// </summary>
public sealed class PayloadPath : IEquatable<PayloadPath>
{
    private PayloadPath(string text, ImmutableArray<PathStep> steps)
    {
        Text = text;
        Steps = steps;
    }

    /// <summary>The path in its one canonical spelling.</summary>
    public string Text { get; }

    /// <summary>The steps from the payload's root; never empty.</summary>
    public ImmutableArray<PathStep> Steps { get; }

    /// <summary>Reads a path.</summary>
    /// <param name="text">As a mapping writes it.</param>
    /// <param name="problem">What is wrong, for a person, when null is returned; else null.</param>
    public static PayloadPath? Parse(string text, out string? problem)
    {
        var steps = ImmutableArray.CreateBuilder<PathStep>();
        var at = 0;
        problem = text.Length == 0 ? "the path is empty" : null;
        while (problem is null && at < text.Length)
        {
            var step = text[at] == '[' ? Bracket(text, ref at, out problem) : Name(text, ref at, steps.Count == 0, out problem);
            if (step is not null) steps.Add(step);
        }

        return problem is null ? Of(steps.ToImmutable()) : null;
    }

    /// <summary>The path of one property at the payload's root, whatever characters its name has.</summary>
    public static PayloadPath OfProperty(string name) => Of([new PathStep.Property(name)]);

    private static PayloadPath Of(ImmutableArray<PathStep> steps) => new(Spell(steps), steps);

    private static PathStep.Property? Name(string text, ref int at, bool first, out string? problem)
    {
        problem = null;
        if (!first)
        {
            if (text[at] != '.')
            {
                problem = $"a '.' or '[' is missing at character {at + 1}";
                return null;
            }

            at++;
        }

        var end = text.AsSpan(at).IndexOfAny('.', '[');
        var name = (end < 0 ? text.AsSpan(at) : text.AsSpan(at, end)).ToString();
        at += name.Length;
        if (name.Length == 0) problem = at < text.Length ? $"a name is missing before character {at + 1}" : "the path ends with a '.'";
        else if (name.AsSpan().IndexOfAny("]'\"") >= 0) problem = $"'{name}' holds a quote or bracket; write ['{name}']";
        else if (name.Any(char.IsWhiteSpace)) problem = $"'{name}' holds a space; write ['{name}']";
        return problem is null ? new PathStep.Property(name) : null;
    }

    private static PathStep? Bracket(string text, ref int at, out string? problem)
    {
        problem = null;
        var open = at++;
        if (at < text.Length && text[at] is '\'' or '"') return Quoted(text, ref at, open, out problem);
        var close = text.IndexOf(']', at);
        if (close < 0)
        {
            problem = $"the '[' at character {open + 1} is not closed";
            return null;
        }

        var inside = text.AsSpan(at, close - at);
        at = close + 1;
        if (inside is "*") return new PathStep.Each();
        if (int.TryParse(inside, System.Globalization.NumberStyles.None, null, out var index)) return new PathStep.Item(index);
        problem = $"'[{inside}]' is neither [*], nor a number from 0, nor a quoted name such as ['{inside}']";
        return null;
    }

    private static PathStep.Property? Quoted(string text, ref int at, int open, out string? problem)
    {
        var quote = text[at++];
        var name = new StringBuilder();
        problem = null;
        for (; at < text.Length; at++)
        {
            if (text[at] != quote)
            {
                name.Append(text[at]);
                continue;
            }

            if (at + 1 < text.Length && text[at + 1] == quote)
            {
                name.Append(quote);
                at++;
                continue;
            }

            if (at + 1 < text.Length && text[at + 1] == ']')
            {
                at += 2;
                return new PathStep.Property(name.ToString());
            }

            break;
        }

        problem = $"the quoted name at character {open + 1} is not closed with {quote}]";
        return null;
    }

    private static string Spell(ImmutableArray<PathStep> steps)
    {
        var text = new StringBuilder();
        foreach (var step in steps) Append(text, step);
        return text.ToString();
    }

    /// <summary>The canonical spelling of a path with one more property at its end.</summary>
    internal static string Spell(string prefix, string property)
    {
        var text = new StringBuilder(prefix);
        Append(text, new PathStep.Property(property));
        return text.ToString();
    }

    private static void Append(StringBuilder text, PathStep step)
    {
        switch (step)
        {
            case PathStep.Each:
                text.Append("[*]");
                break;
            case PathStep.Item item:
                text.Append('[').Append(item.At).Append(']');
                break;
            case PathStep.Property { Name: var name } when name.Length > 0 && name.AsSpan().IndexOfAny(".[]'\"") < 0 && !name.Any(char.IsWhiteSpace):
                if (text.Length > 0) text.Append('.');
                text.Append(name);
                break;
            case PathStep.Property { Name: var name }:
                text.Append("['").Append(name.Replace("'", "''", StringComparison.Ordinal)).Append("']");
                break;
        }
    }

    /// <inheritdoc/>
    public bool Equals(PayloadPath? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PayloadPath);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary><see cref="Text"/>.</summary>
    public override string ToString() => Text;
}
