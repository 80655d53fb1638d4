using System.Collections.Immutable;
using IntegrationHub.Auditing;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Recipes;

/// <summary>Reads one workflow's part of mappings/audit.yaml: what it needs, and whom it is for.</summary>
internal static class WorkflowAudienceFile
{
    private static readonly Dictionary<string, Channel> ChannelNames = new(StringComparer.Ordinal) { ["email"] = Channel.Email, ["sms"] = Channel.Sms };

    private static readonly Dictionary<string, AudienceConsent> ConsentNames = new(StringComparer.Ordinal)
    {
        ["any"] = AudienceConsent.Any,
        ["not_denied"] = AudienceConsent.NotDenied,
        ["granted"] = AudienceConsent.Granted,
    };

    internal static WorkflowRules Read(YamlMap entry, string name, YamlMap? score, ImmutableDictionary<string, AuditThreshold> thresholds)
    {
        var own = entry.Map("score");
        var rules = new WorkflowRules(
            name,
            entry.Text("title") ?? Title(name),
            Channels(entry),
            [.. FieldList(entry, "required").Distinct()],
            Audience(entry),
            own?.Number("pass_from", 0, 100) ?? score?.Number("pass_from", 0, 100) ?? 80,
            own?.Number("block_below", 0, 100) ?? score?.Number("block_below", 0, 100) ?? 50,
            thresholds);
        if (rules.Required.IsEmpty) entry.Error("required", "'required' is missing: at least one field that the workflow cannot do without.");
        if (rules.BlockBelow > rules.PassFrom) entry.Error("score", "'block_below' is above 'pass_from': no score could warn.");
        own?.RefuseUnknownKeys();
        entry.RefuseUnknownKeys();
        return rules;
    }

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    private static ImmutableArray<Channel> Channels(YamlMap entry)
    {
        var channels = ImmutableArray.CreateBuilder<Channel>();
        foreach (var (text, node) in entry.Texts("channels"))
            if (ChannelNames.TryGetValue(text, out var channel)) channels.Add(channel);
            else entry.ErrorAt(node, "channels", $"unknown channel '{text}'. {Suggestion.For(text, ChannelNames.Keys)}");
        if (channels.Count == 0 && entry.Texts("channels").Count == 0) entry.Error("channels", "'channels' is missing: email, sms or both.");
        return channels.ToImmutable();
    }

    private static Audience Audience(YamlMap entry)
    {
        if (entry.Map("audience") is not { } map) return Auditing.Audience.Everybody;
        var audience = new Audience(
            [.. map.Texts("sources").Select(s => s.Text)],
            FieldSet.Of(FieldList(map, "has")),
            FieldSet.Of(FieldList(map, "has_any")),
            FieldSet.Of(FieldList(map, "lacks")),
            map.Choice("consent", ConsentNames) ?? AudienceConsent.Any,
            Days(map, "changed_within_days"),
            Days(map, "unchanged_for_days"));
        map.RefuseUnknownKeys();
        return audience;
    }

    private static TimeSpan? Days(YamlMap map, string key) => map.Number(key, 0.01, 36500) is { } days ? TimeSpan.FromDays(days) : null;

    private static IEnumerable<Field> FieldList(YamlMap map, string key) =>
        [.. map.Texts(key).Select(f => AuditFile.FieldNamed(map, key, f.Text, f.Node)).OfType<Field>()];
}
