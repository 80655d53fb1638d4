using IntegrationHub.Engine.Recipes;
using IntegrationHub.Syncing;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Recipes;

public sealed class MappingFileTests
{
    private const string Good = """
        connector: crm
        stream: contacts
        fields:
          email: properties.email
        """;

    private static RecipeError[] Errors(string text) => [.. Assert.Throws<RecipeException>(() => MappingFile.Parse(text, "crm.yaml")).Errors];

    [Theory]
    [InlineData("  first_nam: a", "crm.yaml:5:3: fields.first_nam: unknown field 'first_nam'. Did you mean 'first_name'?")]
    [InlineData("  city: { path: a, transforms: [trimm] }", "crm.yaml:5:33: fields.city.transforms: unknown transform 'trimm'. Did you mean 'trim'?")]
    [InlineData("  city: a..b", "crm.yaml:5:9: fields.city: 'a..b' is not a path: a name is missing before character 3")]
    [InlineData("  city: { pth: a }", "crm.yaml:5:11: fields.city.pth: unknown key 'pth'. Did you mean 'path'?")]
    [InlineData("  city: {}", "crm.yaml:5:9: fields.city: say where the value stands: 'path: properties.email'.")]
    [InlineData("  city: { path: { a: b } }", "crm.yaml:5:17: fields.city.path: 'path' must be a list, not a map.")]
    [InlineData("  email_key: a", "crm.yaml:5:3: fields.email_key: unknown field 'email_key'.")]
    [InlineData("regoin: DE", "crm.yaml:5:1: regoin: unknown key 'regoin'. Did you mean 'region'?")]
    [InlineData("region: Germany", "crm.yaml:5:9: region: 'Germany' is not an ISO 3166-1 code")]
    [InlineData("entity: person", "crm.yaml:5:9: entity: unknown value 'person'. Known: contact, company.")]
    [InlineData("required: [phone]", "crm.yaml:5:11: required: 'phone' is required, yet 'fields' does not map it.")]
    [InlineData("headers: [A]", "crm.yaml:5:10: headers: 'headers' is for files only")]
    [InlineData("consents:\n  - channel: mail\n    state: s\n    point: p\n    values: { a: denied }", "crm.yaml:6:14: consents[0].channel: unknown value 'mail'. Did you mean 'email'?")]
    [InlineData("consents:\n  - channel: email\n    state: s\n    point: p\n    values: { x: yes }", "crm.yaml:9:18: consents[0].values.x: unknown value 'yes'. Known: granted, denied, pending, suppressed.")]
    [InlineData("consents:\n  - channel: email\n    state: s\n    point: p", "crm.yaml:6:5: consents[0].values: 'values' is missing")]
    [InlineData("consents:\n  - channel: email\n    values: { a: denied }\n    state: s", "crm.yaml:6:5: consents[0].point: 'point' is missing")]
    [InlineData("write_back:\n  enabled: yes\n  properties: {}", "crm.yaml:6:12: write_back.enabled: 'yes' is neither true nor false.")]
    [InlineData("write_back:\n  properties:\n    a: { field: full_name, owner: hub }", "write_back.properties.a.field: 'full_name' is for input only")]
    [InlineData("write_back:\n  properties:\n    a: { field: city, owner: me }", "write_back.properties.a.owner: unknown value 'me'. Known: hub, source.")]
    public void A_mistake_is_named_with_its_file_line_column_and_cure(string line, string message) =>
        Assert.Contains(message, Assert.Single(Errors($"{Good}\n{line}\n")).ToString());

    [Theory]
    [InlineData("a: [", "not valid YAML")]
    [InlineData("", "not a YAML map")]
    [InlineData("- a", "not a YAML map")]
    [InlineData("connector: crm\nfields: { email: e }\n---\nx: y", "one document")]
    [InlineData("connector: crm", "'fields' is missing")]
    [InlineData("connector: crm\nfields: {}", "no field is mapped")]
    [InlineData("fields: { email: e }", "'connector' is missing")]
    public void A_file_that_is_no_mapping_is_refused(string text, string message) => Assert.Contains(message, string.Join('\n', Errors(text).AsEnumerable()));

    [Fact]
    public void A_field_mapped_twice_is_refused_with_its_line()
    {
        var error = Assert.Single(Errors($"{Good}\n  email: other\n"));
        Assert.Equal(5, error.Line);
        Assert.Contains("email", error.Message);
    }

    [Fact]
    public void All_mistakes_of_a_file_are_told_at_once() =>
        Assert.Equal([5, 6, 7], Errors($"{Good}\n  cty: a\n  state: 'a['\nregion: x\n").Select(e => e.Line));

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("no/such/file.yaml:1:1: there is no such file", Assert.Throws<RecipeException>(() => MappingFile.Load("no/such/file.yaml")).Message);

    [Fact]
    public void The_version_follows_the_text_and_not_its_line_ends()
    {
        var version = MappingFile.Parse(Good, "a.yaml").Mapping.Version;
        Assert.Equal(version, MappingFile.Parse(Good.ReplaceLineEndings("\r\n"), "a.yaml").Mapping.Version);
        Assert.NotEqual(version, MappingFile.Parse(Good + "\nregion: DE", "a.yaml").Mapping.Version);
        Assert.Equal(16, version.Value.Length);
    }

    [Fact]
    public void Write_back_is_off_unless_it_is_switched_on()
    {
        const string Rules = "\nwrite_back:\n  properties:\n    firstname: { field: first_name, owner: source, path: properties.firstname }\n";
        var recipe = MappingFile.Parse(Good + Rules, "a.yaml");
        Assert.False(recipe.WriteBack.Enabled);
        Assert.Equal([new WriteBackField("firstname", Field.FirstName, FieldOwner.Source, "properties.firstname")], recipe.WriteBack.Fields.AsEnumerable());
        Assert.True(MappingFile.Parse(Good + Rules.Replace("properties:\n", "enabled: true\n  properties:\n", StringComparison.Ordinal), "a.yaml").WriteBack.Enabled);
        Assert.False(MappingFile.Parse(Good, "a.yaml").WriteBack.Enabled);
    }

    [Fact]
    public void The_present_value_of_a_property_is_read_where_the_mapping_says()
    {
        var recipe = MappingFile.Parse(
            Good + "\nwrite_back:\n  properties:\n    firstname: { field: first_name, owner: source, path: properties.firstname }\n    city: { field: city, owner: hub }\n", "a.yaml");
        var current = recipe.Current("""{"properties":{"firstname":"Ada"},"town":"Ulm"}"""u8.ToArray());
        Assert.Equal(["Ada", null], recipe.WriteBack.Fields.Select(current));
    }
}
