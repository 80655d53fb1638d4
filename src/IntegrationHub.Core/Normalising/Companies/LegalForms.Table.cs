using System.Collections.Immutable;

namespace IntegrationHub.Normalising;

public static partial class LegalForms
{
    // Form ; spellings ; jurisdictions. A spelling of single letters with blanks ("c a") is read in initials with points or blanks only: without them it is a word, or a state.
    // "Corporation", "Company" and "Co" are part of the name here; Companies.Key leaves them out.
    private const string Table = """
        Inc.;inc,incorporated,incorporation,incorporee;US,CA,PH
        LLC;llc,limited liability company,l l c,limited liability co,lc;US
        PLLC;pllc,professional limited liability company;US
        LLP;llp,limited liability partnership,l l p;US,GB,IN,SG,AU,CA
        LLLP;lllp,limited liability limited partnership;US
        LP;lp,limited partnership,l p;US,CA,GB
        GP;general partnership;US
        PC;pc,professional corporation,p c,professional corp;US
        PA;pa,professional association,p a;US
        SC;sc,service corporation;US,RO
        PLC;plc,public limited company,pub ltd co,p l c;GB,IE,MT
        FSB;fsb,federal savings bank;US
        NA;national association,n a;US
        Ltd.;ltd,limited,ltd co,limitee,ltee,pvt co ltd,nig ltd,nigeria ltd,inc/ltee,ltee/inc,ltd/ltee,ltee/ltd,ltd part,ltd lp;GB,IE,CA,AU,NZ,IN,HK,NG,KE,GH,IL
        CIC;cic,community interest company;GB
        CLG;clg,company limited by guarantee;IE
        DAC;dac,designated activity company;IE
        UC;unlimited company,ulc,unlimited liability company;IE,GB,CA,US
        CCC;cyfyngedig,cyf,ccc;GB
        Pty Ltd;pty ltd,pty limited,proprietary limited,pty;AU,ZA,BW
        Pte Ltd;pte ltd,pte limited,private limited,pte;SG
        Pvt Ltd;pvt ltd,pvt limited,private ltd,p ltd,pvt,private limited company;IN,PK,BD,LK
        OPC;opc,opc pvt ltd;IN
        Sdn Bhd;sdn bhd,sendirian berhad,sdn berhad,bhd,berhad;MY,BN
        PT;pt,perseroan terbatas,tbk,pt persero,persero;ID
        CV;cv,commanditaire vennootschap;ID,NL,BE
        Co., Ltd.;co ltd,company ltd,company limited,co limited;CN,JP,TH,KR,TW
        GmbH;gmbh,gesellschaft mit beschrankter haftung,gesellschaft mbh,ges mbh,gesmbh,mbh,g m b h,ges m b h,gesellschaft m b h;DE,AT,CH
        gGmbH;ggmbh;DE
        UG;ug,ug haftungsbeschrankt,unternehmergesellschaft,unternehmergesellschaft haftungsbeschrankt;DE
        AG;ag,aktiengesellschaft;DE,AT,CH,LI
        KG;kg,kommanditgesellschaft,co kg,& co kg;DE,AT,CH
        KGaA;kgaa,kommanditgesellschaft auf aktien;DE
        OHG;ohg,offene handelsgesellschaft;DE
        OG;og,offene gesellschaft;AT
        GbR;gbr,gesellschaft burgerlichen rechts,bgb gesellschaft;DE
        e.K.;ek,e k,e kfm,e kfr,eingetragener kaufmann,eingetragene kauffrau;DE
        e.U.;e u,eingetragenes einzelunternehmen;AT
        eG;eg,eingetragene genossenschaft;DE
        e.V.;ev,e v,eingetragener verein;DE
        VVaG;vvag;DE
        PartG mbB;partg,partg mbb,part mbb;DE
        SE;se,societas europaea;EU
        SCE;sce;EU
        SA;sa,s a,societe anonyme,sociedad anonima,sociedade anonima,societa anonima;FR,BE,LU,CH,ES,PT,BR,AR,MX,PL,GR,RO
        SAS;sas,societe par actions simplifiee,sociedad por acciones simplificada,s a s;FR,CO,AR
        SASU;sasu;FR
        SARL;sarl,s a r l,societe a responsabilite limitee,sarlu,sarl au,sarls,sarl s,s a r l s;FR,LU,CH,MA,TN,DZ,LB
        EURL;eurl;FR
        SNC;snc,societe en nom collectif,societa in nome collettivo;FR,IT,BE
        SCS;scs;FR,LU
        SCA;sca;FR,LU
        SCI;sci,societe civile immobiliere;FR
        SCOP;scop;FR
        GIE;gie;FR
        SCRL;scrl,scrlfs;BE
        SPRL;sprl,sprlu;BE
        SRL;srl,s r l,srl unipersonale,srl a socio unico,s r l unipersonale,societa a responsabilita limitata,sociedad de responsabilidad limitada,srls;IT,BE,RO,AR,MX,DO,MD
        S.p.A.;spa,spa a socio unico,spa unipersonale,s p a,societa per azioni;IT,CL,DZ
        S.a.p.a.;sapa;IT
        S.a.s.;societa in accomandita semplice;IT
        Soc. coop.;soc coop,societa cooperativa,soc coop arl,scarl,s c a r l,s c r l,scpa,s coop,sociedad cooperativa,scoop;IT,ES
        SL;sl,sl unipersonal,s l,sociedad limitada,slu,s l u,slne,sociedad limitada unipersonal;ES
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
        Coöp.;cooperatie ua,ua,u a,cooperatieve ua,cooperatief ua;NL
        AB;ab,aktiebolag,ab publ,publ,aktiebolaget,a b;SE,FI
        HB;hb,handelsbolag;SE
        KB;kommanditbolag;SE
        Ek. för.;ekonomisk forening,ek for;SE
        A/S;a/s,aktieselskab,aktieselskabet;DK
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
        s.r.o.;sro,s r o,spol s r o,spolecnost s rucenim omezenym,spolocnost s rucenim obmedzenym,spol sro,spolecnost s r o;CZ,SK
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
        JSC;jsc,ojsc,cjsc,pjsc,joint stock company,closed joint stock company,open joint stock company,private joint stock company,public joint stock company;RU,UA,KZ,VN
        ТОВ;тов,товариство з обмеженою відповідальністю;UA
        ПП;пп;UA
        ПАТ;пат;UA
        ПрАТ;прат;UA
        ФОП;фоп;UA
        TOV;tov;UA
        ТОО;тоо;KZ
        TOO;too;KZ
        MChJ;mchj,mas uliyati cheklangan jamiyati;UZ
        A.Ş.;anonim sirketi,a s,san ve tic a s,san ve tic as,san tic a s,sanayi ve ticaret a s,sanayi ve ticaret as,sanayi ve ticaret anonim sirketi,san ve tic anonim sirketi,ve ticaret a s,ve tic a s,ticaret a s,tic a s;TR
        Ltd. Şti.;ltd sti,limited sirketi,san ve tic ltd sti,tic ltd sti,san tic ltd sti,sanayi ve ticaret ltd sti,sanayi ve ticaret limited sirketi,san ve tic limited sirketi,ve ticaret ltd sti,ve tic ltd sti,ticaret ltd sti,ticaret limited sirketi,sanayi ticaret ltd sti,limited sti;TR
        K.K.;k k,kabushiki kaisha,kabushiki gaisha;JP
        G.K.;g k,godo kaisha;JP
        Y.K.;y k,yugen kaisha;JP
        FZE;fze,fz llc,fzc,fzco,fz-llc,dmcc,llc fz,llc-fz,fzllc;AE
        WLL;wll,w l l;QA,BH,KW
        SAOC;saoc,saog;OM
        PJSC;psc;AE
        SAL;sal,s a l;LB
        SAE;sae,s a e;EG
        SUARL;suarl;TN,SN
        CC;cc_,close corporation;ZA
        NPC;npc,rf npc;ZA
        (Pty);proprietary;ZA
        TNHH;tnhh,cong ty tnhh,cong ty co phan,ctcp,cong ty tnhh mtv,cong ty tnhh mot thanh vien,cong ty trach nhiem huu han,cong ty cp,tnhh mtv;VN
        PCL;pcl,public co ltd,public company limited;TH
        GmbH & Co. KG;gmbh & co kommanditgesellschaft,gmbh & compagnie kg,gmbh & co kg,gmbh & co kgaa,gmbh & co ohg,gmbh & co og,gmbh & cie kg,gmbh & cie kgaa,gmbh & cie ohg,gmbh & cie og,mbh & co kg,mbh & co kgaa,mbh & co ohg,mbh & co og,mbh & cie kg,mbh & cie kgaa,mbh & cie ohg,mbh & cie og,gmbh & cokg,gmbh & cokgaa,gmbh co kg,gmbh u co kg;DE,AT
        AG & Co. KG;ag & co kg,ag & co kgaa,ag & co ohg,se & co kg,se & co kgaa,se & co ohg,ug & co kg,ug & co kgaa,ug & co ohg,ltd & co kg,ltd & co kgaa,ltd & co ohg,stiftung & co kg,stiftung & co kgaa,stiftung & co ohg,ug haftungsbeschrankt & co kg,ug haftungsbeschrankt & co kgaa,ug haftungsbeschrankt & co ohg,limited & co kg,limited & co kgaa,limited & co ohg,sa & co kg,sa & co kgaa,sa & co ohg,sarl & co kg,sarl & co kgaa,sarl & co ohg,kg & co;DE
        NL;no liability;AU
        Enr.;enr,enregistree;CA
        SEC;societe en commandite;CA,FR
        SENC;senc,s e n c,sencrl,s e n c r l;CA
        Sagl;sagl;CH
        Anstalt;anstalt;LI
        SCSp;scsp,sicav;LU
        P/F;p/f;FO
        Sp/f;sp/f;FO
        G/S;g/s;DK
        F.m.b.a.;fmba,smba;DK
        slf.;slf;IS
        BA;b a;NO
        IKS;iks;NO
        ry;ry,rekisteroity yhdistys;FI
        MTÜ;mtu,mittetulundusuhing;EE
        FIE;fie;EE
        IK;individualais komersants;LV
        VšĮ;vsi,viesoji istaiga;LT
        IĮ;individuali imone;LT
        S.K.A.;s k a,spolka komandytowo akcyjna;PL
        s.c. (PL);s c,spolka cywilna;PL
        sp.p.;sp p,spolka partnerska;PL
        o.p.s.;o p s,obecne prospesna spolecnost;CZ
        z.ú.;z u,zapsany ustav;CZ
        n.o.;n o;SK
        Kht.;kht;HU
        d.n.o.;d n o;SI
        k.d.;k d;SI,HR
        obrt;obrt;HR
        A.C.;a c,asociacion civil;MX
        S.C. (MX);sociedad civil;MX,ES
        SGPS;sgps,sgps sa;PT
        Cía. Ltda.;cia ltda,compania limitada;EC,CO
        SAIC;saic,s a i c,saci,s a c i,s a c i f i a,sacif;AR
        A.I.E.;a i e;ES
        P.L.T.;plt;MY
        Koperasi;koperasi;ID
        KSC;k s c,kscc,k s c c,kscp,k s c p;KW
        QPSC;qpsc,q p s c,q s c;QA
        BSC;b s c,bsc c;BH
        ذ.م.م;ذمم,شذمم,ش ذمم;EG,AE,SA,JO,LB,KW,QA
        ش.م.م;شمم;EG
        ش.م.ع;شمع;AE,OM
        ش.م.ك;شمك;KW
        בע"מ;בעמ;IL
        จำกัด;จำกัด,จำกัด มหาชน,จำกัดมหาชน;TH
        შპს;შპს;GE
        სს;სს;GE
        ՍՊԸ;սպը;AM
        ՓԲԸ;փբը;AM
        ԲԲԸ;բբը;AM
        MMC;mmc,mehdud mesuliyyetli cemiyyet;AZ
        ASC;asc,qsc;AZ
        ЧП;чп;RU,BY,UA
        ОДО;одо;BY
        ЧУП;чуп;BY
        НКО;нко,ано,гуп,муп,фгуп;RU
        ТДВ;тдв;UA
        ЗАТ;зат,ват;UA
        Ο.Ε.;οε,ομορρυθμη εταιρεια;GR,CY
        Ε.Ε.;εε;GR
        ΛΤΔ;λτδ;CY
        ООД (RS);доо,д о о;RS,MK,BA,ME
        """;

    /// <summary>Forms of scripts without blanks between words, which stand at either end of a name; the longer before what they contain.</summary>
    internal static readonly ImmutableArray<string> Attached =
    [
        "股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "股份公司", "株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "一般社団法人", "一般財団法人", "公益社団法人", "公益財団法人", "特定非営利活動法人",
        "(株)", "（株）", "㈱", "(有)", "（有）", "㈲", "(同)", "（同）", "유한책임회사", "주식회사", "유한회사", "(주)", "（주）", "㈜", "(유)", "（유）", "재단법인", "사단법인",
        "จำกัด (มหาชน)", "จำกัด(มหาชน)", "จำกัด", "ห้างหุ้นส่วนจำกัด", "ห้างหุ้นส่วน", "บริษัท",
    ];
}
