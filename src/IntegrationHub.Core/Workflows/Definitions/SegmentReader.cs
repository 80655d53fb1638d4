using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>Reads a segment's file: <c>title</c> and <c>when</c>.</summary>
public static class SegmentReader
{
    /// <summary>Reads it.</summary>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="root">The file, parsed.</param>
    public static (Segment? Segment, ImmutableArray<DefinitionError> Errors) Read(string name, DefinitionNode root)
    {
        var notes = new DefinitionNotes();
        if (root is not DefinitionNode.Map node)
        {
            notes.Error(root, "", "a segment is a map of keys and values: title and when.");
            return (null, notes.Errors);
        }

        var map = new DefinitionMap(notes, node, "");
        var title = map.Text("title") ?? name;
        var condition = ConditionKinds.Read(map, "when", required: true);
        map.RefuseUnknownKeys();
        return notes.Errors.IsEmpty && condition is not null ? (new Segment(name, title, condition), []) : (null, notes.Errors);
    }
}
