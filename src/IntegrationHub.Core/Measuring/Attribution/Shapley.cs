using System.Collections.Immutable;
using System.Numerics;

namespace IntegrationHub.Measuring;

/// <summary>By what each adds, whichever came first.</summary>
public static class Shapley
{
    /// <summary>Up to so many players in a sequence the value is exact; above it is estimated from <see cref="Samples"/> orders of joining.</summary>
    public const int MostExact = 12;

    /// <summary>Orders of joining drawn where the exact value would take too long. They are drawn from a generator seeded by the players' names, so the same data gives the same answer.</summary>
    public const int Samples = 2000;

    /// <summary>
    /// The model: the Shapley value of a game among the players of the sequence, in which a set of them is worth the best rate of orders seen among the contacts that were touched by exactly that set, or by a part of it.
    /// So a player that adds nothing gets nothing, two that add the same get the same, and none is ever negative.
    /// </summary>
    /// <remarks>Shapley, "A value for n-person games" (1953); Dalessandro, Perlich, Stitelman, Provost, "Causally motivated attribution for online advertising", ADKDD (2012), of which the worth by observed rates is.</remarks>
    public static AttributionModel Model { get; } = new("shapley", "Shapley", "By what each workflow and channel adds to the rate of orders, averaged over all orders in which they could have joined.", all =>
    {
        var rates = Rates(all);
        var known = new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);
        return sequence =>
        {
            var players = sequence.Players;
            var key = string.Join('\n', players);
            if (!known.TryGetValue(key, out var values)) known[key] = values = Values(players, rates);
            return Players.Share(sequence, values);
        };
    });

    /// <summary>The rate of orders of each set of players that contacts were touched by.</summary>
    internal static ImmutableArray<(ImmutableArray<string> Set, double Rate)> Rates(TouchSequences all) =>
    [
        .. all.Ordered.Concat(all.Unanswered).Where(s => !s.Touches.IsEmpty).Select(s => (s.Players, Ordered: s.Order is not null)).GroupBy(s => string.Join('\n', s.Players), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.First().Players, (double)g.Count(s => s.Ordered) / g.Count())),
    ];

    /// <summary>The value of each player.</summary>
    /// <param name="players">The players of the game, each once.</param>
    /// <param name="rates">What sets of players are worth.</param>
    internal static IReadOnlyDictionary<string, double> Values(ImmutableArray<string> players, ImmutableArray<(ImmutableArray<string> Set, double Rate)> rates)
    {
        var within = players.Select((p, i) => (p, i)).ToDictionary(p => p.p, p => p.i, StringComparer.Ordinal);
        var sets = rates.Where(r => r.Rate > 0 && r.Set.All(within.ContainsKey)).Select(r => (Members: r.Set.Select(p => within[p]).ToArray(), r.Rate)).ToList();
        var values = players.Length <= MostExact ? Exact(players.Length, sets) : Sampled(players, sets);
        return players.Select((p, i) => (p, values[i])).ToDictionary(p => p.p, p => p.Item2, StringComparer.Ordinal);
    }

    private static double[] Exact(int count, List<(int[] Members, double Rate)> sets)
    {
        var worth = new double[1 << count];
        foreach (var (members, rate) in sets)
        {
            var mask = members.Aggregate(0, (m, i) => m | (1 << i));
            worth[mask] = Math.Max(worth[mask], rate);
        }

        // The best part of each set: one player added at a time.
        for (var player = 0; player < count; player++)
            for (var set = 0; set < worth.Length; set++)
                if ((set & (1 << player)) != 0) worth[set] = Math.Max(worth[set], worth[set ^ (1 << player)]);

        // |S|! (n - |S| - 1)! / n! for a player that joins the set S.
        var weight = new double[count];
        for (var size = 0; size < count; size++) weight[size] = 1 / (count * Choose(count - 1, size));
        var values = new double[count];
        for (var player = 0; player < count; player++)
            for (var set = 0; set < worth.Length; set++)
                if ((set & (1 << player)) == 0) values[player] += weight[BitOperations.PopCount((uint)set)] * (worth[set | (1 << player)] - worth[set]);
        return values;
    }

    private static double Choose(int n, int k)
    {
        var ways = 1d;
        for (var i = 1; i <= k; i++) ways = ways * (n - k + i) / i;
        return Math.Round(ways);
    }

    private static double[] Sampled(ImmutableArray<string> players, List<(int[] Members, double Rate)> sets)
    {
        var setsOf = new List<int>[players.Length];
        for (var i = 0; i < setsOf.Length; i++) setsOf[i] = [];
        for (var s = 0; s < sets.Count; s++)
            foreach (var member in sets[s].Members) setsOf[member].Add(s);

        var state = players.Aggregate(14695981039346656037UL, (hash, p) => p.Aggregate(hash, (h, c) => (h ^ c) * 1099511628211UL));
        var (values, order, missing) = (new double[players.Length], Enumerable.Range(0, players.Length).ToArray(), new int[sets.Count]);
        for (var sample = 0; sample < Samples; sample++)
        {
            for (var i = order.Length - 1; i > 0; i--)
            {
                var j = (int)(Next(ref state) % (ulong)(i + 1));
                (order[i], order[j]) = (order[j], order[i]);
            }

            for (var s = 0; s < missing.Length; s++) missing[s] = sets[s].Members.Length;
            var worth = 0d;
            foreach (var player in order)
            {
                var before = worth;
                foreach (var s in setsOf[player])
                    if (--missing[s] == 0) worth = Math.Max(worth, sets[s].Rate);
                values[player] += (worth - before) / Samples;
            }
        }

        return values;
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private static ulong Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
