using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>What an erasure did.</summary>
/// <param name="Counts">In the database.</param>
/// <param name="Files">Files of the data directory that it was taken out of.</param>
/// <param name="Compacted">True when what was deleted cannot be read in the database's file any more; false where another process holds that up, or the database does it in its own time.</param>
public sealed record ErasureOutcome(ErasureCounts Counts, int Files, bool Compacted);

/// <summary>A person's rights: all that is held of them in one file, and to be forgotten.</summary>
public sealed class ContactData(HubStore store, Contacts contacts, SyncSources sync, EngineSettings settings, TimeProvider time)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All that is held of a contact, as one JSON object: the golden record, and its rows in every table.</summary>
    /// <param name="contact">A golden id, or a text that finds exactly one.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">There is no such contact, or more than one.</exception>
    public async Task<string> Export(string contact, Actor by, CancellationToken ct)
    {
        by.Require(Role.Admin);
        var detail = await contacts.Show(contact, ct);
        var tables = await store.Exports.Of(detail.Row.Id, ct) ?? throw new NotPossibleException($"There is no contact {contact}.");
        var now = time.GetUtcNow();
        var export = new JsonObject
        {
            ["contact"] = detail.Row.Id.ToString(),
            ["exported_at"] = now.ToString("O", null),
            ["hygiene"] = detail.Row.Hygiene.StatusCode,
            ["fields"] = new JsonObject(detail.Row.Values.Present().Select(v => KeyValuePair.Create<string, JsonNode?>(Fields.NameOf(v.Field), v.Value))),
            ["sources"] = new JsonArray([.. detail.Sources.Select(s => JsonValue.Create(s.Record.Key.ToString()))]),
            ["held"] = tables,
        };
        await store.Trail.Add([new TrailEntry(now, by.Name, "export", "golden", detail.Row.Id.ToString(), null, null, null)], ct);
        return export.ToJsonString(Format);
    }

    /// <summary>Writes <see cref="Export"/> into a file that only its owner can read. It appears whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task ExportTo(string contact, string path, Actor by, CancellationToken ct)
    {
        var text = await Export(contact, by, ct);
        var partial = path + ".partial";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var stream = new FileStream(partial, options)) await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        File.Move(partial, path, overwrite: true);
    }

    /// <summary>
    /// Erases a contact from the database, the messages written into files, the reports and the logs. What stays is a suppression's hash of each address, number and source key, and its id in the trail.
    /// Killed in the middle it can be run again, until it is done.
    /// </summary>
    /// <param name="contact">A golden id, or a text that finds exactly one.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="why">The reason, for the trail.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">There is no such contact, more than one, or it is a company; or another hub is at work.</exception>
    public async Task<ErasureOutcome> Erase(string contact, Actor by, string why, CancellationToken ct)
    {
        by.Require(Role.Admin);
        if (string.IsNullOrWhiteSpace(why)) throw new NotPossibleException("An erasure needs a reason, such as \"asked by mail of 3 June\": it stays in the trail.");
        var detail = await contacts.Show(contact, ct);
        if (detail.Row.Kind != EntityKind.Contact) throw new NotPossibleException($"{detail.Row.Id} is a company. Only contacts are erased.");
        var texts = await store.Erasures.Texts(detail.Row.Id, ct) ?? throw new NotPossibleException($"There is no contact {contact}.");
        ErasureCounts? counts = null;
        var files = 0;
        await sync.Change("erase", async pass =>
        {
            // The files first: once the rows are gone, nobody knows any more what to look for.
            files = await ErasedFiles.Sweep(settings, texts, pass);
            counts = await store.Erasures.Erase(detail.Row.Id, by.Name, why, time.GetUtcNow(), pass);
        }, Unheard, ct);
        // What a hub that runs beside this one has written meanwhile.
        files += await ErasedFiles.Sweep(settings, texts, ct);
        return new ErasureOutcome(counts ?? throw new NotPossibleException($"There is no contact {contact} any more."), files, await store.Erasures.Compact(ct));
    }

    private static IProgress<RunProgress> Unheard { get; } = new Progress<RunProgress>();
}
