using IntegrationHub.Matching;

namespace IntegrationHub.Engine.Stages;

/// <summary>How many records share each of some keys: before some records change, as the store has it, and after.</summary>
/// <param name="cap">More records than this make a block a large one.</param>
/// <param name="sizes">Asks the store for sizes, counted no further than the given number; keys that nobody has are left out.</param>
internal sealed class SizedKeys(int cap, Func<IReadOnlyCollection<MatchKey>, int, CancellationToken, Task<IReadOnlyDictionary<MatchKey, int>>> sizes)
{
    private readonly Dictionary<MatchKey, int> before = [];
    private readonly Dictionary<MatchKey, int> changes = [];

    /// <summary>True when one of the blocks is large, or was.</summary>
    public bool AnyLarge { get; private set; }

    /// <summary>Says that records get or lose keys, each named once for each record.</summary>
    public void Change(IEnumerable<MatchKey> keys, int by)
    {
        foreach (var key in keys) changes[key] = changes.GetValueOrDefault(key) + by;
    }

    /// <summary>Looks up the sizes of keys, after all changes were said; those that are known already are not asked for again.</summary>
    public async Task Size(IEnumerable<MatchKey> keys, CancellationToken ct)
    {
        var asked = keys.Where(k => !before.ContainsKey(k)).ToHashSet();
        if (asked.Count == 0) return;

        // A large block is counted so far that what it loses cannot make it small: mostly nothing, and then one over the cap tells.
        var lost = asked.Max(k => -changes.GetValueOrDefault(k));
        var found = await sizes(asked, cap + 1 + Math.Max(0, lost), ct);
        foreach (var key in asked)
        {
            before[key] = found.GetValueOrDefault(key);
            AnyLarge |= IsLarge(key) || WasLarge(key);
        }
    }

    /// <summary>True where the store has the key.</summary>
    public bool IsStored(MatchKey key) => before.GetValueOrDefault(key) > 0;

    /// <summary>True where more records than the cap share it after the change.</summary>
    public bool IsLarge(MatchKey key) => before[key] + changes.GetValueOrDefault(key) > cap;

    /// <summary>The keys whose blocks come over the cap, or back to it.</summary>
    public HashSet<MatchKey> Crossed() => [.. changes.Keys.Where(k => IsLarge(k) != WasLarge(k))];

    private bool WasLarge(MatchKey key) => before[key] > cap;
}
