using CsCheck;
using IntegrationHub.Measuring;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Measuring.Exposures;

namespace IntegrationHub.Tests.Measuring;

public sealed class AttributionProperties
{
    private static readonly Gen<Touch> AnyTouch =
        from day in Gen.Int[0, 400]
        from workflow in Gen.Int[0, 3]
        from sms in Gen.Bool
        from contact in Gen.Int[0, 4]
        select Touch(day / 10d, $"w{workflow}", sms ? Channel.Sms : Channel.Email, $"c{contact}");

    private static readonly Gen<Conversion> AnyOrder =
        from id in Gen.Int[0, 12]
        from day in Gen.Int[0, 500]
        from amount in Gen.Frequency((5, Gen.Long[0, 100_000]), (1, Gen.Const(0L)), (1, Gen.Long[0, Orders.MostMinor]))
        from currency in Gen.Bool.Select(b => b ? "EUR" : "USD")
        from refunds in Gen.Long[0, 120].Array[0, 3]
        select Order(day / 10d, amount, $"c{id % 5}", $"o{id}", currency, [.. refunds.Select((percent, i) => Refund((day / 10d) + i, (long)(amount * (percent / 100m)), $"r{i}"))]);

    private static readonly Gen<(Touch[] Touches, Conversion[] Orders)> AnyHistory = Gen.Select(AnyTouch.Array[0, 30], AnyOrder.Array[0, 10], (t, o) => (t, o.DistinctBy(x => x.OrderId).ToArray()));

    [Fact]
    public void Under_every_model_credits_add_up_to_the_cent_before_and_after_refunds() => AnyHistory.Sample(history =>
    {
        var all = Sequences(history.Touches, history.Orders);
        foreach (var model in AttributionModels.All.Values)
        {
            foreach (var order in Attributed.By(model, all).Orders)
            {
                Assert.All(order.Credits, c => Assert.InRange(c.NetMinor, 0, c.GrossMinor));
                Assert.Equal(order.Order.NetMinor, order.Credits.Sum(c => c.NetMinor) + order.UnattributedMinor);
                if (!order.Credits.IsEmpty) Assert.Equal(order.Order.AmountMinor, order.Credits.Sum(c => c.GrossMinor));
            }
        }
    }, iter: 300);

    [Fact]
    public void Neither_order_nor_repetition_changes_a_credit() =>
        Gen.Select(AnyHistory, Gen.Int[0, 1000]).Sample((history, seed) =>
        {
            var straight = Sequences(history.Touches, history.Orders);
            var shuffled = Sequences(
                Shuffled([.. history.Touches, .. history.Touches], seed), Shuffled([.. history.Orders, .. history.Orders.Select(o => o with { Refunds = [.. o.Refunds.Reverse(), .. o.Refunds] })], seed));
            foreach (var model in AttributionModels.All.Values) Assert.Equal(Told(Attributed.By(model, straight)), Told(Attributed.By(model, shuffled)));
        }, iter: 300);

    [Fact]
    public void Shares_add_up_whatever_the_weights() =>
        Gen.Select(Gen.Long, Gen.OneOf(Gen.Double[0, 1], Gen.Double[0, 1e300], Gen.Const(0d), Gen.Const(double.NaN), Gen.Const(-1d), Gen.Const(double.PositiveInfinity)).Array[1, 40]).Sample((amount, weights) =>
        {
            var parts = Apportionment.Share(amount, weights);
            Assert.Equal((Int128)amount, parts.Aggregate((Int128)0, (s, p) => s + p));
            Assert.All(parts, p => Assert.True(p == 0 || (p < 0) == (amount < 0)));
        });

    [Fact]
    public void The_whole_report_is_the_same_for_shuffled_and_repeated_facts() =>
        Gen.Select(AnyHistory, Gen.Int[0, 1000]).Sample((history, seed) =>
        {
            var runs = history.Touches.Select((t, i) => Run(0, t.Contact, t.Workflow, control: i % 4 == 0, visit: i, converted: i % 3 == 0 ? 2 : null)).ToArray();
            var events = history.Orders.SelectMany(o => o.Refunds.Select(r => Event(40, EventTypes.OrderRefunded, o.Contact, $$"""{"order_id":"{{o.OrderId}}","total_minor":{{r.AmountMinor}}}""", o.OrderId + r.Id))
                .Append(Event(20, EventTypes.OrderPlaced, o.Contact, $$"""{"order_id":"{{o.OrderId}}","total_minor":{{o.AmountMinor}},"currency":"{{o.Currency}}"}""", o.OrderId))).ToArray();
            var facts = new MeasuredFacts([.. runs], [.. history.Touches], [.. events], []);
            var again = new MeasuredFacts([.. Shuffled([.. runs, .. runs], seed)], [.. Shuffled([.. history.Touches, .. history.Touches], seed)], [.. Shuffled([.. events, .. events], seed)], []);
            Assert.Equal(ReportJson.Render(WorkflowReports.Of(facts, ReportRequest.All)), ReportJson.Render(WorkflowReports.Of(again, ReportRequest.All)));
        }, iter: 100);

    [Fact]
    public void Of_every_currency_the_workflows_and_nobody_have_all_the_revenue() => AnyHistory.Sample(history =>
    {
        var events = history.Orders.Select(o => Event((o.At - Start).TotalDays, EventTypes.OrderPlaced, o.Contact, $$"""{"order_id":"{{o.OrderId}}","total_minor":{{o.AmountMinor}},"currency":"{{o.Currency}}"}""", o.OrderId));
        var report = WorkflowReports.Of(new MeasuredFacts([], [.. history.Touches], [.. events], []), ReportRequest.All);
        foreach (var model in AttributionModels.All.Keys)
        {
            foreach (var total in report.Revenue)
            {
                var credited = report.Workflows.SelectMany(w => w.Total.Revenue[model]).Concat(report.Unattributed).Where(a => a.Currency == total.Currency).Sum(a => a.Minor);
                Assert.Equal(total.Minor, credited);
                foreach (var parts in new[] { report.Workflows.SelectMany(w => w.Versions), report.Workflows.SelectMany(w => w.PathLines), report.Workflows.SelectMany(w => w.Channels) })
                    Assert.Equal(credited, parts.SelectMany(l => l.Revenue[model]).Concat(report.Unattributed).Where(a => a.Currency == total.Currency).Sum(a => a.Minor));
            }
        }
    }, iter: 100);

    private static string Told(Attributed attributed) =>
        string.Join('\n', attributed.Orders.Select(o => $"{o.Order.OrderId} {o.Order.NetMinor} {string.Join(',', o.Credits.Select(c => $"{c.Touch.MessageKey}={c.GrossMinor}-{c.RefundedMinor}"))}"));

    private static T[] Shuffled<T>(T[] items, int seed)
    {
        new Random(seed).Shuffle(items);
        return items;
    }
}
