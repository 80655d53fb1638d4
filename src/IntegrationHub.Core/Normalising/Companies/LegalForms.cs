using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using AnyAscii;

namespace IntegrationHub.Normalising;

/// <summary>One legal form of companies.</summary>
/// <param name="Form">Its usual short spelling.</param>
/// <param name="Spellings">Other spellings, in lower case, points and accents apart.</param>
/// <param name="Jurisdictions">ISO 3166-1 codes of the countries that have it.</param>
public sealed record LegalForm(string Form, ImmutableArray<string> Spellings, ImmutableArray<string> Jurisdictions);

/// <summary>The legal forms that company names end, or begin, with.</summary>
public static class LegalForms
{
    /// <summary>How many words the longest spelling has.</summary>
    internal const int MostWords = 7;

    // Form ; spellings ; jurisdictions. "Corporation", "Company" and "Co" written out are part of the name here; Companies.Key leaves them out.
    private const string Table = """
        Inc.;inc,incorporated,incorporation,incorporee;US,CA,PH
        Corp.;corp;US,CA,PH
        LLC;llc,limited liability company,l l c,limited liability co,lc;US
        PLLC;pllc,professional limited liability company;US
        LLP;llp,limited liability partnership;US,GB,IN,SG,AU,CA
        LLLP;lllp,limited liability limited partnership;US
        LP;lp,limited partnership;US,CA,GB
        GP;general partnership;US
        PC;pc,professional corporation;US
        PA;pa,professional association;US
        SC;sc,service corporation;US,RO
        PLC;plc,public limited company,pub ltd co;GB,IE,MT
        FSB;fsb,federal savings bank;US
        NA;national association;US
        Ltd.;ltd,limited,ltd co,limitee,ltee;GB,IE,CA,AU,NZ,IN,HK,NG,KE,GH,IL
        CIC;cic,community interest company;GB
        CLG;clg,company limited by guarantee;IE
        DAC;dac,designated activity company;IE
        UC;unlimited company;IE,GB
        CCC;cyfyngedig,cyf,ccc;GB
        Pty Ltd;pty ltd,pty limited,proprietary limited,pty;AU,ZA,BW
        Pte Ltd;pte ltd,pte limited,private limited,pte;SG
        Pvt Ltd;pvt ltd,pvt limited,private ltd,p ltd,pvt;IN,PK,BD,LK
        OPC;opc,opc pvt ltd;IN
        Sdn Bhd;sdn bhd,sendirian berhad,sdn berhad,bhd,berhad;MY,BN
        PT;pt,perseroan terbatas,tbk;ID
        CV;cv,commanditaire vennootschap;ID,NL,BE
        Co., Ltd.;co ltd,company ltd,company limited,co limited;CN,JP,TH,KR,TW
        GmbH;gmbh,gesellschaft mit beschrankter haftung,gesellschaft mbh,ges mbh,gesmbh,mbh,g m b h;DE,AT,CH
        gGmbH;ggmbh;DE
        GmbH & Co. KG;gmbh & co kg,gmbh und co kg,gmbh + co kg,gmbh & cokg,gmbh co kg,gmbh & co kgaa,gmbh & co ohg;DE,AT
        AG & Co. KG;ag & co kg,ag & co kgaa,se & co kg,se & co kgaa,ug & co kg,ltd & co kg,kg & co;DE
        UG;ug,ug haftungsbeschrankt,unternehmergesellschaft,unternehmergesellschaft haftungsbeschrankt;DE
        AG;ag,aktiengesellschaft;DE,AT,CH,LI
        KG;kg,kommanditgesellschaft,co kg,& co kg;DE,AT,CH
        KGaA;kgaa,kommanditgesellschaft auf aktien;DE
        OHG;ohg,offene handelsgesellschaft;DE
        OG;og,offene gesellschaft;AT
        GbR;gbr,gesellschaft burgerlichen rechts,bgb gesellschaft;DE
        e.K.;ek,e k,e kfm,e kfr,eingetragener kaufmann,eingetragene kauffrau;DE
        e.U.;eu,e u,eingetragenes einzelunternehmen;AT
        eG;eg,eingetragene genossenschaft;DE
        e.V.;ev,e v,eingetragener verein;DE
        VVaG;vvag;DE
        PartG mbB;partg,partg mbb,part mbb;DE
        SE;se,societas europaea;EU
        SCE;sce;EU
        SA;sa,s a,societe anonyme,sociedad anonima,sociedade anonima,societa anonima;FR,BE,LU,CH,ES,PT,BR,AR,MX,PL,GR,RO
        SAS;sas,societe par actions simplifiee,sociedad por acciones simplificada,s a s;FR,CO,AR
        SASU;sasu;FR
        SARL;sarl,s a r l,societe a responsabilite limitee,sarlu;FR,LU,CH,MA,TN,DZ,LB
        EURL;eurl;FR
        SNC;snc,societe en nom collectif,societa in nome collettivo;FR,IT,BE
        SCS;scs;FR,LU
        SCA;sca;FR,LU
        SCI;sci,societe civile immobiliere;FR
        SCOP;scop;FR
        GIE;gie;FR
        SCRL;scrl,scrlfs;BE
        SPRL;sprl,sprlu;BE
        SRL;srl,s r l,societa a responsabilita limitata,sociedad de responsabilidad limitada,srls;IT,BE,RO,AR,MX,DO,MD
        S.p.A.;spa,s p a,societa per azioni;IT,CL,DZ
        S.a.p.a.;sapa;IT
        S.a.s.;societa in accomandita semplice;IT
        Soc. coop.;soc coop,societa cooperativa,soc coop arl,scarl,scrl,s coop,sociedad cooperativa,scoop;IT,ES
        SL;sl,s l,sociedad limitada,slu,s l u,slne,sociedad limitada unipersonal;ES
        SLL;sll,slp;ES
        SAU;sau;ES,AR
        SAD;sad;ES
        CB;comunidad de bienes;ES
        SA de CV;sa de cv,s a de c v,sab de cv,sapi de cv,s de rl de cv,s de r l de c v,srl de cv,sociedad anonima de capital variable,s de rl,sofom,sc de rl de cv;MX
        Ltda.;ltda,limitada,lda,sociedade limitada,sociedad ltda;BR,PT,CL,CO,CR
        Lda.;unipessoal lda,sociedade unipessoal lda;PT,MZ,AO
        EIRELI;eireli;BR
        ME;ltda me,epp,ltda epp;BR
        S/A;s/a;BR
        CA;compania anonima,c a;VE
        EIRL;eirl,e i r l;PE,CL
        SAC;sac,s a c,saa;PE
        BV;bv,b v,besloten vennootschap,bvba,besloten vennootschap met beperkte aansprakelijkheid,srl bv;NL,BE
        NV;nv,n v,naamloze vennootschap;NL,BE,SR
        VOF;vof,v o f,vennootschap onder firma;NL,BE
        CVBA;cvba,cvoa;BE
        VZW;vzw,asbl;BE,LU
        Stichting;stichting;NL
        Coöp.;cooperatie ua,ua,u a;NL
        AB;ab,aktiebolag,ab publ,publ;SE,FI
        HB;hb,handelsbolag;SE
        KB;kommanditbolag;SE
        Ek. för.;ekonomisk forening,ek for;SE
        A/S;a/s,aktieselskab;DK
        ApS;aps,anpartsselskab;DK
        I/S;i/s,interessentskab;DK
        K/S;k/s;DK
        P/S;p/s;DK
        IVS;ivs;DK
        AMBA;amba;DK
        AS;as,aksjeselskap,aktsiaselts,a s;NO,EE
        ASA;asa,allmennaksjeselskap;NO
        ANS;ans,ansvarlig selskap;NO
        DA;delt ansvar;NO
        NUF;nuf;NO
        ENK;enk,enkeltpersonforetak;NO
        Oy;oy,osakeyhtio,oy ab,ab oy;FI
        Oyj;oyj,julkinen osakeyhtio;FI
        Ky;ky,kommandiittiyhtio;FI
        Tmi;tmi,toiminimi;FI
        Ay;avoin yhtio;FI
        Osk;osk,osuuskunta;FI
        ehf.;ehf,einkahlutafelag;IS
        hf.;hf,hlutafelag;IS
        OÜ;ou,osauhing;EE
        SIA;sia,sabiedriba ar ierobezotu atbildibu;LV
        A/S (LV);akciju sabiedriba;LV
        UAB;uab,uzdaroji akcine bendrove;LT
        AB (LT);akcine bendrove;LT
        MB;mb,mazoji bendrija;LT
        Sp. z o.o.;sp z o o,sp z oo,sp zoo,spzoo,spolka z o o,spolka z oo,spolka z ograniczona odpowiedzialnoscia,z o o;PL
        Sp. z o.o. sp.k.;sp z o o sp k,sp z o o sp komandytowa,sp z oo sk;PL
        Sp.k.;sp k,spk,spolka komandytowa;PL
        Sp.j.;sp j,spj,spolka jawna;PL
        S.A. (PL);spolka akcyjna;PL
        P.S.A.;prosta spolka akcyjna;PL
        s.r.o.;sro,s r o,spol s r o,spolecnost s rucenim omezenym,spolocnost s rucenim obmedzenym,spol sro;CZ,SK
        a.s.;akciova spolecnost,akciova spolocnost;CZ,SK,TR
        v.o.s.;vos,verejna obchodni spolecnost;CZ,SK
        k.s.;ks,komanditni spolecnost;CZ,SK
        z.s.;zs,zapsany spolek;CZ
        Kft.;kft,korlatolt felelossegu tarsasag;HU
        Zrt.;zrt,zartkoruen mukodo reszvenytarsasag;HU
        Nyrt.;nyrt;HU
        Bt.;bt,beteti tarsasag;HU
        Rt.;reszvenytarsasag;HU
        Kkt.;kkt;HU
        d.o.o.;doo,d o o,drustvo s ogranicenom odgovornoscu,druzba z omejeno odgovornostjo,drustvo sa ogranicenom odgovornoscu,j d o o,jdoo;SI,HR,RS,BA,ME
        d.d.;d d,dionicko drustvo,delniska druzba;SI,HR,BA
        a.d.;akcionarsko drustvo;RS,ME,MK
        s.p. (SI);samostojni podjetnik;SI
        DOOEL;dooel;MK
        SRL (RO);societate cu raspundere limitata;RO
        PFA;pfa;RO
        EOOD;eood,e o o d;BG
        OOD;ood,o o d,druzhestvo s ogranichena otgovornost;BG
        AD;ad,a d,aktsionerno druzhestvo;BG,RS
        EAD;ead,e a d;BG
        ЕООД;еоод;BG
        ООД;оод;BG
        АД;ад;BG
        ЕАД;еад;BG
        ЕТ;ет;BG
        SH.P.K.;shpk,sh p k;AL,XK
        SH.A.;sh a;AL
        A.E.;anonimi etairia;GR
        Ε.Π.Ε.;επε;GR
        Α.Ε.;αε,ανωνυμη εταιρεια;GR
        Ι.Κ.Ε.;ικε;GR
        EPE;epe;GR
        IKE;ike;GR
        OOO;ooo,obshchestvo s ogranichennoi otvetstvennostyu;RU
        ООО;ооо,общество с ограниченной ответственностью;RU
        АО;ао,акционерное общество;RU
        ПАО;пао,публичное акционерное общество;RU
        ЗАО;зао;RU
        ОАО;оао;RU
        ИП;ип;RU
        PAO;pao;RU
        OAO;oao;RU
        ZAO;zao;RU
        JSC;jsc,ojsc,cjsc,pjsc,joint stock company,closed joint stock company,open joint stock company;RU,UA,KZ,VN
        ТОВ;тов,товариство з обмеженою відповідальністю;UA
        ПП;пп;UA
        ПАТ;пат;UA
        ПрАТ;прат;UA
        ФОП;фоп;UA
        TOV;tov;UA
        ТОО;тоо;KZ
        TOO;too;KZ
        MChJ;mchj,mas uliyati cheklangan jamiyati;UZ
        A.Ş.;anonim sirketi,a s;TR
        Ltd. Şti.;ltd sti,limited sirketi,san ve tic ltd sti,tic ltd sti,san ve tic a s,san tic ltd sti;TR
        K.K.;k k,kabushiki kaisha,kabushiki gaisha;JP
        G.K.;g k,godo kaisha;JP
        Y.K.;y k,yugen kaisha;JP
        株式会社;株式会社;JP
        有限会社;有限会社;JP
        合同会社;合同会社;JP
        有限公司;有限公司,有限责任公司,股份有限公司;CN,TW,HK
        주식회사;주식회사;KR
        FZE;fze,fz llc,fzc,fzco,fz-llc,dmcc;AE
        WLL;wll,w l l;QA,BH,KW
        SAOC;saoc,saog;OM
        PJSC;psc;AE
        SAL;sal,s a l;LB
        SAE;sae,s a e;EG
        SUARL;suarl;TN,SN
        CC;cc_,close corporation;ZA
        NPC;npc,rf npc;ZA
        (Pty);proprietary;ZA
        TNHH;tnhh,cong ty tnhh,cong ty co phan,ctcp;VN
        PCL;pcl,public co ltd,public company limited;TH
        """;

