using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Files;

/// <summary>What the columns of a file hold, told by their usual names.</summary>
public static class ContactColumns
{
    private static readonly Dictionary<string, Field> Names = Build(
        (Field.Title, "title salutation name_prefix prefix"),
        (Field.FirstName, "first_name given_name firstname fname forename first given fname_c1"),
        (Field.MiddleName, "middle_name middle_initial middlename middle mname fname_c2"),
        (Field.LastName, "last_name surname lastname lname family_name last lname_c1"),
        (Field.Suffix, "suffix name_suffix generation"),
        (Field.Nickname, "nickname nick_name"),
        (Field.MaidenName, "maiden_name birth_name"),
        (Field.FullName, "full_name name fullname contact_name person_name"),
        (Field.Email, "email e_mail email_address emailaddress mail email_1"),
        (Field.Phone, "phone phone_number phonenumber telephone tel mobile cell mobile_phone phone_1"),
        (Field.Company, "company company_name organisation organization organisation_name organization_name site_name employer account_name business_name"),
        (Field.LegalForm, "legal_form"),
        (Field.JobTitle, "job_title jobtitle occupation position role"),
        (Field.StreetNumber, "street_number house_number housenumber"),
        (Field.Street, "street address address_1 address1 address_line_1 street_address streetaddress"),
        (Field.Unit, "unit apartment suite flat"),
        (Field.City, "city suburb birth_place town locality"),
        (Field.Postcode, "postcode zip postcode_fake zip_code zipcode postal_code postalcode"),
        (Field.State, "state province region county state_code"),
        (Field.Country, "country country_code"),
        (Field.BirthDate, "dob date_of_birth birth_date birthdate birthday"),
        (Field.NationalId, "soc_sec_id ssn national_id social_security_number tax_id vat_id"),
        (Field.Language, "language locale"),
        (Field.Owner, "owner contact_owner account_owner lead_owner owner_name hubspot_owner sales_rep"),
        (Field.Domain, "domain website web url homepage"),
        (Field.TimeZone, "time_zone timezone tz iana_timezone iana_time_zone"),
        (Field.EngagedAt,
            "engaged_at last_engaged last_engaged_at last_engagement last_engagement_date last_activity last_activity_at last_activity_date last_active last_active_at last_seen last_seen_at "
            + "last_open last_open_date last_opened last_opened_at last_email_open last_email_open_date last_marketing_email_open_date last_click last_click_date last_clicked last_clicked_at "
            + "last_email_click last_email_click_date last_marketing_email_click_date last_visit last_visit_date last_visited last_visited_at last_login last_login_at last_order last_order_at "
            + "last_order_date last_purchase last_purchase_date last_reply last_reply_date last_contacted last_contacted_at last_contacted_date notes_last_contacted time_of_last_visit time_of_last_session"),
        (Field.KnownSince,
            "known_since created created_at created_date created_on create_date createdate date_created creation_date signup_date sign_up_date signed_up signed_up_at registered registered_at "
            + "registration_date date_added added added_at added_on subscribed_at member_since customer_since optin_time first_seen first_seen_at"));

    private static readonly HashSet<string>[] BirthWords =
    [
        Words("by birth_year year_of_birth birthyear yob"), Words("bm birth_month month_of_birth birthmonth mob"), Words("bd birth_day day_of_birth"),
    ];

    private static readonly HashSet<string> Keys = ["id", "unique_id", "rec_id", "record_id"];

    /// <summary>Columns where yes means yes.</summary>
    private static readonly HashSet<string> Consents = Words(
        "consent email_consent marketing_consent gdpr_consent opt_in optin email_opt_in marketing_opt_in email_optin newsletter subscribed email_subscribed subscription_status "
        + "email_status email_subscription_status email_marketing_status accepts_marketing accepts_email_marketing marketing_status");

    /// <summary>Columns where yes means no.</summary>
    private static readonly HashSet<string> Refusals = Words("unsubscribed opt_out optout email_opt_out has_opted_out_of_email opted_out do_not_email do_not_contact unsubscribed_from_all_email");

    private static readonly HashSet<string> ChangeTimes = Words(
        "updated_at last_modified last_modified_date modified modified_at modified_date last_changed last_change updated last_updated update_date");

    private static readonly HashSet<string> FurtherAddressLines = ["address_2", "address2", "address_line_2", "address_3", "address3"];

    /// <summary>The field that a column of this name holds; null for columns that are not known.</summary>
    public static Field? FieldOf(string header) => Names.TryGetValue(Fold(header), out var field) ? field : null;

    /// <summary>The columns of year, month and day of birth, in this order; none where one of them is missing.</summary>
    public static int[] BirthParts(IReadOnlyList<string> headers, IReadOnlyList<int> readable)
    {
        int[] found = [.. BirthWords.Select(words => readable.Cast<int?>().FirstOrDefault(c => words.Contains(Fold(headers[c!.Value]))) ?? -1)];
        return found.Contains(-1) ? [] : found;
    }

    /// <summary>True for columns that name the row and say nothing of the contact.</summary>
    public static bool IsKey(string header) => Keys.Contains(Fold(header));

    /// <summary>True for second and third address lines, which are joined to the street.</summary>
    public static bool IsFurtherAddress(string header) => FurtherAddressLines.Contains(Fold(header));

    /// <summary>True for columns of consent to e-mail, false for columns of refusals, null for all others.</summary>
    public static bool? ConsentOf(string header) => Consents.Contains(Fold(header)) ? true : Refusals.Contains(Fold(header)) ? false : null;

    /// <summary>True for columns that tell when a row was last changed.</summary>
    public static bool IsChangeTime(string header) => ChangeTimes.Contains(Fold(header));

    private static HashSet<string> Words(string words) => words.Split(' ').ToHashSet(StringComparer.Ordinal);

    private static string Fold(string header) =>
        string.Join('_', new string([.. header.Trim().Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static Dictionary<string, Field> Build(params (Field Field, string Names)[] rows) =>
        rows.SelectMany(r => r.Names.Split(' ').Select(n => (Name: n, r.Field))).ToDictionary(p => p.Name, p => p.Field, StringComparer.Ordinal);
}
