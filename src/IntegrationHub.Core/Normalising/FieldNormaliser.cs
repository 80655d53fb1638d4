using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>One value, normalised: the answer of <c>hub normalise</c>.</summary>
/// <param name="Input">The value as it came.</param>
/// <param name="Value">The normalised whole; null where it cannot be used.</param>
/// <param name="Parts">Its parts by name, in a fixed order; null where there is none.</param>
/// <param name="Issues">What was changed, rejected or flagged.</param>
public sealed record FieldAnswer(string Input, string? Value, ImmutableArray<(string Name, string? Text)> Parts, ImmutableArray<IssueCode> Issues);

/// <summary>Normalises single values by the kind of field, outside any record.</summary>
public static class FieldNormaliser
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The kinds of field.</summary>
    public static ImmutableArray<string> Kinds { get; } = ["name", "email", "phone", "company", "title", "address", "country", "state", "language", "time_zone", "date", "consent", "text"];

    /// <summary>Normalises one value.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="raw">The value.</param>
    /// <param name="region">ISO 3166-1 region for what belongs to a country without saying so; null when unknown.</param>
    public static FieldAnswer Normalise(string kind, string raw, string? region) => kind switch
    {
        "name" => Name(raw),
        "email" => Email(raw),
        "phone" => Phone(raw, region),
        "company" => Company(raw),
        "title" => Title(raw),
        "address" => Address(raw, region),
        "country" => Country(raw),
        "state" => State(raw, region),
        "language" => Language(raw),
        "time_zone" => TimeZone(raw, region),
        "date" => Date(raw, region),
        "consent" => Consent(raw),
        "text" => Text(raw),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, $"Known are {string.Join(", ", Kinds)}."),
    };

    /// <summary>The answer as one line of JSON: <c>input</c>, <c>value</c>, the parts, <c>issues</c>.</summary>
    public static string ToJson(FieldAnswer answer)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteString("input", Writable(answer.Input));
            json.WriteString("value", Writable(answer.Value));
            foreach (var (name, text) in answer.Parts) json.WriteString(name, Writable(text));
            json.WriteStartArray("issues");
            foreach (var issue in answer.Issues) json.WriteStringValue(issue.Value);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>JSON cannot hold half a surrogate pair.</summary>
    private static string? Writable(string? text)
    {
        if (text is null || text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return text;
        return string.Concat(text.EnumerateRunes());
    }

    private static FieldAnswer Text(string raw)
    {
        var t = Texts.Normalise(raw);
        return new FieldAnswer(raw, t.Value, [], t.Issues);
    }

    private static FieldAnswer Name(string raw)
    {
        var n = PersonNames.Normalise(raw);
        return new FieldAnswer(
            raw, n.Value, [("title", n.Title), ("first", n.First), ("middle", n.Middle), ("last", n.Last), ("suffix", n.Suffix), ("nickname", n.Nickname), ("maiden", n.Maiden)], n.Issues);
    }

    private static FieldAnswer Email(string raw)
    {
        var e = EmailAddresses.Normalise(raw);
        return new FieldAnswer(raw, e.Value, [("suggestion", e.Suggestion), ("tag", e.Tag), ("role", Flag(e.Value, e.Role)), ("free", Flag(e.Value, e.Free)), ("disposable", Flag(e.Value, e.Disposable))], e.Issues);
    }

    private static FieldAnswer Phone(string raw, string? region)
    {
        var p = Phones.Normalise(raw, region);
        return new FieldAnswer(raw, p.Value, [("type", p.Type), ("extension", p.Extension)], p.Issues);
    }

    private static FieldAnswer Company(string raw)
    {
        var c = Companies.Normalise(raw);
        return new FieldAnswer(raw, c.Value, [("name", c.Name), ("legal_form", c.LegalForm)], c.Issues);
    }

    private static FieldAnswer Title(string raw)
    {
        var t = JobTitles.Normalise(raw);
        return new FieldAnswer(raw, t.Value, [("function", t.Function), ("seniority", t.Seniority)], t.Issues);
    }

    private static FieldAnswer Address(string raw, string? region)
    {
        var a = Addresses.Normalise(raw, region);
        return new FieldAnswer(
            raw, a.Value,
            [("number", a.Number), ("street", a.Street), ("unit", a.Unit), ("city", a.City), ("state", a.State), ("postcode", a.Postcode), ("country", a.Country)], a.Issues);
    }

    private static FieldAnswer Country(string raw)
    {
        var c = Countries.Normalise(Cleaned(raw));
        return new FieldAnswer(raw, c.Value, [("suggestion", c.Suggestion)], c.Issues);
    }

    private static FieldAnswer State(string raw, string? region)
    {
        var s = States.Normalise(Cleaned(raw), region);
        return new FieldAnswer(raw, s.Value, [], s.Issues);
    }

    private static FieldAnswer Language(string raw)
    {
        var l = Languages.Normalise(Cleaned(raw));
        return new FieldAnswer(raw, l.Value, [], l.Issues);
    }

    private static FieldAnswer TimeZone(string raw, string? region)
    {
        var z = TimeZones.Normalise(raw, region);
        return new FieldAnswer(raw, z.Value, [("candidates", z.Candidates.IsEmpty ? null : string.Join(' ', z.Candidates))], z.Issues);
    }

    private static FieldAnswer Date(string raw, string? region)
    {
        var d = Dates.Normalise(Cleaned(raw), region);
        return new FieldAnswer(raw, d.Value, [], d.Issues);
    }

    private static FieldAnswer Consent(string raw) => new(raw, ConsentValues.Read(raw)?.ToString().ToLowerInvariant(), [], []);

    /// <summary>A code or a name of one thing, cleaned. What is longer than any cleaning could make short is left to be refused as it is.</summary>
    private static string Cleaned(string raw)
    {
        const int Longest = 4_096;
        return raw.Length > Longest ? raw : Texts.Clean(raw);
    }

    /// <summary>Yes and no as strings, as all parts are; neither where the address is unusable.</summary>
    private static string? Flag(string? value, bool flag) => value is null ? null : flag ? "true" : "false";
}
