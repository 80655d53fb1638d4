using System.Collections.Frozen;
using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>What a mapping file says, checked.</summary>
/// <param name="Name">The file's name without its ending: <c>hubspot.contacts</c>.</param>
/// <param name="Connector">The connector whose payloads it reads; <c>files</c> for a file layout.</param>
/// <param name="Stream">One of <see cref="Streams"/>.</param>
/// <param name="Kind">Contact or company.</param>
/// <param name="Layout">How a file of this layout is known; null for systems with an API.</param>
/// <param name="Fields">One entry a field.</param>
/// <param name="Required">Fields whose absence is an issue.</param>
/// <param name="Region">ISO 3166-1 region of phone numbers without a country code; null when unknown.</param>
/// <param name="UpdatedAt">When the source last changed the record; null where it does not tell.</param>
/// <param name="Consents">What the source says about permission.</param>
/// <param name="Optional">Paths that not every account has, so that it is no drift where no record has them; null when none is expected.</param>
/// <param name="Ignored">Payload fields known and not wanted, which are no schema drift.</param>
/// <param name="Version">Changes when anything does that could change a clean record.</param>
public sealed record MappingDefinition(
    string Name,
    string Connector,
    string Stream,
    EntityKind Kind,
    FileLayout? Layout,
    ImmutableArray<FieldMapping> Fields,
    ImmutableArray<Field> Required,
    string? Region,
    PathValue? UpdatedAt,
    ImmutableArray<ConsentMapping> Consents,
    ImmutableHashSet<PayloadPath>? Optional,
    ImmutableArray<PayloadPath> Ignored,
    RecipeVersion Version);

/// <summary>A mapping ready to be applied. Immutable and free of locks: any number of threads may share it.</summary>
public sealed class SourceMapping
{
    private readonly PathTree tree;
    private readonly FrozenDictionary<string, int> slots;
    private readonly ImmutableArray<ImmutableArray<int>> expected;

    /// <summary>Compiles the definition's paths.</summary>
    public SourceMapping(MappingDefinition definition)
    {
        Definition = definition;
        tree = new PathTree(definition.Layout is null ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        var numbered = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var path in AllValues(definition).SelectMany(v => v.Paths)) numbered[path.Text] = tree.Slot(path);
        slots = numbered.ToFrozenDictionary(StringComparer.Ordinal);
        foreach (var path in definition.Ignored) tree.Ignore(path);
        expected =
        [
            .. AllValues(definition)
                .Where(v => definition.Optional is { } optional && !v.Paths.Any(optional.Contains))
                .Select(v => v.Paths.Select(p => slots[p.Text]).ToImmutableArray()),
        ];
    }

    /// <summary>What the mapping file says.</summary>
    public MappingDefinition Definition { get; }

    /// <summary>Changes when anything does that could change a clean record.</summary>
    public RecipeVersion Version => Definition.Version;

    private static IEnumerable<PathValue> AllValues(MappingDefinition definition) =>
        definition.Fields.Select(f => f.Value)
            .Append(definition.UpdatedAt)
            .Concat(definition.Consents.SelectMany(c => (PathValue?[])[c.State, c.Point, c.At]))
            .OfType<PathValue>();

    /// <summary>New counters for the records of one run.</summary>
    public PathUse CountUse() => new(tree.Paths, expected, tree.Nodes);

    /// <summary>Reads the mapped fields out of a payload. Values that are missing, null or of another type than expected are simply none.</summary>
    /// <param name="key">The source record.</param>
    /// <param name="payload">One JSON object, UTF-8.</param>
    /// <param name="use">Counts what was found, if anyone wants to know; not thread-safe.</param>
    /// <exception cref="FormatException">The payload is not one JSON object.</exception>
    public MappedRecord Apply(SourceKey key, ReadOnlyMemory<byte> payload, PathUse? use = null)
    {
        var values = Read(key, payload, use);
        var raw = new FieldValues.Builder();
        foreach (var field in Definition.Fields)
        {
            if (field.Constant is { } constant) raw[field.Field] = constant;
            else if (Fields.Lists.Contains(field.Field) || Fields.Moments.Contains(field.Field)) raw.SetList(field.Field, Items(field.Value, values));
            else raw[field.Field] = Text(field.Value, values);
        }

        use?.Record();
        return new MappedRecord(
            key, Definition.Kind, raw.Build(), Consents(values), UpdatedAt(values), Definition.Required, Definition.Region);
    }

    private PathValues Read(SourceKey key, ReadOnlyMemory<byte> payload, PathUse? use)
    {
        try
        {
            return tree.Read(payload.Span, use);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{key}: {e.Message} Pull the source again in full; if it stays so, its connector is at fault.", e);
        }
    }

    private DateTimeOffset? UpdatedAt(PathValues values) =>
        Definition.UpdatedAt is { } at && Text(at, values) is { } text ? SourceTime.Read(text) : null;

    private ImmutableArray<ConsentClaim> Consents(PathValues values)
    {
        if (Definition.Consents.IsEmpty) return [];
        var claims = ImmutableArray.CreateBuilder<ConsentClaim>(Definition.Consents.Length);
        foreach (var consent in Definition.Consents)
        {
            if (Text(consent.State, values) is not { } word || Text(consent.Point, values) is not { } point) continue;
            if (ConsentWords.Read(word, consent.Words) is not { } state) continue;
            var at = consent.At is not null && Text(consent.At, values) is { } time ? SourceTime.Read(time) : null;
            Strictest(claims, new ConsentClaim(consent.Channel, consent.Purpose, point, state, at));
        }

        return claims.ToImmutable();
    }

    /// <summary>One record says one thing of one point: of two columns that disagree, such as "confirmed" and "left", the stricter is heard.</summary>
    private static void Strictest(ImmutableArray<ConsentClaim>.Builder claims, ConsentClaim claim)
    {
        for (var i = 0; i < claims.Count; i++)
        {
            var known = claims[i];
            if (known.Channel != claim.Channel || known.Purpose != claim.Purpose || known.Point != claim.Point) continue;
            if (claim.State < known.State) claims[i] = claim;
            return;
        }

        claims.Add(claim);
    }

    private string? Text(PathValue value, PathValues values)
    {
        if (value.Join is { } separator)
        {
            var joined = string.Join(separator, Items(value, values));
            return joined.Length == 0 ? null : joined;
        }

        foreach (var path in value.Paths)
            foreach (var raw in values.All(slots[path.Text]))
                if (Transformed(raw, value.Transforms) is { } text) return text;
        return null;
    }

    private IEnumerable<string> Items(PathValue value, PathValues values)
    {
        foreach (var path in value.Paths)
            foreach (var raw in values.All(slots[path.Text]))
                if (Transformed(raw, value.Transforms) is { } text)
                    foreach (var item in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                        yield return item;
    }

    private string? Transformed(string raw, ImmutableArray<Transform> transforms)
    {
        string? text = raw;
        foreach (var transform in transforms)
        {
            if (text is null) return null;
            text = transform.Apply(text, Definition.Region);
        }

        return string.IsNullOrWhiteSpace(text) ? null : text;
    }
}
