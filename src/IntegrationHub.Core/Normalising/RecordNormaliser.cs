using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Issues with a record as a whole.</summary>
public static class RecordIssues
{
    /// <summary>The mapping calls the field required and the record has no usable value of it.</summary>
    public static readonly IssueCode Missing = new("record.missing");
}

/// <summary>Makes a clean record of a mapped one: each field by its own normaliser, each change with an issue, nothing lost.</summary>
public static class RecordNormaliser
{
    private static readonly Field[] PlainText = [Field.LegalForm, Field.Owner];
    // No cleaning makes a country of more.
    private const int LongestCode = 4_096;

    private static readonly Field[] AddressCells = [Field.StreetNumber, Field.Street, Field.Unit, Field.City, Field.State, Field.Postcode];

    /// <summary>Normalises a record. Pure: the same record gives the same result, whenever and wherever.</summary>
    public static CleanRecord Normalise(MappedRecord mapped)
    {
        var work = new Work(mapped.Raw, mapped.DateOrders);
        var country = work.Country(mapped.Region);
        work.Names(mapped.Kind);
        work.Email();
        work.Phone(country);
        work.Company(mapped.Kind);
        work.JobTitle();
        work.Address(country);
        work.BirthDate(country);
        foreach (var field in Fields.Moments) work.Moment(field, country);
        work.Codes();
        work.TimeZone(country);
        foreach (var field in PlainText) work.Text(field);
        work.Tags();
        var consents = work.Consents(mapped.Consents, country);
        foreach (var field in mapped.Required)
            if (work.Values[field] is null) work.Flag(field, RecordIssues.Missing, null);
        return new CleanRecord(mapped.Key, mapped.Kind, work.Values.Build(), work.Issues, consents, mapped.UpdatedAt);
    }

    /// <summary>One record on its way.</summary>
    private sealed class Work(FieldValues raw, ImmutableDictionary<Field, DateOrder> orders)
    {
        // Most records have none.
        private ImmutableArray<FieldIssue>.Builder? issues;

        public FieldValues.Builder Values { get; } = new();

        public ImmutableArray<FieldIssue> Issues => issues?.ToImmutable() ?? [];

        public void Flag(Field field, IssueCode code, string? value, bool rejected = false) =>
            (issues ??= ImmutableArray.CreateBuilder<FieldIssue>(2)).Add(new FieldIssue(field, code, value, rejected));

        private void Flag(Field field, ImmutableArray<IssueCode> codes, string? value, bool rejected)
        {
            foreach (var code in codes) Flag(field, code, value, rejected);
        }

        /// <summary>Sets the country, and tells the region that numbers and addresses of this record belong to.</summary>
        public string? Country(string? region)
        {
            if (raw[Field.Country] is not { } text) return region;
            var country = Countries.Normalise(text.Length > LongestCode ? text : Texts.Clean(text));
            Values[Field.Country] = country.Value;
            Flag(Field.Country, country.Issues, text, country.Value is null);
            return country.Value ?? region;
        }

        public void Names(EntityKind kind)
        {
            if (kind == EntityKind.Company)
            {
                // A company file's "name" is the company's.
                return;
            }

            var whole = raw[Field.FullName];
            var inParts = raw[Field.FirstName] ?? raw[Field.LastName];
            if (whole is null && inParts is null && (raw[Field.Title] ?? raw[Field.MiddleName] ?? raw[Field.Suffix] ?? raw[Field.Nickname] ?? raw[Field.MaidenName]) is null) return;
            var name = inParts is not null || whole is null
                ? PersonNames.NormaliseParts(
                    raw[Field.Title], raw[Field.FirstName], raw[Field.MiddleName], raw[Field.LastName], raw[Field.Suffix], raw[Field.Nickname], raw[Field.MaidenName])
                : PersonNames.Normalise(whole);
            Values[Field.Title] = name.Title;
            Values[Field.FirstName] = name.First;
            Values[Field.MiddleName] = name.Middle;
            Values[Field.LastName] = name.Last;
            Values[Field.Suffix] = name.Suffix;
            Values[Field.Nickname] = name.Nickname;
            Values[Field.MaidenName] = name.Maiden;
            if (name.Issues.IsEmpty) return;
            var about = name.Last is null && raw[Field.LastName] is null && raw[Field.FirstName] is not null ? Field.FirstName : Field.LastName;
            var value = inParts is not null ? string.Join(' ', new[] { raw[Field.FirstName], raw[Field.LastName] }.Where(p => p is not null)) : whole;
            Flag(about, name.Issues, value, name.Value is null);
        }

