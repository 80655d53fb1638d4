using System.Collections.Immutable;
using System.Reflection;

namespace IntegrationHub.Normalising;

/// <summary>
/// A named pure function of the closed list that mappings may use. Each stands in one file as a public static property of this type, with its description
/// and examples; <see cref="Transforms.All"/> finds it, the examples run as tests, docs/transforms.md and the mapping schema are made from it.
/// </summary>
/// <param name="Name">The name in mappings, snake case: <c>first_item</c>.</param>
/// <param name="Description">One line for a person who writes a mapping.</param>
/// <param name="Examples">At least two, one of them a value that cannot be used where there is such a value.</param>
/// <param name="Apply">Raw text and an optional ISO 3166-1 region in, the new text out; null when nothing usable is left. Idempotent unless the description says otherwise.</param>
public sealed record Transform(string Name, string Description, ImmutableArray<TransformExample> Examples, Func<string, string?, string?> Apply);

/// <summary>One example of a transform, run as a test.</summary>
/// <param name="Input">What goes in.</param>
/// <param name="Output">What comes out; null for nothing usable.</param>
/// <param name="Region">ISO 3166-1 region handed in, if any.</param>
public sealed record TransformExample(string Input, string? Output, string? Region = null);

/// <summary>The closed list of transforms.</summary>
public static class Transforms
{
    /// <summary>All transforms, by name, in ordinal order.</summary>
    public static ImmutableSortedDictionary<string, Transform> All { get; } = typeof(Transforms).Assembly.GetTypes()
        .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(p => p.PropertyType == typeof(Transform)))
        .Select(p => (Transform)p.GetValue(null)!)
        .ToImmutableSortedDictionary(t => t.Name, t => t, StringComparer.Ordinal);
}