    /// <summary>Every legal form that is known.</summary>
    public static ImmutableArray<LegalForm> All { get; } =
    [
        .. Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';'))
            .Select(p => new LegalForm(p[0], [.. p[1].Split(',').Where(s => !s.EndsWith('_'))], [.. p[2].Split(',')])),
    ];

    // By folded spelling.
    private static readonly FrozenDictionary<string, LegalForm> Spellings = All.SelectMany(f => f.Spellings.Select(s => (Key: Words(s), Form: f)))
        .GroupBy(s => s.Key).ToFrozenDictionary(g => g.Key, g => g.First().Form, StringComparer.Ordinal);

    // Forms that are words, initials or parts of names as well: only at the very end, and not in front or between.
    private static readonly FrozenSet<string> OnlyAtTheEnd =
        new[] { "pa", "pc", "na", "lp", "lc", "as", "sa", "se", "ag", "ab", "ad", "og", "eg", "eu", "ev", "ek", "kg", "sl", "nv", "bv", "cv", "bt", "ks", "zs", "ky", "hb", "mb", "hf", "sca", "scs", "sci", "sac", "sad", "sal", "sae", "ans", "asa", "da", "sc",
            "limited", "partnership", "corp", "psc", "ike", "epe", "pty", "pte", "pvt", "ou", "ua", "publ", "tov", "sia", "cic", "dac", "ccc", "clg", "fsb", "epp", "enk", "spa", "stichting" }.ToFrozenSet(StringComparer.Ordinal);

    // Forms that stand in front.
    private static readonly FrozenSet<string> InFront =
        new[] { "oy", "ab", "pt", "cv", "ooo", "ооо", "ао", "пао", "зао", "оао", "ип", "тов", "пп", "пат", "прат", "фоп", "тоо", "uab", "ab", "sia", "as", "株式会社", "有限会社", "합동", "주식회사", "stichting", "tnhh", "cong ty tnhh", "cong ty co phan", "акционерное общество", "общество с ограниченной ответственностью", "k k" }
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How the words read: folded to lower case without accents, points and commas gone, one space between.</summary>
    internal static string Words(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '.' or ',' or '(' or ')' or '_' or '’' or '\'' or '"') continue;
            if (c < 0x80) folded.Append(char.ToLowerInvariant(c));
            else if (c < 0x250) folded.Append(c.ToString().Transliterate().ToLowerInvariant());
            else folded.Append(char.ToLowerInvariant(c));
        }

        return folded.ToString().Trim();
    }

    /// <summary>The form that these folded words spell; null for none.</summary>
    internal static LegalForm? Find(ReadOnlySpan<string> words)
    {
        if (words.Length == 1) return Spellings.GetValueOrDefault(words[0]);
        if (Spellings.TryGetValue(string.Join(' ', words), out var form)) return form;
        // "L.L. C.", "p. c.": initials that were parted.
        foreach (var word in words)
            if (word.Length is 0 or > 2) return null;
        var compact = string.Concat(words);
        return compact.Length <= 5 ? Spellings.GetValueOrDefault(compact) : null;
    }

    internal static bool MayStandInFront(string words) => InFront.Contains(words);

    internal static bool MayStandBetween(string words) => words.Length is > 1 and <= 5 && !OnlyAtTheEnd.Contains(words) && !words.Contains(' ');
}
