using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>A piece of a definition file with its place, whatever format the file is in.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public abstract record DefinitionNode(int Line, int Column)
{
    /// <summary>One value.</summary>
    public sealed record Scalar(string Value, int Line, int Column) : DefinitionNode(Line, Column);

    /// <summary>A list.</summary>
    public sealed record Sequence(ImmutableArray<DefinitionNode> Items, int Line, int Column) : DefinitionNode(Line, Column);

    /// <summary>Keys and values, in the order of the file.</summary>
    public sealed record Map(ImmutableArray<(Scalar Key, DefinitionNode Value)> Entries, int Line, int Column) : DefinitionNode(Line, Column)
    {
        /// <summary>The value of a key; null when it is not there.</summary>
        public DefinitionNode? Find(string key)
        {
            foreach (var (name, value) in Entries)
                if (name.Value == key) return value;
            return null;
        }
    }

    /// <summary>How an error calls this.</summary>
    public string Shape => this switch
    {
        Map => "a map",
        Sequence => "a list",
        Scalar { Value: "" } => "nothing",
        Scalar scalar => $"'{scalar.Value}'",
        _ => "this",
    };
}

/// <summary>A mistake in a definition file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Where">The path of keys, such as <c>steps[2].wait.for</c>.</param>
/// <param name="Message">What is wrong, and what was expected.</param>
public sealed record DefinitionError(int Line, int Column, string Where, string Message);
