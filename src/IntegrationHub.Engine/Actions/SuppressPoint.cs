using System.Text.Json;
using IntegrationHub.Normalising;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>Suppresses an e-mail address or phone number, whoever has it, until it is released. Whether a contact is known by it does not matter: it holds for those to come.</summary>
public sealed class SuppressPoint(HubStore store, TimeProvider time)
{
    /// <summary>Suppresses a point. One that is suppressed already for the purpose, and for the same reason, stays as it is.</summary>
    /// <param name="point">An e-mail address, or a phone number with its country code.</param>
    /// <param name="purpose">For what: see <see cref="Purposes"/>.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="why">In words; null for none.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">The text is neither an address nor a number.</exception>
    public async Task<IReadOnlyList<SuppressionRow>> Suppress(string point, string purpose, SuppressionReason reason, Actor by, string? why, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        var (channel, clean) = Read(point);
        var held = await store.Suppressions.For(channel, clean, ct);
        if (held.Any(s => s.ReleasedAt is null && s.Purpose == purpose && s.Reason == reason)) return held;
        var now = time.GetUtcNow();
        var add = new SuppressionAdd(Guid.CreateVersion7(now), channel, clean, purpose, reason, why, by.Name, now);
        await store.Suppressions.Add([add], [Trail("suppress", add.Id, by, channel, purpose, why, now)], ct);
        return await store.Suppressions.For(channel, clean, ct);
    }

    /// <summary>Ends every suppression of a point for a purpose, those of fixes included.</summary>
    /// <exception cref="NotPossibleException">The text is neither an address nor a number, or it is not suppressed for the purpose.</exception>
    public async Task<IReadOnlyList<SuppressionRow>> Release(string point, string purpose, Actor by, string? why, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        var (channel, clean) = Read(point);
        var held = (await store.Suppressions.For(channel, clean, ct)).Where(s => s.ReleasedAt is null && s.Purpose == purpose).ToList();
        if (held.Count == 0) throw new NotPossibleException($"'{point}' is not suppressed for {(purpose == Purposes.Every ? "every purpose" : purpose)}. See: hub suppression show {point}");
        var now = time.GetUtcNow();
        await store.Suppressions.Release(
            [.. held.Select(s => s.Id)], by.Name, why, [.. held.Select(s => Trail("suppress.release", s.Id, by, channel, purpose, why, now))], now, ct);
        return await store.Suppressions.For(channel, clean, ct);
    }

    /// <summary>All suppressions of a point, released ones too, oldest first.</summary>
    /// <exception cref="NotPossibleException">The text is neither an address nor a number.</exception>
    public Task<IReadOnlyList<SuppressionRow>> Show(string point, Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        var (channel, clean) = Read(point);
        return store.Suppressions.For(channel, clean, ct);
    }

    private static (Channel Channel, string Point) Read(string point)
    {
        if (point.Contains('@', StringComparison.Ordinal) && EmailAddresses.Normalise(point).Value is { } email) return (Channel.Email, email);
        if (Phones.Normalise(point, null).Value is { } phone) return (Channel.Sms, phone);
        throw new NotPossibleException($"'{point}' is neither an e-mail address nor a phone number with its country code, such as +49 30 901820.");
    }

    /// <summary>The entry names the suppression, never the point: the trail outlives the contact.</summary>
    private static TrailEntry Trail(string action, Guid id, Actor by, Channel channel, string purpose, string? why, DateTimeOffset now) => new(
        now, by.Name, action, "suppression", id.ToString(), null, JsonSerializer.Serialize(new { channel = channel.ToString().ToLowerInvariant(), purpose }), why);
}
