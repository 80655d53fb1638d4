using System.Collections.Immutable;
using System.Text.Json;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Simulating;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>What to simulate.</summary>
/// <param name="Names">Workflows by name; none for all.</param>
/// <param name="Contacts">A CSV file of contacts.</param>
/// <param name="Events">A file of events, one JSON object a line; null for none.</param>
/// <param name="From">The virtual clock begins here, and the workflows count as launched.</param>
/// <param name="Until">It ends before this.</param>
/// <param name="Profile"><c>starter</c> or <c>full</c>; null for what each file says.</param>
public sealed record SimulationRequest(ImmutableArray<string> Names, string Contacts, string? Events, DateTimeOffset From, DateTimeOffset Until, string? Profile = null);

/// <summary>What workflows would have done.</summary>
/// <param name="Effects">In order of time, then event id.</param>
/// <param name="Contacts">How many contacts there were.</param>
/// <param name="Problems">Events that could not be taken, with their lines.</param>
public sealed record SimulationOutcome(ImmutableArray<Effect> Effects, int Contacts, ImmutableArray<string> Problems);

/// <summary>What would these workflows have done with these people and events? On a virtual clock, without a database, by the production reducer, gate and templates.</summary>
public static class SimulateWorkflows
{
    /// <summary>Runs it.</summary>
    /// <param name="request">What.</param>
    /// <param name="mappings">The mappings folder.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">A file cannot be read, no workflow has a name, or the time is none; the message says what to do.</exception>
    /// <exception cref="RecipeException">Definitions have mistakes.</exception>
    public static SimulationOutcome Run(SimulationRequest request, string mappings, CancellationToken ct)
    {
        if (request.Until <= request.From) throw new NotPossibleException("--until is not after --from: there is no time to simulate.");
        var book = WorkflowBook.Load(mappings, request.Profile);
        var chosen = Chosen(book, request.Names);
        var contacts = SimulationContacts.Read(request.Contacts);
        var problems = new List<string>();
        var events = request.Events is { } file ? SimulationEvents.Read(file, contacts, problems, ct) : [];
        var set = book.SetOf([.. chosen.Select(w => new LaunchedWorkflow(w, request.From))], [], RehearsalLinks.Links, request.From);
        var effects = Simulation.Run(set, new SimulationInput(contacts, events, request.From, request.Until), ct);
        return new SimulationOutcome(effects, contacts.Length, [.. problems]);
    }

    /// <summary>One line of the answer: <c>at</c>, <c>contact</c>, <c>workflow</c>, <c>step</c>, <c>kind</c>, <c>channel</c>, <c>template</c>, <c>reason</c>; null for what does not apply.</summary>
    public static string ToJson(Effect effect)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("at", effect.At.UtcDateTime.ToString(effect.At.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("contact", effect.Contact);
            json.WriteString("workflow", effect.Workflow);
            json.WriteString("step", effect.Step);
            json.WriteString("kind", effect.Kind.ToString().ToLowerInvariant());
            json.WriteString("channel", effect.Channel is { } channel ? Channels.Of(channel) : null);
            json.WriteString("template", effect.Template);
            json.WriteString("reason", effect.Reason);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static IEnumerable<Workflow> Chosen(WorkflowBook book, ImmutableArray<string> names)
    {
        var all = book.Workflows.Select(w => w.Workflow).ToList();
        foreach (var name in names.Where(n => all.All(w => w.Name != n)))
            throw new NotPossibleException($"There is no workflow '{name}' in mappings/workflows. {Suggestion.For(name, all.Select(w => w.Name))}");
        return all.Where(w => names.IsEmpty || names.Contains(w.Name));
    }
}
