using IntegrationHub.Sandbox.Shopify;
using IntegrationHub.Sandbox.World;

namespace IntegrationHub.Sandbox.Control;

/// <summary>The shop's customers buy, return and leave carts behind on demand, the same ones for the same seed and order of calls.</summary>
public sealed class Trade(Estate estate, int seed, TimeProvider time)
{
    private readonly Dice dice = Dice.For(seed, "trade");
    private long next = 60_000_000_000_000;

    /// <summary>So many customers order now.</summary>
    public IReadOnlyList<RecordName> Order(int count)
    {
        lock (estate.Shopify.Lock)
            return
            [
                .. Buyers(count).Select(customer =>
                {
                    var order = new ShopifyOrder(++next, 1001 + estate.Shopify.Orders.Count, time.GetUtcNow())
                    {
                        Customer = customer,
                        Email = customer.Email,
                        Address = customer.Address,
                        Currency = ShopifyShop.Currency,
                        FinancialStatus = "PAID",
                        FulfillmentStatus = "UNFULFILLED",
                        Lines = Lines(),
                    };
                    customer.Orders.Add(order);
                    estate.Shopify.Add(order);
                    estate.Shopify.Touch(customer, time.GetUtcNow());
                    foreach (var left in estate.Shopify.Checkouts.Values.Where(c => c.Customer == customer && c.Completed is null).ToList())
                    {
                        left.Completed = time.GetUtcNow();
                        estate.Shopify.Touch(left, time.GetUtcNow());
                    }
                    return new RecordName("shopify", "orders", order.Gid);
                }),
            ];
    }

    /// <summary>So many paid orders, the latest first, are paid back now.</summary>
    public IReadOnlyList<RecordName> Refund(int count)
    {
        lock (estate.Shopify.Lock)
            return
            [
                .. estate.Shopify.Orders.Values.Where(o => o.FinancialStatus == "PAID").OrderByDescending(o => o.Created).ThenByDescending(o => o.Id).Take(count).ToList().Select(order =>
                {
                    (order.FinancialStatus, order.RefundedAt) = ("REFUNDED", time.GetUtcNow());
                    estate.Shopify.Touch(order, time.GetUtcNow());
                    return new RecordName("shopify", "orders", order.Gid);
                }),
            ];
    }

    /// <summary>So many customers begin a checkout now, and leave.</summary>
    public IReadOnlyList<RecordName> Leave(int count)
    {
        lock (estate.Shopify.Lock)
            return
            [
                .. Buyers(count).Select(customer =>
                {
                    var checkout = new ShopifyCheckout(++next, time.GetUtcNow()) { Customer = customer, Lines = Lines() };
                    estate.Shopify.Add(checkout);
                    return new RecordName("shopify", "carts", checkout.Gid);
                }),
            ];
    }

    /// <summary>So many members click a link of the latest campaign now.</summary>
    public IReadOnlyList<RecordName> Click(int count)
    {
        lock (estate.Mailchimp.Lock)
        {
            var campaign = estate.Mailchimp.Campaigns[^1];
            List<Mailchimp.MailchimpMember> members = [.. campaign.List.Members.Where(m => m.Status == "subscribed")];
            List<RecordName> clicked = [];
            for (; clicked.Count < count && members.Count > 0;)
            {
                var member = members[dice.Below(members.Count)];
                members.Remove(member);
                campaign.Acts.Add(new Mailchimp.MailchimpAct(member, "click", DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()), "https://shop.sandbox.example/new"));
                clicked.Add(new RecordName("mailchimp", "contacts", $"{campaign.List.Id}:{member.Id}"));
            }
            return clicked;
        }
    }

    private List<ShopifyCustomer> Buyers(int count)
    {
        List<ShopifyCustomer> all = [.. estate.Shopify.Customers.Values.Where(c => c.Email is not null).OrderBy(c => c.Id)];
        List<ShopifyCustomer> buyers = [];
        for (; buyers.Count < count && all.Count > 0; all.Remove(buyers[^1])) buyers.Add(all[dice.Below(all.Count)]);
        return buyers;
    }

    private ShopifyLine[] Lines() => [.. Enumerable.Range(0, 1 + dice.Below(3)).Select(_ => ShopifySeed.Line(ref next, dice))];
}
