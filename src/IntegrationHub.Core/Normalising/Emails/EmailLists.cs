using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>What is known of mailboxes and providers by name. Roles and the well-known providers are a list of our own, the rest lists that others keep.</summary>
internal static class EmailLists
{
    private static readonly FrozenSet<string> Roles = Set("""
        abuse accounting accounts accueil admin administration administrator advertising all-staff anfrage ap ar assistance associates bestellung bestellungen billing board bookings
        booking buchhaltung bureau buero bursar career careers catering claims clientes club comercial commercial communications compras compliance contabilidad contact contacto
        contactus contracts conveyancing corporate customer.service customercare customerservice datenschutz design dev development devnull direction director dispatch dns donations
        editor education email empfang enquiries enquiry events export facturacion faktura feedback finance formation fragen frontdesk ftp general geral gestion group groups guestservices
        hallo hello help helpdesk hi hola hostmaster hotel hr info informacion information inbox inquiries inquiry investor investors invoice invoices is it jobs join kontakt kundenservice
        law lawyers legal library list list-request logistics mail mailbox mailer-daemon mailing manager management market marketing me media members membership merchandise mis moderator
        multimedia news newsletter no-reply noc noreply office offers online operations order orders ouvidoria payments payroll personal personnel postbox postmaster post prensa presse press
        privacy procurement production projects purchasing purchase qa quality questions rechnung recepcion reception recruit recruiting recruitment referencement registrar registration
        remittance request reservas reservation reservations root rrhh safety sales schools secretaria secretariat secretary security sekretariat service servicios services shipping shop
        soporte spam sponsors staff stage store studio subscribe subscriptions sugerencias support sysadmin team tech technik technical technology tickets trade training treasurer
        undisclosed-recipients unsubscribe usenet uucp vendas ventas ventes vertrieb verkauf vermietung verwaltung webadmin webinfo webmaster welcome worldwide www zentrale info1 info2 hotline
        """);

    private static readonly FrozenSet<string> FreeMail = Set("""
        gmail.com googlemail.com yahoo.com ymail.com rocketmail.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.ca yahoo.co.in yahoo.com.br yahoo.com.au yahoo.co.jp yahoo.com.mx
        hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es outlook.com outlook.de outlook.fr outlook.es live.com live.co.uk live.fr live.de live.nl live.ca live.com.au msn.com
        aol.com aim.com icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de arcor.de posteo.de mailbox.org orange.fr wanadoo.fr free.fr laposte.net sfr.fr
        neuf.fr bbox.fr numericable.fr libero.it virgilio.it tiscali.it alice.it tin.it fastwebnet.it hispavista.com terra.es telefonica.net btinternet.com btopenworld.com virginmedia.com
        ntlworld.com sky.com talktalk.net blueyonder.co.uk eircom.net bigpond.com bigpond.net.au optusnet.com.au iinet.net.au xtra.co.nz rogers.com sympatico.ca shaw.ca telus.net bell.net videotron.ca
        comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com optonline.net frontier.com mail.com email.com usa.com proton.me protonmail.com
        tutanota.com tuta.io fastmail.com fastmail.fm hushmail.com zoho.com yandex.com yandex.ru mail.ru bk.ru list.ru inbox.ru rambler.ru qq.com 163.com 126.com sina.com naver.com hanmail.net
        daum.net rediffmail.com uol.com.br bol.com.br terra.com.br ig.com.br bluewin.ch hispeed.ch sunrise.ch aon.at chello.at a1.net ziggo.nl kpnmail.nl hetnet.nl planet.nl home.nl xs4all.nl
        upcmail.nl telenet.be skynet.be proximus.be telia.com spray.se online.no hotmail.no seznam.cz centrum.cz wp.pl o2.pl interia.pl onet.pl abv.bg walla.com
        """);

    // Nine thousand domains of a list that others keep, and some that it lacks. A set, not a frozen one: it is made at once.
    private static readonly Lazy<HashSet<string>.AlternateLookup<ReadOnlySpan<char>>> Throwaway = new(() =>
        DataFile.Lines("disposable-domains.txt").Concat("33mail.com burnermail.io mail-temp.com spamgourmet.com temp-mail.io tempmail.dev tempmail.net tempmailaddress.com".Split(' ')).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>());

    // Beside the well-known ones above, small and former providers.
    private static readonly Lazy<HashSet<string>.AlternateLookup<ReadOnlySpan<char>>> MoreFreeMail = new(() =>
        DataFile.Lines("free-mail-domains.txt").ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>());

    // RFC 6761 and RFC 2606: names that never lead to a mailbox. example.com and its kin are left to the audit, which warns.
    private static readonly FrozenSet<string> SpecialUse = Set("test invalid localhost local onion arpa example");

    private static readonly FrozenSet<string> Placeholders = Set("""
        test@test.com test@test.de test@test.fr test@test.it test@test.org test@test.net test@example.com test@email.com test@mail.com test@gmail.com test@testing.com asdf@asdf.com asdf@asdf.de
        a@a.com a@b.com a@b.c aa@aa.com abc@abc.com abc@xyz.com none@none.com no@no.com noemail@noemail.com no@email.com na@na.com n@a.com nomail@nomail.com xxx@xxx.com x@x.com email@email.com
        mail@mail.com name@domain.com user@domain.com user@example.com you@example.com email@example.com your@email.com foo@bar.com qwerty@qwerty.com unknown@unknown.com noone@nowhere.com none@none.de
        keine@keine.de noemail@gmail.com none@gmail.com
        """);

    private static readonly FrozenDictionary<string, string[]> PlaceholderLocals =
        Placeholders.GroupBy(p => p[(p.IndexOf('@') + 1)..]).ToFrozenDictionary(g => g.Key, g => g.Select(p => p[..p.IndexOf('@')]).ToArray(), StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> RoleLookup = Roles.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsRole(ReadOnlySpan<char> lowerLocal)
    {
        var tag = lowerLocal.IndexOf('+');
        return RoleLookup.Contains(tag > 0 ? lowerLocal[..tag] : lowerLocal);
    }

    /// <summary>Is the domain one where anybody may have a mailbox?</summary>
    public static bool IsFree(ReadOnlySpan<char> domain) => FreeMail.GetAlternateLookup<ReadOnlySpan<char>>().Contains(domain) || MoreFreeMail.Value.Contains(domain);

    /// <summary>Is the domain, or one that it belongs to, of mailboxes made to be thrown away?</summary>
    public static bool IsDisposable(string domain)
    {
        var throwaway = Throwaway.Value;
        for (var host = domain.AsSpan(); ;)
        {
            if (throwaway.Contains(host)) return true;
            var dot = host.IndexOf('.');
            if (dot < 0) return false;
            host = host[(dot + 1)..];
        }
    }

    public static bool IsPlaceholder(string lowerLocal, string domain) => Placeholders.Contains($"{lowerLocal}@{domain}");

    /// <summary>The local parts that stand for "none" at this domain, in lower case.</summary>
    public static string[] PlaceholdersAt(string domain) => PlaceholderLocals.GetValueOrDefault(domain) ?? [];

    public static bool IsSpecialUse(string[] labels) => SpecialUse.Contains(labels[^1]);

    /// <summary>The one name of providers that serve the same mailboxes under several.</summary>
    public static string OneProvider(string domain) => domain switch
    {
        "googlemail.com" => "gmail.com",
        "me.com" or "mac.com" => "icloud.com",
        "protonmail.com" or "pm.me" => "proton.me",
        _ => domain,
    };

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
