using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>Something to be asked outside of the hub while a contact waits at a step; the answer comes as an event.</summary>
public abstract record OutsideRequest
{
    /// <summary>Ask vendors for firmographics.</summary>
    /// <param name="Vendors">In this order.</param>
    /// <param name="Deadline">An answer after this comes too late.</param>
    public sealed record Enrich(ImmutableArray<string> Vendors, DateTimeOffset Deadline) : OutsideRequest;

    /// <summary>Ask the agent.</summary>
    /// <param name="Question">What is to be decided.</param>
    /// <param name="Options">Each option with its meaning.</param>
    /// <param name="Deadline">An answer after this comes too late.</param>
    public sealed record Decide(string Question, ImmutableArray<(string Option, string Meaning)> Options, DateTimeOffset Deadline) : OutsideRequest;
}

/// <summary>A request with the place that waits for the answer.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Workflow">The workflow.</param>
/// <param name="Step">The step.</param>
/// <param name="Visit">The contact's visit of the workflow.</param>
/// <param name="EventId">The event that started the enrolment; null where none did.</param>
/// <param name="Of">What is asked.</param>
public sealed record PlacedRequest(string Contact, string Workflow, string Step, int Visit, string? EventId, OutsideRequest Of);
