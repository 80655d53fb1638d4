using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Which golden records a fix looks at: the store finds them without reading all others.</summary>
public abstract record FixScope
{
    private FixScope()
    {
    }

    /// <summary>Those with a source record that has the issue.</summary>
    /// <param name="Code">The issue.</param>
    public sealed record WithIssue(IssueCode Code) : FixScope;

    /// <summary>Contacts without the field that have one of the others.</summary>
    /// <param name="Field">The field that is missing.</param>
    /// <param name="From">The fields that it may be told from.</param>
    public sealed record Without(Field Field, ImmutableArray<Field> From) : FixScope;

    /// <summary>Contacts whose hygiene status has the reason.</summary>
    /// <param name="Reason">The reason.</param>
    public sealed record WithReason(HygieneReasons Reason) : FixScope;

    /// <summary>Those of more than one source record.</summary>
    public sealed record Merged : FixScope;
}

/// <summary>One golden record, as far as a fix looks at it.</summary>
/// <param name="Values">Its values.</param>
/// <param name="Provenance">Where they are from.</param>
/// <param name="Records">Its clean records with issues and consents, by key; never empty.</param>
public sealed record FixSubject(FieldValues Values, ImmutableArray<Provenance> Provenance, ImmutableArray<CleanRecord> Records)
{
    /// <summary>True where a person, or an earlier fix, has had a word on the field already.</summary>
    public bool IsLocked(Field field) => Provenance.Any(p => p.Field == field && p.Rule is Merging.Survivorship.Lock or Merging.Survivorship.Workflow);

    /// <summary>The record that the field's value is from; the first of all where it has none.</summary>
    public SourceKey OriginOf(Field field) => Provenance.FirstOrDefault(p => p.Field == field)?.Source ?? Records[0].Key;
}

/// <summary>One change that a fix makes.</summary>
public abstract record FixChange
{
    private FixChange()
    {
    }

    /// <summary>Corrects a field: see <see cref="Merging.FieldLock"/>.</summary>
    /// <param name="Record">The source record that the lock hangs on: it goes with it through merges and their undoing.</param>
    /// <param name="Field">The field.</param>
    /// <param name="Before">The value that the rules pick; null for none.</param>
    /// <param name="After">The value from then on; null empties the field.</param>
    public sealed record Correct(SourceKey Record, Field Field, string? Before, string? After) : FixChange;

    /// <summary>Suppresses a contact point.</summary>
    /// <param name="Channel">On the channel.</param>
    /// <param name="Point">The address or number.</param>
    /// <param name="Purpose">For what: see <see cref="Purposes"/>.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Suppress(Channel Channel, string Point, string Purpose, SuppressionReason Reason) : FixChange;
}

/// <summary>What the hub does about one kind of finding. One file a fix, named after it; <see cref="Fixes.All"/> lists them.</summary>
/// <param name="Finding">The finding's code.</param>
/// <param name="Kind">What sort of change.</param>
/// <param name="Does">One sentence for the person who previews it.</param>
/// <param name="Scope">Where to look.</param>
/// <param name="Changes">The changes for one golden record. Pure; nothing where nothing is sure.</param>
public sealed record Fix(string Finding, HubFix Kind, string Does, FixScope Scope, Func<FixSubject, IEnumerable<FixChange>> Changes);
