using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

/// <summary>Pairs that look alike and are two, and pairs that look unlike and are one.</summary>
public sealed class TrapTests
{
    private static readonly (Field, string)[] Home = [(Field.StreetNumber, "12"), (Field.Street, "Mill Lane"), (Field.City, "Leeds"), (Field.Postcode, "LS1 4AP"), (Field.Country, "GB")];

    private static readonly (Field, string)[] Elsewhere = [(Field.StreetNumber, "80"), (Field.Street, "Harbour Road"), (Field.City, "Bristol"), (Field.Postcode, "BS1 5TY"), (Field.Country, "GB")];

    public static TheoryData<string, MatchRecord, MatchRecord> Two() => new()
    {
        {
            "twins",
            Contact("1", [(Field.FirstName, "Oliver"), (Field.LastName, "Hargreaves"), (Field.BirthDate, "1990-05-17"), (Field.Phone, "+441132960001"), .. Home]),
            Contact("2", [(Field.FirstName, "Charlotte"), (Field.LastName, "Hargreaves"), (Field.BirthDate, "1990-05-17"), (Field.Phone, "+441132960001"), .. Home])
        },
        {
            "twins with like names and one mailbox",
            Contact("1", [(Field.FirstName, "Marcus"), (Field.LastName, "Hargreaves"), (Field.BirthDate, "1990-05-17"), (Field.Email, "hargreaves@example.net"), .. Home]),
            Contact("2", [(Field.FirstName, "Maria"), (Field.LastName, "Hargreaves"), (Field.BirthDate, "1990-05-17"), (Field.Email, "hargreaves@example.net"), .. Home])
        },
        {
            "father and son",
            Contact("1", [(Field.FirstName, "John"), (Field.LastName, "Whitcombe"), (Field.Suffix, "Sr."), (Field.Phone, "+441132960001"), .. Home]),
            Contact("2", [(Field.FirstName, "John"), (Field.LastName, "Whitcombe"), (Field.Suffix, "Jr."), (Field.Phone, "+441132960001"), .. Home])
        },
        {
            "father and son by birth date",
            Contact("1", [(Field.FirstName, "John"), (Field.LastName, "Whitcombe"), (Field.BirthDate, "1951-02-03"), (Field.Phone, "+441132960001"), .. Home]),
            Contact("2", [(Field.FirstName, "John"), (Field.LastName, "Whitcombe"), (Field.BirthDate, "1982-11-24"), (Field.Phone, "+441132960001"), .. Home])
        },
        {
            "spouses with one address, landline and mailbox",
            Contact("1", [(Field.FirstName, "Peter"), (Field.LastName, "Ashdown"), (Field.Email, "ashdowns@example.net"), (Field.Phone, "+441132960001"), .. Home]),
            Contact("2", [(Field.FirstName, "Susan"), (Field.LastName, "Ashdown"), (Field.Email, "ashdowns@example.net"), (Field.Phone, "+441132960001"), .. Home])
        },
        {
            "colleagues at info@ and the switchboard",
            Contact("1", (Field.FirstName, "Petra"), (Field.LastName, "Vogel"), (Field.Email, "info@example.com"), (Field.Phone, "+493012345"), (Field.Company, "Nordlicht")),
            Contact("2", (Field.FirstName, "Jonas"), (Field.LastName, "Brandt"), (Field.Email, "info@example.com"), (Field.Phone, "+493012345"), (Field.Company, "Nordlicht"))
        },
        {
            "a nameless record at info@",
            Contact("1", (Field.Email, "info@example.com"), (Field.Company, "Nordlicht")),
            Contact("2", (Field.FirstName, "Jonas"), (Field.LastName, "Brandt"), (Field.Email, "info@example.com"), (Field.Company, "Nordlicht"))
        },
        {
            "namesakes in two cities",
            Contact("1", [(Field.FirstName, "James"), (Field.LastName, "Smith"), (Field.Email, "jim@example.com"), .. Home]),
            Contact("2", [(Field.FirstName, "James"), (Field.LastName, "Smith"), (Field.Email, "j.smith@example.org"), .. Elsewhere])
        },
        {
            "namesakes of whom nothing else is known",
            Contact("1", (Field.FirstName, "James"), (Field.LastName, "Smith")),
            Contact("2", (Field.FirstName, "James"), (Field.LastName, "Smith"))
        },
        {
            "two who have a switchboard in common and no name",
            Contact("1", (Field.Phone, "+493012345"), (Field.Company, "Nordlicht")),
            Contact("2", (Field.FirstName, "Jonas"), (Field.LastName, "Brandt"), (Field.Phone, "+493012345"), (Field.Company, "Nordlicht"))
        },
    };

