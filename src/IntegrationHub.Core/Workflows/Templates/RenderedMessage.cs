using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>A template with one contact's values in it.</summary>
/// <param name="Channel">E-mail or SMS.</param>
/// <param name="Purpose">Marketing or transactional.</param>
/// <param name="From">The template's own sender; null for the hub's.</param>
/// <param name="Subject">In one line; empty for an SMS.</param>
/// <param name="Preheader">What mailboxes show beside the subject; empty for none.</param>
/// <param name="Html">A whole document; null for an SMS.</param>
/// <param name="Text">The plain text: of a mail made from the HTML.</param>
public sealed record RenderedMessage(Channel Channel, MessagePurpose Purpose, Mailbox? From, string Subject, string Preheader, string? Html, string Text);

/// <summary>What rendering gives: a message, or the reason why this contact gets none.</summary>
public abstract record RenderResult
{
    private RenderResult() { }

    /// <summary>It can be sent.</summary>
    public sealed record Done(RenderedMessage Message) : RenderResult;

    /// <summary>The contact is skipped; nobody else is.</summary>
    /// <param name="Reason">The skip reason: <c>template_field_missing</c>, <c>template_link_unsafe</c>, <c>template_too_long</c>, <c>template_failed</c>.</param>
    /// <param name="Field">The field that has no value, such as <c>contact.first_name</c>; null when it is not about a field.</param>
    /// <param name="Message">For a person: what is wrong, and how to mend it.</param>
    public sealed record Skipped(string Reason, string? Field, string Message) : RenderResult;
}
