namespace IntegrationHub.Normalising;

/// <summary>Splits a company's name into the name and its legal form, wherever the form stands.</summary>
internal static class LegalFormSplit
{
    // No form is a longer word; longer ones need no look.
    private const int LongestWord = 24;

    // One word of the name. Folded: as LegalForms.Words. Spaced: initials with points as letters with blanks ("c a"), else as Folded.
    private readonly record struct Token(int Start, int End, string Folded, string Spaced);

    /// <summary>The name without its form, and the form as written; no form where none is recognised or nothing else would be left.</summary>
    /// <remarks><c>Corp.</c> and <c>Corporation</c> are given as the form and stay in the name.</remarks>
    public static (string Name, string? Form) Of(string text)
    {
        if (Attached(text) is { } attached) return attached;
        var tokens = Tokens(text);
        if (tokens.Count < 2) return (text, null);
        var (from, to) = (0, tokens.Count);
        List<(int From, int To)> forms = [];
        while (to - from > 1 && AtEnd(tokens, from, to) is var count and > 0)
        {
            forms.Insert(0, (to - count, to));
            to -= count;
        }

        var atEnd = forms.Count == 0 ? null : string.Join(' ', tokens.Skip(forms[0].From).Select(t => t.Folded));
        while (to - from > 1 && InFront(text, tokens, from, to, atEnd) is var count and > 0)
        {
            forms.Insert(0, (from, from + count));
            from += count;
        }

        var between = Between(text, tokens, from, to, forms.Count > 0);
        if (between is { } b) forms.Add(b);
        if (forms.Count == 0) return (text, tokens[^1].Folded is "corp" or "corporation" && tokens[^2].Folded is not ("and" or "&") ? Slice(text, tokens, (to - 1, to)) : null);

        var name = text[tokens[from].Start..tokens[to - 1].End];
        if (from > 0) name = text[Opened(text, tokens[from].Start)..tokens[to - 1].End];
        if (to < tokens.Count) name += Closed(text, tokens[to - 1].End);
        if (from == 0 && to == tokens.Count) name = text;
        if (between is var (first, last))
        {
            var offset = text.IndexOf(name, StringComparison.Ordinal);
            name = Without(name, tokens[first].Start - offset, tokens[last - 1].End - offset);
        }

        name = Trim(name);
        var written = string.Join(' ', forms.OrderBy(f => f.From).Select(f => Slice(text, tokens, f)).Where(f => f.Length > 0));
        return name.Length == 0 ? (text, null) : (name, written.Length == 0 ? null : written);
    }

    // Words parted by blanks; at commas, ampersands, and at points and hyphens with a form behind them ("Co.KG", "Acme-GmbH"). Lone marks are no words.
    private static List<Token> Tokens(string text)
    {
        List<Token> tokens = [];
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            var end = text.IndexOf(' ', at);
            if (end < 0) end = text.Length;
            for (var start = at; start < end;)
            {
                var stop = Stop(text, start, end);
                var word = text[start..stop];
                var folded = LegalForms.Words(word);
                if (folded is not ("" or "-" or "–" or "—" or "/" or "|")) tokens.Add(new(start, stop, folded is "und" or "u" or "+" ? "&" : folded, Spaced(word, folded)));
                start = stop;
            }

            at = end;
        }

