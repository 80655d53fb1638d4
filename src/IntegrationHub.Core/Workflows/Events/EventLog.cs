using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>The events of one contact in order of time, each once. Immutable. What is asked of it is answered as of an instant, so that late arrivals do not change what was seen.</summary>
public sealed class EventLog
{
    private readonly ImmutableList<HubEvent> events;
    private readonly ImmutableHashSet<string> ids;
    private readonly int length;

    private EventLog(ImmutableList<HubEvent> events, ImmutableHashSet<string> ids, int length)
    {
        this.events = events;
        this.ids = ids;
        this.length = length;
    }

    /// <summary>No event.</summary>
    public static EventLog Empty { get; } = new([], ImmutableHashSet.Create<string>(StringComparer.Ordinal), 0);

    /// <summary>How many there are.</summary>
    public int Count => length;

    /// <summary>A log of these events; repeated ids count once.</summary>
    public static EventLog Of(IEnumerable<HubEvent> events)
    {
        var sorted = events.DistinctBy(e => e.Id, StringComparer.Ordinal).Order().ToImmutableList();
        return new EventLog(sorted, sorted.Select(e => e.Id).ToImmutableHashSet(StringComparer.Ordinal), sorted.Count);
    }

    /// <summary>True when an event of this id is known.</summary>
    public bool Has(string id) => ids.Contains(id);

    /// <summary>The log with one event more; the same log when its id is known.</summary>
    public EventLog With(HubEvent added)
    {
        if (ids.Contains(added.Id)) return this;
        var place = Whole.FirstAfter(added);
        return new EventLog(events.Insert(place, added), ids.Add(added.Id), events.Count + 1);
    }

    /// <summary>What had happened up to an instant, that instant included.</summary>
    public EventLog Until(DateTimeOffset now)
    {
        var (low, high) = (0, events.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (events[middle].At <= now) low = middle + 1;
            else high = middle;
        }

        return low == length ? this : new EventLog(events, ids, low);
    }

    /// <summary>What had happened up to an event, itself included.</summary>
    public EventLog UpTo(HubEvent last)
    {
        var end = Whole.FirstAfter(last);
        return end == length ? this : new EventLog(events, ids, end);
    }

    /// <summary>The events, the latest first.</summary>
    public IEnumerable<HubEvent> LatestFirst()
    {
        for (var i = length - 1; i >= 0; i--) yield return events[i];
    }

    /// <summary>The events, the earliest first.</summary>
    public IEnumerable<HubEvent> InOrder() => events.Take(length);

    /// <summary>The latest event of one of these types; null when there is none.</summary>
    public HubEvent? Latest(params ReadOnlySpan<string> types)
    {
        for (var i = length - 1; i >= 0; i--)
            if (types.Contains(events[i].Type, StringComparer.Ordinal)) return events[i];
        return null;
    }

    /// <summary>An event by its id; null when it is not known, or later than this log reaches.</summary>
    public HubEvent? Find(string id) => ids.Contains(id) ? InOrder().FirstOrDefault(e => e.Id == id) : null;

    private EventLog Whole => length == events.Count ? this : new EventLog(events, ids, events.Count);

    private int FirstAfter(HubEvent sought)
    {
        var (low, high) = (0, length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (events[middle].CompareTo(sought) <= 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
