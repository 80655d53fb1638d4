using System.Text;
using IntegrationHub.Connect;
using IntegrationHub.Connectors.Files;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Vocabulary;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Tests.Connectors;

public sealed class FilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-files-");

    [Theory]
    [InlineData("id,name\n1,Ann\n")]
    [InlineData("id;name\r\n1;Ann\r\n")]
    [InlineData("id\tname\n1\tAnn")]
    [InlineData("id|name\n1|Ann\n")]
    [InlineData("sep=;\nid;name\n1;Ann\n")]
    [InlineData("\"id\",\"name\"\n\"1\",\"Ann\"\n")]
    [InlineData("id,name\r1,Ann\r")]
    [InlineData("\n\nid,name\n\n1,Ann\n\n")]
    [InlineData("id , name\n1,Ann,,\n")]
    public async Task Any_dialect_is_read(string text)
    {
        Write("a.csv", text);
        Assert.Equal(["""{"id":"1","name":"Ann"}"""], await Payloads());
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    [InlineData("windows-1252", false)]
    public async Task Any_encoding_is_read(string name, bool bom)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] bytes = [.. bom ? encoding.GetPreamble() : [], .. encoding.GetBytes("id;Straße\r\n1;Café Zoë – 5 €\r\n2;Müller\r\n")];
        File.WriteAllBytes(Path.Combine(folder.FullName, "a.csv"), bytes);
        Assert.Equal(["""{"Straße":"Café Zoë – 5 €","id":"1"}""", """{"Straße":"Müller","id":"2"}"""], await Payloads());
    }

    [Fact]
    public async Task Three_ragged_rows_of_a_thousand_are_named_with_file_and_line_and_the_rest_goes_on()
    {
        var lines = Enumerable.Range(1, 1000).Select(i => i switch { 10 => "10,short", 500 => "500,a,b,long", 1000 => "1000", _ => $"{i},Name {i},n{i}@example.com" });
        Write("people.csv", "id,name,email\n" + string.Join('\n', lines));
        var (records, problems) = await Pull();
        Assert.Equal(997, records.Count);
        Assert.Equal(["people.csv:11", "people.csv:501", "people.csv:1001"], problems.Select(p => p.Place));
        Assert.Contains("has 2 cells and the header 3", problems[0].Message);
        Assert.Contains("holds a ','", problems[1].Message);
        Assert.Equal("500,a,b,long", problems[1].Raw);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_its_line_and_not_the_rows_behind_it()
    {
        Write("people.csv", "id,name,email\n1,Ann,a@x.com\n2,\"Bob,b@x.com\n3,Cy,c@x.com\n4,Di,d@x.com\n");
        var (records, problems) = await Pull();
        Assert.Equal(["1", "3", "4"], records.Select(r => r.ExternalId));
        var problem = Assert.Single(problems);
        Assert.Equal("people.csv:3", problem.Place);
        Assert.Contains("not closed", problem.Message);
        Assert.Equal("2,\"Bob,b@x.com", problem.Raw);
    }

    [Fact]
    public async Task A_quote_that_a_later_quote_closes_by_chance_costs_its_line_too()
    {
        Write("people.csv", "id,name,email\n1,\"Ann,a@x.com\n2,Bob,b@x.com\n3,\"Cy, Jr.\",c@x.com\n4,Di,d@x.com\n5,\"Ed,e@x.com\n6,Flo\",f@x.com\n7,Gus,g@x.com\n");
        var (records, problems) = await Pull();
        Assert.Equal(["2", "3", "4", "7"], records.Select(r => r.ExternalId));
        Assert.Equal(["people.csv:2", "people.csv:6", "people.csv:7"], problems.Select(p => p.Place));
    }

    [Fact]
    public async Task A_quote_left_open_at_the_start_of_a_large_file_costs_one_row()
    {
        var text = new StringBuilder("id,name,email\n0,\"Open,o@x.com\n");
        for (var i = 1; i <= 60_000; i++) text.Append(i).Append(",Somebody With A Name,somebody").Append(i).Append("@example.com\n");
        Write("large.csv", text.ToString());
        var (records, problems) = await Pull();
        Assert.Equal(60_000, records.Count);
        Assert.Equal("large.csv:2", Assert.Single(problems).Place);
    }

    [Fact]
    public async Task Quotes_with_line_breaks_separators_and_doubled_quotes_are_no_fault()
    {
        Write("people.csv", "id,street,note\n1,\"Main St 5\nFlat \"\"B\"\", left\",\"a;b\"\n2,5\" pipe,x\n3,\"An \"odd\" one\",y\n");
        var (records, problems) = await Pull();
        Assert.Empty(problems);
        Assert.Equal("""{"id":"1","note":"a;b","street":"Main St 5\nFlat \"B\", left"}""", Encoding.UTF8.GetString(records[0].Payload ?? []));
        Assert.Equal("""{"id":"2","note":"x","street":"5\" pipe"}""", Encoding.UTF8.GetString(records[1].Payload ?? []));
        Assert.Equal(3, records.Count);
    }

    [Fact]
    public async Task A_ragged_row_with_line_breaks_does_not_leave_its_second_half_behind_as_a_row()
    {
        Write("people.csv", "id,street,note\n1,\"Main St 5\nFlat B\",note,extra\n2,Elm,x\n");
        var (records, problems) = await Pull();
        Assert.Equal(["2"], records.Select(r => r.ExternalId));
        Assert.Equal(["people.csv:2", "people.csv:3"], problems.Select(p => p.Place));
    }

    [Fact]
    public async Task Nul_bytes_are_taken_out()
    {
        Write("a.csv", "id,name\n1,A\0nn\0\n");
        Assert.Equal(["""{"id":"1","name":"Ann"}"""], await Payloads());
    }

    [Fact]
    public async Task A_cell_beyond_all_bounds_is_a_problem_with_a_bounded_text()
    {
        Write("a.csv", "id,name\n1,Ann\n2,\"" + new string('x', 3_000_000) + "\"\n3,Cy\n");
        var (records, problems) = await Pull();
        Assert.Equal(["1", "3"], records.Select(r => r.ExternalId));
        Assert.Equal("a.csv:3", Assert.Single(problems).Place);
        Assert.True(problems[0].Raw.Length < 3000);
    }

    [Fact]
    public async Task Headers_that_are_empty_or_come_twice_get_names()
    {
        Write("a.csv", "id,name,,name\n1,a,b,c\n");
        Assert.Equal(["""{"Column 3":"b","id":"1","name":"a","name (2)":"c"}"""], await Payloads());
    }

    [Theory]
    [InlineData("PK\u0003\u0004rest", "Excel workbook")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("", "empty")]
    public async Task A_file_that_is_no_table_is_named_and_its_neighbours_are_read(string content, string said)
    {
        Write("bad.csv", content);
        Write("good.csv", "id,name\n1,Ann\n");
        var (records, problems) = await Pull();
        Assert.Single(records);
        Assert.Equal("bad.csv", Assert.Single(problems).Place);
        Assert.Contains(said, problems[0].Message);
        var check = await Connector().Check(default);
        Assert.False(check.Ok);
        Assert.Contains(said, check.Message);
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_named()
    {
        var connector = Connector(path: Path.Combine(folder.FullName, "nowhere"));
        var refused = await Assert.ThrowsAsync<ConnectorException>(async () => await connector.Pull("contacts", null, default).ToListAsync());
        Assert.Contains("nowhere", refused.Message);
        Assert.Contains("--path", refused.Message);
        Assert.False((await connector.Check(default)).Ok);
    }

    [Fact]
    public async Task A_folder_without_files_is_an_error_and_not_the_end_of_all_rows()
    {
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Pull());
        Assert.Contains("holds no .csv", refused.Message);
        Assert.False((await Connector().Check(default)).Ok);
    }

    [Fact]
    public async Task Without_a_key_the_same_row_keeps_its_id_wherever_it_stands()
    {
        Write("a.csv", "name,town\nAnn,Ulm\nBob,Bonn\n");
        var first = (await Pull(key: [])).Records;
        Write("a.csv", "town,name\nBonn,Bob\nKiel,Cy\nUlm,Ann\n");
        var second = (await Pull(key: [])).Records;
        Assert.Equal(first.Select(r => r.ExternalId).Order(), second.Where(r => !Encoding.UTF8.GetString(r.Payload ?? []).Contains("Cy")).Select(r => r.ExternalId).Order());
        Assert.All(first, r => Assert.StartsWith("row-", r.ExternalId));
    }

    [Fact]
    public async Task The_first_key_column_with_a_value_makes_the_id()
    {
        Write("a.csv", "Badge,Mail\nB1,a@x.com\n,b@x.com\n,\n");
        var ids = (await Pull(key: ["badge", "Mail"])).Records.Select(r => r.ExternalId).ToList();
        Assert.Equal(["B1", "b@x.com"], ids[..2]);
        Assert.StartsWith("row-", ids[2]);
    }

    [Theory]
    [InlineData("hubspot-contacts.csv", "hubspot-export", "512")]
    [InlineData("mailchimp-audience.csv", "mailchimp-export", "a0b1c2d3e4")]
    [InlineData("salesforce-report.csv", "salesforce-report", "003Qy00000AAAA1")]
    [InlineData("shopify-customers.csv", "shopify-export", "207119551")]
    public async Task Exports_are_recognised_by_their_columns(string file, string layout, string firstId)
    {
        var path = Path.Combine(ConnectorFolder.Of(typeof(FilesConnector)), "Fixtures", file);
        var pages = await Connector(path: path, key: []).Pull("contacts", null, default).ToListAsync();
        Assert.Equal(firstId, pages[0].Records[0].ExternalId);
        var check = await Connector(path: path).Check(default);
        Assert.True(check.Ok);
        Assert.Contains(layout, check.Message);
    }

    [Fact]
    public void Each_layout_is_that_of_its_mapping()
    {
        var mappings = Path.Combine(ConnectorFolder.Of(typeof(FilesConnector)), "..", "..", "mappings");
        Assert.Equal(
            RecipeBook.Load(mappings).Layouts.OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => $"{l.Name}: {string.Join(", ", l.Headers)}; {string.Join(", ", l.Key)}"),
            FileLayouts.All.OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => $"{l.Name}: {string.Join(", ", l.Headers)}; {string.Join(", ", l.Key)}"));
    }

    [Fact]
    public void A_list_that_no_program_wrote_has_no_layout() => Assert.Null(FileLayouts.Recognise(["Guest", "Seat", "Mail", "Firma"]));

    [Fact]
    public async Task Only_a_change_makes_a_full_pull_necessary()
    {
        Write("a.csv", "id,name\n1,Ann\n");
        Write("b.csv", "id,name\n2,Bob\n");
        var pages = await Connector().Pull("contacts", null, default).ToListAsync();
        Assert.False(Connector().NeedsFullPull("contacts", pages[0].Cursor));
        Assert.False(Connector().NeedsFullPull("contacts", pages[^1].Cursor));
        Assert.Empty(await Connector().Pull("contacts", pages[^1].Cursor, default).ToListAsync());

        Write("c.csv", "id,name\n3,Cy\n");
        Assert.False(Connector().NeedsFullPull("contacts", pages[^1].Cursor));
        Assert.Equal("3", Assert.Single(Assert.Single(await Connector().Pull("contacts", pages[^1].Cursor, default).ToListAsync()).Records).ExternalId);

        Write("a.csv", "id,name\n1,Anna\n");
        Assert.True(Connector().NeedsFullPull("contacts", pages[^1].Cursor));
        File.Delete(Path.Combine(folder.FullName, "a.csv"));
        Assert.True(Connector().NeedsFullPull("contacts", pages[^1].Cursor));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public async Task A_pull_goes_on_in_the_middle_of_a_file(string encoding)
    {
        var text = new StringBuilder("id;naïve name;note\n");
        for (var i = 1; i <= 5000; i++) text.Append(i).Append(i % 100 == 0 ? ";ragged\n" : i % 7 == 0 ? ";Zoë;\"two\nlines\"\n" : ";Zoë;x\n");
        File.WriteAllText(Path.Combine(folder.FullName, "a.csv"), text.ToString(), Encoding.GetEncoding(encoding));
        var whole = await Connector().Pull("contacts", null, default).ToListAsync();
        Assert.True(whole.Count >= 5);
        for (var killed = 0; killed < whole.Count - 1; killed++)
        {
            var rest = await Connector().Pull("contacts", whole[killed].Cursor, default).ToListAsync();
            Assert.Equal(whole.Skip(killed + 1).SelectMany(p => p.Records).Select(r => r.ExternalId), rest.SelectMany(p => p.Records).Select(r => r.ExternalId));
            Assert.Equal(whole.Skip(killed + 1).SelectMany(p => p.Problems).Select(p => p.Place), rest.SelectMany(p => p.Problems).Select(p => p.Place));
        }
        Assert.Equal(4950, whole.SelectMany(p => p.Records).Select(r => r.ExternalId).Distinct().Count());
        Assert.Equal(50, whole.SelectMany(p => p.Problems).Count());
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);

    private FilesConnector Connector(string? path = null, string[]? key = null) => new(new ConnectorContext(
        SourceName.Parse("fair") ?? throw new InvalidOperationException(), null, null, path ?? folder.FullName, new NoHttp(), TimeProvider.System, NullLogger.Instance)
    {
        KeyColumns = key ?? ["id"],
    });

    private async Task<(List<RawRecord> Records, List<PullProblem> Problems)> Pull(string[]? key = null)
    {
        var pages = await Connector(key: key).Pull("contacts", null, default).ToListAsync();
        return ([.. pages.SelectMany(p => p.Records)], [.. pages.SelectMany(p => p.Problems)]);
    }

    private async Task<List<string>> Payloads()
    {
        var (records, problems) = await Pull();
        Assert.Empty(problems);
        return records.ConvertAll(r => Encoding.UTF8.GetString(r.Payload ?? []));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private sealed class NoHttp : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => throw new InvalidOperationException("Files need no network.");
    }
}
