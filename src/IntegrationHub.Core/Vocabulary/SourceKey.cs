namespace IntegrationHub.Vocabulary;

/// <summary>The name of one configured connection to one system, such as <c>hubspot</c> or <c>shopify-eu</c>: lower-case letters, digits and hyphens, 1 to 64.</summary>
public readonly record struct SourceName
{
    private SourceName(string value) => Value = value;

    /// <summary>The name as it stands in tables, files and commands.</summary>
    public string Value { get; }

    /// <summary>Null when <paramref name="text"/> is not a source name.</summary>
    public static SourceName? Parse(string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && text[0] != '-'
            ? new SourceName(text)
            : null;

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>What a source offers. The closed list; a connector implements those its system has.</summary>
public static class Streams
{
    /// <summary>People: CRM contacts, newsletter members, shop customers.</summary>
    public const string Contacts = "contacts";

    /// <summary>Organisations.</summary>
    public const string Companies = "companies";

    /// <summary>Shop orders; events of a contact, never a contact themselves.</summary>
    public const string Orders = "orders";

    /// <summary>Carts and checkouts that were begun.</summary>
    public const string Carts = "carts";

    /// <summary>Deals of a CRM.</summary>
    public const string Deals = "deals";

    /// <summary>What contacts did: clicks, opens, forms.</summary>
    public const string Events = "events";

    /// <summary>Streams whose rows tell what contacts did; they are never contacts themselves.</summary>
    public static IReadOnlyList<string> OfEvents { get; } = [Carts, Deals, Events, Orders];
}

/// <summary>Identifies one source record for ever: one row of one stream of one source.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Stream">One of <see cref="Streams"/>.</param>
/// <param name="ExternalId">The system's own id of the row, opaque to the hub.</param>
public sealed record SourceKey(string Source, string Stream, string ExternalId) : IComparable<SourceKey>
{
    /// <summary>Ordinal, by source, stream, external id: the one order in which ties between records are settled.</summary>
    public int CompareTo(SourceKey? other)
    {
        if (other is null) return 1;
        var bySource = string.CompareOrdinal(Source, other.Source);
        if (bySource != 0) return bySource;
        var byStream = string.CompareOrdinal(Stream, other.Stream);
        return byStream != 0 ? byStream : string.CompareOrdinal(ExternalId, other.ExternalId);
    }

    /// <summary><c>source/stream/external id</c>, as people type and read it.</summary>
    public override string ToString() => $"{Source}/{Stream}/{ExternalId}";

    /// <summary>Reads <c>source/stream/external id</c>; the id may hold slashes. Null when it is not of that form.</summary>
    public static SourceKey? Parse(string text)
    {
        var parts = text.Split('/', 3);
        return parts.Length == 3 && parts.All(p => p.Length > 0) ? new SourceKey(parts[0], parts[1], parts[2]) : null;
    }
}

/// <summary>The stable id of one unified contact or company. Time-ordered (UUIDv7): the smaller id is the older golden record.</summary>
public readonly record struct GoldenId(Guid Value)
{
    /// <summary>The id as 32 hex digits with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}

/// <summary>What a record describes. The two kinds never match each other.</summary>
public enum EntityKind
{
    /// <summary>A person.</summary>
    Contact = 0,

    /// <summary>An organisation.</summary>
    Company = 1,
}
