using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Engine.Files;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Recipes;

/// <summary>Reads mappings/catalogue.csv: <c>sku,name,category,price_minor,currency,url,description,goes_with</c>; numbers of <c>goes_with</c> are parted by blanks.</summary>
internal static class CatalogueFile
{
    private static readonly string[] Columns = ["sku", "name", "category", "price_minor", "currency", "url", "description", "goes_with"];

    /// <exception cref="RecipeException">It has mistakes.</exception>
    internal static Catalogue Load(string path)
    {
        if (!File.Exists(path)) return Catalogue.Empty;
        var errors = new List<RecipeError>();
        var products = ImmutableArray.CreateBuilder<Product>();
        using var file = ContactFile.Open(path);
        var lacks = Columns.Take(2).Where(c => !file.Headers.Contains(c, StringComparer.OrdinalIgnoreCase)).ToList();
        if (lacks.Count > 0) throw new RecipeException([new RecipeError(path, 1, 1, "", $"the column{(lacks.Count == 1 ? "" : "s")} {string.Join(", ", lacks)} {(lacks.Count == 1 ? "is" : "are")} missing. The first row names the columns: {string.Join(",", Columns)}")]);
        var places = Columns.ToDictionary(c => c, c => file.Headers.ToList().FindIndex(h => string.Equals(h, c, StringComparison.OrdinalIgnoreCase)), StringComparer.Ordinal);
        var line = 1;
        foreach (var cells in file.Rows(row => places.Where(p => p.Value >= 0).ToDictionary(p => p.Key, p => row[p.Value].Trim(), StringComparer.Ordinal)))
        {
            line++;
            string? Cell(string column) => cells.GetValueOrDefault(column) is { Length: > 0 } text ? text : null;
            if (Cell("sku") is not { } sku || Cell("name") is not { } name)
            {
                errors.Add(new RecipeError(path, line, 1, "sku", "a product has a sku and a name."));
                continue;
            }

            long? price = null;
            if (Cell("price_minor") is { } text)
            {
                if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minor)) price = minor;
                else errors.Add(new RecipeError(path, line, 1, "price_minor", $"'{text}' is no amount in minor units: 49.00 is written 4900."));
            }

            products.Add(new Product(sku, name, Cell("category"), price, Cell("currency"), Cell("url"), Cell("description"), [.. (Cell("goes_with") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        }

        foreach (var twice in products.GroupBy(p => p.Sku, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)) errors.Add(new RecipeError(path, 1, 1, "sku", $"the sku '{twice.Key}' stands in {twice.Count()} rows."));
        if (errors.Count > 0) throw new RecipeException(errors);
        return new Catalogue(products.ToImmutable());
    }
}
