namespace IntegrationHub.Normalising;

/// <summary>Which country a postal code belongs to, where its shape alone tells.</summary>
public static class PostcodeCountries
{
    // Shapes that no other country uses. Four or five digits are half the world's.
    private static readonly string[] Telling = ["CA", "GB", "IE", "NL"];

    /// <summary>ISO 3166-1 alpha-2; null where the shape does not tell.</summary>
    public static string? Of(string postcode)
    {
        var fitting = Telling.Where(c => Postcodes.Normalise(postcode, c) is not null).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }
}
