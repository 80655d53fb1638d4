using System.Text;
using System.Text.Json;
using IntegrationHub.Engine.Simulating;
using IntegrationHub.Measuring;
using IntegrationHub.Store;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>A report and where its page was written.</summary>
/// <param name="Report">The report.</param>
/// <param name="Page">The HTML page; null where none was asked for.</param>
public sealed record ReportOutcome(MeasuringReport Report, string? Page);

/// <summary>Files that a report is made of instead of the database.</summary>
/// <param name="Journal">What <c>hub workflow simulate --json</c> printed.</param>
/// <param name="Events">The events that it ran over; null for none.</param>
/// <param name="Contacts">The contacts that it ran over: needed where events name contacts otherwise than by <c>id</c>; null for none.</param>
public sealed record SimulatedFiles(string Journal, string? Events, string? Contacts);

/// <summary>Says what workflows brought, and which to scale and which to stop.</summary>
public sealed class ReportWorkflows(HubStore store)
{
    private const int NotedProblems = 5;

    /// <summary>The report of what has happened.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="page">Where to write the page; null for none.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">Nobody has entered the workflow.</exception>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public async Task<ReportOutcome> Run(ReportRequest request, string? page, Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        return await Answer(await store.Measures.Facts(request.From, request.Until, request.Settings.LookBack, ct), request, page, ct);
    }

    /// <summary>The report of a simulation; needs no database.</summary>
    /// <param name="files">What was simulated.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="page">Where to write the page; null for none.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">A file is missing, or the workflow is not in it.</exception>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public static Task<ReportOutcome> OfSimulation(SimulatedFiles files, ReportRequest request, string? page, CancellationToken ct)
    {
        if (!File.Exists(files.Journal)) throw new NotPossibleException($"There is no file {files.Journal}. Make it with: hub workflow simulate --contacts FILE.csv --events FILE.jsonl --from T --until T --json > {files.Journal}");
        var facts = SimulationJournal.Read(File.ReadLines(files.Journal));
        var problems = new List<string>();
        var events = files.Events is { } path ? EventsOf(path, files.Contacts, problems, ct) : [];
        IEnumerable<string> notes = problems.Count > NotedProblems ? [.. problems.Take(NotedProblems), $"And {problems.Count - NotedProblems} more lines of {files.Events} like these."] : problems;
        return Answer(facts with { Events = [.. events], Notes = [.. facts.Notes, .. notes] }, request, page, ct);
    }

    private static async Task<ReportOutcome> Answer(MeasuredFacts facts, ReportRequest request, string? page, CancellationToken ct)
    {
        if (request.Workflow is { } workflow && facts.Enrolments.All(e => e.Workflow != workflow) && facts.Touches.All(t => t.Workflow != workflow))
        {
            var known = facts.Enrolments.Select(e => e.Workflow).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            throw new NotPossibleException($"Nobody has entered a workflow '{workflow}'. {(known.Count == 0 ? "Nobody has entered any yet." : $"Entered were: {string.Join(", ", known)}.")}");
        }

        var report = WorkflowReports.Of(facts, request);
        if (page is not null) await WritePage(page, report, ct);
        return new ReportOutcome(report, page is null ? null : Path.GetFullPath(page));
    }

    private static IEnumerable<ContactEvent> EventsOf(string path, string? contacts, List<string> problems, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new NotPossibleException($"There is no file {path}.");
        return contacts is { } list
            ? SimulationEvents.Read(path, SimulationContacts.Read(list), problems, ct).Select(e => new ContactEvent(e.Contact, e.Event))
            : ById(path, problems, ct);
    }

    private static List<ContactEvent> ById(string path, List<string> problems, CancellationToken ct)
    {
        var (events, number) = (new List<ContactEvent>(), 0);
        foreach (var line in File.ReadLines(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            ct.ThrowIfCancellationRequested();
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                using var json = JsonDocument.Parse(line);
                var (read, problem) = EventReader.Read(json.RootElement, now: null);
                if (read?.Contact.Id is { } contact) events.Add(new ContactEvent(contact, read));
                else problems.Add($"{path}, line {number}: {problem ?? "the contact is not named by 'id'; give --contacts FILE.csv, so that it can be found by address"}.");
            }
            catch (JsonException e)
            {
                problems.Add($"{path}, line {number}: this is no JSON: {e.Message}");
            }
        }

        return events;
    }

    private static async Task WritePage(string path, MeasuringReport report, CancellationToken ct)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        var partial = path + ".partial";
        await File.WriteAllTextAsync(partial, ReportHtml.Render(report), ct);
        File.Move(partial, path, overwrite: true);
    }
}
