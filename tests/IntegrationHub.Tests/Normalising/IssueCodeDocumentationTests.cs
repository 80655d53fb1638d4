using System.Reflection;
using System.Text.RegularExpressions;
using IntegrationHub.Normalising;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Normalising;

public sealed partial class IssueCodeDocumentationTests
{
    // Codes that no single value raises, with the reason.
    private static readonly Dictionary<string, string> NotOfOneValue = new(StringComparer.Ordinal)
    {
        ["record.missing"] = "A whole record raises it.",
        ["consent.point"] = "A claim and its address raise it together.",
        ["email.no_mail_server"] = "DNS raises it.",
        ["name.moved"] = "Names in cells of their own raise it.",
        ["address.bad_postcode"] = "A postal code in a cell of its own raises it.",
        ["address.unknown_country"] = "A country in a cell of its own raises it.",
    };

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal) { ["job_title"] = "title", ["address.state"] = "state", ["address.unknown_state"] = "state" };

    private static IEnumerable<(string Code, string When, string Example)> Rows() =>
        File.ReadLines(Path.Combine(Repository.Root, "docs", "normalisation.md")).Select(line => Row().Match(line)).Where(m => m.Success)
            .Select(m => (m.Groups["code"].Value, m.Groups["when"].Value.Trim(), m.Groups["example"].Value.Trim()));

    private static IEnumerable<string> Codes() => typeof(NameIssues).Assembly.GetTypes().Where(t => t.Namespace == "IntegrationHub.Normalising" && t.Name.EndsWith("Issues", StringComparison.Ordinal))
        .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(f => f.GetValue(null)).OfType<IssueCode>().Select(c => c.Value);

    [Fact]
    public void Each_code_has_one_line_with_an_example()
    {
        var rows = Rows().ToList();
        Assert.True(Codes().Count() > 60);
        Assert.Equal(Codes().Order(StringComparer.Ordinal), rows.Select(r => r.Code).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.False(row.When.Length == 0 || row.Example.Length == 0, row.Code));
    }

    [Fact]
    public void Each_example_raises_its_code_and_gives_what_it_says()
    {
        List<string> wrong = [];
        foreach (var (code, _, example) in Rows().Where(r => !NotOfOneValue.ContainsKey(r.Code)))
        {
            var kind = code[..code.IndexOf('.')];
            kind = Kinds.GetValueOrDefault(code) ?? Kinds.GetValueOrDefault(kind, kind);
            if (Example().Match(example) is not { Success: true } shown)
            {
                wrong.Add($"{code}: the example names no value");
                continue;
            }

            var raw = code.EndsWith(".too_long", StringComparison.Ordinal) ? new string('a', 2_000) : Read(shown.Groups["raw"].Value);
            var answer = FieldNormaliser.Normalise(kind, raw, shown.Groups["region"].Success ? shown.Groups["region"].Value : null);
            if (!answer.Issues.Contains(new IssueCode(code))) wrong.Add($"{code}: {example} raises {string.Join(", ", answer.Issues)}");
            if (shown.Groups["value"] is { Success: true, Value: var value } && !answer.Parts.Select(p => p.Text).Append(answer.Value).Contains(value)) wrong.Add($"{code}: {example} gives {answer.Value}");
        }

        Assert.Empty(wrong);
    }

    private static string Read(string written) => written.Replace("⏎", "\n", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\u200b", "\u200b", StringComparison.Ordinal);

    [GeneratedRegex(@"^\| `(?<code>[a-z_]+\.[a-z_]+)` \|(?<when>[^|]*)\|(?<example>.*)\|$")]
    private static partial Regex Row();

    // `raw`, `raw` → `value`, `raw` in XX → `value`; what follows is for people.
    [GeneratedRegex(@"^`(?<raw>[^`]+)`(?: in (?<region>[A-Z]{2}))?(?: → `(?<value>[^`]+)`)?")]
    private static partial Regex Example();
}
