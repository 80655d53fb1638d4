namespace IntegrationHub.Normalising;

/// <summary>The transform <c>time_mdy</c>.</summary>
public static class TimeMdy
{
    /// <summary>A day or time written month first (US), as an ISO 8601 time in UTC.</summary>
    public static Transform Transform { get; } = new(
        "time_mdy",
        "A day or time written month first (US), as an ISO 8601 time in UTC.",
        [
            new("11/24/2026 3:05 PM", "2026-11-24T15:05:00.000Z"),
            new("3/4/2026", "2026-03-04T00:00:00.000Z"),
            new("24/11/2026", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        return TimeText.Parse(text, "M/d/yyyy", "M-d-yyyy");
    }
}
