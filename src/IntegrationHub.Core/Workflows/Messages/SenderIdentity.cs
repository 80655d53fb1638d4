namespace IntegrationHub.Workflows;

/// <summary>Who the mails are from: set once for the hub, in <c>mappings/sender.yaml</c>.</summary>
/// <param name="Name">The name that recipients see.</param>
/// <param name="Address">The address mails are sent from.</param>
/// <param name="Company">The company's name.</param>
/// <param name="PostalAddress">Its postal address in one line. The law of most countries wants it in every marketing mail.</param>
public sealed record SenderIdentity(string Name, string Address, string Company, string PostalAddress)
{
    /// <summary>Where answers go; null for <see cref="Address"/>.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The company's phone number, for texts; null for none.</summary>
    public string? Phone { get; init; }

    /// <summary>The company's site, for texts; null for none.</summary>
    public string? Website { get; init; }

    /// <summary>Mailbox that takes bounces, complaints and unsubscribe mails: its part before the @ gets <c>+KEY</c>, so that a bounce tells its message. Null: bounces go to <see cref="Address"/>.</summary>
    public string? BounceAddress { get; init; }

    /// <summary>Mailbox for unsubscribing by mail (RFC 2369); null leaves that way out.</summary>
    public string? UnsubscribeAddress { get; init; }
}
