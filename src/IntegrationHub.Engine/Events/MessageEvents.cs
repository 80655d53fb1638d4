using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>Clicks, bounces, complaints and unsubscribing, as events of the contact that had the message: on the disk when a call returns; the same thing told twice counts once.</summary>
public sealed class MessageEvents(EventIntake intake)
{
    private const string Source = "messages";
    private const string Machine = "custom.link.machine";

    /// <summary>A link was followed.</summary>
    public Task Visited(LinkVisit visit, CancellationToken ct) => intake.Keep(
        [
            new HubEvent(
                IdOf(visit), visit.Verdict.Kind == ClickKind.Machine ? Machine : EventTypes.EmailClicked, visit.Link.At, new EventContact(),
                Properties(new JsonObject
                {
                    ["message_key"] = visit.Key.Value, ["url"] = visit.Link.Url, ["method"] = visit.Link.Method, ["user_agent"] = visit.Link.UserAgent, ["verdict"] = visit.Verdict.Reason,
                })),
        ],
        Source, history: false, ct);

    /// <summary>Bounces, complaints, and unsubscribing by link or by mail.</summary>
    public Task Told(IReadOnlyList<MailFeedback> feedback, CancellationToken ct) => intake.Keep(feedback.Select(Of), Source, history: false, ct);

    /// <summary>Two links of one mail may be visited in one millisecond, by a machine that follows them all: the link and the visitor tell the visits apart.</summary>
    private static string IdOf(LinkVisit visit)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{visit.Link.Method}\n{visit.Link.Url}\n{visit.Link.UserAgent}"));
        return $"visit:{visit.Key}:{visit.Link.At.ToUnixTimeMilliseconds()}:{Convert.ToHexStringLower(hash)[..8]}";
    }

    private static HubEvent Of(MailFeedback told)
    {
        var properties = new JsonObject { ["message_key"] = told.Key?.Value };
        switch (told)
        {
            case MailFeedback.Bounce bounce:
                (properties["kind"], properties["status"], properties["diagnostic"]) = (bounce.IsHard ? "hard" : "soft", bounce.Status, bounce.Diagnostic);
                break;
            case MailFeedback.Complaint complaint:
                properties["kind"] = complaint.Kind;
                break;
            case MailFeedback.Unsubscribe unsubscribe:
                properties["purpose"] = unsubscribe.Link.Purpose;
                break;
        }

        var contact = told.Point is { } point ? point.Contains('@', StringComparison.Ordinal) ? new EventContact(Email: point) : new EventContact(Phone: point) : new EventContact();
        return new HubEvent(told.Id, told.EventType, told.At, contact, Properties(properties));
    }

    private static EventProperties Properties(JsonObject json) => EventProperties.Parse(json.ToJsonString());
}
