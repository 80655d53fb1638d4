using CsCheck;
using IntegrationHub.Matching.Kernel;
using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Matching.Kernel;

/// <summary>One table for both implementations, and a law: the packed one answers as the plain one does, to the last bit.</summary>
public sealed class PackedSimilarityTests
{
    // Few letters, so that they repeat and cross; lengths on both sides of each number of lanes, of a word, and of what is compared at all.
    private static readonly Gen<string> FewLetters = TextsOf(Gen.Char["abcd "]);
    private static readonly Gen<string> Names = TextsOf(Gen.Char["abcdefghijklmnopqrstuvwxyz-'"]);
    private static readonly Gen<string> Cyrillic = TextsOf(Gen.Char["абвгдежзик"]);
    private static readonly Gen<string> AnyCharacters = TextsOf(Gen.Char);

    // More than 256 different characters, as in Chinese names: two bytes a symbol.
    private static readonly Gen<string> Chinese = TextsOf(Gen.Int['一', '一' + 600].Select(c => (char)c));

    [Theory]
    [InlineData("martha", "marhta", 0.961111)]
    [InlineData("dixon", "dicksonx", 0.813333)]
    [InlineData("dwayne", "duane", 0.84)]
    [InlineData("jones", "johnson", 0.832381)]
    [InlineData("abcvwxyz", "cabvwxyz", 0.9375)]
    [InlineData("müller", "möller", 0.9)]
    [InlineData("иванов", "иванова", 0.971429)]
    [InlineData("ab", "ba", 0)]
    [InlineData("abc", "xyz", 0)]
    [InlineData("", "ada", 0)]
    [InlineData("", "", 1)]
    [InlineData("ada", "ada", 1)]
    public void Both_give_the_jaro_winkler_similarity_worked_out_by_hand(string a, string b, double expected)
    {
        Assert.Equal(expected, Similarity.JaroWinkler(a, b), 0.000001);
        Assert.Equal(expected, JaroWinkler(a, b, 0), 0.000001);
        Assert.Equal(expected, JaroWinkler(b, a, 0), 0.000001);
    }

    [Theory]
    [InlineData("smith", "smiht", 3, 1)]
    [InlineData("kitten", "sitting", 5, 3)]
    [InlineData("kitten", "sitting", 2, 3)]
    [InlineData("ca", "abc", 5, 3)]
    [InlineData("kowalski", "kowalsky", 0, 1)]
    [InlineData("иванов", "ивнаов", 2, 1)]
    [InlineData("", "ada", 5, 3)]
    [InlineData("", "ada", 2, 3)]
    [InlineData("", "", 0, 0)]
    [InlineData("ada", "ada", 0, 0)]
    public void Both_count_the_edits_counted_by_hand(string a, string b, int most, int expected)
    {
        Assert.Equal(expected, Similarity.Edits(a, b, most));
        Assert.Equal(expected, Edits(a, b, most));
        Assert.Equal(expected, Edits(b, a, most));
    }

    [Theory]
    [InlineData(16, 17)]
    [InlineData(32, 33)]
    [InlineData(64, 65)]
    [InlineData(63, 64)]
    [InlineData(127, 128)]
    public void Both_find_the_letter_too_many_at_each_edge_of_a_word(int length, int longer)
    {
        var (a, b) = (new string('a', length), new string('a', longer));
        var expected = (1 + (double)length / longer + 1) / 3;
        Assert.Equal((float)(expected + 0.4 * (1 - expected)), JaroWinkler(a, b, 0), 0.000001f);
        Assert.Equal(1, Edits(a, b, 3));
    }

    [Fact]
    public void Values_over_128_letters_are_compared_by_their_first_128_and_are_never_near()
    {
        var (a, b) = (new string('a', 128) + "x", new string('a', 128) + "yy");
        Assert.Equal(1, JaroWinkler(a, b, 0));
        Assert.Equal(6, Edits(a, b, 5));
        Assert.Equal(6, Edits(a + "x", a + "y", 5));
    }

