using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Recipes;

/// <summary>The match models of contacts and of companies.</summary>
public sealed class Models
{
    // The pipeline's population is part of the recipe and does not grow with the data, so that one record at a time ends where one batch does.
    private const int Population = 100_000;

    private readonly MatchModel contacts;
    private readonly MatchModel companies;

    private Models(MatchModel contacts, MatchModel companies) => (this.contacts, this.companies) = (contacts.For(Population), companies.For(Population));

    /// <summary>Reads models/contacts.json and models/companies.json of the mappings folder; a file that is not there is the built-in one.</summary>
    /// <exception cref="RecipeException">A file is no match model.</exception>
    public static Models Load(string folder) =>
        new(Load(folder, "contacts.json", EntityKind.Contact), Load(folder, "companies.json", EntityKind.Company));

    /// <summary>The model of a kind.</summary>
    public MatchModel Of(EntityKind kind) => kind == EntityKind.Contact ? contacts : companies;

    /// <summary>Why two clean records of one kind have their weight.</summary>
    public PairExplanation Explain(CleanRecord a, CleanRecord b) => new PairScorer(Of(a.Kind), MatchTable.Of(a.Kind, [MatchRecord.From(a), MatchRecord.From(b)])).Explain(0, 1);

    private static MatchModel Load(string folder, string name, EntityKind kind)
    {
        var file = Path.Combine(folder, "models", name);
        if (!File.Exists(file)) return MatchModel.BuiltIn(kind);
        try
        {
            return MatchModel.Parse(File.ReadAllText(file), file);
        }
        catch (FormatException e)
        {
            throw new RecipeException([new RecipeError(file, 1, 1, "", e.Message)]);
        }
    }
}
