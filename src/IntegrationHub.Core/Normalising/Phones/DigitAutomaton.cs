using System.Runtime.InteropServices;

namespace IntegrationHub.Normalising;

/// <summary>
/// Several patterns over digits as one table: a number is held against all of them at once with one look-up a digit. Up to 16 patterns; the n-th has bit n of an answer.
/// </summary>
internal sealed class DigitAutomaton
{
    private const int MostStates = 60_000;

    private readonly ushort[] next;
    private readonly ushort[] accepts;

    private DigitAutomaton(ushort[] next, ushort[] accepts)
    {
        this.next = next;
        this.accepts = accepts;
    }

    /// <summary>Which patterns describe the whole number.</summary>
    public int Whole(ReadOnlySpan<byte> digits)
    {
        var state = 1;
        foreach (var digit in digits)
        {
            state = next[state * 10 + digit];
            if (state == 0) return 0;
        }

        return accepts[state];
    }

    /// <summary>True where any pattern describes the first digits of the number, one at least.</summary>
    public bool Begins(ReadOnlySpan<byte> digits)
    {
        var state = 1;
        foreach (var digit in digits)
        {
            state = next[state * 10 + digit];
            if (state == 0) return false;
            if (accepts[state] != 0) return true;
        }

        return false;
    }

    /// <summary>The table of the patterns; null where it would be too large.</summary>
    public static DigitAutomaton? Of(params IReadOnlyList<DigitPattern> patterns)
    {
        var graph = new Graph();
        for (var i = 0; i < patterns.Count; i++) graph.Accepts[graph.Add(patterns[i], 0)] |= (ushort)(1 << i);
        return graph.ToTable();
    }

    /// <summary>The patterns as states with free steps between them. It has no circles, since no pattern repeats without end.</summary>
    private sealed class Graph
    {
        private readonly List<List<(int Set, int To)>> steps = [];
        private readonly List<List<int>> free = [];

        public Graph() => NewState();

        public List<ushort> Accepts { get; } = [];

        /// <summary>Adds what begins at a state and tells where it ends.</summary>
        public int Add(DigitPattern pattern, int from)
        {
            switch (pattern)
            {
                case DigitPattern.Digit digit:
                    var to = NewState();
                    steps[from].Add((digit.Set, to));
                    return to;
                case DigitPattern.Sequence sequence:
                    // A state of its own, so that what is added here never leads into another alternative's beginning.
                    return sequence.Items.Aggregate(Behind(from), (at, item) => Add(item, at));
                case DigitPattern.Choice choice:
                    var joined = NewState();
                    foreach (var item in choice.Items) free[Add(item, from)].Add(joined);
                    return joined;
                case DigitPattern.Repeat repeat:
                    var (at, end) = (from, NewState());
                    for (var i = 0; i < repeat.Least; i++) at = Add(repeat.Item, at);
                    free[at].Add(end);
                    for (var i = repeat.Least; i < repeat.Most; i++)
                    {
                        at = Add(repeat.Item, at);
                        free[at].Add(end);
                    }

                    return end;
                default:
                    return from;
            }
        }

        public DigitAutomaton? ToTable()
        {
            var known = new Dictionary<string, ushort>(StringComparer.Ordinal);
            var sets = new List<int[]> { Array.Empty<int>() };
            var next = new List<ushort>(new ushort[10]);
            var accepts = new List<ushort> { 0 };
            Known(Closed([0]));
            for (var state = 1; state < sets.Count; state++)
            {
                for (var digit = 0; digit < 10; digit++)
                {
                    var reached = new SortedSet<int>();
                    foreach (var member in sets[state])
                        foreach (var (set, to) in steps[member])
                            if ((set & (1 << digit)) != 0) reached.Add(to);
                    if (sets.Count > MostStates) return null;
                    next.Add(reached.Count == 0 ? (ushort)0 : Known(Closed(reached)));
                }
            }

            return new DigitAutomaton([.. next], [.. accepts]);

            ushort Known(int[] set)
            {
                var key = new string(MemoryMarshal.Cast<int, char>(set));
                if (known.TryGetValue(key, out var state)) return state;
                state = (ushort)sets.Count;
                known[key] = state;
                sets.Add(set);
                accepts.Add(set.Aggregate((ushort)0, (bits, member) => (ushort)(bits | Accepts[member])));
                return state;
            }
        }

        private int[] Closed(IEnumerable<int> states)
        {
            var closed = new SortedSet<int>();
            var open = new Stack<int>(states);
            while (open.TryPop(out var state))
                if (closed.Add(state))
                    foreach (var to in free[state]) open.Push(to);
            return [.. closed];
        }

        private int Behind(int from)
        {
            var state = NewState();
            free[from].Add(state);
            return state;
        }

        private int NewState()
        {
            steps.Add([]);
            free.Add([]);
            Accepts.Add(0);
            return steps.Count - 1;
        }
    }
}
