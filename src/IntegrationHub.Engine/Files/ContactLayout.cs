using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Matching;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Files;

/// <summary>Which column of a file holds what: by the usual names, or by a mapping file.</summary>
public sealed class ContactLayout
{
    private const string Source = "file";
    private const string Marketing = "marketing";

    // How many rows are looked at for the order of day and month: enough to meet a day above twelve in any column that has one.
    private const int RowsForOrders = 100_000;

    private readonly IReadOnlyList<string> headers;
    private readonly (int Column, Field Field)[] columns;
    private readonly int[] addressLines;
    private readonly int[] birthParts;
    private readonly (int Column, bool Opposite)[] consents;
    private readonly int key;
    private readonly int changed;
    private readonly SourceMapping? mapping;
    private readonly ImmutableDictionary<Field, DateOrder> orders = ImmutableDictionary<Field, DateOrder>.Empty;
    private readonly DateOrder? changeOrder;

    private ContactLayout(IReadOnlyList<string> headers, string file, EntityKind? kind, string? truth, SourceMapping? mapping, bool compared)
    {
        this.headers = headers;
        this.mapping = mapping;
        Truth = truth is { } name ? Column(name) : null;
        var known = Enumerable.Range(0, headers.Count).Where(c => c != Truth)
            .Select(c => (Column: c, Field: ContactColumns.FieldOf(headers[c]))).Where(c => c.Field is not null)
            .Select(c => (c.Column, Field: c.Field!.Value)).ToList();
        known = [.. known.Where((c, i) => Fields.Moments.Contains(c.Field) || known.FindIndex(k => k.Field == c.Field) == i)];
        var personal = known.Any(c => c.Field is Field.FirstName or Field.LastName or Field.FullName);
        var fields = known.Select(c => c.Field).ToHashSet();
        Kind = kind ?? mapping?.Definition.Kind ?? (fields.Contains(Field.Company) && !personal ? EntityKind.Company : EntityKind.Contact);
        columns = [.. known.Select(c => Kind == EntityKind.Company && c.Field == Field.FullName && !fields.Contains(Field.Company) ? (c.Column, Field.Company) : c)];
        addressLines = [.. Enumerable.Range(0, headers.Count).Where(c => c != Truth && ContactColumns.IsFurtherAddress(headers[c]))];
        var readable = Enumerable.Range(0, headers.Count).Where(c => c != Truth).ToList();
        birthParts = columns.Any(c => c.Field == Field.BirthDate) ? [] : ContactColumns.BirthParts(headers, readable);
        key = readable.Cast<int?>().FirstOrDefault(c => ContactColumns.IsKey(headers[c!.Value])) ?? -1;
        changed = readable.Cast<int?>().FirstOrDefault(c => ContactColumns.IsChangeTime(headers[c!.Value])) ?? -1;
        consents = [.. readable.Select(c => (Column: c, Means: ContactColumns.ConsentOf(headers[c]))).Where(c => c.Means is not null).Select(c => (c.Column, c.Means == false))];
        if (columns.Length == 0 && mapping is null)
            throw new NotPossibleException(
                $"{file}: none of its columns is known ({string.Join(", ", headers.Take(12).Select(Short))}). Name them as docs/cli.md lists (first_name, last_name, email, phone, company, street, city, postcode, …), or give a --mapping.");
        if (compared) (columns, consents, changed) = ([.. columns.Where(c => MatchRecord.DependsOn(c.Field))], [], -1);
        (orders, changeOrder) = Orders(file);
    }

    /// <summary>What the rows are.</summary>
    public EntityKind Kind { get; }

    /// <summary>The column that says which rows are one; never a feature.</summary>
    public int? Truth { get; }

    /// <summary>Looks at a file's columns, and at what the dates of its first 100,000 rows prove of the order of day and month.</summary>
    /// <param name="headers">The columns.</param>
    /// <param name="file">The file's path.</param>
    /// <param name="kind">Contact or company; null tells by the columns.</param>
    /// <param name="truth">The column that says which rows are one; null where there is none.</param>
    /// <param name="mapping">A mapping file; null reads columns by their usual names.</param>
    /// <exception cref="NotPossibleException">It names no column that could be compared, or lacks the truth.</exception>
    /// <exception cref="RecipeException">The mapping file has mistakes.</exception>
    public static ContactLayout Of(IReadOnlyList<string> headers, string file, EntityKind? kind = null, string? truth = null, string? mapping = null) =>
        new(headers, file, kind, truth, mapping is null ? null : MappingFile.Load(mapping).Mapping, compared: false);

    /// <summary>The same, but reads of the columns known by their usual names only those that records are compared by: no consent, no time of change.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{string}, string, EntityKind?, string?, string?)"/>
    public static ContactLayout Compared(IReadOnlyList<string> headers, string file, EntityKind? kind, string? truth, string? mapping) =>
        new(headers, file, kind, truth, mapping is null ? null : MappingFile.Load(mapping).Mapping, compared: true);

    /// <summary>The same by a mapping that is at hand; null reads columns by their usual names.</summary>
    /// <exception cref="NotPossibleException">It names no column that could be compared.</exception>
    public static ContactLayout Of(IReadOnlyList<string> headers, string file, SourceMapping? mapping) => new(headers, file, null, null, mapping, compared: false);

