namespace IntegrationHub.Matching;

/// <summary>An order of records that depends on their keys alone, so that the same records in another order give the same clusters.</summary>
public static class KeyOrder
{
    /// <summary>Where a record stands by itself: the smaller the number, the earlier in <see cref="Of"/>.</summary>
    public static long PlaceOf(string key) => unchecked((long)(StableHash.Of(key) ^ (1UL << 63)));

    /// <summary>The place of each record: by the hash of its key, which is found without comparing texts; by the key where two hashes are equal.</summary>
    /// <param name="keys">Each record's key, none twice.</param>
    public static int[] Of(IReadOnlyList<string> keys)
    {
        var hashes = new ulong[keys.Count];
        var order = new int[keys.Count];
        for (var i = 0; i < keys.Count; i++) (hashes[i], order[i]) = (StableHash.Of(keys[i]), i);
        Array.Sort(hashes, order);
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && hashes[to] == hashes[from];) to++;
            if (to - from > 1) order.AsSpan(from, to - from).Sort((a, b) => string.CompareOrdinal(keys[a], keys[b]));
        }

        return order;
    }
}
