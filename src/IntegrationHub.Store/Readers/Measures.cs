using System.Collections.Immutable;
using IntegrationHub.Measuring;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

/// <summary>What reports on workflows are made of.</summary>
public sealed class Measures
{
    private static readonly ImmutableArray<string> Types =
    [
        EventTypes.EmailDelivered, EventTypes.EmailOpened, EventTypes.EmailClicked, EventTypes.EmailBounced, EventTypes.EmailComplained, EventTypes.EmailUnsubscribed, EventTypes.SmsDelivered, EventTypes.OrderPlaced,
        EventTypes.OrderRefunded, EventTypes.TrialStarted, EventTypes.DemoRequested, EventTypes.MeetingBooked, EventTypes.DealCreated, EventTypes.DealWon,
    ];

    private readonly Database database;

    internal Measures(Database database) => this.database = database;

    /// <summary>
    /// The facts of a report: runs that began from <paramref name="from"/> on, messages and events from a look-back before it, all before <paramref name="until"/>: what was known then, so refunds that came later are not in it.
    /// Messages that were handed to a provider count, those to one's own team do not.
    /// </summary>
    /// <param name="from">The report's begin; null for all.</param>
    /// <param name="until">Its end; null for all.</param>
    /// <param name="lookBack">How far back orders look.</param>
    /// <param name="ct">Stops it.</param>
    public Task<MeasuredFacts> Facts(DateTimeOffset? from, DateTimeOffset? until, TimeSpan lookBack, CancellationToken ct) => database.Read(
        async s =>
        {
            var (begin, end) = (from ?? DateTimeOffset.UnixEpoch.AddYears(-70), until ?? DateTimeOffset.UnixEpoch.AddYears(500));
            var earliest = from is null ? begin : begin - lookBack;
            var runs = await s.Query(
                $"SELECT {Of("e")}, e.workflow, e.version, e.visit, e.entered_at, e.control, e.path, e.converted_at FROM enrolment e WHERE e.entered_at >= @0 AND e.entered_at < @1",
                r => new MeasuredEnrolment(r.Guid(0).ToString(), r.Text(1), r.Text(2), r.Int(3), r.Time(4), r.Bool(5), PathOf(r.Text(6)), r.TimeOrNull(7)), ct, begin, end);
            var touches = await s.Query(
                $"SELECT {Of("m")}, COALESCE(m.settled_at, m.created_at), m.workflow, m.version, m.visit, e.path, m.step, m.channel, m.key FROM message m "
                + "LEFT JOIN enrolment e ON e.golden_id = m.golden_id AND e.workflow = m.workflow AND e.visit = m.visit "
                + "WHERE m.status = @2 AND NOT m.internal AND m.created_at >= @0 AND m.created_at < @1",
                r => new Touch(r.Guid(0).ToString(), r.Time(1), r.Text(2), r.Text(3), r.Int(4), PathOf(r.TextOrNull(5) ?? ""), r.Text(6), (Channel)r.Int(7), r.Text(8)), ct, earliest, end, (int)MessageStatus.Delivered);
            var events = await s.Query(
                $"SELECT {Of("e")}, e.id, e.type, e.at, e.properties FROM event e WHERE e.golden_id IS NOT NULL AND e.at >= @0 AND e.at < @1 AND {s.Among("e.type", 2)}",
                r => new ContactEvent(r.Guid(0).ToString(), new HubEvent(r.Text(1), r.Text(2), r.Time(3), new EventContact(Id: r.Guid(0).ToString()), EventProperties.Parse(r.Text(4)))), ct, earliest, end, s.Items(Types));
            return new MeasuredFacts([.. runs], [.. touches], [.. events], []);
        },
        ct);

    // A contact that was merged into another leads there.
    private static string Of(string table) => $"COALESCE((SELECT a.golden_id FROM golden_alias a WHERE a.alias = {table}.golden_id), {table}.golden_id)";

    private static string PathOf(string path) => Paths.Of(path.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
