using System.Globalization;

namespace IntegrationHub.Auditing;

/// <summary>Numbers and nouns in sentences.</summary>
internal static class Words
{
    /// <summary><c>1,204</c>.</summary>
    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>87.5</c>, <c>90</c>.</summary>
    internal static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary><c>12 %</c>, <c>0.4 %</c>, <c>under 0.1 %</c>.</summary>
    internal static string Percent(double share) => share switch
    {
        0 => "0 %",
        < 0.001 => "under 0.1 %",
        < 0.1 => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %",
        > 0.995 and < 1 => "over 99 %",
        _ => (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %",
    };

    /// <summary><c>1 contact</c>, <c>2 contacts</c>.</summary>
    internal static string Count(long number, string one, string? many = null) => $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>A verb after <see cref="Count"/>: <c>has</c> or <c>have</c>.</summary>
    internal static string Verb(long number, string one, string many) => number == 1 ? one : many;
}
