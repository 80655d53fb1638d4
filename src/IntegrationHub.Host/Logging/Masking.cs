using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace IntegrationHub.Host.Logging;

/// <summary>Hides e-mail addresses and phone numbers in text: <c>ada@example.com</c> becomes <c>a***@example.com</c>, a number keeps its last two digits.</summary>
internal static partial class Masking
{
    public static string Mask(string text)
    {
        if (text.Contains('@')) text = Email().Replace(text, m => $"{m.Groups[1].Value}***@{m.Groups[2].Value}");
        return text.Contains('+') ? International().Replace(text, m => $"+***{m.Value[^2..]}") : text;
    }

    /// <summary>In a value that somebody typed, numbers without a plus are phone numbers too.</summary>
    public static string MaskValue(string text) => National().Replace(Mask(text), m => m.Value.Count(char.IsAsciiDigit) >= 7 ? $"***{m.Value[^2..]}" : m.Value);

    [GeneratedRegex("""([\p{L}\p{N}])[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]*@([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)""")]
    private static partial Regex Email();

    [GeneratedRegex(@"\+\d[\d ().-]{5,}\d")]
    private static partial Regex International();

    [GeneratedRegex(@"(?<![\w-])\(?0\d[\d ()/.-]{5,}\d(?![\w-])")]
    private static partial Regex National();
}

/// <summary>Masks the values of log events' properties.</summary>
internal sealed class MaskingEnricher : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.ToList())
            if (Masked(value) is { } masked) logEvent.AddOrUpdateProperty(new LogEventProperty(name, masked));
    }

    private static LogEventPropertyValue? Masked(LogEventPropertyValue value) => value switch
    {
        ScalarValue { Value: string text } when Masking.MaskValue(text) is var masked && masked != text => new ScalarValue(masked),
        SequenceValue sequence when sequence.Elements.Any(e => Masked(e) is not null) => new SequenceValue(sequence.Elements.Select(e => Masked(e) ?? e)),
        _ => null,
    };
}

/// <summary>Masks whatever a formatter writes: exception texts too.</summary>
internal sealed class MaskingFormatter(ITextFormatter inner) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter();
        inner.Format(logEvent, text);
        output.Write(Masking.Mask(text.ToString()));
    }
}