        public void Email()
        {
            if (raw[Field.Email] is { } text)
            {
                var email = EmailAddresses.Normalise(text);
                Values[Field.Email] = email.Value;
                Values[Field.EmailKey] = email.Key;
                Flag(Field.Email, email.Issues, text, email.Value is null);
            }

            if (raw[Field.OtherEmails] is null) return;
            SetList(Field.OtherEmails, raw.List(Field.OtherEmails), Values[Field.Email], item =>
            {
                var email = EmailAddresses.Normalise(item);
                return (email.Value, email.Issues);
            });
        }

        public void Phone(string? region)
        {
            var others = raw.List(Field.OtherPhones);
            if (raw[Field.Phone] is { } text)
            {
                var phone = Phones.Normalise(text, region);
                Values[Field.Phone] = phone.Value;
                Values[Field.PhoneExtension] = phone.Extension ?? (phone.Value is null ? null : DigitsOf(raw[Field.PhoneExtension]));
                Values[Field.PhoneKey] = phone.Key;
                Flag(Field.Phone, phone.Issues, text, phone.Value is null);
                others = others.AddRange(phone.Others);
            }

            if (!others.IsEmpty) OtherPhones(others, region);
        }

        // By itself, since what is captured is made even where there are none.
        private void OtherPhones(ImmutableArray<string> others, string? region) => SetList(Field.OtherPhones, others, Values[Field.Phone], item =>
        {
            var phone = Phones.Normalise(item, region);
            return (phone.Value, phone.Issues);
        });

        public void Company(EntityKind kind)
        {
            if ((raw[Field.Company] ?? (kind == EntityKind.Company ? raw[Field.FullName] : null)) is { } text)
            {
                var company = Companies.Normalise(text);
                Values[Field.Company] = company.Name ?? company.Value;
                Values[Field.LegalForm] = company.LegalForm;
                Flag(Field.Company, company.Issues, text, company.Value is null);
            }

            if (raw[Field.Domain] is { } site)
            {
                Values[Field.Domain] = HostOf(site);
                if (Values[Field.Domain] is null) Flag(Field.Domain, EmailIssues.Invalid, site, rejected: true);
            }
        }

        public void JobTitle()
        {
            if (raw[Field.JobTitle] is not { } text) return;
            var title = JobTitles.Normalise(text);
            Values[Field.JobTitle] = title.Value;
            Flag(Field.JobTitle, title.Issues, text, title.Value is null);
        }

        public void Address(string? country)
        {
            var inParts = HasAddressCells();
            if (!inParts && raw[Field.FullAddress] is null) return;
            var address = inParts
                ? Addresses.Cells(
                    raw[Field.StreetNumber], raw[Field.Street], raw[Field.Unit], raw[Field.City], raw[Field.State], raw[Field.Postcode], Values[Field.Country], country, out _, out _)
                : Addresses.Normalise(raw[Field.FullAddress]!, country);
            Values[Field.StreetNumber] = address.Number;
            Values[Field.Street] = address.Street;
            Values[Field.Unit] = address.Unit;
            Values[Field.City] = address.City;
            Values[Field.State] = address.State;
            Values[Field.Postcode] = address.Postcode;
            Values[Field.Country] ??= address.Country;
            if (address.Issues.IsEmpty) return;
            Flag(Field.Street, address.Issues, inParts ? Joined(AddressCells) : raw[Field.FullAddress], inParts ? address.IsEmpty : address.Value is null);
        }

        private bool HasAddressCells()
        {
            foreach (var cell in AddressCells)
                if (raw[cell] is not null) return true;
            return false;
        }

        private string Joined(Field[] cells) => string.Join(", ", cells.Select(cell => raw[cell]).Where(v => v is not null));

