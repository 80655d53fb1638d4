using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>A workflow, or what is wrong with its file.</summary>
/// <param name="Workflow">Null where there are mistakes.</param>
/// <param name="Errors">The mistakes.</param>
public sealed record ReadWorkflow(Workflow? Workflow, ImmutableArray<DefinitionError> Errors);

/// <summary>Reads a workflow's file.</summary>
public static class WorkflowReader
{
    private static readonly Dictionary<string, string> Profiles = new(StringComparer.Ordinal) { ["starter"] = "starter", ["full"] = "full" };
    private static readonly string[] Metrics = ["revenue", "orders", "meetings", "deals", "conversions"];

    /// <summary>Reads it.</summary>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="text">The file's text, of which the version is made.</param>
    /// <param name="root">The text, parsed.</param>
    /// <param name="profile"><c>starter</c> or <c>full</c>, instead of the file's own; null for the file's own.</param>
    public static ReadWorkflow Read(string name, string text, DefinitionNode root, string? profile = null)
    {
        var notes = new DefinitionNotes();
        if (root is not DefinitionNode.Map node)
        {
            notes.Error(root, "", "a workflow is a map of keys and values: name, triggers, steps.");
            return new ReadWorkflow(null, notes.Errors);
        }

        var map = new DefinitionMap(notes, node, "");
        var parameters = Parameters(map);
        var workflow = Read(map, name, text, parameters, profile);
        map.RefuseUnknownKeys();
        return new ReadWorkflow(notes.Errors.IsEmpty ? workflow : null, notes.Errors);
    }

    private static Workflow Read(DefinitionMap map, string name, string text, ImmutableSortedDictionary<string, string> parameters, string? profile)
    {
        var named = map.Text("name") ?? name;
        if (named != name) map.Error("name", $"the name is '{named}', and the file's is '{name}': they must be the same.");
        if (!IsName(name)) map.Error("name", $"'{name}' is no name: lower-case letters, digits and hyphens.");
        var own = Profile(map);
        var steps = new StepsReader(map.Notes, profile ?? own);
        var first = steps.Read(map, "steps", null, required: true);
        // The profile in force is part of what a version does.
        var version = RecipeVersions.Of(profile is null ? text : $"{text}\nprofile {profile}").Value;
        return new Workflow(
            name, map.Text("title") ?? name, version, steps.Profile, parameters, TriggerKinds.Read(map, "triggers"), ConditionKinds.Read(map, "only"), ReadReentry(map), ReadGoal(map), ReadExits(map),
            map.Whole("priority", 0, 1000) ?? 50, ReadWindow(map), map.Number("holdout", 0, 0.9) ?? 0, map.Choice("existing", Existing) ?? false, map.Whole("pace", 1, 1_000_000) ?? 500,
            map.Duration("hold") ?? TimeSpan.FromDays(7), steps.Steps, first);
    }

    private static readonly Dictionary<string, bool> Existing = new(StringComparer.Ordinal) { ["include"] = true, ["ignore"] = false };

    private static string Profile(DefinitionMap map)
    {
        if (map.Text("profile") is not { } text) return "starter";
        if (Profiles.ContainsKey(text)) return text;
        map.Error("profile", $"unknown profile '{text}'. {Suggestion.For(text, Profiles.Keys)}");
        return "starter";
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 64 && name[0] != '-' && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static ImmutableSortedDictionary<string, string> Parameters(DefinitionMap map)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (map.Map("parameters") is not { } parameters) return all.ToImmutable();
        foreach (var (key, value) in parameters.Entries())
        {
            if (value is not DefinitionNode.Scalar scalar)
            {
                parameters.Error(key, $"a parameter is one value, not {value.Shape}.");
                continue;
            }

            map.Notes.Declare(key, scalar);
            all[key] = scalar.Value;
        }

        return all.ToImmutable();
    }

    private static Reentry ReadReentry(DefinitionMap map)
    {
        if (map.Text("reentry") is not { } text || text == "never") return new Reentry(false, TimeSpan.Zero);
        if (text == "always") return new Reentry(true, TimeSpan.Zero);
        if (Durations.Parse(text) is { } after) return new Reentry(true, after);
        map.Error("reentry", $"'{text}' is neither 'never' nor 'always' nor a length of time, such as 30d.");
        return new Reentry(false, TimeSpan.Zero);
    }

    private static Goal? ReadGoal(DefinitionMap map)
    {
        if (map.Map("goal") is not { } goal) return null;
        var pattern = goal.Has("event") ? EventPattern.Read(goal) : null;
        var condition = ConditionKinds.Read(goal, "when");
        if ((pattern is null) == (condition is null)) goal.Notes.Error(goal.Node, goal.Where, "a goal has either an 'event' or a 'when' condition.");
        if (pattern?.Type == EventTypes.EmailOpened || (condition is not null && Opens(condition))) goal.Error("event", "opens are no goal: machines open mails, too. Take a click, a visit or a purchase.");
        var metric = goal.Text("metric", required: true) ?? "conversions";
        if (!Metrics.Contains(metric)) goal.Error("metric", $"unknown metric '{metric}'. {Suggestion.For(metric, Metrics)}");
        var result = new Goal(pattern, condition, goal.Texts("same"), goal.Duration("within") ?? TimeSpan.FromDays(30), metric, goal.Flag("ends", true));
        goal.RefuseUnknownKeys();
        return result;
    }

    private static bool Opens(Condition condition) => condition is EventCondition { Pattern.Type: EventTypes.EmailOpened } || condition.Parts.Any(Opens);

