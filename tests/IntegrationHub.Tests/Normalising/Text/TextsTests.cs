using CsCheck;
using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Normalising.Text;

public sealed class TextsTests
{
    [Theory]
    [InlineData("Zoë")]
    [InlineData("Tomáš Žák")]
    [InlineData("Ängelholm’s Åre")]
    [InlineData("CĂLĂRAŞI")]
    [InlineData("ПАО «Ромашка»")]
    [InlineData("naïve café")]
    [InlineData("ГОСТ «Р»")]
    [InlineData("PRODUÇÃO…")]
    [InlineData("Ελληνικά")]
    [InlineData("日本語")]
    [InlineData("5×3 m²")]
    [InlineData("2 £ – 3 €")]
    public void Good_text_stays(string text)
    {
        Assert.Equal(text, Texts.Normalise(text).Value);
        Assert.Empty(Texts.Normalise(text).Issues);
    }

    [Theory]
    [InlineData("Ã©tÃ©", "été")]
    [InlineData("PÅ™emysl Vacek", "Přemysl Vacek")]
    [InlineData("BrzÄ™czek", "Brzęczek")]
    [InlineData("BГјhler", "Bühler")]
    [InlineData("GroГџmann", "Großmann")]
    [InlineData("РћР»РµРі", "Олег")]
    [InlineData("SzekelyhĂĄzi", "Szekelyházi")]
    [InlineData("BĂźhler", "Bühler")]
    [InlineData("AndrĂŠ", "André")]
    [InlineData("FranÃƒÂ§ois", "François")]
    [InlineData("itâ€™s", "it’s")]
    [InlineData("РџСЂРёРІРµС‚", "Привет")]
    [InlineData("caf√©", "café")]
    [InlineData("M\u0081\u0084nner\u200b", "M„nner")]
    [InlineData("AT&amp;amp;T", "AT&T")]
    public void Damage_is_repaired_layer_by_layer(string damaged, string good) => Assert.Equal(good, Texts.Normalise(damaged).Value);

    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u1112\u1161\u11ab", "한")]
    [InlineData("\u212b", "Å")]
    public void Letters_are_composed(string raw, string composed) => Assert.Equal(composed, Texts.Clean(raw));

    [Fact]
    public void Clean_gives_plain_text_back_as_it_is()
    {
        var plain = new string("Anna Meyer".ToCharArray());
        Assert.Same(plain, Texts.Clean(plain));
    }

    [Fact]
    public void Clean_folds_blanks_where_normalise_keeps_lines()
    {
        Assert.Equal("one two three", Texts.Clean(" one \r\n two\t three "));
        Assert.Equal("one\ntwo", Texts.Normalise("one\r\ntwo ").Value);
    }

    [Fact]
    public void Normalising_twice_changes_nothing() => Hostile.Strings.Sample(raw =>
    {
        var value = Texts.Normalise(raw).Value;
        var clean = Texts.Clean(raw);
        return (value is null || Texts.Normalise(value).Value == value) && Texts.Clean(clean) == clean;
    }, iter: 20_000);

    [Fact]
    public void Damaging_and_repairing_gives_the_text_back() =>
        Gen.Char["àáâäãåæçèéêëìíîïñòóôöõøùúûü"].Array[2, 6].Sample(letters =>
        {
            var good = "Se" + string.Join("n", letters) + "n";
            var damaged = System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(good));
            return Texts.Normalise(damaged).Value == good;
        });

    [Theory]
    [InlineData("Ã©")]
    [InlineData("a\u0301")]
    [InlineData("&amp;")]
    [InlineData("\u200d")]
    [InlineData("\u0000")]
    [InlineData("\u0301\u0323")]
    public void A_megabyte_is_cleaned_in_linear_time(string piece)
    {
        var large = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        Assert.True(Texts.Normalise(large).Issues.Length > 0);
    }
}
