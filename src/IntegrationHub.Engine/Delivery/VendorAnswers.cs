using IntegrationHub.Connect;

namespace IntegrationHub.Engine.Delivery;

/// <summary>What a vendor's failed call means for the message in it.</summary>
internal static class VendorAnswers
{
    internal static SendResult Judge(ConnectorException e, string cure) => e switch
    {
        // No connection, or not even tried: the vendor cannot have the message.
        { Status: null, InnerException: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } } => new SendResult.ChannelDown(e.Message),
        { Status: null, InnerException: null } or { InnerException: Connect.Http.PaceStopsException } => new SendResult.ChannelDown(e.Message),
        { Status: null, InnerException: { } inner } when inner.GetType().Name.StartsWith("BrokenCircuit", StringComparison.Ordinal) => new SendResult.ChannelDown(e.Message),
        { Status: 401 or 403 } => new SendResult.ChannelDown($"{e.Message} {cure}"),
        { Status: 429 or 503 } => new SendResult.Retry(e.Message),
        // No answer, or one from the midst of handling it.
        { Status: null or 408 or >= 500 } => new SendResult.Unknown(e.Message),
        _ => new SendResult.ChannelDown($"{e.Message} {cure}"),
    };
}
