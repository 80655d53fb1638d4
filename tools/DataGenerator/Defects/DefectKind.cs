using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.World;
using IntegrationHub.DataGenerator.Writing;

namespace IntegrationHub.DataGenerator.Defects;

/// <summary>One kind of defect: what it does to a faultless record, and what an audit should say of it.</summary>
/// <param name="Name">Its name in options and in the report.</param>
/// <param name="Finding">The finding of the hygiene audit that counts it; empty where the audit has none.</param>
/// <param name="Issue">The issue code of normalising that tells it from other kinds of the same finding; empty for none.</param>
/// <param name="Apply">Spoils the record, or adds further ones; false when this record has nothing that could be spoilt so.</param>
public sealed record DefectKind(string Name, string Finding, string Issue, DefectKind.Spoil Apply)
{
    /// <summary>Findings that one defect of this kind adds to as well, each by one.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>The findings where the whole file is audited as one list, of one source; null where they are the same.</summary>
    public IReadOnlyList<string>? InOneList { get; init; }

    /// <summary>Every finding that one defect of this kind counts in.</summary>
    /// <param name="oneList">The whole file is one list; else each source counts for itself.</param>
    public IEnumerable<string> Findings(bool oneList) => oneList && InOneList is not null ? InOneList : Finding.Length == 0 ? Also : Also.Prepend(Finding);

    /// <summary>True when a record is added; the ids are then the added record's, the partners those of the record it belongs to.</summary>
    public bool Adds { get; init; }

    /// <summary>Spoils one record.</summary>
    /// <param name="row">The record.</param>
    /// <param name="who">Whose it is.</param>
    /// <param name="world">What else there is.</param>
    /// <param name="dice">For choices.</param>
    /// <returns>The record to add, the record itself when it was spoilt, null when it cannot be.</returns>
    public delegate ContactRow? Spoil(ContactRow row, Individual who, DefectScene world, Dice dice);
}

/// <summary>What defects are made from beside the record itself.</summary>
/// <param name="Economy">Other companies.</param>
/// <param name="Now">The present day.</param>
public sealed record DefectScene(Economy Economy, DateOnly Now);
