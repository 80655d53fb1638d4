using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>ISO 3166-1: alpha-2, alpha-3, and the names that people write.</summary>
internal static class CountryTable
{
    // alpha-2, alpha-3, then names: English first, own language, common variants. Folded when read.
    private const string Table = """
        AD AND Andorra
        AE ARE United Arab Emirates;UAE;Emirates;Vereinigte Arabische Emirate;Emirats arabes unis;U.A.E.;الإمارات العربية المتحدة
        AF AFG Afghanistan
        AG ATG Antigua and Barbuda;Antigua
        AI AIA Anguilla
        AL ALB Albania;Albanien;Albanie;Shqiperia
        AM ARM Armenia;Armenien
        AO AGO Angola
        AQ ATA Antarctica
        AR ARG Argentina;Argentinien;Argentine
        AS ASM American Samoa
        AT AUT Austria;Österreich;Oesterreich;Autriche;Oostenrijk;Австрия;Austrija;Áustria;Republik Österreich;Rakousko;Itävalta;奥地利;オーストリア
        AU AUS Australia;Australien;Australie;Commonwealth of Australia
        AW ABW Aruba
        AX ALA Åland Islands;Aland
        AZ AZE Azerbaijan;Aserbaidschan
        BA BIH Bosnia and Herzegovina;Bosnia;Bosnien und Herzegowina;Bosnia-Herzegovina
        BB BRB Barbados
        BD BGD Bangladesh
        BE BEL Belgium;Belgien;Belgique;België;Belgie;Belgica;Koninkrijk België;Royaume de Belgique;Бельгия;Bélgica;Belgio;Belgien
        BF BFA Burkina Faso
        BG BGR Bulgaria;Bulgarien;Bulgarie;България
        BH BHR Bahrain
        BI BDI Burundi
        BJ BEN Benin
        BL BLM Saint Barthélemy
        BM BMU Bermuda
        BN BRN Brunei;Brunei Darussalam
        BO BOL Bolivia;Plurinational State of Bolivia;Bolivia, Plurinational State of
        BQ BES Bonaire, Sint Eustatius and Saba;Caribbean Netherlands
        BR BRA Brazil;Brasil;Brasilien;Brésil;Brazilië;巴西
        BS BHS Bahamas
        BT BTN Bhutan
        BV BVT Bouvet Island
        BW BWA Botswana
        BY BLR Belarus;Weissrussland;Weißrussland;Беларусь;Белоруссия;Belorussia
        BZ BLZ Belize
        CA CAN Canada;Kanada
        CC CCK Cocos (Keeling) Islands
        CD COD Democratic Republic of the Congo;DR Congo;Congo, Democratic Republic;Congo-Kinshasa;DRC;Zaire;Congo, The Democratic Republic of the
        CF CAF Central African Republic
        CG COG Congo;Republic of the Congo;Congo-Brazzaville
        CH CHE Switzerland;Schweiz;Suisse;Svizzera;Suiza;Zwitserland;Swiss Confederation;Швейцария;Zwitserse;Szwajcaria;Schweiz;Suíça;Confoederatio Helvetica;Swiss;Svizra;瑞士;スイス;Švýcarsko;Schweizerische Eidgenossenschaft;Confédération suisse
        CI CIV Côte d'Ivoire;Ivory Coast;Elfenbeinküste;Cote dIvoire
        CK COK Cook Islands
        CL CHL Chile
        CM CMR Cameroon;Kamerun;Cameroun
        CN CHN China;People's Republic of China;PRC;Mainland China;中国;Chine;Китай;Chiny;Cina;中华人民共和国;中國
        CO COL Colombia;Kolumbien
        CR CRI Costa Rica
        CU CUB Cuba;Kuba
        CV CPV Cabo Verde;Cape Verde
        CW CUW Curaçao
        CX CXR Christmas Island
        CY CYP Cyprus;Zypern;Chypre;Kypros;Κύπρος
        CZ CZE Czechia;Czech Republic;Tschechien;Tschechische Republik;Česko;Ceska republika;République tchèque
        DE DEU Germany;Deutschland;Allemagne;Alemania;Germania;Duitsland;Federal Republic of Germany;BRD;Bundesrepublik Deutschland;Tyskland;Niemcy;Германия;ドイツ;德国;Njemačka;Německo;Saksa;Almanya;Alemanha;Γερμανία;Deutsch;Germany (Federal Republic);West Germany
        DJ DJI Djibouti
        DK DNK Denmark;Dänemark;Danmark;Danemark;Dinamarca
        DM DMA Dominica
        DO DOM Dominican Republic;República Dominicana
        DZ DZA Algeria;Algerien;Algérie
        EC ECU Ecuador
        EE EST Estonia;Estland;Eesti
        EG EGY Egypt;Ägypten;Egypte;مصر;Misr
        EH ESH Western Sahara
        ER ERI Eritrea
        ES ESP Spain;España;Spanien;Espagne;Spagna;Spanje;Kingdom of Spain;Hiszpania;Испания;Espanha;西班牙;スペイン;Španělsko
        ET ETH Ethiopia;Äthiopien
        FI FIN Finland;Finnland;Suomi;Finlande;Suomen tasavalta;Финляндия
        FJ FJI Fiji
        FK FLK Falkland Islands;Malvinas
        FM FSM Micronesia;Federated States of Micronesia
        FO FRO Faroe Islands;Faeroe Islands
        FR FRA France;Frankreich;Francia;Frankrijk;French Republic;République française;Frankrig;Frankrike;Francja;Франция;França;法国;フランス;Francie
        GA GAB Gabon
        GB GBR United Kingdom;UK;Great Britain;Britain;England;Scotland;Wales;Northern Ireland;United Kingdom of Great Britain and Northern Ireland;Vereinigtes Königreich;Grossbritannien;Großbritannien;Royaume-Uni;Grande-Bretagne;Reino Unido;Regno Unito;Verenigd Koninkrijk;U.K.;G.B.;Great Britain and Northern Ireland;Gran Bretaña;Gran Bretagna;Groot-Brittannië;Cymru;Alba;Великобритания;Wielka Brytania;Storbritannien;Storbritannia;Velká Británie;英国;イギリス;Grã-Bretanha
        GD GRD Grenada
        GE GEO Georgia;Georgien;საქართველო;Sakartvelo;Georgien
        GF GUF French Guiana
        GG GGY Guernsey
        GH GHA Ghana
        GI GIB Gibraltar
        GL GRL Greenland;Grönland
        GM GMB Gambia
        GN GIN Guinea
        GP GLP Guadeloupe
        GQ GNQ Equatorial Guinea
        GR GRC Greece;Griechenland;Grèce;Hellas;Ελλάδα;Ellada;Hellenic Republic;Ελλάδα;Ellada;Hellas;Hellenic Republic;Griechenland;Grèce;Grecia;Griekenland
        GS SGS South Georgia and the South Sandwich Islands
        GT GTM Guatemala
        GU GUM Guam
        GW GNB Guinea-Bissau
        GY GUY Guyana
        HK HKG Hong Kong;Hongkong;Hong Kong SAR;Hong Kong SAR;Hong Kong S.A.R.;香港
        HM HMD Heard Island and McDonald Islands
        HN HND Honduras
        HR HRV Croatia;Kroatien;Hrvatska;Croatie;Hrvatska;Kroatien
        HT HTI Haiti
        HU HUN Hungary;Ungarn;Magyarország;Hongrie;Magyarország;Ungarn;Hongrie;Hungría;Ungheria
        ID IDN Indonesia;Indonesien
        IE IRL Ireland;Irland;Éire;Irlande;Republic of Ireland;Ierland;Irlanda;Éire / Ireland;Eire;Irish Republic;Southern Ireland;Ирландия
        IL ISR Israel;ישראל
        IM IMN Isle of Man
        IN IND India;Indien;Inde;Bharat;Bharat;भारत;Indien;Inde
        IO IOT British Indian Ocean Territory
        IQ IRQ Iraq;Irak
        IR IRN Iran;Islamic Republic of Iran;Iran, Islamic Republic of
        IS ISL Iceland;Island;Islande;Ísland;Island
        IT ITA Italy;Italia;Italien;Italie;Italiaan;Włochy;Италия;Itália;意大利;イタリア;Italian Republic;Italië
        JE JEY Jersey
        JM JAM Jamaica
        JO JOR Jordan;Jordanien
        JP JPN Japan;Nippon;日本;Japon;日本;Япония;Japon;Giappone;Japonia
        KE KEN Kenya;Kenia
        KG KGZ Kyrgyzstan
        KH KHM Cambodia;Kambodscha
        KI KIR Kiribati
        KM COM Comoros
        KN KNA Saint Kitts and Nevis
        KP PRK North Korea;Democratic People's Republic of Korea;DPRK;Korea, North;Korea (North);Nordkorea;Corée du Nord;Korea Democratic People's Republic
        KR KOR South Korea;Korea;Republic of Korea;Südkorea;Corée du Sud;대한민국;한국;Korea, South;Korea (South);Korea, Republic of
        KW KWT Kuwait
        KY CYM Cayman Islands
        KZ KAZ Kazakhstan;Kasachstan;Казахстан
        LA LAO Laos;Lao People's Democratic Republic;Lao PDR
        LB LBN Lebanon;Libanon;Liban
        LC LCA Saint Lucia
        LI LIE Liechtenstein
        LK LKA Sri Lanka
        LR LBR Liberia
        LS LSO Lesotho
        LT LTU Lithuania;Litauen;Lietuva;Lituanie;Lietuva;Litauen
        LU LUX Luxembourg;Luxemburg;Lëtzebuerg;Luxemburg;Grand Duchy of Luxembourg
        LV LVA Latvia;Lettland;Latvija;Latvija;Lettland
        LY LBY Libya;Libyen
        MA MAR Morocco;Marokko;Maroc
        MC MCO Monaco
        MD MDA Moldova;Republic of Moldova;Moldawien;Moldova, Republic of;Moldavia
        ME MNE Montenegro;Crna Gora
        MF MAF Saint Martin
        MG MDG Madagascar;Madagaskar
        MH MHL Marshall Islands
        MK MKD North Macedonia;Macedonia;Mazedonien;Nordmazedonien;The former Yugoslav Republic of Macedonia;FYROM;Северна Македонија
        ML MLI Mali
        MM MMR Myanmar;Burma
        MN MNG Mongolia;Mongolei
        MO MAC Macao;Macau;Macau;Macao SAR;澳門
        MP MNP Northern Mariana Islands
        MQ MTQ Martinique
        MR MRT Mauritania
        MS MSR Montserrat
        MT MLT Malta
        MU MUS Mauritius
        MV MDV Maldives;Malediven
        MW MWI Malawi
        MX MEX Mexico;México;Mexiko;Mexique;México;Mexiko;Estados Unidos Mexicanos
        MY MYS Malaysia
        MZ MOZ Mozambique;Mosambik
        NA NAM Namibia
        NC NCL New Caledonia
        NE NER Niger
        NF NFK Norfolk Island
        NG NGA Nigeria
        NI NIC Nicaragua
        NL NLD Netherlands;Nederland;Niederlande;Pays-Bas;Holland;Países Bajos;Paesi Bassi;The Netherlands;Holandia;Нидерланды;Голландия;Países Baixos;Nederländerna;荷兰;オランダ;Olanda;Holanda;Hollande;Nizozemsko
        NO NOR Norway;Norwegen;Norge;Norvège;Noruega;Norge;Noreg;Norwegen;Norvège;Noruega;Norvegia;Noorwegen
        NP NPL Nepal
        NR NRU Nauru
        NU NIU Niue
        NZ NZL New Zealand;Neuseeland;Aotearoa;Nouvelle-Zélande;Aotearoa;Neuseeland;Nouvelle-Zélande;Nueva Zelanda;Nieuw-Zeeland;Nuova Zelanda
        OM OMN Oman
        PA PAN Panama
        PE PER Peru;Perú;Pérou
        PF PYF French Polynesia
        PG PNG Papua New Guinea
        PH PHL Philippines;Philippinen;Pilipinas
        PK PAK Pakistan
        PL POL Poland;Polen;Polska;Pologne;Polonia;Polska;Polen;Pologne;Polonia;Польша;Polônia;Polsko
        PM SPM Saint Pierre and Miquelon
        PN PCN Pitcairn
        PR PRI Puerto Rico
        PS PSE Palestine;State of Palestine;Palestinian Territory;Palestine, State of;Palestinian Territories
        PT PRT Portugal;Portuguese Republic;Portugal;Portugalia
        PW PLW Palau
        PY PRY Paraguay
        QA QAT Qatar;Katar
        RE REU Réunion
        RO ROU Romania;Rumänien;România;Roumanie;România;Rumänien;Roumanie
        RS SRB Serbia;Serbien;Srbija;Srbija;Serbien;Србија
        RU RUS Russia;Russian Federation;Russland;Россия;Rossiya;Russie;Rusia;Российская Федерация;Rusland;Rosja;Rosiya;Rússia;Ryssland;Rusko;Rossiyskaya Federatsiya;俄罗斯;ロシア
        RW RWA Rwanda;Ruanda
        SA SAU Saudi Arabia;Saudi-Arabien;KSA;Kingdom of Saudi Arabia;KSA;Kingdom of Saudi Arabia;Saudi Arabien;المملكة العربية السعودية
        SB SLB Solomon Islands
        SC SYC Seychelles
        SD SDN Sudan
        SE SWE Sweden;Schweden;Sverige;Suède;Suecia;Sverige;Schweden;Suède;Suecia;Svezia;Zweden
        SG SGP Singapore;Singapur;新加坡
        SH SHN Saint Helena
        SI SVN Slovenia;Slowenien;Slovenija;Slovenija;Slowenien
        SJ SJM Svalbard and Jan Mayen
        SK SVK Slovakia;Slowakei;Slovensko;Slovak Republic;Slovensko;Slowakei;Slovak Republic
        SL SLE Sierra Leone
        SM SMR San Marino
        SN SEN Senegal
        SO SOM Somalia
        SR SUR Suriname
        SS SSD South Sudan
        ST STP Sao Tome and Principe
        SV SLV El Salvador;Salvador
        SX SXM Sint Maarten
        SY SYR Syria;Syrian Arab Republic;Syrien
        SZ SWZ Eswatini;Swaziland
        TC TCA Turks and Caicos Islands
        TD TCD Chad
        TF ATF French Southern Territories
        TG TGO Togo
        TH THA Thailand;ประเทศไทย;Siam
        TJ TJK Tajikistan
        TK TKL Tokelau
        TL TLS Timor-Leste;East Timor
        TM TKM Turkmenistan
        TN TUN Tunisia;Tunesien;Tunisie
        TO TON Tonga
        TR TUR Turkey;Türkei;Türkiye;Turquie;Turquía;Turkiye;Republic of Türkiye;Turkije;Турция;Turcja
        TT TTO Trinidad and Tobago;Trinidad
        TV TUV Tuvalu
        TW TWN Taiwan;Taiwan, Province of China;Republic of China;台灣;臺灣;Formosa
        TZ TZA Tanzania;United Republic of Tanzania;Tansania;Tanzania, United Republic of
        UA UKR Ukraine;Україна;Ukraina;Украина;Україна;Ukrajina;Ucrania;Ukraina
        UG UGA Uganda
        UM UMI United States Minor Outlying Islands
        US USA United States;United States of America;U.S.A.;U.S.;America;Vereinigte Staaten;Vereinigte Staaten von Amerika;États-Unis;Estados Unidos;Stati Uniti;Verenigde Staten;EUA;EEUU;EE.UU.;Amerika;United States of North America;The States;USA United States;U S A;Соединенные Штаты Америки;США;Stany Zjednoczone;Förenta staterna;Spojené státy;美国;アメリカ;アメリカ合衆国;Estados Unidos da América;Estados Unidos de América;Stati Uniti d'America;États-Unis d'Amérique
        UY URY Uruguay
        UZ UZB Uzbekistan;Usbekistan
        VA VAT Holy See;Vatican;Vatican City;Vatikan
        VC VCT Saint Vincent and the Grenadines;Saint Vincent
        VE VEN Venezuela;Bolivarian Republic of Venezuela;Venezuela, Bolivarian Republic of;Bolivarian Republic of Venezuela
        VG VGB British Virgin Islands;Virgin Islands, British
        VI VIR US Virgin Islands;Virgin Islands, U.S.
        VN VNM Vietnam;Viet Nam;Việt Nam;Socialist Republic of Viet Nam
        VU VUT Vanuatu
        WF WLF Wallis and Futuna
        WS WSM Samoa
        YE YEM Yemen;Jemen
        YT MYT Mayotte
        ZA ZAF South Africa;Südafrika;Afrique du Sud;RSA;Republic of South Africa
        ZM ZMB Zambia;Sambia
        ZW ZWE Zimbabwe;Simbabwe
        XK XKX Kosovo;Kosova;Косово
        """;

