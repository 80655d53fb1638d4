using System.Collections.Immutable;
using System.Text;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Store;

/// <summary>Builders that show only what matters to a test, and the short way from a landed row to a golden record.</summary>
internal static class Rows
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static SourceName Crm { get; } = SourceName.Parse("crm") ?? throw new InvalidOperationException();

    public static RecipeVersion Recipe { get; } = new("00000000000000a1");

    public static SourceKey Key(string id) => new("crm", Streams.Contacts, id);

    public static RawLanding Raw(string id, string payload = "{}", bool deleted = false) => new(id, Encoding.UTF8.GetBytes(payload), deleted);

    public static RawLanding Gone(string id) => new(id, null, true);

    public static Task<LandingCounts> Land(this HubStore store, params RawLanding[] rows) =>
        store.Landing.SavePage(Crm, Streams.Contacts, rows, null, null, normalise: true, Now, CancellationToken.None);

    public static FieldValues Values(params (Field Field, string Value)[] values)
    {
        var builder = new FieldValues.Builder();
        foreach (var (field, value) in values) builder[field] = value;
        return builder.Build();
    }

    public static async Task<IReadOnlyList<NormaliseRow>> Waiting(this HubStore store) =>
        await store.Landing.TakeForNormalise(Crm, Streams.Contacts, 0, 1000, CancellationToken.None);

    public static CleanSave Clean(
        NormaliseRow row,
        FieldValues? values = null,
        ImmutableArray<FieldIssue>? issues = null,
        ImmutableArray<ConsentClaim>? consents = null,
        RecipeVersion? recipe = null,
        EntityKind kind = EntityKind.Contact,
        DateTimeOffset? updatedAt = null) => new(
        row,
        new CleanRecord(row.Key, kind, values ?? Values((Field.FirstName, row.Key.ExternalId)), issues ?? [], consents ?? [], updatedAt),
        recipe ?? Recipe);

    /// <summary>Lands and cleans contacts whose first name is their external id; returns their record ids by it.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Contacts(this HubStore store, params string[] ids)
    {
        await store.Land([.. ids.Select(id => Raw(id, $$"""{"id":"{{id}}"}"""))]);
        var rows = await store.Waiting();
        await store.Clean.Save([.. rows.Select(r => Clean(r))], Now, CancellationToken.None);
        return rows.ToDictionary(r => r.Key.ExternalId, r => r.RecordId);
    }

    /// <summary>Takes all Match work and puts the records into the clusters given: each names its members.</summary>
    public static async Task Cluster(this HubStore store, params long[][] clusters)
    {
        var dirty = await store.Matches.TakeDirty(0, 1000, CancellationToken.None);
        await store.Matches.Save(
            new MatchSave(dirty, [], [], [.. clusters.SelectMany(c => c.Select(r => new ClusterAssignment(r, c.Min())))], [], []), Now, CancellationToken.None);
    }

    public static GoldenContent Content(IEnumerable<ClusterMember> members)
    {
        var sorted = members.OrderBy(m => m.Record.Key).ToList();
        var values = sorted[0].Record.Values.With(Field.EmailKey, null).With(Field.PhoneKey, null);
        return new GoldenContent(
            sorted[0].Record.Kind,
            values,
            [.. values.Present().Select(v => new Provenance(v.Field, sorted[0].Record.Key, "only"))],
            [.. sorted.Select(m => m.Record.Key)]);
    }

    public static GoldenSave Golden(ClusterContent cluster, GoldenId id, RecipeVersion? recipe = null) =>
        new(id, Content(cluster.Members), [.. cluster.Members.Select(m => m.RecordId)], recipe ?? Recipe);

    public static GoldenId NewGolden(int minute = 0) => new(Guid.CreateVersion7(Now.AddMinutes(minute)));

    public static MergeSave Merge(MergeBatch batch, params GoldenSave[] goldens) => new(batch.Work, goldens, [], [], [], [], []);

    /// <summary>Makes one golden record of each cluster that waits, by an id of its own or the one that its first member has.</summary>
    public static async Task<IReadOnlyDictionary<long, GoldenId>> MergeAll(this HubStore store)
    {
        var ids = new Dictionary<long, GoldenId>();
        var batch = await store.Golden.TakeForMerge(0, 1000, CancellationToken.None);
        foreach (var cluster in batch.Clusters) ids[cluster.ClusterId] = cluster.Members.Select(m => m.Golden).FirstOrDefault(g => g is not null) ?? NewGolden(ids.Count);
        await store.Golden.Save(Merge(batch, [.. batch.Clusters.Select(c => Golden(c, ids[c.ClusterId]))]), Now, CancellationToken.None);
        return ids;
    }
}
