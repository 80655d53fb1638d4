using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IntegrationHub.Normalising;
using PhoneNumbers;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace IntegrationHub.Tests.Normalising.HeldOut;

/// <summary>One labelled value and what became of it.</summary>
/// <param name="Right">Whether the answer is the label.</param>
/// <param name="Why">The value, the answer and the label, for people.</param>
/// <param name="Found">Labelled tokens that were found, for suites that count tokens.</param>
/// <param name="Extra">Tokens that were found and are not labelled.</param>
/// <param name="Missed">Labelled tokens that were not found.</param>
internal sealed record Verdict(bool Right, string Why, int Found = 0, int Extra = 0, int Missed = 0);

/// <summary>One kind of labelled values: how its rows are read and what counts as right.</summary>
/// <param name="Name">The suite; its rows that were set aside lie in the file of this name.</param>
/// <param name="Open">The files of the rows that rules were made from; not part of the repository.</param>
/// <param name="Judge">The verdicts over the rows of one file; rows that the suite does not count give none.</param>
internal sealed record Suite(string Name, ImmutableArray<string> Open, Func<IEnumerable<Row>, IEnumerable<Verdict>> Judge)
{
    internal static ImmutableArray<Suite> All { get; } =
    [
        new("names", ["person_names_nameparser.csv"], rows => rows.SelectMany(WholeName)),
        new("names-tokens", ["person_names_probablepeople_labelled.csv"], rows => rows.SelectMany(NameTokens)),
        new("email", ["email_isemail_tests.csv", "email_isemail_original_tests.csv", "email_python_email_validator.csv"], rows => rows.SelectMany(Email)),
        new("email-typo", ["email_typo_mailcheck.csv"], rows => rows.Select(EmailTypo)),
        new("phone", ["phones_libphonenumber_parse.csv"], rows => rows.Select(Phone)),
        new("company", ["company_names_cleanco.csv"], rows => rows.Select(Company)),
        new("company-form", ["company_names_probablepeople_labelled.csv"], rows => rows.SelectMany(CompanyForm)),
        new("country", ["countries_rigour.csv"], rows => rows.SelectMany(Country)),
        new("text", ["encoding_repair_ftfy.csv"], rows => rows.SelectMany(Text)),
        new("address", ["addresses_libpostal_parser.csv"], rows => rows.SelectMany(Address)),
    ];

    /// <summary>Rows right of rows; for company forms the F1 over tokens, as most rows have no form at all.</summary>
    internal double Share(IReadOnlyCollection<Verdict> verdicts)
    {
        if (Name != "company-form") return (double)verdicts.Count(v => v.Right) / verdicts.Count;
        var found = 2.0 * verdicts.Sum(v => v.Found);
        return found / (found + verdicts.Sum(v => v.Extra) + verdicts.Sum(v => v.Missed));
    }

    private static IEnumerable<Verdict> WholeName(Row row)
    {
        if (row["expected_failure_in_nameparser"] != "0" || row["input"].StartsWith("b'", StringComparison.Ordinal)) yield break;
        var asserted = JsonSerializer.Deserialize<string[]>(row["asserted_fields"])!.Where(f => f is "title" or "first" or "middle" or "last" or "suffix" or "nickname" or "maiden").ToList();
        if (asserted.Count > 0) yield return Compare("name", row["input"], null, asserted.Select(f => (f, row[f])), Words.Fold);
    }

    private static IEnumerable<Verdict> NameTokens(Row row)
    {
        var tokens = Tokens(row);
        string Of(string name, string initial) => string.Join(' ', tokens.Where(t => t.Label == name || t.Label == initial).Select(t => t.Text));
        var (first, last) = (Of("GivenName", "FirstInitial"), Of("Surname", "LastInitial"));
        if (tokens.Count < 2 || first.Length == 0 || last.Length == 0 || tokens.Any(t => t.Label == "And" || t.Label.Contains("Corporation", StringComparison.Ordinal))) yield break;
        yield return Compare("name", row["input"], null, [("first", first), ("last", last)], Words.Fold);
    }

    /// <summary>Only what every checker takes, or none, is counted: quoted local parts, comments, literals and domains without a dot may go either way.</summary>
    private static IEnumerable<Verdict> Email(Row row)
    {
        var whole = row.ContainsKey("address");
        var address = row[whole ? "address" : "input"];
        if (address.Length == 0 || address != address.Trim() || !address.EnumerateRunes().All(r => Words.Printable(r, symbols: !whole))) yield break;
        bool? valid;
        if (whole)
        {
            var top = address[(address.LastIndexOf('@') + 1)..].Split('.') is { Length: > 1 } labels ? labels[^1] : null;
            valid = row["category"] is "ISEMAIL_ERR" ? false : row["category"] is "ISEMAIL_VALID_CATEGORY" or "ISEMAIL_DNSWARN" && top is not null && !(top.Length > 0 && top.All(char.IsDigit)) ? true : null;
        }
        else
        {
            if (address.IndexOfAny(['<', '"']) >= 0) yield break;
            valid = row["verdict"] is "valid" && !address.Contains('[', StringComparison.Ordinal) ? true
                : row["verdict"] is "invalid" && !row["test"].Contains("smtputf8_off", StringComparison.Ordinal) ? false : null;
        }

        if (valid is null) yield break;
        var value = FieldNormaliser.Normalise("email", address, null).Value;
        yield return new Verdict(value is not null == valid, $"'{address}': {(valid.Value ? "accept" : "reject")}, got {value ?? "none"}");
    }

