using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.BadInput;

/// <summary>What a file's own dates say of the order of day and month, over imports.</summary>
public sealed class FileDatesTests
{
    private const string Mapping = "connector: files\nkey: [Id]\nfields:\n  email: Email\n  birth_date: Born\n  known_since: Joined\n";

    private const string Undecided = "Id,Email,Born,Joined\n1,ada@engines.co.uk,03/04/1985,2024-05-06\n";

    private static async Task<string?> BornOf(FileHub hub, string email)
    {
        await foreach (var batch in hub.Store.Golden.Stream(null, default))
            if (batch.SingleOrDefault(g => g.Values[Field.Email] == email) is { } found) return found.Values[Field.BirthDate];
        return null;
    }

    [Fact]
    public async Task A_row_that_settles_the_order_settles_it_for_the_rows_of_earlier_imports_too()
    {
        await using var hub = await FileHub.Create();
        var mapping = hub.Write("list.yaml", Mapping);
        var path = hub.Write("list.csv", Undecided);
        await hub.Import(path, mapping);
        // Nothing tells: the day is taken to stand first.
        Assert.Equal("1985-04-03", await BornOf(hub, "ada@engines.co.uk"));

        hub.Write("list.csv", Undecided + "2,alan@engines.co.uk,12/31/1985,2024-05-06\n");
        await hub.Import(path, mapping);
        Assert.Equal("1985-03-04", await BornOf(hub, "ada@engines.co.uk"));
        Assert.Equal("1985-12-31", await BornOf(hub, "alan@engines.co.uk"));

        var again = Assert.Single((await hub.Import(path, mapping)).Sources);
        Assert.Equal((0, 0), (again.New, again.Changed));
        Assert.Equal("1985-03-04", await BornOf(hub, "ada@engines.co.uk"));
    }

    [Fact]
    public async Task A_column_tells_nothing_of_another()
    {
        await using var hub = await FileHub.Create();
        var path = hub.Write("list.csv", Undecided + "2,alan@engines.co.uk,,12/31/2024\n");
        await hub.Import(path, hub.Write("list.yaml", Mapping));
        Assert.Equal("1985-04-03", await BornOf(hub, "ada@engines.co.uk"));
    }
}