    // Names of countries that have another name now, by today's code.
    private const string Former = """
        BF Upper Volta;Haute-Volta;Obervolta
        BJ Dahomey
        BW Bechuanaland
        BY Byelorussia;Byelorussian SSR;BYS
        BZ British Honduras
        CD Belgian Congo;ZAR
        DE East Germany;GDR;DDR;German Democratic Republic;Deutsche Demokratische Republik;FRG
        ET Abyssinia
        GH Gold Coast
        GQ Spanish Guinea
        GY British Guiana
        IQ Mesopotamia
        IR Persia;Persien;Perse
        KH Kampuchea;Khmer Republic
        KI Gilbert Islands
        LK Ceylon
        LS Basutoland
        MM BUR
        MW Nyasaland
        MY Malaya;Federation of Malaya
        NA South West Africa
        RO ROM
        SR Dutch Guiana;Surinam
        TG Togoland
        TL TMP;Portuguese Timor
        TV Ellice Islands
        TZ Tanganyika;Zanzibar
        VN North Vietnam;South Vietnam
        VU New Hebrides
        YE South Yemen;North Yemen;YMD
        ZM Northern Rhodesia
        ZW Rhodesia;Southern Rhodesia
        """;

    // Codes of the Olympic committees where they are not ISO's and no other country's.
    private const string Olympic =
        "ALG DZ,ANG AO,ARU AW,ASA AS,BAH BS,BAN BD,BAR BB,BER BM,BHU BT,BIZ BZ,BOT BW,BUL BG,CAM KH,CHA TD,CHI CL,CRC CR,CRO HR,DEN DK,ESA SV,FIJ FJ,GAM GM,GER DE,GRE GR,GRN GD,GUA GT,GUI GN,HAI HT,HON HN,INA ID,IRI IR,KSA SA,KUW KW,LAT LV,LBA LY,LES LS,MAD MG,"
        + "MAS MY,MRI MU,MTN MR,MYA MM,NCA NI,NED NL,NEP NP,NGR NG,NIG NE,OMA OM,PAR PY,PHI PH,PLE PS,POR PT,PUR PR,RSA ZA,SEY SC,SKN KN,SLO SI,SOL SB,SRI LK,SUD SD,SUI CH,TAN TZ,TGA TO,TOG TG,TPE TW,TRI TT,UAE AE,URU UY,VAN VU,VIE VN,ZAM ZM,ZIM ZW,GBR GB,ENG GB,SCO GB,WAL GB";

