using IntegrationHub.Connect.Http;
using Refit;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>The part of Mailchimp's Marketing API 3.0 that the connector calls.</summary>
public interface IMailchimpApi
{
    /// <summary>The account's audiences.</summary>
    [Get("/lists")]
    Task<HttpResponseMessage> Lists(int count, int offset, string fields, CancellationToken ct);

    /// <summary>Members of one audience, by the time of their last change. Archived ones come only when asked for, and then alone. Instants are exclusive and have whole seconds.</summary>
    [Get("/lists/{list}/members")]
    Task<HttpResponseMessage> Members(
        string list,
        int count,
        int offset,
        string? status,
        [AliasAs("since_last_changed")] string? since,
        [AliasAs("before_last_changed")] string? before,
        [AliasAs("sort_field")] string sortField,
        [AliasAs("sort_dir")] string sortDirection,
        [AliasAs("exclude_fields")] string exclude,
        CancellationToken ct);

    /// <summary>Changes one member; setting the same status twice changes nothing more.</summary>
    [Patch("/lists/{list}/members/{member}")]
    [Headers(CallMarks.Idempotent, CallMarks.ReadsErrors)]
    Task<HttpResponseMessage> Update(string list, string member, [Body] MemberUpdate update, CancellationToken ct);

    /// <summary>The campaigns that were sent, the latest first.</summary>
    [Get("/reports")]
    Task<HttpResponseMessage> Reports(int count, int offset, [AliasAs("since_send_time")] string? since, string fields, CancellationToken ct);

    /// <summary>Opens, clicks and bounces of a campaign, member by member. The instant is exclusive.</summary>
    [Get("/reports/{campaign}/email-activity")]
    Task<HttpResponseMessage> EmailActivity(string campaign, int count, int offset, string? since, [AliasAs("exclude_fields")] string exclude, CancellationToken ct);

    /// <summary>Who unsubscribed by a campaign.</summary>
    [Get("/reports/{campaign}/unsubscribed")]
    Task<HttpResponseMessage> Unsubscribed(string campaign, int count, int offset, [AliasAs("exclude_fields")] string exclude, CancellationToken ct);

    /// <summary>Who called a campaign spam.</summary>
    [Get("/reports/{campaign}/abuse-reports")]
    Task<HttpResponseMessage> AbuseReports(string campaign, int count, int offset, [AliasAs("exclude_fields")] string exclude, CancellationToken ct);

    /// <summary>One member, by address.</summary>
    [Get("/lists/{list}/members/{member}")]
    [Headers(CallMarks.ReadsErrors)]
    Task<HttpResponseMessage> Member(string list, string member, [AliasAs("exclude_fields")] string exclude, CancellationToken ct);

    /// <summary>The fields that the account gave an audience.</summary>
    [Get("/lists/{list}/merge-fields")]
    Task<HttpResponseMessage> MergeFields(string list, int count, CancellationToken ct);
}
