using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>The links from contacts to the companies that they work for. They follow from both sides, so whatever changes on either is looked at again.</summary>
public sealed partial class GoldenRecords
{
    private static readonly string SelectLinks =
        $"SELECT row, id, kind, retired_at, link_domain, link_name, company_id, company_rule, {string.Join(", ", CompanyLinks.Needed.Select(Fields.NameOf))} FROM golden_record WHERE ";

    /// <summary>Golden records by row, ascending, retired ones too; unknown rows are left out.</summary>
    public Task<IReadOnlyList<LinkRow>> LinkRows(IReadOnlyCollection<long> rows, CancellationToken ct) => database.Read<IReadOnlyList<LinkRow>>(
        async s => await s.Query($"{SelectLinks} {s.Among("row", 0)} ORDER BY row", ReadLink, ct, s.Items(rows)), ct);

    /// <summary>Living contacts that are linked to one of the companies, or may be by its keys: with a row above <paramref name="afterRow"/>, by row.</summary>
    public Task<IReadOnlyList<LinkRow>> ContactsLinkedTo(IReadOnlyCollection<LinkRow> companies, long afterRow, int limit, CancellationToken ct) => database.Read<IReadOnlyList<LinkRow>>(
        async s => await s.Query(
            $"{SelectLinks} row IN (SELECT row FROM golden_record WHERE {s.Among("company_id", 0)} UNION {ByKeys(s, 1)}) AND +kind = @3 AND retired_at IS NULL AND row > @4 ORDER BY row LIMIT @5",
            ReadLink,
            ct,
            s.Items([.. companies.Select(c => c.Id.Value)]),
            s.Items([.. companies.Select(c => c.Keys.Domain).OfType<long>().Distinct()]),
            s.Items([.. companies.Select(c => c.Keys.Name).OfType<long>().Distinct()]),
            (int)EntityKind.Contact,
            afterRow,
            limit),
        ct);

    /// <summary>Living companies that share a key with one of the contacts, by row.</summary>
    public Task<IReadOnlyList<LinkRow>> CompaniesNear(IReadOnlyCollection<LinkRow> contacts, CancellationToken ct) => database.Read<IReadOnlyList<LinkRow>>(
        async s => await s.Query(
            $"{SelectLinks} row IN ({ByKeys(s, 0)}) AND +kind = @2 AND retired_at IS NULL ORDER BY row",
            ReadLink,
            ct,
            s.Items([.. contacts.Select(c => c.Keys.Domain).OfType<long>().Distinct()]),
            s.Items([.. contacts.Select(c => c.Keys.Name).OfType<long>().Distinct()]),
            (int)EntityKind.Company),
        ct);

    /// <summary>Sets the links of contacts, null for none; and takes finished work away, in the same transaction.</summary>
    public Task SaveLinks(IReadOnlyList<(GoldenId Contact, CompanyLink? Link)> links, IReadOnlyList<WorkRow> done, CancellationToken ct) => database.Write(
        Durability.Derived,
        async s =>
        {
            if (links.Count > 0)
                await s.Update(
                    "golden_record", ["id", "company_id", "company_rule"], 1, links.Select(l => new object?[] { l.Contact.Value, l.Link?.Company.Value, (int?)l.Link?.Rule }), ct);
            if (done.Count > 0) await Work.Complete(s, Stage.Link, done.Select(d => (d.Key, d.Seq)), ct);
        },
        ct);

    private static string ByKeys(Session s, int first) =>
        $"SELECT row FROM golden_record WHERE {s.Among("link_domain", first)} UNION SELECT row FROM golden_record WHERE {s.Among("link_name", first + 1)}";

    /// <summary>
    /// Hands to Link what changed: companies, and the companies that shared a key with them before; contacts only where there are companies at all, since a company that comes later finds them.
    /// </summary>
    private static async Task EnqueueLinks(Session s, List<Made> added, List<Made> changed, List<Stored> retired, CancellationToken ct)
    {
        var made = added.Concat(changed).ToList();
        var rows = made.Where(m => m.Content.Kind == EntityKind.Company).Select(m => m.Row).Concat(retired.Where(r => r.Kind == EntityKind.Company).Select(r => r.Row)).ToHashSet();
        var left = changed.Where(c => c.Content.Kind == EntityKind.Company && c.Before != c.Keys).Select(c => c.Before)
            .Concat(retired.Where(r => r.Kind == EntityKind.Company).Select(r => r.Keys)).ToList();
        if (left.Count > 0)
            rows.UnionWith(await s.Query(
                $"SELECT row FROM golden_record WHERE row IN ({ByKeys(s, 0)}) AND +kind = @2 AND retired_at IS NULL",
                r => r.Long(0),
                ct,
                s.Items([.. left.Select(k => k.Domain).OfType<long>().Distinct()]),
                s.Items([.. left.Select(k => k.Name).OfType<long>().Distinct()]),
                (int)EntityKind.Company));
        var contacts = made.Where(m => m.Content.Kind == EntityKind.Contact && (m.Keys != default || m.Before != default)).Select(m => m.Row).ToList();
        if (contacts.Count > 0
            && await s.Count("SELECT count(*) FROM (SELECT row FROM golden_record WHERE kind = @0 AND hygiene_reasons <> @1 LIMIT 1) q", ct, (int)EntityKind.Company, (int)HygieneReasons.Retired) > 0)
            rows.UnionWith(contacts);
        await Work.Enqueue(s, Stage.Link, rows, "merged", ct);
    }

    private static async Task<CompanyOfContact?> CompanyOf(Session s, GoldenId contact, CancellationToken ct) => (await s.Query(
        "SELECT c.id, c.company, g.company_rule FROM golden_record g JOIN golden_record c ON c.id = g.company_id WHERE g.id = @0",
        r => new CompanyOfContact(new GoldenId(r.Guid(0)), r.TextOrNull(1), (CompanyLinkRule)r.Int(2)),
        ct,
        contact.Value)).SingleOrDefault();

    private static LinkRow ReadLink(Row r) => new(
        r.Long(0),
        new GoldenId(r.Guid(1)),
        (EntityKind)r.Int(2),
        r.TimeOrNull(3) is not null,
        new LinkKeys(r.LongOrNull(4), r.LongOrNull(5)),
        FieldColumns.Read(r, 8, CompanyLinks.Needed),
        r.GuidOrNull(6) is { } company ? new CompanyLink(new GoldenId(company), (CompanyLinkRule)r.Int(7)) : null);
}
