using NodaTime;

namespace IntegrationHub.Workflows;

/// <summary>In which zone a contact lives.</summary>
public static class ContactZone
{
    /// <summary>The zone, and whether it is the contact's own.</summary>
    public static (DateTimeZone Zone, bool Known) Of(ContactView view)
    {
        var fallback = DateTimeZoneProviders.Tzdb[view.Set.Sending.DefaultZone];
        return (fallback, false);
    }
}
