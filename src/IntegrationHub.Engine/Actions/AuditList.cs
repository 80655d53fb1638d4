using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Auditing;
using IntegrationHub.Engine.Files;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Matching;
using IntegrationHub.Matching.Learning;
using IntegrationHub.Merging;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>Which file to audit, and where to put the report.</summary>
/// <param name="File">The CSV file.</param>
/// <param name="Mapping">A mapping file; null reads known exports by their layout, and columns by their usual names.</param>
/// <param name="Workflow">One workflow only; null for all.</param>
/// <param name="Html">Where the page goes; null for nowhere.</param>
/// <param name="Csv">Where the rows that the findings count go; null for nowhere.</param>
public sealed record AuditListRequest(string File, string? Mapping = null, string? Workflow = null, string? Html = null, string? Csv = null);

/// <summary>Audits one file, without a database or a set-up: the fastest way to see what is wrong with a list.</summary>
public static class AuditList
{
    // In a spreadsheet the first row of data is row 2.
    private const int FirstRow = 2;

    /// <summary>Reads, normalises, finds duplicates, audits.</summary>
    /// <param name="request">What.</param>
    /// <param name="recipes">Mappings, survivorship and the audit's rules.</param>
    /// <param name="now">The time of the audit.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">The file holds no table of contacts; the message says what to do.</exception>
    /// <exception cref="RecipeException">The mapping file has mistakes.</exception>
    public static async Task<AuditOutcome> Run(AuditListRequest request, RecipeBook recipes, DateTimeOffset now, CancellationToken ct)
    {
        var records = Read(request, recipes, ct);
        if (records.Count == 0) throw new NotPossibleException($"{request.File} has a row with the names of its columns, and nothing below it.");
        var rows = request.Csv is null ? null : new AuditedRows();
        var (report, golden) = Of(records, recipes, Scope(request, recipes.Audit, records), now, rows is null ? null : rows.Add, ct);
        if (request.Html is { } page) await AuditFiles.WritePage(page, report, ct);
        return new AuditOutcome(report, request.Html, rows?.Write(request.Csv!, report, row => row.Id is null ? records[(int)row.Order - FirstRow].Values : golden[row.Order]));
    }

    /// <summary>Audits records that are at hand, in memory.</summary>
    /// <param name="records">The records, all of one kind; no key comes twice. They are named by their place, as rows of a spreadsheet.</param>
    /// <param name="recipes">Survivorship and the audit's rules.</param>
    /// <param name="scope">What the report is about.</param>
    /// <param name="now">The time of the audit.</param>
    /// <param name="rows">Told of each row that a finding counts; null when nobody asks.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The report, and the values of each golden record by its first row.</returns>
    public static (AuditReport Report, IReadOnlyDictionary<long, FieldValues> Golden) Of(
        IReadOnlyList<CleanRecord> records, RecipeBook recipes, AuditScope scope, DateTimeOffset now, Action<AuditedRow>? rows, CancellationToken ct)
    {
        var rules = Rules(recipes.Audit, records);
        var audit = new Audit(rules, scope, now, rows);
        var unknown = recipes.Audit.WantedFields.Keys.Except(rules.WantedFields.Keys).Order().Select(f => Fields.NameOf(f).Replace('_', ' ')).ToList();
        if (unknown.Count > 0) audit.AddNote($"No row has a value for {string.Join(", ", unknown)}: not counted as missing. If the file has a column of it, give a --mapping.");
        if (!records.Any(r => r.Consents.Length > 0)) audit.AddNote("The file has no column of consent that could be read, so nothing is said of consent.");

        var golden = Unify(records, recipes, audit, rules, ct);
        for (var row = 0; row < records.Count; row++) AddIssues(audit, records[row], row);
        return (audit.Report(nameOf: row => $"row {row}"), golden);
    }

    private static List<CleanRecord> Read(AuditListRequest request, RecipeBook recipes, CancellationToken ct)
    {
        using var file = ContactFile.Open(request.File);
        var mapping = request.Mapping is { } own ? MappingFile.Load(own) : recipes.ForHeaders([.. file.Headers]);
        var layout = ContactLayout.Of(file.Headers, request.File, mapping?.Mapping);
        var records = new List<CleanRecord>();
        foreach (var record in file.Rows(row => RecordNormaliser.Normalise(layout.Map(row, layout.KeyOf(row)))))
        {
            records.Add(record);
            if (records.Count % 10_000 == 0) ct.ThrowIfCancellationRequested();
        }

        string[] keys = [.. records.Select(r => r.Key.ExternalId)];
        ContactLayout.MakeUnique(keys);
        return [.. records.Zip(keys, (r, key) => r with { Key = r.Key with { ExternalId = key } })];
    }

