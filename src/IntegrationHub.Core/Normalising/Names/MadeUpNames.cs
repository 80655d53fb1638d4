using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>Tells names that nobody bears from the many ways of saying that there is none.</summary>
public static class MadeUpNames
{
    // Said by forms, shops and CRMs of people whose name they do not know: the contact may well exist.
    private static readonly FrozenSet<string> Nothing = FrozenSet.ToFrozenSet(
        [
            "none", "null", "nil", "n/a", "na", "unknown", "undefined", "anonymous", "anon", "nobody", "noname", "unnamed", "blank", "empty", "name", "firstname", "lastname", "surname",
            "fullname", "user", "username", "customer", "guest", "admin", "administrator", "tbd", "tba", "deleted", "delete", "invalid",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>True for <c>Test Test</c>, <c>asdf</c>, <c>foo</c>, <c>xxx</c>: typed to get past a form, or to try one out. False for names, and for <c>N/A</c> or <c>Guest</c>.</summary>
    public static bool Is(string raw)
    {
        if (NameJunk.Why(raw) != NameIssues.Junk || raw.Contains("://", StringComparison.Ordinal) || raw.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) return false;
        foreach (var word in raw.Split([' ', ',', ';', '_', '.', '(', ')', '"'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (word.Any(char.IsLetter) && !Nothing.Contains(word)) return word.Count(char.IsLetter) >= word.Count(char.IsDigit);
        return false;
    }
}
