using System.Collections.Immutable;

namespace IntegrationHub.Vocabulary;

/// <summary>The channels' names, as files, JSON and screens have them.</summary>
public static class Channels
{
    /// <summary>The channels by their names: <c>email</c>, <c>sms</c>.</summary>
    public static ImmutableSortedDictionary<string, Channel> ByName { get; } =
        Enum.GetValues<Channel>().ToImmutableSortedDictionary(Of, c => c, StringComparer.Ordinal);

    /// <summary><c>email</c> or <c>sms</c>.</summary>
    public static string Of(Channel channel) => channel switch
    {
        Channel.Email => "email",
        Channel.Sms => "sms",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "No such channel."),
    };
}
