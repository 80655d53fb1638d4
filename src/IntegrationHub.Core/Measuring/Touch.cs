using IntegrationHub.Vocabulary;

namespace IntegrationHub.Measuring;

/// <summary>One exposure of a contact: a message that a workflow sent.</summary>
/// <param name="Contact">To whom.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Workflow">By which workflow.</param>
/// <param name="Version">By which version of it.</param>
/// <param name="Visit">In which of the contact's runs through it; 1 for the first.</param>
/// <param name="Path">The path of that run: see <see cref="Paths"/>.</param>
/// <param name="Step">The step that sent it.</param>
/// <param name="Channel">On which channel.</param>
/// <param name="MessageKey">The message's key: a key that comes twice is one touch.</param>
public sealed record Touch(string Contact, DateTimeOffset At, string Workflow, string Version, int Visit, string Path, string Step, Channel Channel, string MessageKey) : IComparable<Touch>
{
    /// <summary>What Markov and Shapley weigh against each other: a workflow on a channel, such as <c>abandoned-cart/sms</c>.</summary>
    public string Player => $"{Workflow}/{Channels.Of(Channel)}";

    /// <summary>By time, then by key: the one order in which touches are looked at.</summary>
    public int CompareTo(Touch? other)
    {
        if (other is null) return 1;
        var byTime = At.UtcTicks.CompareTo(other.At.UtcTicks);
        return byTime != 0 ? byTime : string.CompareOrdinal(MessageKey, other.MessageKey);
    }
}

/// <summary>The way that a run took through its workflow, in few words.</summary>
public static class Paths
{
    /// <summary>The path of a run that met no choice.</summary>
    public const string Straight = "straight";

    /// <summary>The arms taken, in order, such as <c>clicked:yes &gt; test:b</c>; <see cref="Straight"/> where there was no choice.</summary>
    /// <param name="path">The steps begun, with <c>step:arm</c> for each choice, as an enrolment keeps them.</param>
    public static string Of(IEnumerable<string> path) => string.Join(" > ", path.Where(p => p.Contains(':', StringComparison.Ordinal))) is { Length: > 0 } arms ? arms : Straight;
}
