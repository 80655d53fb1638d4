using CsCheck;

namespace IntegrationHub.Tests.Normalising;

/// <summary>Text that nobody would type: all of UTF-16, halves of surrogate pairs and controls, mixed with characters that a parser looks for.</summary>
internal static class HostileText
{
    private static readonly string?[] Regions = ["US", "CA", "GB", "IE", "AU", "NZ", "DE", "AT", "CH", "FR", "NL", "ES", "IT", "SE", "ZZ", null];

    public static Gen<string?> Region { get; } = Gen.Int[0, Regions.Length - 1].Select(i => Regions[i]);

    public static Gen<string> Around(string familiar) =>
        Gen.Frequency((4, Gen.Int[0, familiar.Length - 1].Select(i => familiar[i])), (1, Gen.Char), (1, Gen.Int[0, 0x2F].Select(i => (char)i)))
            .Array[0, 40].Select(chars => new string(chars));
}
