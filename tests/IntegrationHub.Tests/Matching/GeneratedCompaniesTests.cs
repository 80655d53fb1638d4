using IntegrationHub.Matching;
using IntegrationHub.Matching.Learning;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Matching;

/// <summary>Made companies with branches, sisters and chains, of seeds that no rule was made from.</summary>
public sealed class GeneratedCompaniesTests(ITestOutputHelper output)
{
    [Fact]
    public void A_list_of_companies_is_resolved_and_hardly_a_branch_merged_by_itself()
    {
        var (table, sites) = Table(77, 1_500);
        var resolved = Resolver.Resolve(table, MatchModel.BuiltIn(EntityKind.Company).For(table.Count), _ => { }, default);
        Holds(resolved.Partition, sites, 0.92, 0.99, 0.45);
    }

    [Fact]
    public void So_are_companies_under_the_built_in_model()
    {
        var (table, sites) = Table(78, 1_500);
        var model = MatchModel.BuiltIn(EntityKind.Company).For(100_000);
        var pairs = Matcher.Weigh(table, Blocks.Of(table, model, wide: false, default), model, default);
        Holds(Clusters.Partition(table, pairs.Edges, [], model, default), sites, 0.87, 0.99, 0.38);
    }

    private void Holds(ClusterResult partition, string[] sites, double f1, double precision, double recall)
    {
        var (probable, auto) = (PairQuality.Of(partition.Probable, sites), PairQuality.Of(partition.Auto, sites));
        output.WriteLine($"{sites.Length} records: {probable}, automatic {auto}");
        Assert.True(probable.F1 >= f1, $"{probable}");
        Assert.True(auto.Precision >= precision, $"automatic {auto}");
        Assert.True(auto.Recall >= recall, $"automatic {auto}");
    }

    private static (MatchTable Table, string[] Sites) Table(int seed, int organisations)
    {
        var all = CompanyWorld.Of(seed, organisations);
        return (MatchTable.Of(EntityKind.Company, [.. all.Select(r => r.Record)]), [.. all.Select(r => r.Site)]);
    }
}
