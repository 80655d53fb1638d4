using System.Text.Json;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>What a row of the outbox says of something that is asked outside.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Step">The step that waits.</param>
/// <param name="EventId">The event that started the enrolment; null where none did.</param>
/// <param name="Deadline">An answer after this comes too late.</param>
internal sealed record OutsideWord(string Workflow, string Step, string? EventId, DateTimeOffset Deadline)
{
    /// <summary>Of enrichment: who is asked, in this order.</summary>
    public IReadOnlyList<string> Vendors { get; init; } = [];

    /// <summary>Of a decision: what is to be decided.</summary>
    public string Question { get; init; } = "";

    /// <summary>Of a decision: the options, each with its meaning.</summary>
    public IReadOnlyList<OptionWord> Options { get; init; } = [];

    /// <summary>The row that asks it. Its key is that of the place that waits: asked again, as when an event comes late, it is the same question.</summary>
    public static OutboxAdd Of(PlacedRequest request, GoldenId golden)
    {
        var (kind, word) = request.Of switch
        {
            OutsideRequest.Enrich enrich => (OutboxKinds.Enrich, new OutsideWord(request.Workflow, request.Step, request.EventId, enrich.Deadline) { Vendors = enrich.Vendors }),
            OutsideRequest.Decide decide => (OutboxKinds.Decide, new OutsideWord(request.Workflow, request.Step, request.EventId, decide.Deadline)
            {
                Question = decide.Question,
                Options = [.. decide.Options.Select(o => new OptionWord(o.Option, o.Meaning))],
            }),
            var other => throw new InvalidOperationException($"No such request: {other}."),
        };
        return new OutboxAdd(kind, "", "", "", golden, JsonSerializer.Serialize(word), FormattableString.Invariant($"{kind}|{request.Contact}|{request.Workflow}|{request.Visit}|{request.Step}"));
    }
}

/// <summary>An option of a decision.</summary>
internal sealed record OptionWord(string Name, string Meaning);

/// <summary>What a row of the outbox says of a note to one's own team.</summary>
internal sealed record NoteWord(string Text);
