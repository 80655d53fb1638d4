using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Writes messages: fills a template with what is known of one contact at one instant.</summary>
/// <param name="templates">The templates.</param>
/// <param name="sender">Who the messages are from.</param>
/// <param name="links">Signs the contact's own links.</param>
/// <param name="namedLinks">Addresses that templates name: <c>links.shop</c>.</param>
/// <param name="products">Products to name to a contact, the best first.</param>
public sealed class MessageComposer(
    ImmutableArray<MessageTemplate> templates, SenderIdentity sender, TrackedLinks links, ImmutableDictionary<string, string> namedLinks, Func<ContactView, ImmutableArray<TemplateProduct>> products)
{
    private readonly FrozenDictionary<string, MessageTemplate> byName = templates.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);

    /// <summary>Writes a template for the contact of a view; fits <see cref="Workflows.Compose"/>.</summary>
    /// <param name="template">The template's name.</param>
    /// <param name="channel">The channel that it is for.</param>
    /// <param name="view">The contact, with the enrolment and its step.</param>
    /// <param name="workflow">The workflow.</param>
    /// <param name="now">When it goes out.</param>
    public Composed Compose(string template, Channel channel, ContactView view, Workflow workflow, DateTimeOffset now)
    {
        if (!byName.TryGetValue(template, out var found)) return new Composed(null, $"template: no '{template}' in mappings/templates");
        if (found.Channel != channel) return new Composed(null, $"template: '{template}' is for {Channels.Of(found.Channel)}, not for {Channels.Of(channel)}");
        return found.Render(DataOf(found, view, workflow, now), now) switch
        {
            RenderResult.Done done => new Composed(done.Message, null),
            RenderResult.Skipped skipped => new Composed(null, $"{skipped.Reason}: {skipped.Field ?? skipped.Message}"),
            var other => throw new InvalidOperationException($"No such result: {other}."),
        };
    }

    private TemplateData DataOf(MessageTemplate template, ContactView view, Workflow workflow, DateTimeOffset now)
    {
        var step = view.Enrolment?.Step ?? "";
        var point = view.Values[template.Channel == Channel.Email ? Field.Email : Field.Phone];
        var key = MessageKey.Of(view.Facts.Id, workflow.Name, step, (view.Enrolment?.Visit ?? 1) - 1, template.Channel);
        return new TemplateData
        {
            ContactId = view.Facts.Id,
            Contact = view.Values,
            Sender = sender,
            TimeZone = ContactZone.Of(view).Zone.Id,
            Event = Of(view.Trigger),
            Order = Of(OrderOf(view)),
            Cart = Of(view.Events.Latest(EventTypes.CartUpdated)),
            Products = template.Fields.Any(f => f.StartsWith("products", StringComparison.Ordinal)) ? products(view) : [],
            Owner = OwnerOf(view),
            Workflow = new TemplateWorkflow(workflow.Name, workflow.Version, step),
            Offer = OfferOf(workflow, view, now),
            Score = template.Fields.Any(f => f.StartsWith("score", StringComparison.Ordinal)) ? ScoreOf(view) : null,
            Parameters = workflow.Parameters.ToImmutableDictionary(),
            Links = namedLinks,
            UnsubscribeLink = point is null ? null : MessageAssembly.UnsubscribeLink(key, template.Channel, template.Purpose, point, links),
        };
    }

    /// <summary>The order that started the enrolment, else the latest.</summary>
    private static HubEvent? OrderOf(ContactView view) => view.Trigger is { Type: EventTypes.OrderPlaced } order ? order : view.Events.Latest(EventTypes.OrderPlaced);

    private static TemplateEvent? Of(HubEvent? e) => e is null ? null : new TemplateEvent(e.Type, e.At, e.Properties.Json);

    private static TemplateOwner? OwnerOf(ContactView view)
    {
        var rules = view.Set.RoutingRules;
        if (view.Values[Field.Owner] is not { } owner) return null;
        var rep = rules.Find(owner);
        var name = rep?.Name ?? owner;
        return new TemplateOwner(name, rep?.Email ?? rules.FallbackEmail, name.Split(' ')[0]);
    }

    private static TemplateScore ScoreOf(ContactView view)
    {
        var scores = view.Set.Scoring.Of(view);
        return new TemplateScore(
            (int)Math.Round(scores.Fit), (int)Math.Round(scores.Behaviour),
            [.. scores.FitParts.Concat(scores.BehaviourParts).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Why}: {p.Points:0.#}"))]);
    }

    /// <summary>What is offered stands among the workflow's parameters: <c>offer_text</c>, <c>offer_code</c>, <c>offer_percent</c>, <c>offer_for</c>.</summary>
    private static TemplateOffer? OfferOf(Workflow workflow, ContactView view, DateTimeOffset now)
    {
        var parameters = workflow.Parameters;
        var (text, code) = (parameters.GetValueOrDefault("offer_text"), parameters.GetValueOrDefault("offer_code"));
        if (text is null && code is null) return null;
        var percent = int.TryParse(parameters.GetValueOrDefault("offer_percent"), CultureInfo.InvariantCulture, out var share) ? share : (int?)null;
        var ends = parameters.GetValueOrDefault("offer_for") is { } length && Durations.Parse(length) is { } time ? (view.Enrolment?.EnteredAt ?? now) + time : (DateTimeOffset?)null;
        return new TemplateOffer(code, percent, Text: text, EndsAt: ends);
    }
}
