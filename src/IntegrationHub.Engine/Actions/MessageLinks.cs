using System.Text.Json;
using IntegrationHub.Engine.Events;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>
/// What the links of messages, and mails that come back, set going. The signature in a link is its right to act: whoever has the message may unsubscribe its recipient, and nobody else.
/// </summary>
public sealed class MessageLinks(HubStore store, TrackedLinks links, MessageEvents events, TimeProvider time)
{
    private const string ByLink = "unsubscribe link";
    private const string ByMail = "mail that came back";

    /// <summary>What a link says; null when the hub has not made it.</summary>
    public LinkToken? Read(string token) => links.Tokens.Read(token);

    /// <summary>Ends messages of the link's purpose to its recipient, for everybody who has this address. Durable when it returns; once more changes nothing.</summary>
    public async Task Unsubscribe(LinkToken.Unsubscribe link, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await Suppress(link.Channel, link.Point, link.Purpose, SuppressionReason.Request, ByLink, now, ct);
        await events.Told([new MailFeedback.Unsubscribe($"unsubscribe:{link.Key}:{link.Purpose}", now, link)], ct);
    }

    /// <summary>Counts a visit of a link.</summary>
    /// <param name="token">What the link says: a click or a trap.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="userAgent">The visitor's own name; null for none.</param>
    /// <param name="ct">Stops it.</param>
    public Task Visit(LinkToken token, string method, string? userAgent, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var visit = new FollowedLink(now, (token as LinkToken.Click)?.Url, method, userAgent is { Length: > 400 } ? userAgent[..400] : userAgent);
        // Alone, the visit tells what its maker says of itself; when the message was delivered and what else was followed is known to who keeps them.
        return events.Visited(new LinkVisit(token.Key, visit, ClickClassifier.Judge(visit, [], links: 0, now, ClickRules.Default, now)), ct);
    }

    /// <summary>Takes bounces, complaints and unsubscribe mails: who is named with the hub's own signature is suppressed at once; all are recorded as events.</summary>
    public async Task Told(IReadOnlyList<MailFeedback> feedback, CancellationToken ct)
    {
        foreach (var told in feedback)
        {
            switch (told)
            {
                case MailFeedback.Bounce { IsHard: true, Point: { } point }:
                    await Suppress(Channel.Email, point, Purposes.Every, SuppressionReason.HardBounce, ByMail, told.At, ct);
                    break;
                case MailFeedback.Complaint { Point: { } point }:
                    await Suppress(Channel.Email, point, Purposes.Every, SuppressionReason.Complaint, ByMail, told.At, ct);
                    break;
                case MailFeedback.Unsubscribe unsubscribe:
                    await Suppress(unsubscribe.Link.Channel, unsubscribe.Link.Point, unsubscribe.Link.Purpose, SuppressionReason.Request, ByMail, told.At, ct);
                    break;
            }
        }

        await events.Told(feedback, ct);
    }

    private async Task Suppress(Channel channel, string point, string purpose, SuppressionReason reason, string by, DateTimeOffset at, CancellationToken ct)
    {
        var held = await store.Suppressions.For(channel, point, ct);
        if (held.Any(s => s.ReleasedAt is null && s.Purpose == purpose && s.Reason == reason)) return;
        var add = new SuppressionAdd(Guid.CreateVersion7(time.GetUtcNow()), channel, point, purpose, reason, null, by, at);
        var after = JsonSerializer.Serialize(new { channel = channel.ToString().ToLowerInvariant(), purpose, reason = SuppressionCodes.Of(reason) });
        await store.Suppressions.Add([add], [new TrailEntry(time.GetUtcNow(), by, "suppress", "suppression", add.Id.ToString(), null, after, null)], ct);
    }
}
