using System.Text.Json;
using IntegrationHub.Chaos;

namespace IntegrationHub.Tests.Sandbox;

public sealed class ChaosComparisonTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("chaos-comparison-").FullName;

    [Fact]
    public void Ids_times_and_the_order_of_rows_make_no_difference()
    {
        var one = State(
            "g1,Ada,a@x.example,email=hubspot/contacts/1 (most_recent),2026-01-01\ng2,Bob,,,2026-01-01",
            "g1,hubspot,contacts,1\ng1,files,contacts,B7\ng2,shopify,contacts,gid://shopify/Customer/5"
        );
        var other = State(
            "h9,Bob,,,2026-02-02\nh8,Ada,a@x.example,email=hubspot/contacts/1 (most_recent),2026-02-02",
            "h8,files,contacts,B7\nh9,shopify,contacts,gid://shopify/Customer/5\nh8,hubspot,contacts,1"
        );
        Assert.Empty(one.DifferencesTo(other, 10));
    }

    [Theory]
    [InlineData("g1,Eve,a@x.example,p,t", "g1,s,c,1\ng1,s,c,2", "differs: s/c/1 s/c/2: first_name: Ada;now first_name: Eve")]
    [InlineData("g1,Ada,a@x.example,q,t", "g1,s,c,1\ng1,s,c,2", "differs: s/c/1 s/c/2: provenance: p;now provenance: q")]
    [InlineData("g1,Ada,a@x.example,p,t", "g1,s,c,1", "missing: s/c/1 s/c/2|added: s/c/1")]
    [InlineData("g1,Ada,a@x.example,p,t\ng2,Ada,a@x.example,p,t", "g1,s,c,1\ng2,s,c,2", "missing: s/c/1 s/c/2|added: s/c/1|added: s/c/2")]
    [InlineData("g1,Ada,a@x.example,p,t\ng2,Lost,,,t", "g1,s,c,1\ng1,s,c,2", "added: (no source record: g2)")]
    [InlineData("g1,Ada,a@x.example,p,t", "g1,s,c,1\ng1,s,c,2\ng3,s,c,3", "added: s/c/3")]
    public void A_value_a_provenance_a_split_a_lost_or_an_added_record_is_a_difference(string golden, string crosswalk, string expected)
    {
        var one = State("g1,Ada,a@x.example,p,t", "g1,s,c,1\ng1,s,c,2");
        Assert.Equal(expected, string.Join('|', one.DifferencesTo(State(golden, crosswalk), 10)));
    }

    [Fact]
    public void Many_differences_are_counted_not_listed()
    {
        var none = State("", "");
        var three = State("g1,A,,,t\ng2,B,,,t\ng3,C,,,t", "g1,s,c,1\ng2,s,c,2\ng3,s,c,3");
        Assert.Equal(["missing: s/c/1", "missing: s/c/2", "and 1 more"], three.DifferencesTo(none, 2));
    }

    [Fact]
    public void The_sandboxs_state_becomes_source_keys()
    {
        using var state = JsonDocument.Parse(
            """{"hubspot":{"contacts":["7"]},"shopify":{"contacts":["gid://shopify/Customer/5"],"orders":["gid://shopify/Order/6"]}}"""
        );
        Assert.Equal(
            ["hubspot/contacts/7", "shopify/contacts/gid://shopify/Customer/5", "shopify/orders/gid://shopify/Order/6"],
            GoldenState.SandboxRecords(state.RootElement).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("--kills", "many")]
    [InlineData("--hub", "/nowhere/hub.dll")]
    [InlineData("--kilsl", "5")]
    public void What_is_wrong_with_the_command_line_is_named(string option, string value) =>
        Assert.Contains(option, ChaosOptions.Parse([option, value]).Problem, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private GoldenState State(string golden, string crosswalk)
    {
        string one = Path.Combine(folder, Path.GetRandomFileName()), other = Path.Combine(folder, Path.GetRandomFileName());
        File.WriteAllText(one, $"golden_id,first_name,email,provenance,updated_at\n{golden}\n");
        File.WriteAllText(other, $"golden_id,source,stream,external_id\n{crosswalk}\n");
        return GoldenState.Read(one, other);
    }
}
