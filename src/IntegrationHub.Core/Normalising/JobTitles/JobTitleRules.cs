using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using AnyAscii;

namespace IntegrationHub.Normalising;

/// <summary>
/// Reads function and seniority from a title's words. A phrase outweighs one word, a field of work outweighs a role that many fields have (assistant, engineer,
/// consultant), and what follows <c>of</c> outweighs what the title begins with; among equals the first counts. Of several levels the highest counts, but an intern is one whatever follows.
/// </summary>
internal static class JobTitleRules
{
    private static readonly WordTable FunctionWords = WordTable.Parse(JobTitleWords.Functions);
    private static readonly WordTable LevelWords = WordTable.Parse(JobTitleWords.Levels);

    // Initials that are a title only where they are the whole of it.
    private static readonly FrozenDictionary<string, (string? Function, string Seniority)> Whole = new Dictionary<string, (string?, string)>(StringComparer.Ordinal)
    {
        ["md"] = ("general_management", "c_level"),
        ["gf"] = ("general_management", "c_level"),
        ["dg"] = ("general_management", "c_level"),
        ["ad"] = ("general_management", "c_level"),
        ["gm"] = ("general_management", "manager"),
        ["pm"] = (null, "manager"),
        ["partner"] = ("general_management", "owner"),
        ["ed"] = ("general_management", "director"),
        ["chef"] = (null, "staff"),
        ["arts"] = ("medical", "staff"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Aides = new[] { "assistant", "asst", "assistante", "assistent", "assistentin", "assistenz", "assistente", "asistente", "asystent", "asystentka", "asistentka", "ea", "pa", "secretary", "sekretar", "sekretarin", "secretaire", "secretaria", "segretaria" }
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Joints = new[] { "to", "of", "der", "des", "de", "du", "della", "del", "van", "the" }.ToFrozenSet(StringComparer.Ordinal);

    public static ImmutableArray<string> Functions { get; } = [.. JobTitleWords.Functions.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.IndexOf(':')]).Where(f => f != WordTable.Nothing).Distinct()];

    public static (string? Function, string? Seniority) Read(string title)
    {
        var words = WordsOf(title);
        if (words.Length == 0) return (null, null);
        if (words.Length == 1 && Whole.TryGetValue(words[0], out var whole)) return whole;
        // "Assistant to the CEO", "Assistentin der Geschäftsführung": the level and the field are the aide's, not those of whom he works for.
        if (Aide(words) is { } aide) return aide;
        return (Function(words), Seniority(words));
    }

    // Without employer ("VP Sales at Acme"), brackets that hold a remark stay: they may hold the level.
    private static string[] WordsOf(string title)
    {
        var employer = title.IndexOf(" @", StringComparison.Ordinal);
        if (employer < 0) employer = title.IndexOf(" at ", StringComparison.Ordinal);
        if (employer > 0 && !title.AsSpan(employer).StartsWith(" at Law", StringComparison.OrdinalIgnoreCase)) title = title[..employer];
        var folded = new StringBuilder(title.Length);
        foreach (var c in title.Transliterate().ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '&') folded.Append(c);
            else if (c is not '.') folded.Append(c is '\'' && folded.Length > 1 && folded[^1] is not ('d' or 'l' or ' ') ? '\0' : ' ');
            else if (folded.Length > 2 && char.IsAsciiLetter(folded[^1]) && char.IsAsciiLetter(folded[^2])) folded.Append(' ');
        }

