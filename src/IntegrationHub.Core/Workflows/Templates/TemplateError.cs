namespace IntegrationHub.Workflows;

/// <summary>One mistake in a template.</summary>
/// <param name="File">The file's name: <c>lead-nurture-1.liquid</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Message">What is wrong, what was expected, how to mend it.</param>
public sealed record TemplateError(string File, int Line, string Message)
{
    /// <summary><c>file:line: what is wrong</c>.</summary>
    public override string ToString() => $"{File}:{Line}: {Message}";
}
