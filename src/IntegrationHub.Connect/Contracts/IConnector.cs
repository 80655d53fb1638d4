using IntegrationHub.Vocabulary;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Connect;

/// <summary>
/// A connection to one system: one folder under connectors/, found by scanning for <see cref="ConnectorAttribute"/>.
/// It has a public constructor that takes a <see cref="ConnectorContext"/>; further capabilities are the interfaces beside this one,
/// implemented where the system has them. An instance serves one configured source and is disposed with its run.
/// </summary>
public interface IConnector
{
    /// <summary>The streams that this system offers, in the order in which they are pulled.</summary>
    IReadOnlyList<StreamDescription> Streams { get; }

    /// <summary>
    /// Pages of a stream from where <paramref name="cursor"/> ended; a null cursor starts a full pull. The sequence ends when the source has been caught up with.
    /// Each page carries the cursor to save with it: a pull that is killed starts again from the last saved one, and delivers at least the records not yet saved.
    /// A record may come twice; one that does not change between two calls comes with the same payload, byte for byte.
    /// </summary>
    /// <param name="stream">One of <see cref="Streams"/>' names.</param>
    /// <param name="cursor">A cursor that this connector made earlier, or null.</param>
    /// <param name="ct">Cancels the pull between and within requests.</param>
    /// <exception cref="ConnectorException">The source refused, is unreachable or answered nonsense; the message says what to do.</exception>
    IAsyncEnumerable<PullPage> Pull(string stream, string? cursor, CancellationToken ct);

    /// <summary>Tries credentials and permissions with as few calls as possible. Never throws for what a person can mend; says it.</summary>
    Task<CheckResult> Check(CancellationToken ct);
}

/// <summary>Marks a connector and names it.</summary>
/// <param name="name">The name in commands and mappings: <c>hubspot</c>.</param>
/// <param name="title">The name in texts: <c>HubSpot</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ConnectorAttribute(string name, string title) : Attribute
{
    /// <summary>The name in commands and mappings.</summary>
    public string Name { get; } = name;

    /// <summary>The name in texts.</summary>
    public string Title { get; } = title;

    /// <summary>True when a source of this kind needs a token.</summary>
    public bool NeedsToken { get; init; }

    /// <summary>True when a source of this kind needs a path instead of a URL.</summary>
    public bool NeedsPath { get; init; }

    /// <summary>Where the API lies unless the source says otherwise; null when each account has its own address.</summary>
    public string? DefaultUrl { get; init; }
}

/// <summary>How a stream tells of deletions.</summary>
public enum DeletionStyle
{
    /// <summary>Deleted rows are delivered with <see cref="RawRecord.Deleted"/>, in full and in incremental pulls.</summary>
    Reported,

    /// <summary>Deleted rows just vanish: what a full pull no longer delivers is deleted.</summary>
    ByAbsence,
}

/// <summary>One stream of a connector.</summary>
/// <param name="Name">One of <see cref="Streams"/>.</param>
/// <param name="Deletions">How deletions are told. In a full pull absence always means deletion.</param>
public sealed record StreamDescription(string Name, DeletionStyle Deletions);

/// <summary>One page of a pull.</summary>
/// <param name="Records">The rows, in the source's order.</param>
/// <param name="Cursor">What to save in the same transaction as the rows.</param>
/// <param name="Problems">Rows that could not be read at all, each with its place and the cure; they go to quarantine.</param>
public sealed record PullPage(IReadOnlyList<RawRecord> Records, string Cursor, IReadOnlyList<PullProblem> Problems)
{
    /// <summary>A page without problems.</summary>
    public PullPage(IReadOnlyList<RawRecord> records, string cursor) : this(records, cursor, []) { }
}

/// <summary>One row as the source has it.</summary>
/// <param name="ExternalId">The system's own id, unique within the stream.</param>
/// <param name="Payload">The row as one JSON object, UTF-8, without insignificant white space; null for a deleted row whose content is not told.</param>
/// <param name="Deleted">True when the source says that the row is gone.</param>
public sealed record RawRecord(string ExternalId, byte[]? Payload, bool Deleted = false);

/// <summary>A row that could not be read.</summary>
/// <param name="Place">Where, so that a person finds it: <c>contacts.csv:412</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Raw">The row's text as far as it could be read.</param>
public sealed record PullProblem(string Place, string Message, string Raw);

/// <summary>The answer of <see cref="IConnector.Check"/>.</summary>
/// <param name="Ok">True when the source can be pulled.</param>
/// <param name="Message">For the person who set the source up: what was found, or what is wrong and the cure.</param>
public sealed record CheckResult(bool Ok, string Message);

/// <summary>Lists the fields of the account, custom ones included.</summary>
public interface IDiscover
{
    /// <summary>The fields that the stream has in this account.</summary>
    Task<IReadOnlyList<DiscoveredField>> Discover(string stream, CancellationToken ct);
}

/// <summary>One field of an account.</summary>
/// <param name="Path">Its path in the payload, as a mapping would write it.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Custom">True when the account added it.</param>
public sealed record DiscoveredField(string Path, string Label, bool Custom);

