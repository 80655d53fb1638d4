using System.Collections;
using IntegrationHub.Store;
using Microsoft.EntityFrameworkCore;

namespace IntegrationHub.Tests.Privacy;

public sealed class PersonalTableTests
{
    [Fact]
    public async Task Every_table_is_exported_and_erased_or_says_why_not()
    {
        var assembly = typeof(HubStore).Assembly;
        var factory = Activator.CreateInstance(assembly.GetType("IntegrationHub.Store.SqliteHubDbFactory", throwOnError: true)!)!;
        await using var db = (DbContext)factory.GetType().GetMethod("CreateDbContext")!.Invoke(factory, [Array.Empty<string>()])!;
        var tables = db.Model.GetEntityTypes().Select(e => e.GetTableName()!).ToHashSet();
        var personal = assembly.GetType("IntegrationHub.Store.PersonalTables", throwOnError: true)!;
        var all = ((IEnumerable)personal.GetProperty("All")!.GetValue(null)!).Cast<object>().Select(t => (string)t.GetType().GetProperty("Name")!.GetValue(t)!).ToList();
        var others = ((IReadOnlyDictionary<string, string>)personal.GetProperty("Others")!.GetValue(null)!).Keys;
        Assert.Equal(tables.Order(), all.Concat(others).Order());
    }
}
