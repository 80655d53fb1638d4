using System.Text;
using System.Text.Json;
using CsCheck;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Mapping;

public sealed class SourceMappingTests
{
    private static readonly SourceKey Key = new("crm", Streams.Contacts, "1");

    private static SourceMapping Of(string fields, string more = "") =>
        MappingFile.Parse($"connector: crm\nfields:\n{fields}\n{more}", "crm.contacts.yaml").Mapping;

    private static MappedRecord Apply(SourceMapping mapping, string json, PathUse? use = null) => mapping.Apply(Key, Encoding.UTF8.GetBytes(json), use);

    [Fact]
    public void Reads_nested_values_numbers_and_flags_as_text()
    {
        var mapped = Apply(Of("  email: p.email\n  postcode: p.zip\n  owner: active"), """{"p":{"email":"a@x.com","zip":10115},"active":true}""");
        Assert.Equal("a@x.com", mapped.Raw[Field.Email]);
        Assert.Equal("10115", mapped.Raw[Field.Postcode]);
        Assert.Equal("true", mapped.Raw[Field.Owner]);
    }

    [Fact]
    public void Of_points_in_time_all_paths_are_read() =>
        Assert.Equal("2026-01-02\n2026-03-04", Apply(Of("  engaged_at: [opened, clicked, visited]"), """{"opened":"2026-03-04","clicked":"","visited":"2026-01-02"}""").Raw[Field.EngagedAt]);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"p":null}""")]
    [InlineData("""{"p":"text"}""")]
    [InlineData("""{"p":[]}""")]
    [InlineData("""{"p":{"email":null}}""")]
    [InlineData("""{"p":{"email":"  "}}""")]
    [InlineData("""{"p":{"email":{"x":1}}}""")]
    public void What_is_missing_null_blank_or_of_another_shape_is_none(string json) =>
        Assert.Null(Apply(Of("  email: p.email"), json).Raw[Field.Email]);

    [Fact]
    public void The_first_path_that_gives_something_wins()
    {
        var mapping = Of("  phone: [work, mobile]");
        Assert.Equal("2", Apply(mapping, """{"mobile":"2","work":""}""").Raw[Field.Phone]);
        Assert.Equal("1", Apply(mapping, """{"mobile":"2","work":"1"}""").Raw[Field.Phone]);
    }

    [Fact]
    public void Joins_what_all_paths_give()
    {
        var mapping = Of("  full_name: { paths: [given, middle, family], join: ' ', transforms: [trim] }");
        Assert.Equal("Ada King", Apply(mapping, """{"family":" King","given":"Ada "}""").Raw[Field.FullName]);
    }

    [Fact]
    public void A_list_takes_every_item_sorted_and_once()
    {
        var mapping = Of("  tags: 'tags[*].name'\n  other_emails: { path: more, transforms: [split_semicolon] }");
        var mapped = Apply(mapping, """{"tags":[{"name":"vip"},{"id":1},{"name":"b2b"},{"name":"vip"}],"more":"b@x.com; a@x.com"}""");
        Assert.Equal(["b2b", "vip"], mapped.Raw.List(Field.Tags).AsEnumerable());
        Assert.Equal(["a@x.com", "b@x.com"], mapped.Raw.List(Field.OtherEmails).AsEnumerable());
    }

    [Fact]
    public void A_plain_path_takes_the_items_of_a_list_of_texts() =>
        Assert.Equal(["b2b", "vip"], Apply(Of("  tags: tags"), """{"tags":["vip","b2b"]}""").Raw.List(Field.Tags).AsEnumerable());

    [Fact]
    public void A_list_that_was_one_text_before_still_gives_its_items() =>
        Assert.Equal("a@x.com", Apply(Of("  email: email"), """{"email":["a@x.com","b@x.com"]}""").Raw[Field.Email]);

    [Fact]
    public void One_item_and_every_item_of_a_list_may_both_be_read()
    {
        var mapped = Apply(Of("  city: a[1].city\n  tags: 'a[*].city'"), """{"a":[{"city":"Ulm"},{"city":"Bonn"}]}""");
        Assert.Equal("Bonn", mapped.Raw[Field.City]);
        Assert.Equal(["Bonn", "Ulm"], mapped.Raw.List(Field.Tags).AsEnumerable());
    }

    [Fact]
    public void A_constant_is_the_value_of_every_record() =>
        Assert.Equal("DE", Apply(Of("  country: { constant: DE }"), "{}").Raw[Field.Country]);

    [Fact]
    public void Escaped_names_and_values_are_read_as_what_they_mean() =>
        Assert.Equal("Zoë", Apply(Of("  first_name: naïf"), "{\"na\\u00eff\":\"Zo\\u00eb\"}").Raw[Field.FirstName]);

    [Fact]
    public void Half_a_surrogate_pair_loses_neither_the_record_nor_the_text() =>
        Assert.Contains("Ada", Apply(Of("  first_name: n"), "{\"n\":\"Ada\\ud83d\"}").Raw[Field.FirstName]);

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"a\":")]
    [InlineData("")]
    [InlineData("{} {}")]
    public void A_payload_that_is_no_object_is_refused_with_its_key(string json) =>
        Assert.Contains("crm/contacts/1", Assert.Throws<FormatException>(() => Apply(Of("  email: e"), json)).Message);

    [Fact]
    public void Required_fields_region_and_time_of_change_go_with_the_record()
    {
        var mapped = Apply(Of("  email: e", "required: [email]\nregion: AT\nupdated_at: t"), """{"t":"2026-11-01T08:30:00+02:00"}""");
        Assert.Equal([Field.Email], mapped.Required.AsEnumerable());
        Assert.Equal("AT", mapped.Region);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 6, 30, 0, TimeSpan.Zero), mapped.UpdatedAt);
    }

    private const string Consents = """
        consents:
          - channel: email
            state: status
            values: { subscribed: granted, unsubscribed: denied, cleaned: suppressed, pending: pending }
            point: e
            at: t
          - channel: email
            state: bounced
            values: { "*": suppressed }
            point: e
        """;

    [Theory]
    [InlineData("subscribed", ConsentState.Granted)]
    [InlineData("Unsubscribed ", ConsentState.Denied)]
    [InlineData("pending", ConsentState.Pending)]
    public void The_vendors_word_is_read_by_the_mappings_table(string word, ConsentState state)
    {
        var mapped = Apply(Of("  email: e", Consents), $$"""{"e":"a@x.com","status":"{{word}}","t":"2026-01-05T10:00:00Z"}""");
        Assert.Equal([new ConsentClaim(Channel.Email, "marketing", "a@x.com", state, new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero))], mapped.Consents.AsEnumerable());
    }

    [Theory]
    [InlineData("""{"e":"a@x.com","status":"transactional"}""")]
    [InlineData("""{"e":"a@x.com","status":""}""")]
    [InlineData("""{"e":"a@x.com"}""")]
    [InlineData("""{"status":"subscribed"}""")]
    public void A_word_not_known_or_about_nobody_is_no_claim(string json) => Assert.Empty(Apply(Of("  email: e", Consents), json).Consents);

    [Fact]
    public void Of_two_words_about_one_point_the_stricter_is_heard()
    {
        var mapped = Apply(Of("  email: e", Consents), """{"e":"a@x.com","status":"subscribed","bounced":"mailbox full"}""");
        Assert.Equal([ConsentState.Suppressed], mapped.Consents.Select(c => c.State));
    }

    [Fact]
    public void A_path_that_no_record_has_and_a_field_that_no_path_reads_are_schema_drift()
    {
        var mapping = Of("  email: p.emial\n  city: p.city", "ignore: [id, p.internal]");
        var use = mapping.CountUse();
        Apply(mapping, """{"id":1,"p":{"email":"a@x.com","city":"Ulm","internal":{"deep":1}},"score":7}""", use);
        Apply(mapping, """{"id":2,"p":{"email":"b@x.com","city":null}}""", use);
        Assert.Equal(2, use.Records);
        Assert.Equal(["p.emial"], use.NeverSeen().AsEnumerable());
        Assert.Equal([new PathCount("p.email", 2), new PathCount("score", 1)], use.UnmappedFields().AsEnumerable());
        Assert.Equal([new PathCount("p.emial", 0), new PathCount("p.city", 2)], use.Found().AsEnumerable());
    }

    [Fact]
    public void Of_several_paths_one_that_is_there_is_enough_and_optional_ones_are_not_expected()
    {
        PathUse Use(string more)
        {
            var mapping = Of("  phone: [work, mobile]\n  city: [town, place]\n  country: land", more);
            var use = mapping.CountUse();
            Apply(mapping, """{"mobile":"1"}""", use);
            return use;
        }

        Assert.Equal(["town", "place", "land"], Use("").NeverSeen().AsEnumerable());
        Assert.Equal(["town", "place"], Use("optional: [land]").NeverSeen().AsEnumerable());
        Assert.Empty(Use("optional: all").NeverSeen());
    }

    [Fact]
    public void Nothing_has_drifted_as_long_as_nothing_was_read() => Assert.Empty(Of("  email: e").CountUse().NeverSeen());

    [Fact]
    public void Counts_of_two_threads_add_up()
    {
        var mapping = Of("  email: e\n  city: c");
        var (one, other) = (mapping.CountUse(), mapping.CountUse());
        Apply(mapping, """{"e":"a","x":1}""", one);
        Apply(mapping, """{"c":"a","x":1,"y":1}""", other);
        one.Add(other);
        Assert.Empty(one.NeverSeen());
        Assert.Equal([new PathCount("x", 2), new PathCount("y", 1)], one.UnmappedFields().AsEnumerable());
    }

    [Fact]
    public void Columns_of_a_file_are_found_whatever_their_case()
    {
        var mapping = MappingFile.Parse("connector: files\nkey: [ID]\nfields:\n  email: Email Address\n", "list.yaml").Mapping;
        Assert.Equal("a@x.com", Apply(mapping, """{"EMAIL ADDRESS":"a@x.com"}""").Raw[Field.Email]);
    }

    [Fact]
    public void Any_json_object_is_read_without_a_fault()
    {
        var mapping = Of("  email: a.b\n  city: 'a[*].b'\n  tags: 'b[*]'\n  phone: 'b[1].a'", "ignore: [c]");
        string[] names = ["a", "b", "c", "\u00e4", ""];
        var name = Gen.Int[0, names.Length - 1].Select(i => names[i]);
        var scalar = Gen.OneOf<object?>(Gen.Null(Gen.String), Gen.Int.Select(i => (object?)i), Gen.Bool.Select(b => (object?)b));
        var value = Gen.Recursive<object?>((depth, self) => depth > 3 ? scalar : Gen.OneOf<object?>(
            scalar,
            self.Array[0, 3].Select(a => (object?)a),
            Gen.Dictionary(name, self)[0, 3].Select(d => (object?)d)));
        Gen.Dictionary(name, value)[0, 4].Sample(
            payload =>
            {
                var use = mapping.CountUse();
                var first = mapping.Apply(Key, JsonSerializer.SerializeToUtf8Bytes(payload), use);
                var again = mapping.Apply(Key, JsonSerializer.SerializeToUtf8Bytes(payload));
                Assert.Equal(first.Raw, again.Raw);
                Assert.Equal(1, use.Records);
            },
            iter: 2000);
    }
}
