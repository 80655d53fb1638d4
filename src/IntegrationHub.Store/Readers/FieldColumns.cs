using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>The columns that come of the list of fields, in the list's order.</summary>
internal static class FieldColumns
{
    public static string[] Clean { get; } = [.. Fields.Clean.Select(Fields.NameOf)];

    public static string[] Golden { get; } = [.. Fields.Golden.Select(Fields.NameOf)];

    /// <summary>A select list of the columns of the table with the given alias.</summary>
    public static string Of(string alias, string[] columns) => string.Join(", ", columns.Select(c => $"{alias}.{c}"));

    /// <summary>The values of the fields from the given column on.</summary>
    public static FieldValues Read(Row row, int first, IReadOnlyList<Field> fields)
    {
        var values = new FieldValues.Builder();
        for (var i = 0; i < fields.Count; i++)
            if (row.FilledText(first + i) is { } value) values[fields[i]] = value;
        return values.Build();
    }
}
