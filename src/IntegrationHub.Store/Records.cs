using System.Collections.Immutable;
using IntegrationHub.Matching;
using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>The stage that a work row waits for. The key of a row is a source record's id, but for <see cref="Sync"/>: there it is <see cref="GoldenRow.Row"/>.</summary>
public enum Stage
{
    /// <summary>The source record is to become a clean record.</summary>
    Normalise = 0,

    /// <summary>The clean record is to be weighed against its candidates.</summary>
    Match = 1,

    /// <summary>The golden record that the source record belongs to is to be built again.</summary>
    Merge = 2,

    /// <summary>The golden record is to be compared with what its sources hold.</summary>
    Sync = 3,

    /// <summary>The golden record's links between contacts and companies are to be looked at.</summary>
    Link = 4,

    /// <summary>The golden record has changed while workflows have it in hand.</summary>
    Trigger = 5,
}

/// <summary>One thing that a stage has still to do.</summary>
/// <param name="Key">A source record's id; for <see cref="Stage.Sync"/>, <see cref="Stage.Link"/> and <see cref="Stage.Trigger"/> a golden record's row.</param>
/// <param name="Seq">Changes with every enqueue, so that a stage deletes only what has not changed since it was taken.</param>
/// <param name="Reason">Why, for people: <c>landed</c>, <c>recipe</c>, <c>retry</c>.</param>
public sealed record WorkRow(long Key, long Seq, string Reason);

/// <summary>One configured connection to one system.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Connector">The connector's name.</param>
/// <param name="Url">The API's address; null where the connector's own holds or a path is used.</param>
/// <param name="Path">A file or folder; null for connectors over HTTP.</param>
/// <param name="TokenEnv">The environment variable that holds the token; null where there is none.</param>
/// <param name="TokenProtected">The token encrypted by the caller; null where there is none. Never plain text.</param>
/// <param name="MappingFile">A mapping of its own; null for the connector's built-in one.</param>
/// <param name="Schedule">When <c>serve</c> pulls it, as a cron expression; null for never.</param>
/// <param name="CreatedAt">When it was added.</param>
public sealed record SourceRow(
    SourceName Name,
    string Connector,
    string? Url,
    string? Path,
    string? TokenEnv,
    string? TokenProtected,
    string? MappingFile,
    string? Schedule,
    DateTimeOffset CreatedAt)
{
    /// <summary>The environment variable that holds the secret of its webhooks; null where there is none.</summary>
    public string? WebhookEnv { get; init; }

    /// <summary>That secret, encrypted by the caller; null where there is none. Never plain text.</summary>
    public string? WebhookProtected { get; init; }
}

/// <summary>How far a stream has been pulled.</summary>
/// <param name="Stream">One of <see cref="Streams"/>.</param>
/// <param name="Cursor">The last saved cursor; null before the first page.</param>
/// <param name="FullPass">The generation of the full pull under way; null when there is none.</param>
/// <param name="LastFullAt">When the last full pull ended.</param>
/// <param name="LastPullAt">When a page was last saved that changed something, or a full pull ended.</param>
public sealed record StreamState(string Stream, string? Cursor, long? FullPass, DateTimeOffset? LastFullAt, DateTimeOffset? LastPullAt);

/// <summary>One row of a page to land.</summary>
/// <param name="ExternalId">The system's own id.</param>
/// <param name="Payload">JSON, UTF-8; null for a deleted row whose content is not told: then the last payload is kept.</param>
/// <param name="Deleted">True when the source says that the row is gone.</param>
public sealed record RawLanding(string ExternalId, byte[]? Payload, bool Deleted)
{
    /// <summary>What the row tells; kept with it, in the same transaction.</summary>
    public IReadOnlyList<EventLanding> Events { get; init; } = [];
}

/// <summary>What landing a page changed. A row that was deleted and is told so again counts as unchanged; one of an erased contact is dropped.</summary>
public sealed record LandingCounts(int New, int Changed, int Unchanged, int Deleted, int Erased = 0)
{
    /// <summary>Events that were not known.</summary>
    public int Events { get; init; }
}

