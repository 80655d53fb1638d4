using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>
/// What makes a message that message: the same step of the same visit for the same contact has the same key for ever, so that it goes out once. 32 lower-case hex digits
/// of a SHA-256: nobody who has not seen a message can name its key.
/// </summary>
public readonly record struct MessageKey
{
    /// <summary>How many bytes a key has.</summary>
    public const int Bytes = 16;

    private readonly string? value;

    private MessageKey(string value) => this.value = value;

    /// <summary>32 lower-case hex digits.</summary>
    public string Value => value ?? throw new InvalidOperationException("This message key was never set: make it with MessageKey.Of or MessageKey.Parse.");

    /// <summary>The key of a message.</summary>
    /// <param name="contact">The contact's id as it was at enrolment: a golden id, or the file's id in a simulation.</param>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="step">The step's name.</param>
    /// <param name="visit">How many times the contact has entered the workflow, and passed the step, before: from 0.</param>
    /// <param name="channel">E-mail or SMS.</param>
    public static MessageKey Of(string contact, string workflow, string step, int visit, Channel channel)
    {
        // Lengths stand before the parts, so that no two lists of parts give the same text.
        var text = $"{contact.Length}:{contact}|{workflow.Length}:{workflow}|{step.Length}:{step}|{visit}|{(int)channel}";
        return Of(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
    }

    /// <summary>The key of these <see cref="Bytes"/> bytes.</summary>
    public static MessageKey Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Bytes ? new MessageKey(Convert.ToHexStringLower(bytes)) : throw new ArgumentException($"A message key has {Bytes} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Null when the text is no key.</summary>
    public static MessageKey? Parse(string? text) =>
        text is { Length: 2 * Bytes } && text.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f') ? new MessageKey(text) : null;

    /// <summary>The key's bytes.</summary>
    public byte[] ToBytes() => Convert.FromHexString(Value);

    /// <inheritdoc/>
    public override string ToString() => value ?? "";
}
