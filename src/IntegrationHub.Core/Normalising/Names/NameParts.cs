namespace IntegrationHub.Normalising;

/// <summary>The parts of one name, before their capitals are looked at.</summary>
/// <param name="Title">Title.</param>
/// <param name="First">Given name.</param>
/// <param name="Middle">Middle names.</param>
/// <param name="Last">Family name.</param>
/// <param name="Suffix">Suffixes, commas between.</param>
/// <param name="Nickname">Nickname.</param>
/// <param name="Maiden">Maiden name.</param>
/// <param name="TwoPeople">Two people are named.</param>
/// <param name="Turned">The family name stood first, before a comma.</param>
/// <param name="AsWritten">The order as written is the script's own; the whole keeps it.</param>
internal sealed record NameParts(
    string? Title,
    string? First,
    string? Middle,
    string? Last,
    string? Suffix,
    string? Nickname,
    string? Maiden,
    bool TwoPeople = false,
    bool Turned = false,
    bool AsWritten = false)
{
    public bool IsEmpty => Title is null && First is null && Middle is null && Last is null && Suffix is null;
}