    [Fact]
    public void Jaro_winkler_equals_the_plain_one_for_repeated_letters() => JaroWinklerEquals(FewLetters);

    [Fact]
    public void Jaro_winkler_equals_the_plain_one_for_names() => JaroWinklerEquals(Names);

    [Fact]
    public void Jaro_winkler_equals_the_plain_one_for_other_scripts() => JaroWinklerEquals(Gen.OneOf(Cyrillic, Names, AnyCharacters));

    [Fact]
    public void Jaro_winkler_equals_the_plain_one_where_a_symbol_takes_two_bytes() => JaroWinklerEquals(Gen.OneOf(Chinese, FewLetters), Enough);

    [Fact]
    public void Edits_equal_the_plain_ones_for_repeated_letters() => EditsEqual(FewLetters);

    [Fact]
    public void Edits_equal_the_plain_ones_for_names() => EditsEqual(Names);

    [Fact]
    public void Edits_equal_the_plain_ones_for_other_scripts() => EditsEqual(Gen.OneOf(Cyrillic, Names, AnyCharacters));

    [Fact]
    public void Edits_equal_the_plain_ones_where_a_symbol_takes_two_bytes() => EditsEqual(Gen.OneOf(Chinese, FewLetters), Enough);

    [Fact]
    public void A_slip_in_a_long_value_is_found_as_the_plain_one_finds_it() =>
        Gen.Select(Names, Gen.Int[0, 200], Gen.Char["abc"], Gen.Int[0, 3]).Sample(
            (a, at, letter, most) =>
            {
                var place = at % (a.Length + 1);
                var b = a[..place] + letter + a[place..];
                Assert.Equal(Similarity.Edits(a, b, most), Edits(a, b, most));
                Assert.Equal((float)Similarity.JaroWinkler(a, b), JaroWinkler(a, b, 0));
            },
            iter: 1000);

    [Fact]
    public void Hundreds_of_values_at_once_come_back_in_the_order_asked()
    {
        var texts = Enumerable.Range(0, 300).Select(i => new string((char)('a' + i % 26), i % 70) + $"{i}").ToArray();
        var kernel = KernelOf(texts, out var codes);
        var (similarity, edits) = (new float[codes.Length], new int[codes.Length]);
        foreach (var left in (int[])[5, 31, 63, 66, 299])
        {
            kernel.JaroWinkler(codes[left], codes, 0, similarity);
            kernel.Edits(codes[left], codes, 200, edits);
            Assert.Equal(texts.Select(t => (float)Similarity.JaroWinkler(texts[left], t)), similarity);
            Assert.Equal(texts.Select(t => Similarity.Edits(texts[left], t, 200)), edits);
        }
    }

    [Fact]
    public void A_pair_just_at_the_threshold_is_kept_though_its_rounded_similarity_is_below()
    {
        var exact = Similarity.JaroWinkler("dixon", "dicksonx");
        Assert.True((float)exact < exact);
        Assert.Equal((float)exact, JaroWinkler("dixon", "dicksonx", exact));
        Assert.Equal(0, JaroWinkler("dixon", "dicksonx", Math.BitIncrement(exact)));
    }

    [Fact]
    public void Another_threshold_forgets_the_bounds_of_the_last()
    {
        var kernel = KernelOf(["martha", "marhta"], out var codes);
        var similarity = new float[1];
        foreach (var (atLeast, expected) in ((double, float)[])[(0.99, 0), (0.9, 0.9611111f), (0.97, 0), (0, 0.9611111f)])
        {
            kernel.JaroWinkler(codes[0], codes.AsSpan(1), atLeast, similarity);
            Assert.Equal(expected, similarity[0]);
        }
    }

