using System.Globalization;

namespace IntegrationHub.Measuring;

/// <summary>Numbers in sentences, as English writes them.</summary>
internal static class Words
{
    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Count(long number, string one, string? many = null) => $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>A share from 0 to 1 as <c>2.4 %</c>; small ones with more digits, so that 0.03 % is not nought.</summary>
    internal static string Share(double share) => (share * 100).ToString(Math.Abs(share) is > 0 and < 0.01 ? "0.##" : "0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>A difference of shares as <c>+1.2</c>.</summary>
    internal static string Points(double difference) => (difference * 100).ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture);
}
