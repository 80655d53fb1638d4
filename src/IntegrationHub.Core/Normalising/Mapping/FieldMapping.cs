using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Where one field's raw value comes from.</summary>
/// <param name="Field">The field; may be <see cref="Field.FullName"/> or <see cref="Field.FullAddress"/>.</param>
/// <param name="Value">Its paths and transforms.</param>
/// <param name="Constant">The value of every record, instead of paths; null where paths say.</param>
public sealed record FieldMapping(Field Field, PathValue Value, string? Constant = null);

/// <summary>Reads one text, or the items of a list, out of a payload.</summary>
/// <param name="Paths">Tried in order: the first that gives something wins, unless <paramref name="Join"/> is set.</param>
/// <param name="Join">The separator with which what all paths give is joined; null where the first wins.</param>
/// <param name="Transforms">Applied to each value in this order, before joining.</param>
public sealed record PathValue(ImmutableArray<PayloadPath> Paths, string? Join, ImmutableArray<Transform> Transforms)
{
    /// <summary>One path, as it is.</summary>
    public static PathValue Of(PayloadPath path) => new([path], null, []);

    /// <summary>No path at all.</summary>
    public static PathValue Nothing { get; } = new([], null, []);
}

/// <summary>What a source says about permission, read as a <see cref="ConsentClaim"/>.</summary>
/// <param name="Channel">E-mail or SMS.</param>
/// <param name="Purpose"><c>marketing</c> unless the mapping says otherwise.</param>
/// <param name="State">The vendor's word.</param>
/// <param name="Words">The vendor's words, in lower case, and what they mean. <c>*</c> stands for any word not listed. A word not known is no claim.</param>
/// <param name="Point">The address or number that it was said about, not yet normalised.</param>
/// <param name="At">When it was said; null where the vendor does not tell.</param>
public sealed record ConsentMapping(
    Channel Channel,
    string Purpose,
    PathValue State,
    ImmutableDictionary<string, ConsentState> Words,
    PathValue Point,
    PathValue? At);

/// <summary>How a file is known to be of this layout, and which columns tell its rows apart.</summary>
/// <param name="Name">The layout's name: <c>hubspot-export</c>.</param>
/// <param name="Headers">Columns that a file of this layout must all have, compared without case and outer spaces.</param>
/// <param name="Key">The columns that make a row's external id, tried in order: the first that has a value.</param>
public sealed record FileLayout(string Name, ImmutableArray<string> Headers, ImmutableArray<string> Key)
{
    /// <summary>True when the header row has every column of <see cref="Headers"/>.</summary>
    public bool Recognises(IEnumerable<string> headerRow)
    {
        var present = headerRow.Select(h => h.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Headers.All(present.Contains);
    }

    /// <summary>The layout that knows the header row, the one with most <see cref="Headers"/> if several do (ties: by name); null when none does.</summary>
    public static FileLayout? Recognise(IEnumerable<FileLayout> layouts, IReadOnlyCollection<string> headerRow) =>
        layouts.Where(l => l.Headers.Length > 0 && l.Recognises(headerRow))
            .OrderByDescending(l => l.Headers.Length).ThenBy(l => l.Name, StringComparer.Ordinal)
            .FirstOrDefault();
}
