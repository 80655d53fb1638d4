using IntegrationHub.Engine.Recipes;
using IntegrationHub.Store;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Engine.Actions;

/// <summary>One thing that was checked.</summary>
/// <param name="What">The thing.</param>
/// <param name="Ok">True when it is in order.</param>
/// <param name="Finding">What was found; where it is not in order, the cure.</param>
public sealed record DoctorCheck(string What, bool Ok, string Finding);

/// <summary>Checks everything that a run needs. A failed check stops no other.</summary>
public sealed class Doctor(EngineSettings settings, IServiceProvider services)
{
    private const long LeastFreeBytes = 500L << 20;

    /// <summary>Checks, in the order in which a run would stumble.</summary>
    public async Task<IReadOnlyList<DoctorCheck>> Run(CancellationToken ct)
    {
        var checks = new List<DoctorCheck> { DataDirectory(), FreeSpace() };
        checks.Add(await Check("recipes", _ =>
        {
            var book = services.GetRequiredService<RecipeBook>();
            services.GetRequiredService<Models>();
            return Task.FromResult($"{book.Mappings.Count()} mappings, survivorship, audit rules and match models in {settings.MappingsDirectory} are sound");
        }, ct));
        var database = await Check("database", Database, ct);
        checks.Add(database);
        if (!database.Ok) return checks;
        checks.Add(await Check("quarantine", Quarantine, ct));
        checks.Add(await Check("match models", services.GetRequiredService<LearnModel>().Drift, ct));
        foreach (var source in await services.GetRequiredService<HubStore>().Sources.List(ct))
        {
            var result = await services.GetRequiredService<SourceActions>().Check(source.Name.Value, ct);
            checks.Add(new DoctorCheck($"source {source.Name}", result.Ok, result.Message));
        }

        return checks;
    }

    private DoctorCheck DataDirectory()
    {
        try
        {
            Directory.CreateDirectory(settings.DataDirectory);
            var probe = Path.Combine(settings.DataDirectory, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new DoctorCheck("data directory", true, settings.DataDirectory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DoctorCheck("data directory", false, $"{settings.DataDirectory} cannot be written: {e.Message} Give another with --data, or the right to write there.");
        }
    }

    private DoctorCheck FreeSpace()
    {
        var free = new DriveInfo(settings.DataDirectory).AvailableFreeSpace;
        return new DoctorCheck(
            "disk", free >= LeastFreeBytes, $"{free >> 20:N0} MB free at {settings.DataDirectory}{(free >= LeastFreeBytes ? "" : "; make room, or move the data directory with --data")}");
    }

    private async Task<string> Database(CancellationToken ct)
    {
        var store = services.GetRequiredService<HubStore>();
        if (!await store.IsCurrent(ct)) throw new NotPossibleException($"{store.Describe()} is not there yet, or of another version. Run: hub db migrate");
        var totals = await store.Stats.Totals(ct);
        return $"{store.Describe()}, {totals.Contacts + totals.Companies:N0} golden records";
    }

    private async Task<string> Quarantine(CancellationToken ct) =>
        await services.GetRequiredService<HubStore>().Quarantine.Count(ct) is var count && count > 0 ? $"{count:N0} rows wait: hub quarantine list" : "empty";

    private static async Task<DoctorCheck> Check(string what, Func<CancellationToken, Task<string>> check, CancellationToken ct)
    {
        try
        {
            return new DoctorCheck(what, true, await check(ct));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new DoctorCheck(what, false, e.Message);
        }
    }
}