    /// <summary>A row as a record, before normalising.</summary>
    public MappedRecord Map(ContactRow row, string id)
    {
        var source = new SourceKey(Source, Kind == EntityKind.Contact ? Streams.Contacts : Streams.Companies, id);
        if (mapping is not null) return mapping.Apply(source, Payload(row)) with { Kind = Kind, DateOrders = orders };
        var values = new FieldValues.Builder();
        foreach (var (column, field) in columns)
            if (row[column] is var cell && !string.IsNullOrWhiteSpace(cell)) values[field] = Joined(values[field], field, cell);
        foreach (var line in addressLines)
            if (row[line] is var cell && !string.IsNullOrWhiteSpace(cell)) values[Field.Street] = values[Field.Street] is { } street ? $"{street}, {cell}" : cell;
        if (BirthDate(row) is { } born) values[Field.BirthDate] = born;
        var built = values.Build();
        return new MappedRecord(source, Kind, built, Consents(row, built), changed < 0 ? null : ChangedAt(row[changed]), [], null) { DateOrders = orders };
    }

    /// <summary>A birth date that stands in three columns; null where one of them holds no number.</summary>
    private string? BirthDate(ContactRow row)
    {
        if (birthParts.Length == 0) return null;
        var parts = new int[birthParts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!int.TryParse(row[birthParts[i]], NumberStyles.Integer, CultureInfo.InvariantCulture, out parts[i]) || parts[i] <= 0) return null;
        return $"{parts[0]:0000}-{parts[1]:00}-{parts[2]:00}";
    }

    /// <summary>A day that could be another is not guessed at: most recent would be wrong half the time.</summary>
    private DateTimeOffset? ChangedAt(string text)
    {
        if (SourceTime.Read(text) is { } time) return time;
        var read = Moments.Normalise(text, order: changeOrder);
        return read.Issues.Contains(DateIssues.Ambiguous) ? null : Moments.Read(read.Value);
    }

    private (ImmutableDictionary<Field, DateOrder> Orders, DateOrder? Changes) Orders(string path)
    {
        var dated = columns.Where(c => ColumnOrders.OfDates.Contains(c.Field)).ToArray();
        if (mapping is null ? dated.Length == 0 && changed < 0 : !mapping.Definition.Fields.Any(f => ColumnOrders.OfDates.Contains(f.Field))) return (orders, null);
        using var file = ContactFile.Open(path);
        var (found, changes) = (new ColumnOrders(), new List<string>());
        foreach (var (raw, change) in file.Rows(row => (mapping is null ? DatesOf(row, dated) : mapping.Apply(Nobody, Payload(row)).Raw, changed < 0 ? "" : row[changed])).Take(RowsForOrders))
        {
            found.Add(raw);
            if (change.Length > 0) changes.Add(change);
        }

        return (found.Settled(), Dates.OrderOf(changes));
    }

    private static readonly SourceKey Nobody = new(Source, Streams.Contacts, "");

    private static FieldValues DatesOf(ContactRow row, (int Column, Field Field)[] dated)
    {
        var values = new FieldValues.Builder();
        foreach (var (column, field) in dated)
            if (row[column] is var cell && !string.IsNullOrWhiteSpace(cell)) values[field] = Joined(values[field], field, cell);
        return values.Build();
    }

    /// <summary>All columns of a point in time count; of other fields there is one column.</summary>
    private static string Joined(string? before, Field field, string cell) => before is not null && Fields.Moments.Contains(field) ? $"{before}\n{cell}" : cell;

    private ImmutableArray<ConsentClaim> Consents(ContactRow row, FieldValues values)
    {
        if (consents.Length == 0 || values[Field.Email] is not { } email) return [];
        var claims = ImmutableArray.CreateBuilder<ConsentClaim>();
        foreach (var (column, opposite) in consents)
            if (StateOf(row[column], opposite) is { } state) claims.Add(new ConsentClaim(Channel.Email, Marketing, email, state, null));
        return claims.ToImmutable();
    }

    /// <summary>"Unsubscribed: no" is no consent: of a column of refusals only the yes is a claim.</summary>
    private static ConsentState? StateOf(string word, bool opposite) =>
        ConsentValues.Read(word) is not { } state ? null : !opposite ? state : state == ConsentState.Granted ? ConsentState.Denied : null;

    /// <summary>The row's own key; empty where it has none.</summary>
    public string KeyOf(ContactRow row) => key >= 0 ? row[key].Trim() : "";

    /// <summary>Makes each key the only one of its kind, in place: a row without a key has its number, from 1, and a key that comes twice has it behind.</summary>
    public static void MakeUnique(string[] keys)
    {
        var (seen, repeated) = (new HashSet<string>(keys.Length, StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var key in keys)
            if (!seen.Add(key)) repeated.Add(key);
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Length > 0 && !repeated.Contains(keys[i])) continue;
            var place = (i + 1).ToString(CultureInfo.InvariantCulture);
            keys[i] = keys[i].Length == 0 ? place : $"{keys[i]}#{place}";
        }
    }

    private byte[] Payload(ContactRow row)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (var i = 0; i < headers.Count && i < row.Width; i++)
                if (i != Truth) json.WriteString(headers[i], row[i]);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private int Column(string name)
    {
        for (var i = 0; i < headers.Count; i++)
            if (string.Equals(headers[i], name.Trim(), StringComparison.OrdinalIgnoreCase)) return i;
        throw new NotPossibleException($"There is no column '{name}' for --truth. There are: {string.Join(", ", headers)}.");
    }

    /// <summary>A file that is no table may have anything for a header.</summary>
    private static string Short(string header)
    {
        const int Most = 40;
        var clean = string.Concat(header.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return clean.Length <= Most ? clean : clean[..Most] + "…";
    }
}
