namespace IntegrationHub.Normalising;

/// <summary>The transform <c>time_dmy</c>.</summary>
public static class TimeDmy
{
    /// <summary>A day or time written day first, as an ISO 8601 time in UTC.</summary>
    public static Transform Transform { get; } = new(
        "time_dmy",
        "A day or time written day first, as an ISO 8601 time in UTC.",
        [
            new("24.11.2026 15:05", "2026-11-24T15:05:00.000Z"),
            new("3/4/2026", "2026-04-03T00:00:00.000Z"),
            new("11/24/2026", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        return TimeText.Parse(text, "d.M.yyyy", "d/M/yyyy", "d-M-yyyy");
    }
}
