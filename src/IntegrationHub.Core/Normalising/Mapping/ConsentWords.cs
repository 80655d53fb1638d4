using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Reads a vendor's word about permission by the mapping's own table.</summary>
internal static class ConsentWords
{
    /// <summary>Stands for any word that the table does not list.</summary>
    internal const string AnyOther = "*";

    /// <summary>Null, no claim at all, for a word that is not known. Case and outer spaces do not matter.</summary>
    internal static ConsentState? Read(string word, ImmutableDictionary<string, ConsentState> words)
    {
        if (words.TryGetValue(word.Trim().ToLowerInvariant(), out var state)) return state;
        return words.TryGetValue(AnyOther, out var other) ? other : null;
    }
}
