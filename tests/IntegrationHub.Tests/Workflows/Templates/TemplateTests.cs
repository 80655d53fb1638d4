using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Workflows.Samples;

namespace IntegrationHub.Tests.Workflows;

public sealed class TemplateTests
{
    private const string Head = "---\nchannel: email\npurpose: transactional\nsubject: Hello\n---\n";

    private static string Body(string body, TemplateData data) => Rendered(Template(body), data).Text.TrimEnd('\n');

    private static IReadOnlyList<string> Mistakes(string text) => [.. MessageTemplate.Parse("hello", text).Errors.Select(e => e.ToString())];

    [Fact]
    public void Fields_of_the_contact_stand_in_subject_and_text()
    {
        var mail = Rendered(Template("<p>Dear {{ contact.first_name }} of {{ contact.company }}</p>", "channel: email\npurpose: transactional\nsubject: \"For {{ contact.name }}\"\npreheader: In short"),
            Data((Field.FirstName, "Ada"), (Field.LastName, "Byron"), (Field.Company, "Engines")));
        Assert.Equal(("For Ada Byron", "In short", "Dear Ada of Engines\n"), (mail.Subject, mail.Preheader, mail.Text));
        Assert.Contains("<p>Dear Ada of Engines</p>", mail.Html);
        Assert.Contains(">In short", mail.Html);
    }

    [Fact]
    public void What_a_contact_wrote_is_text_and_never_markup()
    {
        var mail = Rendered(Template("<p>{{ contact.first_name }}</p>", "channel: email\npurpose: transactional\nsubject: \"Hi {{ contact.first_name }}\""), Data((Field.FirstName, "<script>alert(1)</script>\nBcc: all@x.com")));
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", mail.Html);
        Assert.DoesNotContain("<script", mail.Html);
        Assert.Equal("Hi <script>alert(1)</script> Bcc: all@x.com", mail.Subject);
    }

    [Fact]
    public void A_missing_field_skips_the_contact_and_is_named()
    {
        var skipped = Assert.IsType<RenderResult.Skipped>(Template("<p>{{ contact.first_name }}</p>").Render(Data(), Noon));
        Assert.Equal(("template_field_missing", "contact.first_name"), (skipped.Reason, skipped.Field));
    }

    [Theory]
    [InlineData("{{ contact.first_name | upcase }}", "contact.first_name")]
    [InlineData("{{ 'Hi ' | append: contact.first_name }}", "contact.first_name")]
    [InlineData("{{ contact.nickname | default: contact.first_name }}", "contact.nickname")]
    [InlineData("{% for item in cart.items %}{{ item.name }}{% endfor %}", "item.name")]
    [InlineData("{{ parameters.topic }}", "parameters.topic")]
    [InlineData("{{ cart.value_minor | money: contact.country }}", "contact.country")]
    public void So_does_one_behind_a_filter_in_a_loop_or_in_an_argument(string text, string field)
    {
        var skipped = Assert.IsType<RenderResult.Skipped>(Template($"<p>{text}</p>").Render(Data() with { Cart = Cart }, Noon));
        Assert.Equal(field, skipped.Field);
    }

    [Theory]
    [InlineData("Hi {{ contact.first_name | default: \"there\" }}", "Hi there")]
    [InlineData("Hi {{ contact.first_name | upcase | default: \"there\" }}", "Hi there")]
    [InlineData("Hi {{ contact.nickname | default: contact.first_name | default: \"there\" }}", "Hi there")]
    [InlineData("Hi{% if contact.first_name %} {{ contact.first_name }}{% endif %}", "Hi")]
    [InlineData("{% unless contact.company %}Hi{% endunless %}", "Hi")]
    [InlineData("{% assign who = contact.first_name | default: \"you\" %}Hi {{ who }}", "Hi you")]
    [InlineData("{% case contact.country %}{% when 'GB' %}{{ contact.city }}{% else %}Hi{% endcase %}", "Hi")]
    public void A_default_or_a_condition_lets_a_field_be_missing(string text, string expected) => Assert.Equal(expected, Body($"<p>{text}</p>", Data()));

    [Fact]
    public void Items_of_a_cart_are_looped_over_with_amounts_in_its_currency() =>
        Assert.Equal(
            "- 2 × Tea & pot, €18.50\n- 1 × C-9, €5.00\n\nTogether €42.00, in two lines",
            Body("<ul>{% for item in cart.items %}<li>{{ item.quantity }} × {{ item.name | default: item.sku }}, {{ item.price_minor | money }}</li>{% endfor %}</ul>"
                + "<p>Together {{ cart.value_minor | money: cart.currency }}, in {% if cart.items.size == 2 %}two{% endif %} lines</p>", Data() with { Cart = Cart }));

    [Theory]
    [InlineData(123450, "EUR", "€1,234.50")]
    [InlineData(-500, "usd", "-$5.00")]
    [InlineData(980, "JPY", "¥980")]
    [InlineData(1200, "CHF", "CHF 12.00")]
    [InlineData(1500, "KWD", "KWD 1.500")]
    [InlineData(0, "GBP", "£0.00")]
    [InlineData(long.MinValue, "EUR", "-€92,233,720,368,547,758.08")]
    public void Money_is_written_as_its_currency_has_it(long minor, string currency, string expected) => Assert.Equal(expected, Money.Format(minor, currency));

