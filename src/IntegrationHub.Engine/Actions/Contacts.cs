using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>Looks golden records up.</summary>
public sealed class Contacts(HubStore store)
{
    /// <summary>Golden records that match a text: an id, a source key, an e-mail address, a phone number, or words of a name or company.</summary>
    public Task<IReadOnlyList<GoldenRow>> Find(string text, int limit, CancellationToken ct) => store.Golden.Search(text, limit, ct);

    /// <summary>One golden record with its sources, merges and history. An id that was merged into another leads there.</summary>
    /// <param name="contact">A golden id, or a text that finds exactly one.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">Nothing is found, or more than one.</exception>
    public async Task<GoldenDetail> Show(string contact, CancellationToken ct)
    {
        if (Guid.TryParse(contact, out var id))
            return await store.Golden.Show(new GoldenId(id), ct) ?? throw new NotPossibleException($"There is no contact {contact}.");
        var found = await store.Golden.Search(contact, 6, ct);
        return found switch
        {
            [] => throw new NotPossibleException($"Nothing matches '{contact}'. Try an e-mail address, a phone number, a name, or SOURCE/contacts/ID."),
            [var one] => await store.Golden.Show(one.Id, ct) ?? throw new NotPossibleException($"There is no contact {one.Id}."),
            _ => throw new NotPossibleException($"'{contact}' matches several. Pick one by its id:{Environment.NewLine}{string.Join(Environment.NewLine, found.Take(5).Select(Line))}"),
        };
    }

    private static string Line(GoldenRow g) => $"  {g.Id}  {g.Values[Field.FirstName]} {g.Values[Field.LastName]}  {g.Values[Field.Email]}";
}
