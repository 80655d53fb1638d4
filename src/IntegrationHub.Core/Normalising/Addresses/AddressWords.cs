using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>The words by which the parts of an address are told apart: of our own, from postal authorities' published abbreviations and common use.</summary>
internal static class AddressWords
{
    // USPS Publication 28, appendix C1, the common half, and Royal Mail, Canada Post, Australia Post beside it.
    private static readonly FrozenSet<string> EnglishTypes = Set("""
        street st str avenue ave av avn road rd boulevard blvd boul drive dr drv lane ln court ct way wy place pl terrace ter terr circle cir circ crescent cres cr square sq parkway pkwy pky
        highway hwy freeway fwy expressway expy trail trl turnpike tpke tpk alley aly close cl mews row walk plaza plz loop path pike run crossing xing promenade parade pde grove gr grv gardens gdns
        drove esplanade esp quay quays bypass bend glen rise vale hill hills heights hts ridge view park point pt landing cove cv bridge green grn common rope end top mount gate lodge approach
        causeway chase croft dale embankment fields ford garth hollow holloway link meadow meadows orchard passage spur strand track wharf wynd yard broadway mall bluff brook creek crest
        """);

    // Types that hardly ever are part of a town's name.
    private static readonly FrozenSet<string> StrongTypes = Set("""
        street st str avenue ave av avn road rd boulevard blvd boul drive dr drv lane ln court ct way wy place pl terrace ter terr circle cir crescent cres square sq parkway pkwy pky
        highway hwy freeway fwy expressway expy trail trl turnpike tpke alley aly close mews row plaza plz loop pde drove esplanade promenade gdns
        """);

    private static readonly FrozenSet<string> Directions = Set("n s e w ne nw se sw north south east west northeast northwest southeast southwest");

    private static readonly FrozenSet<string> Units = Set("""
        apt apartment appartement appt app suite ste unit flat room rm studio shop penthouse ph lot trailer trlr floor fl level lvl bldg building office ofc space spc slip dept door tür tuer top stiege whg wohnung
        étage etage piso planta puerta pta esc escalera interno int scala bus appartment villa no-unit box kamer hs
        """);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> UnitLookup = Units.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> Floors = Set("floor fl flr level lvl");

    private static readonly FrozenSet<string> Ordinals = Set("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth ground top lower upper");

    // Types that stand before the street's own name.
    private static readonly FrozenSet<string> LeadingTypes = Set("""
        rue av ave avenue bd bld boulevard bvd place pl chemin ch che chem route rte quai allée allee allées impasse imp cours square sq passage sentier voie cité cite résidence residence lotissement lot montée faubourg fg
        esplanade promenade rond-point villa hameau venelle ruelle calle c cl c/ cll avda avenida paseo pº plaza pza plza pl carrer carretera ctra camino cno ronda rda travesía travesia trva vía via glorieta gta passeig pg
        plaça rambla urbanización urb polígono pol viale v.le vle vicolo corso c.so piazza p.za p.zza pza piazzale p.le largo l.go strada str contrada c.da borgo lungomare salita traversa galleria calata riva
        """);

    private static readonly string[] GermanEndings =
    [
        "strasse", "straße", "str.", "str", "weg", "platz", "pl.", "allee", "gasse", "g.", "ring", "damm", "ufer", "chaussee", "steig", "stieg", "graben", "gürtel", "guertel", "promenade", "markt", "hof", "berg", "str",
        "kai", "quai", "zeile", "park", "feld", "wall", "brücke", "bruecke", "rain", "pfad", "garten", "gärten", "tor", "höhe", "wiese", "acker", "anger", "twiete", "kamp", "redder", "stiege", "grund",
    ];

    private static readonly string[] DutchEndings =
    [
        "straat", "str.", "str", "weg", "laan", "ln.", "plein", "pl.", "gracht", "kade", "singel", "dijk", "dreef", "hof", "markt", "pad", "steeg", "wal", "haven", "burgwal", "park", "plantsoen", "baan", "lei", "oever", "dam",
    ];

    // Words in front of a German or Dutch street's main word that belong to it.
    private static readonly FrozenSet<string> StreetOpeners = Set("""
        am an auf im in zum zur unter hinter vor bei beim der den dem alte alter altes neue neuer neues große grosse großer grosser kleine kleiner obere oberer oberes untere unterer hintere vordere lange langer hohe hoher
        breite breiter erste zweite dritte nieuwe oude lange korte grote kleine eerste tweede derde 1e 2e 3e van de den het ter ten sint st. st prinses prins koningin koning dr. dr prof. prof burgemeester burg.
        """);

    private static readonly FrozenSet<string> Counties = Set("""
        avon bedfordshire berkshire buckinghamshire cambridgeshire cheshire cleveland cornwall cumbria derbyshire devon dorset durham essex gloucestershire hampshire herefordshire hertfordshire humberside kent lancashire
        leicestershire lincolnshire merseyside middlesex norfolk northamptonshire northumberland nottinghamshire oxfordshire rutland shropshire somerset staffordshire suffolk surrey sussex warwickshire wiltshire
        worcestershire yorkshire clwyd dyfed gwent gwynedd powys aberdeenshire angus argyll ayrshire banffshire berwickshire caithness clackmannanshire dumfriesshire fife kincardineshire kinross lanarkshire midlothian
        moray morayshire nairnshire orkney peeblesshire perthshire renfrewshire roxburghshire shetland stirlingshire sutherland antrim armagh down fermanagh tyrone londonderry bucks herts hants berks beds cambs lancs leics
        lincs northants notts oxon staffs warks wilts worcs yorks glos salop
        """);