    public static TheoryData<string, MatchRecord, MatchRecord> One() => new()
    {
        {
            "nickname",
            Contact("1", [(Field.FirstName, "William"), (Field.LastName, "Thackery"), .. Home]),
            Contact("2", [(Field.FirstName, "Bill"), (Field.LastName, "Thackery"), .. Home])
        },
        {
            "a slip in the name",
            Contact("1", [(Field.FirstName, "Catherine"), (Field.LastName, "Lindqvist"), (Field.BirthDate, "1984-03-09"), .. Home]),
            Contact("2", [(Field.FirstName, "Cathreine"), (Field.LastName, "Lindkvist"), (Field.BirthDate, "1984-03-09"), .. Home])
        },
        {
            "a slip in the address of the mailbox",
            Contact("1", (Field.FirstName, "Catherine"), (Field.LastName, "Lindqvist"), (Field.Email, "c.lindqvist@example.com")),
            Contact("2", (Field.FirstName, "Catherine"), (Field.LastName, "Lindqvist"), (Field.Email, "c.lindqvst@example.com"))
        },
        {
            "given and last name swapped",
            Contact("1", (Field.FirstName, "Rajesh"), (Field.LastName, "Chowdhury"), (Field.Email, "rajc@example.com")),
            Contact("2", (Field.FirstName, "Chowdhury"), (Field.LastName, "Rajesh"), (Field.Email, "rajc@example.com"))
        },
        {
            "married, with the same e-mail address",
            Contact("1", (Field.FirstName, "Henrietta"), (Field.LastName, "Falkner"), (Field.Email, "henrietta.falkner@example.com")),
            Contact("2", (Field.FirstName, "Henrietta"), (Field.LastName, "Osgood"), (Field.Email, "henrietta.falkner@example.com"))
        },
        {
            "moved house, with the same mobile",
            Contact("1", [(Field.FirstName, "Tobias"), (Field.LastName, "Greenhalgh"), (Field.Phone, "+447700900123"), .. Home]),
            Contact("2", [(Field.FirstName, "Tobias"), (Field.LastName, "Greenhalgh"), (Field.Phone, "+447700900123"), .. Elsewhere])
        },
        {
            "an accent lost",
            Contact("1", (Field.FirstName, "José"), (Field.LastName, "Núñez"), (Field.Phone, "+34600111222")),
            Contact("2", (Field.FirstName, "Jose"), (Field.LastName, "Nunez"), (Field.Phone, "+34600111222"))
        },
        {
            "initial and e-mail address",
            Contact("1", (Field.FirstName, "T"), (Field.LastName, "Greenhalgh"), (Field.Email, "toby99@example.org")),
            Contact("2", (Field.FirstName, "Tobias"), (Field.LastName, "Greenhalgh"), (Field.Email, "toby99@example.org"))
        },
    };

    [Theory]
    [MemberData(nameof(Two))]
    public void Two_people_are_not_merged_without_a_person(string trap, MatchRecord a, MatchRecord b)
    {
        var why = Explain(a, b);
        Assert.True(why.Weight < Model.AutoWeight, $"{trap}: {why.Weight:0.0} bits. {why.Sentence}");
        Assert.Equal("1 | 2", Clusters([a, b]));
    }

    [Theory]
    [MemberData(nameof(One))]
    public void One_and_the_same_is_merged(string trap, MatchRecord a, MatchRecord b)
    {
        var why = Explain(a, b);
        Assert.True(why.Weight >= Model.AutoWeight, $"{trap}: {why.Weight:0.0} bits. {why.Sentence}");
        Assert.Equal("1 2", Clusters([a, b]));
    }

    [Fact]
    public void A_record_with_the_mailbox_alone_does_not_chain_a_couple_together()
    {
        MatchRecord[] records =
        [
            Contact("husband", [(Field.FirstName, "Peter"), (Field.LastName, "Ashdown"), (Field.Email, "ashdowns@example.net"), .. Home]),
            Contact("mailbox", (Field.Email, "ashdowns@example.net")),
            Contact("wife", [(Field.FirstName, "Susan"), (Field.LastName, "Ashdown"), (Field.Email, "ashdowns@example.net"), .. Home]),
        ];
        var (sorted, partition) = Partition(records, Model);
        Assert.NotEqual(partition.Auto[0], partition.Auto[2]);
        Assert.Equal(3, sorted.Length);
    }
}
