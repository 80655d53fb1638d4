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
            "yes|y|true|1|1.0|on|t|checked|✓|✔|☑|✅|yes please|i agree|i consent|i accept|opt in|opted in|optin|optedin|opted-in email|subscribed|subscribe|active|granted|given|accepted|agreed|consented|consent given|confirmed|allowed"
            + "|double opt in|double opt in confirmed|confirmed opt in|single opt in|doi|soi|explicit|express|express consent|express written consent|explicit consent|freely given consent from contact"
            + "|ja|j|ja gerne|sí|sì|si|oui|sim|tak|da|jo|kyllä|kylla|joo|igen|ano|áno|evet|да|так|ναι|はい|是|同意|예|네|نعم|כן|angemeldet|zugestimmt|einwilligung erteilt|erteilt|abonniert|eingewilligt|abonné|abonnée|inscrit|inscrite|accepté|accordé"
            + "|suscrito|suscrita|aceptado|acepto|iscritto|iscritta|accettato|acconsento|ingeschreven|aangemeld|akkoord|zapisany|zapisana|wyrażono zgodę|zgoda|prenumererar|samtycker|godkänd|tilmeldt|samtykke givet|påmeldt|inscrito|inscrita|aceito|concordo"),
        (ConsentState.Denied,
            "no|n|false|0|0.0|off|f|unchecked|✗|✘|❌|☒|no thanks|no thank you|i do not agree|i decline|opt out|opted out|optout|optedout|unsubscribed|unsubscribe|unsubscribed by user|unsubscribed by admin|denied|declined|withdrawn|consent withdrawn"
            + "|revoked|refused|rejected|not subscribed|notsubscribed|never subscribed|nonsubscribed|non subscribed|non-subscribed|transactional|do not contact|do not email|do not mail|do not call|do not market|donotcontact|donotemail|email opt out"
            + "|dnc|dnd|not opted in|no consent|not given|not granted|nein|nein danke|non|non merci|não|nao|nie|nee|nee bedankt|nej|nej tack|nej tak|nei|ei|nem|ne|hayır|hayir|нет|ні|όχι|nu|no gracias|no grazie|いいえ|否|不|不同意|아니요|아니오|لا|לא"
            + "|abgemeldet|abbestellt|widerrufen|abgelehnt|verweigert|nicht erteilt|desabonne|désabonné|désabonnée|désinscrit|refusé|retiré|cancelado|dado de baja|baja|rechazado|disiscritto|cancellato|rifiutato|revocato|uitgeschreven|afgemeld|geweigerd"
            + "|wypisany|wypisana|cofnięto zgodę|brak zgody|avregistrerad|avanmäld|frameldt|avmeldt|descadastrado|descadastrada|recusado"),
        (ConsentState.Pending,
            "pending|unconfirmed|awaiting confirmation|awaiting|requested|invited|invite sent|double opt in pending|pending double opt in|not confirmed|opt in pending|confirmation sent|unbestätigt|ausstehend|wartet auf bestätigung|en attente"
            + "|non confirmé|pendiente|sin confirmar|in attesa|non confermato|in afwachting|niet bevestigd|pendente|não confirmado|oczekuje|oczekujący|niepotwierdzony|väntar|afventer|venter"),
        (ConsentState.Suppressed,
            "bounced|bounce|hard bounced|hard bounce|hardbounce|complained|complaint|complainer|spam|spam complaint|spam report|reported as spam|marked as spam|abuse|abused|cleaned|suppressed|blocked|blacklisted|blocklisted|undeliverable|invalid|redacted|quarantined|global opt out|junk"));

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
        return Words.TryGetValue(word, out state) || Words.TryGetValue(word.Replace('-', ' '), out state) ? state : null;
    }

    private static FrozenDictionary<string, ConsentState> Read(params (ConsentState State, string Words)[] lists) =>
        lists.SelectMany(l => l.Words.Split('|').Select(w => (Word: w, l.State))).DistinctBy(w => w.Word).ToFrozenDictionary(w => w.Word, w => w.State, StringComparer.Ordinal);
}
