using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>
/// Gathers what the report is made of, one golden record, clean record's issues, source at a time, then makes the report. The order of adding does not matter, and
/// several of them over parts of the records <see cref="Merge"/> into what one over all of them would be. Not thread-safe.
/// Memory grows with the number of distinct addresses, numbers and companies only, unless rows are asked for.
/// </summary>
public sealed partial class Audit
{
    private readonly AuditRules rules;
    private readonly AuditScope scope;
    private readonly DateTimeOffset now;
    private readonly Tallies tallies;
    private readonly ImmutableArray<(Field Field, string Code)> wanted;
    private readonly ImmutableArray<string> conflictCodes;
    private readonly SharedAddresses addresses = new();
    private readonly CompanyLinks links;
    private readonly ImmutableArray<(Field Field, Repeats Values)> repeats;
    private readonly ImmutableArray<(WorkflowRules Rules, WorkflowTally Tally)> workflows;
    private readonly Dictionary<string, bool[]> workflowsOfSource = new(StringComparer.Ordinal);
    private readonly List<AuditedSource> sources = [];
    private readonly List<string> notes = [];

    /// <summary>Begins a report.</summary>
    /// <param name="rules">Weights and thresholds.</param>
    /// <param name="scope">What it is about.</param>
    /// <param name="now">The time that staleness and freshness are measured at.</param>
    /// <param name="rows">Told of each row that a finding counts, as far as a single one is meant; null when nobody asks.</param>
    public Audit(AuditRules rules, AuditScope scope, DateTimeOffset now, Action<AuditedRow>? rows = null)
    {
        this.rules = scope.Workflow is { } own ? rules.For(own) : rules;
        this.scope = scope;
        this.now = now;
        tallies = new Tallies(rules.Samples, rows);
        wanted = [.. this.rules.WantedFields.Keys.Order().Select(f => (f, $"missing.{Fields.NameOf(f)}"))];
        conflictCodes = [.. rules.ConflictFields.Select(f => $"conflict.{Fields.NameOf(f)}")];
        repeats = [.. rules.DefaultFields.Select(f => (f, new Repeats(rows is not null)))];
        links = new CompanyLinks(rows is null ? rules.Samples : int.MaxValue);
        workflows = [.. (scope.Workflow is { } only ? [only] : rules.Workflows).Select(w => (w, new WorkflowTally(w)))];
    }

    /// <summary>Adds one golden record, where it belongs to the scope.</summary>
    /// <returns>True when it does: then the issues of its clean records belong to it too.</returns>
    public bool Add(AuditedGolden golden)
    {
        if (scope.Source is { } source && !golden.Records.Any(r => r.Source == source)) return false;
        var sample = SampleOf(golden);
        if (golden.Kind == EntityKind.Company) return AddCompany(golden, sample);

        var changedAt = LastChange(golden.Records);
        var email = Strictest(golden.Records, Channel.Email, golden.Email.Point);
        if (scope.Workflow is { } workflow && !workflow.Audience.Holds(golden, email, changedAt, IsOf(golden.Records, 0), now)) return false;

        tallies.Contacts++;
        AddDuplicates(golden, sample);
        foreach (var (field, code) in wanted)
            if (!golden.Filled.Has(field)) tallies[code].Add(sample, field: field);
        AddSystems(golden, sample);
        AddAge(changedAt, sample);
        AddEngagement(golden, sample);
        if (golden.Email.Point != 0) addresses.Add(golden.Email.Point, sample, tallies["duplicates.shared_address"]);
        if (golden.Filled.Has(Field.Owner)) tallies.Owned++;
        else tallies["ownerless"].Add(sample, field: Field.Owner);
        links.AddContact(sample, golden.Company, golden.Email.Domain);
        foreach (var (field, values) in repeats)
            if (ValueOf(golden, field) is var value and not 0) values.Add(value, sample);
        AddWorkflows(golden, AddReach(golden, sample, email), email, changedAt);
        return true;
    }

    private static Sample SampleOf(AuditedGolden golden) => new(golden.Order, golden.Name, golden.Id);

