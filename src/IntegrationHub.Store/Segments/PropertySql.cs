using System.Globalization;
using System.Text;
using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

/// <summary>Tests of values as SQL, with NULL for what SQL cannot tell: see <see cref="SegmentSql"/>.</summary>
/// <param name="s">The database's dialect.</param>
/// <param name="parameter">Makes a parameter of a value.</param>
internal sealed class PropertySql(Session s, Func<object?, string> parameter)
{
    private const string Json = "e.properties";

    /// <summary>True of events of a pattern, whose type is tested elsewhere.</summary>
    public string Of(EventPattern pattern) => pattern.Where.IsEmpty ? "TRUE" : $"({string.Join(" AND ", pattern.Where.Select(Of))})";

    /// <summary>What an order or a refund is worth, where it says so in the plain way; NULL where memory has to look.</summary>
    public string Amount() => $"(CASE WHEN {Doubtful(["total_minor"])} THEN NULL WHEN {s.JsonKind(Json, ["total_minor"])} IN ('integer', 'number') AND {IsWhole(s.JsonText(Json, ["total_minor"]))} THEN CAST({s.JsonText(Json, ["total_minor"])} AS BIGINT) END)";

    private string Of(PropertyTest test)
    {
        string[] direct = [test.Path];
        if (!IsPlain(test.Path)) return "(1 = NULL)";
        var keys = test.Path.Split('.');
        if (keys.Length > 1 && keys.Any(k => k.Length == 0)) return "(1 = NULL)";
        // A name with dots may be one property's, or a path.
        var doubtful = keys.Length == 1 ? Doubtful(direct) : $"{Doubtful(keys)} OR {Holds($"\"{test.Path}\"")}";
        var (kind, text) = (s.JsonKind(Json, keys), s.JsonText(Json, keys));
        var (exists, missing) = (test.Test.Kind == ValueTestKind.Exists, test.Test.Kind == ValueTestKind.Missing);
        return $"(CASE WHEN {doubtful} THEN NULL WHEN {kind} IS NULL OR {kind} = 'null' THEN {Bool(missing)} WHEN {kind} = 'object' THEN {Bool(exists)} WHEN {kind} = 'array' THEN NULL "
            + $"ELSE {Text($"nullif({text}, '')", test.Test, $"CASE WHEN {kind} IN ('text', 'string') THEN NULL WHEN {kind} IN ('integer', 'real', 'number') THEN {Number(text, test.Test)} ELSE FALSE END")} END)";
    }

    /// <summary>A test of a text that may be NULL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="test">The test.</param>
    /// <param name="numbers">What a test of numbers comes to where there is a text.</param>
    public string Text(string text, ValueTest test, string numbers) => test.Kind switch
    {
        ValueTestKind.Exists => $"({text} IS NOT NULL)",
        ValueTestKind.Missing => $"({text} IS NULL)",
        ValueTestKind.AtLeast or ValueTestKind.Below => $"(CASE WHEN {text} IS NULL THEN FALSE ELSE {numbers} END)",
        _ => $"(CASE WHEN {text} IS NULL THEN FALSE ELSE ({string.Join(" OR ", test.Operands.Select(o => Like(text, test.Kind == ValueTestKind.Contains ? "%" : "", o, test.Kind is ValueTestKind.Contains or ValueTestKind.StartsWith ? "%" : "")).DefaultIfEmpty("FALSE"))}) END)",
    };

    /// <summary>
    /// A comparison without regard to case. Both databases fold A to Z alike and nothing else, and no other letter is the same as one of them to .NET; so an operand in ASCII is compared exactly. Of any other operand the letters beyond ASCII
    /// match any one letter: where that fits, and the exact text does not, memory looks.
    /// </summary>
    public string Like(string text, string start, string operand, string end)
    {
        operand = StoredText.Of(operand);
        var exact = $"({s.Lower(text)} LIKE {parameter(start + Pattern(operand, wild: false) + end)} ESCAPE '\\')";
        return Ascii.IsValid(operand) ? exact : $"(CASE WHEN {exact} THEN TRUE WHEN {s.Lower(text)} LIKE {parameter(start + Pattern(operand, wild: true) + end)} ESCAPE '\\' THEN NULL ELSE FALSE END)";
    }

    private static string Pattern(string operand, bool wild)
    {
        var pattern = new StringBuilder();
        foreach (var rune in operand.EnumerateRunes())
        {
            if (!rune.IsAscii)
            {
                pattern.Append(wild ? "_" : rune.ToString());
                continue;
            }

            if (rune.Value is '%' or '_' or '\\') pattern.Append('\\');
            pattern.Append(char.ToLowerInvariant((char)rune.Value));
        }

        return pattern.ToString();
    }

    private string Number(string text, ValueTest test)
    {
        if (test.Kind is not (ValueTestKind.AtLeast or ValueTestKind.Below) || !double.TryParse(test.Operands[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var operand)) return "(1 = NULL)";
        return $"CASE WHEN length({text}) > 15 OR {s.Lower(text)} LIKE '%e%' THEN NULL ELSE CAST({text} AS DOUBLE PRECISION) {(test.Kind == ValueTestKind.AtLeast ? ">=" : "<")} {parameter(operand)} END";
    }

    private static string IsWhole(string text) => $"length({text}) <= 15 AND {text} NOT LIKE '%.%' AND {text} NOT LIKE '%e%' AND {text} NOT LIKE '%E%'";

    /// <summary>What makes databases read JSON apart: escapes, and a name that stands there twice.</summary>
    private string Doubtful(string[] keys) => string.Join(" OR ", keys.Select(k => Twice($"\"{k}\"")).Prepend(Holds("\\")));

    private string Holds(string part) => $"({s.Position(Json, parameter(part))} > 0)";

    private string Twice(string part) => $"(length({Json}) - length(replace({Json}, {parameter(part)}, '')) > {part.Length})";

    private static bool IsPlain(string path) => path.Length is > 0 and <= 200 && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ' ');

    private static string Bool(bool value) => value ? "TRUE" : "FALSE";
}
