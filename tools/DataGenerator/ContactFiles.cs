using System.Text;
using IntegrationHub.DataGenerator.Defects;
using IntegrationHub.DataGenerator.Writing;

namespace IntegrationHub.DataGenerator;

/// <summary>Writes a population into files.</summary>
public static class ContactFiles
{
    private static readonly UTF8Encoding Utf8 = new(false);

    /// <summary>Writes all files that were asked for, replacing older ones.</summary>
    /// <returns>How many rows.</returns>
    public static long Write(GeneratorOptions options)
    {
        var plan = options.Defects is null ? null : DefectPlan.Of(options.Rates);
        var report = plan is null ? null : new DefectReport(plan, options.Seed);
        var world = WorldOf(options, plan);
        using var contacts = File.Create(options.Out, 1 << 16);
        using var truth = options.Truth is null ? null : File.Create(options.Truth, 1 << 16);
        using var traps = options.Traps is null ? null : File.Create(options.Traps, 1 << 16);
        contacts.Write(Utf8.GetBytes(Csv.Header(options.Cluster)));
        truth?.Write("id,person_id\n"u8);
        traps?.Write("id_a,id_b,kind,decidable,contradicts\n"u8);
        var rows = 0L;
        foreach (var batch in world.Batches(b => (
            b.Rows.Count, b.Defects, Contacts: Csv.Contacts(b.Rows, options.Cluster), Truth: truth is null ? default : Csv.Truth(b.Rows), Traps: traps is null ? default : Csv.Traps(b.Traps))))
        {
            contacts.Write(batch.Contacts.Span);
            truth?.Write(batch.Truth.Span);
            traps?.Write(batch.Traps.Span);
            report?.Add(batch.Count, batch.Defects);
            rows += batch.Count;
        }

        if (report is not null && options.Defects is { } path)
        {
            using var file = File.Create(path);
            report.Write(file);
        }

        return rows;
    }

    /// <summary>Where one record a person is made, so many records are so many people.</summary>
    private static ContactWorld WorldOf(GeneratorOptions options, DefectPlan? plan)
    {
        var people = Math.Max(options.People, options.Records);
        return plan is not null ? ContactWorld.Spoilt(options.Seed, people, plan, options.Now)
            : options.Clean ? ContactWorld.Clean(options.Seed, people, options.Now)
            : options.Records > 0 ? new ContactWorld(options.Seed, options.Records, options.Now)
            : ContactWorld.OfPeople(options.Seed, options.People, options.Now);
    }
}