    /// <summary>A column that is not there is no gap of the list; and the list itself is the audience, whatever source it came from.</summary>
    private static AuditRules Rules(AuditRules rules, IReadOnlyList<CleanRecord> records)
    {
        var known = FieldSet.Of([Field.Email]);
        foreach (var record in records)
        {
            known = new FieldSet(known.Bits | FieldSet.Of(record.Values).Bits);
            foreach (var issue in record.Issues)
                if (issue.Rejected) known = known.With(issue.Field);
        }

        return OneList(rules) with
        {
            WantedFields = rules.WantedFields.Where(f => known.Has(f.Key)).ToImmutableDictionary(),
            EngagementSources = [.. records.Where(r => r.Values[Field.EngagedAt] is not null).Select(r => r.Key.Source)],
        };
    }

    private static AuditRules OneList(AuditRules rules) => rules with { Workflows = [.. rules.Workflows.Select(w => w with { Audience = w.Audience with { Sources = [] } })] };

    private static AuditScope Scope(AuditListRequest request, AuditRules rules, IReadOnlyList<CleanRecord> records)
    {
        var scope = AuditScope.OfFile(Path.GetFileName(request.File), records.Any(r => r.Consents.Length > 0));
        if (request.Workflow is not { } workflow) return scope;
        return OneList(rules).Workflow(workflow) is { } own
            ? scope.For(own)
            : throw new NotPossibleException($"mappings/audit.yaml describes no workflow '{workflow}'. {Suggestion.For(workflow, rules.Workflows.Select(w => w.Name))}");
    }

    /// <summary>Adds the golden records that the rows are, and the pairs that a person would have to decide.</summary>
    /// <returns>The values of each golden record, by its first row.</returns>
    private static Dictionary<long, FieldValues> Unify(IReadOnlyList<CleanRecord> records, RecipeBook recipes, Audit audit, AuditRules rules, CancellationToken ct)
    {
        var kind = records[0].Kind;
        var order = KeyOrder.Of([.. records.Select(r => r.Key.ToString())]);
        var model = MatchModel.BuiltIn(kind).For(records.Count, null);
        var table = MatchTable.Of(kind, [.. order.Select(i => MatchRecord.From(records[i]))]);
        var (partition, pairs, _, learnt, _) = Resolver.Resolve(table, model, _ => { }, ct);
        var auto = partition.Auto;

        var clusters = Enumerable.Range(0, order.Length).GroupBy(i => auto[i])
            .ToDictionary(g => g.Key, g => g.Select(i => order[i]).Order().ToArray());
        var contents = clusters.ToDictionary(c => c.Key, c => Survivorship.Build(kind, [.. c.Value.Select(i => records[i])], recipes.Survivorship));
        // Rather one than two; but whoever has another birth date, or another mailbox at the same employer, is somebody else.
        var scorer = new GroupScorer(new PairScorer(learnt.Model, table));
        var queued = pairs.Edges.Where(e => e.Weight >= 0 && auto[e.A] != auto[e.B] && !scorer.Weigh([(int)e.A], [(int)e.B]).Contradicts)
            .Select(e => (A: Math.Min(auto[e.A], auto[e.B]), B: Math.Max(auto[e.A], auto[e.B]))).Distinct().ToList();
        var others = queued.Concat(queued.Select(q => (A: q.B, B: q.A))).ToLookup(q => q.A, q => contents[q.B].Values);
        var golden = new Dictionary<long, FieldValues>();
        foreach (var (cluster, rows) in clusters.OrderBy(c => c.Value[0]))
        {
            var place = rows[0] + FirstRow;
            golden[place] = contents[cluster].Values;
            audit.Add(AuditedGolden.Of(place, Name(rows), contents[cluster], [.. rows.Select(i => records[i])], [.. others[cluster]], rules));
        }

        audit.AddQueue(queued.Count, queued.Select(q => (A: clusters[q.A][0], B: clusters[q.B][0])).Select(q => (First: Math.Min(q.A, q.B), Second: Math.Max(q.A, q.B)))
            .Order().Take(rules.Samples).Select(q => Name([q.First, q.Second])));
        return golden;
    }

    private static void AddIssues(Audit audit, CleanRecord record, int row) =>
        audit.AddIssues(record.Key.Source, row + FirstRow, null, [.. record.Issues.Select(i => new AuditedIssue(i.Field, i.Code.Value, i.Rejected, i.Raw))]);

    private static string Name(int[] rows)
    {
        const int Most = 5;
        var numbers = string.Join(", ", rows.Take(Most).Select(r => (r + FirstRow).ToString(CultureInfo.InvariantCulture)));
        return rows.Length == 1 ? $"row {numbers}" : $"rows {numbers}{(rows.Length > Most ? ", …" : "")}";
    }
}
