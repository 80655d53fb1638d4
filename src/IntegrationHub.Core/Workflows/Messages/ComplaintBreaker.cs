namespace IntegrationHub.Workflows;

/// <summary>From which share of complaints on marketing mail is warned about, and stopped.</summary>
/// <param name="Warn">A share of the delivered mails. Gmail and Yahoo want senders below 0.1 %.</param>
/// <param name="Stop">From 0.3 % on they turn senders away.</param>
/// <param name="LeastDelivered">Fewer mails than this say nothing.</param>
/// <param name="LeastComplaints">Fewer complaints than this say nothing: one angry reader stops nobody.</param>
public sealed record ComplaintRules(double Warn, double Stop, long LeastDelivered, long LeastComplaints)
{
    /// <summary>0.1 % and 0.3 %, of 500 mails or more, with two complaints or more.</summary>
    public static ComplaintRules Default { get; } = new(0.001, 0.003, 500, 2);
}

/// <summary>What the breaker says.</summary>
public enum ComplaintState
{
    /// <summary>All is well, or too little is known.</summary>
    Closed = 0,

    /// <summary>Look at what is sent to whom.</summary>
    Warning = 1,

    /// <summary>Marketing mail stops until a person lets it go on.</summary>
    Stopped = 2,
}

/// <summary>The verdict with its figures.</summary>
/// <param name="State">What to do.</param>
/// <param name="Rate">Complaints a delivered mail; 0 when none was delivered.</param>
/// <param name="Message">For a person.</param>
public sealed record ComplaintVerdict(ComplaintState State, double Rate, string Message);

/// <summary>Stops marketing mail before the mailbox providers do. Pure; counted over a rolling week by the caller.</summary>
public static class ComplaintBreaker
{
    /// <summary>Judges a sender, or one workflow.</summary>
    /// <param name="delivered">Mails delivered.</param>
    /// <param name="complaints">Complaints about them.</param>
    /// <param name="rules">Limits.</param>
    public static ComplaintVerdict Judge(long delivered, long complaints, ComplaintRules rules)
    {
        // Feedback loops may tell of more complaints than mails when the mails are of an earlier week.
        var rate = delivered <= 0 ? 0 : Math.Min(1, (double)complaints / delivered);
        var said = $"{complaints} of {delivered} recipients complained ({rate * 100:0.00} %)";
        if (delivered < rules.LeastDelivered || complaints < rules.LeastComplaints) return new(ComplaintState.Closed, rate, $"{said}; too few to judge by.");
        if (rate >= rules.Stop)
            return new(ComplaintState.Stopped, rate, $"{said}; from {rules.Stop * 100:0.0##} % on marketing mail stops, before mailbox providers turn all your mail away. Look at who got what, then let it go on.");
        return rate >= rules.Warn
            ? new(ComplaintState.Warning, rate, $"{said}; providers want less than {rules.Warn * 100:0.0##} %. Send to fewer, or to those only who asked for it.")
            : new(ComplaintState.Closed, rate, $"{said}.");
    }
}
