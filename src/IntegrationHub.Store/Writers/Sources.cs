using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>The configured sources and the state of their streams.</summary>
public sealed class Sources
{
    private const string Columns = "name, connector, url, path, token_env, token_protected, mapping_file, schedule, created_at, webhook_env, webhook_protected";
    private const string StateColumns = "stream, cursor, full_pass, last_full_at, last_pull_at";

    private readonly Database database;

    internal Sources(Database database) => this.database = database;

    /// <summary>Adds a source. False, and nothing written, when the name is taken.</summary>
    public Task<bool> Add(SourceRow source, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s => await s.Execute(
            $"INSERT INTO source ({Columns}) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10) ON CONFLICT (name) DO NOTHING",
            ct,
            source.Name.Value,
            source.Connector,
            source.Url,
            source.Path,
            source.TokenEnv,
            source.TokenProtected,
            source.MappingFile,
            source.Schedule,
            source.CreatedAt,
            source.WebhookEnv,
            source.WebhookProtected) == 1,
        ct);

    /// <summary>Sets the secret of a source's webhooks, or takes it away. False when there is no such source.</summary>
    /// <param name="name">The source.</param>
    /// <param name="variable">The environment variable that holds it.</param>
    /// <param name="encrypted">The secret as the caller has encrypted it; null with <paramref name="variable"/> closes the address.</param>
    /// <param name="ct">Stops it; nothing is changed.</param>
    public Task<bool> SetWebhook(SourceName name, string? variable, string? encrypted, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s => await s.Execute("UPDATE source SET webhook_env = @1, webhook_protected = @2 WHERE name = @0", ct, name.Value, variable, encrypted) == 1,
        ct);

    /// <summary>Null when there is no source of that name.</summary>
    public Task<SourceRow?> Find(SourceName name, CancellationToken ct) => database.Read(
        async s => (await s.Query($"SELECT {Columns} FROM source WHERE name = @0", Read, ct, name.Value)).SingleOrDefault(), ct);

    /// <summary>All sources, by name.</summary>
    public Task<IReadOnlyList<SourceRow>> List(CancellationToken ct) => database.Read<IReadOnlyList<SourceRow>>(
        async s => [.. (await s.Query($"SELECT {Columns} FROM source", Read, ct)).OrderBy(r => r.Name.Value, StringComparer.Ordinal)], ct);

    /// <summary>The streams of a source that have been pulled, by name.</summary>
    public Task<IReadOnlyList<StreamState>> Streams(SourceName source, CancellationToken ct) => database.Read<IReadOnlyList<StreamState>>(
        async s =>
        [
            .. (await s.Query($"SELECT {StateColumns} FROM stream_state WHERE source = @0", ReadState, ct, source.Value))
                .OrderBy(r => r.Stream, StringComparer.Ordinal),
        ],
        ct);

    /// <summary>The state of one stream; one without cursor where nothing was pulled yet.</summary>
    public Task<StreamState> StreamState(SourceName source, string stream, CancellationToken ct) => database.Read(s => State(s, source, stream, ct), ct);

    /// <summary>Begins a full pull: the cursor is forgotten and a new generation begins. Returns the generation. A full pull under way is begun anew.</summary>
    public Task<long> BeginPass(SourceName source, string stream, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            // Time-ordered, and never that of an earlier pass, whatever the clock does.
            var last = await s.Count("SELECT coalesce(max(full_pass), 0) FROM source_record WHERE source = @0 AND stream = @1", ct, source.Value, stream);
            var before = (await State(s, source, stream, ct)).FullPass ?? 0;
            var generation = Math.Max(SqliteDatabase.ToMicroseconds(now), Math.Max(last, before) + 1);
            await s.Execute(
                "INSERT INTO stream_state (source, stream, full_pass) VALUES (@0, @1, @2) "
                + "ON CONFLICT (source, stream) DO UPDATE SET cursor = NULL, full_pass = excluded.full_pass",
                ct,
                source.Value,
                stream,
                generation);
            return generation;
        },
        ct);

    internal static async Task<StreamState> State(Session s, SourceName source, string stream, CancellationToken ct) =>
        (await s.Query($"SELECT {StateColumns} FROM stream_state WHERE source = @0 AND stream = @1", ReadState, ct, source.Value, stream)).SingleOrDefault()
        ?? new StreamState(stream, null, null, null, null);

    private static StreamState ReadState(Row r) => new(r.Text(0), r.TextOrNull(1), r.LongOrNull(2), r.TimeOrNull(3), r.TimeOrNull(4));

    private static SourceRow Read(Row r) => new(
        SourceName.Parse(r.Text(0)) ?? throw new StoreException($"Table source holds the name '{r.Text(0)}', which is none. Rename it there: lower-case letters, digits and hyphens."),
        r.Text(1),
        r.TextOrNull(2),
        r.TextOrNull(3),
        r.TextOrNull(4),
        r.TextOrNull(5),
        r.TextOrNull(6),
        r.TextOrNull(7),
        r.Time(8))
    {
        WebhookEnv = r.TextOrNull(9),
        WebhookProtected = r.TextOrNull(10),
    };
}
