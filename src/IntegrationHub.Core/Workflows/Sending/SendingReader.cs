using System.Collections.Immutable;
using NodaTime;

namespace IntegrationHub.Workflows;

/// <summary>Reads mappings/sending.yaml.</summary>
public static class SendingReader
{
    /// <summary>Reads it.</summary>
    public static (SendingRules Rules, ImmutableArray<DefinitionError> Errors) Read(DefinitionNode root)
    {
        var notes = new DefinitionNotes();
        if (root is not DefinitionNode.Map node)
        {
            notes.Error(root, "", "the rules of sending are a map of keys and values: cap and time_zone.");
            return (SendingRules.Default, notes.Errors);
        }

        var map = new DefinitionMap(notes, node, "");
        var rules = SendingRules.Default;
        if (map.Map("cap") is { } cap)
        {
            rules = rules with { Messages = cap.Whole("messages", 1, 1000, required: true) ?? rules.Messages, Per = cap.Duration("per", required: true) ?? rules.Per };
            cap.RefuseUnknownKeys();
        }

        if (map.Text("time_zone") is { } zone)
        {
            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null) map.Error("time_zone", $"'{zone}' is no time zone of IANA's database, such as Europe/Berlin.");
            else rules = rules with { DefaultZone = zone };
        }

        map.RefuseUnknownKeys();
        return (rules, notes.Errors);
    }
}
