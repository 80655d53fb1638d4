using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.World;

namespace IntegrationHub.DataGenerator.Writing;

/// <summary>Writes one faultless record a person: every field filled, in the form that a normaliser would leave alone.</summary>
/// <param name="economy">Where those work who have no employer: a company is one of the fields.</param>
/// <param name="now">The present day.</param>
internal sealed class CleanScribe(Economy economy, DateOnly now)
{
    /// <summary>Where owners are named.</summary>
    internal static IReadOnlyList<string> Owners { get; } = ["m.keller", "j.doyle", "s.novak", "r.banks", "l.moreau", "t.visser", "a.khan", "p.olsen"];

    internal ContactRow RecordOf(Individual who, Dice dice)
    {
        var town = who.Home.Town;
        var employer = who.Employer ?? economy.PickIn(town, dice);
        var created = dice.Between(200, CircleMaker.Span);
        var updated = dice.Between(2, 199);
        return new ContactRow
        {
            Truth = who.Number,
            Source = dice.Pick(SourceHabits.All).Name,
            FirstName = who.Given.Text,
            LastName = who.Surname.Text,
            Email = who.WorkMail?.Address ?? $"{who.Given.Plain}.{who.Surname.Plain}{who.Number}@{employer.Domain}", // A free mailbox is a finding, if a mild one.
            Phone = (who.Mobile ?? PhoneLine.MobileOf(town, who.Number * 8 + 7, dice)).E164,
            Company = employer.Name.Text,
            JobTitle = Capitalised(who.JobTitle.Length > 0 ? who.JobTitle : town.Land.JobTitles.Pick(dice)),
            StreetNumber = who.Home.Number,
            Street = who.Home.Street,
            Unit = who.Home.Unit,
            City = town.Name.Text,
            State = town.RegionCode,
            Postcode = who.Home.Postcode,
            Country = town.Land.Code,
            BirthDate = Styles.Iso(who.Birth),
            Language = town.Land.Tongue == "anglo" ? "en" : town.Land.Tongue,
            EmailConsent = "subscribed",
            Owner = dice.Pick(Owners),
            CreatedAt = Styles.Iso(now.AddDays(-created)),
            UpdatedAt = Styles.Iso(now.AddDays(-updated)),
            LastActivityAt = Styles.Iso(now.AddDays(-dice.Between(1, updated))),
        };
    }

    private static string Capitalised(string title) =>
        string.Join(' ', title.Split(' ').Select(w => w is "de" or "des" or "du" or "la" or "der" or "of" or "et" ? w : char.ToUpperInvariant(w[0]) + w[1..]));
}
