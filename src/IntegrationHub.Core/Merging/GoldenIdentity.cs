using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Merging;

/// <summary>A clean record and the golden record that it was part of before.</summary>
/// <param name="Key">The source record.</param>
/// <param name="Golden">Null when it was part of none.</param>
public sealed record ClusterMember(SourceKey Key, GoldenId? Golden);

/// <summary>A golden id that redirects to another, with what it was made of when it was merged.</summary>
/// <param name="Absorbed">The id that redirects.</param>
/// <param name="Survivor">Where it redirects to; may itself redirect further.</param>
/// <param name="Members">The source records that <paramref name="Absorbed"/> had when it was merged.</param>
public sealed record GoldenAlias(GoldenId Absorbed, GoldenId Survivor, ImmutableArray<SourceKey> Members);

/// <summary>How a cluster came by its golden id.</summary>
public enum IdentityOrigin
{
    /// <summary>It is the id that (most of) its members had before.</summary>
    Kept,

    /// <summary>It is an id that had been merged into another, and is now itself again.</summary>
    Restored,

    /// <summary>It was never seen before.</summary>
    New,
}

/// <summary>The golden id of one cluster.</summary>
/// <param name="Golden">The id.</param>
/// <param name="Origin">How it came by it.</param>
/// <param name="SplitFrom">The golden record that its members were part of before, where that is another one; null otherwise.</param>
public sealed record IdentityAssignment(GoldenId Golden, IdentityOrigin Origin, GoldenId? SplitFrom);

/// <summary>A merge to record: what may later be undone.</summary>
/// <param name="Survivor">The id that goes on.</param>
/// <param name="Absorbed">The id that redirects from now on.</param>
/// <param name="Left">The source records that were the survivor's, sorted.</param>
/// <param name="Right">The source records that were the absorbed one's, sorted.</param>
public sealed record MergeEvent(GoldenId Survivor, GoldenId Absorbed, ImmutableArray<SourceKey> Left, ImmutableArray<SourceKey> Right);

/// <summary>Everything that assigning ids changes.</summary>
/// <param name="Clusters">One entry a cluster, in the order in which they were handed in.</param>
/// <param name="AliasesToAdd">Ids that redirect from now on; one that redirected elsewhere before is replaced.</param>
/// <param name="AliasesToRemove">Ids that redirect no longer.</param>
/// <param name="Retired">Golden records whose last member is gone.</param>
/// <param name="Merges">What was merged.</param>
public sealed record IdentityResult(
    ImmutableArray<IdentityAssignment> Clusters,
    ImmutableArray<GoldenAlias> AliasesToAdd,
    ImmutableArray<GoldenId> AliasesToRemove,
    ImmutableArray<GoldenId> Retired,
    ImmutableArray<MergeEvent> Merges);

/// <summary>Keeps golden ids stable while clusters grow, merge, split and are un-merged.</summary>
public static class GoldenIdentity
{
    /// <summary>
    /// Gives each cluster its golden id. Pure; the order of clusters, members and aliases does not matter.
    /// An id goes to the one cluster that holds most of its members (ties: that with the id's least source key). Of several ids in one cluster the oldest goes on,
    /// the others redirect to it. Members of an id that was merged speak for that id again as soon as their cluster parts from the survivor's.
    /// </summary>
    /// <param name="clusters">All clusters of a group: every live member of every golden record that any of them had.</param>
    /// <param name="gone">Source records deleted since, with the golden record that each was part of.</param>
    /// <param name="aliases">The aliases that lead to a golden record of the group, chains included.</param>
    /// <param name="supply">Fresh ids, at least one a cluster; taken in the order of the clusters' least source keys.</param>
    public static IdentityResult Assign(
        IReadOnlyList<IReadOnlyList<ClusterMember>> clusters,
        IReadOnlyList<ClusterMember> gone,
        IReadOnlyList<GoldenAlias> aliases,
        IReadOnlyList<GoldenId> supply)
    {
        var group = new Group(clusters, aliases);
        var claims = group.Claims();
        var assigned = new IdentityAssignment[clusters.Count];
        var next = 0;
        foreach (var cluster in group.InKeyOrder)
            assigned[cluster] = group.Assignment(cluster, claims[cluster], () => supply[next++]);

        var added = new List<GoldenAlias>();
        var merges = new List<MergeEvent>();
        var removed = assigned.Where(a => a.Origin == IdentityOrigin.Restored).Select(a => a.Golden).ToHashSet();
        for (var cluster = 0; cluster < assigned.Length; cluster++)
            foreach (var absorbed in claims[cluster].Where(id => id != assigned[cluster].Golden).Order(ById))
            {
                if (group.StillLeadsTo(absorbed, assigned[cluster].Golden, removed)) continue;
                var merge = group.Merge(cluster, assigned[cluster].Golden, absorbed);
                merges.Add(merge);
                added.Add(new GoldenAlias(absorbed, merge.Survivor, merge.Right));
            }

        var alive = group.Priors;
        var retired = gone.Select(m => m.Golden).OfType<GoldenId>().Where(id => !alive.Contains(id)).Distinct().Order(ById);
        return new IdentityResult(
            [.. assigned],
            [.. added.OrderBy(a => a.Absorbed, ById)],
            [.. removed.Order(ById)],
            [.. retired],
            [.. merges.OrderBy(m => m.Absorbed, ById)]);
    }

    private static readonly Comparer<GoldenId> ById = Comparer<GoldenId>.Create((a, b) => a.Value.CompareTo(b.Value));

