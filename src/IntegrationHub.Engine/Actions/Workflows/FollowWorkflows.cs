using System.Globalization;
using IntegrationHub.Engine.Events;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>A workflow as it stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Launch">Its launch; null for one that was never launched.</param>
/// <param name="Versions">How many versions are published.</param>
/// <param name="Active">Enrolments at a step.</param>
/// <param name="Ended">Enrolments that have ended.</param>
/// <param name="Converted">Enrolments that reached the goal.</param>
/// <param name="Control">Enrolments in the control group.</param>
/// <param name="Messages">Messages by what became of them.</param>
public sealed record WorkflowStatus(string Name, LaunchRow? Launch, int Versions, long Active, long Ended, long Converted, long Control, IReadOnlyList<MessageCount> Messages);

/// <summary>Why a contact is where it is.</summary>
/// <param name="Contact">Its id now.</param>
/// <param name="Hygiene">Its hygiene status, with reasons.</param>
/// <param name="Enrolments">Its runs.</param>
/// <param name="Held">Entries that wait, and for what.</param>
/// <param name="Journal">What was done, and what not and why; the latest first.</param>
/// <param name="Messages">Its messages; the latest first.</param>
/// <param name="Events">What it did; the latest first.</param>
public sealed record ContactWhy(
    GoldenId Contact, string Hygiene, IReadOnlyList<Enrolment> Enrolments, IReadOnlyList<HeldEntry> Held, IReadOnlyList<EffectRow> Journal, IReadOnlyList<MessageRow> Messages, IReadOnlyList<EventRow> Events)
{
    /// <summary>What was told to systems, asked outside, or waits to be; the latest first.</summary>
    public IReadOnlyList<OutboxRow> Outbox { get; init; } = [];
}

/// <summary>One contact of a migration.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Step">Where it stands.</param>
/// <param name="Possible">False where the new version has no such step: it stays on its version.</param>
public sealed record MigrationLine(GoldenId Contact, string? Step, bool Possible);

/// <summary>Looks at workflows and at contacts in them, enrols by hand, and moves enrolments to another version.</summary>
public sealed class FollowWorkflows(HubStore store, EventIntake intake, TimeProvider time)
{
    private const int Lines = 50;
    private const int Slice = 500;

    /// <summary>All workflows that were published, as they stand.</summary>
    public async Task<IReadOnlyList<WorkflowStatus>> Status(Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        var launches = (await store.Launches.List(ct)).ToDictionary(l => l.Name, StringComparer.Ordinal);
        var counts = (await store.Journeys.Counts(ct)).ToLookup(c => c.Workflow, StringComparer.Ordinal);
        var messages = (await store.Messages.Counts(ct)).ToLookup(m => m.Workflow, StringComparer.Ordinal);
        return
        [
            .. (await store.Launches.Versions(null, ct)).GroupBy(v => v.Name, StringComparer.Ordinal).Select(v => new WorkflowStatus(
                v.Key, launches.GetValueOrDefault(v.Key), v.Count(), counts[v.Key].Where(c => c.State == EnrolmentState.Active).Sum(c => c.Enrolments), counts[v.Key].Where(c => c.State != EnrolmentState.Active).Sum(c => c.Enrolments),
                counts[v.Key].Sum(c => c.Converted), counts[v.Key].Where(c => c.Control).Sum(c => c.Enrolments), [.. messages[v.Key]])),
        ];
    }

    /// <summary>Why a contact is in its workflows, why something was not sent, and what comes next.</summary>
    /// <param name="contact">A golden id, an e-mail address or a phone number.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">Nobody is known by it.</exception>
    public async Task<ContactWhy> Why(string contact, Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        var id = await Find(contact, ct);
        var detail = await store.Golden.Show(id, ct) ?? throw new NotPossibleException($"There is no contact {contact}.");
        GoldenId[] ids = [id, .. detail.Aliases.Select(a => a.Alias)];
        var journey = (await store.Journeys.Load([id], ct)).GetValueOrDefault(id)?.State.Current ?? Journey.Empty;
        var hygiene = detail.Row.Hygiene;
        return new ContactWhy(
            id, hygiene.ReasonCodes.IsEmpty ? hygiene.StatusCode : $"{hygiene.StatusCode}: {string.Join(", ", hygiene.ReasonCodes)}", journey.Enrolments, journey.Held, await store.Journeys.Journal(ids, Lines, ct),
            await store.Messages.Of(ids, Lines, ct), await store.Events.Of(id, Lines, ct))
        {
            Outbox = await store.Outbox.Of(ids, Lines, ct),
        };
    }

    /// <summary>Tries again what was refused for good: messages, and what was to be told to systems. Returns how many of each.</summary>
    public async Task<(int Messages, int Told)> Retry(Actor by, CancellationToken ct)
    {
        by.Require(Role.Admin);
        var now = time.GetUtcNow();
        var (messages, told) = (await store.Messages.Retry(null, now, ct), await store.Outbox.Retry(now, ct));
        await store.Trail.Add([new TrailEntry(now, by.Name, "retry", "outbox", "all", null, string.Create(CultureInfo.InvariantCulture, $"{messages} messages, {told} others"), null)], ct);
        return (messages, told);
    }