/// <summary>A source record that waits to be normalised.</summary>
/// <param name="RecordId">Its id in the store.</param>
/// <param name="Seq">Of its work row.</param>
/// <param name="Key">Its key.</param>
/// <param name="Payload">JSON, UTF-8; null for a record that was deleted before its content was ever told.</param>
/// <param name="InputHash">The payload's content hash, 16 bytes.</param>
/// <param name="Deleted">True when it is gone at the source: its clean record is to be removed.</param>
/// <param name="CleanHash">The content hash of its present clean record; null where it has none.</param>
public sealed record NormaliseRow(long RecordId, long Seq, SourceKey Key, byte[]? Payload, byte[] InputHash, bool Deleted, byte[]? CleanHash);

/// <summary>The outcome of normalising one source record.</summary>
/// <param name="Row">What was taken.</param>
/// <param name="Clean">The clean record; null removes it (a deletion, or a payload that is no contact) or, with a <paramref name="Failure"/>, leaves the last good one.</param>
/// <param name="Recipe">The version of mapping and normalising.</param>
/// <param name="Failure">Why it could not be normalised: place, value, cure. The record goes to quarantine.</param>
public sealed record CleanSave(NormaliseRow Row, CleanRecord? Clean, RecipeVersion Recipe, string? Failure = null);

/// <summary>What a batch of <see cref="CleanSave"/> changed. <paramref name="Changed"/> counts new ones too.</summary>
public sealed record CleanCounts(int Changed, int Unchanged, int Removed, int Quarantined);

/// <summary>A clean record with its id. Issues are not loaded unless the method says so.</summary>
public sealed record CleanRow(long RecordId, CleanRecord Record);

/// <summary>How many clean records have one issue, with one or two of them as source keys.</summary>
public sealed record IssueCount(string Source, EntityKind Kind, Field Field, IssueCode Code, bool Rejected, long Records, ImmutableArray<string> Samples);

/// <summary>A clean record that is to be matched.</summary>
/// <param name="RecordId">Its id.</param>
/// <param name="Seq">Of its work row.</param>
/// <param name="Kind">Null when the clean record was removed: its edges and its place in a cluster are to go.</param>
/// <param name="KnownAs">The kind under which it has match keys; null where it has none.</param>
/// <param name="Reason">Why.</param>
public sealed record DirtyRecord(long RecordId, long Seq, EntityKind? Kind, EntityKind? KnownAs, string Reason)
{
    /// <summary>The kind that its work is done with.</summary>
    public EntityKind Home => Kind ?? KnownAs ?? EntityKind.Contact;

    /// <summary>True where it is, or was until now, one of the kind.</summary>
    public bool Concerns(EntityKind kind) => Home == kind || KnownAs == kind;
}

/// <summary>One record's match key.</summary>
public readonly record struct RecordKey(EntityKind Kind, MatchKey Key, long RecordId);

/// <summary>A key that one record has instead of a match key whose block is over the cap.</summary>
/// <param name="Kind">Contact or company.</param>
/// <param name="Key">The key.</param>
/// <param name="Place">Where the record stands among those that have it.</param>
/// <param name="RecordId">The record.</param>
public readonly record struct FinerKey(EntityKind Kind, MatchKey Key, long Place, long RecordId);

/// <summary>What match keys of a kind stand on.</summary>
/// <param name="Kind">Contact or company.</param>
/// <param name="Recipe">The model's version; null where keys, edges and clusters are not all there.</param>
public sealed record MatchState(EntityKind Kind, RecipeVersion? Recipe);

/// <summary>Which cluster a record is in.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="ClusterId">The cluster, by convention its least record id; null to take the record out.</param>
public readonly record struct ClusterAssignment(long RecordId, long? ClusterId);

/// <summary>A pair for the merge queue.</summary>
/// <param name="Id">Short, derived from the two source keys by the caller.</param>
/// <param name="RecordA">The smaller record id.</param>
/// <param name="RecordB">The greater.</param>
/// <param name="Weight">In bits.</param>
public sealed record QueuePair(string Id, long RecordA, long RecordB, double Weight);

