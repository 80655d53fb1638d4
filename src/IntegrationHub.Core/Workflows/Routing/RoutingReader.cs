using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Vocabulary;
using NodaTime;

namespace IntegrationHub.Workflows;

/// <summary>Reads mappings/routing.yaml.</summary>
public static class RoutingReader
{
    /// <summary>Reads it.</summary>
    public static (RoutingRules Rules, ImmutableArray<DefinitionError> Errors) Read(DefinitionNode root)
    {
        var notes = new DefinitionNotes();
        if (root is not DefinitionNode.Map node)
        {
            notes.Error(root, "", "routing is a map of keys and values: reps, territories, fallback.");
            return (RoutingRules.Empty, notes.Errors);
        }

        var map = new DefinitionMap(notes, node, "");
        var reps = map.Maps("reps", required: true).Select(Rep).OfType<Rep>().ToImmutableArray();
        var territories = map.Maps("territories", required: true).Select(t => Territory(t, reps)).OfType<Territory>().ToImmutableArray();
        var zone = map.Text("time_zone") ?? "Etc/UTC";
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            map.Error("time_zone", $"'{zone}' is no time zone of IANA's database, such as Europe/Berlin.");
            zone = "Etc/UTC";
        }

        var (name, email) = map.Map("fallback", required: true) is { } fallback ? (fallback.Text("name", required: true), fallback.Text("email", required: true)) : (null, null);
        foreach (var twice in reps.GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)) map.Error("reps", $"two reps are called '{twice.Key}'.");
        map.RefuseUnknownKeys();
        return (new RoutingRules(reps, territories, name ?? RoutingRules.Empty.Fallback, email ?? RoutingRules.Empty.FallbackEmail, zone), notes.Errors);
    }

    private static Rep? Rep(DefinitionMap map)
    {
        var (name, email) = (map.Text("name", required: true), map.Text("email", required: true));
        var (weight, most) = (map.Whole("weight", 1, 1000) ?? 1, map.Whole("per_day", 0, 100_000));
        var absences = map.Maps("absences").Select(Absence).OfType<Absence>().ToImmutableArray();
        map.RefuseUnknownKeys();
        return name is null || email is null ? null : new Rep(name, email, weight, most, absences);
    }

    private static Absence? Absence(DefinitionMap map)
    {
        var (from, until) = (Day(map, "from"), Day(map, "until"));
        if (until < from) map.Error("until", "'until' lies before 'from'.");
        map.RefuseUnknownKeys();
        return from is null || until is null ? null : new Absence(from.Value, until.Value);
    }

    private static DateOnly? Day(DefinitionMap map, string key)
    {
        if (map.Text(key, required: true) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        map.Error(key, $"'{text}' is no day: write it as 2026-12-24.");
        return null;
    }

    private static Territory? Territory(DefinitionMap map, ImmutableArray<Rep> reps)
    {
        var (name, when, names) = (map.Text("name", required: true), ConditionKinds.Read(map, "when"), map.Texts("reps", required: true));
        foreach (var unknown in names.Where(n => reps.All(r => r.Name != n))) map.Error("reps", $"no rep is called '{unknown}'. {Suggestion.For(unknown, reps.Select(r => r.Name))}");
        map.RefuseUnknownKeys();
        return name is null ? null : new Territory(name, when, names);
    }
}
