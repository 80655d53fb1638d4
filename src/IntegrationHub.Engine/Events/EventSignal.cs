namespace IntegrationHub.Engine.Events;

/// <summary>Wakes the lane of events in this process: whoever has landed something rings, and the lane need not look around for it.</summary>
public sealed class EventSignal
{
    private TaskCompletionSource rung = New();

    /// <summary>Wakes whoever waits, or whoever will wait next.</summary>
    public void Ring() => Volatile.Read(ref rung).TrySetResult();

    /// <summary>Waits until somebody rings, or for a time. A ring that came since the last wait counts.</summary>
    /// <param name="most">No longer than this.</param>
    /// <param name="time">The clock that the time is of.</param>
    /// <param name="ct">Stops it.</param>
    public async Task Wait(TimeSpan most, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await Volatile.Read(ref rung).Task.WaitAsync(most, time, ct);
            Volatile.Write(ref rung, New());
        }
        catch (TimeoutException)
        {
            // Nobody rang; time itself has something to do, or another process has.
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
