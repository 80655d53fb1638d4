using CsCheck;
using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Normalising.Names;

public sealed class PersonNamesTests
{
    [Theory]
    [InlineData("Anna Meyer", null, "Anna", null, "Meyer", null)]
    [InlineData("Meyer, Anna", null, "Anna", null, "Meyer", null)]
    [InlineData("Prof. Dr. Anna M. Meyer PhD", "Prof. Dr.", "Anna", "M.", "Meyer", "PhD")]
    [InlineData("Pieter van der Berg", null, "Pieter", null, "van der Berg", null)]
    [InlineData("van der Berg, Pieter Jr.", null, "Pieter", null, "van der Berg", "Jr.")]
    [InlineData("Sir Ian", "Sir", "Ian", null, null, null)]
    [InlineData("Mrs. Okafor", "Mrs.", null, null, "Okafor", null)]
    [InlineData("Yo-Yo Ma", null, "Yo-Yo", null, "Ma", null)]
    [InlineData("Prof. Dr. med. Hans Keller", "Prof. Dr. med.", "Hans", null, "Keller", null)]
    [InlineData("Dipl.-Ing. Karl Vogt", "Dipl.-Ing.", "Karl", null, "Vogt", null)]
    [InlineData("Lin Peng", null, "Lin", null, "Peng", null)]
    [InlineData("Ana García y Vega", null, "Ana", null, "García y Vega", null)]
    [InlineData("Henry Ford II", null, "Henry", null, "Ford", "II")]
    [InlineData("Jane Roe, MD, FACP", null, "Jane", null, "Roe", "MD, FACP")]
    public void A_whole_name_is_split_into_its_parts(string raw, string? title, string? first, string? middle, string? last, string? suffix)
    {
        var name = PersonNames.Normalise(raw);
        Assert.Equal((title, first, middle, last, suffix), (name.Title, name.First, name.Middle, name.Last, name.Suffix));
    }

    [Theory]
    [InlineData("van Zuylen", null, "van Zuylen", null)]
    [InlineData("von der Heide", null, "von der Heide", null)]
    [InlineData("Van Halloran", "Van", "Halloran", null)]
    [InlineData("The Honorable Okafor", null, "Okafor", null)]
    [InlineData("Rosa Lind, Ph. D.", "Rosa", "Lind", "Ph. D.")]
    [InlineData("Rosa Lind Ph. D.", "Rosa", "Lind", "Ph. D.")]
    public void A_family_name_may_stand_alone_and_a_degree_in_two_words_is_one(string raw, string? first, string? last, string? suffix)
    {
        var name = PersonNames.Normalise(raw);
        Assert.Equal((first, last, suffix), (name.First, name.Last, name.Suffix));
        Assert.Equal((first, last, suffix), (PersonNames.Normalise(name.Value!).First, PersonNames.Normalise(name.Value!).Last, PersonNames.Normalise(name.Value!).Suffix));
    }

    [Theory]
    [InlineData("RONALD MCDONALD", "Ronald McDonald")]
    [InlineData("pieter van der berg", "Pieter van der Berg")]
    [InlineData("PIETER VAN DER BERG", "Pieter van der Berg")]
    [InlineData("SINEAD O'BRIEN-SMITH", "Sinead O'Brien-Smith")]
    [InlineData("IAN MACGREGOR", "Ian MacGregor")]
    [InlineData("CARLOS MACHADO", "Carlos Machado")]
    [InlineData("JP MORGAN", "JP Morgan")]
    [InlineData("john smith iii", "John Smith III")]
    [InlineData("DeShawn McKay", "DeShawn McKay")]
    [InlineData("Jean DUPONT", "Jean Dupont")]
    [InlineData("ИВАН ПЕТРОВ", "Иван Петров")]
    [InlineData("田中 太郎", "田中 太郎")]
    public void Capitals_are_repaired_only_where_somebody_shouted_or_whispered(string raw, string value) => Assert.Equal(value, PersonNames.Normalise(raw).Value);

    [Theory]
    [InlineData("Robert \"Bob\" Smith", "Bob", null)]
    [InlineData("Robert (Bob) Smith", "Bob", null)]
    [InlineData("Robert 'Bob' Smith", "Bob", null)]
    [InlineData("Anna Smith (née Jones)", null, "Jones")]
    [InlineData("Anna Schmidt geb. Meier", null, "Meier")]
    public void Nicknames_and_maiden_names_go_to_their_own_parts(string raw, string? nickname, string? maiden)
    {
        var name = PersonNames.Normalise(raw);
        Assert.Equal((nickname, maiden), (name.Nickname, name.Maiden));
        Assert.DoesNotContain("(", name.Value);
    }

    [Theory]
    [InlineData("asdf", "name.junk")]
    [InlineData("test test", "name.junk")]
    [InlineData("N/A", "name.junk")]
    [InlineData("xxxx", "name.junk")]
    [InlineData("12345", "name.junk")]
    [InlineData("anna@example.com", "name.email")]
    [InlineData("", "name.blank")]
    [InlineData(" \u200b ", "name.blank")]
    public void What_is_no_name_is_rejected_with_its_reason(string raw, string code)
    {
        var name = PersonNames.Normalise(raw);
        Assert.Null(name.Value);
        Assert.Equal(code, Assert.Single(name.Issues).Value);
    }

