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

    // A record's codes, and its flags behind them, so that all that is compared of it lies together.
    private const int Width = Columns + 1;

    // Records lie in chunks of so many, which never move once they are full: no second copy while a table grows.
    private const int ChunkBits = 12;
    private const int ChunkRows = 1 << ChunkBits;

    // Names share one dictionary, the two kinds of domain another: what is compared across columns must have comparable codes.
    private static readonly int[] DictionaryOf = [0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14];
    private const int Dictionaries = 15;

    private readonly ValueColumn[] values;
    private readonly Dictionary<int, (int Local, int Domain)[]> otherEmails;
    private readonly Dictionary<int, int[]> otherPhones;
    private readonly Lock growing = new();
    private int[][] chunks = [];
    private int places;
    private int[]? order;

    /// <summary>An empty table.</summary>
    /// <param name="kind">What its records are.</param>
    public MatchTable(EntityKind kind)
    {
        Kind = kind;
        (values, otherEmails, otherPhones) = (new ValueColumn[Dictionaries], [], []);
        for (var i = 0; i < Dictionaries; i++) values[i] = new ValueColumn();
    }

    private MatchTable(MatchTable whole, int[] records)
    {
        (Kind, values, otherEmails, otherPhones, chunks, places) = (whole.Kind, whole.values, whole.otherEmails, whole.otherPhones, whole.chunks, whole.places);
        (order, Count) = (Array.ConvertAll(records, whole.Row), records.Length);
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
        if (records.Count == 0) return;
        var first = places;
        places += records.Count;
        Count += records.Count;
        for (var chunk = first >> ChunkBits; chunk << ChunkBits < places; chunk++)
        {
            // The few records around a changed one are a table too: the first chunk grows as they come.
            var rows = chunk > 0 ? ChunkRows : Math.Min(ChunkRows, Math.Max(places, chunks.Length == 0 ? 0 : chunks[0].Length / Width * 2));
            if (chunk == chunks.Length) AddChunk(rows);
            else if (chunks[chunk].Length < Math.Min(ChunkRows, places - (chunk << ChunkBits)) * Width) Array.Resize(ref chunks[chunk], rows * Width);
        }

        for (var i = 0; i < records.Count; i++) Cells(first + i)[Columns] = (int)records[i].Flags;
        if (records.Count < 1_000)
            for (var dictionary = 0; dictionary < Dictionaries; dictionary++) Code(dictionary, records, first);
        else
            Parallel.For(0, Dictionaries, dictionary => Code(dictionary, records, first));
        for (var i = 0; i < records.Count; i++) CodeFurther(records[i], first + i);
    }

    /// <summary>A writer for one thread; any number may add at the same time. Their records come in no order, so the table must be put in one by <see cref="Reorder"/>.</summary>
    public Writer NewWriter() => new(this);

    /// <summary>Ends the adding, and gives back what only that needs.</summary>
    public void Seal()
    {
        foreach (var column in values) column.Seal();
    }

    /// <summary>Puts the records into another order.</summary>
    /// <param name="newOrder">For each new place the present one; each present place once.</param>
    public void Reorder(int[] newOrder)
    {
        if (newOrder.Length != Count) throw new ArgumentException($"The order has {newOrder.Length} places, the table {Count} records.", nameof(newOrder));
        order = newOrder;
    }

    /// <summary>Some of the records, as a table that has its values in common with this one: what is muted in one is muted in both.</summary>
    /// <param name="records">Which, in the order that they are to have.</param>
    internal MatchTable Only(int[] records) => new(this, records);

    /// <summary>A number that is the same for records which are equal in all that is compared, and seldom for others.</summary>
    internal ulong HashOf(int record)
    {
        var hash = 0UL;
        foreach (var code in Cells(Row(record))) hash = StableHash.Join(hash, (uint)code);
        foreach (var (local, domain) in OtherEmailsOf(record)) hash = StableHash.Join(StableHash.Join(hash, (uint)local), (uint)domain);
        foreach (var phone in OtherPhonesOf(record)) hash = StableHash.Join(hash, (uint)phone);
        return hash;
    }

    /// <summary>True where two records are equal in all that is compared.</summary>
    internal bool AreEqual(int a, int b) =>
        Cells(Row(a)).SequenceEqual(Cells(Row(b))) && OtherEmailsOf(a).SequenceEqual(OtherEmailsOf(b)) && OtherPhonesOf(a).SequenceEqual(OtherPhonesOf(b));

    /// <summary>Takes values out of a column.</summary>
    internal void Mute(Column column, HashSet<int> hubs)
    {
        foreach (var chunk in chunks)
            for (var cell = (int)column; cell < chunk.Length; cell += Width)
                if (hubs.Contains(chunk[cell])) chunk[cell] = 0;
    }

    /// <summary>Says that several people read a record's mailbox.</summary>
    internal void MarkShared(int record) => Cells(Row(record))[Columns] |= (int)RecordFlags.SharedMailbox;

    internal ReadOnlySpan<int> this[int record] => Cells(Row(record))[..Columns];

    internal RecordFlags FlagsOf(int record) => (RecordFlags)Cells(Row(record))[Columns];

    internal ReadOnlySpan<(int Local, int Domain)> OtherEmailsOf(int record) => otherEmails.Count == 0 ? default : otherEmails.GetValueOrDefault(Row(record));

    internal ReadOnlySpan<int> OtherPhonesOf(int record) => otherPhones.Count == 0 ? default : otherPhones.GetValueOrDefault(Row(record));

    internal ValueColumn ValuesOf(Column column) => values[DictionaryOf[(int)column]];

    internal ReadOnlySpan<char> Text(Column column, int record) => ValuesOf(column)[this[record][(int)column]];

    private int Row(int record) => order is null ? record : order[record];

    private Span<int> Cells(int place) => chunks[place >> ChunkBits].AsSpan((place & (ChunkRows - 1)) * Width, Width);

    private void AddChunk(int rows)
    {
        var more = new int[chunks.Length + 1][];
        chunks.CopyTo(more, 0);
        more[^1] = new int[rows * Width];
        chunks = more;
    }

    private void Code(int dictionary, IReadOnlyList<MatchRecord> records, int first)
    {
        var column = values[dictionary];
        for (var c = 0; c < Columns; c++)
        {
            if (DictionaryOf[c] != dictionary) continue;
            for (var i = 0; i < records.Count; i++) Cells(first + i)[c] = column.Add(TextOf(records[i], (Column)c));
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

    /// <summary>Adds records to a table from one thread, while others add from theirs. Complete it before the table is read.</summary>
    public sealed class Writer
    {
        // Few enough to be coded while they are in the processor's cache and young, so that the collector never has to move them.
        private const int Batch = 256;

        private readonly MatchTable table;
        private readonly List<MatchRecord> waiting = new(Batch);
        private int first;
        private int left;

        internal Writer(MatchTable table) => this.table = table;

        /// <summary>Adds a record.</summary>
        /// <returns>Its place in the table until <see cref="Reorder"/>.</returns>
        public int Add(MatchRecord record)
        {
            if (left == 0) TakeChunk();
            left--;
            waiting.Add(record);
            var place = first + waiting.Count - 1;
            if (waiting.Count == Batch) Complete();
            return place;
        }

        /// <summary>Brings what has been added into the table.</summary>
        public void Complete()
        {
            for (var i = 0; i < waiting.Count; i++) table.Cells(first + i)[Columns] = (int)waiting[i].Flags;

            // Each writer begins elsewhere, so that they seldom wait for each other.
            var start = (first >> ChunkBits) * 7;
            for (var i = 0; i < Dictionaries; i++)
            {
                var dictionary = (start + i) % Dictionaries;
                lock (table.values[dictionary]) table.Code(dictionary, waiting, first);
            }

            lock (table.growing)
            {
                table.Count += waiting.Count;
                for (var i = 0; i < waiting.Count; i++)
                {
                    if (waiting[i].OtherEmails.Length == 0 && waiting[i].OtherPhones.Length == 0) continue;
                    lock (table.ValuesOf(Column.Phone))
                        lock (table.ValuesOf(Column.EmailLocal))
                            lock (table.ValuesOf(Column.EmailDomain)) table.CodeFurther(waiting[i], first + i);
                }
            }

            first += waiting.Count;
            waiting.Clear();
        }

        private void TakeChunk()
        {
            lock (table.growing)
            {
                (first, left) = (table.chunks.Length << ChunkBits, ChunkRows);
                table.AddChunk(ChunkRows);
                table.places = first + ChunkRows;
            }
        }
    }
}