/// <summary>The outcome of matching some dirty records.</summary>
/// <param name="Done">What was taken. Their work rows go, unless enqueued again meanwhile; all of them are handed on to Merge.</param>
/// <param name="GoneEdges">Edges that no longer hold.</param>
/// <param name="Edges">New edges, the smaller id first. An edge that exists gets the new weight.</param>
/// <param name="Assignments">Records whose cluster changes; those that stay need not be named. Each is handed on to Merge.</param>
/// <param name="Queue">Pairs that belong in the queue. A new one is opened, an obsolete one opened again, an open one gets the weight, a decided one stays as it is.</param>
/// <param name="Obsolete">Ids of queue rows that no longer hold; open ones become obsolete.</param>
public sealed record MatchSave(
    IReadOnlyList<DirtyRecord> Done,
    IReadOnlyList<Edge> GoneEdges,
    IReadOnlyList<Edge> Edges,
    IReadOnlyList<ClusterAssignment> Assignments,
    IReadOnlyList<QueuePair> Queue,
    IReadOnlyList<string> Obsolete)
{
    /// <summary>Match keys that records no longer have.</summary>
    public IReadOnlyList<RecordKey> GoneKeys { get; init; } = [];

    /// <summary>Match keys that records have from now on.</summary>
    public IReadOnlyList<RecordKey> Keys { get; init; } = [];

    /// <summary>Finer keys that records no longer have.</summary>
    public IReadOnlyList<FinerKey> GoneFinerKeys { get; init; } = [];

    /// <summary>Finer keys that records have from now on.</summary>
    public IReadOnlyList<FinerKey> FinerKeys { get; init; } = [];

    /// <summary>What the kind's keys stand on from now on; null leaves it as it is.</summary>
    public MatchState? State { get; init; }
}

/// <summary>
/// Some clusters to be merged and all that deciding needs: the clusters of the dirty records, the golden records that any of those records or their fellow members belong to,
/// and the clusters of those golden records' other records.
/// </summary>
/// <param name="Work">The work rows of every record named here; hand them back in <see cref="MergeSave.Done"/>. Empty: nothing is left to merge.</param>
/// <param name="Clusters">By id, ascending. A cluster here is complete.</param>
/// <param name="Goldens">Golden records that any record named here belongs to now, by id.</param>
/// <param name="Last">The greatest key that was asked for.</param>
public sealed record MergeBatch(IReadOnlyList<WorkRow> Work, IReadOnlyList<ClusterContent> Clusters, IReadOnlyList<GoldenState> Goldens, long Last);

/// <summary>One cluster with its members' clean records.</summary>
/// <param name="ClusterId">Its id.</param>
/// <param name="Members">By source key, ascending; never empty.</param>
/// <param name="Locks">The field locks that hang on its members, the latest first.</param>
public sealed record ClusterContent(long ClusterId, IReadOnlyList<ClusterMember> Members, IReadOnlyList<FieldLock> Locks);

/// <summary>A field lock with what it hangs on.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="RecordId">The source record that it hangs on.</param>
/// <param name="Lock">The word.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Why">Their reason, or the batch that it came from; null for none.</param>
public sealed record HeldLock(Guid Id, long RecordId, FieldLock Lock, string By, DateTimeOffset At, string? Why);

/// <summary>One member of a cluster.</summary>
/// <param name="RecordId">Its id.</param>
/// <param name="Record">With issues and consents.</param>
/// <param name="Golden">The golden record that the crosswalk gives for it now; null for a record new to the crosswalk.</param>
public sealed record ClusterMember(long RecordId, CleanRecord Record, GoldenId? Golden);

/// <summary>A golden record as it stands.</summary>
/// <param name="Row">Its row with values.</param>
/// <param name="Records">All its source records by the crosswalk, with the cluster that each is in now (null: in none, its clean record is gone or not yet matched).</param>
public sealed record GoldenState(GoldenRow Row, IReadOnlyList<GoldenMember> Records);

/// <summary>One source record of a golden record.</summary>
public sealed record GoldenMember(long RecordId, SourceKey Key, long? ClusterId);

/// <summary>A golden record.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Row">Its number in the store: the key of <see cref="Stage.Sync"/>.</param>
/// <param name="Kind">Contact or company.</param>
/// <param name="Values">The values.</param>
/// <param name="Provenance">Where each value is from.</param>
/// <param name="ContentHash">32 hex digits over kind, values, provenance and sources.</param>
/// <param name="Recipe">The survivorship rules that made it.</param>
/// <param name="SourceCount">How many source records it has.</param>
/// <param name="CreatedAt">When it was first built.</param>
/// <param name="UpdatedAt">When its content last changed.</param>
/// <param name="RetiredAt">When it lost its last source record, or was absorbed; null while it lives.</param>
/// <param name="Hygiene">Whether a workflow may write to it, and why not.</param>
public sealed record GoldenRow(
    GoldenId Id,
    long Row,
    EntityKind Kind,
    FieldValues Values,
    ImmutableArray<Provenance> Provenance,
    string ContentHash,
    RecipeVersion Recipe,
    int SourceCount,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? RetiredAt,
    Hygiene Hygiene);

