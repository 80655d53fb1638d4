using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>ISO 3166-1: alpha-2, alpha-3, and the names that people write.</summary>
internal static class CountryTable
{
    // alpha-2, alpha-3, then names: English first, own language, common variants. Folded when read.
    private const string Table = """
        AD AND Andorra
        AE ARE United Arab Emirates;UAE;Emirates;Vereinigte Arabische Emirate;Emirats arabes unis
        AF AFG Afghanistan
        AG ATG Antigua and Barbuda;Antigua
        AI AIA Anguilla
        AL ALB Albania;Albanien;Albanie;Shqiperia
        AM ARM Armenia;Armenien
        AO AGO Angola
        AQ ATA Antarctica
        AR ARG Argentina;Argentinien;Argentine
        AS ASM American Samoa
        AT AUT Austria;Österreich;Oesterreich;Autriche;Oostenrijk
        AU AUS Australia;Australien;Australie;Commonwealth of Australia
        AW ABW Aruba
        AX ALA Åland Islands;Aland
        AZ AZE Azerbaijan;Aserbaidschan
        BA BIH Bosnia and Herzegovina;Bosnia;Bosnien und Herzegowina;Bosnia-Herzegovina
        BB BRB Barbados
        BD BGD Bangladesh
        BE BEL Belgium;Belgien;Belgique;België;Belgie;Belgica
        BF BFA Burkina Faso
        BG BGR Bulgaria;Bulgarien;Bulgarie;България
        BH BHR Bahrain
        BI BDI Burundi
        BJ BEN Benin
        BL BLM Saint Barthélemy
        BM BMU Bermuda
        BN BRN Brunei;Brunei Darussalam
        BO BOL Bolivia;Plurinational State of Bolivia
        BQ BES Bonaire, Sint Eustatius and Saba;Caribbean Netherlands
        BR BRA Brazil;Brasil;Brasilien;Brésil
        BS BHS Bahamas
        BT BTN Bhutan
        BV BVT Bouvet Island
        BW BWA Botswana
        BY BLR Belarus;Weissrussland;Weißrussland;Беларусь
        BZ BLZ Belize
        CA CAN Canada;Kanada
        CC CCK Cocos (Keeling) Islands
        CD COD Democratic Republic of the Congo;DR Congo;Congo, Democratic Republic;Congo-Kinshasa;DRC;Zaire
        CF CAF Central African Republic
        CG COG Congo;Republic of the Congo;Congo-Brazzaville
        CH CHE Switzerland;Schweiz;Suisse;Svizzera;Suiza;Zwitserland;Swiss Confederation
        CI CIV Côte d'Ivoire;Ivory Coast;Elfenbeinküste
        CK COK Cook Islands
        CL CHL Chile
        CM CMR Cameroon;Kamerun;Cameroun
        CN CHN China;People's Republic of China;PRC;Mainland China;中国;Chine
        CO COL Colombia;Kolumbien
        CR CRI Costa Rica
        CU CUB Cuba;Kuba
        CV CPV Cabo Verde;Cape Verde
        CW CUW Curaçao
        CX CXR Christmas Island
        CY CYP Cyprus;Zypern;Chypre;Kypros
        CZ CZE Czechia;Czech Republic;Tschechien;Tschechische Republik;Česko;Ceska republika;République tchèque
        DE DEU Germany;Deutschland;Allemagne;Alemania;Germania;Duitsland;Federal Republic of Germany;BRD;Bundesrepublik Deutschland;Tyskland;Niemcy;Германия;ドイツ;德国
        DJ DJI Djibouti
        DK DNK Denmark;Dänemark;Danmark;Danemark;Dinamarca
        DM DMA Dominica
        DO DOM Dominican Republic;República Dominicana
        DZ DZA Algeria;Algerien;Algérie
        EC ECU Ecuador
        EE EST Estonia;Estland;Eesti
        EG EGY Egypt;Ägypten;Egypte
        EH ESH Western Sahara
        ER ERI Eritrea
        ES ESP Spain;España;Spanien;Espagne;Spagna;Spanje;Kingdom of Spain
        ET ETH Ethiopia;Äthiopien
        FI FIN Finland;Finnland;Suomi;Finlande
        FJ FJI Fiji
        FK FLK Falkland Islands;Malvinas
        FM FSM Micronesia;Federated States of Micronesia
        FO FRO Faroe Islands;Faeroe Islands
        FR FRA France;Frankreich;Francia;Frankrijk;French Republic;République française
        GA GAB Gabon
        GB GBR United Kingdom;UK;Great Britain;Britain;England;Scotland;Wales;Northern Ireland;United Kingdom of Great Britain and Northern Ireland;Vereinigtes Königreich;Grossbritannien;Großbritannien;Royaume-Uni;Grande-Bretagne;Reino Unido;Regno Unito;Verenigd Koninkrijk;U.K.;G.B.
        GD GRD Grenada
        GE GEO Georgia;Georgien
        GF GUF French Guiana
        GG GGY Guernsey
        GH GHA Ghana
        GI GIB Gibraltar
        GL GRL Greenland;Grönland
        GM GMB Gambia
        GN GIN Guinea
        GP GLP Guadeloupe
        GQ GNQ Equatorial Guinea
        GR GRC Greece;Griechenland;Grèce;Hellas;Ελλάδα;Ellada;Hellenic Republic
        GS SGS South Georgia and the South Sandwich Islands
        GT GTM Guatemala
        GU GUM Guam
        GW GNB Guinea-Bissau
        GY GUY Guyana
        HK HKG Hong Kong;Hongkong;Hong Kong SAR
        HM HMD Heard Island and McDonald Islands
        HN HND Honduras
        HR HRV Croatia;Kroatien;Hrvatska;Croatie
        HT HTI Haiti
        HU HUN Hungary;Ungarn;Magyarország;Hongrie
        ID IDN Indonesia;Indonesien
        IE IRL Ireland;Irland;Éire;Irlande;Republic of Ireland;Ierland;Irlanda
        IL ISR Israel
        IM IMN Isle of Man
        IN IND India;Indien;Inde;Bharat
        IO IOT British Indian Ocean Territory
        IQ IRQ Iraq;Irak
        IR IRN Iran;Islamic Republic of Iran
        IS ISL Iceland;Island;Islande
        IT ITA Italy;Italia;Italien;Italie
        JE JEY Jersey
        JM JAM Jamaica
        JO JOR Jordan;Jordanien
        JP JPN Japan;Nippon;日本;Japon
        KE KEN Kenya;Kenia
        KG KGZ Kyrgyzstan
        KH KHM Cambodia;Kambodscha
        KI KIR Kiribati
        KM COM Comoros
        KN KNA Saint Kitts and Nevis
        KP PRK North Korea;Democratic People's Republic of Korea;DPRK
        KR KOR South Korea;Korea;Republic of Korea;Südkorea;Corée du Sud;대한민국;한국
        KW KWT Kuwait
        KY CYM Cayman Islands
        KZ KAZ Kazakhstan;Kasachstan
        LA LAO Laos;Lao People's Democratic Republic
        LB LBN Lebanon;Libanon;Liban
        LC LCA Saint Lucia
        LI LIE Liechtenstein
        LK LKA Sri Lanka
        LR LBR Liberia
        LS LSO Lesotho
        LT LTU Lithuania;Litauen;Lietuva;Lituanie
        LU LUX Luxembourg;Luxemburg
        LV LVA Latvia;Lettland;Latvija
        LY LBY Libya;Libyen
        MA MAR Morocco;Marokko;Maroc
        MC MCO Monaco
        MD MDA Moldova;Republic of Moldova;Moldawien
        ME MNE Montenegro;Crna Gora
        MF MAF Saint Martin
        MG MDG Madagascar;Madagaskar
        MH MHL Marshall Islands
        MK MKD North Macedonia;Macedonia;Mazedonien;Nordmazedonien
        ML MLI Mali
        MM MMR Myanmar;Burma
        MN MNG Mongolia;Mongolei
        MO MAC Macao;Macau
        MP MNP Northern Mariana Islands
        MQ MTQ Martinique
        MR MRT Mauritania
        MS MSR Montserrat
        MT MLT Malta
        MU MUS Mauritius
        MV MDV Maldives;Malediven
        MW MWI Malawi
        MX MEX Mexico;México;Mexiko;Mexique
        MY MYS Malaysia
        MZ MOZ Mozambique;Mosambik
        NA NAM Namibia
        NC NCL New Caledonia
        NE NER Niger
        NF NFK Norfolk Island
        NG NGA Nigeria
        NI NIC Nicaragua
        NL NLD Netherlands;Nederland;Niederlande;Pays-Bas;Holland;Países Bajos;Paesi Bassi;The Netherlands
        NO NOR Norway;Norwegen;Norge;Norvège;Noruega
        NP NPL Nepal
        NR NRU Nauru
        NU NIU Niue
        NZ NZL New Zealand;Neuseeland;Aotearoa;Nouvelle-Zélande
        OM OMN Oman
        PA PAN Panama
        PE PER Peru;Perú;Pérou
        PF PYF French Polynesia
        PG PNG Papua New Guinea
        PH PHL Philippines;Philippinen;Pilipinas
        PK PAK Pakistan
        PL POL Poland;Polen;Polska;Pologne;Polonia
        PM SPM Saint Pierre and Miquelon
        PN PCN Pitcairn
        PR PRI Puerto Rico
        PS PSE Palestine;State of Palestine;Palestinian Territory
        PT PRT Portugal;Portuguese Republic
        PW PLW Palau
        PY PRY Paraguay
        QA QAT Qatar;Katar
        RE REU Réunion
        RO ROU Romania;Rumänien;România;Roumanie
        RS SRB Serbia;Serbien;Srbija
        RU RUS Russia;Russian Federation;Russland;Россия;Rossiya;Russie;Rusia
        RW RWA Rwanda;Ruanda
        SA SAU Saudi Arabia;Saudi-Arabien;KSA;Kingdom of Saudi Arabia
        SB SLB Solomon Islands
        SC SYC Seychelles
        SD SDN Sudan
        SE SWE Sweden;Schweden;Sverige;Suède;Suecia
        SG SGP Singapore;Singapur
        SH SHN Saint Helena
        SI SVN Slovenia;Slowenien;Slovenija
        SJ SJM Svalbard and Jan Mayen
        SK SVK Slovakia;Slowakei;Slovensko;Slovak Republic
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
        TH THA Thailand
        TJ TJK Tajikistan
        TK TKL Tokelau
        TL TLS Timor-Leste;East Timor
        TM TKM Turkmenistan
        TN TUN Tunisia;Tunesien;Tunisie
        TO TON Tonga
        TR TUR Turkey;Türkei;Türkiye;Turquie;Turquía
        TT TTO Trinidad and Tobago;Trinidad
        TV TUV Tuvalu
        TW TWN Taiwan;Taiwan, Province of China;Republic of China;台灣
        TZ TZA Tanzania;United Republic of Tanzania;Tansania
        UA UKR Ukraine;Україна;Ukraina
        UG UGA Uganda
        UM UMI United States Minor Outlying Islands
        US USA United States;United States of America;U.S.A.;U.S.;America;Vereinigte Staaten;Vereinigte Staaten von Amerika;États-Unis;Estados Unidos;Stati Uniti;Verenigde Staten;EUA;EEUU;EE.UU.;Amerika
        UY URY Uruguay
        UZ UZB Uzbekistan;Usbekistan
        VA VAT Holy See;Vatican;Vatican City;Vatikan
        VC VCT Saint Vincent and the Grenadines;Saint Vincent
        VE VEN Venezuela;Bolivarian Republic of Venezuela
        VG VGB British Virgin Islands;Virgin Islands, British
        VI VIR US Virgin Islands;Virgin Islands, U.S.
        VN VNM Vietnam;Viet Nam;Việt Nam
        VU VUT Vanuatu
        WF WLF Wallis and Futuna
        WS WSM Samoa
        YE YEM Yemen;Jemen
        YT MYT Mayotte
        ZA ZAF South Africa;Südafrika;Afrique du Sud;RSA;Republic of South Africa
        ZM ZMB Zambia;Sambia
        ZW ZWE Zimbabwe;Simbabwe
        XK XKX Kosovo
        """;

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
                if (!folded.Contains("republic", StringComparison.Ordinal)) names.TryAdd("republic " + folded, row[0]);
            }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
