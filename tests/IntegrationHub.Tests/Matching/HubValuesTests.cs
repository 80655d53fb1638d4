using System.Globalization;
using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

public sealed class HubValuesTests
{
    [Fact]
    public void A_form_s_default_birth_date_a_switchboard_and_a_team_s_mailbox_are_found_in_the_data()
    {
        var table = MatchTable.Of(EntityKind.Contact, [.. Enumerable.Range(0, 200).Select(i => Contact(
            Number(i), (Field.FirstName, "Ada"), (Field.LastName, Names[i % Names.Length]), (Field.BirthDate, i % 2 == 0 ? "1970-01-01" : Date(i)),
            (Field.Phone, i % 4 == 0 ? "+441132960000" : $"+4411329{i:00000}"), (Field.Email, i % 5 == 0 ? "desk@example.com" : $"a{i}@example.com")))]);
        var hubs = HubValues.Mute(table);
        Assert.Equal(
            ["100 birth date 1970-01-01", "50 phone 441132960000", "40 e-mail desk@example.com"],
            hubs.Select(h => $"{h.Records} {h.Comparison} {h.Value}"));
        Assert.All(HubValues.Mute(table), h => Assert.Equal("e-mail", h.Comparison));
    }

    [Fact]
    public void What_one_contact_has_often_is_no_hub()
    {
        var table = MatchTable.Of(EntityKind.Contact, [.. Enumerable.Range(0, 60).Select(i => Contact(
            Number(i), (Field.FirstName, "Ada"), (Field.LastName, "Lovelace"), (Field.Phone, "+441132960000"), (Field.Email, "ada@example.com"), (Field.BirthDate, Date(i))))]);
        Assert.Empty(HubValues.Mute(table));
    }

    private static readonly string[] Names = ["Berg", "Carter", "Dunn", "Lopez", "Miller", "Novak", "Rossi", "Tanaka", "Ulrich", "Ivers", "Eckert", "Hale", "Young"];

    private static string Number(int i) => i.ToString("000", CultureInfo.InvariantCulture);

    private static string Date(int i) => new DateOnly(1950, 1, 1).AddDays(i * 61).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
