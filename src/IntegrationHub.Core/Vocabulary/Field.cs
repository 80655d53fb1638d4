using System.Collections.Immutable;

namespace IntegrationHub.Vocabulary;

/// <summary>
/// The closed list of fields that a clean record and a golden record have. Each is one column, named by <see cref="Fields.NameOf"/>.
/// New fields go to the end of their group; nothing stores the number.
/// </summary>
public enum Field
{
    /// <summary>Dr., Ms., Prof.</summary>
    Title,
    /// <summary>Given name.</summary>
    FirstName,
    /// <summary>Middle names or initials.</summary>
    MiddleName,
    /// <summary>Family name with its particles: <c>van der Berg</c>.</summary>
    LastName,
    /// <summary>Jr., III, PhD.</summary>
    Suffix,
    /// <summary>A name used instead of the given one, as found in quotes or brackets; never replaces it.</summary>
    Nickname,
    /// <summary>Family name before marriage.</summary>
    MaidenName,
    /// <summary>The address that mail goes to, in the spelling that its owner uses, domain in lower case.</summary>
    Email,
    /// <summary>E.164.</summary>
    Phone,
    /// <summary>Extension digits behind <see cref="Phone"/>.</summary>
    PhoneExtension,
    /// <summary>Company name without its legal form.</summary>
    Company,
    /// <summary>Legal form as written: GmbH, Inc.</summary>
    LegalForm,
    /// <summary>Job title.</summary>
    JobTitle,
    /// <summary>House number.</summary>
    StreetNumber,
    /// <summary>Street without number and unit.</summary>
    Street,
    /// <summary>Flat, suite, floor.</summary>
    Unit,
    /// <summary>City.</summary>
    City,
    /// <summary>State or region: ISO 3166-2 part behind the hyphen where known (CA), else as written.</summary>
    State,
    /// <summary>Postal code.</summary>
    Postcode,
    /// <summary>ISO 3166-1 alpha-2.</summary>
    Country,
    /// <summary>ISO date, yyyy-MM-dd.</summary>
    BirthDate,
    /// <summary>A national or tax id, as letters and digits only.</summary>
    NationalId,
    /// <summary>BCP 47 language, lower case: en, pt-br.</summary>
    Language,
    /// <summary>Who in the user's own team looks after this contact, as the source names them.</summary>
    Owner,
    /// <summary>Registrable host name of a company's site, lower case, without www.</summary>
    Domain,
    /// <summary>Time zone that the contact lives by, as IANA's database names it: Europe/Berlin.</summary>
    TimeZone,
    /// <summary>The last sign of life that a system saw: an open, a click, a visit, an order, a talk. An instant, yyyy-MM-ddTHH:mm:ssZ; on merge the latest.</summary>
    EngagedAt,
    /// <summary>Since when a system knows the contact. An instant as <see cref="EngagedAt"/>; on merge the earliest.</summary>
    KnownSince,
    /// <summary>Further addresses of the same contact, a list.</summary>
    OtherEmails,
    /// <summary>Further numbers of the same contact in E.164, a list.</summary>
    OtherPhones,
    /// <summary>Labels, a list.</summary>
    Tags,

    /// <summary>For matching only: the mailbox behind <see cref="Email"/>: provider rules for dots and tags applied. Never an address to write to.</summary>
    EmailKey,
    /// <summary>For matching only: E.164, or the bare digits of a number rejected as invalid.</summary>
    PhoneKey,

    /// <summary>Input only: a whole name in one cell, split by normalising.</summary>
    FullName,
    /// <summary>Input only: a whole address in one cell or several lines, split by normalising.</summary>
    FullAddress,
}

/// <summary>What is known of each <see cref="Field"/>.</summary>
public static class Fields
{
    /// <summary>How many fields there are: the length of a <see cref="FieldValues"/>.</summary>
    public const int Count = (int)Field.FullAddress + 1;

    /// <summary>Fields with a column in clean records: all but the input-only ones.</summary>
    public static ImmutableArray<Field> Clean { get; } = [.. Enum.GetValues<Field>().Where(f => f is not (Field.FullName or Field.FullAddress))];