/// <summary>How many living contacts have one hygiene status for the same reasons.</summary>
public sealed record HygieneCount(Hygiene Hygiene, long Contacts);

/// <summary>The new state of one golden record.</summary>
/// <param name="Id">An existing id, or a new UUIDv7.</param>
/// <param name="Content">Its content; null retires it (then <paramref name="Members"/> is empty). Content for a retired one brings it back.</param>
/// <param name="Members">The ids of all its source records: the crosswalk becomes exactly this.</param>
/// <param name="Recipe">The survivorship rules' version.</param>
public sealed record GoldenSave(GoldenId Id, GoldenContent? Content, IReadOnlyList<long> Members, RecipeVersion Recipe);

/// <summary>An id that redirects to another golden record for as long as the merge stands.</summary>
/// <param name="Alias">The absorbed id.</param>
/// <param name="Golden">Where it leads; itself never an alias.</param>
/// <param name="MergeId">The merge that made it.</param>
/// <param name="Since">When.</param>
public sealed record GoldenAlias(GoldenId Alias, GoldenId Golden, Guid MergeId, DateTimeOffset Since);

/// <summary>One merge of two sides.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Survivor">The golden record that lives on.</param>
/// <param name="Absorbed">The golden record that was absorbed; null when one side had none yet.</param>
/// <param name="Left">The survivor's source keys before the merge.</param>
/// <param name="Right">The other side's source keys.</param>
/// <param name="Probability">The match probability that it was made at; null where a person alone decided.</param>
/// <param name="By">Who: <c>auto</c> or a person's name.</param>
/// <param name="At">When.</param>
/// <param name="UndoneAt">When it was taken back; null while it stands.</param>
public sealed record MergeEvent(
    Guid Id,
    GoldenId Survivor,
    GoldenId? Absorbed,
    ImmutableArray<SourceKey> Left,
    ImmutableArray<SourceKey> Right,
    double? Probability,
    string By,
    DateTimeOffset At,
    DateTimeOffset? UndoneAt);

/// <summary>The outcome of merging a batch.</summary>
/// <param name="Done"><see cref="MergeBatch.Work"/>.</param>
/// <param name="Goldens">New states; one that equals what is stored writes nothing.</param>
/// <param name="Aliases">Aliases to set. Aliases that led to one of their <c>Alias</c> ids are led on to the new golden record.</param>
/// <param name="RemovedAliases">Ids that live again.</param>
/// <param name="Merges">Merges that happened.</param>
/// <param name="UndoneMerges">Merges that no longer stand.</param>
/// <param name="Trail">Entries for the audit trail, written as given: name only what changed.</param>
public sealed record MergeSave(
    IReadOnlyList<WorkRow> Done,
    IReadOnlyList<GoldenSave> Goldens,
    IReadOnlyList<GoldenAlias> Aliases,
    IReadOnlyList<GoldenId> RemovedAliases,
    IReadOnlyList<MergeEvent> Merges,
    IReadOnlyList<Guid> UndoneMerges,
    IReadOnlyList<TrailEntry> Trail)
{
    /// <summary>True where it comes of a first pull, a pull of everything again, or a new recipe: it enrols nobody.</summary>
    public bool IsHistory { get; init; }
}

/// <summary>What a <see cref="MergeSave"/> changed.</summary>
public sealed record GoldenCounts(int New, int Changed, int Unchanged, int Retired);

/// <summary>One golden record with all that is known of how it came to be.</summary>
/// <param name="Row">The record.</param>
/// <param name="Sources">Its clean records, by source key, with issues.</param>
/// <param name="Aliases">Ids that lead to it.</param>
/// <param name="Merges">Merges that it survived or was absorbed in, oldest first.</param>
/// <param name="History">The audit trail's entries about it, oldest first.</param>
/// <param name="Company">The company that a contact works for, with the rule that says so; null where none is known, and for companies.</param>
/// <param name="Contacts">How many living contacts work for a company; 0 for contacts.</param>
public sealed record GoldenDetail(
    GoldenRow Row,
    IReadOnlyList<CleanRow> Sources,
    IReadOnlyList<GoldenAlias> Aliases,
    IReadOnlyList<MergeEvent> Merges,
    IReadOnlyList<TrailEntry> History,
    CompanyOfContact? Company,
    long Contacts);