    private static Verdict EmailTypo(Row row) => Compare("email", row["input"], null, [("suggestion", row["expected_suggestion"])], s => s.ToLowerInvariant());

    /// <summary>A number that may be dialled but that nobody has may be rejected.</summary>
    private static Verdict Phone(Row row)
    {
        var (wanted, value) = (row["expected_e164_like"], FieldNormaliser.Normalise("phone", row["input"], row["default_region"]).Value);
        var plan = PhoneNumberUtil.GetInstance();
        return new Verdict(
            value == wanted || (value is null && !plan.IsValidNumber(plan.Parse(wanted, null))), $"'{row["input"]}' {row["default_region"]}: {value ?? "none"} for {wanted}");
    }

    private static Verdict Company(Row row) => Compare("company", row["input"], null, [("name", row["expected_base_name"])], Words.Fold);

    private static IEnumerable<Verdict> CompanyForm(Row row)
    {
        var tokens = Tokens(row);
        if (!tokens.All(t => t.Label.StartsWith("Corporation", StringComparison.Ordinal))) yield break;
        var gone = tokens.Select(t => Words.Fold(t.Text)).Where(w => w.Length > 0).ToList();
        foreach (var left in Words.Fold(Part("company", row["input"], null, "name")).Split(' ')) gone.Remove(left);
        var forms = tokens.Where(t => t.Label == "CorporationLegalType").Select(t => Words.Fold(t.Text)).Where(w => w.Length > 0).ToList();
        var found = gone.Count(forms.Contains);
        yield return new Verdict(
            gone.Order(StringComparer.Ordinal).SequenceEqual(forms.Order(StringComparer.Ordinal)),
            $"'{row["input"]}': took [{string.Join(", ", gone)}] for [{string.Join(", ", forms)}]", found, gone.Count - found, forms.Count - found);
    }

    private static IEnumerable<Verdict> Country(Row row)
    {
        var wanted = row["expected_code"];
        if (wanted.Contains('-', StringComparison.Ordinal)) yield break;
        bool Is(string? code) => string.Equals(code ?? "", wanted, StringComparison.OrdinalIgnoreCase);
        var value = FieldNormaliser.Normalise("country", row["input"], null).Value;
        yield return new Verdict(
            Is(value) || (row["fuzzy"] == "1" && Is(Part("country", row["input"], null, "suggestion"))), $"'{row["input"]}': {value ?? "none"} for '{wanted}'");
    }

    private static IEnumerable<Verdict> Text(Row row)
    {
        if (row["ftfy_expect"] != "pass") yield break;
        var value = FieldNormaliser.Normalise("text", row["original"], null).Value ?? "";
        yield return new Verdict(
            Words.Straight(value) == Words.Straight(row["fixed_text"]) || Words.Straight(value) == Words.Straight(row["fixed_encoding"]),
            $"'{row["original"]}': '{value}' for '{row["fixed_encoding"]}'");
    }

    private static IEnumerable<Verdict> Address(Row row)
    {
        var region = row["suite"][5..7].ToUpperInvariant();
        var wanted = Pairs(row["components_json"]).Select(c => (Part: c.Label switch { "house_number" => "number", "road" => "street", "unit" or "city" or "state" or "postcode" => c.Label, _ => "" }, c.Text))
            .Where(c => c.Part.Length > 0).GroupBy(c => c.Part, c => c.Text, StringComparer.Ordinal).Select(g => (g.Key, string.Join(' ', g))).ToList();
        if (wanted.Count < 2 || !Words.AddressRegions.Contains(region)) yield break;
        yield return Compare("address", row["input"], region, wanted, Words.Address, Words.State);
    }

    private static Verdict Compare(string field, string raw, string? region, IEnumerable<(string Part, string Text)> wanted, Func<string, string> fold, Func<string, string>? foldState = null)
    {
        var bad = new StringBuilder();
        foreach (var (part, text) in wanted)
        {
            var (got, same) = (Part(field, raw, region, part), part == "state" && foldState is not null ? foldState : fold);
            if (same(got) != same(text)) bad.Append(CultureInfo.InvariantCulture, $" {part} '{got}' for '{text}'");
        }

        return new Verdict(bad.Length == 0, $"'{raw}':{bad}");
    }

    private static string Part(string field, string raw, string? region, string part) =>
        FieldNormaliser.Normalise(field, raw, region).Parts.Single(p => p.Name == part).Text ?? "";

    private static List<(string Label, string Text)> Tokens(Row row) => [.. Pairs(row["labelled_tokens_json"])];

    private static IEnumerable<(string Label, string Text)> Pairs(string json) => JsonSerializer.Deserialize<string[][]>(json)!.Select(p => (p[0], p[1]));
}
