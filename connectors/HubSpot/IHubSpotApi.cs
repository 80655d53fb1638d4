using IntegrationHub.Connect.Http;
using Refit;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>The part of HubSpot's CRM API, version 3, that the connector calls.</summary>
public interface IHubSpotApi
{
    /// <summary>Contacts in HubSpot's own order. Archived ones come only when asked for, and then alone.</summary>
    [Get("/crm/v3/objects/contacts")]
    Task<HttpResponseMessage> List(int limit, string? after, string? properties, bool archived, CancellationToken ct);

    /// <summary>Contacts by filter. Its index lags behind writes, and it ends after 10,000 results.</summary>
    [Post("/crm/v3/objects/contacts/search")]
    [Headers(CallMarks.Idempotent)]
    Task<HttpResponseMessage> Search([Body] SearchRequest request, CancellationToken ct);

    /// <summary>Given contacts with given properties: for accounts with more properties than a list call's address holds.</summary>
    [Post("/crm/v3/objects/contacts/batch/read")]
    [Headers(CallMarks.Idempotent)]
    Task<HttpResponseMessage> Read([Body] ReadRequest request, bool archived, CancellationToken ct);

    /// <summary>Sets properties of existing contacts. Setting the same values twice changes nothing more.</summary>
    [Post("/crm/v3/objects/contacts/batch/update")]
    [Headers(CallMarks.Idempotent, CallMarks.ReadsErrors)]
    Task<HttpResponseMessage> Update([Body] UpdateRequest request, CancellationToken ct);

    /// <summary>Unsubscribes an address from all mail. Unsubscribing twice changes nothing more.</summary>
    [Post("/communication-preferences/v4/statuses/{email}/unsubscribe-all")]
    [Headers(CallMarks.Idempotent, CallMarks.ReadsErrors)]
    Task<HttpResponseMessage> Unsubscribe(string email, string channel, CancellationToken ct);

    /// <summary>Makes a note. HubSpot takes no key for it: sent twice it is two notes.</summary>
    [Post("/crm/v3/objects/notes")]
    [Headers(CallMarks.ReadsErrors)]
    Task<HttpResponseMessage> MakeNote([Body] NoteRequest request, CancellationToken ct);

    /// <summary>The notes of a contact, the latest 500.</summary>
    [Get("/crm/v4/objects/contacts/{id}/associations/notes")]
    Task<HttpResponseMessage> NotesOf(string id, int limit, CancellationToken ct);

    /// <summary>Notes by their ids.</summary>
    [Post("/crm/v3/objects/notes/batch/read")]
    [Headers(CallMarks.Idempotent)]
    Task<HttpResponseMessage> ReadNotes([Body] ReadRequest request, CancellationToken ct);

    /// <summary>The properties that contacts have in this account.</summary>
    [Get("/crm/v3/properties/contacts")]
    Task<HttpResponseMessage> Properties(CancellationToken ct);
}
