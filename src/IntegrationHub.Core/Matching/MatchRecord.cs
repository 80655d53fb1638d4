using System.Collections.Immutable;
using System.Text;
using AnyAscii;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>A clean record prepared for being compared many times: folded to lower-case ASCII letters and digits, split into what is compared.</summary>
public sealed class MatchRecord
{
    private MatchRecord(CleanRecord record, HubList hubs)
    {
        var v = record.Values;
        Key = record.Key;
        Kind = record.Kind;
        Given = Fold(v[Field.FirstName]);
        Middle = Fold(v[Field.MiddleName]);
        Last = Fold(v[Field.LastName]);
        Maiden = Fold(v[Field.MaidenName]);
        Nickname = Fold(v[Field.Nickname]);
        Suffix = Kind == EntityKind.Contact ? Generation(Fold(v[Field.Suffix])) : Compact(v[Field.LegalForm]);
        if (Kind == EntityKind.Contact && Last.LastIndexOf(' ') is var blank and > 0 && Generation(Last[(blank + 1)..]) is { Length: > 0 } generation)
        {
            // A form has no cell for it, so it stands behind the name.
            Last = Last[..blank];
            if (Suffix.Length == 0) Suffix = generation;
        }

        (EmailLocal, EmailDomain) = SplitEmail(v[Field.EmailKey] ?? v[Field.Email]?.ToLowerInvariant());
        Email = EmailDomain.Length == 0 ? "" : $"{EmailLocal}@{EmailDomain}";
        OtherEmails = [.. v.List(Field.OtherEmails).Select(e => e.ToLowerInvariant())];
        Phone = hubs.Without(Comparison.Phone, Digits(v[Field.PhoneKey] ?? v[Field.Phone]));
        OtherPhones = [.. v.List(Field.OtherPhones).Select(Digits)];
        Company = Kind == EntityKind.Contact ? Fold(v[Field.Company]) : Companies.Key(v[Field.Company] ?? "");
        Domain = v[Field.Domain]?.ToLowerInvariant() ?? "";
        JobTitle = Fold(v[Field.JobTitle]);
        StreetNumber = Streets.Number(Compact(v[Field.StreetNumber]), v[Field.StreetNumber]);
        Street = Fold(v[Field.Street]);
        StreetCore = Street.Length > 0 ? Streets.Core(Street) : "";
        City = Fold(v[Field.City]);
        State = Fold(v[Field.State]);
        Postcode = Compact(v[Field.Postcode]);

        // The four digits behind an American zip code are seldom known and mostly of a post box.
        if (Postcode.Length == 9 && Postcode.All(char.IsAsciiDigit)) Postcode = Postcode[..5];
        Country = v[Field.Country] ?? "";
        BirthDate = hubs.Without(Comparison.BirthDate, v[Field.BirthDate] ?? "");
        NationalId = hubs.Without(Comparison.NationalId, Compact(v[Field.NationalId]));
        Flags = (EmailLocal.Length > 0 && (Mailboxes.IsShared(EmailLocal) || hubs.Has(Comparison.Email, Email)) ? RecordFlags.SharedMailbox : 0)
            | (EmailDomain.Length > 0 && Mailboxes.IsFree(EmailDomain) ? RecordFlags.FreeDomain : 0)
            | (EmailLocal.Length > 0 && Mailboxes.IsBuiltFrom(EmailLocal, Given, Last) ? RecordFlags.LocalFromName : 0);
    }

    /// <summary>The source record.</summary>
    public SourceKey Key { get; }

    /// <summary>Contact or company.</summary>
    public EntityKind Kind { get; }

    internal string Given { get; }

    internal string Middle { get; }

    internal string Last { get; }

    internal string Maiden { get; }

    internal string Nickname { get; }

    /// <summary>A contact's generation; a company's legal form.</summary>
    internal string Suffix { get; }

    internal string Email { get; }

    internal string EmailLocal { get; }

    internal string EmailDomain { get; }

    internal ImmutableArray<string> OtherEmails { get; }

    internal string Phone { get; }

    internal ImmutableArray<string> OtherPhones { get; }

    internal string Company { get; }

    internal string Domain { get; }

    internal string JobTitle { get; }

    internal string StreetNumber { get; }

    internal string Street { get; }

    /// <summary>The street without the word for its kind.</summary>
    internal string StreetCore { get; }

    internal string City { get; }

    internal string State { get; }

    internal string Postcode { get; }

    internal string Country { get; }

    internal string BirthDate { get; }

    internal string NationalId { get; }

    internal RecordFlags Flags { get; }

    /// <summary>
    /// True where a field of the mapped record has a part in how its clean record compares: as it stands, or because names, numbers and addresses are read with its help. Who only compares
    /// need not normalise the others.
    /// </summary>
    public static bool DependsOn(Field field) =>
        field is not (Field.Language or Field.Owner or Field.TimeZone or Field.EngagedAt or Field.KnownSince or Field.Tags or Field.PhoneExtension);

    /// <summary>Prepares a clean record.</summary>
    public static MatchRecord From(CleanRecord record) => new(record, HubList.None);

    /// <summary>Prepares a clean record for a model, without the values that it knows as hubs.</summary>
    public static MatchRecord From(CleanRecord record, MatchModel model) => new(record, model.Hubs);

    /// <summary>Lower-case ASCII words with one blank between them: <c>José O'Brien-Müller</c> is <c>jose obrien muller</c>. Empty for nothing.</summary>
    internal static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var ascii = Ascii.IsValid(text) ? text : text.Transliterate();
        var folded = new StringBuilder(ascii.Length);
        foreach (var c in ascii)
        {
            if (char.IsAsciiLetterOrDigit(c)) folded.Append(char.ToLowerInvariant(c));
            else if (c is not ('\'' or '.' or '`') && folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }

        if (folded.Length > 0 && folded[^1] == ' ') folded.Length--;
        return folded.ToString();
    }

    /// <summary>Folded, without blanks.</summary>
    private static string Compact(string? text) => Fold(text).Replace(" ", "", StringComparison.Ordinal);

    private static string Digits(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var digits = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsAsciiDigit(c)) digits.Append(c);
        return digits.ToString();
    }

    private static (string Local, string Domain) SplitEmail(string? email)
    {
        var at = email?.LastIndexOf('@') ?? -1;
        return at <= 0 ? ("", "") : (email![..at], email[(at + 1)..]);
    }

    /// <summary>Only what tells father from son: jr, sr, 2, 3, 4. Degrees and titles tell nothing.</summary>
    private static string Generation(string suffix)
    {
        foreach (var word in suffix.Split(' '))
            switch (word)
            {
                case "jr" or "jnr" or "jun" or "junior" or "fils": return "jr";
                case "sr" or "snr" or "sen" or "senior" or "pere": return "sr";
                case "ii" or "2nd": return "2";
                case "iii" or "3rd": return "3";
                case "iv" or "4th": return "4";
            }

        return "";
    }
}

/// <summary>What a record's values say together.</summary>
[Flags]
internal enum RecordFlags : byte
{
    None = 0,

    /// <summary>Several people read the mailbox.</summary>
    SharedMailbox = 1,

    /// <summary>Anybody may have an address at the domain.</summary>
    FreeDomain = 2,

    /// <summary>The local part is made of the record's own names.</summary>
    LocalFromName = 4,
}
