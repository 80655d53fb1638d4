using System.Globalization;
using IntegrationHub.Sandbox.World;

namespace IntegrationHub.Sandbox.Shopify;

/// <summary>Fills the shop.</summary>
public static class ShopifySeed
{
    private static readonly (string Title, long Price)[] Products =
        [.. Zipf.Phrases("products").Select(p => p.Split('|')).Select(p => (p[0], long.Parse(p[1], CultureInfo.InvariantCulture)))];

    private static readonly Zipf ProductChoice = new(Products.Select((_, i) => i.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Customers with their orders. E-mails and phones are unique in a shop; whoever comes second goes without.</summary>
    public static ShopifyShop Make(List<Entry> entries, Years years, int seed, List<TruthRow> truth)
    {
        var shop = new ShopifyShop();
        var dice = Dice.For(seed, "shopify");
        HashSet<string> mails = new(StringComparer.OrdinalIgnoreCase), phones = new(StringComparer.Ordinal);
        long id = 207119551, orderId = 5_120_000_000_000, lineId = 13_000_000_000_000;
        List<(ShopifyCustomer Customer, DateTimeOffset At)> purchases = [];
        foreach (var entry in entries.OrderBy(e => e.Created).ThenBy(e => e.Of.Number))
        {
            id += dice.Between(1, 900);
            var customer = Customer(id, entry, years, dice, mails, phones);
            shop.Add(customer);
            truth.Add(new TruthRow("shopify", "contacts", customer.Gid, entry.Of.Number));
            var orders = dice.Chance(0.22) ? 0 : (int)Math.Min(40, 0.75 / Math.Pow(1 - dice.Share(), 0.6) + 0.5);
            for (var i = 0; i < orders; i++) purchases.Add((customer, dice.Between(customer.Created, years.End)));
        }
        var number = 1000;
        foreach (var (customer, at) in purchases.OrderBy(p => p.At).ThenBy(p => p.Customer.Id))
        {
            orderId += dice.Between(1, 5000);
            var lines = Enumerable.Range(0, 1 + Math.Min(dice.Below(3), dice.Below(4))).Select(_ => Line(ref lineId, dice)).ToArray();
            var order = new ShopifyOrder(orderId, ++number, at)
            {
                Customer = customer,
                Email = customer.Email,
                Address = customer.Address,
                Currency = ShopifyShop.Currency,
                FinancialStatus = dice.Below(100) switch { < 90 => "PAID", < 93 => "REFUNDED", < 96 => "PARTIALLY_REFUNDED", _ => "PENDING" },
                FulfillmentStatus = dice.Chance(0.95) ? "FULFILLED" : "UNFULFILLED",
                Lines = lines,
                Shipping = lines.Sum(l => l.Price * l.Quantity) >= 5000 ? 0 : 495,
            };
            var updated = at.AddHours(dice.Between(1, 200));
            order.Touch(updated < years.End ? updated : years.End);
            order.RefundedAt = order.Updated;
            customer.Orders.Add(order);
            if (order.Updated > customer.Updated) customer.Touch(order.Updated);
            shop.Add(order);
        }
        AddCheckouts(shop, years, Dice.For(seed, "shopify checkouts"));
        return shop;
    }

    /// <summary>Some customers have left a cart behind, which a few came back to. A dice of their own, so that all else stays as it is.</summary>
    private static void AddCheckouts(ShopifyShop shop, Years years, Dice dice)
    {
        long id = 33_000_000_000_000, lineId = 44_000_000_000_000;
        foreach (var customer in shop.Customers.Values.OrderBy(c => c.Id).Where(c => c.Email is not null || c.Phone is not null).ToList())
        {
            if (!dice.Chance(0.7)) continue;
            id += dice.Between(1, 5000);
            var checkout = new ShopifyCheckout(id, dice.Between(customer.Created, years.End))
            {
                Customer = customer,
                Lines = [.. Enumerable.Range(0, 1 + dice.Below(3)).Select(_ => Line(ref lineId, dice))],
            };
            var updated = checkout.Created.AddMinutes(dice.Between(1, 90));
            checkout.Touch(updated < years.End ? updated : years.End);
            if (dice.Chance(0.1)) checkout.Completed = checkout.Updated;
            shop.Add(checkout);
        }
    }

    private static ShopifyCustomer Customer(long id, Entry entry, Years years, Dice dice, HashSet<string> mails, HashSet<string> phones)
    {
        var of = entry.Of;
        var customer = new ShopifyCustomer(id, years.At(entry.Created))
        {
            FirstName = entry.FirstCell(titled: false),
            LastName = entry.LastCell,
            Email = entry.Mail is { } mail && mail.Contains('@') && mails.Add(mail) ? mail : null,
            Locale = of.Country.Code switch { "US" => "en-US", "GB" => "en-GB", "CA" => "en-CA", _ => of.Country.Language },
            Note = dice.Chance(0.02) ? "Leave at the door." : null,
        };
        customer.Touch(years.At(entry.Changed));
        if (entry.Phone is not null && dice.Chance(0.7) && phones.Add(of.Mobile.E164)) customer.Phone = of.Mobile.E164;
        if (customer.Email is null && customer.Phone is null)
        {
            if (mails.Add(of.PrivateMail)) customer.Email = of.PrivateMail;
            else if (phones.Add(of.Mobile.E164)) customer.Phone = of.Mobile.E164;
        }
        if (customer.Email is not null)
            customer.EmailState = entry.Wish switch
            {
                Wish.Yes => "SUBSCRIBED",
                Wish.No => "UNSUBSCRIBED",
                Wish.Pending => "PENDING",
                _ => "NOT_SUBSCRIBED",
            };
        if (customer.Phone is not null && dice.Chance(0.2))
            customer.SmsState = "SUBSCRIBED";
        if (entry.Street is not null)
        {
            var there = entry.Old && of.FormerAddress is { } former ? former.City : of.Home.Address.City;
            customer.Address = new ShopifyAddress(
                entry.Street,
                entry.Unit,
                entry.City,
                entry.Region,
                there.RegionCode.Length > 0 && there.Country.Code is "US" or "CA" ? there.RegionCode : null,
                entry.Postcode,
                there.Country.Code switch
                {
                    "DE" => "Germany",
                    _ => there.Country.Names[0],
                },
                there.Country.Code,
                entry.Company,
                entry.Phone
            );
        }
        if (dice.Chance(0.1)) customer.Tags.Add("vip");
        if (dice.Chance(0.15)) customer.Tags.Add("newsletter");
        if (dice.Chance(0.2)) customer.Metafields["custom.loyalty_tier"] = dice.Pick(["bronze", "silver", "gold"]);
        if (entry.Birth is { } birth) customer.Metafields["custom.birth_date"] = birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return customer;
    }

    internal static ShopifyLine Line(ref long lineId, Dice dice)
    {
        var at = int.Parse(ProductChoice.Pick(dice), CultureInfo.InvariantCulture);
        lineId += dice.Between(1, 900);
        return new ShopifyLine(
            lineId,
            8_000_000_000_000 + at,
            Products[at].Title,
            $"SBX-{at + 1:D3}",
            dice.Chance(0.8) ? 1 : dice.Between(2, 4),
            Products[at].Price
        );
    }
}
