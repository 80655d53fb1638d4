using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>A value that a person or a workflow gives for a field of a golden record: normalised as a source's would be.</summary>
public static class GivenValue
{
    /// <summary>Normalises it; null when it is no value of that field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">What was given.</param>
    /// <param name="country">The contact's country, ISO 3166-1: says how national numbers and dates are read. Null where it is not known.</param>
    public static string? Normalise(Field field, string value, string? country) => field switch
    {
        Field.Email => EmailAddresses.Normalise(value).Value,
        Field.Phone => Phones.Normalise(value, country).Value,
        Field.Country => Countries.Normalise(value).Value,
        Field.BirthDate => Dates.Normalise(value, country).Value,
        Field.Language => Languages.Normalise(value).Value,
        Field.TimeZone => TimeZones.Normalise(value, country).Value,
        Field.EngagedAt or Field.KnownSince => Moments.Normalise(value, country).Value,
        _ => Texts.Clean(value) is { Length: > 0 } text ? text : null,
    };

    /// <summary>Why it is none, with the cure.</summary>
    public static string Problem(Field field, string value) =>
        $"'{value}' is no {Fields.NameOf(field)} that could be used{(field == Field.Phone ? "; write it with its country, such as +49 30 901820" : "")}.";
}