/// <summary>Whom a contact works for.</summary>
/// <param name="Id">The company's golden record.</param>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Rule">How that is known.</param>
public sealed record CompanyOfContact(GoldenId Id, string? Name, CompanyLinkRule Rule);

/// <summary>A golden record as far as links between contacts and companies go.</summary>
/// <param name="Row">Its number in the store.</param>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Contact or company.</param>
/// <param name="IsRetired">True where it lives no more.</param>
/// <param name="Keys">By which contacts and companies find each other.</param>
/// <param name="Values">What <see cref="CompanyLinks"/> looks at.</param>
/// <param name="Link">The contact's present link; null for none.</param>
public sealed record LinkRow(long Row, GoldenId Id, EntityKind Kind, bool IsRetired, LinkKeys Keys, FieldValues Values, CompanyLink? Link);

/// <summary>One line of the crosswalk.</summary>
public sealed record CrosswalkRow(long RecordId, SourceKey Key, GoldenId Golden, EntityKind Kind);

/// <summary>A durable word on one or more pairs.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Same">True: one and the same. False: never to be joined.</param>
/// <param name="By">Who.</param>
/// <param name="At">When. On the same pair the latest word holds.</param>
/// <param name="Why">The person's own words; null where none were given.</param>
/// <param name="Origin">What it came from: <c>review</c>, <c>undo</c>.</param>
public sealed record Decision(Guid Id, bool Same, string By, DateTimeOffset At, string? Why, string Origin);

/// <summary>A decision with all that is to happen in its transaction.</summary>
/// <param name="Decision">The word.</param>
/// <param name="Pairs">The pairs that it is about; <see cref="PairDecision.Same"/> as the decision's. The smaller key first.</param>
/// <param name="Rematch">Record ids to hand to Match, so that the decision takes effect.</param>
/// <param name="QueueId">The queue row that it settles; null for none.</param>
/// <param name="UndoneMerges">Merges that it takes back.</param>
/// <param name="Trail">Entries for the audit trail.</param>
public sealed record DecisionSave(
    Decision Decision,
    IReadOnlyList<PairDecision> Pairs,
    IReadOnlyList<long> Rematch,
    string? QueueId,
    IReadOnlyList<Guid> UndoneMerges,
    IReadOnlyList<TrailEntry> Trail);

/// <summary>What became of a <see cref="DecisionSave"/>.</summary>
public enum DecisionOutcome
{
    /// <summary>It holds.</summary>
    Saved,

    /// <summary>Nothing was written: the queue row was decided by somebody else, or no longer holds.</summary>
    NotOpen,

    /// <summary>Nothing was written: there is no such queue row.</summary>
    NotFound,
}

/// <summary>Where a pair of the merge queue stands.</summary>
public enum QueueState
{
    /// <summary>Waits for a person.</summary>
    Open = 0,

    /// <summary>Decided: the same.</summary>
    Merged = 1,

    /// <summary>Decided: different.</summary>
    Rejected = 2,

    /// <summary>The records have changed so that the pair is no longer between the thresholds.</summary>
    Obsolete = 3,
}

/// <summary>One pair of the merge queue.</summary>
/// <param name="Id">Short id for people to type.</param>
/// <param name="RecordA">The smaller record id.</param>
/// <param name="RecordB">The greater.</param>
/// <param name="KeyA">The source key of A.</param>
/// <param name="KeyB">The source key of B.</param>
/// <param name="GoldenA">The golden record that A is in; null before it has one.</param>
/// <param name="GoldenB">The golden record that B is in.</param>
/// <param name="Weight">In bits.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CreatedAt">When it came into the queue.</param>
/// <param name="DecidedAt">When it was decided; null while open or obsolete.</param>
/// <param name="DecidedBy">Who decided.</param>
public sealed record QueueRow(
    string Id,
    long RecordA,
    long RecordB,
    SourceKey KeyA,
    SourceKey KeyB,
    GoldenId? GoldenA,
    GoldenId? GoldenB,
    double Weight,
    QueueState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DecidedAt,
    string? DecidedBy);