    /// <summary>Companies belong to no workflow's audience; they are looked at for their own sake.</summary>
    private bool AddCompany(AuditedGolden golden, Sample sample)
    {
        if (scope.Workflow is not null) return false;
        tallies.Companies++;
        AddDuplicates(golden, sample);
        AddSystems(golden, sample);
        links.AddCompany(sample, golden.Company, golden.Domain);
        return true;
    }

    private static DateTimeOffset? LastChange(ImmutableArray<AuditedRecord> records)
    {
        DateTimeOffset? last = null;
        foreach (var record in records)
            if (record.ChangedAt is { } at && !(at <= last)) last = at;
        return last;
    }

    private static ConsentState? Strictest(ImmutableArray<AuditedRecord> records, Channel channel, long point)
    {
        if (point == 0) return null;
        ConsentState? strictest = null;
        foreach (var record in records)
            foreach (var claim in record.Claims)
                if (claim.Channel == channel && claim.Point == point && !(claim.State >= strictest)) strictest = claim.State;
        return strictest;
    }

    /// <summary>The same contact in two systems is no fault; twice in one system is a message sent twice.</summary>
    private void AddDuplicates(AuditedGolden golden, Sample sample)
    {
        var records = golden.Records;
        tallies.Members += records.Length;
        if (records.Length < 2) return;
        tallies.Merged++;
        for (var i = 0; i < records.Length; i++)
        {
            if (scope.Source is { } only && records[i].Source != only) continue;
            var (earlier, mailedEarlier) = (false, false);
            for (var j = 0; j < i; j++)
            {
                if (records[j].Source != records[i].Source) continue;
                earlier = true;
                mailedEarlier |= records[j].Email != 0;
            }

            if (!earlier) continue;
            tallies["duplicates.certain"].Add(sample, records[i].Source);
            if (mailedEarlier && records[i].Email != 0) tallies.SurplusMessages++;
        }
    }

    /// <summary>What the systems say of one golden record, against each other.</summary>
    private void AddSystems(AuditedGolden golden, Sample sample)
    {
        var records = golden.Records;
        if (records.Length < 2) return;
        // What the hub suppresses is settled here; a fix that was applied is not to be applied again.
        if (!golden.IsSuppressedHere)
        {
            if (Conflicts.OnConsent(records)) tallies["consent.conflict"].Add(sample);
            else if (Conflicts.IsUntold(records)) tallies["consent.gap"].Add(sample);
        }

        if (OfOneSource(records)) return;
        tallies.Compared++;
        var any = false;
        for (var i = 0; i < conflictCodes.Length; i++)
        {
            if (!Conflicts.On(rules.ConflictFields[i], i, records)) continue;
            tallies[conflictCodes[i]].Add(sample, field: rules.ConflictFields[i]);
            any = true;
        }

        if (any) tallies.InConflict++;
    }

    private static bool OfOneSource(ImmutableArray<AuditedRecord> records)
    {
        foreach (var record in records)
            if (record.Source != records[0].Source) return false;
        return true;
    }

    private void AddAge(DateTimeOffset? changedAt, Sample sample)
    {
        if (changedAt is not { } changed) return;
        tallies.Dated++;
        if (now - changed > rules.StaleAfter) tallies["stale"].Add(sample);
    }

    /// <summary>Nobody is blamed for the silence of systems that would not tell, nor for being new; of whom no system says since when it knows them, nothing is said.</summary>
    private void AddEngagement(AuditedGolden golden, Sample sample)
    {
        if (rules.EngagementSources.IsEmpty) return;
        var known = golden.KnownSince;
        var followed = false;
        foreach (var record in golden.Records)
        {
            if (record.ChangedAt is { } at && !(at >= known)) known = at;
            followed |= rules.EngagementSources.Contains(record.Source);
        }

        if (!followed || !(now - known > rules.NeverEngagedAfter)) return;
        tallies.Followed++;
        if (!golden.Filled.Has(Field.EngagedAt)) tallies["never_engaged"].Add(sample, field: Field.EngagedAt);
    }

