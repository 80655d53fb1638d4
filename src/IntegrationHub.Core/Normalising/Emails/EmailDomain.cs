namespace IntegrationHub.Normalising;

/// <summary>What is known of the part of an address behind the <c>@</c>. There are far fewer domains than addresses, so it is found out once for each.</summary>
/// <param name="Host">In lower case.</param>
/// <param name="AsciiLength">Characters of its ASCII form, as mail servers count them.</param>
/// <param name="Free">Anybody may have an address there.</param>
/// <param name="Disposable">Its mailboxes are made to be thrown away.</param>
/// <param name="Suggestion">The domain that was perhaps meant; null where there is no doubt.</param>
/// <param name="Provider">The one name of a provider that serves the same mailboxes under several.</param>
/// <param name="Placeholders">Local parts that stand for "none" there, in lower case.</param>
internal sealed record EmailDomain(string Host, int AsciiLength, bool Free, bool Disposable, string? Suggestion, string Provider, IReadOnlyList<string> Placeholders)
{
    private static readonly BoundedCache<EmailDomain?> Seen = new(1 << 14);

    /// <summary>What is known of a domain as written; null where it is none that mail could go to.</summary>
    public static EmailDomain? Of(ReadOnlySpan<char> domain) => Seen.Get(domain, Read);

    private static EmailDomain? Read(string domain)
    {
        if (EmailAddresses.Domain(domain) is not { } host) return null;
        return new EmailDomain(
            host, EmailAddresses.Ascii(host).Length, EmailLists.IsFree(host), EmailLists.IsDisposable(host), EmailTypos.Suggest(host), EmailAddresses.ProviderOf(host), EmailLists.PlaceholdersAt(host));
    }
}
