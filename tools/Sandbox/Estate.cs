using IntegrationHub.Sandbox.Files;
using IntegrationHub.Sandbox.HubSpot;
using IntegrationHub.Sandbox.Mailchimp;
using IntegrationHub.Sandbox.Shopify;
using IntegrationHub.Sandbox.World;

namespace IntegrationHub.Sandbox;

/// <summary>One row of the truth file.</summary>
/// <param name="Source">hubspot, mailchimp, shopify, files.</param>
/// <param name="Stream">contacts</param>
/// <param name="ExternalId">As the hub's connectors name the record.</param>
/// <param name="Individual">Number of the person whose record it is.</param>
public sealed record TruthRow(string Source, string Stream, string ExternalId, int Individual);

/// <summary>All data: the four systems, and whose each record is.</summary>
public sealed class Estate
{
    private Estate(int people, int seed, DateTimeOffset asOf, double damage)
    {
        People = Population.Make(people, seed);
        var years = new Years(asOf);
        var spread = Spread.Of(People, seed);
        List<TruthRow> truth = [];
        HubSpot = HubSpotSeed.Make(spread.HubSpot, years, seed, truth);
        Mailchimp = MailchimpSeed.Make(spread.Mailchimp, spread.MailchimpShop, years, seed, truth);
        Shopify = ShopifySeed.Make(spread.Shopify, years, seed, truth);
        Files = FileFolder.Make(spread.Salesforce, spread.Badges, years, seed, damage, truth);
        Truth = truth;
    }

    /// <summary>The people behind the records.</summary>
    public IReadOnlyList<Individual> People { get; }

    /// <summary>HubSpot's account.</summary>
    public HubSpotAccount HubSpot { get; }

    /// <summary>Mailchimp's account.</summary>
    public MailchimpAccount Mailchimp { get; }

    /// <summary>Shopify's shop.</summary>
    public ShopifyShop Shopify { get; }

    /// <summary>The folder of CSV files.</summary>
    public FileFolder Files { get; }

    /// <summary>Whose each record is, as the data was made.</summary>
    public IReadOnlyList<TruthRow> Truth { get; }

    /// <summary>Makes the data: the same for the same arguments.</summary>
    /// <param name="people">How many people.</param><param name="seed">The seed.</param><param name="asOf">The end of the years that the data spans.</param>
    /// <param name="damage">Share of the files' rows that are damaged beside their proper copy.</param>
    public static Estate Make(int people, int seed, DateTimeOffset asOf, double damage) => new(people, seed, asOf, damage);

    /// <summary>Writes the truth file.</summary>
    public void WriteTruth(TextWriter writer)
    {
        writer.Write("source,stream,external_id,person\n");
        foreach (var row in Truth) writer.Write($"{row.Source},{row.Stream},{Csv.Cell(row.ExternalId, ',')},P{row.Individual:D7}\n");
    }
}
