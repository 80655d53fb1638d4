using System.Text.Json;
using IntegrationHub.Merging;
using IntegrationHub.Normalising;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>A person's word on one field of one contact, which no source and no rule overrides until it is released.</summary>
public sealed class LockField(HubStore store, Contacts contacts, SyncSources sync, TimeProvider time)
{
    /// <summary>Locks a field to a value, or to none, and brings the contact up to date.</summary>
    /// <param name="contact">A golden id, or a text that finds exactly one.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="value">The value, normalised as a source's would be; null or blank keeps the field empty.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="why">Their reason; null for none.</param>
    /// <param name="ct">Stops it; the lock, once saved, takes effect with the next run at the latest.</param>
    /// <exception cref="NotPossibleException">There is no such contact or field, or the value is none of that field.</exception>
    public async Task<GoldenDetail> Lock(string contact, string field, string? value, Actor by, string? why, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        var of = Known(field);
        var detail = await contacts.Show(contact, ct);
        if (detail.Sources.Count == 0) throw new NotPossibleException($"Contact {detail.Row.Id} has no source record any more; there is nothing to lock.");
        var clean = Normalised(of, value, detail.Row.Values[Field.Country]);
        var origin = detail.Row.Provenance.FirstOrDefault(p => p.Field == of)?.Source;
        var record = detail.Sources.FirstOrDefault(s => s.Record.Key == origin) ?? detail.Sources[0];
        var now = time.GetUtcNow();
        var held = new HeldLock(Guid.CreateVersion7(now), record.RecordId, new FieldLock(of, clean), by.Name, now, why);
        var trail = new TrailEntry(now, by.Name, "lock", "golden", detail.Row.Id.ToString(), Json(field, detail.Row.Values[of]), Json(field, clean), why);
        await sync.Change("lock", pass => store.Locks.Add([held], [trail], pass), Unheard, ct);
        return await contacts.Show(detail.Row.Id.ToString(), ct);
    }

    /// <summary>Releases every lock on a field of a contact, those of fixes included; the rules decide again.</summary>
    /// <param name="contact">A golden id, or a text that finds exactly one.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="why">Their reason; null for none.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">There is no such contact or field, or it is not locked.</exception>
    public async Task<GoldenDetail> Release(string contact, string field, Actor by, string? why, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        var of = Known(field);
        var detail = await contacts.Show(contact, ct);
        var held = (await store.Locks.Of(detail.Row.Id, ct)).Where(l => l.Lock.Field == of).ToList();
        if (held.Count == 0) throw new NotPossibleException($"The {field} of contact {detail.Row.Id} is not locked.");
        var now = time.GetUtcNow();
        var trail = new TrailEntry(now, by.Name, "lock.release", "golden", detail.Row.Id.ToString(), Json(field, held[0].Lock.Value), null, why);
        await sync.Change("lock", pass => store.Locks.Release([.. held.Select(l => l.Id)], by.Name, [trail], now, pass), Unheard, ct);
        return await contacts.Show(detail.Row.Id.ToString(), ct);
    }

    private static Field Known(string name) => Fields.Find(name) is { } field && Fields.Golden.Contains(field) && !Fields.Lists.Contains(field)
        ? field
        : throw new NotPossibleException($"There is no field '{name}' to lock. There are: {string.Join(", ", Fields.Golden.Except(Fields.Lists).Select(Fields.NameOf))}.");

    private static string? Normalised(Field field, string? value, string? country) => string.IsNullOrWhiteSpace(value)
        ? null
        : GivenValue.Normalise(field, value, country) ?? throw new NotPossibleException(GivenValue.Problem(field, value));

    private static string Json(string field, string? value) => JsonSerializer.Serialize(new Dictionary<string, string?> { [field] = value });

    private static IProgress<RunProgress> Unheard { get; } = new Progress<RunProgress>();
}
