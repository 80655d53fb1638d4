using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>The JSON schemas of definition files, made from the kinds of steps, triggers and conditions: editors complete and check by them while a file is written.</summary>
public static class DefinitionSchema
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] DayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>What stands under a key, by the key's name, or by <c>kind.key</c> where a kind means something else by it.</summary>
    private static readonly ImmutableDictionary<string, Func<JsonObject>> Shapes = new Dictionary<string, Func<JsonObject>>(StringComparer.Ordinal)
    {
        ["for"] = Duration,
        ["timeout"] = Duration,
        ["within"] = Duration,
        ["deadline"] = Duration,
        ["max_age"] = Duration,
        ["look_back"] = Duration,
        ["hold"] = Duration,
        ["inactive_for"] = Duration,
        ["wait.at_most"] = Duration,
        ["event"] = EventType,
        ["restart_on"] = EventType,
        ["where"] = () => Ref("where"),
        ["trigger"] = () => Ref("where"),
        ["when"] = () => Ref("conditions"),
        ["not"] = () => Ref("conditions"),
        ["all"] = () => ListOf(Ref("condition")),
        ["any"] = () => ListOf(Ref("condition")),
        ["then"] = () => Ref("steps"),
        ["else"] = () => Ref("steps"),
        ["steps"] = () => Ref("steps"),
        ["at_least"] = Number,
        ["at_most"] = Number,
        ["below"] = Number,
        ["total_at_least"] = Number,
        ["share"] = Number,
        ["never"] = Flag,
        ["given"] = Flag,
        ["opens_count"] = Flag,
        ["exists"] = Flag,
        ["orders"] = Flag,
        ["manual"] = Flag,
        ["api"] = Flag,
        ["ends"] = Flag,
        ["since_last_send"] = Flag,
        ["since"] = () => OneOf("entry", "last_send"),
        ["channel"] = Channel,
        ["consent"] = Channel,
        ["send.purpose"] = () => OneOf("marketing", "transactional"),
        ["purpose"] = Text,
        ["hygiene"] = () => OneOf([.. Enum.GetValues<HygieneStatus>().Select(HygieneCodes.Of)]),
        ["score.by"] = () => OneOf("scoring"),
        ["route.by"] = () => OneOf("routing"),
        ["score"] = () => OneOf("fit", "behaviour", "total"),
        ["standing"] = () => OneOf("active", "ended", "entered", "never", "converted"),
        ["field"] = () => OneOf([.. Fields.Golden.Select(Fields.NameOf)]),
        ["date"] = Text,
        ["of"] = EventType,
        ["before"] = Duration,
        ["after"] = Duration,
        ["yearly"] = Flag,
        ["at"] = Time,
        ["changed"] = () => OneOf([.. Fields.Golden.Select(Fields.NameOf)]),
        ["changed.from"] = () => ListOf(Value()),
        ["changed.to"] = () => ListOf(Value()),
        ["until"] = Time,
        ["from"] = Time,
        ["days"] = () => ListOf(OneOf(DayNames)),
        ["template"] = Text,
        ["reason"] = Text,
        ["to"] = Text,
        ["question"] = Text,
        ["fallback"] = Text,
        ["workflow"] = Text,
        ["log"] = Text,
        ["tag"] = Text,
        ["segment"] = Text,
        ["list"] = Text,
        ["started_by"] = Text,
        ["is"] = Value,
        ["contains"] = Value,
        ["starts_with"] = Value,
        ["in"] = () => ListOf(Value()),
        ["add_tags"] = () => ListOf(Text()),
        ["remove_tags"] = () => ListOf(Text()),
        ["vendors"] = () => ListOf(Text()),
        ["same"] = () => ListOf(Text()),
        ["set"] = () => new JsonObject { ["type"] = "object", ["propertyNames"] = new JsonObject { ["enum"] = Words(Fields.Golden.Except(Fields.Lists).Select(Fields.NameOf)) }, ["additionalProperties"] = Value() },
        ["arms"] = () => ListOf(Closed([("name", Text()), ("share", Number()), ("steps", Ref("steps"))], "name", "share")),
        ["options"] = () => ListOf(Closed([("name", Text()), ("meaning", Text()), ("steps", Ref("steps"))], "name")),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The schema of <c>mappings/workflows/*.yaml</c>, as text with a line feed at its end.</summary>
    public static string OfWorkflows()
    {
        var schema = Closed(
            [
                ("name", Said(Text(), "The file's name without its ending.")), ("title", Said(Text(), "Its name for people.")), ("profile", Said(OneOf("starter", "full"), "Which steps of the file it has; starter unless told.")),
                ("parameters", Said(new JsonObject { ["type"] = "object", ["additionalProperties"] = Value() }, "Values that the rest of the file, and templates, name: $quiet_for.")),
                ("triggers", Said(ListOf(Ref("trigger")), "What starts it.")), ("only", Said(Ref("conditions"), "Whom it takes, besides.")),
                ("reentry", Said(AnyOf(OneOf("never", "always"), Duration()), "When a contact may enter again: never, always, or so long after the last entry; never unless told.")),
                ("goal", Said(Goal(), "What it is for. Launch refuses a workflow without one.")), ("exits", Said(ListOf(Exit()), "What ends it at once, whatever it waits for.")),
                ("priority", Said(Number(), "0 to 1000: the higher writes first where two workflows want to write at one time; 50 unless told.")), ("window", Said(Closed([("from", Time()), ("until", Time()), ("days", ListOf(OneOf(DayNames)))]), "Hours of the contact's own day in which marketing messages go out.")),
                ("holdout", Said(Number(), "The share of contacts, from 0 to 0.9, that is sent nothing, to measure against.")), ("existing", Said(OneOf("include", "ignore"), "Whether contacts that fit at launch enter, too; ignore unless told.")),
                ("pace", Said(Number(), "How many of them a day; 500 unless told.")), ("hold", Said(Duration(), "How long an entry waits for a contact that is blocked or in review to be fixed; 7d unless told.")), ("steps", Said(Ref("steps"), "What happens, in order.")),
            ],
            "triggers", "steps");
        return Whole("A workflow", schema, ["condition", "conditions", "where", "trigger", "step", "steps"]);
    }

    /// <summary>The schema of <c>mappings/segments/*.yaml</c>.</summary>
    public static string OfSegments() =>
        Whole("A segment", Closed([("title", Said(Text(), "Its name for people.")), ("when", Said(Ref("conditions"), "Who is in it."))], "when"), ["condition", "conditions", "where"]);

    private static string Whole(string title, JsonObject body, string[] parts)
    {
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title };
        foreach (var (key, value) in body.ToList())
        {
            body.Remove(key);
            schema[key] = value;
        }

        schema["definitions"] = new JsonObject(parts.Select(p => KeyValuePair.Create<string, JsonNode?>(p, Definition(p))));
        return schema.ToJsonString(Layout).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Definition(string name) => name switch
    {
        "condition" => new JsonObject { ["anyOf"] = new JsonArray([.. ConditionKinds.All.Values.Select(k => Named(k.Name, k.Description, k.Keys))]) },
        "conditions" => Said(AnyOf(Ref("condition"), new JsonObject { ["type"] = "array", ["items"] = Ref("condition") }), "A condition, or a list of which all must hold."),
        "where" => new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Tests of properties, by name or by path with dots.",
            ["additionalProperties"] = AnyOf(Value(), new JsonObject { ["type"] = "array", ["items"] = Value() }, Closed([.. ValueTest.Keys.Select(k => (k.Key, Said(Shape("where", k.Key), k.Meaning)))])),
        },
        "trigger" => new JsonObject { ["anyOf"] = new JsonArray([.. TriggerKinds.All.Values.Select(k => Named(k.Name, k.Description, k.Keys))]) },
        "steps" => new JsonObject { ["type"] = "array", ["items"] = Ref("step") },
        "step" => Steps(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such part of the schema."),
    };

    private static JsonObject Steps()
    {
        var kinds = StepKinds.All.Values;
        var step = Closed(
            [
                ("id", Said(Text(), "Unique in its workflow; it stays with the step when the file is changed.")), ("profile", Said(OneOf("starter", "full"), "The step is there in this profile only.")),
                .. kinds.Select(k => (k.Name, Said(AnyOf(Value(), Closed([.. k.Keys.Select(key => (key.Key, Said(Shape(k.Name, key.Key), key.Meaning)))])), k.Description))),
            ]);
        step["oneOf"] = new JsonArray([.. kinds.Select(k => new JsonObject { ["required"] = new JsonArray(k.Name) })]);
        return step;
    }

    /// <summary>A map that is told by one of its keys what it is.</summary>
    private static JsonObject Named(string name, string description, ImmutableArray<(string Key, string Meaning)> keys) =>
        Closed([(name, Said(Shape("", name), description)), .. keys.Where(k => k.Key != name).Select(k => (k.Key, Said(Shape(name, k.Key), k.Meaning)))], name);

    private static JsonObject Goal() => Closed(
        [
            ("event", EventType()), ("where", Ref("where")), ("when", Ref("conditions")), ("same", Said(ListOf(Text()), "Properties that it must share with the event that started the run.")), ("within", Said(Duration(), "So long after the entry at the latest; 30d unless told.")),
            ("metric", Said(OneOf("revenue", "orders", "meetings", "deals", "conversions"), "What success is measured by.")), ("ends", Said(Flag(), "false: the run goes on after it; true unless told.")),
        ],
        "metric");

    private static JsonObject Exit() => Closed(
        [
            ("event", EventType()), ("where", Ref("where")), ("when", Ref("conditions")), ("same", Said(ListOf(Text()), "Properties that the event must share with the one that started the run.")),
            ("look_back", Said(Duration(), "An event so long before the start counts, too.")), ("reason", Said(Text(), "The reason that is recorded.")), ("start", Said(Text(), "A workflow that the contact goes over to.")),
        ]);

    private static JsonObject Shape(string kind, string key) =>
        (Shapes.GetValueOrDefault($"{kind}.{key}") ?? Shapes.GetValueOrDefault(key) ?? throw new InvalidOperationException($"The schema does not know what stands under '{key}' of '{kind}'. Add it to DefinitionSchema.Shapes."))();

    private static JsonObject Closed(IEnumerable<(string Key, JsonObject Value)> properties, params string[] required)
    {
        var closed = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value))) };
        if (required.Length > 0) closed["required"] = Words(required);
        return closed;
    }

    // A value may be that of a parameter: $quiet_for.
    private static JsonObject OneOf(params string[] words) => AnyOf(new JsonObject { ["enum"] = Words(words) }, Parameter());

    private static JsonObject Channel() => OneOf([.. Channels.ByName.Keys]);

    // Other tools' names of events are words without a dot: Order Completed.
    private static JsonObject EventType() => AnyOf(new JsonObject { ["enum"] = Words(EventTypes.All) }, new JsonObject { ["type"] = "string", ["pattern"] = "^(custom\\.[a-z0-9._-]+|[A-Za-z ]+)$" }, Parameter());

    private static JsonObject Duration() => AnyOf(new JsonObject { ["type"] = "string", ["pattern"] = "^([0-9]+[wdhms] ?)+$", ["examples"] = Words(["45m", "24h", "3d", "2w", "1h 30m"]) }, new JsonObject { ["enum"] = new JsonArray(0, "0") }, Parameter());

    private static JsonObject Time() => AnyOf(new JsonObject { ["type"] = "string", ["pattern"] = "^([01]?[0-9]|2[0-4]):[0-5][0-9]$", ["examples"] = Words(["09:00"]) }, Parameter());

    private static JsonObject Number() => AnyOf(new JsonObject { ["type"] = "number" }, Parameter());

    private static JsonObject Flag() => AnyOf(new JsonObject { ["type"] = "boolean" }, Parameter());

    private static JsonObject Text() => Value();

    private static JsonObject Value() => new() { ["type"] = Words(["string", "number", "boolean"]) };

    private static JsonObject Parameter() => new() { ["type"] = "string", ["pattern"] = "^\\$." };

    // One item may stand without the list around it.
    private static JsonObject ListOf(JsonObject item) => AnyOf(new JsonObject { ["type"] = "array", ["items"] = item.DeepClone() }, item);

    private static JsonObject AnyOf(params JsonObject[] of) => new() { ["anyOf"] = new JsonArray([.. of]) };

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/definitions/{name}" };

    // Beside a $ref everything else is passed over in draft 7.
    private static JsonObject Said(JsonObject shape, string description) =>
        shape.ContainsKey("$ref") ? new JsonObject { ["description"] = description, ["allOf"] = new JsonArray(shape) } : new JsonObject([KeyValuePair.Create<string, JsonNode?>("description", description), .. shape.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))]);

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(w => (JsonNode)w)]);
}
