using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>HubSpot's webhooks: a list of what has happened, by ids, in no promised order. What is so now is asked for.</summary>
internal static class HubSpotWebhook
{
    private const string ContactType = "0-1";

    /// <summary>The ids of the contacts that a body names; what is of no contact is passed over.</summary>
    /// <exception cref="FormatException">The body is not what HubSpot sends.</exception>
    public static IReadOnlyList<string> ContactsIn(byte[] body)
    {
        try
        {
            var ids = new SortedSet<long>();
            foreach (var told in JsonSerializer.Deserialize(body, HubSpotJson.Default.IReadOnlyListNotice) ?? [])
                if (IsOfContact(told)) ids.UnionWith(((long?[])[told.ObjectId, told.PrimaryObjectId, told.NewObjectId]).OfType<long>().Concat(told.MergedObjectIds ?? []));
            return [.. ids.Select(id => id.ToString(CultureInfo.InvariantCulture))];
        }
        catch (JsonException e)
        {
            throw new FormatException($"the body is not the list of JSON objects that HubSpot sends: {e.Message}", e);
        }
    }

    private static bool IsOfContact(Notice told) =>
        told.SubscriptionType?.StartsWith("contact.", StringComparison.Ordinal) == true || (told.SubscriptionType?.StartsWith("object.", StringComparison.Ordinal) == true && told.ObjectTypeId == ContactType);
}
