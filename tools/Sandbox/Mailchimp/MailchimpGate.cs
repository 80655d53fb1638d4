using System.Text;
using System.Text.Json;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.Mailchimp;

/// <summary>Mailchimp's door: basic or bearer, ten requests at the same time, no header that says so.</summary>
public sealed class MailchimpGate(string key, Faults faults, Limits? limits, TimeProvider time) : Gate("mailchimp", faults, limits, time)
{
    private readonly Lock counting = new();
    private readonly RollingWindow refusals = new(2 * (limits?.MailchimpAtOnce ?? 10), TimeSpan.FromSeconds(1), time);
    private int inside;

    /// <inheritdoc/>
    protected override bool Knows(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return Same(header[7..], key);
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return false;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..], bytes, out var length)) return false;
        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 && Same(pair[1], key);
    }

    /// <inheritdoc/>
    protected override Task RefuseStranger(HttpContext context) => MailchimpProblem.Write(context, 401, "API Key Invalid",
        context.Request.Headers.Authorization.Count == 0
            ? "Your request did not include an API key."
            : "Your API key may be invalid, or you've attempted to access the wrong datacenter.");

    /// <inheritdoc/>
    protected override async Task<bool> Admit(HttpContext context)
    {
        var now = Interlocked.Increment(ref inside);
        var most = Limits?.MailchimpAtOnce ?? int.MaxValue;
        if (now <= most) return true;
        Interlocked.Decrement(ref inside);
        bool told;
        lock (counting) told = refusals.TryTake(out _);
        // Who keeps knocking is refused by a proxy, without a word.
        if (!told) context.Response.StatusCode = 403;
        else await MailchimpProblem.Write(context, 429, "Too Many Requests", $"You have exceeded the limit of {most} simultaneous connections.");
        return false;
    }

    /// <inheritdoc/>
    protected override void Leave(HttpContext context) => Interlocked.Decrement(ref inside);

    /// <inheritdoc/>
    protected override Task Fail(HttpContext context) =>
        MailchimpProblem.Write(
            context,
            500,
            "Internal Server Error",
            "An unexpected internal error has occurred. Please contact Support for more information."
        );
}

/// <summary>Mailchimp's error body: application/problem+json.</summary>
public static class MailchimpProblem
{
    /// <summary>Answers a problem, with the fields that are at fault, if any.</summary>
    public static Task Write(HttpContext context, int status, string title, string detail, params (string Field, string Message)[] errors) =>
        Reply.Json(context, status, json => Write(json, status, title, detail, errors), "application/problem+json; charset=utf-8");

    private static void Write(Utf8JsonWriter json, int status, string title, string detail, (string Field, string Message)[] errors)
    {
        json.WriteStartObject();
        json.WriteString("type", "https://mailchimp.com/developer/marketing/docs/errors/");
        json.WriteString("title", title);
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteString("instance", Guid.NewGuid());
        if (errors.Length > 0)
        {
            json.WriteStartArray("errors");
            foreach (var (field, message) in errors)
            {
                json.WriteStartObject();
                json.WriteString("field", field);
                json.WriteString("message", message);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
