namespace IntegrationHub.Workflows;

/// <summary>Something a contact did, as a source told it.</summary>
/// <param name="Id">The dedupe key, unique for ever: an event with an id that is known is the same event.</param>
/// <param name="Type">One of <see cref="EventTypes"/>, or <c>custom.*</c>.</param>
/// <param name="At">When it happened, at the source.</param>
/// <param name="Contact">Whom it is of.</param>
/// <param name="Properties">What else the source says of it.</param>
public sealed record HubEvent(string Id, string Type, DateTimeOffset At, EventContact Contact, EventProperties Properties) : IComparable<HubEvent>
{
    /// <summary>By time, then by id: the one order in which events of a contact are looked at.</summary>
    public int CompareTo(HubEvent? other)
    {
        if (other is null) return 1;
        var byTime = At.UtcTicks.CompareTo(other.At.UtcTicks);
        return byTime != 0 ? byTime : string.CompareOrdinal(Id, other.Id);
    }
}

/// <summary>The keys by which an event names its contact; at least one is there.</summary>
/// <param name="Email">An e-mail address, as the source wrote it.</param>
/// <param name="Phone">A phone number, as the source wrote it.</param>
/// <param name="Id">The golden id; in a simulation the file's id.</param>
/// <param name="Source">With <paramref name="ExternalId"/>: the source that knows the contact.</param>
/// <param name="ExternalId">The contact's id there.</param>
public sealed record EventContact(string? Email = null, string? Phone = null, string? Id = null, string? Source = null, string? ExternalId = null)
{
    /// <summary>True when there is nothing to find a contact by.</summary>
    public bool IsEmpty => Email is null && Phone is null && Id is null && (Source is null || ExternalId is null);
}
