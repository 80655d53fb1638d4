using System.Collections.Immutable;
using IntegrationHub.Vocabulary;
using NodaTime;

namespace IntegrationHub.Workflows;

/// <summary>Finds an owner. Pure: who was given what so far is handed in and out.</summary>
public static class Router
{
    /// <summary>The owner, why, and the new state of turns.</summary>
    /// <param name="view">The contact.</param>
    /// <param name="state">Who was given what so far.</param>
    public static (string Owner, string? Email, string Reason, RoutingState State) Route(ContactView view, RoutingState state)
    {
        var rules = view.Set.RoutingRules;
        var day = Today(rules, view.Now);
        var passed = new List<string>();
        if (view.Values[Field.Owner] is { } owner)
        {
            if (rules.Find(owner) is not { } rep) return (owner, null, $"existing owner: {owner}", state);
            if (!rep.IsAwayOn(day)) return (rep.Name, rep.Email, $"existing owner: {rep.Name}", state);
            passed.Add($"the existing owner {rep.Name} is away");
        }

        foreach (var territory in rules.Territories)
        {
            if (territory.When is { } when && !when.Holds(view)) continue;
            var reps = territory.Reps.Select(rules.Find).OfType<Rep>().ToList();
            var free = reps.Where(r => !r.IsAwayOn(day) && HasRoom(r, state, day)).ToList();
            if (free.Count == 0)
            {
                passed.Add($"{territory.Name} has nobody free: {string.Join(", ", reps.Select(r => $"{r.Name} {(r.IsAwayOn(day) ? "is away" : "is full")}"))}");
                continue;
            }

            var (chosen, turned) = NextTurn(free, state);
            return (chosen.Name, chosen.Email, Because($"territory {territory.Name}, {(free.Count == 1 ? $"{chosen.Name} only" : $"{chosen.Name} by turn")}", passed), Taken(turned, chosen.Name, day));
        }

        if (passed.Count == 0) passed.Add("no territory takes the contact");
        return (rules.Fallback, rules.FallbackEmail, Because($"fallback {rules.Fallback}", passed), state);
    }

    /// <summary>
    /// Smooth weighted round-robin: each free rep's turn grows by its weight, the largest is chosen and falls by the sum; over a round each is chosen by its weight, and no
    /// one twice in a row without need. After nginx, "Upstream: smooth weighted round-robin balancing" (2012).
    /// </summary>
    private static (Rep Chosen, RoutingState State) NextTurn(List<Rep> free, RoutingState state)
    {
        var turns = state.Turns;
        foreach (var rep in free) turns = turns.SetItem(rep.Name, turns.GetValueOrDefault(rep.Name) + rep.Weight);
        var chosen = free.OrderByDescending(r => turns[r.Name]).ThenBy(r => r.Name, StringComparer.Ordinal).First();
        return (chosen, state with { Turns = turns.SetItem(chosen.Name, turns[chosen.Name] - free.Sum(r => r.Weight)) });
    }

    private static bool HasRoom(Rep rep, RoutingState state, DateOnly day) => rep.PerDay is not { } most || TakenOn(day, rep.Name, state) < most;

    private static RoutingState Taken(RoutingState state, string rep, DateOnly day) => state with { Taken = state.Taken.SetItem(rep, (day, TakenOn(day, rep, state) + 1)) };

    private static int TakenOn(DateOnly day, string rep, RoutingState state) => state.Taken.TryGetValue(rep, out var taken) && taken.Day == day ? taken.Count : 0;

    private static DateOnly Today(RoutingRules rules, DateTimeOffset now)
    {
        var date = Instant.FromDateTimeOffset(now).InZone(DateTimeZoneProviders.Tzdb[rules.Zone]).Date;
        return new DateOnly(date.Year, date.Month, date.Day);
    }

    private static string Because(string chosen, List<string> passed) => passed.Count == 0 ? chosen : $"{chosen}; {string.Join("; ", passed)}";
}
