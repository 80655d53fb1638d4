using System.Text.Json.Serialization;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>The account's audiences.</summary>
public sealed record ListsAnswer(IReadOnlyList<Audience> Lists, [property: JsonPropertyName("total_items")] int TotalItems);

/// <summary>One audience.</summary>
public sealed record Audience(string Id, string? Name, AudienceStats? Stats);

/// <summary>What Mailchimp counts of an audience.</summary>
public sealed record AudienceStats([property: JsonPropertyName("member_count")] int? MemberCount);

/// <summary>The fields of an audience.</summary>
public sealed record MergeFieldsAnswer([property: JsonPropertyName("merge_fields")] IReadOnlyList<MergeField> MergeFields);

/// <summary>One field of an audience.</summary>
public sealed record MergeField(string Tag, string? Name);

/// <summary>What a member is from now on.</summary>
public sealed record MemberUpdate(string Status);

/// <summary>Where a pull stands.</summary>
/// <param name="Start">When this run began by Mailchimp's clock, in seconds since 1970: the next run's <paramref name="Since"/>.</param>
/// <param name="Since">Members changed after that are read, in seconds since 1970; null in a full pull.</param>
/// <param name="List">The audience that is being read; null before the first one.</param>
/// <param name="Archived">True while its archived members are read.</param>
/// <param name="From">Where the walk by last change began, in seconds since 1970; null for the very beginning.</param>
/// <param name="Offset">Members behind <paramref name="From"/> that have been read, less those that the next page reads again.</param>
/// <param name="Anchor">The last member read: the next page has it again, unless rows in front of it have gone.</param>
/// <param name="Reached">One second before that member's last change: nothing that was not read changed earlier.</param>
/// <param name="ListDone">True when nothing of <paramref name="List"/> is left to read.</param>
/// <param name="Done">Caught up; the next pull begins at <paramref name="Start"/>.</param>
public sealed record Cursor(
    long Start,
    long? Since,
    string? List = null,
    bool Archived = false,
    long? From = null,
    int Offset = 0,
    string? Anchor = null,
    long? Reached = null,
    bool ListDone = false,
    bool Done = false);

/// <summary>Where a pull of what members did stands.</summary>
/// <param name="Start">When this run began by Mailchimp's clock, in seconds since 1970: the next run's <paramref name="Since"/>.</param>
/// <param name="Since">What was done after that is read, in seconds since 1970; null in a full pull.</param>
/// <param name="Campaign">The campaign that is being read; null before the first one.</param>
/// <param name="Part">What of it.</param>
/// <param name="Offset">Rows of the part that have been read.</param>
/// <param name="Total">How many there were when its reading began: where there are more at its end, it is read again.</param>
/// <param name="Readings">How often it has been read from its beginning.</param>
/// <param name="Done">Caught up; the next pull begins at <paramref name="Start"/>.</param>
public sealed record ActivityCursor(
    long Start, long? Since, string? Campaign = null, ActivityPart Part = ActivityPart.Activity, int Offset = 0, int? Total = null, int Readings = 1, bool Done = false);

/// <summary>The lists of a campaign's report, in the order in which they are read.</summary>
public enum ActivityPart
{
    /// <summary>Opens, clicks, bounces.</summary>
    Activity,

    /// <summary>Who unsubscribed.</summary>
    Unsubscribed,

    /// <summary>Who complained.</summary>
    Complained,

    /// <summary>All are read.</summary>
    Done,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListsAnswer))]
[JsonSerializable(typeof(MergeFieldsAnswer))]
[JsonSerializable(typeof(MemberUpdate))]
[JsonSerializable(typeof(Cursor))]
[JsonSerializable(typeof(ActivityCursor))]
internal sealed partial class MailchimpJson : JsonSerializerContext;
