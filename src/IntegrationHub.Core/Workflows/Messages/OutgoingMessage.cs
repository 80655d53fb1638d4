using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>What a message is for.</summary>
public enum MessagePurpose
{
    /// <summary>Needs consent, and a way out in every message.</summary>
    Marketing = 0,

    /// <summary>Part of something that the recipient asked for, or for one's own team.</summary>
    Transactional = 1,
}

/// <summary>A mailbox: an address, perhaps with a name. For SMS the address is an E.164 number.</summary>
/// <param name="Address">The address itself.</param>
/// <param name="Name">The name shown beside it; null for none.</param>
public sealed record Mailbox(string Address, string? Name = null)
{
    /// <summary>Reads <c>Name &lt;address&gt;</c>, or an address alone. Null when it is neither.</summary>
    public static Mailbox? Parse(string text)
    {
        var trimmed = text.Trim();
        var open = trimmed.LastIndexOf('<');
        if (open < 0) return IsAddress(trimmed) ? new Mailbox(trimmed) : null;
        if (!trimmed.EndsWith('>')) return null;
        var (name, address) = (trimmed[..open].Trim().Trim('"').Trim(), trimmed[(open + 1)..^1].Trim());
        return IsAddress(address) && !name.Any(char.IsControl) ? new Mailbox(address, name.Length == 0 ? null : name) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name is null ? Address : $"{Name} <{Address}>";

    private static bool IsAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';');
    }
}

/// <summary>One header of a mail.</summary>
/// <param name="Name">Such as <c>List-Unsubscribe</c>.</param>
/// <param name="Value">In one line.</param>
public sealed record MessageHeader(string Name, string Value);

/// <summary>Where a message comes from: what measuring and explaining need.</summary>
/// <param name="Contact">The contact's id.</param>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Template">The template's name.</param>
public sealed record MessageOrigin(string Contact, string Workflow, string Version, string Step, string Template);

/// <summary>A message as it is handed to a channel: complete, and the same however often it is tried.</summary>
/// <param name="Key">Handed to the provider where it takes one.</param>
/// <param name="Channel">E-mail or SMS.</param>
/// <param name="Purpose">Marketing or transactional.</param>
/// <param name="To">The recipient.</param>
/// <param name="From">The sender. An SMS may leave its number to the channel: then the address is empty.</param>
/// <param name="ReplyTo">Where answers go; null for the sender.</param>
/// <param name="ReturnPath">Where bounces go, with the key in it; null for the sender.</param>
/// <param name="Subject">In one line; empty for an SMS.</param>
/// <param name="Html">The HTML part, links tracked; null for an SMS.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Headers">Further headers; none for an SMS.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record OutgoingMessage(
    MessageKey Key,
    Channel Channel,
    MessagePurpose Purpose,
    Mailbox To,
    Mailbox From,
    Mailbox? ReplyTo,
    string? ReturnPath,
    string Subject,
    string? Html,
    string Text,
    ImmutableArray<MessageHeader> Headers,
    MessageOrigin Origin)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new KeyConverter() },
    };

    /// <summary>The domain that the Message-ID is of: the sender's.</summary>
    public string Domain => From.Address[(From.Address.LastIndexOf('@') + 1)..];

    /// <summary>The Message-ID without its brackets, from the key: the same for each attempt, so that a mailbox shows a doubled mail once.</summary>
    public string MessageId => $"{Key}@{Domain}";

    /// <summary>The message as an outbox keeps it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static OutgoingMessage FromJson(string json) => JsonSerializer.Deserialize<OutgoingMessage>(json, Format) ?? throw new JsonException("A message is an object, not null.");

    private sealed class KeyConverter : JsonConverter<MessageKey>
    {
        public override MessageKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            MessageKey.Parse(reader.GetString()) ?? throw new JsonException("A message key is 32 lower-case hex digits.");

        public override void Write(Utf8JsonWriter writer, MessageKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
