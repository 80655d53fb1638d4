using IntegrationHub.Benchmarks.Normalising;
using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Normalising.HostileInput;

/// <summary>A short run of <c>tools/Benchmarks -- fuzz</c>, without its clock.</summary>
public sealed class HostileInputTests
{
    private static readonly string?[] Regions = ["US", "DE", "GB", null, "FR", "AU"];

    [Fact]
    public void No_hostile_string_breaks_a_normaliser_and_each_answer_stays_as_it_is()
    {
        var stream = new HostileStream(7);
        for (var i = 0; i < 2_000; i++)
        {
            var text = stream.Next(1_024);
            var region = Regions[i % Regions.Length];
            foreach (var field in HostileField.All)
            {
                var problem = field.Problem(field.Apply(text, region), region);
                if (problem is not null) Assert.Fail($"{field.Name} in {region}, {text}: {problem}");
            }
        }
    }

    [Fact]
    public void Work_grows_with_the_length_and_not_with_its_square()
    {
        const int half = 1 << 14;
        for (var seed = 0; seed < 20; seed++)
            foreach (var field in HostileField.All)
            {
                var (shorter, longer) = (new HostileStream(seed).Long(half), new HostileStream(seed).Long(half * 4));
                field.Apply(shorter, "US");
                var (less, more) = (Allocated(() => field.Apply(shorter, "US")), Allocated(() => field.Apply(longer, "US")));
                // Four times the text takes four times the memory; sixteen times would be the square. What is small is noise.
                if (more > less * 10 + 200_000) Assert.Fail($"{field.Name}, seed {seed}: {less:N0} bytes for {half:N0} characters, {more:N0} for four times as many.");
            }
    }

    [Theory]
    [InlineData("&amp;amp;amp;amp;amp;auml;", "ä")]
    [InlineData("&#38;#38;amp;#x41;", "A")]
    [InlineData("&#9&#55;;", "a")]
    public void References_of_references_are_decoded_however_deep_they_are(string raw, string expected)
    {
        Assert.Equal(expected, Texts.Clean(raw));
        Assert.Equal("ä", Texts.Clean("&" + string.Concat(Enumerable.Repeat("amp;", 5_000)) + "auml;"));
    }

    [Fact]
    public void A_run_of_marks_without_a_letter_goes_at_once() => Assert.Equal("Anna", Texts.Clean(new string('\ufe0f', 500) + "Anna"));

    [Fact]
    public void A_host_that_no_domain_may_have_is_no_host() => Assert.Null(UrlHost.Transform.Apply("http://a\u202eb.\ud83d.com", null));

    [Fact]
    public void Parts_found_in_each_others_cells_are_moved_until_nothing_moves_any_more()
    {
        var name = PersonNames.NormaliseParts(null, "+1", "Apt", "10115 3/45 III", null, null, null);
        var again = PersonNames.NormaliseParts(name.Title, name.First, name.Middle, name.Last, name.Suffix, name.Nickname, name.Maiden);
        Assert.Equal(name with { Issues = [], Value = null }, again with { Issues = [], Value = null });
    }

    [Fact]
    public void A_title_that_grows_past_the_limit_by_cleaning_is_too_long_at_the_first_look()
    {
        // U+0FAC may only be written as the two characters that it is made of.
        var title = IntegrationHub.Normalising.JobTitles.Normalise(new string('a', IntegrationHub.Normalising.JobTitles.MaxLength - 1) + "\u0fac");

        Assert.Null(title.Value);
        Assert.Equal(JobTitleIssues.TooLong, Assert.Single(title.Issues));
    }

    [Theory]
    [InlineData("\u202e.dean.example")]
    [InlineData("www..example.com")]
    public void A_host_with_nothing_before_a_dot_is_none(string address) => Assert.Null(UrlHost.Transform.Apply(address, null));

    [Fact]
    public void A_row_of_quotes_that_reads_as_another_name_at_every_look_is_no_name()
    {
        var name = PersonNames.Normalise(string.Concat(Enumerable.Repeat(" '", 46)) + " '06 12 81 30 80 " + string.Concat(Enumerable.Repeat("'x'  ", 25)));

        Assert.Null(name.Value);
        Assert.Equal(NameIssues.Junk, Assert.Single(name.Issues));
    }

    [Fact]
    public void Nor_is_one_in_a_cell_of_its_own()
    {
        var name = PersonNames.NormaliseParts(null, string.Concat(Enumerable.Repeat(" '", 100)) + " 'Smith, Stefan'" + string.Concat(Enumerable.Repeat(" '", 10)), null, null, null, null, null);

        Assert.Null(name.Value);
        Assert.Contains(NameIssues.Junk, name.Issues);
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
