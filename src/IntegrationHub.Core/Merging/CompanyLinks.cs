using System.Collections.Immutable;
using FuzzySharp;
using IntegrationHub.Matching;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Merging;

/// <summary>How it is known whom a contact works for.</summary>
public enum CompanyLinkRule
{
    /// <summary>The contact's mailbox is at the company's domain.</summary>
    Domain = 1,

    /// <summary>The contact names the company, and both are in one place.</summary>
    NameAndPlace = 2,

    /// <summary>The contact names the company; where one of the two is is not known.</summary>
    Name = 3,
}

/// <summary>Whom a contact works for.</summary>
/// <param name="Company">The company's golden record.</param>
/// <param name="Rule">How that is known.</param>
public readonly record struct CompanyLink(GoldenId Company, CompanyLinkRule Rule);

/// <summary>By which contacts and companies find each other; hashes that are the same in every run.</summary>
/// <param name="Domain">Of the company's site or mail, of the contact's work mail; null for none, or one where anybody may have an address.</param>
/// <param name="Name">Of the company's name without its legal form; null for none.</param>
public readonly record struct LinkKeys(long? Domain, long? Name);

/// <summary>
/// Links contacts to the companies that they work for: by the domain of their own work mail, else by the company's name, where the place does not say otherwise. Of several that may be it the one that has most for
/// it; none where two have as much. A pure function of the contact and the companies that share a key with it, so that it does not matter who came first.
/// </summary>
public static class CompanyLinks
{
    // So many companies of one name: it is a word such as "freelance", not a name.
    private const int MostOfOneName = 50;

    // The bits are few and rough: a domain outweighs a name that differs, a name alone is just enough, one in another town is not.
    private const int ByDomain = 40;
    private const int ByName = 30;
    private const int NameIsNear = 20;
    private const int NameDiffers = -10;
    private const int OtherDomain = -20;
    private const int SamePostcode = 15;
    private const int SameCity = 10;
    private const int OtherPlace = -10;
    private const int Enough = 30;

    // FuzzySharp's token set ratio, in percent: the same words in any order and number are 100.
    private const int Near = 85;
    private const int Far = 50;

    /// <summary>The fields that are looked at.</summary>
    public static ImmutableArray<Field> Needed { get; } = [Field.Email, Field.OtherEmails, Field.Company, Field.Domain, Field.City, Field.Postcode, Field.Country];

    /// <summary>The keys of a golden record.</summary>
    public static LinkKeys KeysOf(EntityKind kind, FieldValues values) =>
        new(DomainOf(kind, values) is { } domain ? Hash(domain) : null, NameOf(values) is { Length: > 0 } name ? Hash(name) : null);

    /// <summary>The company that the contact works for; null where none of them is it, or nobody can tell which.</summary>
    /// <param name="contact">The contact's values.</param>
    /// <param name="companies">The living companies that share a key with it, in any order.</param>
    public static CompanyLink? Choose(FieldValues contact, IReadOnlyList<(GoldenId Id, FieldValues Values)> companies)
    {
        var (best, score, tie) = (default(CompanyLink?), int.MinValue, false);
        var (domain, name) = (DomainOf(EntityKind.Contact, contact), NameOf(contact));
        var namesakes = companies.Count(c => name.Length > 0 && NameOf(c.Values) == name);
        foreach (var (id, values) in companies)
        {
            var (points, rule) = Weigh(contact, domain, name, values, namesakes > MostOfOneName);
            if (points < Enough || points < score) continue;
            tie = points == score;
            (best, score) = (new CompanyLink(id, rule), points);
        }

        return tie ? null : best;
    }

    private static (int Points, CompanyLinkRule Rule) Weigh(FieldValues contact, string? domain, string name, FieldValues company, bool nameTellsNothing)
    {
        var (theirs, other) = (DomainOf(EntityKind.Company, company), NameOf(company));
        var byDomain = domain is not null && domain == theirs;
        var byName = name.Length > 0 && name == other && !nameTellsNothing;
        if (!byDomain && !byName) return (0, default);
        var points = byDomain ? ByDomain : domain is not null && theirs is not null ? OtherDomain : 0;
        if (byName) points += ByName;
        else if (name.Length > 0 && other.Length > 0) points += Fuzz.TokenSetRatio(name, other) is var alike && alike >= Near ? NameIsNear : alike < Far ? NameDiffers : 0;
        var place = Place(contact, company);
        return (points + place, byDomain ? CompanyLinkRule.Domain : place > 0 ? CompanyLinkRule.NameAndPlace : CompanyLinkRule.Name);
    }

    private static int Place(FieldValues a, FieldValues b)
    {
        if (a[Field.Country] is { } x && b[Field.Country] is { } y && x != y) return OtherPlace;
        if (a[Field.Postcode] is { } one && one == b[Field.Postcode]) return SamePostcode;
        return a[Field.City] is { } here && b[Field.City] is { } there ? MatchRecord.Fold(here) == MatchRecord.Fold(there) ? SameCity : OtherPlace : 0;
    }

    /// <summary>The domain that tells the company: its own before that of its mailbox; a contact's first mailbox that is not at a free provider.</summary>
    /// <param name="kind">Contact or company.</param>
    /// <param name="values">Its values.</param>
    public static string? DomainOf(EntityKind kind, FieldValues values)
    {
        if (kind == EntityKind.Company && values[Field.Domain] is { } own && !EmailLists.IsFree(own)) return own.ToLowerInvariant();
        return DomainOf(values[Field.Email]) ?? values.List(Field.OtherEmails).Select(DomainOf).FirstOrDefault(d => d is not null);
    }

    private static string? DomainOf(string? email) =>
        email is not null && email.LastIndexOf('@') is var at and >= 0 && email[(at + 1)..].ToLowerInvariant() is { Length: > 0 } domain && !EmailLists.IsFree(domain) ? domain : null;

    private static string NameOf(FieldValues values) => values[Field.Company] is { } name ? Companies.Key(name) : "";

    private static long Hash(string text) => (long)StableHash.Of(text);
}
