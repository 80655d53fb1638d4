using System.Collections.Immutable;
using System.Text.Json;
using Fluid;
using Fluid.Values;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Gives the template engine its values, each made only when a template asks for it.</summary>
internal static class TemplateValues
{
    internal static void Fill(TemplateContext context, TemplateData data)
    {
        context.SetValue("contact", Group(name => Contact(data, name)));
        context.SetValue("event", data.Event is { } happened ? Event(happened) : NilValue.Instance);
        context.SetValue("order", data.Order is { } order ? Event(order) : NilValue.Instance);
        context.SetValue("cart", data.Cart is { } cart ? Event(cart) : NilValue.Instance);
        context.SetValue("products", new ArrayValue([.. data.Products.Select(p => Group(name => Product(p, name)))]));
        context.SetValue("owner", data.Owner is { } owner ? Group(name => Owner(owner, name)) : NilValue.Instance);
        context.SetValue("sender", Group(name => Sender(data.Sender, name)));
        context.SetValue("workflow", data.Workflow is { } workflow ? Group(name => Workflow(workflow, name)) : NilValue.Instance);
        context.SetValue("offer", data.Offer is { } offer ? Group(name => Offer(offer, name)) : NilValue.Instance);
        context.SetValue("score", data.Score is { } score ? Group(name => Score(score, name)) : NilValue.Instance);
        context.SetValue("parameters", Group(name => Text(data.Parameters.GetValueOrDefault(name))));
        context.SetValue("links", Group(name => Text(name == "unsubscribe" ? data.UnsubscribeLink : data.Links.GetValueOrDefault(name))));
    }

    private static FluidValue Contact(TemplateData data, string name)
    {
        switch (name)
        {
            case "id":
                return Text(data.ContactId);
            case "name":
                return Text(string.Join(' ', new[] { data.Contact[Field.FirstName], data.Contact[Field.LastName] }.Where(n => n is not null)));
            default:
                if (Fields.Find(name) is not { } field) return NilValue.Instance;
                return Fields.Lists.Contains(field) ? Texts(data.Contact.List(field)) : Text(data.Contact[field]);
        }
    }

    private static DictionaryValue Event(TemplateEvent happened) => Group(name => name switch
    {
        "type" => Text(happened.Type),
        "at" => new DateTimeValue(happened.At),
        "fields" => Json(happened.Properties),
        _ => happened.Properties.ValueKind == JsonValueKind.Object && happened.Properties.TryGetProperty(name, out var value) ? Json(value) : NilValue.Instance,
    });

    private static FluidValue Product(TemplateProduct product, string name) => name switch
    {
        "sku" => Text(product.Sku),
        "name" => Text(product.Name),
        "price_minor" => Number(product.PriceMinor),
        "currency" => Text(product.Currency),
        "url" => Text(product.Url),
        "image" => Text(product.Image),
        "description" => Text(product.Description),
        _ => NilValue.Instance,
    };

    private static FluidValue Owner(TemplateOwner owner, string name) => name switch
    {
        "name" => Text(owner.Name),
        "first_name" => Text(owner.FirstName ?? owner.Name.Split(' ')[0]),
        "email" => Text(owner.Email),
        "phone" => Text(owner.Phone),
        "title" => Text(owner.Title),
        "calendar" => Text(owner.Calendar),
        _ => NilValue.Instance,
    };

    private static FluidValue Sender(SenderIdentity sender, string name) => name switch
    {
        "name" => Text(sender.Name),
        "email" => Text(sender.Address),
        "reply_to" => Text(sender.ReplyTo ?? sender.Address),
        "company" => Text(sender.Company),
        "postal_address" => Text(sender.PostalAddress),
        "phone" => Text(sender.Phone),
        "website" => Text(sender.Website),
        _ => NilValue.Instance,
    };

    private static FluidValue Workflow(TemplateWorkflow workflow, string name) => name switch
    {
        "name" => Text(workflow.Name),
        "version" => Text(workflow.Version),
        "step" => Text(workflow.Step),
        _ => NilValue.Instance,
    };

    private static FluidValue Offer(TemplateOffer offer, string name) => name switch
    {
        "code" => Text(offer.Code),
        "percent" => Number(offer.Percent),
        "amount_minor" => Number(offer.AmountMinor),
        "currency" => Text(offer.Currency),
        "text" => Text(offer.Text),
        "ends_at" => offer.EndsAt is { } ends ? new DateTimeValue(ends) : NilValue.Instance,
        _ => NilValue.Instance,
    };

    private static FluidValue Score(TemplateScore score, string name) => name switch
    {
        "fit" => Number(score.Fit),
        "behaviour" => Number(score.Behaviour),
        "reasons" => Texts(score.Reasons),
        _ => NilValue.Instance,
    };

    private static FluidValue Json(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Text(json.GetString()),
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? NumberValue.Create(number) : Text(json.GetRawText()),
        JsonValueKind.True => BooleanValue.True,
        JsonValueKind.False => BooleanValue.False,
        JsonValueKind.Array => new ArrayValue([.. json.EnumerateArray().Select(Json)]),
        JsonValueKind.Object => Group(name => json.TryGetProperty(name, out var value) ? Json(value) : NilValue.Instance),
        _ => NilValue.Instance,
    };

    private static ArrayValue Texts(ImmutableArray<string> texts) => new([.. texts.Select(Text)]);

    private static FluidValue Text(string? text) => string.IsNullOrWhiteSpace(text) ? NilValue.Instance : new StringValue(text);

    private static FluidValue Number(long? number) => number is { } value ? NumberValue.Create(value) : NilValue.Instance;

    private static DictionaryValue Group(Func<string, FluidValue> find) => new(new Lookup(find));

    private sealed class Lookup(Func<string, FluidValue> find) : IFluidIndexable
    {
        // What is asked for by name only has no size; 1 keeps "is it empty?" from saying yes.
        public int Count => 1;

        public IEnumerable<string> Keys => [];

        public bool TryGetValue(string name, out FluidValue value)
        {
            value = find(name);
            return !value.IsNil();
        }
    }
}
