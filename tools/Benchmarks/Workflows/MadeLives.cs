using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Benchmarks.Workflows;

/// <summary>Made-up contacts and what they do, from a seed: the same seed, the same life.</summary>
public static class MadeLives
{
    // Places on both sides of several changes of the clock, one that knows none, and one that nobody knows.
    private static readonly (string? Zone, string? Country, string? State, string Phone)[] Places =
    [
        ("Europe/London", "GB", null, "+442071234567"), ("Europe/Berlin", "DE", null, "+4930901820"), ("America/New_York", "US", "NY", "+12125550123"), ("America/New_York", "US", "FL", "+13055550123"),
        ("America/Los_Angeles", "US", "CA", "+13105550123"), ("Australia/Sydney", "AU", "NSW", "+61291234567"), ("Asia/Tokyo", "JP", null, "+81312345678"), ("Europe/Paris", "FR", null, "+33142345678"),
    ];

    private static readonly string[] Products = ["TP-1", "TP-2", "TP-3", "CF-1", "CF-2", "KT-1", "LM-1"];

    /// <summary>The five workflows as they ship, launched at an instant.</summary>
    public static WorkflowSet FiveWorkflows(string mappings, DateTimeOffset launch)
    {
        var book = WorkflowBook.Load(mappings);
        var links = new TrackedLinks(new LinkTokens([new LinkKey(1, [.. new byte[32]])]), new Uri("https://hub.example.com/"));
        return book.SetOf([.. book.Workflows.Select(w => new LaunchedWorkflow(w.Workflow, launch))], [], links, launch);
    }

    public static ContactFacts Contact(Random random, string id, DateTimeOffset launch)
    {
        var place = Places[random.Next(Places.Length)];
        var values = FieldValues.None.With(Field.FirstName, "Ada").With(Field.Email, $"{id}@engines.co.uk").With(Field.Country, place.Country).With(Field.State, place.State).With(Field.TimeZone, place.Zone);
        if (random.Next(4) > 0) values = values.With(Field.Phone, place.Phone);
        if (random.Next(2) == 0) values = values.With(Field.Company, "Engines").With(Field.Domain, "engines.co.uk").With(Field.JobTitle, random.Next(2) == 0 ? "CEO" : "Engineer");
        var said = launch.AddDays(-random.Next(10, 400));
        var consents = ImmutableArray.CreateBuilder<ConsentFact>();
        if (random.Next(10) > 0) consents.Add(new ConsentFact(Channel.Email, Purposes.Marketing, ConsentState.Granted, said));
        if (random.Next(10) > 3) consents.Add(new ConsentFact(Channel.Sms, Purposes.Marketing, ConsentState.Granted, said));
        return new ContactFacts(id, values, new Hygiene(HygieneStatus.Ready, HygieneReasons.None), said, null, consents.ToImmutable(), [], EventLog.Empty);
    }

    /// <summary>What the contact does, in order of time.</summary>
    public static List<HubEvent> Events(Random random, string id, DateTimeOffset from, int days, double aDay)
    {
        var events = new List<HubEvent>();
        var count = random.Next(1, Math.Max(2, (int)(days * aDay * 2)));
        for (var n = 0; n < count; n++)
        {
            var at = from.AddMinutes(random.Next(days * 24 * 60));
            events.Add(Event(random, id, n, at));
            // A visit to the shop is a handful of events within the hour.
            if (events[^1].Type == EventTypes.CartUpdated && random.Next(3) == 0) events.Add(Order($"{id}-{n}b", id, at.AddMinutes(random.Next(90)), random));
        }

        events.Sort();
        return events;
    }

    private static HubEvent Event(Random random, string contact, int n, DateTimeOffset at)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{contact}-{n}");
        return random.Next(100) switch
        {
            < 20 => Made(id, EventTypes.CartUpdated, at, contact, $$"""{"currency":"EUR","value_minor":3700,"items":[{{(random.Next(6) == 0 ? "" : Item(random))}}]}"""),
            < 32 => Order(id, contact, at, random),
            < 36 => Made(id, EventTypes.OrderRefunded, at, contact, $$"""{"order_id":"{{random.Next(4)}}","currency":"EUR","total_minor":3700}"""),
            < 50 => Made(id, EventTypes.FormSubmitted, at, contact, random.Next(2) == 0 ? """{"form":"demo"}""" : """{"form":"newsletter"}"""),
            < 70 => Made(id, EventTypes.PageViewed, at, contact, random.Next(2) == 0 ? """{"path":"/pricing","utm_medium":"cpc"}""" : """{"path":"/blog"}"""),
            < 84 => Made(id, EventTypes.EmailClicked, at, contact, "{}"),
            < 88 => Made(id, EventTypes.EmailOpened, at, contact, "{}"),
            < 90 => Made(id, EventTypes.EmailUnsubscribed, at, contact, "{}"),
            < 91 => Made(id, EventTypes.EmailComplained, at, contact, "{}"),
            < 92 => Made(id, EventTypes.EmailBounced, at, contact, """{"kind":"hard"}"""),
            < 94 => Made(id, EventTypes.SmsReplied, at, contact, """{"text":"Stop"}"""),
            < 96 => Made(id, EventTypes.DemoRequested, at, contact, "{}"),
            < 98 => Made(id, EventTypes.MeetingBooked, at, contact, "{}"),
            _ => Made(id, "custom.lead_touched", at, contact, "{}"),
        };
    }

    private static HubEvent Order(string id, string contact, DateTimeOffset at, Random random) =>
        Made(id, EventTypes.OrderPlaced, at, contact, $$"""{"order_id":"{{random.Next(4)}}","currency":"EUR","total_minor":3700,"items":[{{Item(random)}}]}""");

    private static string Item(Random random)
    {
        var sku = Products[random.Next(Products.Length)];
        return $$"""{"sku":"{{sku}}","name":"{{sku}}","quantity":1,"price_minor":3700}""";
    }

    private static HubEvent Made(string id, string type, DateTimeOffset at, string contact, string properties)
    {
        using var json = JsonDocument.Parse(properties);
        return new HubEvent(id, type, at, new EventContact(Id: contact), EventProperties.Of(json.RootElement.Clone()));
    }
}
