using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>What a record has in the table, as the code of its value. The names share their values, so that one field's name is seen in another's place.</summary>
internal enum Column
{
    Given,
    Middle,
    Last,
    Maiden,
    Nickname,
    Suffix,
    EmailLocal,
    EmailDomain,
    Phone,
    Company,
    Domain,
    JobTitle,
    StreetNumber,
    Street,
    StreetCore,
    City,
    State,
    Postcode,
    BirthDate,
    NationalId,
}

/// <summary>
/// Records prepared for matching, as columns of codes: the one form in which pairs are compared, whether ten records or ten million.
/// Built once; then any number of threads may read it.
/// </summary>
public sealed class MatchTable
{
    internal const int Columns = (int)Column.NationalId + 1;

    // Names share one dictionary, the two kinds of domain another: what is compared across columns must have comparable codes.
    private static readonly int[] DictionaryOf = [0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14];
    private const int Dictionaries = 15;

    private readonly ValueColumn[] values = new ValueColumn[Dictionaries];
    private readonly Dictionary<int, (int Local, int Domain)[]> otherEmails = [];
    private readonly Dictionary<int, int[]> otherPhones = [];
    private int[] codes = new int[Columns];
    private RecordFlags[] flags = new RecordFlags[1];
    private int[]? order;

    /// <summary>An empty table.</summary>
    /// <param name="kind">What its records are.</param>
    public MatchTable(EntityKind kind)
    {
        Kind = kind;
        for (var i = 0; i < Dictionaries; i++) values[i] = new ValueColumn();
    }

    /// <summary>A table of these records, in their order.</summary>
    /// <param name="kind">What they are.</param>
    /// <param name="records">The records.</param>
    public static MatchTable Of(EntityKind kind, IReadOnlyList<MatchRecord> records)
    {
        var table = new MatchTable(kind);
        table.Add(records);
        table.Seal();
        return table;
    }

    /// <summary>Contacts or companies.</summary>
    public EntityKind Kind { get; }

    /// <summary>How many records it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Adds records behind those that are there. For one caller at a time; large batches are coded column by column on all cores.</summary>
    public void Add(IReadOnlyList<MatchRecord> records)
    {
        var first = Count;
        Count += records.Count;
        if (codes.Length < Count * Columns)
        {
            var room = Math.Max(Count, Math.Min(codes.Length / Columns * 2, (codes.Length / Columns) + 2_000_000));
            Array.Resize(ref codes, room * Columns);
            Array.Resize(ref flags, room);
        }

        for (var i = 0; i < records.Count; i++) flags[first + i] = records[i].Flags;
        if (records.Count < 1_000)
            for (var dictionary = 0; dictionary < Dictionaries; dictionary++) Code(dictionary, records, first);
        else
            Parallel.For(0, Dictionaries, dictionary => Code(dictionary, records, first));
        for (var i = 0; i < records.Count; i++) CodeFurther(records[i], first + i);
    }

    /// <summary>Ends the adding, and gives back what only that needs.</summary>
    public void Seal()
    {
        foreach (var column in values) column.Seal();
    }

    /// <summary>Puts the records into another order.</summary>
    /// <param name="newOrder">For each new place the present one; each present place once.</param>
    public void Reorder(int[] newOrder) => order = newOrder;

    /// <summary>Takes values out of a column.</summary>
    internal void Mute(Column column, HashSet<int> hubs)
    {
        for (var cell = (int)column; cell < Count * Columns; cell += Columns)
            if (hubs.Contains(codes[cell])) codes[cell] = 0;
    }

    /// <summary>Says that several people read a record's mailbox.</summary>
    internal void MarkShared(int record) => flags[Row(record)] |= RecordFlags.SharedMailbox;

    internal ReadOnlySpan<int> this[int record] => codes.AsSpan(Row(record) * Columns, Columns);

    internal RecordFlags FlagsOf(int record) => flags[Row(record)];

    internal ReadOnlySpan<(int Local, int Domain)> OtherEmailsOf(int record) => otherEmails.Count == 0 ? default : otherEmails.GetValueOrDefault(Row(record));

    internal ReadOnlySpan<int> OtherPhonesOf(int record) => otherPhones.Count == 0 ? default : otherPhones.GetValueOrDefault(Row(record));

    internal ValueColumn ValuesOf(Column column) => values[DictionaryOf[(int)column]];

    internal ReadOnlySpan<char> Text(Column column, int record) => ValuesOf(column)[this[record][(int)column]];

    private int Row(int record) => order is null ? record : order[record];

    private void Code(int dictionary, IReadOnlyList<MatchRecord> records, int first)
    {
        var column = values[dictionary];
        for (var c = 0; c < Columns; c++)
        {
            if (DictionaryOf[c] != dictionary) continue;
            for (var i = 0; i < records.Count; i++) codes[((first + i) * Columns) + c] = column.Add(TextOf(records[i], (Column)c));
        }
    }

    private void CodeFurther(MatchRecord record, int row)
    {
        if (record.OtherPhones.Length > 0) otherPhones[row] = [.. record.OtherPhones.Where(p => p.Length > 0).Select(p => ValuesOf(Column.Phone).Add(p))];
        if (record.OtherEmails.Length == 0) return;
        otherEmails[row] =
        [
            .. record.OtherEmails.Select(e => (At: e.LastIndexOf('@'), Text: e)).Where(e => e.At > 0)
                .Select(e => (ValuesOf(Column.EmailLocal).Add(e.Text.AsSpan(0, e.At)), ValuesOf(Column.EmailDomain).Add(e.Text.AsSpan(e.At + 1)))),
        ];
    }

    private static string TextOf(MatchRecord r, Column column) => column switch
    {
        Column.Given => r.Given,
        Column.Middle => r.Middle,
        Column.Last => r.Last,
        Column.Maiden => r.Maiden,
        Column.Nickname => r.Nickname,
        Column.Suffix => r.Suffix,
        Column.EmailLocal => r.EmailLocal,
        Column.EmailDomain => r.EmailDomain,
        Column.Phone => r.Phone,
        Column.Company => r.Company,
        Column.Domain => r.Domain,
        Column.JobTitle => r.JobTitle,
        Column.StreetNumber => r.StreetNumber,
        Column.Street => r.Street,
        Column.StreetCore => r.StreetCore,
        Column.City => r.City,
        Column.State => r.State,
        Column.Postcode => r.Postcode,
        Column.BirthDate => r.BirthDate,
        _ => r.NationalId,
    };
}
