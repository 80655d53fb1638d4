namespace IntegrationHub.Sandbox.Files;

/// <summary>Writes CSV cells.</summary>
public static class Csv
{
    /// <summary>The cell, quoted where it must be (RFC 4180).</summary>
    public static string Cell(string? text, char separator) =>
        text is null ? "" : text.AsSpan().IndexOfAny(separator, '"', '\n') >= 0 || text.Contains('\r') ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    /// <summary>A row with its line end.</summary>
    public static string Row(IEnumerable<string?> cells, char separator, string lineEnd = "\r\n") =>
        string.Join(separator, cells.Select(c => Cell(c, separator))) + lineEnd;
}
