using System.Runtime.InteropServices;

namespace IntegrationHub.Auditing;

/// <summary>Which companies have contacts, and which contacts name a company that the hub does not have: by name, or by the domain of site and e-mail address.</summary>
/// <param name="most">How many contacts of each name and domain are kept: those with the least places; the others are counted.</param>
internal sealed class CompanyLinks(int most)
{
    private readonly List<(Sample Company, long Name, long Domain)> companies = [];
    private readonly HashSet<long> contactKeys = [];
    private readonly Dictionary<(long Name, long Domain), Named> contacts = [];

    internal void AddCompany(Sample company, long name, long domain) => companies.Add((company, name, domain));

    internal void AddContact(Sample contact, long company, long domain)
    {
        if (company != 0) contactKeys.Add(company);
        if (domain != 0) contactKeys.Add(domain);
        if (company == 0) return;
        ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(contacts, (company, domain), out _);
        Add(ref same, contact);
        same.Count++;
    }

    private void Add(ref Named same, Sample contact)
    {
        // Most companies have one contact: no list for that.
        if (same.Count == 0)
        {
            same.First = contact;
            return;
        }

        var others = same.Others ??= [];
        if (others.Count < most - 1)
        {
            others.Add(contact);
            return;
        }

        for (var i = 0; i < others.Count; i++)
            if (contact.CompareTo(others[i]) < 0) (contact, others[i]) = (others[i], contact);
        if (contact.CompareTo(same.First) < 0) same.First = contact;
    }

    internal void Merge(CompanyLinks other)
    {
        companies.AddRange(other.companies);
        contactKeys.UnionWith(other.contactKeys);
        foreach (var (key, theirs) in other.contacts)
        {
            ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(contacts, key, out var known);
            if (!known)
            {
                same = theirs;
                continue;
            }

            foreach (var contact in theirs.Kept) Add(ref same, contact);
            same.Count += theirs.Count;
        }
    }

    /// <summary>Companies without contacts.</summary>
    internal IEnumerable<Sample> Orphans() => companies.Where(c => !contactKeys.Contains(c.Name) && !contactKeys.Contains(c.Domain)).Select(c => c.Company);

    /// <summary>Contacts that name a company which is not among the companies, as many as are kept and how many more; none where there are no companies to look among.</summary>
    internal IEnumerable<(IReadOnlyList<Sample> Contacts, long More)> Strangers()
    {
        if (companies.Count == 0) return [];
        var known = companies.SelectMany(c => new[] { c.Name, c.Domain }).Where(k => k != 0).ToHashSet();
        return contacts.Where(c => !known.Contains(c.Key.Name) && !known.Contains(c.Key.Domain)).Select(c => (c.Value.Kept, c.Value.Count - c.Value.Kept.Count));
    }

    private struct Named
    {
        public long Count;
        public Sample First;
        public List<Sample>? Others;

        public readonly IReadOnlyList<Sample> Kept => Others is null ? [First] : [First, .. Others];
    }
}
