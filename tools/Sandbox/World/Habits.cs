namespace IntegrationHub.Sandbox.World;

/// <summary>How full and how careful a system's records are. All numbers are shares of its records.</summary>
public sealed record Habits
{
    /// <summary>The person's given name and surname are there.</summary>
    public double Name { get; init; } = 1;

    /// <summary>The mailbox, where there is one, is that of work (for those who have one).</summary>
    public double WorkMail { get; init; }

    /// <summary>No mailbox at all.</summary>
    public double NoMail { get; init; }

    /// <summary>Instead of the person's own: the family's, or the company's info@.</summary>
    public double SharedMail { get; init; }

    /// <summary>A phone.</summary>
    public double Phone { get; init; }

    /// <summary>A mobile in a cell of its own.</summary>
    public double Mobile { get; init; }

    /// <summary>Street, city and postcode.</summary>
    public double Address { get; init; }

    /// <summary>City and country only, where there is no address.</summary>
    public double CityOnly { get; init; }

    /// <summary>The company, for those who have one.</summary>
    public double Company { get; init; }

    /// <summary>The job title, for those who have one.</summary>
    public double JobTitle { get; init; }

    /// <summary>The birth date.</summary>
    public double Birth { get; init; }

    /// <summary>Phones are written internationally.</summary>
    public double International { get; init; }

    /// <summary>Where the records are kept, so that people from elsewhere give their phone with the country's code; null for a system that is at home everywhere.</summary>
    public string? Home { get; init; }

    /// <summary>The share of someone's phones that are written internationally.</summary>
    public double Abroad(Individual of) => Home is not null && Home != of.Country.Code ? 1 : International;

    /// <summary>Multiplies every kind of slip.</summary>
    public double Carelessness { get; init; } = 1;

    /// <summary>First and last name are swapped.</summary>
    public double Swapped { get; init; } = 0.006;

    /// <summary>Text is garbled by a wrong encoding; seen only where it has letters beyond ASCII.</summary>
    public double Garbled { get; init; } = 0.012;

    /// <summary>Sales people and forms.</summary>
    public static Habits HubSpot { get; } =
        new()
        {
            Name = 0.985,
            WorkMail = 0.6,
            NoMail = 0.06,
            SharedMail = 0.04,
            Phone = 0.62,
            Mobile = 0.18,
            Address = 0.38,
            CityOnly = 0.35,
            Company = 0.8,
            JobTitle = 0.55,
            Birth = 0.12,
            International = 0.45,
        };

    /// <summary>People who signed themselves up for a newsletter.</summary>
    public static Habits Mailchimp { get; } =
        new()
        {
            Name = 0.78,
            WorkMail = 0.3,
            SharedMail = 0.04,
            Phone = 0.22,
            Address = 0.25,
            Company = 0.22,
            Birth = 0.15,
            International = 0.2,
            Carelessness = 0.8,
        };

    /// <summary>Buyers, who want the parcel to arrive.</summary>
    public static Habits Shopify { get; } = new()
    {
        WorkMail = 0.12,
        NoMail = 0.05,
        SharedMail = 0.05,
        Phone = 0.6,
        Address = 0.95,
        Company = 0.1,
        International = 0.5,
        Carelessness = 0.6,
    };

    /// <summary>An export of another CRM, typed by an office.</summary>
    public static Habits Salesforce { get; } =
        new()
        {
            Name = 0.995,
            WorkMail = 0.8,
            NoMail = 0.12,
            SharedMail = 0.05,
            Phone = 0.65,
            Mobile = 0.35,
            Address = 0.7,
            Company = 0.97,
            JobTitle = 0.75,
            Birth = 0.1,
            International = 0.4,
            Carelessness = 1.3,
            Garbled = 0.04,
        };

    /// <summary>A list typed at the door of a fair.</summary>
    public static Habits Badges { get; } =
        new()
        {
            WorkMail = 0.65,
            NoMail = 0.12,
            SharedMail = 0.06,
            Phone = 0.45,
            Address = 0,
            CityOnly = 0.75,
            Company = 0.9,
            International = 0.3,
            Carelessness = 2.2,
            Swapped = 0.04,
            Garbled = 0.05,
            Home = "DE",
        };
}
