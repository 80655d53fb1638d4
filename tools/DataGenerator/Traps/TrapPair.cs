using IntegrationHub.DataGenerator.World;

namespace IntegrationHub.DataGenerator.Traps;

/// <summary>Two records of two people that look like one.</summary>
/// <param name="IdA">The lesser id, as the file has it.</param>
/// <param name="IdB">The greater.</param>
/// <param name="Kind"><c>twins</c>, <c>father_and_son</c>, <c>colleagues</c>, <c>namesakes</c>; <c>undecidable</c> when nothing in the two contradicts.</param>
/// <param name="Contradicts">The values that contradict: some of <c>birth_date suffix given_name work_email</c>, separated by blanks; empty when none does.</param>
public sealed record TrapPair(string IdA, string IdB, string Kind, string Contradicts)
{
    /// <summary>The kind of a pair that nobody could decide.</summary>
    public const string Undecidable = "undecidable";

    /// <summary>True when at least one value of the two records contradicts.</summary>
    public bool Decidable => Contradicts.Length > 0;

    internal static string KindOf(CircleKind kind) => kind switch
    {
        CircleKind.Twins => "twins",
        CircleKind.FatherAndSon => "father_and_son",
        CircleKind.Colleagues => "colleagues",
        CircleKind.Namesakes => "namesakes",
        _ => Undecidable,
    };
}
