using IntegrationHub.Merging;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Stages;

/// <summary>Link: contacts find the companies that they work for, whichever of the two changed.</summary>
internal sealed class LinkStage(HubStore store)
{
    private const int GoldensATransaction = 1_000;

    /// <summary>Links all that waits. A company with more contacts than fit one transaction takes several; it is done when all of them are.</summary>
    public async Task Run(CancellationToken ct)
    {
        while (true)
        {
            var work = await store.Work.Take(Stage.Link, 0, GoldensATransaction, ct);
            if (work.Count == 0) return;
            var goldens = (await store.Golden.LinkRows([.. work.Select(w => w.Key)], ct)).ToLookup(g => g.Kind);
            if (goldens[EntityKind.Company].ToList() is { Count: > 0 } companies)
                for (var after = 0L; await store.Golden.ContactsLinkedTo(companies, after, GoldensATransaction, ct) is { Count: > 0 } slice; after = slice[^1].Row)
                    await store.Golden.SaveLinks(await Changed(slice, ct), [], ct);
            await store.Golden.SaveLinks(await Changed([.. goldens[EntityKind.Contact].Where(g => !g.IsRetired)], ct), work, ct);
        }
    }

    private async Task<IReadOnlyList<(GoldenId, CompanyLink?)>> Changed(IReadOnlyList<LinkRow> contacts, CancellationToken ct)
    {
        if (contacts.Count == 0) return [];
        var companies = await store.Golden.CompaniesNear(contacts, ct);
        var byDomain = companies.Where(c => c.Keys.Domain is not null).ToLookup(c => c.Keys.Domain);
        var byName = companies.Where(c => c.Keys.Name is not null).ToLookup(c => c.Keys.Name);
        var changed = new List<(GoldenId, CompanyLink?)>();
        foreach (var contact in contacts)
        {
            var near = (contact.Keys.Domain is null ? [] : byDomain[contact.Keys.Domain]).Union(contact.Keys.Name is null ? [] : byName[contact.Keys.Name]);
            var link = CompanyLinks.Choose(contact.Values, [.. near.Select(c => (c.Id, c.Values))]);
            if (link != contact.Link) changed.Add((contact.Id, link));
        }

        return changed;
    }
}
