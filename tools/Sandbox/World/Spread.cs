namespace IntegrationHub.Sandbox.World;

/// <summary>Who is in which system, and how they are written there. About 2.2 records a person.</summary>
public sealed class Spread
{
    private readonly int seed;

    private Spread(int seed) => this.seed = seed;

    public List<Entry> HubSpot { get; } = [];
    public List<Entry> Mailchimp { get; } = [];

    /// <summary>Members of the second audience.</summary>
    public List<Entry> MailchimpShop { get; } = [];
    public List<Entry> Shopify { get; } = [];
    public List<Entry> Salesforce { get; } = [];
    public List<Entry> Badges { get; } = [];

    /// <summary>Spreads the people over the systems.</summary>
    public static Spread Of(IReadOnlyList<Individual> people, int seed)
    {
        var spread = new Spread(seed);
        foreach (var individual in people) spread.Place(individual);
        return spread;
    }

    private void Place(Individual individual)
    {
        var dice = Dice.For(seed, "spread", individual.Number);
        bool inMailchimp = dice.Chance(0.58), inShopify = dice.Chance(0.42), inSalesforce = dice.Chance(0.22), inBadges = dice.Chance(0.15);
        var inHubSpot = dice.Chance(0.7) || !(inMailchimp || inShopify || inSalesforce || inBadges);
        if (inHubSpot) HubSpot.Add(Scribe.Write(individual, Habits.HubSpot, dice));
        if (inMailchimp) Mailchimp.Add(Scribe.Write(individual, Habits.Mailchimp, dice));
        if (inShopify) Shopify.Add(Scribe.Write(individual, Habits.Shopify, dice));
        if (inSalesforce) Salesforce.Add(Scribe.Write(individual, Habits.Salesforce, dice));
        if (inBadges) Badges.Add(Scribe.Write(individual, Habits.Badges, dice));

        // Archived since, in a system that can say so; never the only record of a person.
        var elsewhere = inShopify || inSalesforce || inBadges;
        if (inHubSpot && (elsewhere || inMailchimp) && dice.Chance(0.017)) HubSpot[^1].Gone = true;
        else if (inMailchimp && (elsewhere || inHubSpot) && dice.Chance(0.03)) Mailchimp[^1].Gone = true;

        // The same person twice in one system.
        if (inHubSpot && dice.Chance(0.035)) HubSpot.Add(Scribe.Write(individual, Habits.HubSpot, dice));
        if (inMailchimp && dice.Chance(0.02)) Mailchimp.Add(Scribe.Write(individual, Habits.Mailchimp, dice));
        if (inShopify && dice.Chance(0.02)) Shopify.Add(Scribe.Write(individual, Habits.Shopify, dice));
        if (inSalesforce && dice.Chance(0.03)) Salesforce.Add(Scribe.Write(individual, Habits.Salesforce, dice));
        if (inMailchimp && inShopify && dice.Chance(0.2)) MailchimpShop.Add(Scribe.Write(individual, Habits.Mailchimp, dice));
    }
}
