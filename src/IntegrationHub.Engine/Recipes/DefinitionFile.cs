using IntegrationHub.Workflows;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IntegrationHub.Engine.Recipes;

/// <summary>Reads the YAML of a definition into Core's own tree, each piece with its place.</summary>
internal static class DefinitionFile
{
    /// <summary>The tree of a file.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="RecipeException">The text is no YAML, or holds more than one document.</exception>
    internal static DefinitionNode Read(string file, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1) return Of(file, stream.Documents[0].RootNode);
            throw new RecipeException([new RecipeError(file, 1, 1, "", stream.Documents.Count == 0 ? "the file is empty." : "the file holds more than one document; remove the '---' and what follows, or move it to a file of its own.")]);
        }
        catch (YamlException e)
        {
            throw new RecipeException([new RecipeError(file, (int)e.Start.Line, (int)e.Start.Column, "", $"this is not valid YAML: {e.Message}")]);
        }
    }

    /// <summary>The mistakes of a definition as those of its file.</summary>
    internal static RecipeException Wrong(string file, IEnumerable<DefinitionError> errors) =>
        new([.. errors.Select(e => new RecipeError(file, e.Line, e.Column, e.Where, e.Message))]);

    private static DefinitionNode Of(string file, YamlNode node)
    {
        var (line, column) = ((int)node.Start.Line, (int)node.Start.Column);
        switch (node)
        {
            case YamlMappingNode map:
                return new DefinitionNode.Map(
                    [.. map.Children.Select(c => c.Key is YamlScalarNode { Value: { } key }
                        ? (new DefinitionNode.Scalar(key, (int)c.Key.Start.Line, (int)c.Key.Start.Column), Of(file, c.Value))
                        : throw new RecipeException([new RecipeError(file, (int)c.Key.Start.Line, (int)c.Key.Start.Column, "", "a key must be a plain word.")]))],
                    line, column);
            case YamlSequenceNode list:
                return new DefinitionNode.Sequence([.. list.Children.Select(c => Of(file, c))], line, column);
            default:
                return new DefinitionNode.Scalar((node as YamlScalarNode)?.Value ?? "", line, column);
        }
    }
}