/// <summary>One line of the consent ledger.</summary>
/// <param name="PointHmac">HMAC-SHA256 of channel and contact point, 32 bytes.</param>
/// <param name="Channel">E-mail or SMS.</param>
/// <param name="Purpose">What for.</param>
/// <param name="State">What was said.</param>
/// <param name="Key">The source record that said it.</param>
/// <param name="At">When it was said, if the source tells.</param>
/// <param name="RecordedAt">When the hub learnt it.</param>
public sealed record ConsentRow(
    byte[] PointHmac,
    Channel Channel,
    string Purpose,
    ConsentState State,
    SourceKey Key,
    DateTimeOffset? At,
    DateTimeOffset RecordedAt);

/// <summary>A contact point that is not to be written to.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Channel">On this channel.</param>
/// <param name="Point">The address or E.164 number. Only its HMAC is kept.</param>
/// <param name="Purpose">For what: <c>marketing</c>, or <see cref="Purposes.Every"/>, which makes the point unusable.</param>
/// <param name="Reason">Why.</param>
/// <param name="Why">The person's own words, or what it came from; null for none.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record SuppressionAdd(
    Guid Id, Channel Channel, string Point, string Purpose, SuppressionReason Reason, string? Why, string By, DateTimeOffset At);

/// <summary>A suppression as the ledger has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Channel">On this channel.</param>
/// <param name="Purpose">For what.</param>
/// <param name="Reason">Why.</param>
/// <param name="Why">The person's own words.</param>
/// <param name="By">Who suppressed.</param>
/// <param name="At">When.</param>
/// <param name="ReleasedAt">When it was released; null while it holds.</param>
/// <param name="ReleasedBy">Who released it.</param>
public sealed record SuppressionRow(
    Guid Id,
    Channel Channel,
    string Purpose,
    SuppressionReason Reason,
    string? Why,
    string By,
    DateTimeOffset At,
    DateTimeOffset? ReleasedAt,
    string? ReleasedBy);

/// <summary>Something that a stage could not handle.</summary>
/// <param name="Scope">What it is about: <c>row</c> (a row that could not be read), <c>record</c>, <c>cluster</c>.</param>
/// <param name="Stage">The stage's word: <c>pull</c>, <c>normalise</c>, <c>match</c>, <c>merge</c>.</param>
/// <param name="Source">The source; null where none is concerned.</param>
/// <param name="Stream">The stream; null where none is concerned.</param>
/// <param name="Place">Where, so that a person finds it: <c>contacts.csv:412</c>, an external id. With stage, source and stream it tells repeated failures from new ones.</param>
/// <param name="RecordId">The source record; null for rows that never landed.</param>
/// <param name="Error">What is wrong and the cure.</param>
/// <param name="Raw">The text that could not be handled, as far as known.</param>
/// <param name="Recipe">The recipe that it was tried with; null where none was.</param>
public sealed record QuarantineAdd(
    string Scope,
    string Stage,
    string? Source,
    string? Stream,
    string Place,
    long? RecordId,
    string Error,
    string? Raw,
    RecipeVersion? Recipe);

/// <summary>A row of the quarantine.</summary>
/// <param name="Id">Its number, for people to type.</param>
/// <param name="What">What was put there, as of the last attempt.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Since">First failure.</param>
/// <param name="LastAt">Last failure.</param>
/// <param name="ClearedAt">When it was handled after all; null while it is in quarantine.</param>
/// <param name="ClearedBy">Who or what cleared it.</param>
public sealed record QuarantineRow(
    long Id,
    QuarantineAdd What,
    int Attempts,
    DateTimeOffset Since,
    DateTimeOffset LastAt,
    DateTimeOffset? ClearedAt,
    string? ClearedBy);

/// <summary>One line of the audit trail: who did what to what, before, after, why. Append-only.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who: a person's name, or <c>auto</c>.</param>
/// <param name="Action">What: <c>merge</c>, <c>unmerge</c>, <c>field.changed</c>, <c>write_back</c>.</param>
/// <param name="SubjectKind">What kind of thing: <c>golden</c>, <c>pair</c>, <c>source</c>.</param>
/// <param name="SubjectId">Its id.</param>
/// <param name="Before">JSON; null where there was nothing.</param>
/// <param name="After">JSON; null where nothing is left.</param>
/// <param name="Why">The reason; null where none was given.</param>
public sealed record TrailEntry(
    DateTimeOffset At,
    string By,
    string Action,
    string SubjectKind,
    string SubjectId,
    string? Before,
    string? After,
    string? Why);

