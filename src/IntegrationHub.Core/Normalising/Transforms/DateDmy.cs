namespace IntegrationHub.Normalising;

/// <summary>The transform <c>date_dmy</c>.</summary>
public static class DateDmy
{
    /// <summary>A date written day first, as an ISO 8601 date.</summary>
    public static Transform Transform { get; } = new(
        "date_dmy",
        "A date written day first, as an ISO 8601 date.",
        [
            new("24.11.1976", "1976-11-24"),
            new("3/4/1976", "1976-04-03"),
            new("11/24/1976", null),
        ],
        (text, _) => Apply(text));

    private static string? Apply(string text)
    {
        return TimeText.Parse(text, "d.M.yyyy", "d/M/yyyy", "d-M-yyyy") is { } time ? time[..10] : null;
    }
}
