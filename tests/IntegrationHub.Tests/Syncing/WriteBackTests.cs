using CsCheck;
using IntegrationHub.Syncing;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Syncing;

public sealed class WriteBackTests
{
    private static readonly WriteBackField Phone = new("phone", Field.Phone, FieldOwner.Hub, "properties.phone");
    private static readonly WriteBackField City = new("city", Field.City, FieldOwner.Source, "properties.city");
    private static readonly WriteBackRules Rules = new(true, [Phone, City]);

    private static FieldValues Golden(string? phone = null, string? city = null) => FieldValues.None.With(Field.Phone, phone).With(Field.City, city);

    private static Func<WriteBackField, string?> AtSource(string? phone = null, string? city = null) => f => f == Phone ? phone : city;

    [Fact]
    public void Replaces_a_value_that_the_hub_owns() =>
        Assert.Equal(
            new WriteBackChange("phone", Field.Phone, "030 901820", "+4930901820"),
            Assert.Single(WriteBacks.Diff(Golden(phone: "+4930901820"), AtSource(phone: "030 901820"), Rules)));

    [Fact]
    public void Leaves_a_value_that_the_source_owns() =>
        Assert.Empty(WriteBacks.Diff(Golden(city: "Berlin"), AtSource(city: "Potsdam"), Rules));

    [Fact]
    public void Fills_a_blank_that_the_source_owns() =>
        Assert.Equal(new WriteBackChange("city", Field.City, null, "Berlin"), Assert.Single(WriteBacks.Diff(Golden(city: "Berlin"), AtSource(city: " "), Rules)));

    [Fact]
    public void Never_empties_a_value() =>
        Assert.Empty(WriteBacks.Diff(Golden(), AtSource(phone: "030 901820", city: "Berlin"), Rules));

    [Fact]
    public void Writing_what_it_says_leaves_nothing_to_write() =>
        Gen.String[Gen.Char["ab "], 0, 3].Array[4].Sample(v =>
        {
            var golden = Golden(v[0], v[1]);
            var source = new Dictionary<string, string?> { ["phone"] = v[2], ["city"] = v[3] };
            foreach (var change in WriteBacks.Diff(golden, f => source[f.Property], Rules)) source[change.Property] = change.After;
            return WriteBacks.Diff(golden, f => source[f.Property], Rules).IsEmpty;
        });
}
