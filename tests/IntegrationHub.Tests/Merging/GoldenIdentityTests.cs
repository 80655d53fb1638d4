using System.Collections.Immutable;
using CsCheck;
using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Merging;

public sealed class GoldenIdentityTests
{
    private static GoldenId Id(int n) => new(new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));

    private static SourceKey Key(string id) => new("s", Streams.Contacts, id);

    private static readonly GoldenId[] Supply = [.. Enumerable.Range(100, 50).Select(Id)];

    /// <summary>A cluster written as "a:1 b:1 c": member a was part of golden record 1, c of none.</summary>
    private static ClusterMember[] Cluster(string text) =>
        [.. text.Split(' ').Select(m => m.Split(':')).Select(m => new ClusterMember(Key(m[0]), m.Length > 1 ? Id(int.Parse(m[1])) : null))];

    private static GoldenAlias Alias(int absorbed, int survivor, string members) => new(Id(absorbed), Id(survivor), [.. members.Split(' ').Select(Key)]);

    private static IdentityResult Assign(string[] clusters, GoldenAlias[]? aliases = null, string? gone = null) =>
        GoldenIdentity.Assign([.. clusters.Select(Cluster)], gone is null ? [] : Cluster(gone), aliases ?? [], Supply);

    [Fact]
    public void A_cluster_never_seen_gets_a_new_id_and_nothing_else_happens()
    {
        var result = Assign(["a b", "c"]);
        Assert.Equal([new IdentityAssignment(Id(100), IdentityOrigin.New, null), new IdentityAssignment(Id(101), IdentityOrigin.New, null)], result.Clusters.AsEnumerable());
        Assert.Empty(result.Merges);
    }

    [Fact]
    public void New_ids_go_by_the_least_key_and_not_by_the_order_of_clusters() =>
        Assert.Equal([Id(101), Id(100)], Assign(["c", "a b"]).Clusters.Select(c => c.Golden));

    [Fact]
    public void A_cluster_that_grows_keeps_its_id() =>
        Assert.Equal([new IdentityAssignment(Id(1), IdentityOrigin.Kept, null)], Assign(["a:1 b"]).Clusters.AsEnumerable());

    [Fact]
    public void Of_two_ids_in_one_cluster_the_older_goes_on_and_the_other_redirects()
    {
        var result = Assign(["a:2 b:2 c:1 d"]);
        Assert.Equal(Id(1), result.Clusters[0].Golden);
        var merge = Assert.Single(result.Merges);
        Assert.Equal((Id(1), Id(2)), (merge.Survivor, merge.Absorbed));
        Assert.Equal([Key("c")], merge.Left.AsEnumerable());
        Assert.Equal([Key("a"), Key("b")], merge.Right.AsEnumerable());
        var alias = Assert.Single(result.AliasesToAdd);
        Assert.Equal((Id(2), Id(1)), (alias.Absorbed, alias.Survivor));
        Assert.Equal([Key("a"), Key("b")], alias.Members.AsEnumerable());
    }

    [Fact]
    public void A_split_leaves_the_id_with_most_members()
    {
        var result = Assign(["a:1", "b:1 c:1"]);
        Assert.Equal([new IdentityAssignment(Id(100), IdentityOrigin.New, Id(1)), new IdentityAssignment(Id(1), IdentityOrigin.Kept, null)], result.Clusters.AsEnumerable());
    }

    [Fact]
    public void An_even_split_leaves_the_id_with_the_least_key() =>
        Assert.Equal([Id(100), Id(1)], Assign(["b:1", "a:1"]).Clusters.Select(c => c.Golden));

    [Fact]
    public void A_merge_that_is_known_is_not_recorded_again()
    {
        var result = Assign(["a:1 b:1"], [Alias(2, 1, "b")]);
        Assert.Equal([new IdentityAssignment(Id(1), IdentityOrigin.Kept, null)], result.Clusters.AsEnumerable());
        Assert.Empty(result.Merges);
        Assert.Empty(result.AliasesToAdd);
    }

    [Fact]
    public void An_undone_merge_gives_both_sides_their_ids_back_even_if_the_absorbed_side_is_larger()
    {
        var result = Assign(["a:1", "b:1 c:1 d:1"], [Alias(2, 1, "b c d")]);
        Assert.Equal([new IdentityAssignment(Id(1), IdentityOrigin.Kept, null), new IdentityAssignment(Id(2), IdentityOrigin.Restored, Id(1))], result.Clusters.AsEnumerable());
        Assert.Equal([Id(2)], result.AliasesToRemove.AsEnumerable());
        Assert.Empty(result.Merges);
    }

    [Fact]
    public void Chains_of_merges_come_apart_one_link_at_a_time()
    {
        GoldenAlias[] chain = [Alias(3, 2, "c"), Alias(2, 1, "b c")];
        var outer = Assign(["a:1", "b:1 c:1"], chain);
        Assert.Equal([Id(1), Id(2)], outer.Clusters.Select(c => c.Golden));
        Assert.Equal([Id(2)], outer.AliasesToRemove.AsEnumerable());
        Assert.Empty(outer.AliasesToAdd);
        var inner = Assign(["a:1 b:1", "c:1"], chain);
        Assert.Equal([Id(1), Id(3)], inner.Clusters.Select(c => c.Golden));
        Assert.Equal([Id(3)], inner.AliasesToRemove.AsEnumerable());
    }

    [Fact]
    public void An_alias_that_led_past_a_restored_id_leads_to_it_again()
    {
        var result = Assign(["a:1", "b:1 c:1"], [Alias(3, 1, "c"), Alias(2, 1, "b c")]);
        Assert.Equal([Id(1), Id(2)], result.Clusters.Select(c => c.Golden));
        Assert.Equal([(Id(3), Id(2))], result.AliasesToAdd.Select(a => (a.Absorbed, a.Survivor)));
    }

    [Fact]
    public void A_golden_record_keeps_its_id_when_only_what_it_absorbed_is_left()
    {
        var result = Assign(["b:1"], [Alias(2, 1, "b")], gone: "a:1");
        Assert.Equal([new IdentityAssignment(Id(1), IdentityOrigin.Kept, null)], result.Clusters.AsEnumerable());
        Assert.Empty(result.Retired);
    }

    [Fact]
    public void A_golden_record_without_members_is_retired() =>
        Assert.Equal([Id(2)], Assign(["a:1"], gone: "b:2 c:2 d:1").Retired.AsEnumerable());

    [Fact]
    public void Members_that_leave_a_merge_for_another_golden_record_take_their_id_along()
    {
        var result = Assign(["a:2", "b:2 c:1"], [Alias(5, 2, "b")]);
        Assert.Equal([Id(2), Id(1)], result.Clusters.Select(c => c.Golden));
        Assert.Equal([(Id(5), Id(1))], result.AliasesToAdd.Select(a => (a.Absorbed, a.Survivor)));
        Assert.Equal([Key("b")], Assert.Single(result.Merges).Right.AsEnumerable());
    }

    private static string Told(IdentityResult result, IReadOnlyList<ClusterMember[]> clusters) => string.Join('\n',
        result.Clusters.Zip(clusters, (a, c) => $"{a.Golden} {a.Origin} {a.SplitFrom}: {string.Join(' ', c.Select(m => m.Key.ToString()).Order())}").Order()
            .Concat(result.AliasesToAdd.Select(a => $"{a.Absorbed} {a.Survivor} {string.Join(' ', a.Members)}"))
            .Concat(result.AliasesToRemove.Select(a => a.ToString()))
            .Concat(result.Merges.Select(m => $"{m.Survivor} {m.Absorbed} {string.Join(' ', m.Left)} / {string.Join(' ', m.Right)}")));

    private static readonly string[] Letters = ["a", "b", "c", "d", "e", "f"];

    /// <summary>Which cluster, and which golden record before (0: none), each of six members has.</summary>
    private static readonly Gen<(int[] Cluster, int[] Golden)> AnyGroup = Gen.Select(Gen.Int[0, 3].Array[6], Gen.Int[0, 3].Array[6]);

    private static List<ClusterMember[]> Clusters(int[] cluster, int[] golden) =>
        [.. Letters.Select((l, i) => (Cluster: cluster[i], Member: new ClusterMember(Key(l), golden[i] == 0 ? null : Id(golden[i]))))
            .GroupBy(m => m.Cluster).Select(g => g.Select(m => m.Member).ToArray())];

    [Fact]
    public void The_order_of_clusters_and_members_does_not_matter() =>
        AnyGroup.SelectMany(g => Shuffling.Of(Clusters(g.Cluster, g.Golden)).Select(shuffled => (Straight: Clusters(g.Cluster, g.Golden), Shuffled: shuffled)))
            .Sample(
                g =>
                {
                    ClusterMember[][] turned = [.. g.Shuffled.Select(c => c.Reverse().ToArray())];
                    Assert.Equal(Told(GoldenIdentity.Assign(g.Straight, [], [], Supply), g.Straight), Told(GoldenIdentity.Assign(turned, [], [], Supply), turned));
                },
                iter: 3000);

    [Fact]
    public void Each_cluster_has_an_id_of_its_own_and_every_former_id_is_kept_or_redirects() =>
        AnyGroup.Sample(
            g =>
            {
                var result = GoldenIdentity.Assign(Clusters(g.Cluster, g.Golden), [], [], Supply);
                var ids = result.Clusters.Select(c => c.Golden).ToList();
                Assert.Equal(ids.Count, ids.Distinct().Count());
                Assert.Equal(
                    g.Golden.Where(n => n > 0).Select(Id).ToHashSet(),
                    ids.Where(id => !Supply.Contains(id)).Concat(result.AliasesToAdd.Select(a => a.Absorbed)).ToHashSet());
            },
            iter: 3000);

    [Fact]
    public void Merging_and_taking_apart_again_gives_all_ids_back() =>
        Gen.Select(Gen.Int[0, 3].Array[6], Gen.Int[0, 2].Array[4]).Sample(
            (before, joined) =>
            {
                var world = new World();
                world.Resolve(before);
                var at = world.Ids();
                world.Resolve([.. before.Select(c => joined[c])]);
                world.Resolve(before);
                Assert.Equal(at, world.Ids());
                Assert.Empty(world.Aliases);
            },
            iter: 3000);

    [Fact]
    public void Merging_in_two_steps_and_taking_apart_at_once_gives_all_ids_back() =>
        Gen.Select(Gen.Int[0, 5].Array[6], Gen.Int[0, 3].Array[6], Gen.Int[0, 1].Array[4]).Sample(
            (before, once, twice) =>
            {
                var world = new World();
                world.Resolve(before);
                var at = world.Ids();
                world.Resolve([.. before.Select(c => once[c])]);
                world.Resolve([.. before.Select(c => twice[once[c]])]);
                world.Resolve(before);
                Assert.Equal(at, world.Ids());
                Assert.Empty(world.Aliases);
            },
            iter: 3000);

    [Fact]
    public void Resolving_again_what_has_not_changed_changes_nothing() =>
        Gen.Select(Gen.Int[0, 3].Array[6], Gen.Int[0, 2].Array[6], Gen.Int[0, 2].Array[6]).Sample(
            (first, second, third) =>
            {
                var world = new World();
                world.Resolve(first);
                world.Resolve(second);
                world.Resolve(third);
                var again = world.Resolve(third);
                Assert.All(again.Clusters, c => Assert.Equal(IdentityOrigin.Kept, c.Origin));
                Assert.Empty(again.Merges);
                Assert.Empty(again.AliasesToAdd);
                Assert.Empty(again.AliasesToRemove);
            },
            iter: 3000);

    /// <summary>What a store would hold: six members, their golden records, and the aliases.</summary>
    private sealed class World
    {
        private readonly Dictionary<SourceKey, GoldenId> golden = [];
        private int next = 1000;

        internal Dictionary<GoldenId, GoldenAlias> Aliases { get; } = [];

        internal List<GoldenId> Ids() => [.. Letters.Select(l => golden[Key(l)])];

        internal IdentityResult Resolve(int[] cluster)
        {
            ClusterMember[][] clusters =
            [
                .. Letters.Select((l, i) => (Cluster: cluster[i], Member: new ClusterMember(Key(l), golden.TryGetValue(Key(l), out var id) ? id : null)))
                    .GroupBy(m => m.Cluster).Select(g => g.Select(m => m.Member).ToArray()),
            ];
            var result = GoldenIdentity.Assign(clusters, [], [.. Aliases.Values], [.. clusters.Select(_ => Id(next++))]);
            foreach (var restored in result.AliasesToRemove) Aliases.Remove(restored);
            foreach (var added in result.AliasesToAdd) Aliases[added.Absorbed] = added;
            foreach (var (members, assigned) in clusters.Zip(result.Clusters))
                foreach (var member in members) golden[member.Key] = assigned.Golden;
            return result;
        }
    }
}
