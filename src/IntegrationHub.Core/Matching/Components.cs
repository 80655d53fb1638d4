namespace IntegrationHub.Matching;

/// <summary>The connected components of edges and decisions: what cannot touch each other can be clustered apart.</summary>
internal sealed class Components
{
    private readonly Edge[] edges;
    private readonly DecidedPair[] decisions;
    private readonly int[] edgeStarts;
    private readonly int[] decisionStarts;

    private Components(Edge[] edges, DecidedPair[] decisions, int[] edgeStarts, int[] decisionStarts) =>
        (this.edges, this.decisions, this.edgeStarts, this.decisionStarts) = (edges, decisions, edgeStarts, decisionStarts);

    /// <summary>How many components have an edge or a decision.</summary>
    public int Count => edgeStarts.Length - 1;

    /// <summary>Finds the components, by the least record of each.</summary>
    public static Components Of(int records, IReadOnlyList<Edge> edges, IReadOnlyList<DecidedPair> decisions)
    {
        var root = new int[records];
        for (var i = 0; i < records; i++) root[i] = i;
        int Find(int x)
        {
            while (root[x] != x) x = root[x] = root[root[x]];
            return x;
        }

        void Join(int a, int b)
        {
            var (x, y) = (Find(a), Find(b));
            if (x < y) root[y] = x;
            else root[x] = y;
        }

        foreach (var edge in edges) Join((int)edge.A, (int)edge.B);
        foreach (var decision in decisions) Join(decision.A, decision.B);

        var number = new int[records];
        var count = 0;
        foreach (var edge in edges) number[Find((int)edge.A)] = -1;
        foreach (var decision in decisions) number[Find(decision.A)] = -1;
        for (var i = 0; i < records; i++)
            if (number[i] == -1) number[i] = count++;
        for (var i = 0; i < records; i++) number[i] = number[Find(i)];
        var (sortedEdges, edgeStarts) = Group(edges, e => number[e.A], count);
        var (sortedDecisions, decisionStarts) = Group(decisions, d => number[d.A], count);
        return new Components(sortedEdges, sortedDecisions, edgeStarts, decisionStarts);
    }

    /// <summary>A component's edges.</summary>
    public ReadOnlySpan<Edge> EdgesOf(int component) => edges.AsSpan(edgeStarts[component]..edgeStarts[component + 1]);

    /// <summary>A component's decisions.</summary>
    public ReadOnlySpan<DecidedPair> DecisionsOf(int component) => decisions.AsSpan(decisionStarts[component]..decisionStarts[component + 1]);

    private static (T[] Sorted, int[] Starts) Group<T>(IReadOnlyList<T> items, Func<T, int> component, int count)
    {
        var starts = new int[count + 1];
        foreach (var item in items) starts[component(item) + 1]++;
        for (var i = 0; i < count; i++) starts[i + 1] += starts[i];
        var next = starts.AsSpan(0, count).ToArray();
        var sorted = new T[items.Count];
        foreach (var item in items) sorted[next[component(item)]++] = item;
        return (sorted, starts);
    }
}
