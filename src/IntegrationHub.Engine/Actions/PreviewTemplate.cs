using System.Collections.Immutable;
using System.Text.Json;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>A template as one contact would get it.</summary>
/// <param name="Contact">The contact's id.</param>
/// <param name="Result">The message, or why they would get none.</param>
public sealed record TemplatePreview(string Contact, RenderResult Result);

/// <summary>Shows templates before anybody gets them. Nothing is sent.</summary>
public sealed class PreviewTemplate(EngineSettings settings, Contacts contacts, TimeProvider time)
{
    private static readonly MessageKey Key = MessageKey.Of("preview", "preview", "preview", 0, Channel.Email);

    /// <summary>All templates, by name.</summary>
    /// <exception cref="RecipeException">One has mistakes.</exception>
    public ImmutableDictionary<string, MessageTemplate> All() => TemplateFolder.Load(Path.Combine(settings.MappingsDirectory, "templates"));

    /// <summary>Fills a template. What led to the message — event, cart, order, products, owner, offer, scores — is made up.</summary>
    /// <param name="name">The template.</param>
    /// <param name="contact">A golden id, or a text that finds exactly one contact; null for a made-up one.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">There is no such template or contact.</exception>
    /// <exception cref="RecipeException">A template or mappings/sender.yaml has mistakes.</exception>
    public async Task<TemplatePreview> Show(string name, string? contact, CancellationToken ct)
    {
        var all = All();
        if (!all.TryGetValue(name, out var template)) throw new NotPossibleException($"There is no template '{name}'. {Suggestion.For(name, all.Keys.Order(StringComparer.Ordinal))}");
        var identity = SenderFile.Load(Path.Combine(settings.MappingsDirectory, "sender.yaml"));
        var (id, values) = ("preview", MadeUp);
        if (contact is not null)
        {
            var row = (await contacts.Show(contact, ct)).Row;
            (id, values) = (row.Id.ToString(), row.Values);
        }

        // A link that looks right and does nothing: it is signed with no key.
        var unsubscribe = new Uri(settings.Delivery.PublicUrl, $"u/preview-{Key}").ToString();
        return new TemplatePreview(id, template.Render(Example(id, values, identity, unsubscribe, time.GetUtcNow()), time.GetUtcNow()));
    }

    private static FieldValues MadeUp => FieldValues.None.With(Field.FirstName, "Ada").With(Field.LastName, "Byron").With(Field.Email, "ada@example.com").With(Field.Phone, "+442079460018")
        .With(Field.Company, "Analytical Engines").With(Field.JobTitle, "Analyst").With(Field.City, "London").With(Field.Country, "GB").With(Field.TimeZone, "Europe/London");

    private static TemplateData Example(string id, FieldValues values, MailIdentity identity, string unsubscribe, DateTimeOffset now)
    {
        using var bought = JsonDocument.Parse("""
            {"order_id":"1001","form":"contact","currency":"EUR","value_minor":4200,"total_minor":4200,"items":[{"sku":"TP-1","name":"Tea pot","quantity":1,"price_minor":3700},{"sku":"CP-4","name":"Cup","quantity":1,"price_minor":500}]}
            """);
        var facts = bought.RootElement.Clone();
        return new TemplateData
        {
            ContactId = id,
            Contact = values,
            Sender = identity.Sender,
            Links = identity.Links,
            UnsubscribeLink = unsubscribe,
            Event = new TemplateEvent("form.submitted", now, facts),
            Order = new TemplateEvent("order.placed", now, facts),
            Cart = new TemplateEvent("cart.updated", now, facts),
            Products = [new TemplateProduct("KT-2", "Kettle", 2900, "EUR", identity.Links.GetValueOrDefault("shop"))],
            Owner = new TemplateOwner("Grace Hopper", "grace@example.com"),
            Offer = new TemplateOffer("WELCOME10", 10, Text: "10 % off", EndsAt: now.AddDays(7)),
            Score = new TemplateScore(70, 40, ["the position fits", "looked at the prices twice"]),
            Workflow = new TemplateWorkflow("preview", "preview", "preview"),
        };
    }
}
