namespace IntegrationHub.Normalising;

/// <summary>The transform <c>epoch_time</c>.</summary>
public static class EpochTime
{
    /// <summary>Unix time in seconds or milliseconds, as an ISO 8601 time in UTC.</summary>
    public static Transform Transform { get; } = new(
        "epoch_time",
        "Unix time in seconds or milliseconds, as an ISO 8601 time in UTC.",
        [
            new("1767607200000", "2026-01-05T10:00:00.000Z"),
            new("1767607200", "2026-01-05T10:00:00.000Z"),
            new("yesterday", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        var trimmed = text.Trim();
        return trimmed.All(char.IsAsciiDigit) && SourceTime.Read(trimmed) is { } time ? TimeText.Iso(time) : TimeText.IfIso(trimmed);
    }
}
