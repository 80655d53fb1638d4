using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>One time that a link of a message was followed.</summary>
/// <param name="At">When.</param>
/// <param name="Url">Where the link leads; null for the link that only machines see.</param>
/// <param name="Method">The HTTP method: GET or HEAD.</param>
/// <param name="UserAgent">As the browser or machine names itself; null when it does not.</param>
public sealed record FollowedLink(DateTimeOffset At, string? Url, string Method, string? UserAgent);

/// <summary>Whether a person or a machine follows a link.</summary>
public enum ClickKind
{
    /// <summary>Nothing speaks against a person.</summary>
    Person = 0,

    /// <summary>Soon after delivery: what else follows within <see cref="ClickRules.Soon"/> will tell. Ask again then.</summary>
    Unsure = 1,

    /// <summary>A scanner, a preview, a prefetch: counts for nothing.</summary>
    Machine = 2,
}

/// <summary>The verdict on one click.</summary>
/// <param name="Kind">Person, unsure or machine.</param>
/// <param name="Reason">Why, for the record: <c>head_request</c>, <c>hidden_link</c>, <c>scanner</c>, <c>no_user_agent</c>, <c>all_links_at_once</c>, <c>soon_after_delivery</c>, <c>before_delivery</c>, <c>none</c>.</param>
/// <param name="AskAgainAt">When an unsure click can be judged; null for the others.</param>
public readonly record struct ClickVerdict(ClickKind Kind, string Reason, DateTimeOffset? AskAgainAt = null);

/// <summary>When clicks are those of a machine.</summary>
/// <param name="Soon">Security gateways follow all links of a mail within seconds of its delivery.</param>
public sealed record ClickRules(TimeSpan Soon)
{
    /// <summary>Ten seconds.</summary>
    public static ClickRules Default { get; } = new(TimeSpan.FromSeconds(10));
}

/// <summary>Tells people's clicks from those of security gateways, link previews and prefetchers. Pure.</summary>
public static class ClickClassifier
{
    // As these name themselves in their own documentation; compared in lower case, anywhere in the text.
    private static readonly ImmutableArray<string> Machines =
    [
        "bot/", "bot;", "bot)", "crawl", "spider", "scan", "preview", "monitor", "facebookexternalhit", "slurp", "curl/", "wget/", "python-requests", "python-urllib", "go-http-client", "java/", "okhttp", "libwww",
        "headlesschrome", "phantomjs", "barracuda", "mimecast", "proofpoint", "safelinks", "symantec", "messagelabs", "fireeye", "trendmicro", "zscaler", "forcepoint", "sophos", "kaspersky",
        "cisco-ironport", "google-read-aloud", "googleimageproxy", "yahoomailproxy", "skypeuripreview", "ms-office", "microsoft office", "apache-httpclient", "node-fetch", "axios/", "postmanruntime",
    ];

    /// <summary>Judges one click among all that followed links of the same message.</summary>
    /// <param name="click">The click to judge; need not be among <paramref name="all"/>.</param>
    /// <param name="all">Every click on the message known so far.</param>
    /// <param name="links">How many different tracked addresses the message has.</param>
    /// <param name="deliveredAt">When the provider took the message.</param>
    /// <param name="rules">Limits.</param>
    /// <param name="now">Until when <paramref name="all"/> is complete.</param>
    public static ClickVerdict Judge(FollowedLink click, IReadOnlyList<FollowedLink> all, int links, DateTimeOffset deliveredAt, ClickRules rules, DateTimeOffset now)
    {
        if (click.Url is null) return new(ClickKind.Machine, "hidden_link");
        if (string.Equals(click.Method, "HEAD", StringComparison.OrdinalIgnoreCase)) return new(ClickKind.Machine, "head_request");
        if (string.IsNullOrWhiteSpace(click.UserAgent)) return new(ClickKind.Machine, "no_user_agent");
        if (IsMachine(click.UserAgent)) return new(ClickKind.Machine, "scanner");
        if (click.At < deliveredAt) return new(ClickKind.Machine, "before_delivery");
        // Who has followed the hidden link with this name is a machine on all of its links.
        if (all.Any(c => c.Url is null && c.UserAgent == click.UserAgent && (c.At - click.At).Duration() <= rules.Soon)) return new(ClickKind.Machine, "hidden_link");
        var soonEnds = deliveredAt + rules.Soon;
        if (click.At > soonEnds || links < 2) return new(ClickKind.Person, "none");
        var followed = all.Append(click).Where(c => c.Url is not null && c.At >= deliveredAt && c.At <= soonEnds).Select(c => c.Url).Distinct(StringComparer.Ordinal).Count();
        if (followed >= links) return new(ClickKind.Machine, "all_links_at_once");
        return now <= soonEnds ? new(ClickKind.Unsure, "soon_after_delivery", soonEnds) : new(ClickKind.Person, "none");
    }

    private static bool IsMachine(string userAgent)
    {
        foreach (var machine in Machines)
            if (userAgent.Contains(machine, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
