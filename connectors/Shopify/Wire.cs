using System.Text.Json.Serialization;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Body of a call.</summary>
public sealed record GraphQuery(string Query, Variables Variables);

/// <summary>Variables of all queries of this connector.</summary>
/// <param name="First">Rows wanted; Shopify allows 250.</param>
/// <param name="After">The end cursor of the page before; it belongs to one sort key and one filter.</param>
/// <param name="Query">Shopify's search syntax.</param>
/// <param name="SortKey">ID or UPDATED_AT.</param>
/// <param name="Id">The one row that is asked for.</param>
public sealed record Variables(int? First, string? After, string? Query, string? SortKey, string? Id = null);

/// <summary>What an answer says beside its data.</summary>
public sealed record Envelope(IReadOnlyList<GraphError>? Errors, Extensions? Extensions);

/// <summary>Why a query, or a part of it, was not answered. Comes with HTTP 200.</summary>
public sealed record GraphError(string? Message, ErrorExtensions? Extensions);

/// <summary>The kind of error: THROTTLED, ACCESS_DENIED, MAX_COST_EXCEEDED, …</summary>
public sealed record ErrorExtensions(string? Code);

/// <summary>What comes with every answer.</summary>
public sealed record Extensions(QueryCost? Cost);

/// <summary>Price of a query, in points.</summary>
/// <param name="RequestedQueryCost">What it could have cost at most; this much must be in the bucket.</param>
/// <param name="ActualQueryCost">What was taken in the end.</param>
/// <param name="ThrottleStatus">The bucket afterwards.</param>
public sealed record QueryCost(double RequestedQueryCost, double? ActualQueryCost, ThrottleStatus? ThrottleStatus);

/// <summary>The bucket of points.</summary>
public sealed record ThrottleStatus(double MaximumAvailable, double CurrentlyAvailable, double RestoreRate);

/// <summary>Answer of the query for metafield definitions.</summary>
public sealed record DefinitionsAnswer(DefinitionsData? Data);

/// <summary>Data of that answer.</summary>
public sealed record DefinitionsData(Definitions? MetafieldDefinitions);

/// <summary>The definitions.</summary>
public sealed record Definitions(IReadOnlyList<Definition> Nodes);

/// <summary>One custom field of customers.</summary>
public sealed record Definition(string Namespace, string Key, string? Name);

/// <summary>A row's metafields, as Shopify gives them.</summary>
public sealed record MetafieldsOfRow(Metafields? Metafields);

/// <summary>The connection of metafields.</summary>
public sealed record Metafields(IReadOnlyList<Metafield>? Nodes);

/// <summary>One metafield with its value.</summary>
public sealed record Metafield(string Namespace, string Key, string? Value);

/// <summary>Where a pull stands.</summary>
/// <param name="Start">When this run began by Shopify's clock, in seconds since 1970: the next run's <paramref name="Since"/>.</param>
/// <param name="Since">Rows updated since then are read, in seconds since 1970; null in a full pull.</param>
/// <param name="After">Shopify's cursor.</param>
/// <param name="Done">Caught up; the next pull begins at <paramref name="Start"/>.</param>
public sealed record Cursor(long Start, long? Since, string? After = null, bool Done = false);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GraphQuery))]
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(DefinitionsAnswer))]
[JsonSerializable(typeof(MetafieldsOfRow))]
[JsonSerializable(typeof(SortedDictionary<string, SortedDictionary<string, string?>>))]
[JsonSerializable(typeof(Cursor))]
internal sealed partial class ShopifyJson : JsonSerializerContext;
