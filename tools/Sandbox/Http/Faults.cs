using IntegrationHub.Sandbox.World;

namespace IntegrationHub.Sandbox.Http;

/// <summary>What goes wrong with one request.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>500 in the vendor's own words.</summary>
    Error,
    /// <summary>502 with a page of HTML, as a proxy in front of the vendor makes it.</summary>
    BadGateway,
    /// <summary>503 without a body.</summary>
    Unavailable,
    /// <summary>The request is carried out, but the connection breaks before the answer is through.</summary>
    Cut,
}

/// <summary>Decides, seeded, which requests fail.</summary>
public sealed class Faults(int seed, double share)
{
    private readonly Lock gate = new();
    private readonly Dice dice = Dice.For(seed, "faults");
    private readonly Dictionary<string, Queue<Fault>> ordered = new(StringComparer.Ordinal);

    /// <summary>The share of requests that fail, in [0, 1].</summary>
    public double Share { get; private set; } = share;

    /// <summary>Sets the share of requests that fail from now on.</summary>
    public void SetShare(double value)
    {
        lock (gate) Share = value;
    }

    /// <summary>The next <paramref name="count"/> requests to one vendor fail in the given way, whatever the share.</summary>
    public void Order(string vendor, Fault fault, int count)
    {
        lock (gate)
        {
            if (!ordered.TryGetValue(vendor, out var queue)) ordered[vendor] = queue = new Queue<Fault>();
            for (var i = 0; i < count; i++) queue.Enqueue(fault);
        }
    }

    /// <summary>What goes wrong with the next request to the vendor.</summary>
    public Fault Next(string vendor)
    {
        lock (gate)
        {
            if (ordered.TryGetValue(vendor, out var queue) && queue.TryDequeue(out var fault)) return fault;
            if (Share <= 0 || !dice.Chance(Share)) return Fault.None;
            return dice.Below(10) switch { < 7 => Fault.Error, < 8 => Fault.BadGateway, < 9 => Fault.Unavailable, _ => Fault.Cut };
        }
    }
}
