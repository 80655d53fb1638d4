using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Benchmarks.Normalising;

/// <summary>A function that takes what people typed, and the law that its own answer, taken in again, comes out unchanged.</summary>
/// <param name="Name">Which it is.</param>
/// <param name="Apply">Raw text and region in, its answer out.</param>
/// <param name="Problem">Applies it to its own answer; null where nothing changes, else what does.</param>
public sealed record HostileField(string Name, Func<string, string?, object?> Apply, Func<object?, string?, string?> Problem)
{
    // What a whole leaves out on purpose (commas, brackets, quotes) cannot be found in it again, and what was settled leaves no candidates; the cells of a name have their own law below.
    private static readonly Dictionary<string, string[]> LeftOut = new(StringComparer.Ordinal) { ["name"] = ["title", "first", "middle", "last", "suffix", "nickname", "maiden"], ["phone"] = ["extension"], ["time_zone"] = ["candidates"] };

    private static readonly string[] SameAsKinds = [.. FieldNormaliser.Kinds, "person_name", "job_title"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileField> All { get; } =
    [
        .. FieldNormaliser.Kinds.Select(Single),
        new("name in cells", (raw, _) => Names(Cells(raw, 7)), (answer, _) => Unlike((string?[])answer!, Names((string?[])answer!))),
        new("address in cells", (raw, region) => AddressOf(Cells(raw, 6), region), (answer, region) => Unlike((string?[])answer!, AddressOf((string?[])answer!, region))),
        new("record", (raw, region) => RecordNormaliser.Normalise(Record(raw, region)).Values, (answer, region) => UnlikeRecord((FieldValues)answer!, region)),
        // The one item of a list that was quoted for its separator is parted by a second look, as the same text without quotes would be.
        .. Transforms.All.Values.Where(t => !SameAsKinds.Contains(t.Name)).Select(t => new HostileField(t.Name, (raw, region) => t.Apply(raw, region), (answer, region) => t.Name is "split_comma" or "split_semicolon" ? null : Changed(answer, value => t.Apply(value, region)))),
        new("moment", (raw, region) => Moments.Normalise(raw, region).Value, (answer, region) => Changed(answer, value => Moments.Normalise(value, region).Value)),
        new("clean", (raw, _) => Texts.Clean(raw), (answer, _) => Changed(answer, Texts.Clean)),
        new("company key", (raw, _) => Companies.Key(raw), (_, _) => null),
    ];

    private static HostileField Single(string kind) => new(kind, (raw, region) => FieldNormaliser.Normalise(kind, raw, region), (answer, region) =>
    {
        var first = (FieldAnswer)answer!;
        if (first.Value is null) return null;
        var again = FieldNormaliser.Normalise(kind, first.Value, region);
        if (again.Value != first.Value) return $"{first.Value} -> {again.Value}";
        for (var i = 0; i < first.Parts.Length; i++)
            if (first.Parts[i] != again.Parts[i] && !(LeftOut.TryGetValue(kind, out var names) && names.Contains(first.Parts[i].Name)))
                return $"{first.Value}: {first.Parts[i]} -> {again.Parts[i]}";
        return null;
    });

    private static string? Changed(object? answer, Func<string, string?> apply)
    {
        if (answer is not string value) return null;
        var again = apply(value);
        return again == value ? null : $"{value} -> {again}";
    }

    private static string?[] Names(string?[] c)
    {
        var n = PersonNames.NormaliseParts(c[0], c[1], c[2], c[3], c[4], c[5], c[6]);
        return [n.Title, n.First, n.Middle, n.Last, n.Suffix, n.Nickname, n.Maiden];
    }

    private static string?[] AddressOf(string?[] c, string? region)
    {
        var a = Addresses.NormaliseParts(c[0], c[1], c[2], c[3], c[4], c[5], null, region);
        return [a.Number, a.Street, a.Unit, a.City, a.State, a.Postcode];
    }

    /// <summary>The text cut into cells, some of them empty, always alike for the same text.</summary>
    private static string?[] Cells(string raw, int count)
    {
        var cells = new string?[count];
        var state = raw.Aggregate(17u, (hash, c) => hash * 31 + c);
        var at = 0;
        for (var i = 0; i < count && at < raw.Length; i++)
        {
            state = state * 1_664_525 + 1_013_904_223;
            if ((state >> 28) < 6) continue;
            var end = i == count - 1 ? raw.Length : Math.Min(raw.Length, at + 1 + (int)((state >> 8) % (uint)Math.Max(1, raw.Length / 2)));
            cells[i] = raw[at..end];
            at = end;
        }

        return cells;
    }

    private static MappedRecord Record(string raw, string? region)
    {
        var values = new FieldValues.Builder();
        var fields = Enum.GetValues<Field>();
        var cells = Cells(raw, fields.Length);
        for (var i = 0; i < fields.Length; i++)
            if (cells[i] is { } cell && !Fields.Lists.Contains(fields[i])) values[fields[i]] = cell;
        return Mapped(values.Build(), region);
    }

    private static MappedRecord Mapped(FieldValues values, string? region) => new(new SourceKey("s", "contacts", "1"), EntityKind.Contact, values, [], null, [], region);

    private static string? UnlikeRecord(FieldValues first, string? region)
    {
        var again = RecordNormaliser.Normalise(Mapped(first, region)).Values;
        foreach (var field in Fields.Clean)
        {
            // What only matching uses is made from the raw value, which an unusable one is not any more.
            if ((field == Field.PhoneKey && first[Field.Phone] is null) || (field == Field.EmailKey && first[Field.Email] is null)) continue;
            // Without its legal form a name can show another, or be a placeholder; the company by itself has its own law.
            if (field is Field.Company or Field.LegalForm) continue;
            if (first[field] != again[field]) return $"{field}: {first[field]} -> {again[field]}; the record was {string.Join(" | ", first.Present())}";
        }

        return null;
    }

    private static string? Unlike(string?[] first, string?[] again)
    {
        for (var i = 0; i < first.Length; i++)
            if (first[i] != again[i]) return $"cell {i}: {first[i] ?? "none"} -> {again[i] ?? "none"}; the cells were {string.Join(" | ", first)}";
        return null;
    }
}
