using IntegrationHub.DataGenerator.Randomness;

namespace IntegrationHub.DataGenerator.Tables;

/// <summary>Puts rare surnames together from syllables of a language, so that there are thousands of them.</summary>
internal static class RareNames
{
    private static readonly Dictionary<string, (string[] Before, string[] Middles)> Joints = new(StringComparer.Ordinal)
    {
        ["anglo"] = ([""], ["", "en", "er", "ing", "el"]),
        ["de"] = ([""], ["", "en", "er", "el", "inger"]),
        ["fr"] = (["", "", "De", "Le"], ["", "a", "i", "e"]),
        ["nl"] = (["", "van ", "van der ", "de "], ["", "en"]),
    };

    /// <summary>All of them, in an order that has nothing to do with the alphabet.</summary>
    internal static IEnumerable<string> Of(string tongue)
    {
        var (before, middles) = Joints[tongue];
        string[] starts = Lists.Words(tongue + ".tails", 0), ends = Lists.Words(tongue + ".tails", 1);
        string[] all =
        [
            .. (from b in before from s in starts from m in middles from e in ends select Joined(b, s, m, e)).Distinct(StringComparer.Ordinal),
        ];
        var order = new Permutation(all.Length, (ulong)Purpose.Tail);
        return Enumerable.Range(0, all.Length).Select(i => all[order[i]]);
    }

    private static string Joined(string before, string start, string middle, string end) =>
        before + (before.Length == 2 ? start.ToLowerInvariant() : start) + (middle.Length > 0 && start.EndsWith(middle, StringComparison.Ordinal) ? "" : middle) + end;
}
