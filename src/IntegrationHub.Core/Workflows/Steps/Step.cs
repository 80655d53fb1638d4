using System.Collections.Immutable;
using System.Reflection;

namespace IntegrationHub.Workflows;

/// <summary>One step of a workflow. Immutable; what it does is a pure function of what it is handed.</summary>
public abstract record Step
{
    /// <summary>Unique in its workflow.</summary>
    public string Id { get; init; } = "";

    /// <summary>The step that follows; null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>In plain words, as diagrams and reasons have it.</summary>
    public abstract string Text { get; }

    /// <summary>The word that names its kind in definitions.</summary>
    public abstract string KindName { get; }

    /// <summary>Where it may lead, each with the word for the arm; empty for the plain next step.</summary>
    public virtual ImmutableArray<(string Arm, string? To)> Arms => [];

    /// <summary>Conditions whose change in time has to wake a contact that stands here.</summary>
    public virtual ImmutableArray<Condition> Watches => [];

    /// <summary>Does what is to be done: on arrival, and again whenever something wakes the enrolment here.</summary>
    public abstract StepResult Reduce(StepContext context);
}

/// <summary>What becomes of an enrolment at a step.</summary>
public abstract record StepResult
{
    /// <summary>Goes on.</summary>
    /// <param name="To">The step to go to; null ends the run as completed.</param>
    /// <param name="Arm">The arm that was taken, where there was a choice.</param>
    public sealed record GoOn(string? To, string? Arm = null) : StepResult;

    /// <summary>Stays.</summary>
    /// <param name="Until">When time wakes it; null when only an event or a change can.</param>
    /// <param name="For">What it waits for, in words.</param>
    public sealed record Stay(DateTimeOffset? Until, string For) : StepResult;

    /// <summary>Ends the run before its end.</summary>
    public sealed record Leave(string Reason) : StepResult;
}

/// <summary>Why a step is asked.</summary>
public enum Cause
{
    /// <summary>The enrolment has just come to it.</summary>
    Arrival,

    /// <summary>The time that it waited for has come.</summary>
    Time,

    /// <summary>The contact did something.</summary>
    Event,

    /// <summary>The contact changed.</summary>
    Change,
}

/// <summary>
/// One kind of step of the closed list. Each stands in one file as a public static property of this type, with a description and examples;
/// <see cref="StepKinds.All"/> finds it, the examples run as tests, and docs and the editors' schema are made from it.
/// </summary>
/// <param name="Name">The key that names it.</param>
/// <param name="Description">One line for a person who writes a workflow.</param>
/// <param name="Keys">The keys that it takes, with a line of what each means.</param>
/// <param name="Examples">At least one, as YAML in one line.</param>
/// <param name="Read">Reads it; null where a mistake was noted.</param>
public sealed record StepKind(string Name, string Description, ImmutableArray<(string Key, string Meaning)> Keys, ImmutableArray<string> Examples, Func<StepReader, Step?> Read);

/// <summary>The closed list of steps.</summary>
public static class StepKinds
{
    /// <summary>All kinds by the key that names them.</summary>
    public static ImmutableSortedDictionary<string, StepKind> All { get; } = typeof(StepKinds).Assembly.GetTypes()
        .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(p => p.PropertyType == typeof(StepKind)))
        .Select(p => (StepKind)p.GetValue(null)!)
        .ToImmutableSortedDictionary(t => t.Name, t => t, StringComparer.Ordinal);
}

/// <summary>One step being read.</summary>
/// <param name="Map">What stands under the key that names the kind.</param>
/// <param name="Next">The step that follows.</param>
/// <param name="StepsOf">Reads a list of steps under a key of a map, which lead to the given one at their end; gives their first, or that one where the list is empty.</param>
public sealed record StepReader(DefinitionMap Map, string? Next, Func<DefinitionMap, string, string?, string?> StepsOf)
{
    /// <summary>Reads the steps of an arm; they lead on to the step that follows this one.</summary>
    public string? Arm(string key) => StepsOf(Map, key, Next);
}
