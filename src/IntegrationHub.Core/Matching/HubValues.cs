using System.Runtime.InteropServices;

namespace IntegrationHub.Matching;

/// <summary>A value that so many records share that it tells nobody from another: a switchboard, a mailbox of a team, a form's default.</summary>
/// <param name="Comparison">Where it stands: <c>phone</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="Records">How many records have it.</param>
public sealed record HubValue(string Comparison, string Value, int Records);

/// <summary>
/// Finds hub values in the data and takes them out of the comparison: a birth date that comes far more often than birth dates do, a phone number, mailbox or id with the names of many people.
/// </summary>
public static class HubValues
{
    // Names as they sound: one person's misspellings are one or two, a household's names three or four.
    private const int MostNames = 10;

    // A birth date this many times as frequent as the average one, and seen this often, is a form's default.
    private const int TimesTheAverage = 20;
    private const int FewestDates = 20;

    /// <summary>Mutes the hub values of a table. Call it once all records are there, before they are blocked.</summary>
    /// <returns>What was muted, the most frequent first.</returns>
    public static IReadOnlyList<HubValue> Mute(MatchTable table)
    {
        var found = new List<HubValue>[4];
        Parallel.Invoke(
            () => found[0] = BirthDates(table),
            () => found[1] = ByNames(table, Column.Phone, Comparison.Phone),
            () => found[2] = ByNames(table, Column.NationalId, Comparison.NationalId),
            () => found[3] = Mailboxes(table));
        return [.. found.SelectMany(f => f).OrderByDescending(h => h.Records).ThenBy(h => h.Comparison, StringComparer.Ordinal).ThenBy(h => h.Value, StringComparer.Ordinal)];
    }

    private static List<HubValue> BirthDates(MatchTable table)
    {
        var counts = Counts(table, Column.BirthDate);
        var (dates, records) = (counts.Skip(1).Count(c => c > 0), counts.Skip(1).Sum());
        return Muted(table, Column.BirthDate, Comparison.BirthDate, counts, [.. Enumerable.Range(1, counts.Length - 1).Where(c => counts[c] >= FewestDates && counts[c] >= (double)TimesTheAverage * records / dates)]);
    }

    private static List<HubValue> ByNames(MatchTable table, Column column, Comparison comparison)
    {
        // Few values are frequent enough to be hubs at all, and only their names are counted.
        var counts = Counts(table, column);
        var names = new HashSet<(int, ulong)>();
        var perValue = new Dictionary<int, int>();
        for (var i = 0; i < table.Count; i++)
            if (table[i][(int)column] is var value and not 0 && counts[value] >= MostNames && NameOf(table, i) is var name and not 0 && names.Add((value, name)))
                CollectionsMarshal.GetValueRefOrAddDefault(perValue, value, out _)++;
        var hubs = perValue.Where(v => v.Value >= MostNames).Select(v => v.Key).ToHashSet();
        return hubs.Count == 0 ? [] : Muted(table, column, comparison, counts, hubs);
    }

    private static List<HubValue> Mailboxes(MatchTable table)
    {
        var counts = Counts(table, Column.EmailLocal);
        var names = new HashSet<(long, ulong)>();
        var (perMailbox, records) = (new Dictionary<long, int>(), new Dictionary<long, int>());
        for (var i = 0; i < table.Count; i++)
        {
            if (counts[table[i][(int)Column.EmailLocal]] < MostNames || Mailbox(table, i) is not { } mailbox) continue;
            CollectionsMarshal.GetValueRefOrAddDefault(records, mailbox, out _)++;
            if (NameOf(table, i) is var name and not 0 && names.Add((mailbox, name))) CollectionsMarshal.GetValueRefOrAddDefault(perMailbox, mailbox, out _)++;
        }

        var hubs = perMailbox.Where(m => m.Value >= MostNames).Select(m => m.Key).ToHashSet();
        for (var i = 0; i < table.Count && hubs.Count > 0; i++)
            if (Mailbox(table, i) is { } mailbox && hubs.Contains(mailbox)) table.MarkShared(i);
        return
        [
            .. hubs.Select(m => new HubValue(
                LevelNames.NameOf(Comparison.Email), $"{table.ValuesOf(Column.EmailLocal)[(int)(m >> 32)]}@{table.ValuesOf(Column.EmailDomain)[(int)(m & int.MaxValue)]}", records[m])),
        ];
    }

    private static long? Mailbox(MatchTable table, int record) =>
        table[record][(int)Column.EmailLocal] is var local and not 0 ? ((long)local << 32) | (uint)table[record][(int)Column.EmailDomain] : null;

    /// <summary>A record's name as it sounds: last name and initial; 0 where it has none.</summary>
    private static ulong NameOf(MatchTable table, int record)
    {
        var given = table.Text(Column.Given, record);
        var last = table.Text(Column.Last, record);
        return last.IsEmpty ? 0 : StableHash.Join(Blocking.Sound(last), given.IsEmpty ? 0UL : given[0]);
    }

    private static int[] Counts(MatchTable table, Column column)
    {
        var counts = new int[table.ValuesOf(column).Count];
        for (var i = 0; i < table.Count; i++) counts[table[i][(int)column]]++;
        return counts;
    }

    private static List<HubValue> Muted(MatchTable table, Column column, Comparison comparison, int[] counts, HashSet<int> hubs)
    {
        if (hubs.Count > 0) table.Mute(column, hubs);
        return [.. hubs.Select(h => new HubValue(LevelNames.NameOf(comparison), table.ValuesOf(column)[h].ToString(), counts[h]))];
    }
}
