using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>Reads single values out of payloads by path. Immutable and free of locks.</summary>
public sealed class PayloadReader
{
    private readonly PathTree tree = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, int> slots;

    /// <summary>Compiles the paths.</summary>
    public PayloadReader(IEnumerable<PayloadPath> paths) =>
        slots = paths.DistinctBy(p => p.Text).ToFrozenDictionary(p => p.Text, tree.Slot, StringComparer.Ordinal);

    /// <summary>The first value at each path, by <see cref="PayloadPath.Text"/>; a path without a value is left out.</summary>
    /// <exception cref="FormatException">The payload is not one JSON object.</exception>
    public IReadOnlyDictionary<string, string> Read(ReadOnlyMemory<byte> payload)
    {
        var values = tree.Read(payload.Span, null);
        var found = new Dictionary<string, string>(slots.Count, StringComparer.Ordinal);
        foreach (var (path, slot) in slots)
            if (values.First(slot) is { } value) found[path] = value;
        return found;
    }
}