/// <summary>Where a fix batch stands.</summary>
public enum FixState
{
    /// <summary>Its preview is being written; one that stays so was killed, and is thrown away by the next preview.</summary>
    Drafted = 0,

    /// <summary>Shown to a person, nothing changed.</summary>
    Previewed = 1,

    /// <summary>Begun, and perhaps killed: applying goes on, or undoing takes back what was done.</summary>
    Applying = 2,

    /// <summary>Applied.</summary>
    Applied = 3,

    /// <summary>Being taken back, and perhaps killed: undoing goes on.</summary>
    Undoing = 4,

    /// <summary>Taken back.</summary>
    Undone = 5,
}

/// <summary>What one item of a fix batch does.</summary>
public enum FixAction
{
    /// <summary>Corrects a field.</summary>
    Correct = 0,

    /// <summary>Suppresses a contact point.</summary>
    Suppress = 1,

    /// <summary>Decides that a pair of the merge queue is one.</summary>
    Same = 2,
}

/// <summary>Where one item of a fix batch stands.</summary>
public enum FixItemState
{
    /// <summary>To be applied.</summary>
    Pending = 0,

    /// <summary>Applied.</summary>
    Applied = 1,

    /// <summary>Left out, because its data moved before it was its turn.</summary>
    Moved = 2,

    /// <summary>Taken back.</summary>
    Undone = 3,

    /// <summary>Taken back, and yet not as it was before: a person has had a word on the same thing since, and that holds.</summary>
    Overtaken = 4,
}

/// <summary>One batch of changes that mends a finding, previewed first and undone as a whole.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Finding">The finding's code.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Items">How many changes.</param>
/// <param name="PreviewedAt">When it was drawn up.</param>
/// <param name="PreviewedBy">By whom.</param>
/// <param name="AppliedAt">When applying began; null before.</param>
/// <param name="AppliedBy">By whom.</param>
/// <param name="UndoneAt">When undoing began; null before.</param>
/// <param name="UndoneBy">By whom.</param>
public sealed record FixBatch(
    Guid Id,
    string Finding,
    FixState State,
    long Items,
    DateTimeOffset PreviewedAt,
    string PreviewedBy,
    DateTimeOffset? AppliedAt = null,
    string? AppliedBy = null,
    DateTimeOffset? UndoneAt = null,
    string? UndoneBy = null);

/// <summary>What one change is: equal for the same change, whenever it was drawn up.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Golden">The contact concerned; of a pair the one of its smaller record.</param>
/// <param name="RecordId">The source record that a lock hangs on; of a pair the smaller one.</param>
/// <param name="Field">The corrected field; null for the other actions.</param>
/// <param name="Before">The value before, the suppressed point, or the one source key of a pair; null for no value.</param>
/// <param name="After">The value after, or the other source key; null for none.</param>
/// <param name="Channel">Of a suppression.</param>
/// <param name="Purpose">Of a suppression.</param>
/// <param name="Reason">Of a suppression.</param>
/// <param name="PairId">The pair of the merge queue.</param>
public sealed record FixChangeRow(
    FixAction Action,
    GoldenId Golden,
    long RecordId,
    Field? Field = null,
    string? Before = null,
    string? After = null,
    Channel? Channel = null,
    string? Purpose = null,
    SuppressionReason? Reason = null,
    string? PairId = null);

/// <summary>One item of a fix batch.</summary>
/// <param name="Position">Its place in the batch, from 0.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Change">What it is.</param>
/// <param name="Effect">The lock, suppression or decision that applying made; null before.</param>
public sealed record FixItem(int Position, FixItemState State, FixChangeRow Change, Guid? Effect = null);

