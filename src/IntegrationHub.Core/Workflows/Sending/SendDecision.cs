namespace IntegrationHub.Workflows;

/// <summary>The send gate's word on one message.</summary>
public abstract record SendDecision
{
    /// <summary>It goes out now.</summary>
    /// <param name="To">The address or number.</param>
    public sealed record Send(string To) : SendDecision;

    /// <summary>It goes out later, if nothing speaks against it then.</summary>
    /// <param name="Until">When it is asked again.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Defer(DateTimeOffset Until, string Reason) : SendDecision;

    /// <summary>It never goes out.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Skip(string Reason) : SendDecision;
}
