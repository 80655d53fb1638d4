using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Counts for one workflow who could be written to now, and why not.</summary>
internal sealed class WorkflowTally(WorkflowRules workflow)
{
    private readonly Dictionary<string, long> reasons = new(StringComparer.Ordinal);

    internal long Audience { get; private set; }

    internal long Ready { get; private set; }

    internal long InReview { get; private set; }

    internal long WithoutConsent { get; private set; }

    internal ImmutableArray<FindingPart> NotReady =>
        [.. reasons.Select(r => new FindingPart(r.Key, r.Value)).OrderByDescending(r => r.Count).ThenBy(r => r.Name, StringComparer.Ordinal)];

    /// <summary>Adds a contact of the audience.</summary>
    /// <returns>True when the workflow could be run for it now.</returns>
    internal bool Add(AuditedGolden contact, Reach reach, ConsentState? email)
    {
        Audience++;
        if (Obstacle(contact, reach) is { } obstacle) reasons[obstacle] = reasons.GetValueOrDefault(obstacle) + 1;
        else if (contact.Hygiene.Status == HygieneStatus.InReview) InReview++;
        else if (Missing(contact) is { } missing) reasons[missing] = reasons.GetValueOrDefault(missing) + 1;
        else
        {
            Ready++;
            if (email != ConsentState.Granted) WithoutConsent++;
            return true;
        }

        return false;
    }

    /// <summary>Why no message of the workflow gets there; null when one does.</summary>
    private string? Obstacle(AuditedGolden contact, Reach reach)
    {
        var (address, usable) = (false, false);
        foreach (var channel in workflow.Channels)
        {
            address |= contact.Filled.Has(channel == Channel.Email ? Field.Email : Field.Phone);
            usable |= channel == Channel.Email ? reach.Email : reach.Phone;
        }

        if (usable) return contact.Hygiene.Reasons.HasFlag(HygieneReasons.PlaceholderName) ? "placeholders for a person" : null;
        if (address) return "bounced or unusable";
        return workflow.Channels is [Channel.Sms] ? "without phone number" : workflow.Channels.Length == 1 ? "without e-mail" : "without e-mail or phone number";
    }

    private string? Missing(AuditedGolden contact)
    {
        foreach (var field in workflow.Required)
            if (!contact.Filled.Has(field)) return "without " + FieldWords.One(Fields.NameOf(field));
        return null;
    }

    internal void Merge(WorkflowTally other)
    {
        Audience += other.Audience;
        Ready += other.Ready;
        InReview += other.InReview;
        WithoutConsent += other.WithoutConsent;
        foreach (var (reason, count) in other.reasons) reasons[reason] = reasons.GetValueOrDefault(reason) + count;
    }
}

/// <summary>On which channels a contact can be reached.</summary>
internal readonly record struct Reach(bool Email, bool Phone);