    [Theory]
    [InlineData("John and Mary Smith", true)]
    [InlineData("Mr. & Mrs. Smith", true)]
    [InlineData("John Smith / Jane Doe", true)]
    [InlineData("Hans und Eva Maier", true)]
    [InlineData("Joost en Hanneke Smit", true)]
    [InlineData("Juan Velez y Garcia", false)]
    [InlineData("Andrew Anderson", false)]
    public void Two_people_in_one_field_are_flagged(string raw, bool two) => Assert.Equal(two, PersonNames.Normalise(raw).Issues.Contains(NameIssues.TwoPeople));

    [Theory]
    [InlineData("Acme Holdings", true)]
    [InlineData("Widgets Inc.", true)]
    [InlineData("Müller GmbH", true)]
    [InlineData("Bank of Somewhere", true)]
    [InlineData("Anna Price", false)]
    public void A_company_in_a_name_field_is_flagged_and_not_split(string raw, bool company)
    {
        var name = PersonNames.Normalise(raw);
        Assert.Equal(company, name.Issues.Contains(NameIssues.Company));
        Assert.Equal(company, name.Last is null);
    }

    [Fact]
    public void Parts_in_the_wrong_cell_are_moved()
    {
        var name = PersonNames.NormaliseParts(null, "Dr. ANNA (Annie)", null, "SMITH JR.", null, null, null);
        Assert.Equal(("Dr.", "Anna", "Smith", "Jr.", "Annie"), (name.Title, name.First, name.Last, name.Suffix, name.Nickname));
        Assert.Contains(NameIssues.Moved, name.Issues);
    }

    [Fact]
    public void A_given_name_of_two_words_stays_together()
    {
        var name = PersonNames.NormaliseParts(null, "Anna Maria", null, "de la Cruz", null, null, null);
        Assert.Equal(("Anna Maria", null, "de la Cruz"), (name.First, name.Middle, name.Last));
        Assert.Empty(name.Issues);
    }

    [Theory]
    [InlineData("van der Velde")]
    [InlineData("de Boer")]
    [InlineData("Di Marco")]
    public void A_family_name_with_a_particle_alone_in_its_cell_stays_one(string last)
    {
        var name = PersonNames.NormaliseParts(null, null, null, last, null, null, null);
        Assert.Equal((null, last), (name.First, name.Last));
        Assert.Empty(name.Issues);
    }

    [Theory]
    [InlineData("Roland Winkelauer jun.", "Winkelauer", "jun.")]
    [InlineData("R. Winkelauer sen.", "Winkelauer", "sen.")]
    [InlineData("Amartya Sen", "Sen", null)]
    public void The_german_words_for_father_and_son_are_suffixes_behind_a_family_name(string text, string last, string? suffix)
    {
        var name = PersonNames.Normalise(text);
        Assert.Equal((last, suffix), (name.Last, name.Suffix));
    }

    [Fact]
    public void A_whole_name_in_the_first_cell_is_split()
    {
        var name = PersonNames.NormaliseParts(null, "Anna Meyer", null, null, null, null, null);
        Assert.Equal(("Anna", "Meyer"), (name.First, name.Last));
    }

    [Fact]
    public void Junk_in_one_cell_leaves_the_other()
    {
        var name = PersonNames.NormaliseParts(null, "test", null, "Meyer", null, null, null);
        Assert.Equal((null, "Meyer"), (name.First, name.Last));
        Assert.Contains(NameIssues.Junk, name.Issues);
    }

    [Fact]
    public void The_short_way_for_ordinary_names_gives_what_the_parser_gives() =>
        Gen.Select(Word, Gen.OneOf(Gen.Const(""), Gen.Const(" B."), Gen.Const(" B")), Word).Sample(t =>
        {
            // A blank in front is cleaned away and changes nothing else; a comma sends the same name through the parser.
            var straight = PersonNames.Normalise($"{t.Item1}{t.Item2} {t.Item3}");
            var turned = PersonNames.Normalise($"{t.Item3}, {t.Item1}{t.Item2}");
            return straight.Issues.Length > 0 || (straight.First, straight.Middle, straight.Last, straight.Value) == (turned.First, turned.Middle, turned.Last, turned.Value);
        });

    private static Gen<string> Word { get; } = Gen.Select(Gen.Char['A', 'Z'], Gen.Char['a', 'z'].Array[4, 8], (a, b) => a + new string(b));

    [Fact]
    public void Normalising_twice_changes_nothing() => Hostile.Strings.Sample(raw =>
    {
        var value = PersonNames.Normalise(raw).Value;
        return value is null || PersonNames.Normalise(value).Value == value;
    }, iter: 20_000);

    [Fact]
    public void A_megabyte_is_rejected_at_once() => Assert.Equal(NameIssues.TooLong, Assert.Single(PersonNames.Normalise(new string('a', 1_000_000)).Issues));
}