    /// <summary>Fields with a column in golden records: the clean ones without those that serve matching only.</summary>
    public static ImmutableArray<Field> Golden { get; } = [.. Clean.Where(f => f is not (Field.EmailKey or Field.PhoneKey))];

    /// <summary>Lists, united on merge. Their text holds one item a line, sorted ordinally, without repeats.</summary>
    public static ImmutableArray<Field> Lists { get; } = [Field.OtherEmails, Field.OtherPhones, Field.Tags];

    /// <summary>
    /// Points in time, as text of one length that sorts by time. Facts, of which no source's word is better than another's: where several are told, in one record or in
    /// many, the latest sign of life and the earliest acquaintance hold.
    /// </summary>
    public static ImmutableArray<Field> Moments { get; } = [Field.EngagedAt, Field.KnownSince];

    /// <summary>The parts of one postal address, which move together on merge.</summary>
    public static ImmutableArray<Field> Address { get; } =
        [Field.StreetNumber, Field.Street, Field.Unit, Field.City, Field.State, Field.Postcode, Field.Country];

    private static readonly string[] Names = [.. Enum.GetValues<Field>().Select(f => SnakeCase(f.ToString()))];

    private static readonly Dictionary<string, Field> ByName = Enum.GetValues<Field>().ToDictionary(f => Names[(int)f], StringComparer.Ordinal);

    /// <summary>The field's name in mappings, columns, exports and reports: <c>first_name</c>.</summary>
    public static string NameOf(Field field) => Names[(int)field];

    /// <summary>Null when no field has that name.</summary>
    public static Field? Find(string name) => ByName.TryGetValue(name, out var field) ? field : null;

    private static string SnakeCase(string pascal) =>
        string.Concat(pascal.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}

/// <summary>One value a field, or none. Immutable; equal by content. An empty string is held as none.</summary>
public sealed class FieldValues : IEquatable<FieldValues>
{
    private readonly string?[] values;

    private FieldValues(string?[] values) => this.values = values;

    /// <summary>No field has a value.</summary>
    public static FieldValues None { get; } = new(new string?[Fields.Count]);

    /// <summary>The value of the field; null where it has none.</summary>
    public string? this[Field field] => values[(int)field];

    /// <summary>The same values but for one field.</summary>
    public FieldValues With(Field field, string? value)
    {
        var copy = (string?[])values.Clone();
        copy[(int)field] = string.IsNullOrEmpty(value) ? null : value;
        return new FieldValues(copy);
    }

    /// <summary>Fields that have a value, in the order of <see cref="Field"/>.</summary>
    public IEnumerable<(Field Field, string Value)> Present()
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value) yield return ((Field)i, value);
    }

    /// <summary>The items of a list field; empty where it has none.</summary>
    public ImmutableArray<string> List(Field field) => this[field] is { } text ? [.. text.Split('\n')] : [];

    /// <summary>Collects values, then freezes them. A builder must not be used after <see cref="Build"/>.</summary>
    public sealed class Builder
    {
        private string?[]? values = new string?[Fields.Count];

        /// <summary>The value gathered so far.</summary>
        public string? this[Field field]
        {
            get => Values[(int)field];
            set => Values[(int)field] = string.IsNullOrEmpty(value) ? null : value;
        }

        private string?[] Values => values ?? throw new InvalidOperationException("This builder has been built; start a new one.");

        /// <summary>Sets a list field: sorted ordinally, without repeats or blanks.</summary>
        public void SetList(Field field, IEnumerable<string> items) =>
            this[field] = string.Join('\n', items.Where(i => i.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

        /// <summary>Freezes the values without copying them.</summary>
        public FieldValues Build()
        {
            var built = new FieldValues(Values);
            values = null;
            return built;
        }
    }

    /// <inheritdoc/>
    public bool Equals(FieldValues? other) => other is not null && values.AsSpan().SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldValues);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in values) hash.Add(value);
        return hash.ToHashCode();
    }
}
