using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using AngleSharp.Html.Parser;
using Fluid;
using IntegrationHub.Vocabulary;
using NodaTime;

namespace IntegrationHub.Workflows;

/// <summary>What reading a template gives.</summary>
/// <param name="Template">The template; null when there are mistakes.</param>
/// <param name="Errors">All mistakes, in the order of the file; none when there is a template.</param>
public sealed record TemplateReading(MessageTemplate? Template, ImmutableArray<TemplateError> Errors);

/// <summary>
/// One message in Liquid: <c>mappings/templates/NAME.liquid</c>, described in docs/templates.md. Checked whole when it is read, so that no contact meets a misspelt field.
/// Immutable; rendering from many threads at once is safe.
/// </summary>
public sealed partial class MessageTemplate
{
    // One for each message of a template's text, that is, longer than any mail that is read.
    private const int LongestSource = 200_000;
    private const int LongestSms = 1600;
    private const int LongestSubject = 250;

    private static readonly string[] Tags = ["if", "unless", "case", "for", "break", "continue", "assign", "capture", "comment", "raw", "echo"];
    private static readonly string[] Keys = ["channel", "subject", "preheader", "purpose", "from", "language"];

    private static readonly FluidParser Parser = MakeParser();
    private static readonly HtmlEncoder Escaping = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly IFluidTemplate subject;
    private readonly IFluidTemplate preheader;
    private readonly IFluidTemplate? from;
    private readonly IFluidTemplate body;
    private readonly string language;

    private MessageTemplate(string name, string text, Channel channel, MessagePurpose purpose, Parts parts, string language, ImmutableArray<string> fields)
    {
        Name = name;
        Version = RecipeVersions.Of(text);
        Channel = channel;
        Purpose = purpose;
        Fields = fields;
        this.language = language;
        (subject, preheader, from, body) = (parts.Subject, parts.Preheader, parts.From, parts.Body);
    }

    /// <summary>The file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>The hash of its text: part of the version of each workflow that uses it.</summary>
    public RecipeVersion Version { get; }

    /// <summary>E-mail or SMS.</summary>
    public Channel Channel { get; }

    /// <summary>Marketing or transactional.</summary>
    public MessagePurpose Purpose { get; }

    /// <summary>The fields that it names, in ordinal order: <c>contact.first_name</c>.</summary>
    public ImmutableArray<string> Fields { get; }

    /// <summary>The workflow's parameters that it names, without <c>parameters.</c>: the workflow must define them.</summary>
    public ImmutableArray<string> Parameters => Named("parameters.");

    /// <summary>The links that it names besides <c>unsubscribe</c>, without <c>links.</c>: the settings or the workflow must define them.</summary>
    public ImmutableArray<string> Links => Named("links.").Remove("unsubscribe");