        folded.Replace("\0", "").Replace("r & d", "r&d").Replace("front end", "frontend").Replace("back end", "backend").Replace("fp & a", "fp&a").Replace("l & d", "l&d");
        var words = folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. words.Where(w => w != "&")];
    }

    private static (string? Function, string? Seniority)? Aide(string[] words)
    {
        var at = Array.FindIndex(words, Aides.Contains);
        if (at is < 0 or > 2 || at + 2 >= words.Length || !Joints.Contains(words[at + 1])) return null;
        // "Assistant of Marketing" works in a field; whom an aide serves is somebody of rank.
        if (words[at + 1] != "to" && LevelWords.Best(words[(at + 1)..]) is null) return null;
        var own = words[..(at + 1)];
        var aboveOthers = own.Contains("executive") || own.Contains("exec") || words[at] is "ea" || words[at][0] == 's';
        return ("administration", LevelWords.Best(own) is "senior" ? "senior" : aboveOthers ? "staff" : "junior");
    }

    private static string? Function(string[] words)
    {
        string? best = null;
        var bestScore = 0.0;
        var of = Array.IndexOf(words, "of");
        for (var i = 0; i < words.Length; i++)
        {
            for (var count = FunctionWords.Longest(words, i); count > 0; count--)
            {
                if (FunctionWords.Find(words, i, count) is not { } entry) continue;
                if (entry.Value == WordTable.Nothing)
                {
                    i += count - 1;
                    break;
                }

                var score = Strength(entry, count) + (of >= 0 && i > of ? 1.5 : 0) - i * 0.01;
                if (score > bestScore) (best, bestScore) = (entry.Value, score);
                break;
            }
        }

        return best;
    }

    // Who leads something leads it in a field, if the title names one.
    private static double Strength(WordTable.Entry entry, int words)
    {
        if (entry.Value == "general_management") return entry.Weak ? 0.8 : 1.4 + words * 0.02;
        if (entry.Weak) return words > 1 ? 1.2 : 1;
        return words > 1 ? 3 + words * 0.1 : 2;
    }

    private static string? Seniority(string[] words)
    {
        var level = LevelWords.Best(words);
        if (words.Contains("chief") && words.AsSpan(Array.IndexOf(words, "chief")).Contains("officer") && level is not ("owner" or "intern" or "vp")) return "c_level";
        if (level is "junior" && (words.Contains("professor") || words.Contains("executive") && words.Contains("assistant"))) return "staff";
        return level ?? "staff";
    }

    /// <summary>Words and phrases, stems and endings, with what each stands for.</summary>
    private sealed class WordTable
    {
        /// <summary>The line whose words say nothing.</summary>
        internal const string Nothing = "none";

        internal readonly record struct Entry(string Value, bool Weak, int Rank);

        private readonly FrozenDictionary<string, Entry> phrases;
        private readonly FrozenDictionary<char, (string Stem, Entry Entry)[]> stems;
        private readonly FrozenDictionary<char, (string End, Entry Entry)[]> ends;

        // How many words the longest phrase has that begins with the word.
        private readonly FrozenDictionary<string, int> longestFrom;
        private readonly string[] values;

        private WordTable(Dictionary<string, Entry> phrases, List<(string Stem, Entry Entry)> stems, List<(string End, Entry Entry)> ends, string[] values)
        {
            this.phrases = phrases.ToFrozenDictionary(StringComparer.Ordinal);
            this.stems = stems.GroupBy(s => s.Stem[0]).ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(s => s.Stem.Length).ToArray());
            this.ends = ends.GroupBy(e => e.End[^1]).ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(e => e.End.Length).ToArray());
            longestFrom = phrases.Keys.Select(p => p.Split(' ')).GroupBy(w => w[0]).ToFrozenDictionary(g => g.Key, g => g.Max(w => w.Length), StringComparer.Ordinal);
            this.values = values;
        }

        public static WordTable Parse(string table)
        {
            var phrases = new Dictionary<string, Entry>(StringComparer.Ordinal);
            List<(string, Entry)> stems = [], ends = [];
            List<string> values = [];
            foreach (var line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var colon = line.IndexOf(':');
                var value = line[..colon];
                if (!values.Contains(value)) values.Add(value);
                foreach (var item in line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    var weak = item.StartsWith('~');
                    var entry = new Entry(value, weak, values.IndexOf(value));
                    var text = item.TrimStart('~').Replace("'", "");
                    if (text.StartsWith('*')) ends.Add((text[1..], entry));
                    else if (text.EndsWith('*') && !text.Contains(' ')) stems.Add((text[..^1], entry));
                    else
                    {
                        foreach (var phrase in Alternatives(text)) phrases.TryAdd(phrase, entry);
                    }
                }
            }

            return new WordTable(phrases, stems, ends, [.. values]);
        }

        private static IEnumerable<string> Alternatives(string phrase) =>
            phrase.Split(' ').Aggregate((IEnumerable<string>)[""], (made, word) => made.SelectMany(m => word.Split('|').Select(w => m.Length == 0 ? w : $"{m} {w}")));

        /// <summary>How many words a phrase may have that begins here; 1 or more.</summary>
        public int Longest(string[] words, int at) => Math.Min(longestFrom.GetValueOrDefault(words[at], 1), words.Length - at);

        public Entry? Find(string[] words, int at, int count)
        {
            if (count > 1) return phrases.TryGetValue(string.Join(' ', words, at, count), out var phrase) ? phrase : null;
            var word = words[at];
            if (phrases.TryGetValue(word, out var entry)) return entry;
            if (stems.TryGetValue(word[0], out var sameLetter))
                foreach (var (stem, e) in sameLetter)
                    if (word.StartsWith(stem, StringComparison.Ordinal)) return e;
            if (!ends.TryGetValue(word[^1], out var sameEnd)) return null;
            foreach (var (end, e) in sameEnd)
                if (word.Length > end.Length + 1 && word.EndsWith(end, StringComparison.Ordinal)) return e;
            return null;
        }

        /// <summary>The value of the line that stands first in the table among those that the words name; null for none.</summary>
        public string? Best(string[] words)
        {
            var best = int.MaxValue;
            for (var i = 0; i < words.Length; i++)
            {
                for (var count = Longest(words, i); count > 0; count--)
                {
                    if (Find(words, i, count) is not { } entry) continue;
                    if (entry.Value != Nothing) best = Math.Min(best, entry.Rank);
                    i += count - 1;
                    break;
                }
            }

            return best == int.MaxValue ? null : values[best];
        }
    }
}
