using CsCheck;
using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Normalising.Phones;

public sealed class PhoneTests
{
    [Theory]
    [InlineData("030 901820", "DE", "+4930901820")]
    [InlineData("(0)30/90 18 20", "DE", "+4930901820")]
    [InlineData("+44 (0)20 7946 0018", null, "+442079460018")]
    [InlineData("0044 20 7946 0018", "GB", "+442079460018")]
    [InlineData("+0044 20 7946 0018", "DE", "+442079460018")]
    [InlineData("650-253-0000", "US", "+16502530000")]
    [InlineData("＋１６５０２５３００００", null, "+16502530000")]
    public void Gives_the_number_that_can_be_dialled_from_anywhere(string raw, string? region, string expected)
    {
        var phone = IntegrationHub.Normalising.Phones.Normalise(raw, region);
        Assert.Equal(expected, phone.Value);
        Assert.Equal(expected, phone.Key);
    }

    [Fact]
    public void A_number_that_does_not_exist_keeps_its_digits_for_comparing()
    {
        var phone = IntegrationHub.Normalising.Phones.Normalise("0123-456", "US");
        Assert.Null(phone.Value);
        Assert.Equal("0123456", phone.Key);
        Assert.Contains(PhoneIssues.Invalid, phone.Issues);
    }

    [Theory]
    [InlineData("0000000000")]
    [InlineData("555-0100")]
    [InlineData("(212) 555-0199")]
    [InlineData("1234567890")]
    public void A_placeholder_is_rejected_and_never_matched_on(string raw)
    {
        var phone = IntegrationHub.Normalising.Phones.Normalise(raw, "US");
        Assert.Null(phone.Value);
        Assert.Null(phone.Key);
        Assert.Contains(PhoneIssues.Placeholder, phone.Issues);
    }

    [Fact]
    public void Takes_the_extension_apart()
    {
        var phone = IntegrationHub.Normalising.Phones.Normalise("+1 650-253-0000 ext. 123", null);
        Assert.Equal("+16502530000", phone.Value);
        Assert.Equal("123", phone.Extension);
    }

    [Fact]
    public void Reads_letters_as_the_keys_they_stand_on()
    {
        var phone = IntegrationHub.Normalising.Phones.Normalise("1-800-FLOWERS", "US");
        Assert.Equal("+18003569377", phone.Value);
        Assert.Contains(PhoneIssues.Vanity, phone.Issues);
    }

    [Fact]
    public void Several_numbers_in_one_field_are_all_kept()
    {
        var phone = IntegrationHub.Normalising.Phones.Normalise("030 901820; 0171 2345678", "DE");
        Assert.Equal("+4930901820", phone.Value);
        Assert.Equal("+491712345678", Assert.Single(phone.Others));
        Assert.Contains(PhoneIssues.Several, phone.Issues);
    }

    [Fact]
    public void Without_country_nothing_is_guessed()
    {
        var phone = IntegrationHub.Normalising.Phones.Normalise("030 901820", null);
        Assert.Null(phone.Value);
        Assert.Equal("030901820", phone.Key);
        Assert.Contains(PhoneIssues.NoCountry, phone.Issues);
    }

    [Fact]
    public void Normalising_twice_changes_nothing_more() =>
        Gen.Select(HostileText.Around("0123456789 +()-./;,extx٣３"), HostileText.Region).Sample(
            (raw, region) => IntegrationHub.Normalising.Phones.Normalise(raw, region).Value is not { } value || IntegrationHub.Normalising.Phones.Normalise(value, region).Value == value, iter: 5_000);
}
