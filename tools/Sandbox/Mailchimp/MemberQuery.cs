using System.Globalization;

namespace IntegrationHub.Sandbox.Mailchimp;

/// <summary>Which members a request wants, and in which order. Equal by content.</summary>
/// <param name="Status">One status; null for all but archived ones.</param>
/// <param name="SinceChanged">Changed after this instant; exclusive.</param>
/// <param name="BeforeChanged">Changed before this instant; exclusive.</param>
/// <param name="SinceOpt">Opted in after this instant; exclusive.</param>
/// <param name="BeforeOpt">Opted in before this instant; exclusive.</param>
/// <param name="SortField">last_changed or timestamp_opt; null for the order of joining.</param>
/// <param name="Descending">Newest first.</param>
public sealed record MemberQuery(
    string? Status,
    DateTimeOffset? SinceChanged,
    DateTimeOffset? BeforeChanged,
    DateTimeOffset? SinceOpt,
    DateTimeOffset? BeforeOpt,
    string? SortField,
    bool Descending
)
{
    private static readonly string[] Statuses = ["subscribed", "unsubscribed", "cleaned", "pending", "transactional", "archived"];
    private static readonly string[] Times = ["since_last_changed", "before_last_changed", "since_timestamp_opt", "before_timestamp_opt"];
    private static readonly string[] SortFields = ["last_changed", "timestamp_opt", "timestamp_signup"];

    /// <summary>Reads a query string; else says which parameter is wrong.</summary>
    public static bool TryParse(IQueryCollection query, out MemberQuery parsed, out string field, out string problem)
    {
        parsed = new MemberQuery(null, null, null, null, null, null, false);
        field = problem = "";
        var times = new DateTimeOffset?[Times.Length];
        for (var i = 0; i < Times.Length; i++)
        {
            var name = Times[i];
            if (query[name].ToString() is not { Length: > 0 } text) continue;
            // A plus that was not encoded arrives as a space; Mailchimp refuses such a time.
            if (text.Contains(' ') || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                (field, problem) = (name, $"'{text}' is not a valid ISO 8601 date.");
                return false;
            }
            times[i] = at.ToUniversalTime();
        }
        var status = query["status"].ToString() is { Length: > 0 } s ? s : null;
        var sort = query["sort_field"].ToString() is { Length: > 0 } f ? f : null;
        var direction = query["sort_dir"].ToString();
        if (status is not null && !Statuses.Contains(status))
            (field, problem) = ("status", $"The value you selected is not a valid choice: {status}.");
        else if (sort is not null && !SortFields.Contains(sort))
            (field, problem) = ("sort_field", $"The value you selected is not a valid choice: {sort}.");
        else if (direction is not ("" or "ASC" or "DESC"))
            (field, problem) = ("sort_dir", $"The value you selected is not a valid choice: {direction}.");
        if (field.Length > 0)
            return false;
        parsed = new MemberQuery(status, times[0], times[1], times[2], times[3], sort == "timestamp_signup" ? null : sort, direction == "DESC");
        return true;
    }

    /// <summary>True for a member that the query wants.</summary>
    public bool Matches(MailchimpMember member) =>
        (Status is null ? member.Status != "archived" : member.Status == Status)
        && (SinceChanged is not { } since || member.LastChanged > since)
        && (BeforeChanged is not { } before || member.LastChanged < before)
        && (SinceOpt is not { } sinceOpt || member.OptedIn > sinceOpt)
        && (BeforeOpt is not { } beforeOpt || member.OptedIn < beforeOpt);
}
