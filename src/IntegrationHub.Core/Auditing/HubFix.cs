namespace IntegrationHub.Auditing;

/// <summary>What the hub itself can do about a finding, as a batch that is previewed first and undone as a whole.</summary>
public enum HubFix
{
    /// <summary>Nothing: the cure lies at the source, in a form, or in a recipe.</summary>
    None,

    /// <summary>Locks a field of golden records to a value, or to none: a misspelt address to what was meant, a placeholder to nothing.</summary>
    LockValue,

    /// <summary>Decides pairs of the merge queue.</summary>
    DecidePairs,

    /// <summary>Suppresses contact points, so that nothing is sent there.</summary>
    Suppress,
}

/// <summary>Which finding the hub can mend, and how.</summary>
public static class HubFixes
{
    /// <summary>What the hub can do about the finding of this code.</summary>
    public static HubFix Of(string code) => code == CertainPairs.Finding ? HubFix.DecidePairs : Fixes.Find(code)?.Kind ?? HubFix.None;
}
