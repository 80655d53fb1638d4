using System.Collections.Immutable;

namespace IntegrationHub.Measuring;

/// <summary>By how many orders would be lost without it.</summary>
public static class Markov
{
    /// <summary>
    /// The model: a first-order Markov chain over players, from the start to the order or to none; a player weighs as its removal effect, the share of orders lost when whoever comes to it is lost.
    /// Several touches of one player in a sequence share its weight.
    /// </summary>
    /// <remarks>Anderl, Becker, von Wangenheim, Schumann, "Mapping the customer journey", Int. J. of Research in Marketing 33 (2016).</remarks>
    public static AttributionModel Model { get; } = new("markov", "Markov", "By removal effect: the share of orders that would be lost if nobody got past this workflow's messages on this channel.", all =>
    {
        var effects = RemovalEffects(all);
        return sequence => Players.Share(sequence, effects);
    });

    /// <summary>The removal effect of each player, from 0 to 1. Empty where no touched contact has ordered.</summary>
    public static ImmutableSortedDictionary<string, double> RemovalEffects(TouchSequences all)
    {
        var sequences = all.Ordered.Concat(all.Unanswered).Where(s => !s.Touches.IsEmpty).ToList();
        var players = sequences.SelectMany(s => s.Players).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var index = players.Select((p, i) => (p, i)).ToDictionary(p => p.p, p => p.i + 1, StringComparer.Ordinal);

        // State 0 is the start; then the players; the two ends need no rows.
        var size = players.Count + 1;
        var (moves, toOrder, from) = (new long[size, size], new long[size], new long[size]);
        foreach (var sequence in sequences)
        {
            var here = 0;
            foreach (var touch in sequence.Touches)
            {
                var next = index[touch.Player];
                moves[here, next]++;
                from[here]++;
                here = next;
            }

            from[here]++;
            if (sequence.Order is not null) toOrder[here]++;
        }

        var visits = Visits(moves, from, size);
        var reaches = new double[size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                if (from[j] > 0) reaches[i] += visits[i, j] * toOrder[j] / from[j];
        if (reaches[0] <= 0) return ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

        // Orders lost without p: the chance to come to p at all, visits[0,p] / visits[p,p], times the chance of an order from there.
        return players.ToImmutableSortedDictionary(
            p => p, p => Math.Clamp(visits[0, index[p]] / visits[index[p], index[p]] * reaches[index[p]] / reaches[0], 0, 1), StringComparer.Ordinal);
    }

    /// <summary>How often each state is visited from each: the inverse of I - Q (Kemeny and Snell, "Finite Markov Chains", 1960). Every state leads to an end, so it exists.</summary>
    private static double[,] Visits(long[,] moves, long[] from, int size)
    {
        var (a, inverse) = (new double[size, size], new double[size, size]);
        for (var i = 0; i < size; i++)
        {
            inverse[i, i] = 1;
            for (var j = 0; j < size; j++) a[i, j] = (i == j ? 1 : 0) - (from[i] > 0 ? (double)moves[i, j] / from[i] : 0);
        }

        for (var column = 0; column < size; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < size; row++)
                if (Math.Abs(a[row, column]) > Math.Abs(a[pivot, column])) pivot = row;
            for (var j = 0; j < size; j++)
            {
                (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]);
                (inverse[column, j], inverse[pivot, j]) = (inverse[pivot, j], inverse[column, j]);
            }

            var by = a[column, column];
            for (var j = 0; j < size; j++)
            {
                a[column, j] /= by;
                inverse[column, j] /= by;
            }

            for (var row = 0; row < size; row++)
            {
                if (row == column || a[row, column] == 0) continue;
                var times = a[row, column];
                for (var j = 0; j < size; j++)
                {
                    a[row, j] -= times * a[column, j];
                    inverse[row, j] -= times * inverse[column, j];
                }
            }
        }

        return inverse;
    }
}

/// <summary>From weights of players to weights of touches.</summary>
internal static class Players
{
    /// <summary>Each player's weight in equal parts to its touches.</summary>
    internal static ImmutableArray<double> Share(TouchSequence sequence, IReadOnlyDictionary<string, double> weights)
    {
        var counts = sequence.Touches.CountBy(t => t.Player, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. sequence.Touches.Select(t => weights.GetValueOrDefault(t.Player) / counts[t.Player])];
    }
}
