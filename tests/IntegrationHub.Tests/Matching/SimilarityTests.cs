using CsCheck;
using F23.StringSimilarity;
using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Matching;

public sealed class SimilarityTests
{
    // Ten letters at most: from eleven on the oracle gives the prefix less than Winkler does.
    private static readonly Gen<string> Texts = Gen.Char["abcd "].Array[0, 10].Select(c => new string(c));

    // No letter twice: where one comes twice, which of the two is taken for which differs between implementations.
    private static readonly Gen<string> TextsOfDistinctLetters = Gen.Shuffle("abcdefghij".ToCharArray(), 1, 10).Select(c => new string(c));

    [Theory]
    [InlineData("martha", "marhta", 0.9611)]
    [InlineData("dixon", "dicksonx", 0.8133)]
    [InlineData("dwayne", "duane", 0.84)]
    [InlineData("", "ada", 0)]
    [InlineData("ada", "ada", 1)]
    public void Jaro_winkler_of_the_published_examples(string a, string b, double expected) => Assert.Equal(expected, Similarity.JaroWinkler(a, b), 0.0001);

    [Fact]
    public void Jaro_winkler_agrees_with_another_implementation()
    {
        // A threshold of -1 makes the oracle add the prefix whatever the similarity, as Winkler (1990) does.
        var oracle = new JaroWinkler(-1);
        Gen.Select(TextsOfDistinctLetters, TextsOfDistinctLetters).Sample(
            (a, b) =>
            {
                // Of two texts of one length the oracle takes the first's characters first, ours the lesser's.
                var (first, second) = string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
                var more = oracle.Similarity(first, second) - Similarity.JaroWinkler(a, b);

                // Of an odd number of letters out of order the oracle drops the half transposition, which for m letters in common is worth 1/(6m), less the share of the prefix.
                var prefix = first.Zip(second).Take(4).TakeWhile(p => p.First == p.Second).Count();
                Assert.Contains(Enumerable.Range(2, 11).Select(m => (1 - 0.1 * prefix) / (6 * m)).Prepend(0), half => Math.Abs(more - half) < 0.0001);
            },
            iter: 5000);
    }

    [Fact]
    public void Jaro_winkler_does_not_depend_on_which_text_comes_first() =>
        Gen.Select(Texts, Texts).Sample((a, b) => Assert.Equal(Similarity.JaroWinkler(a, b), Similarity.JaroWinkler(b, a)), iter: 5000);

    [Fact]
    public void Edits_agree_with_another_implementation()
    {
        var oracle = new OptimalStringAlignment();
        Gen.Select(Texts, Texts).Sample((a, b) => Assert.Equal((int)oracle.Distance(a, b), Similarity.Edits(a, b, 20)), iter: 5000);
    }

    [Fact]
    public void Edits_are_symmetric_nought_for_equals_only_and_cut_at_the_most() =>
        Gen.Select(Texts, Texts, Gen.Int[0, 6]).Sample(
            (a, b, most) =>
            {
                var edits = Similarity.Edits(a, b, 20);
                Assert.Equal(edits, Similarity.Edits(b, a, 20));
                Assert.Equal(a == b, edits == 0);
                Assert.InRange(edits, Math.Abs(a.Length - b.Length), Math.Max(a.Length, b.Length));
                Assert.Equal(Math.Min(edits, most + 1), Similarity.Edits(a, b, most));
            },
            iter: 5000);

    [Fact]
    public void A_swap_of_neighbours_is_one_edit() => Assert.Equal(1, Similarity.Edits("smiht", "smith", 3));
}
