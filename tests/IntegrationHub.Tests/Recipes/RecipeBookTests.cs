using System.Text;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Recipes;

public sealed class RecipeBookTests
{
    private static readonly RecipeBook Book = RecipeBook.Load(Repository.Mappings);

    private static MappedRecord Map(SourceRecipe? recipe, string json) =>
        Assert.IsType<SourceRecipe>(recipe).Mapping.Apply(new SourceKey("s", Streams.Contacts, "1"), Encoding.UTF8.GetBytes(json));

    [Fact]
    public void A_contact_of_HubSpot_is_read_as_its_api_answers_it()
    {
        var mapped = Map(Book.For("hubspot", Streams.Contacts), """
            {"id":"512","properties":{"createdate":"2026-01-05T10:00:00.000Z","email":"ada@example.com","firstname":"Ada","hs_object_id":"512",
            "hs_additional_emails":"a.byron@example.com;ada2@example.com","mobilephone":"+16135550135","hs_email_optout":"true","zip":"SW1Y 4LB",
            "lastmodifieddate":"2026-11-01T08:30:00.000Z","lastname":"Byron"},"createdAt":"2026-01-05T10:00:00.000Z","updatedAt":"2026-11-01T08:30:00.000Z","archived":false}
            """);
        Assert.Equal("Byron", mapped.Raw[Field.LastName]);
        Assert.Equal("SW1Y 4LB", mapped.Raw[Field.Postcode]);
        Assert.Equal("+16135550135", mapped.Raw[Field.Phone]);
        Assert.Equal(["a.byron@example.com", "ada2@example.com"], mapped.Raw.List(Field.OtherEmails).AsEnumerable());
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 8, 30, 0, TimeSpan.Zero), mapped.UpdatedAt);
        Assert.Equal([new ConsentClaim(Channel.Email, "marketing", "ada@example.com", ConsentState.Denied, null)], mapped.Consents.AsEnumerable());
    }

    [Fact]
    public void A_member_of_Mailchimp_is_read_as_its_api_answers_it()
    {
        var mapped = Map(Book.For("mailchimp", Streams.Contacts), """
            {"id":"9e26f1c2","email_address":"ada@example.com","full_name":"Ada Byron","status":"subscribed",
            "merge_fields":{"FNAME":"Ada","LNAME":"Byron","PHONE":"","ADDRESS":{"addr1":"1 St James Sq","addr2":"","city":"London","state":"","zip":"SW1Y 4LB","country":"GB"}},
            "last_changed":"2026-11-01T08:30:00+00:00","language":"pt_PT","tags":[{"id":7,"name":"b2b"}]}
            """);
        Assert.Equal("1 St James Sq", mapped.Raw[Field.Street]);
        Assert.Equal("GB", mapped.Raw[Field.Country]);
        Assert.Equal("pt-pt", mapped.Raw[Field.Language]);
        Assert.Equal("b2b", mapped.Raw[Field.Tags]);
        Assert.Null(mapped.Raw[Field.Phone]);
        Assert.Equal([ConsentState.Granted], mapped.Consents.Select(c => c.State));
    }

    [Fact]
    public void A_member_of_Mailchimp_without_an_address_has_an_empty_text_there() =>
        Assert.Null(Map(Book.For("mailchimp", Streams.Contacts), """{"email_address":"a@x.com","merge_fields":{"ADDRESS":""}}""").Raw[Field.Street]);

    [Fact]
    public void A_customer_of_Shopify_is_read_as_its_api_answers_it()
    {
        var mapped = Map(Book.For("shopify", Streams.Contacts), """
            {"id":"gid://shopify/Customer/207119551","firstName":"Ada","lastName":"Byron","updatedAt":"2026-11-01T08:30:00Z",
            "defaultEmailAddress":{"emailAddress":"ada@example.com","marketingState":"NOT_SUBSCRIBED"},"defaultPhoneNumber":{"phoneNumber":"+16135550135","marketingState":"SUBSCRIBED"},
            "defaultAddress":{"address1":"1 St James Sq","city":"London","zip":"SW1Y 4LB","countryCodeV2":"GB","company":null},"tags":["vip"]}
            """);
        Assert.Equal("ada@example.com", mapped.Raw[Field.Email]);
        Assert.Equal("London", mapped.Raw[Field.City]);
        Assert.Null(mapped.Raw[Field.Company]);
        Assert.Equal("vip", mapped.Raw[Field.Tags]);
        Assert.Equal([new ConsentClaim(Channel.Sms, "marketing", "+16135550135", ConsentState.Granted, null)], mapped.Consents.AsEnumerable());
    }

    [Theory]
    [InlineData("hubspot-export", "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date (UTC)")]
    [InlineData("mailchimp-export", "Email Address,First Name,Last Name,Address,Phone Number,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS")]
    [InlineData("shopify-export", "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags")]
    [InlineData("salesforce-export", "Id,IsDeleted,AccountId,LastName,FirstName,Salutation,MailingStreet,MailingCity,Phone,Email,Title")]
    [InlineData("salesforce-leads", "Id,LastName,FirstName,Company,Email,Status,IsConverted")]
    [InlineData("salesforce-report", "Salutation,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Email,Phone")]
    public void An_export_is_known_by_its_header_row(string layout, string headers)
    {
        Assert.Equal(layout, Book.ForHeaders(headers.Split(','))?.Mapping.Definition.Layout?.Name);
        Assert.Equal(layout, Book.ForHeaders([.. headers.ToUpperInvariant().Split(',').Reverse().Select(h => $" {h} ")])?.Mapping.Definition.Layout?.Name);
    }

    [Fact]
    public void The_files_connector_knows_the_same_layouts_by_the_same_columns()
    {
        static string Told(string name, IEnumerable<string> headers, IEnumerable<string> key) => $"{name}: {string.Join(',', headers.Order(StringComparer.Ordinal))}: {string.Join(',', key)}";
        Assert.Subset(
            Book.Layouts.Select(l => Told(l.Name, l.Headers, l.Key)).ToHashSet(),
            IntegrationHub.Connectors.Files.FileLayouts.All.Select(l => Told(l.Name, l.Headers, l.Key)).ToHashSet());
    }

    [Fact]
    public void A_list_of_badges_is_known_by_its_columns()
    {
        var recipe = Book.ForHeaders(["Badge", "Attendee", "Mail", "Tel", "Firma", "Ort", "Day"]);
        var mapped = Map(recipe, """{"Badge":"B10001","Attendee":"Turing, Alan","Mail":"alan@example.com","Tel":"030 901820","Firma":"Bletchley Park","Ort":"Berlin","Day":"Mo"}""");
        Assert.Equal("Turing, Alan", mapped.Raw[Field.FullName]);
        Assert.Equal("DE", mapped.Region);
        Assert.Equal(["Badge"], recipe!.Mapping.Definition.Layout!.Key.AsEnumerable());
    }

    [Fact]
    public void A_header_row_that_no_layout_has_is_not_known() => Assert.Null(Book.ForHeaders(["First Name", "Last Name", "Email"]));

    [Fact]
    public void Someone_who_confirmed_and_left_has_left_in_a_Mailchimp_export()
    {
        var mapped = Map(Book.ForLayout("mailchimp-export"), """{"Email Address":"a@x.com","CONFIRM_TIME":"2025-01-02 03:04:05","UNSUB_TIME":"2026-01-02 03:04:05","TAGS":"\"vip\",\"b2b\""}""");
        Assert.Equal([new ConsentClaim(Channel.Email, "marketing", "a@x.com", ConsentState.Denied, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))], mapped.Consents.AsEnumerable());
        Assert.Equal(["b2b", "vip"], mapped.Raw.List(Field.Tags).AsEnumerable());
    }

    [Fact]
    public void Shopifys_apostrophes_before_numbers_are_gone() =>
        Assert.Equal("+15551234567", Map(Book.ForLayout("shopify-export"), """{"Phone":"'+15551234567"}""").Raw[Field.Phone]);

    [Fact]
    public void No_mapping_writes_back_as_delivered() => Assert.DoesNotContain(Book.Mappings, m => m.WriteBack.Enabled);

    [Fact]
    public void A_system_without_a_mapping_has_none() => Assert.Null(Book.For("hubspot", Streams.Orders));

    [Fact]
    public void Mistakes_of_all_files_are_told_at_once()
    {
        var folder = Directory.CreateTempSubdirectory("recipes");
        try
        {
            var sources = folder.CreateSubdirectory("sources").FullName;
            File.WriteAllText(Path.Combine(sources, "a.yaml"), "connector: crm\nfields: { emial: e }\n");
            File.WriteAllText(Path.Combine(sources, "b.yaml"), "connector: crm\nfields: { email: e }\n");
            File.WriteAllText(Path.Combine(sources, "c.yaml"), "connector: crm\nfields: { email: e }\n");
            File.WriteAllText(Path.Combine(folder.FullName, "survivorship.yaml"), "rules: [newest]\n");
            File.WriteAllText(Path.Combine(folder.FullName, "audit.yaml"), "weights: { validity: 1 }\nfields: { emial: 1 }\n");
            var errors = Assert.Throws<RecipeException>(() => RecipeBook.Load(folder.FullName)).Errors.Select(e => $"{Path.GetFileName(e.File)}:{e.Line} {e.Message}").ToArray();
            Assert.Equal(4, errors.Length);
            Assert.StartsWith("audit.yaml:2 unknown field 'emial'. Did you mean 'email'?", errors[0]);
            Assert.StartsWith("a.yaml:2 unknown field 'emial'. Did you mean 'email'?", errors[1]);
            Assert.StartsWith("c.yaml:1 'b' is a mapping for crm's contacts too", errors[2]);
            Assert.StartsWith("survivorship.yaml:1 unknown rule 'newest'.", errors[3]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_missing_folder_is_named() => Assert.Contains("no such folder", Assert.Throws<RecipeException>(() => RecipeBook.Load("no-such-folder")).Message);
}
