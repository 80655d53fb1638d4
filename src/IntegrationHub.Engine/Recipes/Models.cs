using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Recipes;

/// <summary>
/// The match models of contacts and of companies. Their population is part of the recipe and does not grow with the data, so that one record at a time ends where one batch does.
/// </summary>
public sealed class Models
{
    private readonly MatchModel contacts;
    private readonly MatchModel companies;

    private Models(MatchModel contacts, MatchModel companies) => (this.contacts, this.companies) = (contacts, companies);

    /// <summary>Reads models/contacts.json and models/companies.json of the mappings folder; a file that is not there is the built-in one.</summary>
    /// <exception cref="RecipeException">A file is no match model.</exception>
    public static Models Load(string folder) =>
        new(Load(folder, EntityKind.Contact), Load(folder, EntityKind.Company));

    /// <summary>Where the model of a kind lies in a mappings folder, whether it is there or not.</summary>
    public static string FileOf(string folder, EntityKind kind) => Path.Combine(folder, "models", kind == EntityKind.Contact ? "contacts.json" : "companies.json");

    /// <summary>The model of a kind.</summary>
    public MatchModel Of(EntityKind kind) => kind == EntityKind.Contact ? contacts : companies;

    /// <summary>Why two clean records of one kind have their weight.</summary>
    public PairExplanation Explain(CleanRecord a, CleanRecord b) => new PairScorer(Of(a.Kind), MatchTable.Of(a.Kind, [MatchRecord.From(a, Of(a.Kind)), MatchRecord.From(b, Of(a.Kind))])).Explain(0, 1);

    private static MatchModel Load(string folder, EntityKind kind)
    {
        var file = FileOf(folder, kind);
        if (!File.Exists(file)) return MatchModel.BuiltIn(kind);
        try
        {
            var model = MatchModel.Parse(File.ReadAllText(file), file);
            return model.Kind == kind ? model
                : throw new FormatException($"{file}: this is a model of {(model.Kind == EntityKind.Contact ? "contacts" : "companies")}. Give it its own name, or set its \"kind\".");
        }
        catch (FormatException e)
        {
            throw new RecipeException([new RecipeError(file, 1, 1, "", e.Message)]);
        }
    }
}
