using System.Collections.Immutable;

namespace IntegrationHub.Measuring;

/// <summary>One contact's run through a workflow, as far as a report looks at it.</summary>
/// <param name="Contact">The contact's id.</param>
/// <param name="Workflow">The workflow.</param>
/// <param name="Version">The version that it ran on.</param>
/// <param name="Visit">1 for the contact's first run.</param>
/// <param name="EnteredAt">When it entered.</param>
/// <param name="Control">True in the control group: it walked all steps and was sent nothing.</param>
/// <param name="Path">See <see cref="Paths"/>.</param>
/// <param name="ConvertedAt">When it reached the workflow's goal; null when it has not.</param>
public sealed record MeasuredEnrolment(string Contact, string Workflow, string Version, int Visit, DateTimeOffset EnteredAt, bool Control, string Path, DateTimeOffset? ConvertedAt);

/// <summary>All that a report is made of. In any order; what comes twice counts once.</summary>
/// <param name="Enrolments">Runs, of both arms.</param>
/// <param name="Touches">Messages sent, from a look-back before the report's time on.</param>
/// <param name="Events">What contacts did.</param>
/// <param name="Notes">What could not be read, for the report's end.</param>
public sealed record MeasuredFacts(ImmutableArray<MeasuredEnrolment> Enrolments, ImmutableArray<Touch> Touches, ImmutableArray<ContactEvent> Events, ImmutableArray<string> Notes)
{
    /// <summary>Nothing.</summary>
    public static MeasuredFacts None { get; } = new([], [], [], []);
}
