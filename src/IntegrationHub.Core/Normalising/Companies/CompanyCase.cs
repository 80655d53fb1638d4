namespace IntegrationHub.Normalising;

/// <summary>Repairs companies' names written all in small letters, or shouted in several long words. Short words in capitals are initials and stay.</summary>
internal static class CompanyCase
{
    public static string Repair(string text)
    {
        bool upper = false, lower = false;
        foreach (var c in text)
        {
            upper |= char.IsUpper(c);
            lower |= char.IsLower(c);
        }

        if (upper == lower) return text;
        var words = text.Split(' ');
        // One word in capitals is a brand (IKEA); one in small letters may be one too (eBay writes itself otherwise).
        if (upper && words.Length < 2) return text;
        for (var i = 0; i < words.Length; i++) words[i] = Word(words[i], upper, i == 0);
        return string.Join(' ', words);
    }

    private static string Word(string word, bool upper, bool first)
    {
        var bare = LegalForms.Words(word);
        if (bare.Length == 0) return word;
        if (LegalForms.Find([bare]) is { } form && LegalForms.Words(form.Form) == bare) return word.Contains('.') || word.Contains('/') ? word : form.Form.TrimEnd('.') + (word.EndsWith(',') ? "," : "");
        if (upper && (bare.Length <= 3 || word.Contains('.') || word.Contains('&') || word.AsSpan().IndexOfAnyInRange('0', '9') >= 0) && bare is not ("the" or "and" or "of" or "for" or "inc" or "ltd" or "new" or "old" or "big" or "sun" or "red")) return word;
        if (!first && bare is "and" or "of" or "for" or "the" or "und" or "et" or "de" or "la" or "du" or "y" or "der" or "des") return word.ToLowerInvariant();
        var letters = word.ToLowerInvariant().ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (!char.IsLetter(letters[i])) continue;
            if (i == 0 || letters[i - 1] is '-' or '/' or '&' or '(' or '.' or '"') letters[i] = char.ToUpperInvariant(letters[i]);
        }

        return new string(letters);
    }
}
