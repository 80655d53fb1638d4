using System.Collections.Immutable;
using System.Text.Json;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows;

/// <summary>Contacts, events and senders that show only what matters.</summary>
internal static class Samples
{
    internal static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static SenderIdentity Sender { get; } = new("Grace of Engines", "hello@engines.co.uk", "Engines Ltd", "1 Mill Lane, Leeds LS1 4AP, UK");

    internal static TrackedLinks Links { get; } = new(new LinkTokens([new LinkKey(1, [.. Enumerable.Range(1, 32).Select(i => (byte)i)])]), new Uri("https://hub.engines.co.uk/"));

    internal static MessageKey Key { get; } = MessageKey.Of("c-1", "abandoned-cart", "reminder", 0, Channel.Email);

    internal static MessageOrigin Origin { get; } = new("c-1", "abandoned-cart", "v1", "reminder", "abandoned-cart-1h");

    internal static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    internal static TemplateEvent Cart { get; } = new("cart.updated", Noon.AddHours(-1), Json("""
        {"currency":"EUR","value_minor":4200,"items":[{"sku":"T-1","name":"Tea & pot","quantity":2,"price_minor":1850},{"sku":"C-9","quantity":1,"price_minor":500}]}
        """));

    internal static TemplateData Data(params (Field Field, string Value)[] fields)
    {
        var values = new FieldValues.Builder();
        foreach (var (field, value) in fields) values[field] = value;
        return new TemplateData { ContactId = "c-1", Contact = values.Build(), Sender = Sender, UnsubscribeLink = "https://hub.engines.co.uk/u/x" };
    }

    /// <summary>A contact of whom everything is known, and everything that can lead to a message.</summary>
    internal static TemplateData Whole => Data((Field.FirstName, "Ada"), (Field.LastName, "Byron"), (Field.Email, "ada@engines.co.uk"), (Field.Phone, "+442071234567"), (Field.Company, "Analytical"),
        (Field.JobTitle, "Analyst"), (Field.City, "London"), (Field.Country, "GB"), (Field.Domain, "analytical.co.uk")) with
    {
        TimeZone = "Europe/London",
        Event = new TemplateEvent("form.submitted", Noon, Json("""{"form":"contact","currency":"EUR"}""")),
        Order = Cart with { Type = "order.placed", Properties = Json("""{"order_id":"1001","currency":"EUR","total_minor":4200,"items":[{"sku":"T-1","name":"Tea pot","quantity":2,"price_minor":1850}]}""") },
        Cart = Cart,
        Products = [new TemplateProduct("K-1", "Kettle", 2900, "EUR", "https://shop.engines.co.uk/kettle")],
        Owner = new TemplateOwner("Grace Hopper", "grace@engines.co.uk"),
        Offer = new TemplateOffer("BACK10", 10, Text: "10 % off", EndsAt: Noon.AddDays(7)),
        Score = new TemplateScore(70, 40, ["works in analytics", "asked for prices"]),
        Workflow = new TemplateWorkflow("abandoned-cart", "v1", "reminder"),
        Links = new[] { "shop", "cart", "returns", "guide", "stories", "checklist", "calculator", "pricing", "demo", "tips", "review", "stay", "crm" }.ToImmutableDictionary(n => n, n => $"https://www.engines.co.uk/{n}"),
    };

    internal static MessageTemplate Template(string body, string head = "channel: email\npurpose: transactional\nsubject: Hello")
    {
        var reading = MessageTemplate.Parse("sample", $"---\n{head}\n---\n{body}");
        Assert.True(reading.Template is not null, string.Join('\n', reading.Errors));
        return reading.Template;
    }

    internal static RenderedMessage Rendered(MessageTemplate template, TemplateData data)
    {
        var result = template.Render(data, Noon);
        return result is RenderResult.Done done ? done.Message : throw new InvalidOperationException(result.ToString());
    }

    internal static OutgoingMessage Mail(string to = "ada@engines.co.uk", string body = "<p>Hi <a href=\"https://www.engines.co.uk/shop\">shop</a></p>") =>
        MessageAssembly.Email(
            Rendered(Template($"{body}<p>{{{{ sender.postal_address }}}} <a href=\"{{{{ links.unsubscribe }}}}\">x</a></p>", "channel: email\npurpose: marketing\nsubject: Hello Ada"),
                Data() with { UnsubscribeLink = MessageAssembly.UnsubscribeLink(Key, Channel.Email, MessagePurpose.Marketing, to, Links) }),
            Key, Origin, new Mailbox(to, "Ada Byron"), Sender, Links);
}
