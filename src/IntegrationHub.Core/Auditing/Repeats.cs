using System.Runtime.InteropServices;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Contacts that share one e-mail address.</summary>
internal sealed class SharedAddresses
{
    private readonly Dictionary<long, (Sample First, bool Shared)> owners = [];

    internal void Add(long point, Sample contact, Tally tally)
    {
        ref var owner = ref CollectionsMarshal.GetValueRefOrAddDefault(owners, point, out var known);
        if (!known)
        {
            owner = (contact, false);
            return;
        }

        tally.Add(contact);
        if (!owner.Shared) tally.Show(owner.First);
        owner.Shared = true;
    }

    internal void Merge(SharedAddresses other, Tally tally)
    {
        foreach (var (point, (first, shared)) in other.owners)
        {
            if (owners.TryAdd(point, (first, shared))) continue;
            tally.Add(1);
            tally.AddSample(first);
            tally.AddSample(owners[point].First);
            owners[point] = (owners[point].First, true);
        }
    }
}

/// <summary>Counts how many contacts have each value of one field, to find defaults: values that far too many have.</summary>
/// <param name="all">True keeps every contact, else one a value.</param>
internal sealed class Repeats(bool all)
{
    private readonly Dictionary<long, (long Count, Sample Least, List<Sample>? All)> counts = [];

    internal void Add(long value, Sample contact) => Add(value, 1, contact, all ? [contact] : null);

    private void Add(long value, long count, Sample least, List<Sample>? more)
    {
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out var known);
        if (!known)
        {
            held = (count, least, more);
            return;
        }

        if (more is not null) held.All?.AddRange(more);
        held.Count += count;
        if (least.CompareTo(held.Least) < 0) held.Least = least;
    }

    internal void Merge(Repeats other)
    {
        foreach (var (value, (count, least, more)) in other.counts) Add(value, count, least, more);
    }

    /// <summary>Counts those who have a value that at least so many have.</summary>
    internal void Tell(double least, Field field, Tally tally)
    {
        foreach (var (count, first, every) in counts.Values)
        {
            if (count < least) continue;
            if (every is null)
            {
                tally.Add(count);
                tally.AddSample(first);
            }
            else foreach (var contact in every) tally.Add(contact, field: field);
        }
    }
}
