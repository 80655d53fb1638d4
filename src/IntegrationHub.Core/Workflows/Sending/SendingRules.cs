using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Rules of sending that hold for all workflows together.</summary>
/// <param name="Messages">So many marketing messages per contact and channel ...</param>
/// <param name="Per">... in this time.</param>
/// <param name="DefaultZone">IANA's zone of contacts whose own is not known.</param>
/// <param name="Breaker">Why marketing mail stands still; null when it does not.</param>
public sealed record SendingRules(int Messages, TimeSpan Per, string DefaultZone, string? Breaker = null)
{
    /// <summary>One marketing message per contact and channel within four hours; contacts without a zone live by UTC.</summary>
    public static SendingRules Default { get; } = new(1, TimeSpan.FromHours(4), "Etc/UTC");

    /// <summary>The cap in words.</summary>
    public string CapText => $"{Messages} marketing message{(Messages == 1 ? "" : "s")} within {Durations.Text(Per)}";

    /// <summary>The first instant from <paramref name="at"/> on at which the cap leaves room.</summary>
    public DateTimeOffset NextAllowed(ImmutableArray<SentMessage> sent, Channel channel, DateTimeOffset at)
    {
        var recent = sent.Where(m => m.Marketing && m.Channel == channel && m.At > at - Per).Select(m => m.At).OrderDescending().ToList();
        return recent.Count < Messages ? at : recent[Messages - 1] + Per;
    }
}