/// <summary>A hygiene report.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="At">When.</param>
/// <param name="Scope">What it is about: <c>all</c>, or a workflow's name.</param>
/// <param name="Score">Out of 100.</param>
/// <param name="Verdict">In the audit's words.</param>
/// <param name="Report">The whole report, JSON.</param>
public sealed record AuditRow(Guid Id, DateTimeOffset At, string Scope, double Score, string Verdict, string Report);

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>Under way.</summary>
    Running = 0,

    /// <summary>Ended, all done.</summary>
    Done = 1,

    /// <summary>Ended; something went to quarantine or one of its parts failed.</summary>
    Partly = 2,

    /// <summary>Ended by an error.</summary>
    Failed = 3,

    /// <summary>Never ended: the process was killed.</summary>
    Interrupted = 4,
}

/// <summary>One run.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Kind">What was run: <c>sync</c>, <c>import</c>, <c>audit</c>.</param>
/// <param name="Source">The source; null for runs over all.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended; null while under way.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Counts">Numbers by name.</param>
/// <param name="Errors">What went wrong, for people.</param>
public sealed record RunRow(
    Guid Id,
    string Kind,
    string? Source,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    RunStatus Status,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyList<string> Errors);

/// <summary>Where an outbox row stands.</summary>
public enum OutboxState
{
    /// <summary>To be delivered.</summary>
    Waiting = 0,

    /// <summary>Delivered.</summary>
    Delivered = 1,

    /// <summary>Refused for good.</summary>
    Failed = 2,
}

/// <summary>What stands in the outbox, beside messages.</summary>
public static class OutboxKinds
{
    /// <summary>Fields for one row of a source.</summary>
    public const string WriteBack = "write_back";

    /// <summary>A suppression; without a source one that is still to be spread over the contact's source records.</summary>
    public const string Suppress = "suppress";

    /// <summary>A question to enrichment vendors.</summary>
    public const string Enrich = "enrich";

    /// <summary>A question to the agent.</summary>
    public const string Decide = "decide";

    /// <summary>A note to one's own team.</summary>
    public const string Slack = "slack";

    /// <summary>An activity; without a source as <see cref="Suppress"/>.</summary>
    public const string Activity = "activity";
}

/// <summary>How many rows of the outbox stand where.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Source">The source; empty where none is meant.</param>
/// <param name="State">Where they stand.</param>
/// <param name="Rows">How many.</param>
/// <param name="Error">One of the refusals; null for none.</param>
public sealed record OutboxCount(string Kind, string Source, OutboxState State, long Rows, string? Error);

/// <summary>Something to be delivered.</summary>
/// <param name="Kind">What it is: see <see cref="OutboxKinds"/>.</param>
/// <param name="Source">The source to write to; empty where none is meant.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="ExternalId">The row to write to.</param>
/// <param name="Golden">The golden record that the values are of.</param>
/// <param name="Payload">What to write, JSON.</param>
/// <param name="Key">Unique for ever: one that exists is not added again.</param>
public sealed record OutboxAdd(string Kind, string Source, string Stream, string ExternalId, GoldenId? Golden, string Payload, string Key);

/// <summary>A row of the outbox.</summary>
/// <param name="Id">Its number.</param>
/// <param name="What">What is to be delivered.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">How often it was claimed.</param>
/// <param name="NextAt">Not before this. A claimed row has the end of its claim here.</param>
/// <param name="CreatedAt">When it was decided.</param>
/// <param name="DeliveredAt">When it was delivered.</param>
/// <param name="Error">The last refusal.</param>
public sealed record OutboxRow(
    long Id,
    OutboxAdd What,
    OutboxState State,
    int Attempts,
    DateTimeOffset NextAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DeliveredAt,
    string? Error);

/// <summary>Counts of one source.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Records">Source records that are not deleted.</param>
/// <param name="Deleted">Source records that are.</param>
/// <param name="Clean">Clean records.</param>
/// <param name="Golden">Golden records that it contributes to.</param>
public sealed record SourceCounts(string Source, string Stream, long Records, long Deleted, long Clean, long Golden);

/// <summary>Counts over everything.</summary>
/// <param name="Contacts">Living golden contacts.</param>
/// <param name="Companies">Living golden companies.</param>
/// <param name="CleanContacts">Clean contacts.</param>
/// <param name="CleanCompanies">Clean companies.</param>
/// <param name="OpenQueue">Open pairs in the merge queue.</param>
/// <param name="InQuarantine">Rows in quarantine, not cleared.</param>
/// <param name="Merges">Merges that stand.</param>
public sealed record Totals(long Contacts, long Companies, long CleanContacts, long CleanCompanies, long OpenQueue, long InQuarantine, long Merges);
