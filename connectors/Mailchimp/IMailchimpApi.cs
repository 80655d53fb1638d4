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

    /// <summary>The fields that the account gave an audience.</summary>
    [Get("/lists/{list}/merge-fields")]
    Task<HttpResponseMessage> MergeFields(string list, int count, CancellationToken ct);
}
