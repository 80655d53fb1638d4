using System.Collections.Immutable;

namespace IntegrationHub.Auditing;

/// <summary>A count with its parts and a few samples: always the least ones, so that the order of arrival does not matter.</summary>
internal sealed class Tally(int mostSamples)
{
    private readonly SortedSet<string> samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> parts = new(StringComparer.Ordinal);

    internal long Count { get; private set; }

    internal ImmutableArray<string> Samples => [.. samples];

    internal ImmutableArray<FindingPart> Parts =>
        [.. parts.Select(p => new FindingPart(p.Key, p.Value)).OrderByDescending(p => p.Count).ThenBy(p => p.Name, StringComparer.Ordinal)];

    internal void Add(string sample, string? part = null)
    {
        AddSample(sample);
        Add(1, part);
    }

    internal void Add(long count, string? part = null)
    {
        Count += count;
        if (part is not null) parts[part] = parts.GetValueOrDefault(part) + count;
    }

    internal void AddSample(string sample)
    {
        if (samples.Count >= mostSamples && (mostSamples == 0 || string.CompareOrdinal(sample, samples.Max) >= 0)) return;
        samples.Add(sample);
        if (samples.Count > mostSamples) samples.Remove(samples.Max!);
    }
}