    private Reach AddReach(AuditedGolden golden, Sample sample, ConsentState? email)
    {
        var hygiene = golden.Hygiene;
        var hasEmail = golden.Email.Point != 0;
        var reach = new Reach(
            hasEmail && (hygiene.Reasons & (HygieneReasons.EmailUndeliverable | HygieneReasons.PlaceholderEmail)) == 0,
            golden.Phone != 0 && !hygiene.Reasons.HasFlag(HygieneReasons.PhoneUndeliverable));
        if (hasEmail)
        {
            tallies.WithEmail++;
            if (hygiene.Reasons.HasFlag(HygieneReasons.EmailUndeliverable)) tallies["reach.suppressed"].Add(sample, field: Field.Email);
            if (hygiene.Reasons.HasFlag(HygieneReasons.ReservedDomain)) tallies["reach.reserved"].Add(sample, field: Field.Email);
            if (golden.Email.Free && reach.Email) tallies["reach.free_mail"].Add(sample, field: Field.Email);
        }

        if (!reach.Email && !reach.Phone) tallies["reach.none"].Add(sample);
        switch (hygiene.Status)
        {
            case HygieneStatus.Blocked: tallies.Blocked++; break;
            case HygieneStatus.InReview: tallies.InReview++; break;
            default: tallies.Ready++; break;
        }

        if (reach.Email) AddConsent(email, sample);
        return reach;
    }

    private void AddConsent(ConsentState? email, Sample sample)
    {
        tallies.Emailable++;
        if (email is not null) tallies.Claimed++;
        switch (email)
        {
            case null: tallies["consent.missing"].Add(sample); break;
            case ConsentState.Denied: tallies["consent.denied"].Add(sample); break;
            case ConsentState.Pending: tallies["consent.pending"].Add(sample); break;
        }
    }

    private void AddWorkflows(AuditedGolden golden, Reach reach, ConsentState? email, DateTimeOffset? changedAt)
    {
        for (var i = 0; i < workflows.Length; i++)
        {
            var (workflow, tally) = workflows[i];
            if (scope.Workflow is null && !workflow.Audience.Holds(golden, email, changedAt, IsOf(golden.Records, i), now)) continue;
            if (!tally.Add(golden, reach, email) && scope.Workflow is not null) tallies["not_ready"].Add(SampleOf(golden));
        }
    }

    /// <summary>True when one of the records is of a source that the workflow is for.</summary>
    private bool IsOf(ImmutableArray<AuditedRecord> records, int workflow)
    {
        foreach (var record in records)
        {
            if (!workflowsOfSource.TryGetValue(record.Source, out var of))
                workflowsOfSource[record.Source] = of = [.. workflows.Select(w => w.Rules.Audience.IsOf(record.Source, rules.Connectors))];
            if (of[workflow]) return true;
        }

        return false;
    }

    private static long ValueOf(AuditedGolden golden, Field field) => field == Field.BirthDate ? golden.BirthDate : golden.Phone;

    /// <summary>Adds candidate merges that wait for a person.</summary>
    /// <param name="pairs">How many pairs.</param>
    /// <param name="samples">Some of them, in words that find them again.</param>
    public void AddQueue(long pairs, IEnumerable<string> samples)
    {
        tallies["duplicates.likely"].Add(pairs);
        foreach (var sample in samples) tallies["duplicates.likely"].AddSample(new Sample(0, sample));
    }

    /// <summary>Adds what the reader of the report should know of how it was made.</summary>
    public void AddNote(string note) => notes.Add(note);

    /// <summary>Adds one source.</summary>
    public void Add(AuditedSource source)
    {
        sources.Add(source);
        if (source.Quarantined > 0) tallies["quarantine"].Add(source.Quarantined, source.Source);
        if (source.LastError is not null) tallies["sync.failed"].Add(new Sample(0, source.Source));
        else if (IsLate(source)) tallies["sync.late"].Add(new Sample(0, source.Source));
    }

    private bool IsLate(AuditedSource source) => source.Syncs && !(now - source.LastSync <= rules.LateAfter);

    /// <summary>Takes in what another audit of the same rules, scope and time has gathered over other records. The other must not be used after.</summary>
    public void Merge(Audit other)
    {
        tallies.Merge(other.tallies);
        addresses.Merge(other.addresses, tallies["duplicates.shared_address"]);
        links.Merge(other.links);
        for (var i = 0; i < repeats.Length; i++) repeats[i].Values.Merge(other.repeats[i].Values);
        for (var i = 0; i < workflows.Length; i++) workflows[i].Tally.Merge(other.workflows[i].Tally);
        sources.AddRange(other.sources);
        notes.AddRange(other.notes);
    }
}
