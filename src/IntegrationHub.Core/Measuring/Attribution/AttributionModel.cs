using System.Collections.Immutable;
using System.Reflection;

namespace IntegrationHub.Measuring;

/// <summary>
/// A rule by which the touches before an order share in it. Each stands in one file as a public static property of this type; <see cref="AttributionModels.All"/> finds it,
/// and every report has it.
/// </summary>
/// <param name="Name">The name in commands and reports, such as <c>time-decay</c>.</param>
/// <param name="Title">The name for people.</param>
/// <param name="Description">One line for whoever chooses among them.</param>
/// <param name="Learn">Looks at all sequences once, and gives the function that weighs the touches of one: not negative, one weight a touch, in their order. Only the weights' proportions count.</param>
public sealed record AttributionModel(string Name, string Title, string Description, Func<TouchSequences, Func<TouchSequence, ImmutableArray<double>>> Learn)
{
    /// <summary>A model that looks at one sequence at a time.</summary>
    internal static AttributionModel ByPosition(string name, string title, string description, Func<TouchSequence, AttributionSettings, ImmutableArray<double>> weigh) =>
        new(name, title, description, all => one => weigh(one, all.Settings));
}

/// <summary>The closed list of attribution models.</summary>
public static class AttributionModels
{
    /// <summary>The model of a report that names none: it needs no assumption on which message mattered more.</summary>
    public const string Default = "linear";

    /// <summary>All models, by name, in ordinal order.</summary>
    public static ImmutableSortedDictionary<string, AttributionModel> All { get; } = typeof(AttributionModels).Assembly.GetTypes()
        .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(p => p.PropertyType == typeof(AttributionModel)))
        .Select(p => (AttributionModel)p.GetValue(null)!)
        .ToImmutableSortedDictionary(m => m.Name, m => m, StringComparer.Ordinal);
}
