using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>One record that shows what a finding means.</summary>
/// <param name="Order">Its place: the least are shown.</param>
/// <param name="Text">Its name; null where <paramref name="Id"/> is.</param>
/// <param name="Id">The golden record's id, which is written out only where it is shown: there are a million. Empty, without a text, for a clean record still to be named by its number.</param>
internal readonly record struct Sample(long Order, string? Text, Guid Id = default) : IComparable<Sample>
{
    public string? Name => Text ?? (Id == default ? null : Id.ToString("D"));

    public int CompareTo(Sample other) => Order != other.Order ? Order.CompareTo(other.Order)
        : Id != other.Id ? Id.CompareTo(other.Id)
        : string.CompareOrdinal(Text, other.Text);
}

/// <summary>A count with its parts and a few samples: always the least ones, so that the order of arrival does not matter.</summary>
/// <param name="code">The finding.</param>
/// <param name="mostSamples">How many samples are kept.</param>
/// <param name="rows">Told of each row counted; null when nobody asks.</param>
internal sealed class Tally(string code, int mostSamples, Action<AuditedRow>? rows)
{
    private readonly SortedSet<Sample> samples = [];
    private readonly Dictionary<string, long> parts = new(StringComparer.Ordinal);
    private Sample last;

    internal string Code => code;

    internal long Count { get; private set; }

    internal IEnumerable<Sample> Samples => samples;

    internal ImmutableArray<FindingPart> Parts =>
        [.. parts.Select(p => new FindingPart(p.Key, p.Value)).OrderByDescending(p => p.Count).ThenBy(p => p.Name, StringComparer.Ordinal)];

    internal void Add(Sample sample, string? part = null, Field? field = null, string? value = null)
    {
        AddSample(sample);
        Add(1, part);
        rows?.Invoke(new AuditedRow(code, sample.Order, sample.Name, field, value));
    }

    internal void Add(long count, string? part = null)
    {
        Count += count;
        if (part is not null) parts[part] = parts.GetValueOrDefault(part) + count;
    }

    internal void AddSample(Sample sample)
    {
        if (samples.Count >= mostSamples && (mostSamples == 0 || sample.CompareTo(last) >= 0)) return;
        samples.Add(sample);
        if (samples.Count > mostSamples) samples.Remove(samples.Max);
        last = samples.Max;
    }

    /// <summary>A row that belongs to the finding and is not counted: the first of those that share something.</summary>
    internal void Show(Sample sample)
    {
        AddSample(sample);
        rows?.Invoke(new AuditedRow(code, sample.Order, sample.Name, null, null));
    }

    internal void Merge(Tally other)
    {
        Count += other.Count;
        foreach (var (part, count) in other.parts) parts[part] = parts.GetValueOrDefault(part) + count;
        foreach (var sample in other.samples) AddSample(sample);
    }
}
