using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>
/// Hours in which the law of the contact's place forbids marketing text messages. The contact's address and its number may be of two places: both hold. Where the contact may
/// live in several zones (a state that a line parts, a number of the USA that tells no place), the hours of all of them hold.
/// </summary>
public static class QuietHours
{
    /// <summary>When the quiet hours that <paramref name="at"/> lies in end, and by which rule; null when it lies in none.</summary>
    /// <exception cref="InvalidOperationException">The places' hours never meet: no two of the table are so.</exception>
    public static (DateTimeOffset Until, string Rule)? Ends(ContactView view, DateTimeOffset at)
    {
        var zones = ContactZone.All(view).Zones;
        var rules = RulesOf(view.Values);
        var (next, rule) = (at, "");
        // Each pass moves forward to an opening of one place; a fortnight of days has one that suits all.
        for (var pass = 0; pass < 1000; pass++)
        {
            var before = next;
            foreach (var hours in rules)
                foreach (var zone in zones)
                {
                    var opens = hours.Next(zone, next);
                    if (opens <= next) continue;
                    if (rule.Length == 0) rule = hours.Rule;
                    next = opens;
                }

            if (next == before) return next == at ? null : (next, rule);
        }

        throw new InvalidOperationException($"The hours of {string.Join(" and ", rules.Select(r => r.Place))} never meet in {string.Join(", ", zones.Select(z => z.Id))}.");
    }

    private static ImmutableArray<TextHours> RulesOf(FieldValues values)
    {
        var (country, phone) = (values[Field.Country], values[Field.Phone]);
        var called = phone is null ? null : ContactZone.CountryOf(phone);
        // An address tells the state better than an area code, which people take with them when they move.
        var state = country is "US" ? values[Field.State]?.ToUpperInvariant() ?? (phone is null ? null : TextHoursTable.StateOf(phone)) : called is "US" ? TextHoursTable.StateOf(phone!) : null;
        var rules = ImmutableArray.CreateBuilder<TextHours>();
        if (state is not null && TextHoursTable.States.TryGetValue(state, out var ofState)) rules.Add(ofState);
        foreach (var place in new[] { country, called })
            if (place is not null && TextHoursTable.Countries.TryGetValue(place, out var ofCountry) && !rules.Contains(ofCountry)) rules.Add(ofCountry);
        if (rules.Count == 0) rules.Add(TextHoursTable.Elsewhere);
        return rules.ToImmutable();
    }
}
