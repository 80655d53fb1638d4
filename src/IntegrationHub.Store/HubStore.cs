namespace IntegrationHub.Store;

/// <summary>
/// Everything the hub remembers, in one SQLite file or one PostgreSQL database. Each method that writes is one transaction: it happens wholly or not at all.
/// Safe to use from many threads; in one process writers take turns, readers do not wait.
/// </summary>
public sealed class HubStore : IAsyncDisposable
{
    private readonly Database database;

    private HubStore(Database database, byte[] contactPointKey)
    {
        this.database = database;
        Sources = new Sources(database);
        Runs = new Runs(database);
        Work = new Work(database);
        Consents = new Consents(database, contactPointKey);
        Landing = new Landing(database, Consents);
        Clean = new CleanRecords(database, Consents);
        Matches = new Matches(database, Consents);
        Golden = new GoldenRecords(database, Consents);
        Decisions = new Decisions(database, Consents);
        Suppressions = new Suppressions(database, Consents);
        Locks = new FieldLocks(database);
        Fixes = new FixBatches(database, Consents);
        Queue = new MergeQueue(database);
        Quarantine = new Quarantine(database);
        Trail = new Trail(database);
        Audits = new Audits(database);
        AuditReader = new AuditReader(database);
        Outbox = new Outbox(database);
        Events = new Events(database, Consents);
        Journeys = new Journeys(database, Consents);
        Segments = new Segments(database, Journeys);
        Messages = new Messages(database);
        Launches = new Launches(database);
        Leases = new Leases(database);
        Stats = new Stats(database);
        Measures = new Measures(database);
        Erasures = new Erasures(database, Consents);
        Exports = new ContactExports(database, Consents);
    }

    /// <summary>The configured sources and how far their streams have been pulled.</summary>
    public Sources Sources { get; }

    /// <summary>What was run, when, with what counts.</summary>
    public Runs Runs { get; }

    /// <summary>What the stages have still to do.</summary>
    public Work Work { get; }

    /// <summary>Source records.</summary>
    public Landing Landing { get; }

    /// <summary>Clean records and their issues.</summary>
    public CleanRecords Clean { get; }

    /// <summary>Match keys, edges and clusters.</summary>
    public Matches Matches { get; }

    /// <summary>Golden records, crosswalk, aliases, merges.</summary>
    public GoldenRecords Golden { get; }

    /// <summary>Durable words on pairs.</summary>
    public Decisions Decisions { get; }

    /// <summary>Pairs for a person to decide.</summary>
    public MergeQueue Queue { get; }

    /// <summary>The consent ledger.</summary>
    public Consents Consents { get; }

    /// <summary>Field locks.</summary>
    public FieldLocks Locks { get; }

    /// <summary>Batches that mend findings.</summary>
    public FixBatches Fixes { get; }

    /// <summary>The hub's own suppressions.</summary>
    public Suppressions Suppressions { get; }

    /// <summary>What a stage could not handle.</summary>
    public Quarantine Quarantine { get; }

    /// <summary>The audit trail.</summary>
    public Trail Trail { get; }

    /// <summary>Hygiene reports.</summary>
    public Audits Audits { get; }

    /// <summary>What the hygiene audit looks at.</summary>
    public AuditReader AuditReader { get; }

    /// <summary>Write-backs decided, to be delivered.</summary>
    public Outbox Outbox { get; }

    /// <summary>What contacts did.</summary>
    public Events Events { get; }

    /// <summary>Where contacts stand in their workflows.</summary>
    public Journeys Journeys { get; }

    /// <summary>Who is in a segment.</summary>
    public Segments Segments { get; }

    /// <summary>Messages decided, to be delivered.</summary>
    public Messages Messages { get; }

    /// <summary>Published and launched workflows, and their tests.</summary>
    public Launches Launches { get; }

    /// <summary>Who may run a lane.</summary>
    public Leases Leases { get; }

    /// <summary>Counts for summaries.</summary>
    public Stats Stats { get; }

    /// <summary>What reports on workflows are made of.</summary>
    public Measures Measures { get; }

    /// <summary>Forgets contacts.</summary>
    public Erasures Erasures { get; }

    /// <summary>All that is held of a contact.</summary>
    public ContactExports Exports { get; }

    /// <summary>Opens a database without touching it: a file is made by <see cref="Migrate"/> only.</summary>
    /// <param name="database">The path of a SQLite file, or a PostgreSQL connection string (<c>Host=…</c> or <c>postgres://…</c>).</param>
    /// <param name="contactPointKey">The secret that contact points are hashed with in the consent ledger; at least 16 bytes, the same for the database's whole life.</param>
    /// <exception cref="ArgumentException">The key is too short or the connection string cannot be read.</exception>
    public static HubStore Open(string database, byte[] contactPointKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(database);
        if (contactPointKey.Length < 16) throw new ArgumentException("The contact point key must have at least 16 bytes.", nameof(contactPointKey));
        return new HubStore(Database.Of(database), contactPointKey);
    }

    /// <summary>True while events and messages are written, and would wait for any large transaction that is under way. Never on PostgreSQL, which locks rows.</summary>
    public bool BulkDelaysEvents => database.BulkDelaysUrgent;

    /// <summary>Brings the database to this version's model, making it where there is none. Does nothing when it is current.</summary>
    public Task Migrate(CancellationToken ct) => database.Migrate(ct);

    /// <summary>True when no migration is pending. False also where there is no database yet.</summary>
    public Task<bool> IsCurrent(CancellationToken ct) => database.IsCurrent(ct);

    /// <summary>Which database it is, without secrets: <c>SQLite file /var/hub/hub.db</c>, <c>PostgreSQL hub on db.example:5432</c>.</summary>
    public string Describe() => database.Describe();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => database.DisposeAsync();
}
