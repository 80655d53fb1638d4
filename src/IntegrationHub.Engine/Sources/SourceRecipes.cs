using System.Collections.Concurrent;
using System.Text.Json;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Store;

namespace IntegrationHub.Engine.Sources;

/// <summary>Which recipe reads the records of one source: its own mapping file where it has one, else the built-in mapping of its system or of the file's layout.</summary>
public sealed class SourceRecipes
{
    private readonly RecipeBook book;
    private readonly string connector;
    private readonly SourceRecipe? own;
    private readonly ConcurrentDictionary<string, SourceRecipe?> byHeaders = new(StringComparer.Ordinal);

    private SourceRecipes(RecipeBook book, string connector, SourceRecipe? own) => (this.book, this.connector, this.own) = (book, connector, own);

    /// <summary>Loads the source's own mapping file, if it has one.</summary>
    /// <exception cref="RecipeException">The file has mistakes, or is gone.</exception>
    public static SourceRecipes Of(SourceRow source, RecipeBook book) =>
        new(book, source.Connector, source.MappingFile is { } file ? MappingFile.Load(file) : null);

    /// <summary>The columns that make a row's id, where the source's own mapping names them.</summary>
    public IReadOnlyList<string> KeyColumns => own?.Mapping.Definition.Layout?.Key ?? [];

    /// <summary>True for streams that a recipe turns into clean records.</summary>
    public bool Maps(string stream) =>
        own is not null ? own.Mapping.Definition.Stream == stream
        : connector == MappingFile.FilesConnector ? stream == Vocabulary.Streams.Contacts
        : book.For(connector, stream) is not null;

    /// <summary>What makes events of the stream's rows; null where they make none.</summary>
    public Workflows.EventMapping? Events(string stream) => book.EventsOf(connector, stream);

    /// <summary>The recipe of one record; null when no mapping knows the columns of its file.</summary>
    public SourceRecipe? For(string stream, ReadOnlySpan<byte> payload)
    {
        if (connector == MappingFile.FilesConnector) return ForFile(payload);
        return own ?? book.For(connector, stream);
    }

    /// <summary>All recipes that records of the stream may be read by.</summary>
    public IEnumerable<SourceRecipe> All(string stream) =>
        own is not null ? [own]
        : connector == MappingFile.FilesConnector ? book.Mappings.Where(m => m.Mapping.Definition.Layout is not null)
        : book.For(connector, stream) is { } one ? [one] : [];

    /// <summary>True when a mapping of the source describes write-back; with <paramref name="enabledOnly"/>, when one has it switched on.</summary>
    public bool WritesBack(bool enabledOnly) =>
        All(Vocabulary.Streams.Contacts).Any(r => enabledOnly ? r.WriteBack.Enabled : r.WriteBack.Fields.Length > 0);

    private SourceRecipe? ForFile(ReadOnlySpan<byte> payload)
    {
        var headers = HeadersOf(payload);
        return byHeaders.GetOrAdd(string.Join('\n', headers), _ => OwnReads(headers) ? own : book.ForHeaders(headers));
    }

    /// <summary>A folder may hold files of several layouts; the source's own mapping reads those that have its headers, or all when it names none.</summary>
    private bool OwnReads(List<string> headers) => own?.Mapping.Definition.Layout is { } layout && (layout.Headers.IsEmpty || layout.Recognises(headers));

    private static List<string> HeadersOf(ReadOnlySpan<byte> payload)
    {
        var headers = new List<string>();
        var reader = new Utf8JsonReader(payload);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            headers.Add(reader.GetString()!);
            reader.Skip();
        }

        return headers;
    }
}
