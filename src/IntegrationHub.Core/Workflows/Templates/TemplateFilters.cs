using System.Collections.Frozen;
using Fluid;
using Fluid.Filters;
using Fluid.Values;
using NodaTime;

namespace IntegrationHub.Workflows;

/// <summary>The filters that templates have besides Liquid's own, and the names of all.</summary>
internal static class TemplateFilters
{
    internal const string ZoneKey = "zone";
    internal const string MissingKey = "missing";

    /// <summary>Filters of the engine that would undo the escaping, or are of no use in a message.</summary>
    private static readonly string[] Banned = ["raw", "json", "base64_decode", "base64_url_safe_decode", "url_decode"];

    private static readonly string[] WithCurrency = ["event", "order", "cart"];

    internal static TemplateOptions Options { get; } = MakeOptions();

    /// <summary>What a template may write behind a <c>|</c>.</summary>
    internal static FrozenSet<string> Names { get; } = Options.Filters.Select(f => f.Key).ToFrozenSet(StringComparer.Ordinal);

    private static TemplateOptions MakeOptions()
    {
        // No member access: every value is our own. The steps bound what a loop in a loop may cost.
        var options = new TemplateOptions { MaxSteps = 20_000, MaxRecursion = 20, CultureInfo = System.Globalization.CultureInfo.InvariantCulture, TimeZone = TimeZoneInfo.Utc };
        foreach (var name in Banned) options.Filters.Remove(name);
        options.Filters.AddFilter("money", Amount);
        options.Filters.AddFilter("date", Date);
        return options;
    }

    /// <summary><c>{{ item.price_minor | money: event.currency }}</c>; without a currency that of the event, the order or the cart.</summary>
    private static async ValueTask<FluidValue> Amount(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        if (IsEmpty(input)) return NilValue.Instance;
        var currency = arguments.At(0).ToStringValue();
        for (var i = 0; arguments.Count == 0 && currency.Length == 0 && i < WithCurrency.Length; i++)
            currency = (await context.GetValue(WithCurrency[i]).GetValueAsync("currency", context)).ToStringValue();
        if (!Money.IsCurrency(currency))
        {
            Missing(context).Add("currency");
            return NilValue.Instance;
        }

        var minor = input.ToNumberValue();
        // A text that is no number reads as nought: no price is better than a price of nothing.
        if (input.Type != FluidValues.Number && !decimal.TryParse(input.ToStringValue(), System.Globalization.CultureInfo.InvariantCulture, out minor)) return NilValue.Instance;
        return Math.Abs(minor) > 1_000_000_000_000_000m ? NilValue.Instance : new StringValue(Money.Format((long)decimal.Round(minor, MidpointRounding.AwayFromZero), currency));
    }

    /// <summary><c>{{ event.at | date: "%-d %B, %H:%M" }}</c>: in the contact's zone.</summary>
    private static ValueTask<FluidValue> Date(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        if (IsEmpty(input)) return new(NilValue.Instance);
        DateTimeOffset at;
        if (input is DateTimeValue && input.ToObjectValue() is DateTimeOffset time) at = time;
        else if (input.ToStringValue() is "now" or "today") at = context.Now();
        else if (DateOnly.TryParseExact(input.ToStringValue(), "yyyy-MM-dd", out var day))
            return MiscFilters.Date(new DateTimeValue(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)), arguments, context); // a day is that day everywhere
        else if (!DateTimeOffset.TryParse(input.ToStringValue(), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out at)) return new(NilValue.Instance);
        var zone = context.AmbientValues.TryGetValue(ZoneKey, out var known) ? (DateTimeZone)known : DateTimeZone.Utc;
        var local = Instant.FromDateTimeOffset(at).InZone(zone).ToDateTimeOffset();
        return MiscFilters.Date(new DateTimeValue(local), arguments, context);
    }

    internal static List<string> Missing(TemplateContext context) => (List<string>)context.AmbientValues[MissingKey];

    internal static bool IsEmpty(FluidValue value) => value.IsNil() || (value.Type == FluidValues.String && string.IsNullOrWhiteSpace(value.ToStringValue()));
}
