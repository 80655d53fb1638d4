namespace IntegrationHub.Normalising;

/// <summary>The transform <c>date_mdy</c>.</summary>
public static class DateMdy
{
    /// <summary>A date written month first (US), as an ISO 8601 date.</summary>
    public static Transform Transform { get; } = new(
        "date_mdy",
        "A date written month first (US), as an ISO 8601 date.",
        [
            new("11/24/1976", "1976-11-24"),
            new("3/4/1976", "1976-03-04"),
            new("24/11/1976", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        return TimeText.Parse(text, "M/d/yyyy", "M-d-yyyy") is { } time ? time[..10] : null;
    }
}
