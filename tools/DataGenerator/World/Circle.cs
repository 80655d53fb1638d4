namespace IntegrationHub.DataGenerator.World;

/// <summary>What people who are made together are to each other.</summary>
public enum CircleKind
{
    /// <summary>Someone who lives alone.</summary>
    Single,

    /// <summary>A family, or people who share a flat.</summary>
    Household,

    /// <summary>Two of the same surname, birth date, address and line: another given name.</summary>
    Twins,

    /// <summary>Two of the same name, address and line: another birth date, Sr. and Jr.</summary>
    FatherAndSon,

    /// <summary>Two of the same name at the same company: another mailbox, another birth date.</summary>
    Colleagues,

    /// <summary>Two of the same name in the same town, and strangers: another birth date.</summary>
    Namesakes,
}

/// <summary>People who are made together.</summary>
/// <param name="Kind">What they are to each other; of the special kinds the first two people are meant.</param>
/// <param name="People">At least one.</param>
public sealed record Circle(CircleKind Kind, IReadOnlyList<Individual> People)
{
    /// <summary>Records of all of them.</summary>
    public int Records => People.Sum(p => p.Records);
}
