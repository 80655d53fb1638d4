namespace IntegrationHub.Sandbox.World;

/// <summary>One system's view of an individual, before it takes the system's own shape. A null is an empty cell.</summary>
public sealed class Entry
{
    /// <summary>Who it is: the truth.</summary>
    public required Individual Of { get; init; }

    public string? Title { get; set; }
    public string? Given { get; set; }
    public string? Middle { get; set; }
    public string? Surname { get; set; }
    public string? Suffix { get; set; }
    public string? Mail { get; set; }
    public string? Phone { get; set; }
    public string? Mobile { get; set; }
    public string? Company { get; set; }
    public string? JobTitle { get; set; }
    public string? Street { get; set; }
    public string? Unit { get; set; }
    public string? City { get; set; }
    public string? Region { get; set; }
    public string? Postcode { get; set; }
    public string? Country { get; set; }
    public DateOnly? Birth { get; set; }

    /// <summary>True when the cells hold the values of years ago: maiden name, former address.</summary>
    public bool Old { get; set; }

    /// <summary>True when the system has archived the record since; the person has others elsewhere.</summary>
    public bool Gone { get; set; }

    /// <summary>When the record was made, as a share of the years that the data spans.</summary>
    public double Created { get; set; }

    /// <summary>When it was last changed, on the same scale; not before <see cref="Created"/>.</summary>
    public double Changed { get; set; }

    /// <summary>Whether the person agreed to e-mails, as this system has it.</summary>
    public Wish Wish { get; set; }

    /// <summary>What stands in a cell for the last name: with the suffix, as systems without a cell for it have it.</summary>
    public string? LastCell => Surname is null ? null : Suffix is null ? Surname : $"{Surname} {Suffix}";

    /// <summary>What stands in a cell for the first name: with the middle name, and the title where there is no cell for it.</summary>
    public string? FirstCell(bool titled) =>
        Given is null ? null : (titled && Title is not null ? $"{Title} " : "") + (Middle is null ? Given : $"{Given} {Middle}");
}

/// <summary>What a system holds of a person's will to get e-mails.</summary>
public enum Wish
{
    /// <summary>Never asked.</summary>
    Unknown,
    /// <summary>Asked for them.</summary>
    Yes,
    /// <summary>Asked, not confirmed yet.</summary>
    Pending,
    /// <summary>Asked for an end.</summary>
    No,
}