        return tokens;
    }

    private static int Stop(string text, int start, int end)
    {
        if (text[start] is '&' or '/') return start + 1;
        for (var i = start + 1; i < end; i++)
        {
            if (text[i] == '&' || text[i - 1] == ',' && char.IsLetter(text[i])) return i;
            if (text[i - 1] == '.' && i - start <= LongestWord && char.IsLetter(text[i]) && (Letters(text, start, i - 1) > 1 || Run(text, i, end) > 1) && LegalForms.BeginsForm(LegalForms.Words(text[start..i]))) return i;
            if (text[i - 1] == '-' && i - start > 3 && end - i <= LongestWord && LegalForms.Words(text[i..end]) is "gmbh" or "ltd" or "llc" or "inc" or "sarl" or "ug" or "ag" or "kg") return i;
            if (text[i] == '/' && i - start is > 2 and <= LongestWord && LegalForms.Find([LegalForms.Words(text[start..i])]) is not null) return i;
        }

        return end;
    }

    private static int Letters(string text, int from, int to)
    {
        var run = 0;
        for (var i = to - 1; i >= from && char.IsLetter(text[i]); i--) run++;
        return run;
    }

    private static int Run(string text, int from, int end)
    {
        var i = from;
        while (i < end && char.IsLetter(text[i])) i++;
        return i - from;
    }

    private static string Spaced(string word, string folded)
    {
        if (folded.Length is < 2 or > 6 || !word.Contains('.')) return folded;
        for (var i = 1; i < word.Length; i++)
            if (char.IsLetter(word[i]) && char.IsLetter(word[i - 1])) return folded;
        return string.Join(' ', folded.AsEnumerable());
    }

    private static int AtEnd(List<Token> tokens, int from, int to)
    {
        for (var count = Math.Min(LegalForms.MostWords, to - from - 1); count > 0; count--)
        {
            if (!IsForm(tokens, to - count, count)) continue;
            var before = tokens[to - count - 1].Folded;
            // "Butler & Co. Ltd": company is part of that name; "Hotel and Spa", "Nail Spa" have no form at all.
            if (before is "and" or "&" or "et" or "y" or "e" && tokens[to - count].Folded is "co" or "company" or "spa" or "partnership") continue;
            if (count == 1 && tokens[to - 1].Folded == "spa" && tokens[to - 1].Spaced == "spa" && IsPlaceToRelax(before)) continue;
            return count;
        }

        return 0;
    }

    private static bool IsForm(List<Token> tokens, int at, int count)
    {
        var last = tokens[at + count - 1];
        if (count > 1 && last.Spaced == last.Folded && !LegalForms.EndsForm(last.Folded)) return false;
        var words = new string[count];
        var spaced = false;
        for (var i = 0; i < count; i++)
        {
            words[i] = tokens[at + i].Folded;
            spaced |= tokens[at + i].Spaced != words[i];
        }

        // "(P A C)": the last two of three initials are no form.
        if (at > 0 && words[0].Length == 1 && words[0] != "&" && tokens[at - 1].Folded.Length == 1 && tokens[at - 1].Folded != "&") return false;
        if (LegalForms.Find(words) is not null) return true;
        if (!spaced) return false;
        for (var i = 0; i < count; i++) words[i] = tokens[at + i].Spaced;
        return LegalForms.Find([string.Join(' ', words)]) is not null;
    }

    private static bool IsPlaceToRelax(string before) =>
        before is "day" or "nail" or "nails" or "medical" or "med" or "health" or "beauty" or "hotel" or "resort" or "massage" or "salon" or "wellness" or "skin" or "foot" or "pet" or "dog" or "laser" or "the" or "thai" or "body" or "hair" or "face" or "facial" or "lash" or "tanning" or "luxury" or "urban" or "serenity";

    private static int InFront(string text, List<Token> tokens, int from, int to, string? atEnd)
    {
        for (var count = LegalForms.BeginsForm(tokens[from].Folded) || tokens[from].Folded.Length == 1 ? Math.Min(LegalForms.MostWords, to - from - 1) : 1; count > 0 && to - from > 1; count--)
        {
            var words = string.Join(' ', tokens.Skip(from).Take(count).Select(t => t.Folded));
            var written = text[tokens[from].Start..tokens[from + count - 1].End];
            var next = tokens[from + count].Folded;
            if (LegalForms.MayStandInFront(words, written, next, atEnd)) return count;
            if (count == 1 && tokens[from].Spaced is var spaced && spaced != words && LegalForms.MayStandInFront(spaced, written, next, atEnd)) return count;
        }

        return 0;
    }

    // "Hello Oy World", "Acme Inc., Chicago", "Smith P.C. Attorneys at Law", "Petrobras S.A. - Rio": the form stands where the legal name ends and a remark begins.
    private static (int From, int To)? Between(string text, List<Token> tokens, int from, int to, bool hasForm)
    {
        for (var i = from + 1; i < to - 1; i++)
        {
            var folded = tokens[i].Folded;
            if (hasForm)
            {
                if (folded is "oy" or "gmbh") return (i, i + 1);
                continue;
            }

            if (!IsForm(tokens, i, 1)) continue;
            if (LegalForms.MayStandBetween(folded)) return (StartOfForm(tokens, from, i), i + 1);
            if (tokens[i + 1].Folded is "attorney" or "attorneys" or "lawyers" or "solicitors" or "counselors" or "cpa" or "cpas") return (i, i + 1);
            if (tokens[i + 1].Folded is "and" or "&" && i + 2 < to && tokens[i + 2].Folded is "subsidiaries" or "subsidiary" or "affiliates" or "associates") return (i, i + 1);
            var gap = text[tokens[i].End..tokens[i + 1].Start];
            var parted = gap.Contains('-') || gap.Contains('–') || text[tokens[i + 1].Start] == '(' || text[tokens[i].End - 1] == ',';
            if (parted && (tokens[i].Spaced != folded || folded.Length > 1 && !text[tokens[i].Start..tokens[i].End].Any(char.IsLower))) return (i, i + 1);
        }

        return null;
    }

    // "Acme Pty Ltd (Sydney)": all words of the form, not the last alone.
    private static int StartOfForm(List<Token> tokens, int from, int last)
    {
        for (var count = Math.Min(LegalForms.MostWords, last - from); count > 1; count--)
            if (IsForm(tokens, last - count + 1, count)) return last - count + 1;
        return last;
    }

    private static (string Name, string? Form)? Attached(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', '\u0dff') < 0) return null;
        List<string> forms = [], behind = [];
        var name = text;
        for (var found = true; found;)
        {
            found = false;
            foreach (var form in LegalForms.Attached)
            {
                if (name.Length <= form.Length) continue;
                if (name.EndsWith(form, StringComparison.Ordinal))
                {
                    name = name[..^form.Length].TrimEnd(' ', '　', ',', '、');
                    behind.Insert(0, form);
                }
                else if (name.StartsWith(form, StringComparison.Ordinal))
                {
                    name = name[form.Length..].TrimStart(' ', '　', ',', '、');
                    forms.Add(form);
                }
                else
                {
                    continue;
                }

                found = true;
                break;
            }
        }

        forms.AddRange(behind);
        return forms.Count == 0 || name.Length == 0 ? null : (name, string.Join(' ', forms));
    }

    private static string Slice(string text, List<Token> tokens, (int From, int To) range) => Balanced(text[tokens[range.From].Start..tokens[range.To - 1].End].Trim(',', ' ', '-', '_', ';'));

    // The bracket that a form in brackets opened or closed outside the slice.
    private static string Balanced(string form)
    {
        var (open, close) = (form.Count(c => c == '('), form.Count(c => c == ')'));
        if (open == close && !(form.StartsWith('(') && form.EndsWith(')') && form.LastIndexOf('(') == 0)) return form;
        return open == close ? form[1..^1] : open > close ? form.TrimStart('(') is var cut && cut.Length < form.Length ? cut : form + ")" : form.TrimEnd(')');
    }

    private static int Opened(string text, int start) => start > 0 && text[start - 1] is '"' or '«' or '“' or '„' ? start - 1 : start;

    private static string Closed(string text, int end) => end < text.Length && text[end] is '"' or '»' or '”' or '!' or '?' ? text[end].ToString() : "";

    private static string Without(string name, int from, int to)
    {
        var before = name[..from].TrimEnd(',', ' ');
        var after = name[to..].TrimStart(' ', ',');
        return after.Length == 0 ? before : before.Length == 0 ? after : after[0] is '-' or '–' ? $"{before} {after}" : $"{before}{(name[..from].TrimEnd().EndsWith(',') || name[..to].TrimEnd().EndsWith(',') ? ", " : " ")}{after}";
    }

    private static string Trim(string name)
    {
        name = name.Trim(',', ' ', '-', '–', ';');
        if (name.EndsWith('(')) name = name[..^1].TrimEnd();
        if (name.Length > 2 && (name[0], name[^1]) is ('"', '"') or ('«', '»') or ('“', '”') or ('„', '“') or ('„', '”') && !name[1..^1].Any(c => c is '"' or '«' or '»' or '“' or '”' or '„')) name = name[1..^1].Trim();
        return name;
    }
}