    /// <summary>Reads and checks a template.</summary>
    /// <param name="name">The file's name without its ending: small letters, digits and hyphens.</param>
    /// <param name="text">The file's text.</param>
    public static TemplateReading Parse(string name, string text)
    {
        var file = $"{name}.liquid";
        var errors = ImmutableArray.CreateBuilder<TemplateError>();
        if (name.Length is 0 or > 100 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            errors.Add(new TemplateError(file, 1, $"'{name}' is no template's name. Name the file with small letters, digits and hyphens: lead-nurture-1.liquid"));
        if (text.Length > LongestSource)
            return new TemplateReading(null, [.. errors, new TemplateError(file, 1, $"the template has {text.Length:N0} characters; {LongestSource:N0} are the most. Mailboxes cut mails off far before that.")]);
        var (entries, bodyText, bodyLine) = FrontMatter.Split(file, text, errors);
        if (entries.IsEmpty && errors.Count > 0) return new TemplateReading(null, errors.ToImmutable());

        foreach (var entry in entries.Where(e => !Keys.Contains(e.Key))) errors.Add(new TemplateError(file, entry.Line, $"unknown key '{entry.Key}'. Known: {string.Join(", ", Keys)}."));
        var channel = Choice<Channel>(file, entries, "channel", [("email", Channel.Email), ("sms", Channel.Sms)], errors);
        var purpose = Choice<MessagePurpose>(file, entries, "purpose", [("marketing", MessagePurpose.Marketing), ("transactional", MessagePurpose.Transactional)], errors);
        var isSms = channel == Channel.Sms;
        if (isSms)
            foreach (var entry in entries.Where(e => e.Key is "subject" or "preheader" or "from" or "language")) errors.Add(new TemplateError(file, entry.Line, $"an SMS has no {entry.Key}. Remove the line."));
        else if (Entry("subject") is not { Value.Length: > 0 }) errors.Add(new TemplateError(file, Entry("subject")?.Line ?? 1, "a mail needs a line 'subject: …'."));
        var language = Entry("language")?.Value ?? "en";
        if (!LanguageTag().IsMatch(language)) errors.Add(new TemplateError(file, Entry("language")!.Line, $"'{language}' is no language. Write a tag such as en, de or pt-BR."));
        if (bodyText.Trim().Length == 0) errors.Add(new TemplateError(file, bodyLine, "the template has no text below its head."));

        var used = new HashSet<string>(StringComparer.Ordinal);
        var always = new HashSet<string>(StringComparer.Ordinal);
        var parts = new Parts(Part(Entry("subject")), Part(Entry("preheader")), Entry("from") is { } own ? Part(own) : null, Liquid(bodyText, bodyLine));
        if (!isSms) CheckHtml(file, bodyText, bodyLine, errors);
        if (purpose == MessagePurpose.Marketing && channel is not null) CheckMarketing(file, bodyText, bodyLine, isSms, always, errors);
        if (errors.Count > 0 || channel is null || purpose is null)
            return new TemplateReading(null, [.. errors.OrderBy(e => e.Line)]);
        return new TemplateReading(new MessageTemplate(name, text, channel.Value, purpose.Value, parts, language, [.. used.Order(StringComparer.Ordinal)]), []);

        FrontMatterEntry? Entry(string key) => entries.FirstOrDefault(e => e.Key == key);

        IFluidTemplate Part(FrontMatterEntry? entry) => Liquid(entry?.Value ?? "", entry?.Line ?? 1);

        IFluidTemplate Liquid(string source, int line)
        {
            if (!Parser.TryParse(source, out var parsed, out var mistake))
            {
                errors.Add(SyntaxError(file, line, mistake));
                return Empty;
            }

            var check = new TemplateCheck(file, source, line, errors);
            check.VisitTemplate(parsed);
            used.UnionWith(check.Used);
            if (ReferenceEquals(source, bodyText)) always.UnionWith(check.AlwaysPrinted);
            return new RequiredFields().VisitTemplate(parsed);
        }
    }

    /// <summary>Fills the template. A contact for whom it cannot be filled is skipped with the reason; nothing is ever sent with a gap in it.</summary>
    /// <param name="data">The contact and what led to the message.</param>
    /// <param name="now">What <c>'now'</c> stands for.</param>
    public RenderResult Render(TemplateData data, DateTimeOffset now)
    {
        var missing = new List<string>();
        string Fill(IFluidTemplate template, TextEncoder encoder)
        {
            var context = new TemplateContext(TemplateFilters.Options) { Now = () => now };
            context.AmbientValues[TemplateFilters.MissingKey] = missing;
            if ((data.Contact[Field.TimeZone] ?? data.TimeZone) is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } known) context.AmbientValues[TemplateFilters.ZoneKey] = known;
            TemplateValues.Fill(context, data);
            return template.Render(context, encoder, isolateContext: false);
        }

        string text, head, before, sender;
        try
        {
            head = OneLine(Fill(subject, NullEncoder.Default));
            before = OneLine(Fill(preheader, NullEncoder.Default));
            sender = from is null ? "" : OneLine(Fill(from, NullEncoder.Default));
            text = Fill(body, Channel == Channel.Email ? Escaping : NullEncoder.Default);
        }
        catch (InvalidOperationException e)
        {
            // The engine's bounds on steps and depth.
            return new RenderResult.Skipped("template_failed", null, $"Template '{Name}' could not be filled for contact {data.ContactId}: {e.Message} Does it loop over a list in a loop over a list?");
        }

        if (missing.Count > 0)
            return new RenderResult.Skipped(
                "template_field_missing", missing[0],
                $"Template '{Name}' needs {missing[0]}, which contact {data.ContactId} has not. Fill it in at the source, or give a default: {{{{ {missing[0]} | default: \"…\" }}}}.");
        var mailbox = from is null ? null : Mailbox.Parse(sender);
        if (from is not null && mailbox is null) return new RenderResult.Skipped("template_failed", null, $"Template '{Name}' is from '{sender}' for contact {data.ContactId}, which is no mailbox. Write: from: Name <address>");
        if (Channel == Channel.Sms) return Sms(data, text);
        if (head.Length is 0 or > LongestSubject)
            return new RenderResult.Skipped("template_too_long", null, $"Template '{Name}' has a subject of {head.Length} characters for contact {data.ContactId}; 1 to {LongestSubject} can be sent.");

        var html = Document(text, head, before);
        using var document = new HtmlParser().ParseDocument(html);
        foreach (var link in document.QuerySelectorAll("a[href], area[href]"))
            if (!IsSafe(link.GetAttribute("href") ?? ""))
                return new RenderResult.Skipped("template_link_unsafe", null, $"Template '{Name}' would link to '{Short(link.GetAttribute("href") ?? "")}' for contact {data.ContactId}. A link begins with https:, http:, mailto: or tel:.");
        return new RenderResult.Done(new RenderedMessage(Channel.Email, Purpose, mailbox, head, before, html, document.Body is { } whole ? PlainText.Of(whole) : ""));
    }

