using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Measuring;

/// <summary>The report as one JSON object; docs/measuring.md describes it. Amounts are in minor units, rates from 0 to 1.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The whole report.</summary>
    public static string Render(MeasuringReport report) => JsonSerializer.Serialize(
        new
        {
            report.From,
            report.Until,
            report.Model,
            LookBackDays = report.Settings.LookBack.TotalDays,
            HalfLifeDays = report.Settings.HalfLife.TotalDays,
            Revenue = Money(report.Revenue),
            Unattributed = Money(report.Unattributed),
            Workflows = report.Workflows.Select(w => new
            {
                w.Workflow,
                w.Verdict,
                w.Reason,
                Total = Line(w.Total),
                Lift = w.Lift is { } lift ? Lift(lift) : null,
                Versions = w.Versions.Select(Line),
                Paths = w.PathLines.Select(Line),
                Channels = w.Channels.Select(Line),
            }),
            report.Notes,
        },
        Format);

    private static object Line(ReportLine line) => new
    {
        line.Name,
        line.Entered,
        line.Control,
        line.Messages.Sent,
        line.Messages.Delivered,
        line.Messages.Opened,
        line.Messages.Clicked,
        line.Messages.Bounced,
        line.Messages.Unsubscribed,
        line.Messages.Complained,
        line.Converted,
        Revenue = line.Revenue.ToDictionary(r => r.Key, r => Money(r.Value)),
        PipelineCreated = new { line.Pipeline.Count, Worth = Money(line.Pipeline.Worth) },
        DemosBooked = line.Demos.Count,
        DealsClosed = new { line.Deals.Count, Worth = Money(line.Deals.Worth) },
    };

    private static object Lift(HoldoutLift lift) => new
    {
        Treated = new { lift.Treated.Contacts, lift.Treated.Converted, lift.Treated.Rate },
        Control = new { lift.Control.Contacts, lift.Control.Converted, lift.Control.Rate },
        ConversionRate = lift.Rate is { } rate ? new { rate.Difference, rate.Low, rate.High } : null,
        RevenuePerContact = lift.Revenue.Select(r => new
        {
            r.Currency,
            r.TreatedMinor,
            r.ControlMinor,
            DifferenceMinor = r.PerContactMinor is { } d ? new { d.Difference, d.Low, d.High } : null,
        }),
        Confidence = 0.95,
        lift.IsEnough,
        lift.Sample,
    };

    private static Dictionary<string, long> Money(IEnumerable<MoneyAmount> amounts) => amounts.ToDictionary(a => a.Currency, a => a.Minor, StringComparer.Ordinal);
}
