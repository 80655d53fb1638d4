using System.Collections.Frozen;
using IntegrationHub.Normalising;

namespace IntegrationHub.Matching;

/// <summary>
/// Compares companies' names word by word, each word weighed by how rare it is among companies: "Chicago Public Schools" says which organisation, "Beethoven" says which school.
/// Words agree through slips, abbreviations and initials. Immutable; what it knows of words is part of the model.
/// </summary>
/// <remarks>Weights are log2(1 / share of companies with the word): Spärck Jones, "A statistical interpretation of term specificity and its application in retrieval" (1972).</remarks>
internal sealed class CompanyNames
{
    // More words than this are no name; the rest is left out.
    private const int MostWords = 24;

    // Two words that half of all companies have still tell something; none is worth more than a name that only one company in sixteen thousand has.
    private const double LeastBits = 0.5;
    private const double MostBits = 14;

    // A whole name is hardly rarer than this: whoever looks for one that is free finds the same ones.
    private const double MostNameBits = 18;

    // One name within another says little where the words are common.
    private const double TellingByItself = 8;

    // What a name must share, or have for itself, before it says anything: a word that one company in thirty has.
    private const double Telling = 5;

    private readonly FrozenDictionary<string, double> shares;
    private readonly FrozenDictionary<string, double>.AlternateLookup<ReadOnlySpan<char>> bySpan;
    private readonly double other;

    /// <summary>With the share of companies that have each word.</summary>
    /// <param name="shares">In (0, 1], by folded word.</param>
    /// <param name="other">That of words that are not listed.</param>
    public CompanyNames(FrozenDictionary<string, double> shares, double other)
    {
        (this.shares, this.other) = (shares, other);
        bySpan = shares.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The words that are listed, with their shares.</summary>
    public FrozenDictionary<string, double> Shares => shares;

    /// <summary>The share of a word that is not listed.</summary>
    public double Other => other;

    /// <summary>How much a word tells, in bits.</summary>
    public double Bits(ReadOnlySpan<char> word) => Math.Clamp(-Math.Log2(bySpan.TryGetValue(word, out var share) ? share : other), LeastBits, MostBits);

    /// <summary>The share of companies that have the name: by its rarest word, and by half of what the others tell, since they depend on each other.</summary>
    public double Frequency(ReadOnlySpan<char> name)
    {
        Span<Range> words = stackalloc Range[MostWords];
        words = words[..Split(name, words)];
        var (most, all) = (0.0, 0.0);
        foreach (var word in words)
        {
            var bits = Math.Round(Bits(name[word]) * 64) / 64;
            (most, all) = (Math.Max(most, bits), all + bits);
        }

        return Math.Pow(2, -Math.Min(most + ((all - most) / 2), MostNameBits));
    }

    /// <summary>The level of two different folded names; the same whichever comes first.</summary>
    public CompanyLevel Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => a.SequenceCompareTo(b) <= 0 ? InOrder(a, b) : InOrder(b, a);

    private CompanyLevel InOrder(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<Range> left = stackalloc Range[MostWords];
        Span<Range> right = stackalloc Range[MostWords];
        left = left[..Split(a, left)];
        right = right[..Split(b, right)];
        Span<bool> foundLeft = stackalloc bool[MostWords];
        Span<bool> foundRight = stackalloc bool[MostWords];
        var shared = Agree(a, left, foundLeft, b, right, foundRight, exact: true);
        var exactly = shared;
        shared += Initials(a, left, foundLeft, b, right, foundRight) + Initials(b, right, foundRight, a, left, foundLeft);
        shared += Agree(a, left, foundLeft, b, right, foundRight, exact: false);
        var (onlyLeft, onlyRight) = (Rest(a, left, foundLeft), Rest(b, right, foundRight));
        if (onlyLeft == 0 && onlyRight == 0) return shared > exactly ? CompanyLevel.Similar : CompanyLevel.Exact;
        var (numberLeft, numberRight) = (HasNumber(a, left, foundLeft), HasNumber(b, right, foundRight));
        if (!numberLeft && !numberRight && (Words.SameWithoutBlanks(a, b) || Close(a, b))) return CompanyLevel.Similar;
        if (shared < Telling) return CompanyLevel.Differs;

        // The second shop of a chain is not its third, and may or may not be the chain itself.
        if (numberLeft && numberRight) return CompanyLevel.Partly;
        var (fewer, all) = (Math.Min(onlyLeft, onlyRight), shared + onlyLeft + onlyRight);
        if (fewer <= shared * 0.1) return shared >= all * 0.8 && !numberLeft && !numberRight ? CompanyLevel.Similar : shared >= TellingByItself ? CompanyLevel.Contained : CompanyLevel.Partly;
        if (fewer >= Telling && shared < all * 0.6) return CompanyLevel.Partly;
        return shared >= all * 0.4 ? CompanyLevel.Alike : CompanyLevel.Partly;
    }

    /// <summary>The distinct words.</summary>
    private static int Split(ReadOnlySpan<char> name, Span<Range> words)
    {
        var count = 0;
        foreach (var range in name.Split(' '))
        {
            if (count == words.Length) break;
            if (name[range].IsEmpty || Find(name, words[..count], name[range]) >= 0) continue;
            words[count++] = range;
        }

        return count;
    }

    private static int Find(ReadOnlySpan<char> name, ReadOnlySpan<Range> words, ReadOnlySpan<char> word)
    {
        for (var i = 0; i < words.Length; i++)
            if (name[words[i]].SequenceEqual(word)) return i;
        return -1;
    }

    /// <summary>Marks words that agree with a free one of the other name, and gives the bits that they share.</summary>
    private double Agree(ReadOnlySpan<char> a, ReadOnlySpan<Range> left, Span<bool> foundLeft, ReadOnlySpan<char> b, ReadOnlySpan<Range> right, Span<bool> foundRight, bool exact)
    {
        var shared = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            if (foundLeft[i]) continue;
            var word = a[left[i]];
            for (var j = 0; j < right.Length; j++)
            {
                if (foundRight[j]) continue;
                var with = b[right[j]];
                if (exact ? !word.SequenceEqual(with) : !Close(word, with) && !Abbreviates(word, with)) continue;
                (foundLeft[i], foundRight[j]) = (true, true);
                shared += exact ? Bits(word) : Math.Min(Bits(word), Bits(with));
                break;
            }
        }

        return shared;
    }