    [Fact]
    public void What_is_asked_wrongly_is_refused()
    {
        var kernel = KernelOf(["ada", "bob"], out _);
        Assert.Throws<ArgumentException>(() => kernel.JaroWinkler(0, [0, 1], 0, new float[1]));
        Assert.Throws<ArgumentException>(() => kernel.JaroWinkler([0], [0, 1], 0, new float[2]));
        Assert.Throws<ArgumentException>(() => kernel.Edits([0], [0, 1], 0, new int[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.JaroWinkler(0, [1], 1.1, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.JaroWinkler(0, [1], double.NaN, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.JaroWinkler(2, [1], 0, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.JaroWinkler(0, [-1], 0, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Edits(0, [2], 1, new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Edits(0, [1], -1, new int[1]));
    }

    [Fact]
    public void A_column_of_nothing_but_the_empty_text_is_compared()
    {
        Assert.Equal(1, JaroWinkler("", "", 0.9));
        Assert.Equal(0, Edits("", "", 0));
        Assert.Equal(0, PackedValues.Of(new ValueDictionary()).Count);
    }

    private static readonly string[] Enough = [.. Enumerable.Range('一', 300).Select(c => $"{(char)c}")];

    private static Gen<string> TextsOf(Gen<char> letters) =>
        Gen.OneOf(Gen.Int[0, 5], Gen.Int[4, 12], Gen.Int[12, 36], Gen.Int[60, 68], Gen.Int[120, 135]).SelectMany(n => letters.Array[n]).Select(c => new string(c));

    private static void JaroWinklerEquals(Gen<string> texts, params string[] others) =>
        Gen.Select(texts.Array[1, 24], Gen.Double[0, 1]).Sample(
            (some, threshold) =>
            {
                var kernel = KernelOf([.. some, .. others], out var codes);
                foreach (var atLeast in (double[])[0, threshold, 0.86, 1])
                {
                    var (lefts, rights) = Pairs(codes[..some.Length]);
                    var similarity = new float[lefts.Length];
                    kernel.JaroWinkler(lefts, rights, atLeast, similarity);
                    for (var i = 0; i < similarity.Length; i++)
                    {
                        var plain = Similarity.JaroWinkler(some[i / some.Length], some[i % some.Length]);
                        Assert.Equal(plain >= atLeast ? (float)plain : 0, similarity[i]);
                    }
                }
            },
            iter: 100);

    private static void EditsEqual(Gen<string> texts, params string[] others) =>
        Gen.Select(texts.Array[1, 24], Gen.Int[0, 140]).Sample(
            (some, limit) =>
            {
                var kernel = KernelOf([.. some, .. others], out var codes);
                foreach (var most in (int[])[0, 1, 2, 4, limit])
                {
                    var (lefts, rights) = Pairs(codes[..some.Length]);
                    var edits = new int[lefts.Length];
                    kernel.Edits(lefts, rights, most, edits);
                    for (var i = 0; i < edits.Length; i++) Assert.Equal(Similarity.Edits(some[i / some.Length], some[i % some.Length], most), edits[i]);
                }
            },
            iter: 100);

    /// <summary>Each with each, and with itself.</summary>
    private static (int[] Lefts, int[] Rights) Pairs(int[] codes) =>
        ([.. codes.SelectMany(c => Enumerable.Repeat(c, codes.Length))], [.. codes.SelectMany(_ => codes)]);

    private static float JaroWinkler(string a, string b, double atLeast)
    {
        var similarity = new float[1];
        KernelOf([a, b], out var codes).JaroWinkler(codes[0], codes.AsSpan(1), atLeast, similarity);
        return similarity[0];
    }

    private static int Edits(string a, string b, int most)
    {
        var edits = new int[1];
        KernelOf([a, b], out var codes).Edits(codes[0], codes.AsSpan(1), most, edits);
        return edits[0];
    }

    private static PackedSimilarity KernelOf(string[] texts, out int[] codes)
    {
        var values = new ValueDictionary();
        codes = [.. texts.Select(t => values.Add(t))];
        return new PackedSimilarity(PackedValues.Of(values));
    }
}
