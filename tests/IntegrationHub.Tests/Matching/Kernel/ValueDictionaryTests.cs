using CsCheck;
using IntegrationHub.Matching.Kernel;

namespace IntegrationHub.Tests.Matching.Kernel;

public sealed class ValueDictionaryTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(Gen.Char["ab"].Array[0, 4], Gen.Char.Array[0, 30]).Select(c => new string(c));

    [Fact]
    public void Codes_follow_the_order_in_which_values_come()
    {
        var values = new ValueDictionary();
        Assert.Equal([0, 1, 0, 2, 3, 1], new[] { "anna", "bob", "anna", "", "Anna", "bob" }.Select(v => values.Add(v)));
        Assert.Equal(4, values.Count);
        Assert.Equal("anna", values[0].ToString());
        Assert.Equal("", values[2].ToString());
        Assert.Equal(3, values.Find("Anna"));
        Assert.Null(values.Find("carl"));
        Assert.Equal(4, values.Count);
    }

    [Fact]
    public void It_gives_what_a_plain_dictionary_gives() =>
        Gen.Select(Texts.Array[0, 200], Gen.Int[0, 50]).Sample(
            (texts, capacity) =>
            {
                var (values, plain) = (new ValueDictionary(capacity), new Dictionary<string, int>());
                foreach (var text in texts)
                {
                    plain.TryAdd(text, plain.Count);
                    Assert.Equal(plain[text], values.Add(text));
                }

                Assert.Equal(plain.Count, values.Count);
                foreach (var (text, code) in plain)
                {
                    Assert.Equal(text, values[code].ToString());
                    Assert.Equal(code, values.Find(text));
                }
            },
            iter: 500);

    [Fact]
    public void A_hundred_thousand_values_keep_their_codes_while_it_grows()
    {
        var values = new ValueDictionary();
        for (var i = 0; i < 100_000; i++) Assert.Equal(i, values.Add($"value {i}"));
        for (var i = 0; i < 100_000; i += 997) Assert.Equal($"value {i}", values[i].ToString());
        Assert.Equal(99_999, values.Find("value 99999"));
    }

    [Fact]
    public void A_value_longer_than_a_block_is_kept_whole_between_short_ones()
    {
        var (values, cell) = (new ValueDictionary(), new string('x', 1_000_000));
        Assert.Equal([0, 1, 2, 1], new[] { "a", cell, "b", cell }.Select(v => values.Add(v)));
        Assert.Equal(cell, values[1].ToString());
        Assert.Equal("b", values[2].ToString());
    }

    [Fact]
    public void A_code_that_no_value_has_is_refused()
    {
        var values = new ValueDictionary(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => values[0].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => values[-1].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ValueDictionary(-1));
    }
}
