using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IntegrationHub.Vocabulary;
using Mono.Cecil;

namespace IntegrationHub.Tests.Architecture;

public sealed partial class CodeTests
{
    private static readonly string[] BannedWords = ["Manager", "Helper", "Util", "Utils", "Lead", "Customer", "Person"];

    private static readonly Dictionary<string, string> WordExemptions = new(StringComparer.Ordinal)
    {
        ["IntegrationHub.Normalising.PersonNames"] = "Names of people, as against those of companies: the word is part of the term, and names no thing of the hub.",
    };

    private static readonly Dictionary<string, string> ImmutableExemptions = new(StringComparer.Ordinal)
    {
        ["IntegrationHub.Vocabulary.FieldValues/Builder.Item"] = "Collects values until Build makes the immutable ones; it lives within one call.",
    };

    private static readonly Dictionary<string, string> TokenExemptions = new(StringComparer.Ordinal)
    {
        ["IntegrationHub.Store.Session.Upsert"] = "One caller in many says what a conflict does; the rest need not.",
        ["IntegrationHub.Store.PostgresDatabase/PostgresSession.Upsert"] = "As in Session.",
        ["IntegrationHub.Store.SqliteDatabase/SqliteSession.Upsert"] = "As in Session.",
    };

    /// <summary>Where failures of any kind, or those of a filter, are caught: each place keeps one failing thing from stopping the others, or makes a message of it. <c>#2</c> is a file's second one.</summary>
    private static readonly Dictionary<string, string> IsolatingPlaces = new(StringComparer.Ordinal)
    {
        ["src/IntegrationHub.Engine/Events/EventIntake.cs"] = "whatever went wrong is handed to every request that was written together",
        ["src/IntegrationHub.Engine/Delivery/SettlementWriter.cs"] = "whatever went wrong is handed to every delivery that was written together",
        ["src/IntegrationHub.Engine/Events/EventRecords.cs"] = "a form that cannot be read goes to quarantine, the others go on",
        ["src/IntegrationHub.Engine/Jobs/WorkflowLane.cs"] = "nothing else runs the workflows: they stand by and begin anew",
        ["src/IntegrationHub.Engine/Jobs/WorkflowLane.cs#2"] = "nothing else runs the workflows: they begin anew from what was saved",
        ["src/IntegrationHub.Engine/Pipeline.Events.cs"] = "a contact whose workflows fail goes to quarantine, the others go on",
        ["src/IntegrationHub.Engine/Stages/NormaliseStage.cs"] = "One record's failure goes to quarantine and stops no other record.",
        ["src/IntegrationHub.Engine/Actions/SyncSources.cs"] = "A run that fails is stored as failed, then the failure goes on.",
        ["src/IntegrationHub.Engine/Actions/Doctor.cs"] = "A folder that cannot be written is a finding and stops no other check.",
        ["src/IntegrationHub.Engine/Actions/Doctor.cs#2"] = "So is any other check that fails.",
        ["src/IntegrationHub.Engine/Actions/SourceActions.cs"] = "What a connector or a recipe says against a source is the answer of its check.",
        ["src/IntegrationHub.Engine/Actions/TakeWebhook.cs"] = "A webhook that cannot be kept now is answered so that the vendor sends it again.",
        ["src/IntegrationHub.Engine/Pipeline.cs"] = "One source's failure stops no other source.",
        ["src/IntegrationHub.Engine/Delivery/WriteBackDelivery.cs"] = "One source that takes nothing stops no other; its write-backs wait.",
        ["src/IntegrationHub.Engine/Delivery/OutboxSpread.cs"] = "A source that cannot be opened now is told when it can.",
        ["src/IntegrationHub.Engine/Events/EnrichmentRecords.cs"] = "A vendor's answer that cannot be read goes to quarantine, the others go on.",
        ["src/IntegrationHub.Engine/Delivery/ChannelLane.cs"] = "A channel that fails unforeseen stops no other message; the one is tried again, marked as perhaps delivered.",
        ["src/IntegrationHub.Engine/Delivery/MailFolderChannel.cs"] = "A full disk is an answer of the channel: its mails wait.",
        ["src/IntegrationHub.Engine/Delivery/SmsLogChannel.cs"] = "So it is here.",
        ["src/IntegrationHub.Engine/Delivery/SmtpChannel.cs"] = "A connection that breaks is an answer of the channel, which depends on how far the mail had got.",
        ["src/IntegrationHub.Engine/Delivery/SmtpChannel.cs#2"] = "A server that answers nonsense is the answer of the check.",
        ["src/IntegrationHub.Engine/Delivery/SmtpChannel.cs#3"] = "A failed TLS handshake becomes a message with the cure.",
        ["src/IntegrationHub.Engine/Delivery/SmtpChannel.cs#4"] = "So does a wrong password.",
        ["src/IntegrationHub.Engine/Delivery/SmtpChannel.cs#5"] = "So does a server that cannot be reached.",
        ["src/IntegrationHub.Engine/Delivery/SmtpChannel.cs#6"] = "A connection that is to be closed may be closed already.",
        ["src/IntegrationHub.Engine/Delivery/Inbound/InboundMailbox.cs"] = "A wrong password of the mailbox becomes a message with the cure.",
        ["src/IntegrationHub.Engine/Delivery/Inbound/InboundMailbox.cs#2"] = "So does a mailbox that cannot be reached.",
        ["src/IntegrationHub.Engine/Recipes/RecipeText.cs"] = "A file that cannot be read becomes a message with its name and the cure.",
        ["src/IntegrationHub.Core/Matching/MatchModel.cs"] = "A damaged model becomes one message that names it.",
        ["src/IntegrationHub.Store/SqliteDatabase.cs"] = "A folder that cannot be made becomes a message with the cure.",
        ["src/IntegrationHub.Store/PostgresDatabase.cs"] = "A connection string that makes no sense becomes a message without the password in it.",
        ["src/IntegrationHub.Host/Cli/Commands.cs"] = "The program's edge: what nobody foresaw becomes one line and an entry in the log.",
        ["src/IntegrationHub.Host/Cli/HubContext.cs"] = "The command's edge: foreseen failures become a message and an exit code.",
        ["src/IntegrationHub.Host/Cli/HubContext.cs#2"] = "So do a full disk and a folder without permission.",
    };

