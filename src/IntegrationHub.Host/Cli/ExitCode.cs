namespace IntegrationHub.Host.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>All done.</summary>
    public const int Done = 0;

    /// <summary>Failed; nothing of the failed step was kept.</summary>
    public const int Failed = 1;

    /// <summary>A threshold, a gate or a role said no.</summary>
    public const int Refused = 2;

    /// <summary>Done but for what is in quarantine.</summary>
    public const int Partly = 3;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 64;
}
