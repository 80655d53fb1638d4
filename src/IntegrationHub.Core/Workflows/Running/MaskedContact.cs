using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>What may be told of a contact outside, to somebody who is to choose: nothing that says who it is. No address, number, name or street, also where they stand in a free text.</summary>
public static partial class MaskedContact
{
    private const string Mask = "[…]";
    private const int RecentDays = 90;
    private const int MostWords = 10;

    private static readonly Field[] Naming =
    [
        Field.FirstName, Field.MiddleName, Field.LastName, Field.Nickname, Field.MaidenName, Field.Email, Field.OtherEmails, Field.Phone, Field.OtherPhones, Field.Company, Field.Street, Field.City, Field.Postcode, Field.NationalId,
        Field.Domain,
    ];

    /// <summary>The contact as JSON.</summary>
    /// <param name="facts">The contact.</param>
    /// <param name="now">The present.</param>
    public static string Of(ContactFacts facts, DateTimeOffset now)
    {
        var values = facts.Values;
        var secrets = SecretsOf(values);
        var recent = facts.Events.LatestFirst().TakeWhile(e => e.At >= now.AddDays(-RecentDays)).ToList();
        var json = new JsonObject
        {
            ["country"] = values[Field.Country],
            ["language"] = values[Field.Language],
            ["time_zone"] = values[Field.TimeZone],
            ["job_title"] = Clean(values[Field.JobTitle], secrets),
            ["works_for_a_known_company"] = values[Field.Company] is not null,
            ["tags"] = new JsonArray([.. values.List(Field.Tags).Take(MostWords).Select(t => (JsonNode?)Clean(t, secrets))]),
            ["known_for_days"] = Days(facts.CreatedAt, now),
            ["days_since_last_sign_of_life"] = Days(facts.EngagedAt, now),
            ["events_in_90_days"] = new JsonObject(recent.GroupBy(e => e.Type, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, (JsonNode?)g.Count()))),
            ["last_pages"] = new JsonArray([.. recent.Where(e => e.Type == EventTypes.PageViewed).Select(e => Clean(e.Properties.Text("path"), secrets)).OfType<string>().Distinct(StringComparer.Ordinal).Take(MostWords).Select(p => (JsonNode?)p)]),
        };
        return json.ToJsonString();
    }

    /// <summary>A text without what tells who a contact is.</summary>
    public static string? Clean(string? text, IReadOnlyCollection<string> secrets)
    {
        if (text is null) return null;
        text = Address().Replace(text, Mask);
        foreach (var secret in secrets) text = Regex.Replace(text, Regex.Escape(secret), Mask, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return Number().Replace(text, Mask);
    }

    /// <summary>The values of a contact that tell who it is, and their words; the longest first.</summary>
    public static IReadOnlyCollection<string> SecretsOf(FieldValues values) =>
    [
        .. Naming.Select(f => values[f]).OfType<string>().SelectMany(v => v.Split('\n')).SelectMany(v => v.Split([' ', '@', '.', '-', ','], StringSplitOptions.RemoveEmptyEntries).Append(v))
            .Where(w => w.Length > 2).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal),
    ];

    private static JsonNode? Days(DateTimeOffset? since, DateTimeOffset now) => since is { } at ? (JsonNode?)Math.Max(0, (int)(now - at).TotalDays) : null;

    [GeneratedRegex(@"[^\s@/?=&]+@[^\s@/?=&]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\+?\d[\d\s().-]{4,}\d", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();
}
