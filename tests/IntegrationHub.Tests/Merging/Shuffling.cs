using CsCheck;

namespace IntegrationHub.Tests.Merging;

/// <summary>Orders that a law must not depend on.</summary>
internal static class Shuffling
{
    /// <summary>The items in any order.</summary>
    internal static Gen<T[]> Of<T>(IReadOnlyList<T> items) =>
        Gen.Int[0, int.MaxValue - 1].Array[items.Count].Select(weights => items.Zip(weights).OrderBy(p => p.Second).Select(p => p.First).ToArray());
}
