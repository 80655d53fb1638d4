using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Simulating;

/// <summary>
/// What contacts might do in a month: carts, orders, forms, visits, clicks, refunds, a few unsubscribes. Made up from the name of one of their records alone, so that the same contacts do
/// the same in every run, whatever ids they have got.
/// </summary>
public static class MadeUpMonth
{
    private static readonly (string Sku, string Name, int Price)[] Products =
        [("TP-1", "Tea pot", 3700), ("CF-1", "Coffee grinder", 8900), ("KT-1", "Kettle", 5900), ("LM-1", "Desk lamp", 4900), ("TP-3", "Breakfast tea", 900), ("CF-3", "House blend", 1400)];

    /// <summary>The events of a contact in the thirty days from an instant on.</summary>
    /// <param name="contact">Its golden id.</param>
    /// <param name="record">One of its source records.</param>
    /// <param name="from">The instant.</param>
    public static IEnumerable<HubEvent> Of(GoldenId contact, SourceKey record, DateTimeOffset from)
    {
        var luck = new Luck(record.ToString());
        DateTimeOffset Moment(double least = 0, double most = 29) => from + TimeSpan.FromMinutes(Math.Round((least + ((most - least) * luck.Next())) * 24 * 60));
        HubEvent Event(string type, DateTimeOffset at, string properties) => new($"{record}-{luck.Count:00}", type, at, new EventContact(Id: contact.ToString()), EventProperties.Parse(properties));

        var kind = luck.Next();
        if (kind < 0.06)
        {
            // Fills a cart; some buy after a while, with the reminder or without.
            var (at, bag) = (Moment(), Bag(luck));
            var order = OrderNumber(luck);
            yield return Event(EventTypes.CartUpdated, at, bag.Cart);
            if (luck.Next() < 0.45) yield return Event(EventTypes.OrderPlaced, at + TimeSpan.FromHours(0.3 + (40 * luck.Next())), bag.Order(order));
        }
        else if (kind < 0.12)
        {
            var (at, bag) = (Moment(), Bag(luck));
            var order = OrderNumber(luck);
            yield return Event(EventTypes.OrderPlaced, at, bag.Order(order));
            if (luck.Next() < 0.2) yield return Event(EventTypes.OrderPlaced, at + TimeSpan.FromDays(4 + (14 * luck.Next())), Bag(luck).Order(OrderNumber(luck)));
            if (luck.Next() < 0.08) yield return Event(EventTypes.OrderRefunded, at + TimeSpan.FromDays(1 + (4 * luck.Next())), bag.Order(order));
        }
        else if (kind < 0.17)
        {
            var at = Moment();
            for (var visit = 0; visit < 3 * luck.Next(); visit++) yield return Event(EventTypes.PageViewed, at - TimeSpan.FromMinutes(4 - visit), """{"path":"/pricing"}""");
            yield return Event(EventTypes.FormSubmitted, at, luck.Next() < 0.5 ? """{"form":"contact"}""" : """{"form":"newsletter"}""");
            if (luck.Next() < 0.4) yield return Event(EventTypes.EmailClicked, at + TimeSpan.FromDays(1.5 + (3 * luck.Next())), """{"url":"https://www.example.com/guide"}""");
            if (luck.Next() < 0.2) yield return Event(EventTypes.MeetingBooked, at + TimeSpan.FromDays(2 + (8 * luck.Next())), "{}");
        }
        else if (kind < 0.30)
        {
            yield return Event(EventTypes.PageViewed, Moment(), """{"path":"/"}""");
        }

        if (luck.Next() < 0.01) yield return Event(EventTypes.EmailUnsubscribed, Moment(), "{}");
    }

    private static string OrderNumber(Luck luck) => string.Create(CultureInfo.InvariantCulture, $"{100_000 + (int)(900_000 * luck.Next())}");

    private static (string Cart, Func<string, string> Order) Bag(Luck luck)
    {
        var (sku, name, price) = Products[(int)(luck.Next() * Products.Length)];
        var quantity = 1 + (int)(luck.Next() * 1.6);
        var items = string.Create(CultureInfo.InvariantCulture, $$"""[{"sku":"{{sku}}","name":"{{name}}","quantity":{{quantity}},"price_minor":{{price}}}]""");
        var total = quantity * price;
        return (
            string.Create(CultureInfo.InvariantCulture, $$"""{"items":{{items}},"value_minor":{{total}},"currency":"EUR"}"""),
            order => string.Create(CultureInfo.InvariantCulture, $$"""{"items":{{items}},"total_minor":{{total}},"currency":"EUR","order_id":"{{order}}"}"""));
    }

    /// <summary>Numbers from 0 to 1 that hang on a name and their place in the row alone.</summary>
    private sealed class Luck(string name)
    {
        public int Count { get; private set; }

        public double Next()
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}\n{Count++}")));
            return (BitConverter.ToUInt64(hash) >> 12) / (double)(1UL << 52);
        }
    }
}
