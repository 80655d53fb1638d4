using IntegrationHub.Normalising;
using IntegrationHub.Syncing;

namespace IntegrationHub.Engine.Recipes;

/// <summary>What one mapping file says: how a stream is read, and what may be written back to it.</summary>
public sealed class SourceRecipe
{
    private readonly PayloadReader current;

    /// <summary>Joins the two halves of a mapping file.</summary>
    public SourceRecipe(SourceMapping mapping, WriteBackRules writeBack)
    {
        Mapping = mapping;
        WriteBack = writeBack;
        current = new PayloadReader(writeBack.Fields.Select(f => PayloadPath.Parse(f.CurrentPath, out _)).OfType<PayloadPath>());
    }

    /// <summary>How payloads are read.</summary>
    public SourceMapping Mapping { get; }

    /// <summary>What may be written back.</summary>
    public WriteBackRules WriteBack { get; }

    /// <summary>The present value of each property that may be written back: what <see cref="WriteBacks.Diff"/> asks for.</summary>
    /// <exception cref="FormatException">The payload is not one JSON object.</exception>
    public Func<WriteBackField, string?> Current(ReadOnlyMemory<byte> payload)
    {
        var values = current.Read(payload);
        return field => values.GetValueOrDefault(field.CurrentPath);
    }
}
