using IntegrationHub.Connect;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Delivery;

/// <summary>One way to deliver messages: a folder, a mail server, a vendor.</summary>
public interface IMessageChannel
{
    /// <summary>The name in settings, logs and the outbox: <c>smtp</c>.</summary>
    string Name { get; }

    /// <summary>E-mail or SMS.</summary>
    Channel Channel { get; }

    /// <summary>True when sending a message twice with the same key delivers it once.</summary>
    bool HonoursKeys { get; }

    /// <summary>Tries to deliver a message once. What went wrong is a result, never an exception, but for cancellation.</summary>
    Task<SendResult> Send(OutgoingMessage message, CancellationToken ct);

    /// <summary>Tries address and credentials without sending anything.</summary>
    Task<CheckResult> Check(CancellationToken ct);
}

/// <summary>Why a message will never be taken.</summary>
public enum RefusalKind
{
    /// <summary>There is no such address or number, or its owner has opted out with the provider: suppress it.</summary>
    Recipient = 0,

    /// <summary>The provider does not like the message or its sender; the recipient is not to blame.</summary>
    Message = 1,
}

/// <summary>What became of one attempt.</summary>
public abstract record SendResult
{
    private SendResult() { }

    /// <summary>The provider has it.</summary>
    /// <param name="ProviderId">The provider's own id of it.</param>
    public sealed record Delivered(string ProviderId) : SendResult;

    /// <summary>Not taken; later perhaps.</summary>
    /// <param name="Reason">For a person.</param>
    /// <param name="NotBefore">When the provider wants it again; null when it does not say.</param>
    public sealed record Retry(string Reason, DateTimeOffset? NotBefore = null) : SendResult;

    /// <summary>Nothing can be delivered on this channel at present: no connection, wrong password. Costs no message an attempt.</summary>
    /// <param name="Reason">For a person, with the cure.</param>
    /// <param name="NotBefore">When to try again; null when that is not known.</param>
    public sealed record ChannelDown(string Reason, DateTimeOffset? NotBefore = null) : SendResult;

    /// <summary>Never.</summary>
    /// <param name="Kind">Whose fault it is.</param>
    /// <param name="Reason">As the provider put it.</param>
    public sealed record Refused(RefusalKind Kind, string Reason) : SendResult;

    /// <summary>The answer got lost: it may have been delivered.</summary>
    /// <param name="Reason">For a person.</param>
    public sealed record Unknown(string Reason) : SendResult;
}
