using System.Text.Json;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>The word of a person or a program that a contact is to enter a workflow: kept as an event, so that it is neither lost nor done twice, whichever process runs the workflows.</summary>
public static class EnrolRequest
{
    /// <summary>The type; no source can send it.</summary>
    public const string Type = "hub.enrol";

    /// <summary>The request.</summary>
    public static HubEvent Of(Guid id, GoldenId contact, string workflow, string why, DateTimeOffset at) => new(
        $"enrol:{id}", Type, at, new EventContact(Id: contact.ToString()), EventProperties.Parse(JsonSerializer.Serialize(new { workflow, why })));
}
