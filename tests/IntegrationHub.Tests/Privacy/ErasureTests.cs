using System.Text;
using System.Text.Json;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;
using IntegrationHub.Tests.Engine;
using IntegrationHub.Tests.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Privacy;

public sealed class SqliteErasureTests(StoreFixture fixture, ITestOutputHelper output) : ErasureTests(fixture, output, Kind.Sqlite);

public sealed class PostgresErasureTests(StoreFixture fixture, ITestOutputHelper output) : ErasureTests(fixture, output, Kind.Postgres);

[Collection("store")]
public abstract class ErasureTests(StoreFixture fixture, ITestOutputHelper output, Kind kind)
{
    /// <summary>What only Zenobia's records say, in the ways that they say it.</summary>
    private static readonly string[] Values =
        ["zenobia", "featherstonehaugh", "+442079460018", "020 7946 0018", "7946 0018", "Quillfeather Lane", "z.private", "Wanderlust"];

    [Fact]
    public async Task After_an_erasure_no_table_file_or_log_holds_a_value_of_the_contact_and_the_others_stay()
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var hub = await TestHub.Create(database: database);
        var zenobia = await Fill(hub, database);
        foreach (var value in Values) Assert.True(await IsHeld(hub, database, value), $"{value} should be held before");
        Assert.NotEmpty(await RawSql.Dump(database, "fix_item", "audit", "quarantine", "merge_queue", "field_lock", "audit_trail", "event", "journey", "enrolment", "effect", "message"));

        var done = await hub.Get<ContactData>().Erase(zenobia.ToString(), TestHub.Admin, "asked by mail; Zenobia Featherstonehaugh herself", default);

        Assert.True(done.Counts.Rows["source_record"] == 2);
        foreach (var value in Values)
            Assert.False(await IsHeld(hub, database, value), $"{value} is still held: {await Where(hub, database, value)}");
        Assert.Equal(kind == Kind.Sqlite, done.Compacted);

