using CsCheck;
using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Normalising.JobTitles;

using JobTitles = IntegrationHub.Normalising.JobTitles;

public sealed class JobTitlesTests
{
    [Theory]
    [InlineData("ceo", "CEO", "general_management", "c_level")]
    [InlineData("vp of sales", "VP of Sales", "sales", "vp")]
    [InlineData("SENIOR SOFTWARE ENGINEER", "Senior Software Engineer", "engineering", "senior")]
    [InlineData("Head of Marketing", "Head of Marketing", "marketing", "head")]
    [InlineData("hr manager", "HR Manager", "hr", "manager")]
    [InlineData("Executive Assistant", "Executive Assistant", "administration", "staff")]
    [InlineData("Product Owner", "Product Owner", "product", "manager")]
    [InlineData("Vice President, Finance", "Vice President, Finance", "finance", "vp")]
    [InlineData("Chief Revenue Officer", "Chief Revenue Officer", "sales", "c_level")]
    [InlineData("Marketing Intern", "Marketing Intern", "marketing", "intern")]
    [InlineData("Geschäftsführer", "Geschäftsführer", "general_management", "c_level")]
    [InlineData("Vertriebsleiter", "Vertriebsleiter", "sales", "head")]
    [InlineData("Zookeeper", "Zookeeper", null, "staff")]
    public void A_title_is_cased_and_read(string raw, string value, string? function, string seniority)
    {
        var title = JobTitles.Normalise(raw);
        Assert.Equal((value, function, seniority), (title.Value, title.Function, title.Seniority));
    }

    [Fact]
    public void A_placeholder_is_rejected() => Assert.Equal(JobTitleIssues.Junk, Assert.Single(JobTitles.Normalise("n/a").Issues));

    [Fact]
    public void Normalising_twice_changes_nothing() => Hostile.Strings.Sample(raw =>
    {
        var value = JobTitles.Normalise(raw).Value;
        return value is null || JobTitles.Normalise(value).Value == value;
    }, iter: 20_000);
}
