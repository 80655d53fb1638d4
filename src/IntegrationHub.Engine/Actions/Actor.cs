namespace IntegrationHub.Engine.Actions;

/// <summary>What someone may do; each role may do what the ones before it may.</summary>
public enum Role
{
    /// <summary>May look.</summary>
    Viewer = 0,

    /// <summary>May decide pairs and undo merges.</summary>
    Reviewer = 1,

    /// <summary>May configure, sync, retry.</summary>
    Admin = 2,
}

/// <summary>Who acts: stands in the audit trail.</summary>
/// <param name="Name">The account's name; for commands the operating system's user.</param>
/// <param name="Role">What they may do.</param>
public sealed record Actor(string Name, Role Role)
{
    /// <summary>The hub itself, in scheduled runs.</summary>
    public static Actor Schedule { get; } = new("schedule", Role.Admin);

    /// <exception cref="RefusedException">The role does not suffice.</exception>
    internal void Require(Role least)
    {
        if (Role < least) throw new RefusedException($"{Name} is a {Role.ToString().ToLowerInvariant()}; this needs a {least.ToString().ToLowerInvariant()}.");
    }
}

/// <summary>A gate, a threshold or a role says no. The message says which and what would change it.</summary>
public sealed class RefusedException(string message) : Exception(message);

/// <summary>What was asked for does not exist or cannot be done as it stands; the message says what to give instead.</summary>
public sealed class NotPossibleException(string message) : Exception(message);