    /// <summary>Enrols a contact by hand; the rules of entry hold. It enters as soon as the workflows run, in whichever process.</summary>
    /// <exception cref="NotPossibleException">Nobody is known by that, or the workflow is not launched.</exception>
    public async Task<GoldenId> Enrol(string contact, string workflow, Actor by, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        var launches = await store.Launches.List(ct);
        if (launches.FirstOrDefault(l => l.Name == workflow) is not { State: not LaunchState.Stopped })
            throw new NotPossibleException($"No workflow '{workflow}' is launched. {Suggestion.For(workflow, launches.Select(l => l.Name))}");
        var (id, now) = (await Find(contact, ct), time.GetUtcNow());
        await intake.Keep([EnrolRequest.Of(Guid.CreateVersion7(now), id, workflow, $"by hand, {by.Name}", now)], "hub", history: false, ct);
        await store.Trail.Add([new TrailEntry(now, by.Name, "enrol", "golden", id.ToString(), null, workflow, null)], ct);
        return id;
    }

    /// <summary>What moving the enrolments of earlier versions to the launched one would do: each contact with its step.</summary>
    /// <exception cref="NotPossibleException">The workflow is not launched.</exception>
    public async Task<IReadOnlyList<MigrationLine>> PreviewMigration(string workflow, Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        var (target, older) = await Versions(workflow, ct);
        var lines = new List<MigrationLine>();
        foreach (var version in older)
            await foreach (var row in In(workflow, version.Version, ct)) lines.Add(Line(row.Id, row.State.Current.Enrolments.First(e => e.IsActive && e.Workflow == workflow), target));
        return lines;
    }

    /// <summary>Moves enrolments of earlier versions to the launched one, where it has the step that they are at; the others stay. Returns how many moved and how many stay.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="lane">The right to change journeys.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops between transactions.</param>
    public async Task<(int Moved, int Stay)> Migrate(string workflow, Cluster.Lane lane, Actor by, CancellationToken ct)
    {
        by.Require(Role.Admin);
        var (target, older) = await Versions(workflow, ct);
        await using var pass = await lane.Enter(Journeys.Lease, ct);
        var (moved, stay, now) = (0, 0, time.GetUtcNow());
        foreach (var version in older)
        {
            var saves = new List<JourneySave>();
            await foreach (var row in In(workflow, version.Version, ct))
            {
                var enrolment = row.State.Current.Enrolments.First(e => e.IsActive && e.Workflow == workflow);
                if (!Line(row.Id, enrolment, target).Possible)
                {
                    stay++;
                    continue;
                }

                var next = enrolment with { Version = target.Version };
                var journey = row.State.Current with { Enrolments = row.State.Current.Enrolments.Replace(enrolment, next) };
                saves.Add(new JourneySave(row.Id, JourneyState.Of(journey), row.Change, now, [next], [], [], [], null));
            }

            if (!await store.Journeys.Save(new LaneSave(saves, [], [], [], null, pass.Epoch), now, pass.Token)) throw new NotPossibleException("Contacts changed meanwhile; nothing was moved. Try again.");
            moved += saves.Count;
        }

        await store.Trail.Add([new TrailEntry(now, by.Name, "migrate", "workflow", workflow, null, target.Version, string.Create(CultureInfo.InvariantCulture, $"{moved} moved, {stay} stay"))], ct);
        return (moved, stay);
    }

    private async IAsyncEnumerable<(GoldenId Id, JourneyState State, long Change)> In(string workflow, string version, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        GoldenId? after = null;
        while (await store.Journeys.In(workflow, version, after, Slice, ct) is { Count: > 0 } ids)
        {
            foreach (var (id, row) in await store.Journeys.Load(ids, ct))
                if (row.State.Current.Enrolments.Any(e => e.IsActive && e.Workflow == workflow && e.Version == version)) yield return (id, row.State, row.Change);
            after = ids[^1];
        }
    }

    private static MigrationLine Line(GoldenId id, Enrolment enrolment, Workflow target) => new(id, enrolment.Step, enrolment.Step is { } step && target.Find(step) is not null);

    private async Task<(Workflow Target, IReadOnlyList<WorkflowVersionRow> Older)> Versions(string workflow, CancellationToken ct)
    {
        var launch = (await store.Launches.List(ct)).FirstOrDefault(l => l.Name == workflow) ?? throw new NotPossibleException($"No workflow '{workflow}' is launched.");
        var versions = await store.Launches.Versions(workflow, ct);
        var target = versions.First(v => v.Version == launch.Version);
        return (WorkflowsInForce.Parse(workflow, target.Text) with { Version = target.Version }, [.. versions.Where(v => v.Version != launch.Version)]);
    }

    private async Task<GoldenId> Find(string contact, CancellationToken ct)
    {
        if (Guid.TryParse(contact, out var id)) return (await store.Golden.Find(new GoldenId(id), ct))?.Id ?? throw new NotPossibleException($"There is no contact {contact}.");
        var asked = new HubEvent("ask", EventTypes.PageViewed, time.GetUtcNow(), contact.Contains('@', StringComparison.Ordinal) ? new EventContact(Email: contact) : new EventContact(Phone: contact), EventProperties.None);
        var owners = await new ContactKeys(store).Owners([ContactKeys.Landing(asked, "hub", history: false)], ct);
        return owners.TryGetValue("ask", out var owner) ? owner.Golden : throw new NotPossibleException($"Nobody is known by '{contact}'. Give a contact's id, an e-mail address, or a phone number with its country code.");
    }
}
