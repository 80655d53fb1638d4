using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

public sealed partial class GoldenRecords
{
    private static readonly string Haystack = string.Join(
        " || ' ' || ",
        new[] { Field.FirstName, Field.Nickname, Field.MiddleName, Field.LastName, Field.Company, Field.Email }.Select(f => $"coalesce(g.{Fields.NameOf(f)}, '')"));

    /// <summary>
    /// Living golden records that match a text: a golden id, a source key or external id, an e-mail address or phone number of any of its source records,
    /// or words that all occur in name, company or address, whatever their case. By name.
    /// </summary>
    public Task<IReadOnlyList<GoldenRow>> Search(string text, int limit, CancellationToken ct) => database.Read<IReadOnlyList<GoldenRow>>(
        async s =>
        {
            text = text.Trim();
            if (text.Length == 0) return [];
            if (Guid.TryParse(text, out var id)) return await Find(s, new GoldenId(id), ct) is { } row ? [row] : [];

            var byKey = await ByKey(s, text, ct);
            var byPoint = await ByPoint(s, text, ct);
            if (byKey.Count + byPoint.Count > 0) return await Named(s, s.Among("g.id", 0), limit, ct, s.Items([.. byKey.Concat(byPoint).Distinct()]));

            // Twice, as typed and in lower case: SQLite's lower() knows ASCII letters only.
            string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var where = string.Join(
                " AND ", words.Select((_, i) => $"(lower({Haystack}) LIKE @{2 * i} ESCAPE '\\' OR ({Haystack}) LIKE @{2 * i + 1} ESCAPE '\\')"));
            return await Named(s, where, limit, ct, [.. words.SelectMany(w => new object[] { Like(w.ToLowerInvariant()), Like(w) })]);
        },
        ct);

    private static async Task<List<Guid>> ByKey(Session s, string text, CancellationToken ct) => SourceKey.Parse(text) is { } key
        ? await s.Query(
            "SELECT x.golden_id FROM source_record r JOIN crosswalk x ON x.record_id = r.id WHERE r.source = @0 AND r.stream = @1 AND r.external_id = @2",
            r => r.Guid(0),
            ct,
            key.Source,
            key.Stream,
            key.ExternalId)
        : await s.Query(
            "SELECT x.golden_id FROM source_record r JOIN crosswalk x ON x.record_id = r.id WHERE r.external_id = @0", r => r.Guid(0), ct, text);

    private static async Task<List<Guid>> ByPoint(Session s, string text, CancellationToken ct)
    {
        const string Clean = "SELECT DISTINCT x.golden_id FROM clean_record c JOIN crosswalk x ON x.record_id = c.record_id WHERE ";
        if (text.Contains('@', StringComparison.Ordinal))
        {
            return await s.Query(
                Clean + "lower(c.email) = @0 OR c.email_key = @0 OR lower(c.other_emails) LIKE @1 ESCAPE '\\'",
                r => r.Guid(0),
                ct,
                text.ToLowerInvariant(),
                Like(text.ToLowerInvariant()));
        }

        // A number with or without its country: the last digits decide, leading zeros belong to the national form.
        var digits = string.Concat(text.Where(char.IsAsciiDigit)).TrimStart('0');
        if (digits.Length < 6 || text.Any(char.IsLetter)) return [];
        return await s.Query(
            Clean + "c.phone LIKE @0 OR c.phone_key LIKE @0 OR c.other_phones LIKE @1", r => r.Guid(0), ct, $"%{digits}", $"%{digits}%");
    }

    private static Task<List<GoldenRow>> Named(Session s, string where, int limit, CancellationToken ct, params object?[] args) => s.Query(
        $"{Select} WHERE g.retired_at IS NULL AND {where} "
        + $"ORDER BY coalesce(g.last_name, g.company, g.email), coalesce(g.first_name, ''), g.row LIMIT {limit}",
        Read,
        ct,
        args);

    private static string Like(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
