using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>What a signed link says. Only the hub can make one, so what it says can be believed.</summary>
/// <param name="Key">The message that the link stands in.</param>
public abstract record LinkToken(MessageKey Key)
{
    /// <summary>Leads on to a page.</summary>
    /// <param name="Key">The message that the link stands in.</param>
    /// <param name="Url">An absolute http or https address.</param>
    public sealed record Click(MessageKey Key, string Url) : LinkToken(Key);

    /// <summary>A link that no person can see: what follows it is a machine.</summary>
    /// <param name="Key">The message that the link stands in.</param>
    public sealed record Trap(MessageKey Key) : LinkToken(Key);

    /// <summary>Ends messages of this purpose to this address or number.</summary>
    /// <param name="Key">The message that the link stands in.</param>
    /// <param name="Channel">E-mail or SMS.</param>
    /// <param name="Purpose">See <see cref="Purposes"/>.</param>
    /// <param name="Point">The address or number that the message went to; sealed in the link, so that no log and no history shows it.</param>
    public sealed record Unsubscribe(MessageKey Key, Channel Channel, string Purpose, string Point) : LinkToken(Key);

    /// <summary>Stands in a header of each mail, so that a bounce or complaint that quotes it says, and proves, which message to whom it is about.</summary>
    /// <param name="Key">The message.</param>
    /// <param name="Channel">E-mail or SMS.</param>
    /// <param name="Purpose">See <see cref="Purposes"/>.</param>
    /// <param name="Point">The address that the message went to, sealed.</param>
    public sealed record Mark(MessageKey Key, Channel Channel, string Purpose, string Point) : LinkToken(Key);
}
