using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>What a contact is known by, to be found and taken out of texts that are of several contacts: logs, reports, errors, the trail.</summary>
public sealed class ErasedTexts
{
    /// <summary>What stands in its place.</summary>
    public const string Mark = "[erased]";

    // Shorter ones stand in too many texts that mean something else.
    private const int LeastPart = 6;
    private const int LeastDigits = 7;
    private const int LongestPoint = 40;

    private static readonly FrozenSet<Field> Points = new[] { Field.Email, Field.OtherEmails, Field.Phone, Field.OtherPhones }.ToFrozenSet();

    private static readonly FrozenSet<Field> Telling =
        new[] { Field.Email, Field.OtherEmails, Field.Phone, Field.OtherPhones, Field.FirstName, Field.LastName, Field.FullName, Field.MiddleName, Field.MaidenName, Field.Street, Field.BirthDate, Field.NationalId }.ToFrozenSet();

    private readonly FrozenSet<string> whole;
    private readonly string[] parts;

    private ErasedTexts(IEnumerable<string> whole, IEnumerable<string> parts)
    {
        this.whole = whole.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        // The longest first, so that nothing of a longer one is left.
        this.parts = [.. parts.Where(p => p.Length >= LeastPart).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(p => p.Length).ThenBy(p => p, StringComparer.Ordinal)];
    }

    /// <summary>Texts that are taken out wherever they stand: addresses, numbers, full names, and other systems' own ids.</summary>
    public IReadOnlyList<string> Parts => parts;

    internal static ErasedTexts Of(IReadOnlyList<Guid> ids, IReadOnlyList<SourceKey> keys, IReadOnlyList<FieldValues> values, IEnumerable<FieldIssue> issues, IEnumerable<byte[]> payloads)
    {
        var told = values.SelectMany(v => v.Present()).Where(v => Telling.Contains(v.Field)).SelectMany(v => v.Value.Split('\n').Select(t => (v.Field, Text: t)))
            .Concat(issues.Where(i => Telling.Contains(i.Field) && i.Raw is not null).Select(i => (i.Field, Text: i.Raw!))).ToList();
        var points = told.Where(t => Points.Contains(t.Field)).Select(t => t.Text).Where(t => IsAddress(t) || Digits(t).Length >= LeastDigits).ToList();
        // How payloads write a number may differ from what became of it. Other numbers, dates and addresses of a payload, such as that of its owner in sales, are not its own.
        var tails = points.Where(p => !IsAddress(p)).Select(p => Digits(p)[^LeastDigits..]).ToHashSet(StringComparer.Ordinal);
        points.AddRange(payloads.SelectMany(Leaves).Where(l => l.Length <= LongestPoint && !l.Any(char.IsLetter) && Digits(l) is { Length: >= LeastDigits } digits && tails.Contains(digits[^LeastDigits..])));
        var names = values.SelectMany(v => new[] { Join(v[Field.FirstName], v[Field.LastName]), Join(v[Field.LastName], v[Field.FirstName]), v[Field.FullName] }).OfType<string>();
        return new ErasedTexts(
            told.Select(t => t.Text).Concat(keys.Select(k => k.ExternalId)).Concat(keys.Select(k => k.ToString())).Concat(ids.Select(i => i.ToString())),
            points.Concat(names).Concat(keys.Select(k => k.ExternalId)));
    }

    /// <summary>True when the text holds something that the contact is known by.</summary>
    public bool IsIn(string? text) => text is not null && Array.Exists(parts, p => Find(text, p, 0) >= 0);

    /// <summary>The text without it.</summary>
    public string Redact(string text)
    {
        foreach (var part in parts)
            for (var at = Find(text, part, 0); at >= 0; at = Find(text, part, at + Mark.Length)) text = $"{text[..at]}{Mark}{text[(at + part.Length)..]}";
        return text;
    }

    /// <summary>JSON without it, in whatever way its texts are written; a text that is no JSON as <see cref="Redact(string)"/> does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="wholly">True to take out texts that are a name or an id of the contact and nothing else, too.</param>
    public string RedactJson(string text, bool wholly)
    {
        try
        {
            var redacted = Redact(JsonNode.Parse(text), wholly, out var changed);
            return changed ? redacted?.ToJsonString() ?? "null" : text;
        }
        catch (JsonException)
        {
            return Redact(text);
        }
    }

    private JsonNode? Redact(JsonNode? node, bool wholly, out bool changed)
    {
        changed = false;
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToList())
                {
                    var redacted = Redact(value?.DeepClone(), wholly, out var here);
                    if (here) map[name] = redacted;
                    changed |= here;
                }

                return map;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    var redacted = Redact(list[i]?.DeepClone(), wholly, out var here);
                    if (here) list[i] = redacted;
                    changed |= here;
                }

                return list;
            case JsonValue value when value.TryGetValue<string>(out var text) && ((wholly && whole.Contains(text)) || IsIn(text)):
                changed = true;
                return JsonValue.Create(wholly && whole.Contains(text) ? Mark : Redact(text));
            default:
                return node;
        }
    }

    /// <summary>Where a part stands as a word of its own: the id 100001 is not meant by 1000017.</summary>
    private static int Find(string text, string part, int from)
    {
        for (var at = from; at <= text.Length - part.Length && (at = text.IndexOf(part, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var (end, begins, ends) = (at + part.Length, char.IsLetterOrDigit(part[0]), char.IsLetterOrDigit(part[^1]));
            if ((!begins || at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (!ends || end == text.Length || !char.IsLetterOrDigit(text[end]))) return at;
        }

        return -1;
    }

    private static bool IsAddress(string text) => text.Length >= LeastPart && text.Contains('@', StringComparison.Ordinal);

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static string? Join(string? one, string? other) => one is null || other is null ? null : $"{one} {other}";

    private static IEnumerable<string> Leaves(byte[] payload)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(payload);
        }
        catch (JsonException)
        {
            return [];
        }

        var leaves = new List<string>();
        Collect(root);
        return leaves;

        void Collect(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject map:
                    foreach (var (_, value) in map) Collect(value);
                    break;
                case JsonArray list:
                    foreach (var value in list) Collect(value);
                    break;
                case JsonValue value when value.TryGetValue<string>(out var text):
                    leaves.Add(text.Trim());
                    break;
            }
        }
    }
}