        public void BirthDate(string? region)
        {
            if (raw[Field.BirthDate] is not { } text) return;
            var date = Dates.Normalise(text, region, OrderOf(Field.BirthDate));
            Values[Field.BirthDate] = date.Value;
            Flag(Field.BirthDate, date.Issues, text, date.Value is null);
        }

        private DateOrder? OrderOf(Field field) => orders.TryGetValue(field, out var order) ? order : null;

        /// <summary>Of several the one that the field stands for; one that cannot be read takes nothing from the others.</summary>
        public void Moment(Field field, string? region)
        {
            if (raw[field] is null) return;
            string? kept = null;
            foreach (var item in raw.List(field))
            {
                var moment = Moments.Normalise(item, region, OrderOf(field));
                Flag(field, moment.Issues, item, moment.Value is null);
                if (moment.Value is { } value && (kept is null || string.CompareOrdinal(value, kept) > 0 == (field == Field.EngagedAt))) kept = value;
            }

            Values[field] = kept;
        }

        public void TimeZone(string? region)
        {
            if (raw[Field.TimeZone] is not { } text) return;
            var zone = TimeZones.Normalise(text, region);
            Values[Field.TimeZone] = zone.Value;
            Flag(Field.TimeZone, zone.Issues, text, zone.Value is null);
        }

        /// <summary>Ids and languages: letters and digits, in one case.</summary>
        public void Codes()
        {
            if (raw[Field.NationalId] is { } id) Values[Field.NationalId] = string.Concat(id.Where(char.IsLetterOrDigit)).ToUpperInvariant();
            if (raw[Field.Language] is not { } text) return;
            var language = Languages.Normalise(text);
            Values[Field.Language] = language.Value;
            Flag(Field.Language, language.Issues, text, language.Value is null);
        }

        public void Text(Field field)
        {
            if (Values[field] is not null || raw[field] is not { } text) return;
            var clean = Texts.Normalise(text);
            var value = clean.Value is null ? null : Texts.Clean(clean.Value);
            Values[field] = value;
            Flag(field, clean.Issues, text, value is null && !string.IsNullOrWhiteSpace(text));
        }

        public void Tags()
        {
            if (raw[Field.Tags] is not null) Values.SetList(Field.Tags, raw.List(Field.Tags).Select(Texts.Clean));
        }

        public ImmutableArray<ConsentClaim> Consents(ImmutableArray<ConsentClaim> claims, string? region)
        {
            if (claims.IsDefaultOrEmpty) return [];
            var kept = ImmutableArray.CreateBuilder<ConsentClaim>(claims.Length);
            foreach (var claim in claims)
            {
                var point = claim.Channel == Channel.Email ? EmailAddresses.Normalise(claim.Point).Value : Phones.Normalise(claim.Point, region).Value;
                if (point is not null) kept.Add(claim with { Point = point });
                else Flag(claim.Channel == Channel.Email ? Field.Email : Field.Phone, ConsentIssues.Point, claim.Point);
            }

            return kept.ToImmutable();
        }

        private void SetList(Field field, ImmutableArray<string> items, string? single, Func<string, (string? Value, ImmutableArray<IssueCode> Issues)> normalise)
        {
            var values = new List<string>(items.Length);
            foreach (var item in items)
            {
                var (value, codes) = normalise(item);
                if (value is null) Flag(field, codes, item, rejected: true);
                else if (value != single) values.Add(value);
            }

            Values.SetList(field, values);
        }

        private static string? DigitsOf(string? text) => text is null ? null : string.Concat(text.Where(char.IsAsciiDigit));

        /// <summary>The host of a web address or the address itself, lower case, without <c>www.</c>; null where there is none.</summary>
        private static string? HostOf(string site)
        {
            var text = site.Trim().ToLowerInvariant();
            if (!text.Contains("://", StringComparison.Ordinal)) text = "http://" + text;
            if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.HostNameType != UriHostNameType.Dns || !uri.Host.Contains('.')) return null;
            return uri.Host.StartsWith("www.", StringComparison.Ordinal) ? uri.Host[4..] : uri.Host;
        }
    }
}
