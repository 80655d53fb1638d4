namespace IntegrationHub.DataGenerator.Writing;

/// <summary>What a kind of system asks of people, as shares 0 to 1 of its records that have the field.</summary>
/// <param name="Name">The source.</param>
/// <param name="Weight">How many of all records are in it.</param>
/// <param name="Business">It is about people at work, and prefers what belongs to that.</param>
internal sealed record SourceHabits(string Name, double Weight, bool Business)
{
    internal double First { get; init; }
    internal double Last { get; init; }

    /// <summary>The whole name stands in one cell.</summary>
    internal double Whole { get; init; }
    internal double Middle { get; init; }
    internal double Email { get; init; }
    internal double Phone { get; init; }
    internal double Company { get; init; }
    internal double JobTitle { get; init; }
    internal double Street { get; init; }
    internal double City { get; init; }
    internal double Country { get; init; }
    internal double Birth { get; init; }
    internal double Consent { get; init; }
    internal double Owner { get; init; }

    /// <summary>Whole records in capitals.</summary>
    internal double Capitals { get; init; }

    internal static SourceHabits[] All { get; } =
    [
        new("crm", 0.34, true)
        {
            First = 0.96, Last = 0.985, Whole = 0.03, Middle = 0.18, Email = 0.87, Phone = 0.72, Company = 0.82, JobTitle = 0.6, Street = 0.46, City = 0.62, Country = 0.72, Birth = 0.14,
            Consent = 0.7, Owner = 0.8, Capitals = 0.015,
        },
        new("newsletter", 0.24, false)
        {
            First = 0.74, Last = 0.68, Whole = 0.05, Middle = 0.01, Email = 0.995, Phone = 0.08, Company = 0.14, JobTitle = 0.03, City = 0.12, Country = 0.35, Birth = 0.13, Consent = 0.97,
            Capitals = 0.01,
        },
        new("shop", 0.2, false)
        {
            First = 0.99, Last = 0.995, Whole = 0.04, Middle = 0.02, Email = 0.97, Phone = 0.68, Company = 0.08, Street = 0.96, City = 0.98, Country = 0.97, Birth = 0.05, Consent = 0.9,
            Capitals = 0.02,
        },
        new("billing", 0.1, false)
        {
            First = 0.97, Last = 0.99, Whole = 0.12, Middle = 0.12, Email = 0.66, Phone = 0.66, Company = 0.35, JobTitle = 0.02, Street = 0.95, City = 0.97, Country = 0.95, Birth = 0.22,
            Owner = 0.1, Capitals = 0.12,
        },
        new("support", 0.07, true)
        {
            First = 0.93, Last = 0.9, Whole = 0.6, Middle = 0.02, Email = 0.93, Phone = 0.45, Company = 0.42, JobTitle = 0.08, City = 0.18, Country = 0.4, Birth = 0.03, Owner = 0.6,
            Capitals = 0.005,
        },
        new("events", 0.05, true)
        {
            First = 0.98, Last = 0.97, Whole = 0.45, Middle = 0.04, Email = 0.88, Phone = 0.42, Company = 0.86, JobTitle = 0.66, City = 0.5, Country = 0.55, Consent = 0.5, Capitals = 0.04,
        },
    ];

    internal static double[] Weights { get; } = [.. All.Select(h => h.Weight)];
}
