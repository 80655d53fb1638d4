using System.Collections.Frozen;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Issues with consent.</summary>
public static class ConsentIssues
{
    /// <summary>The claim was dropped: the address or number that it is about cannot be used.</summary>
    public static readonly IssueCode Point = new("consent.point");
}

/// <summary>Reads what sources say about permission: yes and no in ten languages, and vendors' own words. Strict: what is not known is no claim, and never a yes.</summary>
public static class ConsentValues
{
    private static readonly FrozenDictionary<string, ConsentState> Words = Read(
        (ConsentState.Granted,
            "yes|y|true|1|on|t|opt in|opted in|optin|optedin|opt-in|opted-in|subscribed|subscribe|active|granted|given|accepted|agreed|consented|confirmed|allowed|double opt in|single opt in|doi|soi|explicit|express"
            + "|ja|sí|si|oui|sim|tak|j|da|kyllä|kylla|igen|ano|evet|да|angemeldet|zugestimmt|abonniert|abonné|inscrit|suscrito|iscritto|ingeschreven|aangemeld|zapisany|prenumererar|tilmeldt|inscrito"),
        (ConsentState.Denied,
            "no|n|false|0|off|f|opt out|opted out|optout|optedout|opt-out|opted-out|unsubscribed|unsubscribe|denied|declined|withdrawn|revoked|refused|rejected|not subscribed|not_subscribed|notsubscribed|do not contact|do not email"
            + "|dnc|nein|non|não|nao|nie|nee|nej|ei|nem|ne|hayır|hayir|нет|abgemeldet|widerrufen|désabonné|desabonne|désinscrit|cancelado|dado de baja|disiscritto|uitgeschreven|afgemeld|wypisany|frameldt|descadastrado"),
        (ConsentState.Pending,
            "pending|unconfirmed|awaiting confirmation|awaiting|requested|invited|invite sent|double opt in pending|not confirmed|unbestätigt|ausstehend|en attente|pendiente|in attesa|in afwachting|pendente|oczekuje"),
        (ConsentState.Suppressed,
            "bounced|bounce|hard bounced|hard bounce|hardbounce|hard_bounce|complained|complaint|complainer|spam|spam complaint|abuse|abused|cleaned|suppressed|blocked|blacklisted|blocklisted|undeliverable|redacted|quarantined|global_opt_out"));

    /// <summary>The transform for mappings.</summary>
    public static Transform Transform { get; } = new(
        "consent",
        "A yes, a no or a vendor's word about permission as granted, denied, pending or suppressed; nothing when it is not known.",
        [new("Oui", "granted"), new("NOT_SUBSCRIBED", "denied"), new("cleaned", "suppressed"), new("maybe", null), new("", null)],
        (raw, _) => Read(raw)?.ToString().ToLowerInvariant());

    /// <summary>Null, no claim at all, for a word that is not known: unknown is never yes.</summary>
    public static ConsentState? Read(string raw)
    {
        if (raw.Length > 100) return null;
        var word = raw.Trim().ToLowerInvariant();
        if (Words.TryGetValue(word, out var state)) return state;
        word = word.Replace('_', ' ').TrimEnd('.', '!');
        if (Words.TryGetValue(word, out state) || Words.TryGetValue(word.Replace('-', ' '), out state)) return state;
        return null;
    }

    private static FrozenDictionary<string, ConsentState> Read(params (ConsentState State, string Words)[] lists) =>
        lists.SelectMany(l => l.Words.Split('|').Select(w => (Word: w, l.State))).DistinctBy(w => w.Word).ToFrozenDictionary(w => w.Word, w => w.State, StringComparer.Ordinal);
}
