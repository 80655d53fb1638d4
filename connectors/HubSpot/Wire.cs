using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Body of a search. HubSpot requires every field of it.</summary>
public sealed record SearchRequest(
    IReadOnlyList<FilterGroup> FilterGroups, IReadOnlyList<string> Sorts, IReadOnlyList<string> Properties, int Limit, string After);

/// <summary>Filters that must all hold.</summary>
public sealed record FilterGroup(IReadOnlyList<Filter> Filters);

/// <summary>One condition; instants are milliseconds since 1970 as text.</summary>
public sealed record Filter(string PropertyName, string Operator, string Value);

/// <summary>Body of a batch read.</summary>
public sealed record ReadRequest(IReadOnlyList<string> Properties, IReadOnlyList<ReadInput> Inputs, IReadOnlyList<string> PropertiesWithHistory);

/// <summary>One contact of a batch read.</summary>
public sealed record ReadInput(string Id);

/// <summary>Body of a batch update.</summary>
public sealed record UpdateRequest(IReadOnlyList<UpdateInput> Inputs);

/// <summary>New values for one contact.</summary>
/// <param name="Id">The contact's id.</param>
/// <param name="Properties">All values are texts; an empty one clears.</param>
/// <param name="ObjectWriteTraceId">Comes back in the errors, to tell which input failed.</param>
public sealed record UpdateInput(string Id, IReadOnlyDictionary<string, string> Properties, string ObjectWriteTraceId);

/// <summary>Answer of a batch update: 200, or 207 with errors beside the results.</summary>
public sealed record UpdateAnswer(IReadOnlyList<ReadInput>? Results, IReadOnlyList<UpdateError>? Errors);

/// <summary>One failure of a batch.</summary>
public sealed record UpdateError(string? Status, string? Category, string? Message, IReadOnlyDictionary<string, JsonElement>? Context);

/// <summary>A note to be made.</summary>
public sealed record NoteRequest(IReadOnlyDictionary<string, string> Properties, IReadOnlyList<NoteAssociation> Associations);

/// <summary>What a note is of.</summary>
public sealed record NoteAssociation(ReadInput To, IReadOnlyList<AssociationType> Types);

/// <summary>A kind of association; 202 is HubSpot's own from a note to a contact.</summary>
public sealed record AssociationType(string AssociationCategory, int AssociationTypeId);

/// <summary>One thing that a webhook tells of.</summary>
/// <param name="SubscriptionType">What happened: <c>contact.propertyChange</c>, <c>object.creation</c>.</param>
/// <param name="ObjectTypeId">Of what kind of object, where the type does not say; 0-1 are contacts.</param>
/// <param name="ObjectId">Its id.</param>
/// <param name="PrimaryObjectId">Of a merge: the contact that stays.</param>
/// <param name="NewObjectId">Of a merge: the id that it has from now on.</param>
/// <param name="MergedObjectIds">Of a merge: those that are no more.</param>
public sealed record Notice(string? SubscriptionType, string? ObjectTypeId, long? ObjectId, long? PrimaryObjectId, long? NewObjectId, IReadOnlyList<long>? MergedObjectIds);

/// <summary>The account's properties.</summary>
public sealed record PropertiesAnswer(IReadOnlyList<Property> Results);

/// <summary>One property of contacts.</summary>
public sealed record Property(string Name, string? Label, bool? HubspotDefined, bool? Calculated, bool? Archived);

/// <summary>Where a pull stands.</summary>
/// <param name="Phase">What the next call reads.</param>
/// <param name="Start">When this run began by HubSpot's clock, in milliseconds since 1970: the next run's <paramref name="Since"/>.</param>
/// <param name="Since">Changes since then are searched for, in milliseconds since 1970; null in a full pull.</param>
/// <param name="After">HubSpot's paging token of a list call.</param>
/// <param name="LastId">The greatest contact id that the search has delivered.</param>
public sealed record Cursor(Phase Phase, long Start, long? Since, string? After = null, long LastId = 0);

/// <summary>The steps of a pull, in order.</summary>
public enum Phase
{
    /// <summary>Full: living contacts, by list.</summary>
    List,

    /// <summary>Incremental: changed contacts, by search.</summary>
    Search,

    /// <summary>Both: archived contacts.</summary>
    Archived,

    /// <summary>Caught up; the next pull begins at <see cref="Cursor.Start"/>.</summary>
    Done,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SearchRequest))]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(UpdateRequest))]
[JsonSerializable(typeof(UpdateAnswer))]
[JsonSerializable(typeof(NoteRequest))]
[JsonSerializable(typeof(PropertiesAnswer))]
[JsonSerializable(typeof(IReadOnlyList<Notice>))]
[JsonSerializable(typeof(Cursor))]
internal sealed partial class HubSpotJson : JsonSerializerContext;
