using System.Collections.Immutable;

namespace IntegrationHub.Normalising;

/// <summary>
/// Counts over the records of one run which paths of a mapping were found and which fields of the payload no path asks for: schema drift.
/// Owned by the caller and handed to <see cref="SourceMapping.Apply"/>; one a thread, joined by <see cref="Add"/>.
/// </summary>
public sealed class PathUse
{
    // A payload keyed by ids would make a new name a record; what is past this is counted under no name.
    private const int MostNamesPerObject = 200;

    private readonly ImmutableArray<PayloadPath> paths;
    private readonly ImmutableArray<ImmutableArray<int>> expected;
    private readonly long[] seen;
    private readonly Dictionary<string, long>?[] unmapped;
    private readonly string[] prefixes;

    internal PathUse(ImmutableArray<PayloadPath> paths, ImmutableArray<ImmutableArray<int>> expected, int nodes)
    {
        this.expected = expected;
        this.paths = paths;
        seen = new long[paths.Length];
        unmapped = new Dictionary<string, long>?[nodes];
        prefixes = new string[nodes];
    }

    /// <summary>Records counted.</summary>
    public long Records { get; private set; }

    internal void Seen(int slot) => seen[slot]++;

    internal void Record() => Records++;

    internal void Unmapped(int node, string prefix, ReadOnlySpan<char> name)
    {
        prefixes[node] = prefix;
        var names = unmapped[node] ??= new Dictionary<string, long>(StringComparer.Ordinal);
        var lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(name, out var count)) lookup[name] = count + 1;
        else if (names.Count < MostNamesPerObject) names[name.ToString()] = 1;
    }

    /// <summary>Adds another thread's counts over the same mapping.</summary>
    public void Add(PathUse other)
    {
        if (!other.paths.SequenceEqual(paths)) throw new ArgumentException("The counts are of another mapping.", nameof(other));
        Records += other.Records;
        for (var i = 0; i < seen.Length; i++) seen[i] += other.seen[i];
        for (var node = 0; node < unmapped.Length; node++)
        {
            if (other.unmapped[node] is not { } theirs) continue;
            prefixes[node] = other.prefixes[node];
            var ours = unmapped[node] ??= new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var (name, count) in theirs) ours[name] = ours.GetValueOrDefault(name) + count;
        }
    }

    /// <summary>How often each path was there, empty or not, in the mapping's order.</summary>
    public ImmutableArray<PathCount> Found() => [.. paths.Select((p, i) => new PathCount(p.Text, seen[i]))];

    /// <summary>
    /// Paths that no record had: misspelt, renamed at the source, or not in its answer. Of a value with several paths one that was there is enough,
    /// and optional ones are not expected. Empty as long as no record was counted.
    /// </summary>
    public ImmutableArray<string> NeverSeen() =>
        Records == 0 ? [] : [.. expected.Where(value => value.All(slot => seen[slot] == 0)).SelectMany(value => value).Distinct().Order().Select(slot => paths[slot].Text)];

    /// <summary>Payload fields that the mapping neither reads nor ignores, with how many values they had, in ordinal order. They stay in the raw payload.</summary>
    public ImmutableArray<PathCount> UnmappedFields() =>
    [
        .. unmapped.SelectMany((names, node) => (names ?? []).Select(n => new PathCount(PayloadPath.Spell(prefixes[node], n.Key), n.Value)))
            .OrderBy(c => c.Path, StringComparer.Ordinal),
    ];
}

/// <summary>How often a path was there.</summary>
/// <param name="Path">The path's text.</param>
/// <param name="Values">How many times.</param>
public sealed record PathCount(string Path, long Values);