    private sealed class Group
    {
        private readonly IReadOnlyList<IReadOnlyList<ClusterMember>> clusters;
        private readonly Dictionary<GoldenId, GoldenAlias> aliases;
        private readonly ILookup<SourceKey, GoldenAlias> aliasesOfKey;
        private readonly SourceKey[] least;

        internal Group(IReadOnlyList<IReadOnlyList<ClusterMember>> clusters, IReadOnlyList<GoldenAlias> aliases)
        {
            this.clusters = clusters;
            this.aliases = aliases.ToDictionary(a => a.Absorbed);
            aliasesOfKey = aliases.SelectMany(a => a.Members.Select(m => (Member: m, Alias: a))).ToLookup(p => p.Member, p => p.Alias);
            least = [.. clusters.Select(c => c.Min(m => m.Key) ?? throw new ArgumentException("A cluster has at least one member.", nameof(clusters)))];
            Priors = [.. clusters.SelectMany(c => c).Select(m => m.Golden).OfType<GoldenId>()];
            InKeyOrder = [.. Enumerable.Range(0, clusters.Count).OrderBy(i => least[i])];
        }

        /// <summary>Ids that live members had before.</summary>
        internal HashSet<GoldenId> Priors { get; }

        internal int[] InKeyOrder { get; }

        /// <summary>The ids that each cluster holds: every prior id, and every alias that a member speaks for, is in exactly one.</summary>
        internal List<GoldenId>[] Claims()
        {
            var own = new Dictionary<GoldenId, List<(int Cluster, SourceKey Key)>>();
            var all = new Dictionary<GoldenId, List<(int Cluster, SourceKey Key)>>();
            for (var cluster = 0; cluster < clusters.Count; cluster++)
                foreach (var member in clusters[cluster])
                {
                    if (member.Golden is not { } prior) continue;
                    Add(all, prior, cluster, member.Key);
                    Add(own, Own(member.Key, prior), cluster, member.Key);
                }

            // An id whose own members are all gone stays where those are that it had absorbed.
            foreach (var (prior, votes) in all) own.TryAdd(prior, votes);
            var claims = clusters.Select(_ => new List<GoldenId>()).ToArray();
            foreach (var (id, votes) in own) claims[Most(votes)].Add(id);
            return claims;
        }

        private static void Add(Dictionary<GoldenId, List<(int, SourceKey)>> votes, GoldenId id, int cluster, SourceKey key)
        {
            if (!votes.TryGetValue(id, out var list)) votes[id] = list = [];
            list.Add((cluster, key));
        }

        private static int Most(List<(int Cluster, SourceKey Key)> votes) =>
            votes.GroupBy(v => v.Cluster).OrderByDescending(g => g.Count()).ThenBy(g => g.Min(v => v.Key)).First().Key;

        /// <summary>The id that the member had before any merge: the innermost alias that it belonged to, if that still leads to its golden record.</summary>
        private GoldenId Own(SourceKey key, GoldenId prior)
        {
            var innermost = aliasesOfKey[key].Where(a => LeadsTo(a.Absorbed, prior, []))
                .OrderBy(a => a.Members.Length).ThenByDescending(a => a.Absorbed, ById)
                .FirstOrDefault();
            return innermost?.Absorbed ?? prior;
        }

        internal IdentityAssignment Assignment(int cluster, List<GoldenId> claims, Func<GoldenId> fresh)
        {
            var kept = claims.Where(Priors.Contains).Order(ById).Select(id => (GoldenId?)id).FirstOrDefault();
            if (kept is { } survivor) return new IdentityAssignment(survivor, IdentityOrigin.Kept, null);
            var restored = claims.Where(id => !Priors.Contains(id)).Order(ById).Select(id => (GoldenId?)id).FirstOrDefault();
            return restored is { } back
                ? new IdentityAssignment(back, IdentityOrigin.Restored, MostCommonPrior(cluster))
                : new IdentityAssignment(fresh(), IdentityOrigin.New, MostCommonPrior(cluster));
        }

        private GoldenId? MostCommonPrior(int cluster) =>
            clusters[cluster].Where(m => m.Golden is not null).GroupBy(m => m.Golden)
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Min(m => m.Key))
                .FirstOrDefault()?.Key;

        /// <summary>True when an absorbed id redirects to the golden record already, so that nothing is new.</summary>
        internal bool StillLeadsTo(GoldenId absorbed, GoldenId golden, HashSet<GoldenId> restored) =>
            !Priors.Contains(absorbed) && LeadsTo(absorbed, golden, restored);

        private bool LeadsTo(GoldenId from, GoldenId to, HashSet<GoldenId> restored)
        {
            var at = from;
            for (var hops = 0; at != to; hops++)
            {
                if (restored.Contains(at) || hops > aliases.Count || !aliases.TryGetValue(at, out var alias)) return false;
                at = alias.Survivor;
            }

            return true;
        }

        internal MergeEvent Merge(int cluster, GoldenId survivor, GoldenId absorbed)
        {
            var right = clusters[cluster].Where(m => Was(m, absorbed)).Select(m => m.Key).Order().ToImmutableArray();
            var left = clusters[cluster].Where(m => Was(m, survivor)).Select(m => m.Key).Except(right).Order().ToImmutableArray();
            return new MergeEvent(survivor, absorbed, left, right);
        }

        private bool Was(ClusterMember member, GoldenId id) =>
            member.Golden == id || (member.Golden is { } prior && !Priors.Contains(id) && Own(member.Key, prior) == id);
    }
}
