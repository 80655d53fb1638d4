using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Tests.Connectors;

/// <summary>
/// A clock on which nobody waits: whoever waits is woken at once, with the clock moved on by as much, and the wait is kept to be looked at.
/// Time-outs (which hang on a CancellationTokenSource) do not count as waits: they strike only when waits have moved the clock past them.
/// </summary>
public sealed class SkippingClock(string now) : TimeProvider
{
    private readonly FakeTimeProvider inner = new(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

    /// <summary>Every wait so far, in order.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public TimeSpan LongestWait => Waits.IsEmpty ? TimeSpan.Zero : Waits.Max();

    public void Advance(TimeSpan by) => inner.Advance(by);

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (state is CancellationTokenSource || dueTime == Timeout.InfiniteTimeSpan || period != Timeout.InfiniteTimeSpan) return inner.CreateTimer(callback, state, dueTime, period);
        Waits.Enqueue(dueTime);
        inner.Advance(dueTime);
        ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        return new Fired();
    }

    private sealed class Fired : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
