using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>ISO 3166-2, by country: code, then names. Counties of Great Britain are no ISO parts in use and are left out: an address names them beside the post town.</summary>
internal static class StateTable
{
    private const string Table = """
        US AL:Alabama AK:Alaska AZ:Arizona:Ariz AR:Arkansas:Ark CA:California:Calif:Cali CO:Colorado:Colo CT:Connecticut:Conn DE:Delaware:Del FL:Florida:Fla GA:Georgia HI:Hawaii ID:Idaho IL:Illinois:Ill IN:Indiana:Ind IA:Iowa KS:Kansas:Kans KY:Kentucky LA:Louisiana ME:Maine MD:Maryland MA:Massachusetts:Mass MI:Michigan:Mich MN:Minnesota:Minn MS:Mississippi:Miss MO:Missouri MT:Montana:Mont NE:Nebraska:Nebr NV:Nevada:Nev NH:New_Hampshire NJ:New_Jersey NM:New_Mexico NY:New_York NC:North_Carolina:N_Carolina ND:North_Dakota:N_Dakota OH:Ohio OK:Oklahoma:Okla OR:Oregon:Ore PA:Pennsylvania:Penn:Penna RI:Rhode_Island SC:South_Carolina:S_Carolina SD:South_Dakota:S_Dakota TN:Tennessee:Tenn TX:Texas:Tex UT:Utah VT:Vermont VA:Virginia WA:Washington:Wash:Washington_State WV:West_Virginia:W_Virginia WI:Wisconsin:Wis:Wisc WY:Wyoming:Wyo DC:District_of_Columbia PR:Puerto_Rico GU:Guam VI:Virgin_Islands:US_Virgin_Islands AS:American_Samoa MP:Northern_Mariana_Islands AA:Armed_Forces_Americas AE:Armed_Forces_Europe AP:Armed_Forces_Pacific
        CA AB:Alberta:Alta BC:British_Columbia:Colombie-Britannique MB:Manitoba:Man NB:New_Brunswick:Nouveau-Brunswick NL:Newfoundland_and_Labrador:Newfoundland:Terre-Neuve NS:Nova_Scotia:Nouvelle-Ecosse NT:Northwest_Territories:NWT NU:Nunavut ON:Ontario:Ont PE:Prince_Edward_Island:PEI QC:Quebec:Québec:PQ:Que SK:Saskatchewan:Sask YT:Yukon:Yukon_Territory
        AU ACT:Australian_Capital_Territory NSW:New_South_Wales NT:Northern_Territory QLD:Queensland SA:South_Australia TAS:Tasmania VIC:Victoria WA:Western_Australia
        NZ AUK:Auckland BOP:Bay_of_Plenty CAN:Canterbury GIS:Gisborne HKB:Hawkes_Bay:Hawke's_Bay MBH:Marlborough MWT:Manawatu-Wanganui:Manawatu-Whanganui NSN:Nelson NTL:Northland OTA:Otago STL:Southland TAS:Tasman TKI:Taranaki WGN:Wellington WKO:Waikato WTC:West_Coast
        GB ENG:England SCT:Scotland:Alba WLS:Wales:Cymru NIR:Northern_Ireland
        IE CW:Carlow:Co_Carlow CN:Cavan:Co_Cavan CE:Clare:Co_Clare CO:Cork:Co_Cork DL:Donegal:Co_Donegal D:Dublin:Co_Dublin G:Galway:Co_Galway KY:Kerry:Co_Kerry KE:Kildare:Co_Kildare KK:Kilkenny:Co_Kilkenny LS:Laois:Co_Laois LM:Leitrim:Co_Leitrim LK:Limerick:Co_Limerick LD:Longford:Co_Longford LH:Louth:Co_Louth MO:Mayo:Co_Mayo MH:Meath:Co_Meath MN:Monaghan:Co_Monaghan OY:Offaly:Co_Offaly RN:Roscommon:Co_Roscommon SO:Sligo:Co_Sligo TA:Tipperary:Co_Tipperary WD:Waterford:Co_Waterford WH:Westmeath:Co_Westmeath WX:Wexford:Co_Wexford WW:Wicklow:Co_Wicklow
        DE BW:Baden-Württemberg:Baden-Wuerttemberg BY:Bayern:Bavaria BE:Berlin BB:Brandenburg HB:Bremen HH:Hamburg HE:Hessen:Hesse MV:Mecklenburg-Vorpommern NI:Niedersachsen:Lower_Saxony NW:Nordrhein-Westfalen:North_Rhine-Westphalia:NRW RP:Rheinland-Pfalz:Rhineland-Palatinate SL:Saarland SN:Sachsen:Saxony ST:Sachsen-Anhalt:Saxony-Anhalt SH:Schleswig-Holstein TH:Thüringen:Thueringen:Thuringia
        AT 1:Burgenland 2:Kärnten:Kaernten:Carinthia 3:Niederösterreich:Niederoesterreich:Lower_Austria 4:Oberösterreich:Oberoesterreich:Upper_Austria 5:Salzburg 6:Steiermark:Styria 7:Tirol:Tyrol 8:Vorarlberg 9:Wien:Vienna
        CH AG:Aargau AI:Appenzell_Innerrhoden AR:Appenzell_Ausserrhoden BE:Bern:Berne BL:Basel-Landschaft:Baselland BS:Basel-Stadt FR:Fribourg:Freiburg GE:Genève:Genf:Geneva GL:Glarus GR:Graubünden:Graubuenden:Grisons:Grigioni JU:Jura LU:Luzern:Lucerne NE:Neuchâtel:Neuenburg NW:Nidwalden OW:Obwalden SG:St_Gallen:Sankt_Gallen SH:Schaffhausen SO:Solothurn SZ:Schwyz TG:Thurgau TI:Ticino:Tessin UR:Uri VD:Vaud:Waadt VS:Valais:Wallis ZG:Zug ZH:Zürich:Zuerich:Zurich
        FR ARA:Auvergne-Rhône-Alpes BFC:Bourgogne-Franche-Comté BRE:Bretagne:Brittany CVL:Centre-Val_de_Loire 20R:Corse:Corsica GES:Grand_Est HDF:Hauts-de-France IDF:Île-de-France NOR:Normandie:Normandy NAQ:Nouvelle-Aquitaine OCC:Occitanie PDL:Pays_de_la_Loire PAC:Provence-Alpes-Côte_d'Azur:PACA
        NL DR:Drenthe FL:Flevoland FR:Friesland:Fryslân GE:Gelderland GR:Groningen LI:Limburg NB:Noord-Brabant:North_Brabant NH:Noord-Holland:North_Holland OV:Overijssel UT:Utrecht ZE:Zeeland ZH:Zuid-Holland:South_Holland
        ES C:A_Coruña:La_Coruña VI:Álava:Araba AB:Albacete A:Alicante:Alacant AL:Almería O:Asturias AV:Ávila BA:Badajoz PM:Illes_Balears:Islas_Baleares:Baleares:Balearic_Islands B:Barcelona BI:Bizkaia:Vizcaya BU:Burgos CC:Cáceres CA:Cádiz S:Cantabria CS:Castellón:Castelló CR:Ciudad_Real CO:Córdoba CU:Cuenca SS:Gipuzkoa:Guipúzcoa GI:Girona:Gerona GR:Granada GU:Guadalajara H:Huelva HU:Huesca J:Jaén LO:La_Rioja GC:Las_Palmas LE:León L:Lleida:Lérida LU:Lugo M:Madrid MA:Málaga MU:Murcia NA:Navarra:Nafarroa OR:Ourense:Orense P:Palencia PO:Pontevedra SA:Salamanca TF:Santa_Cruz_de_Tenerife:Tenerife SG:Segovia SE:Sevilla:Seville SO:Soria T:Tarragona TE:Teruel TO:Toledo V:Valencia:València VA:Valladolid ZA:Zamora Z:Zaragoza CE:Ceuta ML:Melilla
        IT AG:Agrigento AL:Alessandria AN:Ancona AO:Aosta AR:Arezzo AP:Ascoli_Piceno AT:Asti AV:Avellino BA:Bari BT:Barletta-Andria-Trani BL:Belluno BN:Benevento BG:Bergamo BI:Biella BO:Bologna BZ:Bolzano:Bozen BS:Brescia BR:Brindisi CA:Cagliari CL:Caltanissetta CB:Campobasso CE:Caserta CT:Catania CZ:Catanzaro CH:Chieti CO:Como CS:Cosenza CR:Cremona KR:Crotone CN:Cuneo EN:Enna FM:Fermo FE:Ferrara FI:Firenze:Florence FG:Foggia FC:Forlì-Cesena FR:Frosinone GE:Genova:Genoa GO:Gorizia GR:Grosseto IM:Imperia IS:Isernia AQ:L'Aquila SP:La_Spezia LT:Latina LE:Lecce LC:Lecco LI:Livorno LO:Lodi LU:Lucca MC:Macerata MN:Mantova MS:Massa-Carrara MT:Matera ME:Messina MI:Milano:Milan MO:Modena MB:Monza_e_Brianza NA:Napoli:Naples NO:Novara NU:Nuoro OR:Oristano PD:Padova:Padua PA:Palermo PR:Parma PV:Pavia PG:Perugia PU:Pesaro_e_Urbino PE:Pescara PC:Piacenza PI:Pisa PT:Pistoia PN:Pordenone PZ:Potenza PO:Prato RG:Ragusa RA:Ravenna RC:Reggio_Calabria RE:Reggio_Emilia RI:Rieti RN:Rimini RM:Roma:Rome RO:Rovigo SA:Salerno SS:Sassari SV:Savona SI:Siena SR:Siracusa SO:Sondrio SU:Sud_Sardegna TA:Taranto TE:Teramo TR:Terni TO:Torino:Turin TP:Trapani TN:Trento TV:Treviso TS:Trieste UD:Udine VA:Varese VE:Venezia:Venice VB:Verbano-Cusio-Ossola VC:Vercelli VR:Verona VV:Vibo_Valentia VI:Vicenza VT:Viterbo
        """;

    public static FrozenDictionary<string, FrozenDictionary<string, string>> Read()
    {
        var countries = new Dictionary<string, FrozenDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var states = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var entry in line[3..].Split(' '))
            {
                var names = entry.Split(':');
                foreach (var name in names) states.TryAdd(States.Fold(name.Replace('_', ' ')), names[0]);
            }

            countries[line[..2]] = states.ToFrozenDictionary(StringComparer.Ordinal);
        }

        return countries.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