    [Theory]
    [InlineData("Asia/Tokyo", "Monday 2 March, 08:30")]
    [InlineData("America/New_York", "Sunday 1 March, 18:30")]
    [InlineData(null, "Sunday 1 March, 23:30")]
    [InlineData("Mars/Olympus", "Sunday 1 March, 23:30")]
    public void Times_are_those_of_the_contacts_own_zone(string? zone, string expected) =>
        Assert.Equal(expected, Body("<p>{{ event.at | date: \"%A %-d %B, %H:%M\" }}</p>", Data() with { TimeZone = zone, Event = new TemplateEvent("form.submitted", Noon.AddHours(11.5), Json("{}")) }));

    [Fact]
    public void The_golden_record_s_zone_goes_before_the_hub_s() =>
        Assert.Equal("21:00", Body("<p>{{ 'now' | date: \"%H:%M\" }}</p>", Data((Field.TimeZone, "Asia/Tokyo")) with { TimeZone = "Europe/London" }));

    [Fact]
    public void Summer_time_is_reckoned_and_a_bare_day_stays_that_day()
    {
        var data = Data((Field.BirthDate, "1990-06-15")) with { TimeZone = "Europe/London", Event = new TemplateEvent("form.submitted", new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), Json("{}")) };
        Assert.Equal("02:30, 15 June, 2026", Body("<p>{{ event.at | date: \"%H:%M\" }}, {{ contact.birth_date | date: \"%-d %B\" }}, {{ 'now' | date: \"%Y\" }}</p>", data));
    }

    [Fact]
    public void Unknown_fields_are_told_with_their_line_and_what_was_meant()
    {
        var mistakes = Mistakes(Head + "<p>Hi</p>\n<p>{{ contact.frist_name | default: \"x\" }}</p>\n{% for item in event.items %}\n{{ item.prize_minor }}\n{% endfor %}\n{{ custmer.name }}");
        Assert.Equal(3, mistakes.Count);
        Assert.StartsWith("hello.liquid:7: unknown field 'contact.frist_name'. Did you mean 'first_name'?", mistakes[0]);
        Assert.StartsWith("hello.liquid:9: unknown field 'item.prize_minor'. Did you mean 'price_minor'?", mistakes[1]);
        Assert.StartsWith("hello.liquid:11: unknown field 'custmer.name'.", mistakes[2]);
    }

    [Theory]
    [InlineData("{% if contact.compnay %}x{% endif %}", "unknown field 'contact.compnay'")]
    [InlineData("{{ contact.first_name | titlecase }}", "unknown filter 'titlecase'")]
    [InlineData("{{ contact.first_name | raw }}", "unknown filter 'raw'")]
    [InlineData("{{ contact }}", "'contact' has parts")]
    [InlineData("{{ contact.tags }}", "'contact.tags' is a list")]
    [InlineData("{% for x in contact.city %}{{ x }}{% endfor %}", "'contact.city' is no list")]
    [InlineData("{% for x in event.items %}{% endfor %}{{ x.sku }}", "unknown field 'x.sku'")]
    [InlineData("{{ contact.first_name.last }}", "'contact.first_name' is one value")]
    [InlineData("{% include 'other' %}", "Unknown tag 'include'")]
    [InlineData("{% if contact.city %}x", "'{% endif %}' was expected")]
    [InlineData("{{ contact.city", "End of tag '}}' was expected")]
    [InlineData("<a href={{ links.shop }}>x</a>", "needs quotes")]
    [InlineData("<script>x</script>", "'<script' does nothing")]
    [InlineData("<p onclick=\"x()\">x</p>", "gets the mail rejected")]
    public void Other_mistakes_are_told_before_anybody_gets_a_mail(string body, string expected)
    {
        var mistake = Assert.Single(Mistakes(Head + "<p>x</p>\n" + body));
        Assert.StartsWith("hello.liquid:7: ", mistake);
        Assert.Contains(expected, mistake);
    }

    [Theory]
    [InlineData("Hello", "a template begins with its head")]
    [InlineData("", "a template begins with its head")]
    [InlineData("---\npurpose: transactional\nsubject: x\n---\nx", "the head needs a line 'channel: …'")]
    [InlineData("---\nchannel: fax\npurpose: transactional\nsubject: x\n---\nx", "unknown channel 'fax'. Known: email, sms")]
    [InlineData("---\nchannel: email\npurpose: transactional\n---\nx", "a mail needs a line 'subject: …'")]
    [InlineData("---\nchannel: email\npurpose: transactional\nsubject: x\ncolour: red\n---\nx", "unknown key 'colour'")]
    [InlineData("---\nchannel: email\npurpose: transactional\nsubject: \"x\n---\nx", "the quotes of 'subject' do not close")]
    [InlineData("---\nchannel: email\npurpose: transactional\nsubject: x\nsubject: y\n---\nx", "for the second time")]
    [InlineData("---\nchannel: sms\npurpose: transactional\nsubject: x\n---\nx", "an SMS has no subject")]
    [InlineData("---\nchannel: email\npurpose: transactional\nsubject: x\n---\n \n", "no text below its head")]
    public void Mistakes_in_the_head_are_told(string text, string expected) => Assert.Contains(Mistakes(text), m => m.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("<p>{{ sender.postal_address }}</p>", "must contain {{ links.unsubscribe }}")]
    [InlineData("<a href=\"{{ links.unsubscribe }}\">x</a>", "must contain {{ sender.postal_address }}")]
    [InlineData("{% if contact.city %}<a href=\"{{ links.unsubscribe }}\">x</a>{% endif %}{{ sender.postal_address }}", "must contain {{ links.unsubscribe }}")]
    [InlineData("<!-- x -->{% comment %}{{ links.unsubscribe }}{% endcomment %}{{ sender.postal_address }}", "must contain {{ links.unsubscribe }}")]
    public void Marketing_mail_without_a_way_out_and_an_address_is_refused(string body, string expected) =>
        Assert.Contains(expected, Assert.Single(Mistakes("---\nchannel: email\npurpose: marketing\nsubject: x\n---\n" + body)));

    [Fact]
    public void A_marketing_SMS_tells_the_way_out()
    {
        Assert.Contains("must tell the way out", Assert.Single(Mistakes("---\nchannel: sms\npurpose: marketing\n---\nBuy now")));
        Assert.Equal("Buy now. Reply STOP to opt out", Rendered(Template("Buy now. Reply STOP to opt out\n", "channel: sms\npurpose: marketing"), Data()).Text);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("/relative")]
    [InlineData("https://user:secret@x.com/")]
    public void A_link_from_an_event_that_leads_anywhere_but_to_the_web_skips_the_contact(string url)
    {
        var data = Data() with { Event = new TemplateEvent("page.viewed", Noon, Json($$"""{"url":"{{url}}"}""")) };
        Assert.Equal("template_link_unsafe", Assert.IsType<RenderResult.Skipped>(Template("<a href=\"{{ event.url }}\">x</a>").Render(data, Noon)).Reason);
    }

    [Fact]
    public void A_loop_that_would_never_end_skips_the_contact()
    {
        var template = Template("{% for a in (1..1000) %}{% for b in (1..1000) %}{% for c in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}");
        Assert.Equal("template_failed", Assert.IsType<RenderResult.Skipped>(template.Render(Data(), Noon)).Reason);
    }

    [Fact]
    public void The_plain_text_says_what_the_HTML_says() =>
        Assert.Equal(
            "Hello\n\nDear Ada,\nyou have:\n\n- one\n- two with a link (https://x.com/a)\n\nName  Ada\nCity  London\n\nhttps://x.com\nada@x.com\n\nA picture of tea\n",
            Rendered(Template("""
                <h1>Hello</h1>
                <p>Dear   Ada,<br>you
                have:</p>
                <ul><li>one</li><li>two with a <a href="https://x.com/a">link</a></li></ul>
                <table><tr><td>Name</td><td>Ada</td></tr><tr><td>City</td><td>London</td></tr></table>
                <p><a href="https://x.com">https://x.com</a><br><a href="mailto:ada@x.com">ada@x.com</a></p>
                <div style="display: none">hidden</div>
                <p><img src="https://x.com/t.png" alt="A picture of tea"></p>
                """), Data()).Text);

    [Fact]
    public void A_form_s_own_fields_and_a_workflow_s_parameters_may_have_any_name()
    {
        var template = Template("<p>{{ event.fields.budget }} {{ parameters.topic }} {{ links.shop }}</p>");
        Assert.Equal(["event.fields.budget", "links.shop", "parameters.topic"], template.Fields.AsEnumerable());
        Assert.Equal(["topic"], template.Parameters.AsEnumerable());
        Assert.Equal(["shop"], template.Links.AsEnumerable());
        Assert.Equal("5 k tea https://www.engines.co.uk/shop\n", Rendered(template, Whole with
        {
            Event = new TemplateEvent("form.submitted", Noon, Json("""{"budget":"5 k"}""")),
            Parameters = Whole.Parameters.Add("topic", "tea"),
        }).Text);
    }

    [Fact]
    public void The_version_follows_the_text_and_not_the_line_ends()
    {
        Assert.Equal(Template("a\nb").Version, MessageTemplate.Parse("sample", "---\r\nchannel: email\r\npurpose: transactional\r\nsubject: Hello\r\n---\r\na\r\nb").Template?.Version);
        Assert.NotEqual(Template("a").Version, Template("b").Version);
    }

    [Fact]
    public void A_template_s_own_sender_may_be_the_owner()
    {
        const string Own = "channel: email\npurpose: transactional\nsubject: Hello\nfrom: \"{{ owner.name }} <{{ owner.email }}>\"";
        Assert.Equal(new Mailbox("grace@engines.co.uk", "Grace Hopper"), Rendered(Template("x", Own), Whole).From);
        Assert.Equal("owner.name", Assert.IsType<RenderResult.Skipped>(Template("x", Own).Render(Data(), Noon)).Field);
    }
}