    /// <summary>A word of the one name that is made of the first letters of words of the other, in their order: "ibm", "ymca".</summary>
    private double Initials(ReadOnlySpan<char> a, ReadOnlySpan<Range> left, Span<bool> foundLeft, ReadOnlySpan<char> b, ReadOnlySpan<Range> right, Span<bool> foundRight)
    {
        var shared = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            var word = a[left[i]];
            if (foundLeft[i] || word.Length is < 3 or > 6) continue;
            for (var first = 0; first + word.Length <= right.Length; first++)
            {
                var fits = true;
                for (var k = 0; k < word.Length && fits; k++) fits = !foundRight[first + k] && b[right[first + k]][0] == word[k];
                if (!fits) continue;
                foundLeft[i] = true;
                foundRight.Slice(first, word.Length).Fill(true);
                shared += Bits(word);
                break;
            }
        }

        return shared;
    }

    private double Rest(ReadOnlySpan<char> name, ReadOnlySpan<Range> words, ReadOnlySpan<bool> found)
    {
        var rest = 0.0;
        for (var i = 0; i < words.Length; i++)
            if (!found[i]) rest += Bits(name[words[i]]);
        return rest;
    }

    /// <summary>True where a word that the other name lacks is a number.</summary>
    private static bool HasNumber(ReadOnlySpan<char> name, ReadOnlySpan<Range> words, ReadOnlySpan<bool> found)
    {
        for (var i = 0; i < words.Length; i++)
            if (!found[i] && IsNumber(name[words[i]])) return true;
        return false;
    }

    private static bool IsNumber(ReadOnlySpan<char> word) => char.IsAsciiDigit(word[0]) || word is "i" or "ii" or "iii" or "iv" or "vi" or "vii" or "viii" or "ix";

    private static bool Close(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var length = Math.Min(a.Length, b.Length);
        if (length < 5 || char.IsAsciiDigit(a[0]) || char.IsAsciiDigit(b[0])) return false;
        var most = length >= 9 ? 2 : 1;
        return Similarity.Edits(a, b, most) <= most;
    }

    /// <summary>"acad" for "academy", "mfr" for "manufacturer": the same first letter, and the short one's letters in the long one in their order, if not its beginning then without its vowels.</summary>
    private static bool Abbreviates(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var few = a.Length <= b.Length ? a : b;
        var many = a.Length <= b.Length ? b : a;
        if (few.Length < 3 || few.Length == many.Length || char.IsAsciiDigit(few[0])) return false;
        if (many.StartsWith(few)) return true;
        if (few.Length > 5 || few[0] != many[0] || few.IndexOfAny("aeiou") > 0) return false;
        var next = 0;
        foreach (var c in many)
            if (next < few.Length && c == few[next]) next++;
        return next == few.Length;
    }
}