    [Fact]
    public void Classes_are_sealed_unless_abstract_or_static() =>
        House.Holds(
            "A class is sealed, abstract or static.",
            House.Types().Where(t => t is { IsClass: true, IsValueType: false, IsSealed: false, IsAbstract: false } && t.BaseType?.FullName != "System.MulticastDelegate").Select(t => t.FullName));

    [Fact]
    public void Types_of_Core_are_immutable()
    {
        var core = House.Types("IntegrationHub.Core").Where(t => t.IsPublic || t.IsNestedPublic).ToList();
        House.Holds(
            "Core's public types have no public setters but init, and no public fields that can be assigned.",
            core.SelectMany(t => t.Properties.Where(p => p.SetMethod is { IsPublic: true } set && !IsInit(set)).Select(p => $"{t.FullName}.{p.Name} can be set"))
                .Concat(core.Where(t => !t.IsEnum).SelectMany(t => t.Fields.Where(f => f is { IsPublic: true, IsInitOnly: false, HasConstant: false }).Select(f => $"{t.FullName}.{f.Name} can be assigned"))),
            ImmutableExemptions);
    }

    [Fact]
    public void The_cancellation_token_is_the_last_parameter_of_asynchronous_methods() =>
        House.Holds(
            "A method that gives a task takes its CancellationToken last; only a params array, which the language wants last, may follow.",
            from type in House.Types()
            from method in type.Methods
            where IsAsynchronous(method.ReturnType) && !method.Name.Contains('<', StringComparison.Ordinal)
            let parameters = method.Parameters.Where(p => p.CustomAttributes.All(a => a.AttributeType.Name != "ParamArrayAttribute")).ToList()
            let tokens = parameters.Where(p => p.ParameterType.FullName == "System.Threading.CancellationToken").ToList()
            where tokens.Count > 0 && (tokens.Count > 1 || tokens[0] != parameters[^1])
            select $"{type.FullName}.{method.Name}",
            TokenExemptions);

    [Fact]
    public void Nothing_asynchronous_returns_void() =>
        House.Holds(
            "No async void: its failure would end the process, and nobody could wait for it.",
            House.Assemblies.Values.SelectMany(a => a.MainModule.GetTypes()).SelectMany(t => t.Methods)
                .Where(m => m.ReturnType.FullName == "System.Void" && m.CustomAttributes.Any(a => a.AttributeType.Name == "AsyncStateMachineAttribute"))
                .Select(m => m.FullName)
                .Concat(House.Sources("src", "connectors", "tools", "tests").Where(f => AsyncVoid().IsMatch(House.Text(f))).Select(f => $"{f} has an async void")));

    [Fact]
    public void Each_issue_code_has_its_line_in_the_docs()
    {
        var codes = typeof(IssueCode).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(f => f.FieldType == typeof(IssueCode))
            .Select(f => (Place: $"{f.DeclaringType?.Name}.{f.Name}", Code: f.GetValue(null)?.ToString() ?? ""))
            .ToList();
        Assert.True(codes.Count > 20, $"{codes.Count} codes were found by reflection.");
        var docs = House.Text("docs/normalisation.md").Split('\n').Where(l => l.TrimStart().StartsWith('|')).ToList();
        House.Holds(
            "docs/normalisation.md explains each issue code in a table row that begins with | `code` |.",
            codes.Where(c => !docs.Exists(l => l.TrimStart().StartsWith($"| `{c.Code}` |", StringComparison.Ordinal))).Select(c => $"{c.Code} of {c.Place}"));
    }

    [Fact]
    public void Names_keep_to_the_vocabulary()
    {
        var types = House.Types().Where(t => !IsWireType(t)).Select(t => t.FullName).Where(n => WordsOf(n.Split('.', '/')[^1]).Intersect(BannedWords, StringComparer.Ordinal).Any());
        var tables = House.Sources("src/IntegrationHub.Store")
            .SelectMany(f => TableName().Matches(House.Text(f)).Select(m => m.Groups[1].Value))
            .Where(n => n.Split('_').Intersect(BannedWords, StringComparer.OrdinalIgnoreCase).Any()).Select(n => $"table {n}");
        House.Holds($"No type or table has one of these words in its name: {string.Join(", ", BannedWords)}.", types.Concat(tables), WordExemptions);
    }

