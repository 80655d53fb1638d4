using System.Collections.Immutable;
using System.Text.Json;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>What a template is filled with: one contact, and what led to the message. Null means "there is none": a template that names a field of it skips the contact unless it gives a default.</summary>
public sealed record TemplateData
{
    /// <summary>The contact's id.</summary>
    public required string ContactId { get; init; }

    /// <summary>The golden record's values.</summary>
    public required FieldValues Contact { get; init; }

    /// <summary>Who sends.</summary>
    public required SenderIdentity Sender { get; init; }

    /// <summary>The IANA zone that times are given in where the golden record has none; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The event that led to this message.</summary>
    public TemplateEvent? Event { get; init; }

    /// <summary>The contact's latest order.</summary>
    public TemplateEvent? Order { get; init; }

    /// <summary>The contact's cart as it is now.</summary>
    public TemplateEvent? Cart { get; init; }

    /// <summary>Products of the catalogue that the step chose, such as those to cross-sell.</summary>
    public ImmutableArray<TemplateProduct> Products { get; init; } = [];

    /// <summary>Who of one's own team looks after the contact.</summary>
    public TemplateOwner? Owner { get; init; }

    /// <summary>The workflow that sends.</summary>
    public TemplateWorkflow? Workflow { get; init; }

    /// <summary>What is offered.</summary>
    public TemplateOffer? Offer { get; init; }

    /// <summary>The contact's scores.</summary>
    public TemplateScore? Score { get; init; }

    /// <summary>The workflow's parameters.</summary>
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Named addresses: <c>links.shop</c>, <c>links.cart</c>.</summary>
    public ImmutableDictionary<string, string> Links { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The contact's own link to unsubscribe with, from <see cref="MessageAssembly.UnsubscribeLink"/>; null where there is none.</summary>
    public string? UnsubscribeLink { get; init; }
}

/// <summary>An event, an order or a cart.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="At">When it happened.</param>
/// <param name="Properties">A JSON object: what it says.</param>
public sealed record TemplateEvent(string Type, DateTimeOffset At, JsonElement Properties);

/// <summary>A product.</summary>
/// <param name="Sku">The shop's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="PriceMinor">Its price in minor units; null when unknown.</param>
/// <param name="Currency">The currency of the price, ISO 4217; null when unknown.</param>
/// <param name="Url">Its page.</param>
/// <param name="Image">Its picture.</param>
/// <param name="Description">A sentence about it.</param>
public sealed record TemplateProduct(string Sku, string Name, long? PriceMinor = null, string? Currency = null, string? Url = null, string? Image = null, string? Description = null);

/// <summary>Somebody of one's own team.</summary>
/// <param name="Name">Their whole name.</param>
/// <param name="Email">Their address.</param>
/// <param name="FirstName">Their first name.</param>
/// <param name="Phone">Their number.</param>
/// <param name="Title">Their job title.</param>
/// <param name="Calendar">Where their time can be booked.</param>
public sealed record TemplateOwner(string Name, string Email, string? FirstName = null, string? Phone = null, string? Title = null, string? Calendar = null);

/// <summary>A workflow's step.</summary>
public sealed record TemplateWorkflow(string Name, string Version, string Step);

/// <summary>An offer.</summary>
/// <param name="Code">To type in at the checkout.</param>
/// <param name="Percent">Per cent off; null when it is an amount.</param>
/// <param name="AmountMinor">Amount off in minor units; null when it is a share.</param>
/// <param name="Currency">Of the amount.</param>
/// <param name="Text">In words.</param>
/// <param name="EndsAt">Until when; null for no end.</param>
public sealed record TemplateOffer(string? Code = null, int? Percent = null, long? AmountMinor = null, string? Currency = null, string? Text = null, DateTimeOffset? EndsAt = null);

/// <summary>Scores with their reasons in words.</summary>
public sealed record TemplateScore(int Fit, int Behaviour, ImmutableArray<string> Reasons);
