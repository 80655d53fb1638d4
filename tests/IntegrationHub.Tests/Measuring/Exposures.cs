using System.Globalization;
using IntegrationHub.Measuring;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Measuring;

/// <summary>Touches, orders and events that show only what matters: times are days from the first of June 2026.</summary>
internal static class Exposures
{
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Day(double day) => Start + TimeSpan.FromDays(day);

    public static Touch Touch(double day, string workflow = "w", Channel channel = Channel.Email, string contact = "ada", string path = "straight", string version = "v1", int visit = 1, string? key = null) =>
        new(contact, Day(day), workflow, version, visit, path, "send", channel, key ?? string.Create(CultureInfo.InvariantCulture, $"{contact}/{workflow}/{channel}/{day}/{visit}"));

    public static Conversion Order(double day, long minor, string contact = "ada", string id = "o1", string currency = "EUR", params Refund[] refunds) =>
        new(contact, Day(day), id, minor, currency, [.. refunds]);

    public static Refund Refund(double day, long minor, string id = "r1") => new(id, Day(day), minor);

    public static ContactEvent Event(double day, string type, string contact = "ada", string properties = "{}", string? id = null) =>
        new(contact, new HubEvent(id ?? string.Create(CultureInfo.InvariantCulture, $"{contact}/{type}/{day}"), type, Day(day), new EventContact(Id: contact), EventProperties.Parse(properties)));

    public static MeasuredEnrolment Run(double day, string contact = "ada", string workflow = "w", bool control = false, string path = "straight", string version = "v1", int visit = 1, double? converted = null) =>
        new(contact, workflow, version, visit, Day(day), control, path, converted is { } at ? Day(at) : null);

    public static TouchSequences Sequences(IEnumerable<Touch> touches, IEnumerable<Conversion> orders, params ContactEvent[] events) => TouchSequences.Of(touches, orders, events, AttributionSettings.Default);

    /// <summary>The credits of the one order, in order of time.</summary>
    public static long[] Credits(string model, IEnumerable<Touch> touches, Conversion order, params ContactEvent[] events) =>
        [.. Attributed.By(AttributionModels.All[model], Sequences(touches, [order], events)).Orders.Single().Credits.Select(c => c.NetMinor)];
}
