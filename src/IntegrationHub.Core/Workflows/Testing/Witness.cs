using System.Globalization;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows.Testing;

/// <summary>Makes a contact of which a condition is true, or false. What it makes is tried with the condition itself, so that a wrong guess is an unreached arm and no false claim.</summary>
internal static class Witness
{
    /// <summary>The scene changed so that the condition should hold, or not.</summary>
    internal static TestScene Arrange(TestScene scene, Condition condition, bool wanted, ScoreModel scoring, IReadOnlyDictionary<string, Condition> segments) => condition switch
    {
        AllCondition all => wanted ? all.Of.Aggregate(scene, (s, c) => Arrange(s, c, true, scoring, segments)) : Arrange(scene, all.Of[^1], false, scoring, segments),
        AnyCondition any => wanted ? Arrange(scene, any.Of[0], true, scoring, segments) : any.Of.Aggregate(scene, (s, c) => Arrange(s, c, false, scoring, segments)),
        NotCondition not => Arrange(scene, not.Of, !wanted, scoring, segments),
        SegmentCondition segment when segments.TryGetValue(segment.Segment, out var named) => Arrange(scene, named, wanted, scoring, segments),
        FieldCondition field => Fields(scene, field, wanted),
        TagCondition tag => scene.With(Field.Tags, wanted ? tag.Tag : null),
        ConsentCondition consent => Consent(scene, consent.Channel, consent.Wanted == wanted),
        EventCondition e => (e.AtMost == 0) == wanted ? scene with { Before = [.. scene.Before.Where(b => b.Type != e.Pattern.Type)] } : scene with { Before = scene.Before.AddRange(Enumerable.Repeat(e.Pattern, Math.Max(1, e.AtLeast))) },
        OrdersCondition orders => wanted ? scene with { Before = scene.Before.AddRange(Enumerable.Repeat(Order(orders), orders.AtLeast)) } : scene,
        ScoreCondition score => (score.AtLeast is not null) == wanted ? scene with { Before = scene.Before.AddRange(Best(scoring)) } : scene,
        DateCondition date => Dated(scene, date, wanted),
        _ => scene,
    };

    /// <summary>Events that raise the score as high as it gets.</summary>
    internal static IEnumerable<EventPattern> Best(ScoreModel scoring) =>
        scoring.Behaviour.Where(b => b.Points > 0 && b.Pattern.Type != EventTypes.FormSubmitted).OrderByDescending(b => b.Points).SelectMany(b => Enumerable.Repeat(b.Pattern, b.Most is { } most ? (int)Math.Clamp(Math.Ceiling(most / b.Points), 1, 3) : 2));

    private static EventPattern Order(OrdersCondition orders) =>
        new(EventTypes.OrderPlaced, orders.TotalAtLeast is { } total ? [new PropertyTest("total_minor", new ValueTest(ValueTestKind.AtLeast, [total.ToString(CultureInfo.InvariantCulture)]))] : []);

    /// <summary>A date that comes two days after the beginning of a run, or none.</summary>
    private static TestScene Dated(TestScene scene, DateCondition condition, bool wanted)
    {
        var day = TestRun.Start.PlusDays(2 - condition.Shift).PlusYears(condition.Yearly ? -1 : 0).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (condition.Of is { } type)
            return scene with { Before = [.. scene.Before.Where(b => b.Type != type), .. wanted ? [new EventPattern(type, [new PropertyTest(condition.Name, new ValueTest(ValueTestKind.Is, [day]))])] : Array.Empty<EventPattern>()] };
        return condition.Field is { } field ? scene.With(field, !wanted ? null : field == Field.BirthDate ? day : $"{day}T12:00:00Z") : scene;
    }

    private static TestScene Consent(TestScene scene, Channel channel, bool given)
    {
        var state = given ? ConsentState.Granted : (ConsentState?)null;
        return channel == Channel.Email ? scene with { Email = state } : scene with { Sms = state };
    }

    private static TestScene Fields(TestScene scene, FieldCondition condition, bool wanted)
    {
        var test = condition.Tests[0];
        var value = test.Kind switch
        {
            ValueTestKind.Exists => scene.Values[condition.Field] ?? "something",
            ValueTestKind.Missing => null,
            ValueTestKind.Below => (double.Parse(test.Operands[0], CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture),
            _ => test.Operands[0],
        };
        var other = test.Kind == ValueTestKind.Missing ? "something" : test.Kind == ValueTestKind.Below ? test.Operands[0] : null;
        return scene.With(condition.Field, wanted ? value : other);
    }
}
