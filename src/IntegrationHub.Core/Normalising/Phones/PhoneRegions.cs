using PhoneNumbers;

namespace IntegrationHub.Normalising;

/// <summary>Which country a phone number belongs to.</summary>
public static class PhoneRegions
{
    /// <summary>ISO 3166-1 alpha-2; null where the number belongs to no country (satellites, toll-free across borders) or is none. Countries that share a code are told apart by their area codes.</summary>
    /// <param name="e164">A number in E.164.</param>
    public static string? Of(string e164)
    {
        try
        {
            var library = PhoneNumberUtil.GetInstance();
            return library.GetRegionCodeForNumber(library.Parse(e164, null)) is { Length: 2 } region && region.All(char.IsAsciiLetterUpper) ? region : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
