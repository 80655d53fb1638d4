namespace IntegrationHub.Sandbox.Http;

/// <summary>How much the stand-ins bear. Null in <see cref="SandboxOptions"/> means: anything, at once.</summary>
public sealed record Limits
{
    /// <summary>HubSpot: requests in any ten seconds.</summary>
    public int HubSpotPerTenSeconds { get; init; } = 190;

    /// <summary>HubSpot: requests a UTC day.</summary>
    public int HubSpotPerDay { get; init; } = 650_000;

    /// <summary>HubSpot: searches in any second; they have a bucket of their own.</summary>
    public int HubSpotSearchesPerSecond { get; init; } = 5;

    /// <summary>Mailchimp: requests at the same time.</summary>
    public int MailchimpAtOnce { get; init; } = 10;

    /// <summary>Shopify: what the bucket of cost points holds.</summary>
    public double ShopifyBucket { get; init; } = 20_000;

    /// <summary>Shopify: points that come back in a second.</summary>
    public double ShopifyRestore { get; init; } = 1_000;

    /// <summary>One answer in so many is slow; 0 for none.</summary>
    public int SlowEvery { get; init; } = 150;

    /// <summary>How long a slow answer takes.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How long any answer takes at least, so that requests at the same time do overlap.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(5);
}

/// <summary>Counts what happened within the last stretch of time.</summary>
public sealed class RollingWindow(int max, TimeSpan span, TimeProvider time)
{
    private readonly Queue<DateTimeOffset> taken = new();

    /// <summary>How many the window holds.</summary>
    public int Max => max;

    /// <summary>How many are left after the last call; not safe without the caller's lock.</summary>
    public int Remaining => max - taken.Count;

    /// <summary>Takes one if there is one; else says when the next is free. The caller holds a lock.</summary>
    public bool TryTake(out TimeSpan wait)
    {
        var now = time.GetUtcNow();
        while (taken.TryPeek(out var oldest) && now - oldest >= span) taken.Dequeue();
        if (taken.Count >= max)
        {
            wait = span - (now - taken.Peek());
            return false;
        }
        taken.Enqueue(now);
        wait = TimeSpan.Zero;
        return true;
    }
}
