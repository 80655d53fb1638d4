using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>What the hub has to say of a contact: that it wants no mail, and what was done.</summary>
internal sealed class HubSpotContactWord(IHubSpotApi api)
{
    private const int NoteToContact = 202;
    private const int NotesLookedAt = 500;
    private const int NotesARead = 100;

    public Task<IReadOnlyList<PushResult>> Suppress(IReadOnlyList<SuppressWrite> writes, CancellationToken ct) =>
        Each(writes, w => w.ExternalId, w => api.Unsubscribe(w.Point, "EMAIL", ct), ct);

    public async Task<IReadOnlyList<PushResult>> Log(IReadOnlyList<ActivityWrite> writes, CancellationToken ct)
    {
        var results = new List<PushResult>(writes.Count);
        foreach (var write in writes) results.Add(await Log(write, ct));
        return results;
    }

    private async Task<PushResult> Log(ActivityWrite write, CancellationToken ct)
    {
        try
        {
            if (write.MaybeDone && await Has(write, ct)) return new PushResult(write.ExternalId, true, null, Retry: false);
        }
        catch (ConnectorException e)
        {
            return new PushResult(write.ExternalId, false, e.Message, e.Transient);
        }

        var note = new NoteRequest(
            new Dictionary<string, string>
            {
                ["hs_timestamp"] = write.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
                ["hs_note_body"] = $"{WebUtility.HtmlEncode(write.Text)} {Mark(write.Key)}",
            },
            [new NoteAssociation(new ReadInput(write.ExternalId), [new AssociationType("HUBSPOT_DEFINED", NoteToContact)])]);
        return await One(write.ExternalId, () => api.MakeNote(note, ct), ct);
    }

    /// <summary>HubSpot takes no key for a note, so the note itself carries one.</summary>
    private async Task<bool> Has(ActivityWrite write, CancellationToken ct)
    {
        var notes = await JsonBody.Of(api.NotesOf(write.ExternalId, NotesLookedAt, ct), ct);
        string[] ids = [.. notes.Rows(["results"]).Select(r => JsonRows.Text(r, "toObjectId") ?? JsonRows.Text(r, "id")).OfType<string>()];
        foreach (var some in ids.Chunk(NotesARead))
        {
            var read = await JsonBody.Of(api.ReadNotes(new ReadRequest(["hs_note_body"], [.. some.Select(i => new ReadInput(i))], []), ct), ct);
            if (read.Rows(["results"]).Any(r => JsonRows.Text(r, "properties", "hs_note_body")?.Contains(Mark(write.Key), StringComparison.Ordinal) ?? false)) return true;
        }

        return false;
    }

    private static string Mark(string key) => $"[hub {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16]}]";

    private static async Task<IReadOnlyList<PushResult>> Each<T>(IReadOnlyList<T> writes, Func<T, string> id, Func<T, Task<HttpResponseMessage>> call, CancellationToken ct)
    {
        var results = new List<PushResult>(writes.Count);
        foreach (var write in writes) results.Add(await One(id(write), () => call(write), ct));
        return results;
    }

    private static async Task<PushResult> One(string id, Func<Task<HttpResponseMessage>> call, CancellationToken ct)
    {
        try
        {
            var answer = await JsonBody.Of(call(), ct);
            // Unsubscribed already, HubSpot answers 400 and says so.
            return answer.Status is >= 200 and < 300 || (answer.Text("message")?.Contains("already", StringComparison.OrdinalIgnoreCase) ?? false)
                ? new PushResult(id, true, null, Retry: false)
                : new PushResult(id, false, answer.Text("message") ?? $"HubSpot refused it (HTTP {answer.Status}).", Retry: false);
        }
        catch (ConnectorException e)
        {
            return new PushResult(id, false, e.Message, e.Transient);
        }
    }
}
