using System.Collections.Immutable;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Recipes;

/// <summary>Reads mappings/templates; docs/templates.md describes it.</summary>
public static class TemplateFolder
{
    /// <summary>Reads all templates, by name.</summary>
    /// <param name="folder">Holds <c>NAME.liquid</c> files. One that is not there holds none.</param>
    /// <exception cref="RecipeException">A template has mistakes: all mistakes of all templates.</exception>
    public static ImmutableDictionary<string, MessageTemplate> Load(string folder)
    {
        var templates = ImmutableDictionary.CreateBuilder<string, MessageTemplate>(StringComparer.Ordinal);
        var errors = new List<RecipeError>();
        if (!Directory.Exists(folder)) return templates.ToImmutable();
        foreach (var path in Directory.EnumerateFiles(folder, "*.liquid").Order(StringComparer.Ordinal))
        {
            var reading = MessageTemplate.Parse(Path.GetFileNameWithoutExtension(path), RecipeText.Read(path));
            errors.AddRange(reading.Errors.Select(e => new RecipeError(path, e.Line, 1, "", e.Message)));
            if (reading.Template is { } template) templates[template.Name] = template;
        }

        return errors.Count > 0 ? throw new RecipeException(errors) : templates.ToImmutable();
    }
}
