using System.Text.Json.Serialization;

namespace IntegrationHub.Connectors.Files;

/// <summary>How far each file has been read.</summary>
/// <param name="Files">By name.</param>
public sealed record FilesCursor(SortedDictionary<string, FileState> Files);

/// <summary>How far one file has been read.</summary>
/// <param name="Size">Its size, in bytes.</param>
/// <param name="Written">When it was last written, in ticks of UTC. With another size or time it is another file, and read anew.</param>
/// <param name="Offset">Where the next row begins, in bytes of its UTF-8 form.</param>
/// <param name="Line">The line of that row, from 1.</param>
/// <param name="Done">True when it was read to its end.</param>
public sealed record FileState(long Size, long Written, long Offset, long Line, bool Done);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FilesCursor))]
internal sealed partial class FilesJson : JsonSerializerContext;
