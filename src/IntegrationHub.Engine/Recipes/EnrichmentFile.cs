using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Recipes;

/// <summary>One parameter of a question to a vendor.</summary>
/// <param name="Name">The vendor's name of it.</param>
/// <param name="Field">The contact's field; of <see cref="Field.Domain"/> the domain that tells the company, the mailbox's own included.</param>
/// <param name="Needed">False where the question is asked without it too.</param>
public sealed record VendorParameter(string Name, Field Field, bool Needed);

/// <summary>An enrichment vendor, described without code.</summary>
/// <param name="Name">As workflows name it.</param>
/// <param name="Url">Where it is asked.</param>
/// <param name="IsPost">POST instead of GET; the parameters stand in the address either way.</param>
/// <param name="TokenVariable">The environment variable with the secret; without it the vendor is absent.</param>
/// <param name="TokenHeader">The header that carries it; <c>Authorization</c> gets <c>Bearer</c> in front.</param>
/// <param name="Ask">What is asked by.</param>
/// <param name="Always">Parameters that are always the same.</param>
/// <param name="Timeout">No longer for one attempt.</param>
/// <param name="Nothing">HTTP answers that mean that it knows nothing.</param>
/// <param name="Fields">What is taken from the answer: the first path that has a value.</param>
public sealed record EnrichmentVendor(
    string Name,
    Uri Url,
    bool IsPost,
    string TokenVariable,
    string TokenHeader,
    ImmutableArray<VendorParameter> Ask,
    ImmutableArray<(string Name, string Value)> Always,
    TimeSpan Timeout,
    ImmutableArray<int> Nothing,
    ImmutableArray<(Field Field, ImmutableArray<PayloadPath> Paths)> Fields);

/// <summary>Reads mappings/enrichment.yaml; docs/enrichment.md describes it.</summary>
public static class EnrichmentFile
{
    private static readonly Dictionary<string, bool> Methods = new(StringComparer.Ordinal) { ["get"] = false, ["post"] = true };

    /// <summary>Reads the file; no vendor where there is none.</summary>
    /// <exception cref="RecipeException">It has mistakes.</exception>
    public static ImmutableArray<EnrichmentVendor> Load(string path) => File.Exists(path) ? Parse(RecipeText.Read(path), path) : [];

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="RecipeException">It has mistakes.</exception>
    public static ImmutableArray<EnrichmentVendor> Parse(string text, string fileName)
    {
        var document = new YamlDocument(fileName);
        var vendors = ImmutableArray.CreateBuilder<EnrichmentVendor>();
        if (document.Root(text) is { } root)
        {
            if (root.Map("vendors") is { } all)
                foreach (var (name, _, value) in all.Entries())
                    if (all.Map(name, value) is { } map && Vendor(name, map) is { } vendor) vendors.Add(vendor);
            root.RefuseUnknownKeys();
        }

        document.ThrowIfWrong();
        return vendors.ToImmutable();
    }

    private static EnrichmentVendor? Vendor(string name, YamlMap map)
    {
        var before = map.Mistakes;
        var address = map.Text("url", required: true);
        var url = Uri.TryCreate(address, UriKind.Absolute, out var parsed) && parsed.Scheme is "https" or "http" ? parsed : null;
        if (address is not null && url is null) map.Error("url", $"'{address}' is no whole address, such as https://api.example.com/v1/enrich");
        var isPost = map.Choice("method", Methods) ?? false;
        var token = map.Map("token");
        var (variable, header) = (token?.Text("variable", required: true), token?.Text("header") ?? "Authorization");
        token?.RefuseUnknownKeys();
        if (token is null && !map.Has("token")) map.Error("token", "'token' is missing: { variable: NAME_OF_AN_ENVIRONMENT_VARIABLE, header: X-Api-Key }.");
        var vendor = new EnrichmentVendor(name, url ?? new Uri("https://nowhere.invalid/"), isPost, variable ?? "", header, Ask(map), Always(map), Timeout(map), Nothing(map), FieldsOf(map));
        map.RefuseUnknownKeys();
        return map.Mistakes == before ? vendor : null;
    }

    private static ImmutableArray<VendorParameter> Ask(YamlMap map)
    {
        var ask = ImmutableArray.CreateBuilder<VendorParameter>();
        if (map.Map("ask") is { } parameters)
            foreach (var (parameter, _, _) in parameters.Entries())
            {
                var text = parameters.Text(parameter) ?? "";
                if (Known(parameters, parameter, text.TrimEnd('?')) is { } field) ask.Add(new VendorParameter(parameter, field, !text.EndsWith('?')));
            }

        if (!ask.Any(a => a.Needed)) map.Error("ask", "'ask' says by what the vendor is asked, such as { email: email }: at least one field without '?'.");
        return ask.ToImmutable();
    }

    private static ImmutableArray<(string Name, string Value)> Always(YamlMap map) =>
        map.Map("always") is { } always ? [.. always.Entries().Select(e => (e.Key, always.Text(e.Key) ?? ""))] : [];

    private static TimeSpan Timeout(YamlMap map)
    {
        if (map.Text("timeout") is not { } text) return TimeSpan.FromSeconds(1);
        if (Durations.Parse(text) is { } length && length > TimeSpan.Zero && length <= TimeSpan.FromMinutes(1)) return length;
        map.Error("timeout", $"'{text}' is no length of time up to 1m, such as 2s.");
        return TimeSpan.FromSeconds(1);
    }

    private static ImmutableArray<int> Nothing(YamlMap map)
    {
        var statuses = ImmutableArray.CreateBuilder<int>();
        foreach (var (text, at) in map.Texts("nothing"))
            if (int.TryParse(text, CultureInfo.InvariantCulture, out var status) && status is >= 200 and < 600) statuses.Add(status);
            else map.ErrorAt(at, "nothing", $"'{text}' is no HTTP status, such as 404.");
        return statuses.ToImmutable();
    }

    private static ImmutableArray<(Field Field, ImmutableArray<PayloadPath> Paths)> FieldsOf(YamlMap map)
    {
        var fields = ImmutableArray.CreateBuilder<(Field Field, ImmutableArray<PayloadPath> Paths)>();
        if (map.Map("fields") is { } given)
            foreach (var (name, _, _) in given.Entries())
            {
                var paths = ImmutableArray.CreateBuilder<PayloadPath>();
                foreach (var (text, at) in given.Texts(name))
                    if (PayloadPath.Parse(text, out var problem) is { } path) paths.Add(path);
                    else given.ErrorAt(at, name, $"'{text}' is not a path: {problem}.");
                if (Known(given, name, name) is { } field) fields.Add((field, paths.ToImmutable()));
            }

        if (fields.Count == 0) map.Error("fields", "'fields' says what is taken from the answer, such as { company: data.name }.");
        return fields.ToImmutable();
    }

    private static Field? Known(YamlMap map, string key, string name)
    {
        // An address, a number or an opinion about permission is the contact's own to give.
        if (Fields.Find(name) is { } field && Fields.Golden.Contains(field)) return field;
        map.Error(key, $"there is no field '{name}'. {Suggestion.For(name, Fields.Golden.Select(Fields.NameOf))}");
        return null;
    }
}
