using CsCheck;
using IntegrationHub.Host.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace IntegrationHub.Tests.Host;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("ada@example.com", "a***@example.com")]
    [InlineData("Duplicate of ada.byron+shop@mail.example.co.uk, kept", "Duplicate of a***@mail.example.co.uk, kept")]
    [InlineData("ada@example.com and bob@example.org", "a***@example.com and b***@example.org")]
    [InlineData("call +4915112345678", "call +***78")]
    [InlineData("call +1 (212) 555-0142 now", "call +***42 now")]
    [InlineData("Pulled 5,678 records in 8.2 s", "Pulled 5,678 records in 8.2 s")]
    [InlineData("3 + 4 @ noon", "3 + 4 @ noon")]
    public void Addresses_and_international_numbers_are_masked_and_nothing_else(string text, string expected) => Assert.Equal(expected, Masking.Mask(text));

    [Theory]
    [InlineData("030 901820", "***20")]
    [InlineData("hubspot/contacts/7914", "hubspot/contacts/7914")]
    [InlineData("0815", "0815")]
    public void In_a_value_national_numbers_are_masked_too(string text, string expected) => Assert.Equal(expected, Masking.MaskValue(text));

    [Fact]
    public void Messages_fields_and_exceptions_of_a_log_are_masked()
    {
        using var written = new StringWriter();
        using (var log = new LoggerConfiguration().Enrich.With<MaskingEnricher>().WriteTo.Sink(new Lines(written)).CreateLogger())
            log.Error(new InvalidOperationException("No room for ada@example.com"), "Row of {Address} and {Others} refused, {Count} left", "bob@example.org", new[] { "+4915112345678" }, 3);

        var text = written.ToString();
        Assert.Contains("b***@example.org", text);
        Assert.Contains("+***78", text);
        Assert.Contains("No room for a***@example.com", text);
        Assert.Contains("3 left", text);
        Assert.DoesNotContain("bob@", text);
        Assert.DoesNotContain("ada@", text);
        Assert.DoesNotContain("12345", text);
    }

    [Fact]
    public void Masking_what_is_masked_changes_nothing() =>
        Gen.String[Gen.Char["ab1 .+@-(0789x"], 0, 40].Sample(text => Masking.Mask(Masking.Mask(text)) == Masking.Mask(text));

    private sealed class Lines(TextWriter output) : Serilog.Core.ILogEventSink
    {
        private readonly MaskingFormatter formatter = new(new MessageTemplateTextFormatter("{Message:lj} {Properties:j}{NewLine}{Exception}"));

        public void Emit(LogEvent logEvent) => formatter.Format(logEvent, output);
    }
}
