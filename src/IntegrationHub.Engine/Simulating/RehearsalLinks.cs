using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Simulating;

/// <summary>Signs the links of messages that are delivered to nobody.</summary>
internal static class RehearsalLinks
{
    /// <summary>The key is no secret, and no hub takes what it has signed: a link of a test that is read in a mailbox leads nowhere.</summary>
    internal static TrackedLinks Links { get; } = new(new LinkTokens([new LinkKey(1, [.. new byte[32]])]), new Uri("https://hub.example.com/"));
}