    private RenderResult Sms(TemplateData data, string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length is 0 or > LongestSms
            ? new RenderResult.Skipped("template_too_long", null, $"Template '{Name}' gives {trimmed.Length} characters for contact {data.ContactId}; an SMS has 1 to {LongestSms}.")
            : new RenderResult.Done(new RenderedMessage(Channel.Sms, Purpose, null, "", "", null, trimmed));
    }

    private string Document(string text, string head, string before)
    {
        var hidden = before.Length == 0 ? "" : $"<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">{Escaping.Encode(before)}{Padding}</div>\n";
        if (text.Contains("<html", StringComparison.OrdinalIgnoreCase))
        {
            var start = BodyTag().Match(text);
            return start.Success ? text.Insert(start.Index + start.Length, $"\n{hidden}") : text;
        }

        return $"""
            <!DOCTYPE html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Escaping.Encode(head)}</title>
            </head>
            <body style="margin:0;padding:0;background:#ffffff">
            {hidden}<div style="max-width:600px;margin:0 auto;padding:24px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1f2328">
            {text.Trim()}
            </div>
            </body>
            </html>

            """;
    }

    /// <summary>Keeps mailboxes from showing the mail's first words behind a short preheader.</summary>
    private static readonly string Padding = string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", 30));

    private ImmutableArray<string> Named(string root) =>
        [.. Fields.Where(f => f.StartsWith(root, StringComparison.Ordinal)).Select(f => f[root.Length..].Split('.')[0])];