    [Fact]
    public void Failures_of_any_kind_are_caught_in_isolating_places_only() =>
        House.Holds(
            "catch (Exception …) stands in the list of isolating places of this test, with its reason. Catch what you expect, or let it go on.",
            House.Sources("src", "connectors").SelectMany(f => CatchAll().Matches(House.Text(f)).Select((_, i) => i == 0 ? f : $"{f}#{i + 1}")),
            IsolatingPlaces);

    [Fact]
    public void A_catch_without_a_type_cleans_up_and_throws_on()
    {
        var violations = House.Sources("src", "connectors")
            .SelectMany(f => BareCatch().Matches(House.Text(f)).Where(m => !m.Value.Contains("throw", StringComparison.Ordinal)).Select(m => $"{f} at character {m.Index}"));
        House.Holds("A bare catch block ends with throw.", violations);
    }

    [Fact]
    public void Public_members_of_the_product_say_what_they_mean()
    {
        var violations = House.Assemblies.SelectMany(a =>
        {
            var members = XDocument.Load(Path.Combine(AppContext.BaseDirectory, a.Key + ".xml")).Descendants("member").ToList();
            var documented = members.Select(m => m.Attribute("name")!.Value.Split('(')[0].Split("``")[0])
                .ToHashSet(StringComparer.Ordinal);
            return Documentable(a.Key).Where(id => !documented.Contains(id));
        });
        House.Holds("Public types and their own public methods, properties and fields have a doc comment.", violations);
    }

    /// <summary>Ids, without parameters, of what must have a doc comment: not what overrides or implements something that has one, nor what a record's own comment explains.</summary>
    private static IEnumerable<string> Documentable(string assembly)
    {
        foreach (var type in House.Types(assembly).Where(IsVisible))
        {
            var name = type.FullName.Replace('/', '.');
            yield return $"T:{name}";
            // The runtime makes a delegate's members; its own comment says what it does.
            if (type.BaseType?.FullName == "System.MulticastDelegate") continue;
            foreach (var field in type.Fields.Where(f => f is { IsPublic: true, IsSpecialName: false })) yield return $"F:{name}.{field.Name}";
            var inherited = type.Interfaces.Select(i => i.InterfaceType.Resolve()).OfType<TypeDefinition>().SelectMany(i => i.Methods).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
            var positional = type.Methods.Where(m => m.IsConstructor).SelectMany(m => m.Parameters).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var property in type.Properties.Where(p => !positional.Contains(p.Name) && p.GetMethod is { IsPublic: true } get && !IsOverride(get) && !inherited.Contains(get.Name)))
                yield return $"P:{name}.{property.Name}";
            foreach (var method in type.Methods.Where(m => m is { IsPublic: true, IsSpecialName: false } && !IsOverride(m) && !inherited.Contains(m.Name)))
                if (method.CustomAttributes.All(a => a.AttributeType.Name != "CompilerGeneratedAttribute")) yield return $"M:{name}.{method.Name}";
        }
    }

    private static bool IsOverride(MethodDefinition method) => method is { IsVirtual: true, IsNewSlot: false };

    private static bool IsVisible(TypeDefinition type) => type.IsPublic || (type.IsNestedPublic && IsVisible(type.DeclaringType));

    private static bool IsInit(MethodDefinition setter) => setter.ReturnType is RequiredModifierType { ModifierType.Name: "IsExternalInit" };

    private static bool IsAsynchronous(TypeReference type) =>
        type.Namespace == "System.Threading.Tasks" && type.Name is "Task" or "Task`1" or "ValueTask" or "ValueTask`1" || type.Name == "IAsyncEnumerable`1";

    /// <summary>What the vendors call their things is theirs to say.</summary>
    private static bool IsWireType(TypeDefinition type) =>
        House.NamespaceOf(type).StartsWith("IntegrationHub.Connectors.", StringComparison.Ordinal) && WireTypes.Contains(type.DeclaringType is { } outer ? outer.Name : type.Name);

    private static readonly HashSet<string> WireTypes =
        [.. House.Sources("connectors").Where(f => f.EndsWith("/Wire.cs", StringComparison.Ordinal)).SelectMany(f => Declared().Matches(House.Text(f)).Select(m => m.Groups[1].Value))];

    private static IEnumerable<string> WordsOf(string name) => Word().Matches(name).Select(m => m.Value);

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:record|class|struct|enum)\s+([A-Z]\w*)")]
    private static partial Regex Declared();

    [GeneratedRegex(@"ToTable\(""(\w+)""")]
    private static partial Regex TableName();

    [GeneratedRegex(@"catch \((?:System\.)?Exception\b")]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"catch\s*\{[^}]*\}")]
    private static partial Regex BareCatch();

    [GeneratedRegex(@"\basync\s+void\s")]
    private static partial Regex AsyncVoid();
}
