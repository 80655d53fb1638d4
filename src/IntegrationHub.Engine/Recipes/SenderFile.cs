using System.Collections.Immutable;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Recipes;

/// <summary>Who the mails are from, and the links that templates name.</summary>
/// <param name="Sender">Who sends.</param>
/// <param name="Links">Addresses by name: what <c>links.shop</c> in a template stands for.</param>
public sealed record MailIdentity(SenderIdentity Sender, ImmutableDictionary<string, string> Links);

/// <summary>Reads mappings/sender.yaml; docs/templates.md describes it.</summary>
public static class SenderFile
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="RecipeException">It has mistakes, or cannot be read at all.</exception>
    public static MailIdentity Load(string path) => Parse(RecipeText.Read(path), path);

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="RecipeException">It has mistakes.</exception>
    public static MailIdentity Parse(string text, string fileName)
    {
        var document = new YamlDocument(fileName);
        MailIdentity? identity = null;
        if (document.Root(text) is { } root)
        {
            var sender = new SenderIdentity(root.Text("name", required: true) ?? "", Address(root, "address", required: true) ?? "", root.Text("company", required: true) ?? "", root.Text("postal_address", required: true) ?? "")
            {
                ReplyTo = Address(root, "reply_to"),
                Phone = root.Text("phone"),
                Website = root.Text("website"),
                BounceAddress = Address(root, "bounce_address"),
                UnsubscribeAddress = Address(root, "unsubscribe_address"),
            };
            if (sender.PostalAddress.Contains('\n', StringComparison.Ordinal)) root.Error("postal_address", "the postal address stands in one line, its parts separated by commas.");
            identity = new MailIdentity(sender, Links(root));
            root.RefuseUnknownKeys();
        }

        document.ThrowIfWrong();
        return identity ?? throw new InvalidOperationException($"{fileName}: no mistake was noted, yet there is no sender.");
    }

    private static ImmutableDictionary<string, string> Links(YamlMap root)
    {
        var links = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (root.Map("links") is not { } map) return links.ToImmutable();
        foreach (var (name, key, _) in map.Entries())
        {
            if (name == "unsubscribe") map.ErrorAt(key, name, "'unsubscribe' is each contact's own link, made by the hub. Choose another name.");
            if (map.Text(name) is not { } url) continue;
            if (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" or "mailto" or "tel") links[name] = url;
            else map.Error(name, $"'{url}' is no whole address. Write it with its beginning, such as https://www.example.com/shop");
        }

        return links.ToImmutable();
    }

    private static string? Address(YamlMap root, string key, bool required = false)
    {
        if (root.Text(key, required) is not { } text) return null;
        if (Mailbox.Parse(text) is { Name: null }) return text;
        root.Error(key, $"'{text}' is no e-mail address. Write it alone, such as hello@example.com");
        return null;
    }
}
