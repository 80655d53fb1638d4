using System.Collections.Immutable;
using CsCheck;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Normalising;

/// <summary>Plain values are read in place; each such way is held against the one that reads everything. Numbers are held against libphonenumber elsewhere.</summary>
public sealed class FastPathTests
{
    // Short words of what the rules look for, so that plain values and values just beside plain ones come often.
    private static Gen<string> Words(string pieces, int most) =>
        Gen.OneOf(
            Gen.Int[0, pieces.Split('|').Length - 1].Select(i => pieces.Split('|')[i]).Array[0, most].Select(w => string.Join(' ', w)),
            Gen.Int[0, pieces.Split('|').Length - 1].Select(i => pieces.Split('|')[i]).Array[0, most].Select(string.Concat),
            HostileText.Around(pieces.Replace("|", " ", StringComparison.Ordinal)));

    private static readonly Gen<string> Names = Words("Anna|Meyer|M.|M|van|O'Brien|McDonald|Zoë|Jürgen|dr|Dr.|Jr|III|Ma|Qwertz|Asdf|Aaa|JOHN|smith|Smith-Jones|É|Łukasz|ı|ß|Tyui|de|la|Test|Inc", 4);

    [Fact]
    public void An_ordinary_name_is_read_as_the_parser_reads_it() => Names.Sample(
        raw =>
        {
            var text = Texts.Clean(raw);
            if (PersonNames.Ordinary(text) is { } ordinary) Same(PersonNames.Any(text, text), ordinary);
        },
        iter: 20_000);

    [Fact]
    public void Two_ordinary_cells_are_read_as_any_cells_are() => Gen.Select(Names, Names).Sample(
        (first, last) => Same(NameCells.Any(null, first, null, last, null, null, null), NameCells.Normalise(null, first, null, last, null, null, null)), iter: 20_000);

    [Fact]
    public void A_plain_address_is_read_as_any_is() => Words("ada|Ada|ADA|byron|.|..|+tag|-|_|@|@@|gmail.com|GoogleMail.com|yahoo.com|gmial.com|example.org|info|test|test.com|xn--a|-a|a-|.de|mailto:|<|>|'|é|mailinator.com|me.com", 6).Sample(
        raw =>
        {
            if (EmailAddresses.Plain(raw) is not { } plain) return;
            var any = EmailAddresses.Any(raw);
            Assert.Equal(any with { Issues = [] }, plain with { Issues = [] });
            Assert.Equal(any.Issues.AsEnumerable(), plain.Issues);
        },
        iter: 20_000);

    [Fact]
    public void A_plain_street_is_split_as_the_parser_splits_it() => Gen.Select(
        Words("12|12a|4-6|3/45|5.|s/n|1st|2nd|Main|St|Street|Hauptstraße|am|der|bis|ter|a|d|e|B|-|–|Apt|#4|#|Floor|Ground|No|Unit|Top|Door|rue|Calle|½|1/2|.|17.|Juni", 6), HostileText.Region, Gen.Bool, Gen.Bool).Sample(
        (raw, place, wantNumber, wantUnit) =>
        {
            var cell = AddressText.OneLine(raw);
            if (StreetCell.Plain(cell, place, wantNumber) is { } plain) Assert.Equal(AddressParser.SplitStreet(cell, place, wantNumber, wantUnit), plain);
        },
        iter: 40_000);

    [Fact]
    public void A_date_in_digits_is_read_as_any_is() => Gen.Select(Words("1985|85|03|3|12|31|32|13|0|00|-|.|/|--| |2150|2151|01.02.2003|2001-02-03|12/31/1999|T|Jan", 6), Gen.Bool, Gen.Bool).Sample(
        (raw, monthFirst, settled) =>
        {
            var order = monthFirst ? DateOrder.MonthFirst : DateOrder.DayFirst;
            var (quick, slow) = (ImmutableArray.CreateBuilder<IssueCode>(), ImmutableArray.CreateBuilder<IssueCode>());
            if (IntegrationHub.Normalising.Dates.Digits(raw.Trim(), order, settled, quick) is not { } date) return;
            Assert.Equal(IntegrationHub.Normalising.Dates.Read(raw.Trim(), order, settled, slow), date);
            Assert.Equal(slow, quick);
        },
        iter: 20_000);

    [Fact]
    public void Plain_text_is_cleaned_as_any_is() => Gen.OneOf(Hostile.Strings, Words("Jürgen|Ã|Â|é|ü|Ð|Đ|©|\u00a0|&|&amp;|a|A|ß|ƀ|ɐ|Ÿ|~|\u007f|\u0085|  |Ã¼|Å¡|Ä|Ö", 6)).Sample(
        raw =>
        {
            Texts.Pass(raw, lines: false, out var cleaned);
            Assert.Equal(cleaned, Texts.Clean(raw));
            Texts.Pass(raw, lines: true, out cleaned);
            Assert.Equal(cleaned, Texts.CleanLines(raw));
        },
        iter: 20_000);

    [Fact]
    public void A_postcode_as_its_country_writes_it_stays_and_is_found_again_without_its_blanks() => Gen.Select(
        Words("1|12|123|1234|12345|A|AB|A1|K1A|0B1|EC1N|8FH|D-|-|F|1A|AA", 3), HostileText.Region).Sample(
        (raw, country) =>
        {
            if (Postcodes.Normalise(raw, country) is not { } code || country is null or "ZZ") return;
            Assert.Equal(code, Postcodes.Normalise(code, country));
            Assert.Equal(code, Postcodes.Normalise(code.Replace(" ", "", StringComparison.Ordinal), country));
        },
        iter: 20_000);

    [Fact]
    public void A_full_cache_still_gives_the_right_answers()
    {
        var cache = new BoundedCache<string>(8);
        var computed = 0;
        for (var round = 0; round < 3; round++)
            for (var i = 0; i < 1_000; i++)
            {
                var key = $"key {i}";
                Assert.Equal($"KEY {i}", cache.Get(key, Compute));
                Assert.Equal($"KEY {i}", cache.Get(key.AsSpan(), Compute));
            }

        // The second look at a value, right after the first, finds it.
        Assert.Equal(3_000, computed);

        string Compute(string key)
        {
            computed++;
            return key.ToUpperInvariant();
        }
    }

    private static void Same(NormalisedName expected, NormalisedName read)
    {
        Assert.Equal(expected with { Issues = [] }, read with { Issues = [] });
        Assert.Equal(expected.Issues.AsEnumerable(), read.Issues);
    }
}
