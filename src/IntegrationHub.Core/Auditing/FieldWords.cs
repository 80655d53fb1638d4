namespace IntegrationHub.Auditing;

/// <summary>Fields' names in sentences.</summary>
internal static class FieldWords
{
    internal static string One(string field) => field switch
    {
        "email" => "e-mail address",
        "phone" => "phone number",
        "company" => "company name",
        "state" => "state or region",
        "birth_date" => "date of birth",
        "national_id" => "national id",
        _ => field.Replace('_', ' '),
    };

    internal static string Many(string field) => field switch
    {
        "email" => "e-mail addresses",
        "address" => "addresses",
        "company" => "company names",
        "city" => "cities",
        "country" => "countries",
        "state" => "states or regions",
        "birth_date" => "dates of birth",
        "other_emails" or "other_phones" or "tags" => One(field),
        _ => One(field) + "s",
    };
}
