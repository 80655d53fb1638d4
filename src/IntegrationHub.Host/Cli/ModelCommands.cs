using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub model learn|show</c>, and <c>hub review calibration</c>.</summary>
internal static class ModelCommands
{
    private const int MostMoved = 8;

    public static Command Build() => new("model", "The match models: by which numbers records are held to be one.") { Learn(), Show() };

    private static Command Learn()
    {
        var entity = Entity();
        var file = new Option<string?>("--out") { Description = "Write the model there instead of putting it in force.", HelpName = "FILE" };
        var command = new Command("learn", "Learn a match model from the hub's own records, without labels. The next sync matches with it; decisions stay.") { entity, file };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var written = await hub.Get<LearnModel>().Learn(KindOf(parsed.GetValue(entity)), parsed.GetValue(file), HubContext.Operator, ct);
            hub.Answer(
                new { written.Model.Kind, Changed = written.File is not null, written.File, written.KeptAs, written.InForce, Version = written.Model.Number, written.Model.LearntFrom, HubValues = written.Model.Hubs.All },
                screen => ShowLearnt(screen, written));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub model learn", "hub model learn --entity company", "hub model learn --out tried.json");
    }

    private static Command Show()
    {
        var entity = Entity();
        var command = new Command("show", "Show the match model in force: levels, m, u, weights, and where they are from.") { entity };
        command.SetAction(HubContext.Action(
            (hub, parsed, _) =>
            {
                var model = hub.Get<Models>().Of(KindOf(parsed.GetValue(entity)));
                hub.Answer(
                    new
                    {
                        model.Kind,
                        Version = model.Number,
                        Recipe = model.Version.ToString(),
                        model.LearntFrom,
                        model.CalibratedBy,
                        model.Population,
                        model.BlockCap,
                        Auto = Probability(model.AutoWeight),
                        Review = Probability(model.ReviewWeight),
                        Levels = model.Levels(),
                        Calibration = model.Calibration.Points,
                        HubValues = model.Hubs.All,
                    },
                    screen => Show(screen, model));
                return Task.FromResult(ExitCode.Done);
            },
            needsDatabase: false));
        return HelpWithExamples.Add(command, "hub model show", "hub model show --entity company --json");
    }

    /// <summary><c>hub review calibration</c>.</summary>
    public static Command Calibration()
    {
        var entity = Entity();
        var apply = new Option<bool>("--apply") { Description = "Fit the calibration to the decisions and put the model in force." };
        var command = new Command("calibration", "Hold reviewers' decisions against the stated probabilities: of the pairs stated as 90 %, how many are one?") { entity, apply };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var found = await hub.Get<CalibrateModel>().Run(KindOf(parsed.GetValue(entity)), parsed.GetValue(apply), HubContext.Operator, ct);
            hub.Answer(
                new { found.Kind, found.Decided, found.Same, found.Gone, found.Bands, File = found.Written?.File, KeptAs = found.Written?.KeptAs },
                screen => ShowCalibration(screen, found));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub review calibration", "hub review calibration --apply");
    }

    private static Option<string> Entity()
    {
        var entity = new Option<string>("--entity") { Description = "contact or company.", DefaultValueFactory = _ => "contact", HelpName = "KIND" };
        entity.AcceptOnlyFromAmong("contact", "company");
        return entity;
    }

    private static EntityKind KindOf(string? entity) => entity == "company" ? EntityKind.Company : EntityKind.Contact;

    private static void ShowLearnt(IAnsiConsole screen, WrittenModel written)
    {
        screen.WriteLine(From(written.Model));
        if (written.File is null)
        {
            screen.WriteLine("The records teach nothing new: the model in force stays as it is.");
            return;
        }

        var before = written.Before.Levels().ToDictionary(l => (l.Comparison, l.Level), l => l.M);
        var table = Render.Table("Comparison", "Level", "m before", "m now");
        foreach (var level in written.Model.Levels().OrderByDescending(l => Math.Abs(Math.Log2(l.M / before[(l.Comparison, l.Level)]))).Take(MostMoved))
            table.AddRow(Render.Cells(level.Comparison, level.Level, $"{before[(level.Comparison, level.Level)]:G3}", $"{level.M:G3}"));
        screen.WriteLine("What moved most:");
        screen.Write(table);
        screen.WriteLine($"Written to {written.File}, version {written.Model.Number}.{(written.KeptAs is { } kept ? $" The former one is kept as {kept}." : "")}");
        if (written.InForce) screen.WriteLine("The next sync matches all records with it. Where 'hub serve' runs, start it again.");
        if (written.InForce && written.Before.CalibratedBy is not null) screen.WriteLine("The calibration by reviewers' decisions is to be fitted anew: hub review calibration --apply");
    }

    private static void Show(IAnsiConsole screen, MatchModel model)
    {
        screen.WriteLine(From(model));
        screen.WriteLine($"Version {model.Number}, recipe {model.Version}. Merged without a person from {Probability(model.AutoWeight):P1} on, to a person from {Probability(model.ReviewWeight):P1} on.");
        var table = Render.Table("Comparison", "Level", "m", "u", "Bits");
        foreach (var l in model.Levels())
            table.AddRow(Render.Cells(l.Comparison, l.Level, $"{l.M:G3}", l.U is { } u ? $"{u:G3}" : "its frequency", l.Weight is { } w ? $"{w:+0.0;-0.0}" : "by value"));
        screen.Write(table);
        if (!model.Hubs.All.IsEmpty) screen.WriteLine($"Left out, since too many share them: {model.Hubs.All.Length:N0} values; see --json.");
    }

    private static void ShowCalibration(IAnsiConsole screen, ReviewCalibration found)
    {
        screen.WriteLine($"{found.Decided:N0} pairs decided, {found.Same:N0} of them one.{(found.Gone > 0 ? $" {found.Gone:N0} more have a record that is gone." : "")}");
        if (found.Bands.Count > 0)
        {
            var table = Render.Table("Stated", "Pairs", "On average", "Are one", "95 % interval");
            foreach (var b in found.Bands)
                table.AddRow(Render.Cells($"{b.From:P0} to {b.To:P1}", $"{b.Pairs:N0}", $"{b.Stated:P1}", $"{b.Observed.Value:P1}", $"{b.Observed.Low:P1} to {b.Observed.High:P1}"));
            screen.Write(table);
        }

        if (found.Written is { File: { } file } written) screen.WriteLine($"Written to {file}, version {written.Model.Number}.{(written.KeptAs is { } kept ? $" The former one is kept as {kept}." : "")} The next sync matches all records with it.");
    }

    /// <summary>Where a model is from, in words. That learning came to an end is told as it was, and never claimed.</summary>
    private static string From(MatchModel model)
    {
        var kind = model.Kind == EntityKind.Contact ? "contacts" : "companies";
        var origin = model.LearntFrom is not { } from
            ? $"A model of {kind} that was not learnt from your records."
            : $"Model of {kind}, learnt from {from.Records:N0} records on {from.At:yyyy-MM-dd}: {from.Pairs:N0} candidate pairs, {from.RandomPairs:N0} pairs at random; "
                + (from.Converged ? $"converged after {from.Steps} steps." : $"not converged after {from.Steps} steps, the last changed a probability by {from.LastChange:0.0000}.");
        return model.CalibratedBy is { } by ? $"{origin} Calibrated by {by.Decisions:N0} decisions on {by.At:yyyy-MM-dd}." : origin;
    }

    private static double Probability(double weight) => new Edge(0, 1, weight).Probability;
}
