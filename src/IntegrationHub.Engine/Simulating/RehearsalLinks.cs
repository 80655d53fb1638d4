using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Simulating;

/// <summary>Signs the links of messages that are delivered to nobody.</summary>
internal static class RehearsalLinks
{
    /// <summary>The key is no secret: nothing that it signs leaves the process as a message.</summary>
    internal static TrackedLinks Links { get; } = new(new LinkTokens([new LinkKey(1, [.. new byte[32]])]), new Uri("https://hub.example.com/"));
}
