using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Recipes;

/// <summary>The version of a mapping: its text, and the rules that normalise what it reads.</summary>
internal static class NormaliserVersion
{
    // Raised whenever mapping or normalising gives another result for the same payload, so that all records are made anew.
    private const string Rules = "normalising 10";

    internal static RecipeVersion With(string mappingText) => RecipeVersions.Of(mappingText, Rules);
}
