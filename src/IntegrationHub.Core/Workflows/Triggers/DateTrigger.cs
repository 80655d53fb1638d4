using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;
using NodaTime;

namespace IntegrationHub.Workflows;

/// <summary>A day of the contact comes, by its own clock: a birthday, a day so long before a renewal.</summary>
/// <param name="Day">When.</param>
public sealed record DateTrigger(DateCondition Day) : Trigger
{
    private static readonly ImmutableArray<Field> Days = [Field.BirthDate, Field.KnownSince, Field.EngagedAt];

    /// <summary>The kind.</summary>
    public static TriggerKind Kind { get; } = new("date", "A date of the contact comes, by the contact's own clock: one of its fields, or a date that an event told.",
        [
            ("of", "An event type: the date is that property of the contact's latest such event, as yyyy-MM-dd; a field of the contact unless told."), ("before", "So many days before it, such as 30d."), ("after", "So many days after it."),
            ("yearly", "true: on its anniversaries, from the first on; else once, on the day itself."), ("at", "The time of day there; \"09:00\" unless told."),
        ],
        ["date: birth_date, yearly: true", "date: renews_on, of: custom.contract.signed, before: 30d, at: \"10:00\"", "date: known_since, yearly: true, after: 1d"], Read);

    private static DateTrigger? Read(DefinitionMap map)
    {
        var (name, of) = (map.Text("date", required: true), map.Has("of") ? map.EventType("of") : null);
        var (before, after) = (WholeDays(map, "before"), WholeDays(map, "after"));
        if (before > 0 && after > 0) map.Error("after", "'before' and 'after' stand here together: give one of them.");
        var (yearly, at) = (map.Flag("yearly", false), LocalTime.Minute(map, "at") ?? 9 * 60);
        if (name is null) return null;
        if (map.Has("of")) return of is null ? null : new DateTrigger(new DateCondition(null, of, name, after - before, yearly, at));
        if (Fields.Find(name) is { } field && Days.Contains(field)) return new DateTrigger(new DateCondition(field, null, name, after - before, yearly, at));
        map.Error("date", $"'{name}' is no date of a contact. {Suggestion.For(name, Days.Select(Fields.NameOf))} For a date that an event tells, give its type with 'of'.");
        return null;
    }

    private static int WholeDays(DefinitionMap map, string key)
    {
        if (map.Duration(key) is not { } time) return 0;
        if (time.Ticks % TimeSpan.TicksPerDay == 0 && time.TotalDays <= 366) return (int)time.TotalDays;
        map.Error(key, $"'{key}' counts whole days, 366 at most: write 30d. The time of day stands under 'at'.");
        return 0;
    }

    /// <inheritdoc/>
    public override string Text => Day.Text;

    /// <inheritdoc/>
    public override Condition Watches => Day;
}

/// <summary>A date of the contact, or one so many days off, has come within the last 24 hours. A hub that stood still for longer lets the day pass, as events that are too old do.</summary>
/// <param name="Field">The field that holds the date; null where an event tells it.</param>
/// <param name="Of">The type of the event that tells it; null where a field does.</param>
/// <param name="Name">The field's or the property's name.</param>
/// <param name="Shift">So many days after it; negative for before.</param>
/// <param name="Yearly">True for its anniversaries; false for the day itself.</param>
/// <param name="Minute">The minute of the contact's own day.</param>
public sealed record DateCondition(Field? Field, string? Of, string Name, int Shift, bool Yearly, int Minute) : Condition
{
    private static readonly TimeSpan Holding = TimeSpan.FromHours(24);

    /// <inheritdoc/>
    public override bool Holds(ContactView view) => Comings(view).Any(at => at <= view.Now && view.Now < at + Holding);

    /// <inheritdoc/>
    public override DateTimeOffset? NextChange(ContactView view) =>
        Comings(view).SelectMany(at => new[] { at, at + Holding }).Where(at => at > view.Now).Select(at => (DateTimeOffset?)at).Min();

    /// <inheritdoc/>
    public override string Text =>
        $"{(Shift == 0 ? "" : Shift > 0 ? $"{Shift} days after " : $"{-Shift} days before ")}{(Yearly ? "each anniversary of " : "")}{Name}{(Of is null ? "" : $" of {Of}")} at {Minute / 60:00}:{Minute % 60:00}";

    /// <summary>The date itself; null where the contact has none.</summary>
    private LocalDate? Date(ContactView view, DateTimeZone zone)
    {
        var text = Of is { } type ? view.Events.Latest(type)?.Properties.Text(Name) : Field is { } field ? view.Values[field] : null;
        // A point in time is the day that the contact's own clock showed then.
        if (Moments.Read(text) is { } moment) return Instant.FromDateTimeOffset(moment).InZone(zone).Date;
        return text is { Length: >= 10 } && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9900 ? LocalDate.FromDateOnly(day) : null;
    }

    /// <summary>The comings around now. The 29th of February comes on the 28th where the year has none.</summary>
    private IEnumerable<DateTimeOffset> Comings(ContactView view)
    {
        var zone = ContactZone.Of(view).Zone;
        if (Date(view, zone) is not { } date) yield break;
        if (!Yearly)
        {
            yield return LocalTime.At(zone, date.PlusDays(Shift), Minute);
            yield break;
        }

        var year = Instant.FromDateTimeOffset(view.Now).InZone(zone).Year;
        for (var years = Math.Max(1, year - date.Year - 2); years <= Math.Max(1, year - date.Year + 3); years++) yield return LocalTime.At(zone, date.PlusYears(years).PlusDays(Shift), Minute);
    }
}