        // The others are as they were, and the trail says that, when and why.
        Assert.Equal(2, (await hub.Goldens()).Count);
        Assert.Single(await hub.Get<Contacts>().Find("grace@example.org", 5, default));
        var trail = await hub.Store.Trail.For("golden", zenobia.ToString(), default);
        Assert.Equal(("erase", "asked by mail; [erased] herself"), (trail[^1].Action, trail[^1].Why));
        await Assert.ThrowsAsync<NotPossibleException>(() => hub.Get<Contacts>().Show(zenobia.ToString(), default));
    }

    [Fact]
    public async Task A_pull_drops_erased_keys_and_counts_them_and_takes_new_ones()
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var hub = await TestHub.Create(database: database);
        var (source, system) = await hub.AddSource();
        system.Put("1", new { first = "Zenobia", last = "Featherstonehaugh", email = "z.private@example.net" });
        system.Put("2", new { first = "Grace", last = "Hopper", email = "grace@example.org" });
        await hub.Sync();
        await hub.Get<ContactData>().Erase("z.private@example.net", TestHub.Admin, "asked", default);

        system.Put("1", new { first = "Zenobia", last = "Featherstonehaugh", email = "z.private@example.net", city = "Ulm" });
        system.Put("3", new { first = "Alan", last = "Stone", email = "alan@example.org" });
        var report = (await hub.Sync(full: true)).Sources.Single(s => s.Source == source);

        Assert.Contains(report.Notes, n => n.Contains("1 record of contacts that were erased", StringComparison.Ordinal));
        Assert.Equal(1, report.New);
        Assert.Empty(await hub.Get<Contacts>().Find("z.private@example.net", 5, default));
        Assert.Equal(2, (await hub.Goldens()).Count);
    }

    [Fact]
    public async Task Nobody_writes_to_an_erased_address_though_it_comes_back_under_another_key()
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var hub = await TestHub.Create(database: database);
        var (_, system) = await hub.AddSource();
        system.Put("1", new { first = "Zenobia", last = "Featherstonehaugh", email = "z.private@example.net" });
        await hub.Sync();
        await hub.Get<ContactData>().Erase("z.private@example.net", TestHub.Admin, "asked", default);
        system.Put("9", new { first = "Zenobia", last = "Featherstonehaugh", email = "z.private@example.net" });
        await hub.Sync();
        Assert.Equal(HygieneStatus.Blocked, Assert.Single(await hub.Get<Contacts>().Find("z.private@example.net", 5, default)).Hygiene.Status);
        var suppression = Assert.Single(await hub.Store.Suppressions.For(Channel.Email, "z.private@example.net", default));
        Assert.Equal((SuppressionReason.Erased, Purposes.Every, null), (suppression.Reason, suppression.Purpose, suppression.Why));
    }

    [Fact]
    public async Task The_export_holds_every_value_and_nothing_of_others()
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var hub = await TestHub.Create(database: database);
        var zenobia = await Fill(hub, database);
        var text = await hub.Get<ContactData>().Export(zenobia.ToString(), TestHub.Admin, default);
        using var json = JsonDocument.Parse(text);
        var held = json.RootElement.GetProperty("held");
        foreach (var value in Values) Assert.Contains(value, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("grace@example.org", text, StringComparison.Ordinal);
        foreach (var table in (string[])["source_record", "clean_record", "golden_record", "issue", "field_lock", "fix_item", "consent_entry", "audit_trail", "audit", "merge_queue", "event", "journey", "enrolment", "effect", "message"])
            Assert.True(held.GetProperty(table).GetArrayLength() > 0, $"{table} is empty");
        Assert.Equal("z.private@example.net", held.GetProperty("golden_record")[0].GetProperty("email").GetString());
        Assert.Equal(JsonValueKind.Object, held.GetProperty("source_record")[0].GetProperty("payload").ValueKind);
    }

    [Fact]
    public async Task Who_is_not_an_admin_may_neither_export_nor_erase_and_an_erasure_needs_a_reason()
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var hub = await TestHub.Create(database: database);
        var data = hub.Get<ContactData>();
        var reviewer = new Actor("mia", Role.Reviewer);
        await Assert.ThrowsAsync<RefusedException>(() => data.Export("ada@example.com", reviewer, default));
        await Assert.ThrowsAsync<RefusedException>(() => data.Erase("ada@example.com", reviewer, "asked", default));
        await Assert.ThrowsAsync<NotPossibleException>(() => data.Erase("ada@example.com", TestHub.Admin, " ", default));
        await Assert.ThrowsAsync<NotPossibleException>(() => data.Erase("ada@example.com", TestHub.Admin, "asked", default));
    }

    /// <summary>Zenobia out of two records, with an open pair, a lock, a fix, an audit, a consent, a rejected row, mails, a report and a log; beside Grace and one who may be Zenobia.</summary>
    private static async Task<GoldenId> Fill(TestHub hub, string database)
    {
        var (_, crm) = await hub.AddSource();
        var (_, shop) = await hub.AddSource("shop");
        crm.Put("account-77", new { first = "ZENOBIA", last = "Featherstonehaugh", email = "z.private@example.net", phone = "020 7946 0018", country = "GB", street = "4 Quillfeather Lane", city = "London", mail = "yes", changed = "2026-03-01", owner = "grace@sales.example", order = "20260301000000" });
        shop.Put("s1", new { first = "Zenobia", last = "Featherstonehaugh", email = "Z.Private@example.net", phone = "+44 20 7946 0018", country = "GB", mail = "no", note = "Wanderlust" });
        shop.Put("s2", new { first = "Grace", last = "Hopper", email = "grace@example.org", country = "US" });
        crm.Put("c9", new { first = "Alan", last = "Stone", email = "alan@example.org", country = "GB", city = "London" });
        await hub.Sync();
        var golden = Assert.Single(await hub.Get<Contacts>().Find("z.private@example.net", 5, default));
        await hub.Get<LockField>().Lock(golden.Id.ToString(), "city", "Wanderlust", TestHub.Admin, "Zenobia Featherstonehaugh said so", default);
        await hub.Get<RunAudit>().Run(new AuditRequest(null, null, null, null), TestHub.Admin, default);
        await hub.Get<SuppressPoint>().Suppress("z.private@example.net", Purposes.Marketing, SuppressionReason.Request, TestHub.Admin, "z.private@example.net wrote", default);
        await Plant(hub, database, golden.Id);
        return golden.Id;
    }

    /// <summary>Rows and files that would take a long way to come by.</summary>
    private static async Task Plant(TestHub hub, string database, GoldenId golden)
    {
        var now = hub.Time.GetUtcNow();
        var mine = (await hub.Store.Golden.Show(golden, default))!.Sources;
        var other = (await hub.Get<Contacts>().Find("alan@example.org", 5, default)).Single();
        var otherRecord = (await hub.Store.Golden.Show(other.Id, default))!.Sources[0].RecordId;
        await hub.Store.Quarantine.Add(
            [new QuarantineAdd("row", "pull", "shop", "contacts", "row 7", null, "cannot be read", """{"name":"Zenobia Featherstonehaugh","phone":"020 7946 0018"}""", null)], now, default);
        await hub.Store.Quarantine.Add([new QuarantineAdd("record", "normalise", "shop", "contacts", "s1", mine[0].RecordId, "Zenobia cannot be read", null, null)], now, default);
        var run = await hub.Store.Runs.Start("sync", null, now, default);
        await hub.Store.Runs.Finish(run, RunStatus.Partly, new Dictionary<string, long>(), ["contact z.private@example.net, +44 20 7946 0018: refused, +442079460018"], now, default);
        await RawSql.Execute(database, "INSERT INTO merge_queue (id, record_a, record_b, weight, state, created_at) VALUES ('p1', @0, @1, 1.5, 0, @2)", Math.Min(mine[0].RecordId, otherRecord), Math.Max(mine[0].RecordId, otherRecord), now);
        await RawSql.Execute(
            database, "INSERT INTO fix_item (batch_id, position, state, action, golden_id, record_id, field, before, after) VALUES (@0, 1, 0, 0, @1, @2, 'email', 'z.private@example,net', 'z.private@example.net')",
            Guid.CreateVersion7(now), golden.Value, mine[0].RecordId);
        await hub.Store.Events.Land(
            [
                new EventLanding(Event("e1", now, "z.private@example.net"), "api", Email: "z.private@example.net"),
                new EventLanding(Event("e2", now, "grace@example.org"), "api", Email: "grace@example.org"),
            ], now, default);
        await RawSql.Execute(database, "INSERT INTO event (id, type, at, received_at, source, contact, golden_id, state, history, properties) VALUES ('e3', 'order.placed', @0, @0, 'api', '{\"phone\":\"020 7946 0018\"}', @1, 2, @2, '{\"note\":\"Wanderlust\"}')", now, golden.Value, false);
        await RawSql.Execute(database, "INSERT INTO journey (golden_id, state, change, updated_at) VALUES (@0, '{\"note\":\"Wanderlust\"}', 1, @1)", golden.Value, now);
        await RawSql.Execute(
            database, "INSERT INTO enrolment (golden_id, workflow, visit, version, state, entered_at, since, control, step_since, path, messages) VALUES (@0, 'w', 1, 'v', 0, @1, @1, @2, @1, 'a', 1)",
            golden.Value, now, false);
        await RawSql.Execute(database, "INSERT INTO effect (key, at, golden_id, workflow, version, kind, payload) VALUES ('k', @0, @1, 'w', 'v', 1, '{\"to\":\"z.private@example.net\"}')", now, golden.Value);
        await RawSql.Execute(
            database, "INSERT INTO message (key, once, golden_id, workflow, version, step, visit, template, channel, marketing, internal, to_point, to_hmac, content, status, attempts, next_at, maybe_delivered, possible_duplicate, created_at) "
            + "VALUES ('k', 'o', @0, 'w', 'v', 's', 1, 't', 0, @2, @3, 1, @4, '{\"text\":\"Hello Zenobia of Quillfeather Lane\"}', 2, 1, @1, @3, @3, @1)",
            golden.Value, now, true, false, new byte[] { 1 });
        Write(hub, "logs/hub-20260301.log", "2026-03-01 INF crm record z***@example.net\n2026-03-01 WRN crm/contacts/account-77: Zenobia Featherstonehaugh, +442079460018\n2026-03-01 INF xaccount-778 at 20260301000000 is another\n2026-03-01 INF done\n");
        Write(hub, "mail/cart.1.eml", "To: Zenobia Featherstonehaugh <z.private@example.net>\r\nSubject: Your cart\r\n\r\nHello Zenobia,\r\n");
        Write(hub, "mail/cart.2.eml", "From: grace@sales.example\r\nTo: Grace Hopper <grace@example.org>\r\nSubject: Your cart\r\n\r\nHello Grace,\r\n");
        Write(hub, "mail/sms.jsonl", "{\"key\":\"1\",\"to\":\"\\u002B442079460018\",\"text\":\"Hello Zenobia\"}\n{\"key\":\"2\",\"to\":\"+12025550123\",\"text\":\"Hello Grace\"}\n");
        Write(hub, "reports/old.html", "<p>Zenobia Featherstonehaugh &lt;z.private@example.net&gt;</p>");
    }

    [Fact]
    public async Task Events_of_before_the_erasure_that_are_pulled_again_are_dropped_and_later_ones_are_kept()
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var hub = await TestHub.Create(database: database);
        var (_, system) = await hub.AddSource();
        system.Put("1", new { first = "Zenobia", last = "Featherstonehaugh", email = "z.private@example.net" });
        await hub.Sync();
        await hub.Get<ContactData>().Erase("z.private@example.net", TestHub.Admin, "asked", default);
        var now = hub.Time.GetUtcNow();
        EventLanding Landing(string id, TimeSpan apart, string email) => new(Event(id, now + apart, email), "shop", History: true, Email: email);
        var taken = await hub.Store.Events.Land(
            [Landing("e1", -TimeSpan.FromDays(3), "Z.Private@example.net"), Landing("e2", -TimeSpan.FromDays(3), "grace@example.org"), Landing("e3", TimeSpan.FromMinutes(1), "z.private@example.net")], now, default);
        Assert.Equal(["e2", "e3"], taken.Order());
    }

    [Fact]
    public async Task Files_of_others_and_other_lines_stay()
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var hub = await TestHub.Create(database: database);
        var zenobia = await Fill(hub, database);
        await hub.Get<ContactData>().Erase(zenobia.ToString(), TestHub.Admin, "asked", default);
        Assert.True(File.Exists(Path.Combine(hub.Folder, "mail", "cart.2.eml")));
        Assert.False(File.Exists(Path.Combine(hub.Folder, "mail", "cart.1.eml")));
        Assert.Contains("Hello Grace", await File.ReadAllTextAsync(Path.Combine(hub.Folder, "mail", "sms.jsonl")), StringComparison.Ordinal);
        var log = await File.ReadAllTextAsync(Path.Combine(hub.Folder, "logs", "hub-20260301.log"));
        Assert.Contains("2026-03-01 INF xaccount-778 at 20260301000000 is another\n2026-03-01 INF done\n", log, StringComparison.Ordinal);
        Assert.Contains("WRN crm/contacts/[erased]: [erased], [erased]", log, StringComparison.Ordinal);
    }

    private static HubEvent Event(string id, DateTimeOffset at, string email) => new(id, EventTypes.FormSubmitted, at, new EventContact(Email: email), EventProperties.Parse("{\"note\":\"of " + email + "\"}"));

    private static void Write(TestHub hub, string name, string text)
    {
        var path = Path.Combine(hub.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static async Task<bool> IsHeld(TestHub hub, string database, string value) => (await Where(hub, database, value)).Length > 0;

    private static async Task<string> Where(TestHub hub, string database, string value)
    {
        var places = new List<string>();
        foreach (var (table, row) in await RawSql.Dump(database))
            if (row.Contains(value, StringComparison.OrdinalIgnoreCase)) places.Add($"{table}: {row}");
        foreach (var file in Directory.EnumerateFiles(hub.Folder, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/keys/", StringComparison.Ordinal) && !f.Contains("/mappings/", StringComparison.Ordinal)))
            if (await Holds(file, value)) places.Add(file);
        // The database file and what SQLite keeps beside it, free pages and all.
        if (File.Exists(database))
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(database)!, Path.GetFileName(database) + "*"))
                if (await Holds(file, value)) places.Add(file);
        return string.Join('\n', places);
    }

    private static async Task<bool> Holds(string file, string value)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return (await reader.ReadToEndAsync()).Contains(value, StringComparison.OrdinalIgnoreCase);
    }
}
