namespace IntegrationHub.Auditing;

/// <summary>Which companies have contacts, and which contacts name a company that the hub does not have: by name, or by the domain of site and e-mail address.</summary>
internal sealed class CompanyLinks
{
    private readonly List<(Sample Company, long Name, long Domain)> companies = [];
    private readonly HashSet<long> contactKeys = [];
    private readonly Dictionary<(long Name, long Domain), List<Sample>> contacts = [];

    internal void AddCompany(Sample company, long name, long domain) => companies.Add((company, name, domain));

    internal void AddContact(Sample contact, long company, long domain)
    {
        if (company != 0) contactKeys.Add(company);
        if (domain != 0) contactKeys.Add(domain);
        if (company == 0) return;
        if (contacts.TryGetValue((company, domain), out var same)) same.Add(contact);
        else contacts[(company, domain)] = [contact];
    }

    internal void Merge(CompanyLinks other)
    {
        companies.AddRange(other.companies);
        contactKeys.UnionWith(other.contactKeys);
        foreach (var (key, same) in other.contacts)
            if (contacts.TryGetValue(key, out var known)) known.AddRange(same);
            else contacts[key] = same;
    }

    /// <summary>Companies without contacts.</summary>
    internal IEnumerable<Sample> Orphans() => companies.Where(c => !contactKeys.Contains(c.Name) && !contactKeys.Contains(c.Domain)).Select(c => c.Company);

    /// <summary>Contacts that name a company which is not among the companies; none where there are no companies to look among.</summary>
    internal IEnumerable<Sample> Strangers()
    {
        if (companies.Count == 0) return [];
        var known = companies.SelectMany(c => new[] { c.Name, c.Domain }).Where(k => k != 0).ToHashSet();
        return contacts.Where(c => !known.Contains(c.Key.Name) && !known.Contains(c.Key.Domain)).SelectMany(c => c.Value);
    }
}
