using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Sets a missing country to that of the phone number, or of a postcode whose shape only one country has. Where the two disagree nothing is sure, and nothing changes.</summary>
internal static class MissingCountryFix
{
    internal static Fix Fix { get; } = new(
        "missing.country", HubFix.LockValue, "Sets missing countries to that of the phone number, or of the postcode where its shape tells.",
        new FixScope.Without(Field.Country, [Field.Phone, Field.Postcode]), Changes);

    private static IEnumerable<FixChange> Changes(FixSubject subject)
    {
        if (subject.Values[Field.Country] is not null) yield break;
        var byPhone = subject.Values[Field.Phone] is { } phone ? PhoneRegions.Of(phone) : null;
        var byPostcode = subject.Values[Field.Postcode] is { } postcode ? PostcodeCountries.Of(postcode) : null;
        if ((byPhone ?? byPostcode) is not { } country || country != (byPostcode ?? byPhone)) yield break;
        yield return new FixChange.Correct(subject.OriginOf(byPhone is not null ? Field.Phone : Field.Postcode), Field.Country, null, country);
    }
}
