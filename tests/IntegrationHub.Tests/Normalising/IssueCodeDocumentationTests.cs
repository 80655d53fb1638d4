using System.Reflection;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Normalising;

public sealed class IssueCodeDocumentationTests
{
    [Theory]
    [InlineData(typeof(NameIssues))]
    [InlineData(typeof(CompanyIssues))]
    [InlineData(typeof(JobTitleIssues))]
    [InlineData(typeof(TextIssues))]
    [InlineData(typeof(EmailIssues))]
    [InlineData(typeof(PhoneIssues))]
    [InlineData(typeof(AddressIssues))]
    [InlineData(typeof(CountryIssues))]
    [InlineData(typeof(DateIssues))]
    [InlineData(typeof(ConsentIssues))]
    [InlineData(typeof(LanguageIssues))]
    [InlineData(typeof(TimeZoneIssues))]
    [InlineData(typeof(RecordIssues))]
    public void Each_code_has_its_line(Type issues)
    {
        var text = File.ReadAllText(Path.Combine(Recipes.Repository.Root, "docs", "normalisation.md"));
        var codes = issues.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (IssueCode)f.GetValue(null)!).ToList();
        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Contains($"| `{code}` |", text));
    }
}
