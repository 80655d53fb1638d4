namespace IntegrationHub.Sandbox.Mailchimp;

/// <summary>A merge field of an audience.</summary>
/// <param name="Tag">As members carry it.</param>
/// <param name="Name">As people see it.</param>
/// <param name="Type">text, phone, birthday, address.</param>
public sealed record MailchimpMergeField(string Tag, string Name, string Type);

/// <summary>One audience. All access under the account's lock.</summary>
public sealed class MailchimpList(string id, string name, DateTimeOffset created)
{
    private readonly Dictionary<string, MailchimpMember> byHash = new(StringComparer.Ordinal);
    private readonly List<string> tags = [];
    private readonly HashSet<string> forgotten = new(StringComparer.Ordinal);
    private List<MailchimpMember>? members;

    /// <summary>The fields that both audiences have; the last one is the account's own.</summary>
    public static IReadOnlyList<MailchimpMergeField> MergeFields { get; } =
    [
        new("FNAME", "First Name", "text"),
        new("LNAME", "Last Name", "text"),
        new("ADDRESS", "Address", "address"),
        new("PHONE", "Phone Number", "phone"),
        new("BIRTHDAY", "Birthday", "birthday"),
        new("COMPANY", "Company", "text"),
        new("JOBTITLE", "Job Title", "text"),
    ];

    /// <summary>Parts of an address merge field.</summary>
    public static IReadOnlyList<string> AddressParts { get; } = ["addr1", "addr2", "city", "state", "zip", "country"];

    /// <summary>list_id.</summary>
    public string Id { get; } = id;

    /// <summary>For people.</summary>
    public string Name { get; } = name;

    /// <summary>date_created.</summary>
    public DateTimeOffset Created { get; } = created;

    /// <summary>Rises with every change.</summary>
    public long Version { get; private set; }

    /// <summary>All members, archived ones too, in the order in which they were added.</summary>
    public IReadOnlyList<MailchimpMember> Members => members ??= [.. byHash.Values.OrderBy(m => m.WebId)];

    /// <summary>A member by hash or address; null when there is none.</summary>
    public MailchimpMember? Find(string hashOrEmail) =>
        byHash.GetValueOrDefault(hashOrEmail.Contains('@') ? MailchimpMember.Hash(hashOrEmail) : hashOrEmail.ToLowerInvariant());

    /// <summary>True when the address was deleted for good and may not come back.</summary>
    public bool IsForgotten(string email) => forgotten.Contains(MailchimpMember.Hash(email));

    /// <summary>Adds a member; false when the audience has the address.</summary>
    public bool TryAdd(MailchimpMember member)
    {
        if (!byHash.TryAdd(member.Id, member)) return false;
        Changed();
        return true;
    }

    /// <summary>Gives a member another address, and so another id.</summary>
    public bool TryRename(MailchimpMember member, string email)
    {
        var hash = MailchimpMember.Hash(email);
        if (hash != member.Id && byHash.ContainsKey(hash)) return false;
        byHash.Remove(member.Id);
        member.Email = email;
        byHash[hash] = member;
        Changed();
        return true;
    }

    /// <summary>Deletes a member for good; the address may never be imported again.</summary>
    public void Forget(MailchimpMember member)
    {
        byHash.Remove(member.Id);
        forgotten.Add(member.Id);
        Changed();
    }

    /// <summary>To be called after a member has changed.</summary>
    public void Changed()
    {
        members = null;
        Version++;
    }

    /// <summary>The number of a tag; a new one for a new name.</summary>
    public int TagId(string tag)
    {
        var at = tags.IndexOf(tag);
        if (at >= 0) return at + 1;
        tags.Add(tag);
        return tags.Count;
    }
}

/// <summary>The account: two audiences, so that one person can be a member twice under the same hash.</summary>
public sealed class MailchimpAccount(DateTimeOffset created)
{
    /// <summary>Held while the state is read or changed.</summary>
    public Lock Lock { get; } = new();

    /// <summary>The audiences.</summary>
    public IReadOnlyList<MailchimpList> Lists { get; } =
    [new("abc123def4", "Newsletter", created), new("5f0e9d8c7b", "Shop customers", created.AddDays(90))];

    /// <summary>The campaigns that were sent, the oldest first.</summary>
    public List<MailchimpCampaign> Campaigns { get; } = [];

    /// <summary>The next web_id.</summary>
    public int NextWebId { get; set; } = 1;

    /// <summary>An audience by id; null when there is none.</summary>
    public MailchimpList? Find(string id) => Lists.FirstOrDefault(l => l.Id == id);
}

/// <summary>A mail to an audience, with what became of it.</summary>
/// <param name="Id">campaign_id.</param><param name="Title">For people.</param><param name="List">To whom.</param><param name="Sent">When.</param>
public sealed record MailchimpCampaign(string Id, string Title, MailchimpList List, DateTimeOffset Sent)
{
    /// <summary>What members did, in the order in which it was done.</summary>
    public List<MailchimpAct> Acts { get; } = [];
}

/// <summary>What a member did with a mail.</summary>
/// <param name="Member">Who.</param><param name="Action">open, click, bounce, unsubscribe, complaint.</param><param name="At">When, in whole seconds.</param>
/// <param name="Detail">The link of a click, the kind of a bounce, the reason of an unsubscribing; null for none.</param>
public sealed record MailchimpAct(MailchimpMember Member, string Action, DateTimeOffset At, string? Detail);
