using System.Globalization;
using System.Text.Json;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.HubSpot;

/// <summary>One contact. Changed only under the account's lock.</summary>
public sealed class HubSpotContact
{
    private static readonly int Email = HubSpotProperty.At("email");
    private static readonly int CreateDate = HubSpotProperty.At("createdate");
    private static readonly int LastModified = HubSpotProperty.At("lastmodifieddate");
    private static readonly int ObjectId = HubSpotProperty.At("hs_object_id");

    private readonly string?[] values = new string?[HubSpotProperty.All.Count];
    private byte[]?[]? encoded;

    /// <summary>A contact without values.</summary>
    public HubSpotContact(long id, DateTimeOffset created)
    {
        Id = id;
        Created = created;
        values[ObjectId] = id.ToString(CultureInfo.InvariantCulture);
        values[CreateDate] = Stamp(created);
        Touch(created);
    }

    /// <summary>hs_object_id.</summary>
    public long Id { get; }

    /// <summary>createdate.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>lastmodifieddate, in whole milliseconds.</summary>
    public DateTimeOffset Modified { get; private set; }

    /// <summary>When it was deleted; null while it lives.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>The e-mail in lower case, by which HubSpot tells contacts apart; null for none.</summary>
    public string? EmailKey => values[Email]?.ToLowerInvariant();

    /// <summary>A property's text; null where empty.</summary>
    public string? this[int property]
    {
        get => values[property];
        set
        {
            values[property] = string.IsNullOrEmpty(value) ? null : value;
            encoded = null;
        }
    }

    /// <summary>Sets lastmodifieddate.</summary>
    public void Touch(DateTimeOffset at)
    {
        Modified = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        this[LastModified] = Stamp(Modified);
    }

    /// <summary>The property as JSON, made once and kept.</summary>
    public ReadOnlySpan<byte> Encoded(int property)
    {
        encoded ??= new byte[]?[values.Length];
        return values[property] is not { } value ? "null"u8
            : encoded[property] ??= JsonSerializer.SerializeToUtf8Bytes(value, Relaxed);
    }

    /// <summary>ISO 8601 with milliseconds and Z, as HubSpot writes instants.</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = Reply.Options.Encoder };
}
