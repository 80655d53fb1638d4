using IntegrationHub.Auditing;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Auditing;

public sealed class ConflictsTests
{
    [Theory]
    [InlineData(Field.FirstName, "Robert", "R.", false)]
    [InlineData(Field.FirstName, "Robert", "Bob", true)]
    [InlineData(Field.LastName, "Smith", "SMITH", false)]
    [InlineData(Field.LastName, "Smith-Jones", "Jones", false)]
    [InlineData(Field.LastName, "Smith", "Jones", true)]
    [InlineData(Field.Postcode, "SW1Y 4LB", "SW1Y4LB", false)]
    [InlineData(Field.Postcode, "12345-6789", "12345", false)]
    [InlineData(Field.Postcode, "12345", "12346", true)]
    [InlineData(Field.Language, "pt-br", "pt", false)]
    [InlineData(Field.Country, "US", "USA", true)]
    [InlineData(Field.BirthDate, "1980-01-02", "1980-02-01", true)]
    public void Values_contradict_each_other_only_if_they_cannot_both_be_right(Field field, string one, string other, bool conflict)
    {
        AuditedRecord Record(string source, string value) => new(source, null, 0, 0, [], [value]);
        Assert.Equal(conflict, Conflicts.On(field, 0, [Record("a", one), Record("b", other)]));
        Assert.Equal(conflict, Conflicts.On(field, 0, [Record("b", other), Record("a", one)]));
        Assert.False(Conflicts.On(field, 0, [Record("a", one), Record("a", other)]));
    }
}
