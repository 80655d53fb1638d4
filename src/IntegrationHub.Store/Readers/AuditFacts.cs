using System.Collections.Immutable;
using IntegrationHub.Auditing;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>All that the audit looks at in golden and clean records, in memory: about 250 bytes a golden record. Made by <see cref="AuditReader"/>.</summary>
public sealed class AuditFacts
{
    private readonly GoldenFacts[] goldens;
    private readonly RecordFacts[] records;
    private readonly int[] byGolden;
    private readonly string[] sources;
    private readonly Dictionary<Guid, int> index;

    internal AuditFacts(GoldenFacts[] goldens, Dictionary<Guid, int> index, RecordFacts[] records, int[] goldenOf, string[] sources, bool[] telling)
    {
        EngagementSources = [.. sources.Where((_, i) => telling[i])];
        (this.goldens, this.index, this.records, this.sources) = (goldens, index, records, sources);
        GoldenOfRecord = goldenOf;
        byGolden = Group(goldens, goldenOf);
    }

    /// <summary>How many golden records there are.</summary>
    public int Count => goldens.Length;

    /// <summary>Sources that tell of at least one record when the contact last did something.</summary>
    public ImmutableHashSet<string> EngagementSources { get; }

    /// <summary>The golden record of each clean record by its number, as an index; negative for none.</summary>
    internal int[] GoldenOfRecord { get; }

    /// <summary>How many clean records of golden records a source has.</summary>
    public long RecordsOf(string source)
    {
        var place = Array.IndexOf(sources, source) + 1;
        var count = 0L;
        for (var i = 0; i < records.Length; i++)
            if (records[i].Source == place && GoldenOfRecord[i] >= 0) count++;
        return place == 0 ? 0 : count;
    }

    /// <summary>The place of a golden record; null when it was not there.</summary>
    public int? IndexOf(GoldenId id) => index.TryGetValue(id.Value, out var place) ? place : null;

    /// <summary>One golden record.</summary>
    /// <param name="index">From 0.</param>
    public AuditedGolden Golden(int index)
    {
        ref readonly var golden = ref goldens[index];
        var members = new AuditedRecord[golden.Records];
        for (var i = 0; i < members.Length; i++)
        {
            ref readonly var record = ref records[byGolden[golden.First + i]];
            members[i] = new AuditedRecord(
                sources[record.Source - 1],
                TimeOrNull(record.ChangedAt),
                record.Email,
                record.Phone,
                record.Claims ?? [],
                record.Compared is null ? [] : ImmutableCollectionsMarshalOf(record.Compared));
        }

        return new AuditedGolden(
            golden.Row, null, golden.Kind, golden.Filled, golden.Email, golden.Phone, golden.BirthDate, golden.Company, golden.Domain, golden.Hygiene,
            TimeOrNull(golden.KnownSince),
            ImmutableCollectionsMarshalOf(members))
        {
            Id = golden.Id,
            IsSuppressedHere = golden.IsSuppressedHere,
        };
    }

    private static DateTimeOffset? TimeOrNull(long microseconds) => microseconds == RecordFacts.Never ? null : SqliteDatabase.FromMicroseconds(microseconds);

    /// <summary>The source of a clean record.</summary>
    internal string SourceOf(long record) => sources[records[record].Source - 1];

    private static ImmutableArray<T> ImmutableCollectionsMarshalOf<T>(T[] array) => System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(array);

    /// <summary>The records of each golden record beside each other, each group in the order of the records.</summary>
    private static int[] Group(GoldenFacts[] goldens, int[] goldenOf)
    {
        var next = 0;
        for (var i = 0; i < goldens.Length; i++)
        {
            goldens[i].First = next;
            next += goldens[i].Records;
        }

        var grouped = new int[next];
        var filled = new int[goldens.Length];
        for (var record = 0; record < goldenOf.Length; record++)
            if (goldenOf[record] is >= 0 and var golden) grouped[goldens[golden].First + filled[golden]++] = record;
        return grouped;
    }
}

/// <summary>One golden record of <see cref="AuditFacts"/>.</summary>
internal struct GoldenFacts
{
    public Guid Id;
    public long Row;
    public EntityKind Kind;
    public FieldSet Filled;
    public AuditedEmail Email;
    public long Phone;
    public long BirthDate;
    public long Company;
    public long Domain;
    public Hygiene Hygiene;

    /// <summary>Microseconds, as the database has times; <see cref="RecordFacts.Never"/> when no system tells.</summary>
    public long KnownSince;
    public int Records;
    public int First;
    public bool IsSuppressedHere;
}

/// <summary>One clean record of <see cref="AuditFacts"/>, at the index of its number.</summary>
internal struct RecordFacts
{
    public const long Never = long.MinValue;

    /// <summary>One more than the place of its source; 0 where there is no such record.</summary>
    public int Source;
    public long ChangedAt;
    public long Email;
    public long Phone;
    public ImmutableArray<AuditedClaim>? Claims;
    public string?[]? Compared;
}
