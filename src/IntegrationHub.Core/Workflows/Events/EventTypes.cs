using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>The closed list of event types, and other tools' names of them.</summary>
public static class EventTypes
{
    /// <summary>A form was sent in.</summary>
    public const string FormSubmitted = "form.submitted";

    /// <summary>A page was looked at.</summary>
    public const string PageViewed = "page.viewed";

    /// <summary>A mail reached its mailbox.</summary>
    public const string EmailDelivered = "email.delivered";

    /// <summary>A mail's picture was loaded, perhaps by a machine: never a sign of life unless a workflow says so.</summary>
    public const string EmailOpened = "email.opened";

    /// <summary>A link of a mail was followed.</summary>
    public const string EmailClicked = "email.clicked";

    /// <summary>A mail came back; <c>kind</c> is hard or soft.</summary>
    public const string EmailBounced = "email.bounced";

    /// <summary>A mail was reported as spam.</summary>
    public const string EmailComplained = "email.complained";

    /// <summary>The contact wants no more mail.</summary>
    public const string EmailUnsubscribed = "email.unsubscribed";

    /// <summary>A text message was delivered.</summary>
    public const string SmsDelivered = "sms.delivered";

    /// <summary>A text message was answered; <c>text</c> is the answer.</summary>
    public const string SmsReplied = "sms.replied";

    /// <summary>A product's page was looked at.</summary>
    public const string ProductViewed = "product.viewed";

    /// <summary>The cart has these items now; none means that it was emptied.</summary>
    public const string CartUpdated = "cart.updated";

    /// <summary>The checkout was begun.</summary>
    public const string CheckoutStarted = "checkout.started";

    /// <summary>An order was placed.</summary>
    public const string OrderPlaced = "order.placed";

    /// <summary>An order was paid back, wholly or in part.</summary>
    public const string OrderRefunded = "order.refunded";

    /// <summary>A trial began.</summary>
    public const string TrialStarted = "trial.started";

    /// <summary>A demo was asked for.</summary>
    public const string DemoRequested = "demo.requested";

    /// <summary>A meeting was booked.</summary>
    public const string MeetingBooked = "meeting.booked";

    /// <summary>A deal was created.</summary>
    public const string DealCreated = "deal.created";

    /// <summary>A deal was won.</summary>
    public const string DealWon = "deal.won";

    /// <summary>A deal was lost.</summary>
    public const string DealLost = "deal.lost";

    /// <summary>An advertisement was clicked.</summary>
    public const string AdClicked = "ad.clicked";

    /// <summary>Types of one's own begin so.</summary>
    public const string CustomPrefix = "custom.";

    /// <summary>All types but the custom ones, in ordinal order.</summary>
    public static ImmutableArray<string> All { get; } =
    [.. new[]
    {
        FormSubmitted, PageViewed, EmailDelivered, EmailOpened, EmailClicked, EmailBounced, EmailComplained, EmailUnsubscribed, SmsDelivered, SmsReplied, ProductViewed, CartUpdated,
        CheckoutStarted, OrderPlaced, OrderRefunded, TrialStarted, DemoRequested, MeetingBooked, DealCreated, DealWon, DealLost, AdClicked,
    }.Order(StringComparer.Ordinal)];

    /// <summary>What shows that a contact is still there: things that people do, and machines do not do for them. Opens are none.</summary>
    public static ImmutableArray<string> SignsOfLife { get; } =
    [
        FormSubmitted, PageViewed, EmailClicked, SmsReplied, ProductViewed, CartUpdated, CheckoutStarted, OrderPlaced, TrialStarted, DemoRequested, MeetingBooked, AdClicked,
    ];

    private static readonly FrozenSet<string> Known = All.ToFrozenSet(StringComparer.Ordinal);

    // https://segment.com/docs/connections/spec/ (Ecommerce V2, B2B SaaS, E-mail).
    private static readonly FrozenDictionary<string, string> SegmentNames = new Dictionary<string, string>
    {
        ["product added"] = CartUpdated,
        ["product removed"] = CartUpdated,
        ["cart viewed"] = CartUpdated,
        ["cart updated"] = CartUpdated,
        ["product viewed"] = ProductViewed,
        ["product clicked"] = ProductViewed,
        ["checkout started"] = CheckoutStarted,
        ["order completed"] = OrderPlaced,
        ["order placed"] = OrderPlaced,
        ["order refunded"] = OrderRefunded,
        ["order cancelled"] = OrderRefunded,
        ["email delivered"] = EmailDelivered,
        ["email opened"] = EmailOpened,
        ["email link clicked"] = EmailClicked,
        ["email bounced"] = EmailBounced,
        ["email marked as spam"] = EmailComplained,
        ["unsubscribed"] = EmailUnsubscribed,
        ["page viewed"] = PageViewed,
        ["page"] = PageViewed,
        ["form submitted"] = FormSubmitted,
        ["trial started"] = TrialStarted,
        ["demo requested"] = DemoRequested,
        ["meeting booked"] = MeetingBooked,
        ["sms delivered"] = SmsDelivered,
        ["sms replied"] = SmsReplied,
        ["ad clicked"] = AdClicked,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The hub's name of a type: its own, or another tool's (<c>Order Completed</c>); null when it is not known.</summary>
    public static string? Find(string name)
    {
        if (Known.Contains(name) || IsCustom(name)) return name;
        return SegmentNames.GetValueOrDefault(name.Trim().ToLowerInvariant());
    }

    private static readonly SearchValues<char> CustomCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    private static bool IsCustom(string name) =>
        name.StartsWith(CustomPrefix, StringComparison.Ordinal) && name.Length is > 7 and <= 100 && !name.AsSpan(7).ContainsAnyExcept(CustomCharacters);
}
