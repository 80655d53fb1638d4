using System.Collections.Immutable;
using System.Text.Json;
using IntegrationHub.Store;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>An event of a request that could not be taken.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Id">Its id; null when it has none.</param>
/// <param name="Problem">What is wrong and how to mend it.</param>
public sealed record EventProblem(int Index, string? Id, string Problem);

/// <summary>What became of a request's events.</summary>
/// <param name="Accepted">How many are kept that were not known.</param>
/// <param name="Known">How many were known: told again, they count once.</param>
/// <param name="Problems">Those that could not be taken; the others are kept.</param>
public sealed record EventReceipt(int Accepted, int Known, ImmutableArray<EventProblem> Problems);

/// <summary>
/// Land: keeps events on the disk and rings the lane. Requests that come while one is being written are written together by the next, so that many small requests cost one sync of the disk.
/// </summary>
public sealed class EventIntake(HubStore store, EventSignal signal, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Lock gate = new();
    private List<Pending> pending = [];

    /// <summary>Told the ids of events that are on the disk now, before anybody is answered: for measurements.</summary>
    public event Action<IReadOnlyCollection<string>>? Landed;

    /// <summary>Takes events as the API has them. What cannot be taken is named; the rest is on the disk when this returns.</summary>
    /// <param name="events">One JSON object each.</param>
    /// <param name="source">Through which door they come.</param>
    /// <param name="ct">Stops waiting for the disk; what was handed to it may still be kept.</param>
    public async Task<EventReceipt> Take(IReadOnlyList<JsonElement> events, string source, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (good, problems) = (new List<EventLanding>(), ImmutableArray.CreateBuilder<EventProblem>());
        for (var i = 0; i < events.Count; i++)
        {
            var read = EventReader.Read(events[i], now);
            if (read.Event is { } e) good.Add(ContactKeys.Landing(e, source, history: false));
            else problems.Add(new EventProblem(i, IdOf(events[i]), read.Problem ?? "it cannot be read"));
        }

        var accepted = await Land(good, ct);
        return new EventReceipt(accepted, good.Count - accepted, problems.ToImmutable());
    }

    /// <summary>Keeps events. Returns how many were not known.</summary>
    /// <param name="events">The events.</param>
    /// <param name="source">Through which door they come.</param>
    /// <param name="history">True where they trigger nothing: the first pull of a stream, a backfill.</param>
    /// <param name="ct">Stops it.</param>
    public Task<int> Keep(IEnumerable<HubEvent> events, string source, bool history, CancellationToken ct) => Land([.. events.Select(e => ContactKeys.Landing(e, source, history))], ct);

    /// <inheritdoc/>
    public void Dispose() => writing.Dispose();

    private async Task<int> Land(List<EventLanding> events, CancellationToken ct)
    {
        if (events.Count == 0) return 0;
        var own = new Pending(events);
        lock (gate) pending.Add(own);
        await writing.WaitAsync(ct);
        try
        {
            // Whoever wrote before has taken what waited with it.
            if (!own.Done.Task.IsCompleted) await Write(ct);
        }
        finally
        {
            writing.Release();
        }

        return await own.Done.Task;
    }

    private async Task Write(CancellationToken ct)
    {
        List<Pending> together;
        lock (gate) (together, pending) = (pending, []);
        try
        {
            var fresh = new HashSet<string>(await store.Events.Land([.. together.SelectMany(p => p.Events)], time.GetUtcNow(), ct), StringComparer.Ordinal);
            Landed?.Invoke(fresh);
            // One id in two requests counts for the first.
            foreach (var one in together) one.Done.TrySetResult(one.Events.Count(e => fresh.Remove(e.Event.Id)));
        }
        catch (Exception e)
        {
            foreach (var one in together) one.Done.TrySetException(e);
            return;
        }

        signal.Ring();
    }

    private static string? IdOf(JsonElement json) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private sealed record Pending(List<EventLanding> Events)
    {
        public TaskCompletionSource<int> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