    private static ImmutableArray<ExitRule> ReadExits(DefinitionMap map)
    {
        var exits = ImmutableArray.CreateBuilder<ExitRule>();
        foreach (var one in map.Maps("exits"))
        {
            var pattern = one.Has("event") ? EventPattern.Read(one) : null;
            var condition = ConditionKinds.Read(one, "when");
            if ((pattern is null) == (condition is null)) one.Notes.Error(one.Node, one.Where, "an exit has either an 'event' or a 'when' condition.");
            exits.Add(new ExitRule(pattern, condition, one.Texts("same"), one.Duration("look_back") ?? TimeSpan.Zero, one.Text("reason") ?? pattern?.Text ?? condition?.Text ?? "", one.Text("start")));
            one.RefuseUnknownKeys();
        }

        return exits.ToImmutable();
    }

    private static SendWindow? ReadWindow(DefinitionMap map)
    {
        if (map.Map("window") is not { } window) return null;
        var (from, until, days) = (LocalTime.Minute(window, "from") ?? 0, LocalTime.Minute(window, "until") ?? 1440, LocalTime.Days(window, "days"));
        if (until <= from) window.Error("until", "'until' is not after 'from': a window opens and closes on one day.");
        window.RefuseUnknownKeys();
        return new SendWindow(from, until, (days.IsEmpty ? [.. Enum.GetValues<DayOfWeek>()] : days).ToFrozenSet());
    }
}

/// <summary>Reads lists of steps into one flat list, each step with what follows it.</summary>
/// <param name="notes">Where mistakes go.</param>
/// <param name="profile">Steps that are marked for another profile are left out.</param>
internal sealed class StepsReader(DefinitionNotes notes, string profile)
{
    private readonly List<Step> steps = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    /// <summary>The profile in force.</summary>
    internal string Profile => profile;

    /// <summary>The steps, in the order of the file.</summary>
    internal ImmutableArray<Step> Steps => [.. steps.OrderBy(s => order[s.Id])];

    private readonly Dictionary<string, int> order = new(StringComparer.Ordinal);

    /// <summary>Reads a list; gives the id of its first step, or what follows where it is empty.</summary>
    internal string? Read(DefinitionMap map, string key, string? next, bool required = false)
    {
        var list = map.Maps(key, required).Where(InProfile).Select(m => (Map: m, Id: IdOf(m))).ToList();
        // From the end, since each step is told what follows it.
        for (var i = list.Count - 1; i >= 0; i--)
        {
            ReadOne(list[i].Map, list[i].Id, next);
            next = list[i].Id;
        }

        return next;
    }

    private void ReadOne(DefinitionMap map, string id, string? next)
    {
        map.Text("id");
        map.Text("profile");
        var kinds = map.Node.Entries.Where(e => StepKinds.All.ContainsKey(e.Key.Value)).ToList();
        if (kinds.Count != 1)
        {
            var words = map.Node.Entries.Select(e => e.Key.Value).FirstOrDefault(k => k is not ("id" or "profile")) ?? "";
            notes.Error(map.Node, map.Where, kinds.Count == 0 ? $"no step is named here. {Suggestion.For(words, StepKinds.All.Keys)}" : "two steps stand in one item of the list: begin each with '-'.");
            return;
        }

        var kind = StepKinds.All[kinds[0].Key.Value];
        var body = Body(map, kind, kinds[0].Value);
        if (body is null) return;
        if (kind.Read(new StepReader(body, next, (of, key, after) => Read(of, key, after))) is { } step) steps.Add(step with { Id = id, Next = next });
        body.RefuseUnknownKeys();
        map.RefuseUnknownKeys();
    }

    /// <summary>A single value stands for the kind's first key: <c>wait: 3d</c>.</summary>
    private DefinitionMap? Body(DefinitionMap map, StepKind kind, DefinitionNode value)
    {
        map.Find(kind.Name);
        if (value is DefinitionNode.Map inner) return new DefinitionMap(notes, inner, map.Path(kind.Name));
        if (value is DefinitionNode.Scalar scalar && !kind.Keys.IsEmpty)
            return new DefinitionMap(notes, new DefinitionNode.Map([(scalar with { Value = kind.Keys[0].Key }, scalar)], scalar.Line, scalar.Column), map.Path(kind.Name));
        map.Error(kind.Name, $"'{kind.Name}' must be a map of keys and values, not {value.Shape}.");
        return null;
    }

    private bool InProfile(DefinitionMap map)
    {
        var wanted = (map.Node.Find("profile") as DefinitionNode.Scalar)?.Value;
        if (wanted is not (null or "starter" or "full")) map.Error("profile", $"unknown profile '{wanted}'. {Suggestion.For(wanted, ["starter", "full"])}");
        return wanted is null || wanted == profile;
    }

    private string IdOf(DefinitionMap map)
    {
        var given = (map.Node.Find("id") as DefinitionNode.Scalar)?.Value;
        var kind = map.Node.Entries.Select(e => e.Key.Value).FirstOrDefault(StepKinds.All.ContainsKey) ?? "step";
        if (given is not null && !ids.Add(given)) map.Error("id", $"two steps are called '{given}'.");
        var id = given ?? Unused(kind);
        order.TryAdd(id, (map.Node.Line * 10_000) + map.Node.Column);
        return id;
    }

    private string Unused(string kind)
    {
        for (var n = 1; ; n++)
            if (ids.Add($"{kind}-{n.ToString(CultureInfo.InvariantCulture)}")) return $"{kind}-{n.ToString(CultureInfo.InvariantCulture)}";
    }
}
