using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>A set of fields. Lives in memory only: nothing stores its bits.</summary>
/// <param name="Bits">One bit a <see cref="Field"/>, by its number.</param>
public readonly record struct FieldSet(ulong Bits)
{
    /// <summary>True when the field is in the set.</summary>
    public bool Has(Field field) => (Bits >> (int)field & 1) != 0;

    /// <summary>True when all fields of the other set are in this one.</summary>
    public bool HasAll(FieldSet other) => (Bits & other.Bits) == other.Bits;

    /// <summary>True when at least one field of the other set is in this one.</summary>
    public bool HasAny(FieldSet other) => (Bits & other.Bits) != 0;

    /// <summary>The same set with one field more.</summary>
    public FieldSet With(Field field) => new(Bits | 1UL << (int)field);

    /// <summary>The fields.</summary>
    public static FieldSet Of(IEnumerable<Field> fields) => fields.Aggregate(default(FieldSet), (set, field) => set.With(field));

    /// <summary>The fields that have a value.</summary>
    public static FieldSet Of(FieldValues values)
    {
        var set = default(FieldSet);
        foreach (var field in Fields.Clean)
            if (values[field] is not null) set = set.With(field);
        return set;
    }
}
