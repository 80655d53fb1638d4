using System.Globalization;
using System.Text;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;

namespace IntegrationHub.Tests.BadInput;

/// <summary>What a broken file costs: its broken rows, each with its place and the cure, and nothing else.</summary>
public sealed class BrokenFileTests
{
    private const string Header = "Record ID,First Name,Last Name,Email,Phone Number,Company Name\n";

    private static readonly string[] Surnames = ["Adler", "Moreau", "Okafor", "Tanaka"];

    private static string Row(int i) => string.Create(CultureInfo.InvariantCulture, $"{i},Anna,{Surnames[i % 4]},anna{i}@example.com,,Acme\n");

    private static string Rows(int count, Func<int, string>? row = null) => Header + string.Concat(Enumerable.Range(1, count).Select(row ?? Row));

    [Fact]
    public async Task Three_ragged_rows_of_a_thousand_go_to_quarantine_with_their_lines_and_the_rest_goes_on()
    {
        await using var hub = await FileHub.Create();
        var path = hub.Write("people.csv", Rows(1000, i => i is 10 or 900 ? $"{i},Anna\n" : i == 500 ? $"{i},Anna,Berg,a@example.com,,Acme, Inc\n" : Row(i)));

        var source = Assert.Single((await hub.Import(path)).Sources);

        Assert.Equal((997, 3, null), (source.New, source.Quarantined, source.Error));
        Assert.Equal(["people.csv:11", "people.csv:501", "people.csv:901"], (await hub.Quarantined()).Select(q => q.Place).Order(StringComparer.Ordinal));
        Assert.All(await hub.Quarantined(), q => Assert.Contains("sync again", q.Error, StringComparison.Ordinal));
        Assert.Equal(997, await hub.Records());

        hub.Write("people.csv", Rows(1000));
        source = Assert.Single((await hub.Import(path)).Sources);
        Assert.Equal((3, 0, 0), (source.New, source.Deleted, source.Quarantined));
        Assert.Empty(await hub.Quarantined());
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_its_own_row()
    {
        await using var hub = await FileHub.Create();

        var source = Assert.Single((await hub.Import(hub.Write("people.csv", Rows(20, i => i == 5 ? Row(i).Replace("Anna", "\"Anna", StringComparison.Ordinal) : Row(i))))).Sources);

        Assert.Equal((19, 1), (source.New, source.Quarantined));
        var broken = Assert.Single(await hub.Quarantined());
        Assert.Equal("people.csv:6", broken.Place);
        Assert.Contains("Close it", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_is_broken_today_is_not_deleted_until_the_file_is_mended()
    {
        await using var hub = await FileHub.Create();
        var path = hub.Write("people.csv", Rows(4));
        await hub.Import(path);

        // Row 2 is broken, row 4 is gone: which of the two the missing ones are cannot be known.
        hub.Write("people.csv", Rows(3, i => i == 2 ? "2,Anna\n" : Row(i)));
        var source = Assert.Single((await hub.Import(path)).Sources);
        Assert.Equal((0, 1), (source.Deleted, source.Quarantined));
        Assert.Contains(source.Notes, n => n.Contains("rows that are no longer at the source were kept", StringComparison.Ordinal));
        Assert.Equal(4, await hub.Records());

        hub.Write("people.csv", Rows(3));
        source = Assert.Single((await hub.Import(path)).Sources);
        Assert.Equal((1, 0), (source.Deleted, source.Quarantined));
        Assert.Equal(["Anna Moreau anna1@example.com", "Anna Okafor anna2@example.com", "Anna Tanaka anna3@example.com"], await hub.People());
        Assert.Empty(await hub.Quarantined());
    }

    [Fact]
    public async Task An_emptied_file_is_told_and_deletes_nobody()
    {
        await using var hub = await FileHub.Create();
        var path = hub.Write("people.csv", Rows(3));
        await hub.Import(path);

        hub.Write("people.csv", "");
        var source = Assert.Single((await hub.Import(path)).Sources);

        Assert.Equal((0, 1), (source.Deleted, source.Quarantined));
        Assert.Contains("empty", Assert.Single(await hub.Quarantined()).Error, StringComparison.Ordinal);
        Assert.Equal(3, await hub.Records());
    }

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public async Task Names_come_out_right_whatever_the_file_is_written_in(string encoding)
    {
        await using var hub = await FileHub.Create();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var written = Encoding.GetEncoding(encoding);

        var source = Assert.Single((await hub.Import(hub.Write("people.csv", [.. written.GetPreamble(), .. written.GetBytes(Header + "1,José,Müller,jose@example.com,,Café\n")]))).Sources);

        Assert.Equal((1, 0), (source.New, source.Quarantined));
        Assert.Equal(["José Müller jose@example.com"], await hub.People());
    }

    [Fact]
    public async Task A_file_that_no_mapping_knows_lands_and_waits_in_quarantine_for_one()
    {
        await using var hub = await FileHub.Create();

        var source = Assert.Single((await hub.Import(hub.Write("odd.csv", "colour,shape\nred,round\n"))).Sources);

        Assert.Equal((1, 1), (source.New, source.Quarantined));
        Assert.Contains("--mapping FILE", Assert.Single(await hub.Quarantined()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_field_of_a_mapping_is_refused_with_line_and_suggestion()
    {
        await using var hub = await FileHub.Create();
        var mapping = hub.Write("own.yaml", "connector: files\nstream: contacts\nentity: contact\nfields:\n  frist_name: First Name\n");

        var refused = await Assert.ThrowsAsync<RecipeException>(() => hub.Import(hub.Write("people.csv", Rows(2)), mapping));

        Assert.Contains("own.yaml:5:3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'first_name'?", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await hub.Get<SourceActions>().List(default));
    }

    [Fact]
    public async Task A_path_that_no_record_has_is_told_after_the_sync()
    {
        await using var hub = await FileHub.Create();
        var mapping = hub.Write("own.yaml", "connector: files\nstream: contacts\nentity: contact\nkey: Record ID\nfields:\n  first_name: Frist Name\n  last_name: Last Name\n  email: Email\n");

        var source = Assert.Single((await hub.Import(hub.Write("people.csv", Rows(2)), mapping)).Sources);

        Assert.Equal(2, source.New);
        Assert.Contains(source.Notes, n => n.Contains("no record had ['Frist Name'] (for first_name)", StringComparison.Ordinal));
        Assert.Equal([" Moreau anna1@example.com", " Okafor anna2@example.com"], await hub.People());
    }
}