    private static bool IsSafe(string url)
    {
        var trimmed = url.Trim();
        return trimmed.Length > 0 && (trimmed[0] == '#' || LinkTokens.IsWeb(trimmed)
            || trimmed.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("tel:", StringComparison.OrdinalIgnoreCase));
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => string.Concat(w.Where(c => !char.IsControl(c)))));

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static IFluidTemplate Empty { get; } = Parser.Parse("");

    private static FluidParser MakeParser()
    {
        var parser = new FluidParser(new FluidParserOptions { AllowFunctions = false, AllowLiquidTag = false });
        // No other file, no counters that outlive a message, nothing that a reviewer of a text has to look up.
        foreach (var tag in parser.RegisteredTags.Keys.Except(Tags, StringComparer.Ordinal).ToList()) parser.RegisteredTags.Remove(tag);
        return parser;
    }

    private static TemplateError SyntaxError(string file, int firstLine, string mistake)
    {
        var text = mistake.Split('\n')[0].Trim();
        var place = Place().Match(text);
        var line = place.Success ? int.Parse(place.Groups[1].ValueSpan) : 1;
        var cure = text.StartsWith("Unknown tag", StringComparison.Ordinal) ? $" Known: {string.Join(", ", Tags)}, each closed by its end tag." : " Liquid writes {{ field | filter }} and {% if field %}…{% endif %}.";
        return new TemplateError(file, firstLine + line - 1, $"{(place.Success ? text[..place.Index].Trim() : text)}.{cure}");
    }

    private static T? Choice<T>(string file, ImmutableArray<FrontMatterEntry> entries, string key, (string Word, T Value)[] known, ImmutableArray<TemplateError>.Builder errors) where T : struct
    {
        var entry = entries.FirstOrDefault(e => e.Key == key);
        foreach (var (word, value) in known)
            if (entry?.Value == word) return value;
        errors.Add(new TemplateError(
            file, entry?.Line ?? 1, entry is null ? $"the head needs a line '{key}: …'. Known: {string.Join(", ", known.Select(k => k.Word))}." : $"unknown {key} '{entry.Value}'. Known: {string.Join(", ", known.Select(k => k.Word))}."));
        return null;
    }

    private static void CheckHtml(string file, string text, int line, ImmutableArray<TemplateError>.Builder errors)
    {
        foreach (Match match in Forbidden().Matches(text))
            errors.Add(new TemplateError(file, LineOf(match), $"'{match.Value}' does nothing in a mailbox, or gets the mail rejected. Remove it."));
        foreach (Match match in BareAttribute().Matches(text))
            errors.Add(new TemplateError(file, LineOf(match), $"the value of the attribute '{match.Groups[1].Value}' needs quotes: {match.Groups[1].Value}=\"{{{{ … }}}}\". Without them a space in a contact's field would break the mail."));

        int LineOf(Match match) => line + text.AsSpan(0, match.Index).Count('\n');
    }

    private static void CheckMarketing(string file, string text, int line, bool isSms, HashSet<string> always, ImmutableArray<TemplateError>.Builder errors)
    {
        var last = line + text.AsSpan().TrimEnd().Count('\n');
        if (isSms)
        {
            if (!always.Contains("links.unsubscribe") && !Stop().IsMatch(text))
                errors.Add(new TemplateError(file, last, "a marketing SMS must tell the way out. Add 'Reply STOP to opt out' or {{ links.unsubscribe }}, outside of any condition."));
            return;
        }

        if (!always.Contains("links.unsubscribe"))
            errors.Add(new TemplateError(file, last, "a marketing mail must contain {{ links.unsubscribe }}, outside of any condition: <a href=\"{{ links.unsubscribe }}\">Unsubscribe</a>. If it is no marketing, write 'purpose: transactional'."));
        if (!always.Contains("sender.postal_address"))
            errors.Add(new TemplateError(file, last, "a marketing mail must contain {{ sender.postal_address }}, outside of any condition. If it is no marketing, write 'purpose: transactional'."));
    }

    private sealed record Parts(IFluidTemplate Subject, IFluidTemplate Preheader, IFluidTemplate? From, IFluidTemplate Body);

    [GeneratedRegex(@"at \((\d+):\d+\)\s*$")]
    private static partial Regex Place();

    [GeneratedRegex("<body[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex BodyTag();

    [GeneratedRegex(@"<(script|iframe|object|embed|form|base|link)\b|\son[a-z]+\s*=\s*[""']", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\b([a-z-]+)=\{\{", RegexOptions.IgnoreCase)]
    private static partial Regex BareAttribute();

    [GeneratedRegex(@"\bSTOP\b")]
    private static partial Regex Stop();

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex LanguageTag();
}
