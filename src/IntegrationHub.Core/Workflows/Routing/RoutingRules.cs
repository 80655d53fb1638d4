using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>Days on which somebody is away, both included.</summary>
public sealed record Absence(DateOnly From, DateOnly Until);

/// <summary>Somebody who takes contacts.</summary>
/// <param name="Name">As the CRM names them.</param>
/// <param name="Email">Where they are told.</param>
/// <param name="Weight">How large a share they take, against the others.</param>
/// <param name="PerDay">So many new contacts a day at most; null for no limit.</param>
/// <param name="Absences">When they are away.</param>
public sealed record Rep(string Name, string Email, int Weight, int? PerDay, ImmutableArray<Absence> Absences)
{
    /// <summary>True when they are away on that day.</summary>
    public bool IsAwayOn(DateOnly day) => Absences.Any(a => a.From <= day && day <= a.Until);
}

/// <summary>Contacts that a group of reps takes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="When">Whom it takes; null for everybody.</param>
/// <param name="Reps">Names of its reps.</param>
public sealed record Territory(string Name, Condition? When, ImmutableArray<string> Reps);

/// <summary>Who gets which contact: the first territory that takes it and has somebody there; the fallback owner else, so that nobody is ever unowned.</summary>
/// <param name="Reps">Everybody.</param>
/// <param name="Territories">In the order in which they are asked.</param>
/// <param name="Fallback">Who takes what nobody else does.</param>
/// <param name="FallbackEmail">Where they are told.</param>
/// <param name="Zone">IANA's zone in which days begin for capacity and absence.</param>
public sealed record RoutingRules(ImmutableArray<Rep> Reps, ImmutableArray<Territory> Territories, string Fallback, string FallbackEmail, string Zone)
{
    /// <summary>No rep: all contacts go to the sales desk.</summary>
    public static RoutingRules Empty { get; } = new([], [], "sales", "sales@localhost", "Etc/UTC");

    /// <summary>A rep by name or address; null when nobody is called so.</summary>
    public Rep? Find(string name) =>
        Reps.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(r.Email, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Who was given what so far: shared by all contacts.</summary>
/// <param name="Turns">By rep: the current weight of the smooth weighted round-robin.</param>
/// <param name="Taken">By rep: how many on the latest day, and that day.</param>
public sealed record RoutingState(ImmutableSortedDictionary<string, int> Turns, ImmutableSortedDictionary<string, (DateOnly Day, int Count)> Taken)
{
    /// <summary>Nobody was given anything.</summary>
    public static RoutingState Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), ImmutableSortedDictionary.Create<string, (DateOnly Day, int Count)>(StringComparer.Ordinal));
}