    private static readonly FrozenSet<string> CountyPairs = Set2(
        "greater london", "greater manchester", "west midlands", "tyne and wear", "east sussex", "west sussex", "north yorkshire", "south yorkshire", "west yorkshire", "east yorkshire", "east riding of yorkshire", "isle of wight",
        "west glamorgan", "mid glamorgan", "south glamorgan", "east lothian", "west lothian", "county durham", "mid wales", "north humberside", "south humberside", "west lancashire");

    // Cities that end the tail "district city" of a line without commas, and cities whose names begin like a direction or street type.
    private static readonly FrozenSet<string> BigCities = Set2(
        "london", "birmingham", "manchester", "liverpool", "leeds", "sheffield", "bristol", "glasgow", "edinburgh", "cardiff", "belfast", "leicester", "nottingham", "newcastle", "newcastle upon tyne", "southampton", "portsmouth",
        "brighton", "plymouth", "reading", "oxford", "cambridge", "york", "bath", "exeter", "norwich", "aberdeen", "dundee", "swansea", "hull", "coventry", "bradford", "derby", "dublin", "cork", "galway", "limerick", "waterford",
        "nyc", "new york", "new york city", "los angeles", "chicago", "houston", "philadelphia", "san francisco", "seattle", "boston", "washington", "toronto", "montreal", "montréal", "vancouver", "calgary", "ottawa", "edmonton",
        "sydney", "melbourne", "brisbane", "perth", "adelaide", "auckland", "wellington", "christchurch", "hamilton", "dunedin", "brooklyn", "bronx", "staten island");

    private static readonly FrozenSet<string> DirectedCities = Set2(
        "south bend", "south gate", "south san francisco", "south jordan", "south portland", "south haven", "south lake tahoe", "south pasadena", "south orange", "south plainfield", "north las vegas", "north charleston",
        "north platte", "north miami", "north miami beach", "north little rock", "north bergen", "north richland hills", "north vancouver", "north york", "north port", "north hollywood", "north bay", "west palm beach",
        "west hollywood", "west covina", "west jordan", "west lafayette", "west haven", "west hartford", "west chester", "west new york", "west vancouver", "west orange", "west sacramento", "west des moines", "west valley city",
        "west springfield", "east lansing", "east orange", "east hartford", "east point", "east palo alto", "east brunswick", "east providence", "east chicago", "north adams", "north andover", "west allis", "west bend",
        "east london", "south melbourne", "north sydney", "south yarra", "north melbourne", "west end", "east melbourne", "south brisbane", "north adelaide", "west perth", "east perth", "south perth");

    private static readonly FrozenSet<string> TownOpeners = Set("""
        new san los las santa santo st st. saint fort ft ft. port el la le des north south east west lake mount mt mt. palm cape grand great upper lower old big little long glen castle royal bad sankt den
        """);

    private static readonly FrozenSet<string> Buildings = Set("house centre center court building buildings mill mills hall tower towers works estate park mall hospital school university college church station hotel office offices library museum theatre");

    public static bool IsType(string word) => EnglishTypes.Contains(word);

    public static bool IsStrongType(string word) => StrongTypes.Contains(word);

    public static bool IsDirection(string word) => Directions.Contains(word);

    public static bool IsUnit(ReadOnlySpan<char> word) => UnitLookup.Contains(word);

    public static bool IsFloor(string word) => Floors.Contains(word);

    public static bool IsOrdinal(string word) => Ordinals.Contains(word) || (word.Length >= 3 && char.IsAsciiDigit(word[0]) && word[^2..] is "st" or "nd" or "rd" or "th" && word[..^2].All(char.IsAsciiDigit));

    public static bool IsLeadingType(string word) => LeadingTypes.Contains(word);

    public static bool IsOpener(string word) => StreetOpeners.Contains(word);

    public static bool IsBuilding(string word) => Buildings.Contains(word);

    public static bool IsBigCity(string folded) => BigCities.Contains(folded);

    public static bool IsDirectedCity(string folded) => DirectedCities.Contains(folded);

    public static bool OpensTown(string word) => TownOpeners.Contains(word);

    public static bool EndsLikeStreet(string word, string? country)
    {
        foreach (var ending in country == "NL" ? DutchEndings : GermanEndings)
            if (word.EndsWith(ending, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>A county beside a town, of no use to the post: "King County", "Co. Durham", "Merseyside".</summary>
    public static bool IsCounty(string folded, string? country)
    {
        if (country is not ("GB" or "US" or "IE" or null)) return false;
        if (folded.EndsWith(" county", StringComparison.Ordinal) || folded.StartsWith("county ", StringComparison.Ordinal) || folded.StartsWith("co ", StringComparison.Ordinal)) return true;
        return country == "GB" && (Counties.Contains(folded) || CountyPairs.Contains(folded));
    }

    /// <summary>In lower case and without points: as the lists have it.</summary>
    public static string Fold(string word) => word.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant();

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenSet<string> Set2(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