/// <summary>
/// For systems that can only be read as a whole, such as files: says when an incremental pull would not tell of deletions.
/// Who pulls asks before it hands a saved cursor to <see cref="IConnector.Pull"/>, and starts a full pull (null cursor) where the answer is yes.
/// </summary>
public interface IFullPullWhenChanged
{
    /// <summary>True when something has changed since <paramref name="cursor"/> that only a full pull tells in full; false when nothing has, or an unfinished pull can go on.</summary>
    bool NeedsFullPull(string stream, string cursor);
}

/// <summary>Writes fields back.</summary>
public interface IPush
{
    /// <summary>Updates existing rows in batches of the vendor's size. One result a write, in the same order; only the named properties are touched.</summary>
    Task<IReadOnlyList<PushResult>> Push(string stream, IReadOnlyList<PushWrite> writes, CancellationToken ct);
}

/// <summary>New values for properties of one row.</summary>
/// <param name="ExternalId">The row.</param>
/// <param name="Properties">The vendor's property names and the values to set.</param>
public sealed record PushWrite(string ExternalId, IReadOnlyDictionary<string, string> Properties);

/// <summary>What became of one write.</summary>
/// <param name="ExternalId">The row.</param>
/// <param name="Ok">True when the vendor accepted it.</param>
/// <param name="Message">The vendor's reason where it did not; else null.</param>
/// <param name="Retry">True when the same write may succeed later (limits, outage); false when it never will.</param>
public sealed record PushResult(string ExternalId, bool Ok, string? Message, bool Retry);

/// <summary>Tells the system whom it must not write to any more.</summary>
public interface ISuppress
{
    /// <summary>The channels that can be closed at this system.</summary>
    IReadOnlyList<Channel> SuppressedChannels { get; }

    /// <summary>Closes channels of existing rows. One result a write, in the same order; told again, a closed channel stays closed, and a row that is gone counts as told.</summary>
    Task<IReadOnlyList<PushResult>> Suppress(string stream, IReadOnlyList<SuppressWrite> writes, CancellationToken ct);
}

/// <summary>One channel of one row that is to be closed.</summary>
/// <param name="ExternalId">The row.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Point">The address or number, as the row has it.</param>
/// <param name="Purpose">For what: <c>marketing</c>, or everything (<see cref="Purposes.Every"/>).</param>
/// <param name="Reason">Why.</param>
public sealed record SuppressWrite(string ExternalId, Channel Channel, string Point, string Purpose, SuppressionReason Reason);

/// <summary>Writes activities beside contacts: what the hub did, where those who talk to the contact look.</summary>
public interface ILogActivity
{
    /// <summary>Writes activities. One result a write, in the same order.</summary>
    Task<IReadOnlyList<PushResult>> Log(string stream, IReadOnlyList<ActivityWrite> writes, CancellationToken ct);
}

/// <summary>One activity.</summary>
/// <param name="ExternalId">The row that it is of.</param>
/// <param name="Key">Unique for ever: an activity of the same key is the same.</param>
/// <param name="Text">What happened, in plain words.</param>
/// <param name="At">When.</param>
/// <param name="MaybeDone">True when an earlier attempt was begun whose end nobody knows: the system is asked first whether it has the activity.</param>
public sealed record ActivityWrite(string ExternalId, string Key, string Text, DateTimeOffset At, bool MaybeDone);

/// <summary>What a connector is given.</summary>
/// <param name="Source">The configured source's name.</param>
/// <param name="Url">The API's base address; null for connectors that need a path.</param>
/// <param name="Token">The secret; null where none is configured. Never logged.</param>
/// <param name="Path">A file or folder; null for connectors that need a URL.</param>
/// <param name="Http">Makes the clients, each on the resilience pipeline of <c>Connect/Http</c>.</param>
/// <param name="Time">The clock, for cursors, limits and waits.</param>
/// <param name="Log">No personal data, no secrets.</param>
public sealed record ConnectorContext(
    SourceName Source,
    Uri? Url,
    string? Token,
    string? Path,
    IHttpClientFactory Http,
    TimeProvider Time,
    ILogger Log)
{
    /// <summary>
    /// For connectors that need a path: the columns that make a row's id, as the mapping names them, tried in order: the first that has a value. Empty when the mapping names none.
    /// A file that has none of these columns goes by its layout.
    /// </summary>
    public IReadOnlyList<string> KeyColumns { get; init; } = [];
}

/// <summary>The source refused, is unreachable or answered what it should not; the message names the place and the cure.</summary>
public sealed class ConnectorException : Exception
{
    /// <summary>For a person to act on.</summary>
    public ConnectorException(string message) : base(message) { }

    /// <summary>For a person to act on, with the cause.</summary>
    public ConnectorException(string message, Exception inner) : base(message, inner) { }

    /// <summary>True when the same call may succeed later without anybody's doing: an outage, a limit. False when a person has to act first.</summary>
    public bool Transient { get; init; }

    /// <summary>The HTTP status that was answered; null when no answer came, so that nobody knows whether the call was carried out unless no connection was made.</summary>
    public int? Status { get; internal set; }
}
