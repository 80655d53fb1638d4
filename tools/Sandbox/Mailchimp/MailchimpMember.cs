using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.Mailchimp;

/// <summary>One member of one audience. Changed only under the account's lock.</summary>
public sealed class MailchimpMember
{
    /// <summary>The members of the JSON object, in order.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "id",
        "email_address",
        "unique_email_id",
        "contact_id",
        "full_name",
        "web_id",
        "email_type",
        "status",
        "consents_to_one_to_one_messaging",
        "sms_phone_number",
        "sms_subscription_status",
        "merge_fields",
        "interests",
        "stats",
        "ip_signup",
        "timestamp_signup",
        "ip_opt",
        "timestamp_opt",
        "member_rating",
        "last_changed",
        "language",
        "vip",
        "email_client",
        "location",
        "source",
        "tags_count",
        "tags",
        "list_id",
        "_links",
    ];

    private byte[]?[]? encoded;
    private DateTimeOffset lastChanged;

    /// <summary>The audience.</summary>
    public required MailchimpList List { get; init; }

    /// <summary>A number that never changes, unlike <see cref="Id"/>.</summary>
    public required int WebId { get; init; }

    /// <summary>The address as typed.</summary>
    public required string Email { get; set; }

    /// <summary>MD5 of the lower-case address, as hex.</summary>
    public string Id => Hash(Email);

    /// <summary>subscribed, unsubscribed, cleaned, pending, transactional, archived.</summary>
    public required string Status { get; set; }

    /// <summary>Merge fields by tag; the address as five lines under <c>ADDRESS.addr1</c> and so on.</summary>
    public Dictionary<string, string> Merge { get; } = new(StringComparer.Ordinal);

    /// <summary>Tag names.</summary>
    public List<string> Tags { get; } = [];

    /// <summary>When they opted in.</summary>
    public required DateTimeOffset OptedIn { get; init; }

    /// <summary>BCP 47; empty for none.</summary>
    public string Language { get; set; } = "";

    /// <summary>Marked by hand as important.</summary>
    public bool Vip { get; set; }

    /// <summary>When anything last changed; Mailchimp keeps whole seconds.</summary>
    public required DateTimeOffset LastChanged
    {
        get => lastChanged;
        set
        {
            lastChanged = DateTimeOffset.FromUnixTimeSeconds(value.ToUnixTimeSeconds());
            encoded = null;
        }
    }

    /// <summary>Writes the fields whose places are given.</summary>
    public void Write(Utf8JsonWriter json, ReadOnlySpan<int> fields)
    {
        encoded ??= Encode();
        json.WriteStartObject();
        foreach (var field in fields)
        {
            json.WritePropertyName(Names[field]);
            json.WriteRawValue(encoded[field]!, skipInputValidation: true);
        }
        json.WriteEndObject();
    }

    /// <summary>MD5 of an address in lower case, the id that Mailchimp gives it.</summary>
    public static string Hash(string email) =>
#pragma warning disable CA5351 // The vendor's own id, no secret.
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));
#pragma warning restore CA5351

    /// <summary>ISO 8601 with offset and whole seconds.</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);

    private static readonly JsonEncodedText[] Names = [.. Fields.Select(f => JsonEncodedText.Encode(f))];

    private byte[]?[] Encode()
    {
        var made = new byte[Fields.Count][];
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(buffer, Reply.Options);
        for (var i = 0; i < made.Length; i++)
        {
            buffer.ResetWrittenCount();
            json.Reset(buffer);
            WriteValue(json, Fields[i]);
            json.Flush();
            made[i] = buffer.WrittenSpan.ToArray();
        }
        return made;
    }

    private void WriteValue(Utf8JsonWriter json, string field)
    {
        switch (field)
        {
            case "id": json.WriteStringValue(Id); break;
            case "email_address": json.WriteStringValue(Email); break;
            case "unique_email_id": json.WriteStringValue(Hash("unique " + Email)[..10]); break;
            case "contact_id": json.WriteStringValue(Hash($"contact {WebId}")); break;
            case "full_name": json.WriteStringValue($"{Merge.GetValueOrDefault("FNAME")} {Merge.GetValueOrDefault("LNAME")}".Trim()); break;
            case "web_id": json.WriteNumberValue(WebId); break;
            case "email_type": json.WriteStringValue("html"); break;
            case "status": json.WriteStringValue(Status); break;
            case "consents_to_one_to_one_messaging": json.WriteBooleanValue(Status == "subscribed"); break;
            case "merge_fields": WriteMerge(json); break;
            case "interests": WriteEmpty(json); break;
            case "stats":
                json.WriteStartObject();
                json.WriteNumber("avg_open_rate", WebId % 100 / 100m);
                json.WriteNumber("avg_click_rate", WebId % 20 / 100m);
                json.WriteEndObject();
                break;
            case "timestamp_opt": json.WriteStringValue(Stamp(OptedIn)); break;
            case "member_rating": json.WriteNumberValue(2 + WebId % 4); break;
            case "last_changed": json.WriteStringValue(Stamp(LastChanged)); break;
            case "language": json.WriteStringValue(Language); break;
            case "vip": json.WriteBooleanValue(Vip); break;
            case "location":
                json.WriteStartObject();
                json.WriteNumber("latitude", 0);
                json.WriteNumber("longitude", 0);
                json.WriteNumber("gmtoff", 0);
                json.WriteNumber("dstoff", 0);
                json.WriteString("country_code", "");
                json.WriteString("timezone", "");
                json.WriteString("region", "");
                json.WriteEndObject();
                break;
            case "source": json.WriteStringValue("API - Generic"); break;
            case "tags_count": json.WriteNumberValue(Tags.Count); break;
            case "tags":
                json.WriteStartArray();
                foreach (var tag in Tags)
                {
                    json.WriteStartObject();
                    json.WriteNumber("id", List.TagId(tag));
                    json.WriteString("name", tag);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                break;
            case "list_id": json.WriteStringValue(List.Id); break;
            case "_links": WriteLinks(json); break;
            default: json.WriteStringValue(""); break;
        }
    }

    private void WriteMerge(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var field in MailchimpList.MergeFields)
        {
            if (field.Type != "address")
            {
                json.WriteString(field.Tag, Merge.GetValueOrDefault(field.Tag, ""));
                continue;
            }
            if (!Merge.ContainsKey("ADDRESS.addr1"))
            {
                json.WriteString(field.Tag, "");
                continue;
            }
            json.WriteStartObject(field.Tag);
            foreach (var part in MailchimpList.AddressParts) json.WriteString(part, Merge.GetValueOrDefault("ADDRESS." + part, ""));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private void WriteLinks(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (
            var (rel, method, path) in new[]
            {
                ("self", "GET", ""),
                ("update", "PATCH", ""),
                ("upsert", "PUT", ""),
                ("delete", "DELETE", ""),
                ("activity", "GET", "/activity"),
                ("notes", "GET", "/notes"),
            }
        )
        {
            json.WriteStartObject();
            json.WriteString("rel", rel);
            json.WriteString("href", $"https://us19.api.mailchimp.com/3.0/lists/{List.Id}/members/{Id}{path}");
            json.WriteString("method", method);
            json.WriteString("targetSchema", "https://us19.api.mailchimp.com/schema/3.0/Definitions/Lists/Members/Response.json");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteEmpty(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }
}
