using System.Collections.Immutable;

namespace IntegrationHub.Engine.Recipes;

/// <summary>One mistake in a recipe file.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Where">The key within the file, such as <c>fields.email.transforms</c>; empty for the whole file.</param>
/// <param name="Message">What is wrong, what is known, what was perhaps meant.</param>
public sealed record RecipeError(string File, int Line, int Column, string Where, string Message)
{
    /// <summary><c>file:line:column: where: what is wrong</c>.</summary>
    public override string ToString() => Where.Length == 0 ? $"{File}:{Line}:{Column}: {Message}" : $"{File}:{Line}:{Column}: {Where}: {Message}";
}

/// <summary>A recipe file cannot be used. Holds all its mistakes, not the first only.</summary>
public sealed class RecipeException : Exception
{
    /// <param name="errors">At least one.</param>
    public RecipeException(IEnumerable<RecipeError> errors) : this([.. errors.OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Line).ThenBy(e => e.Column)]) { }

    private RecipeException(ImmutableArray<RecipeError> errors) : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<RecipeError> Errors { get; }
}
