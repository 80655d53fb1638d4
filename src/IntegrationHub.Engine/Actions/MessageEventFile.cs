using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>Keeps what happened to messages as lines of a file, in the form that <c>/api/v1/events</c> takes, on disk before it answers. Lines may repeat; their <c>id</c> says which are one.</summary>
public sealed class MessageEventFile(string file) : IMessageEvents, IDisposable
{
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <inheritdoc/>
    public Task Visited(LinkVisit visit, CancellationToken ct) => Append(
        [
            new JsonObject
            {
                ["id"] = $"visit:{visit.Key}:{visit.Link.At.ToUnixTimeMilliseconds()}",
                ["type"] = visit.Verdict.Kind == ClickKind.Machine ? "custom.link.machine" : "email.clicked",
                ["at"] = visit.Link.At.UtcDateTime.ToString("O"),
                ["contact"] = new JsonObject(),
                ["properties"] = new JsonObject
                {
                    ["message_key"] = visit.Key.Value, ["url"] = visit.Link.Url, ["method"] = visit.Link.Method, ["user_agent"] = visit.Link.UserAgent, ["verdict"] = visit.Verdict.Reason,
                },
            },
        ],
        ct);

    /// <inheritdoc/>
    public Task Told(IReadOnlyList<MailFeedback> feedback, CancellationToken ct) => Append([.. feedback.Select(Line)], ct);

    /// <inheritdoc/>
    public void Dispose() => oneAtATime.Dispose();

    private static JsonObject Line(MailFeedback told)
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

        return new JsonObject
        {
            ["id"] = told.Id,
            ["type"] = told.EventType,
            ["at"] = told.At.UtcDateTime.ToString("O"),
            ["contact"] = told.Point is { } point ? new JsonObject { [point.Contains('@', StringComparison.Ordinal) ? "email" : "phone"] = point } : new JsonObject(),
            ["properties"] = properties,
        };
    }

    private async Task Append(IReadOnlyList<JsonObject> lines, CancellationToken ct)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l.ToJsonString(Format) + "\n")));
        await oneAtATime.WaitAsync(ct);
        try
        {
            if (Path.GetDirectoryName(file) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            await using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
            await stream.WriteAsync(bytes, ct);
            stream.Flush(flushToDisk: true);
        }
        finally
        {
            oneAtATime.Release();
        }
    }
}