    /// <summary>States that fell apart, folded, to the successor that is perhaps meant.</summary>
    public static FrozenDictionary<string, string> FellApart { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ussr"] = "RU",
        ["soviet union"] = "RU",
        ["union soviet socialist republics"] = "RU",
        ["sowjetunion"] = "RU",
        ["udssr"] = "RU",
        ["urss"] = "RU",
        ["sssr"] = "RU",
        ["sun"] = "RU",
        ["su"] = "RU",
        ["yugoslavia"] = "RS",
        ["jugoslawien"] = "RS",
        ["jugoslavija"] = "RS",
        ["yougoslavie"] = "RS",
        ["former yugoslavia"] = "RS",
        ["yug"] = "RS",
        ["yu"] = "RS",
        ["serbia montenegro"] = "RS",
        ["serbien montenegro"] = "RS",
        ["serbien und montenegro"] = "RS",
        ["scg"] = "RS",
        ["czechoslovakia"] = "CZ",
        ["tschechoslowakei"] = "CZ",
        ["tchecoslovaquie"] = "CZ",
        ["ceskoslovensko"] = "CZ",
        ["csk"] = "CZ",
        ["cssr"] = "CZ",
        ["netherlands antilles"] = "CW",
        ["nederlandse antillen"] = "CW",
        ["dutch antilles"] = "CW",
        ["ant"] = "CW",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names in some sixty languages and numeric codes, folded; without those that two countries share. What <see cref="Names"/> knows counts first.</summary>
    public static Dictionary<string, string> Exonyms()
    {
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (code, line) in DataFile.Rows("country-names.txt"))
            foreach (var name in line.Split(';'))
            {
                var folded = Countries.Fold(name);
                if (folded.Length < 3 || folded.Length == 3 && char.IsAsciiLetter(folded[0]) && System.Text.Ascii.IsValid(name)) continue;
                names[folded] = names.TryGetValue(folded, out var other) && other != code ? null : code;
            }

        return names.Where(n => n.Value is not null).ToDictionary(n => n.Key, n => n.Value!, StringComparer.Ordinal);
    }

    /// <summary>Every name and code, folded, to its alpha-2 code.</summary>
    public static FrozenDictionary<string, string> Names()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var rows = Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(' ', 3)).ToList();
        foreach (var row in rows) names.Add(row[0].ToLowerInvariant(), row[0]);
        foreach (var row in rows) names.TryAdd(row[1].ToLowerInvariant(), row[0]);
        foreach (var row in rows)
            foreach (var name in row[2].Split(';'))
            {
                var folded = Countries.Fold(name);
                names.TryAdd(folded, row[0]);
                if (folded.StartsWith("saint ", StringComparison.Ordinal)) names.TryAdd("st " + folded[6..], row[0]);
            }

        foreach (var row in Former.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(' ', 2)))
            foreach (var name in row[1].Split(';')) names.TryAdd(Countries.Fold(name), row[0]);
        foreach (var pair in Olympic.Split(',').Select(p => p.Split(' '))) names.TryAdd(pair[0].ToLowerInvariant(), pair[1]);
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
