using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Stages;
using IntegrationHub.Matching;
using IntegrationHub.Matching.Learning;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>What became of a model file.</summary>
/// <param name="Model">What was learnt or calibrated; where nothing changed the model in force.</param>
/// <param name="Before">The model in force before.</param>
/// <param name="File">Where it was written; null where nothing changed, and the file stays as it is.</param>
/// <param name="KeptAs">Where the model that it replaces is kept; null where it replaces none.</param>
/// <param name="InForce">True where the next sync matches with it.</param>
public sealed record WrittenModel(MatchModel Model, MatchModel Before, string? File, string? KeptAs, bool InForce);

/// <summary>Learns match models from the hub's own clean records, and writes them as files that the next sync matches with.</summary>
public sealed class LearnModel(HubStore store, Models models, EngineSettings settings, TimeProvider time)
{
    // Fewer tell less than the built-in models know.
    private const int FewestRecords = 500;

    // From so many records on it pays to learn, and with twice or half of what a model was learnt from it pays to learn again.
    private const int WorthLearning = 10_000;
    private const int FarFromLearnt = 2;

    /// <summary>Learns the model of a kind. Nothing in the store changes; where the model is put in force, the next sync matches all records of the kind again, and decisions stay.</summary>
    /// <param name="kind">Contacts or companies.</param>
    /// <param name="file">Where to write it; null puts it in force, in the mappings folder, and keeps the former file beside it.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops it; no file is changed then.</param>
    /// <exception cref="NotPossibleException">There are too few records.</exception>
    /// <exception cref="RefusedException">Not an admin.</exception>
    public async Task<WrittenModel> Learn(EntityKind kind, string? file, Actor by, CancellationToken ct)
    {
        by.Require(Role.Admin);
        var before = models.Of(kind);
        var records = await PreparedRecords.Load(store, MatchModel.BuiltIn(kind), ct);
        if (records.Ids.Count < FewestRecords)
            throw new NotPossibleException($"There are {records.Ids.Count:N0} {(kind == EntityKind.Contact ? "contact" : "company")} records: from fewer than {FewestRecords:N0} less can be learnt than the built-in model knows.");
        var learnt = PipelineModel.Learn(records.Table, before, time.GetUtcNow(), ct);
        return file is null && IsSame(learnt, before) ? new WrittenModel(before, before, null, null, true) : Write(learnt, before, file, ct);
    }

    /// <summary>Whether the records are still such as the model in force was learnt from, in words.</summary>
    public async Task<string> Drift(CancellationToken ct)
    {
        var totals = await store.Stats.Totals(ct);
        return $"{Drift(EntityKind.Contact, totals.CleanContacts)}; {Drift(EntityKind.Company, totals.CleanCompanies)}";
    }

    private string Drift(EntityKind kind, long records)
    {
        var (of, entity) = kind == EntityKind.Contact ? ("contacts", "contact") : ("companies", "company");
        if (models.Of(kind).LearntFrom is not { } from)
            return $"{of}: not learnt from your records{(records >= WorthLearning ? $", of which there are {records:N0} by now. Learn from them: hub model learn --entity {entity}" : "")}";
        var about = $"{of}: learnt from {from.Records:N0} records on {from.At:yyyy-MM-dd}, now there are {records:N0}";
        return records > from.Records * FarFromLearnt || records * FarFromLearnt < from.Records ? $"{about}, far from what it was learnt from. Learn again: hub model learn --entity {entity}" : about;
    }

    /// <summary>Writes a model, whole or not at all.</summary>
    internal WrittenModel Write(MatchModel model, MatchModel before, string? file, CancellationToken ct)
    {
        var inForce = Models.FileOf(settings.MappingsDirectory, model.Kind);
        var target = Path.GetFullPath(file ?? inForce);
        var replaces = target == Path.GetFullPath(inForce);
        var kept = replaces ? Keep(target, before) : null;
        if (Path.GetDirectoryName(target) is { } folder) Directory.CreateDirectory(folder);
        ct.ThrowIfCancellationRequested();
        File.WriteAllText(target + ".new", model.ToJson());
        File.Move(target + ".new", target, overwrite: true);
        return new WrittenModel(model, before, target, kept, replaces);
    }

    /// <summary>Keeps a model under its number and version, so that any former one can be put back.</summary>
    private static string? Keep(string file, MatchModel before)
    {
        if (!File.Exists(file)) return null;
        var kept = Path.ChangeExtension(file, $".{before.Number}-{before.Version}.json");
        File.Copy(file, kept, overwrite: true);
        return kept;
    }

    /// <summary>True where two models differ in nothing but number and time: learning twice from the same records changes no recipe, and what people's decisions calibrated stays.</summary>
    private static bool IsSame(MatchModel learnt, MatchModel before)
    {
        if (before.LearntFrom is not { } from || learnt.LearntFrom is not { } now) return false;
        var same = learnt.AsLearnt(before.Number, learnt.Hubs, now with { At = from.At });
        return (before.CalibratedBy is { } by ? same.AsCalibrated(before.Number, before.Calibration, by) : same).ToJson() == before.ToJson();
    }
}
