using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>Abbreviations, spoken names and cities by which people name time zones, folded to lower-case ASCII. IANA's and Windows' own names come from NodaTime.</summary>
internal static class TimeZoneNames
{
    // Abbreviation, then the zones that it may stand for, the likeliest first.
    private const string AbbreviationTable = """
        est America/New_York America/Toronto America/Jamaica America/Panama America/Cancun Australia/Sydney
        edt America/New_York America/Toronto
        et America/New_York America/Toronto
        cst America/Chicago America/Winnipeg America/Mexico_City America/Costa_Rica Asia/Shanghai America/Havana
        cdt America/Chicago America/Winnipeg America/Havana
        ct America/Chicago America/Winnipeg
        mst America/Denver America/Phoenix America/Edmonton America/Hermosillo
        mdt America/Denver America/Edmonton
        mt America/Denver America/Edmonton
        pst America/Los_Angeles America/Vancouver America/Tijuana Asia/Manila
        pdt America/Los_Angeles America/Vancouver America/Tijuana
        pt America/Los_Angeles America/Vancouver
        akst America/Anchorage
        akdt America/Anchorage
        hst Pacific/Honolulu
        hdt America/Adak
        ast America/Halifax America/Puerto_Rico Asia/Riyadh Asia/Baghdad
        adt America/Halifax Atlantic/Bermuda
        nst America/St_Johns
        ndt America/St_Johns
        brt America/Sao_Paulo
        brst America/Sao_Paulo
        art America/Argentina/Buenos_Aires
        clt America/Santiago
        clst America/Santiago
        cot America/Bogota
        pet America/Lima
        vet America/Caracas
        uyt America/Montevideo
        bot America/La_Paz
        bst Europe/London Asia/Dhaka
        ist Asia/Kolkata Europe/Dublin Asia/Jerusalem
        idt Asia/Jerusalem
        cet Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome Europe/Amsterdam Europe/Brussels Europe/Vienna Europe/Zurich Europe/Stockholm Europe/Oslo Europe/Copenhagen Europe/Warsaw Europe/Prague Europe/Budapest Europe/Belgrade Africa/Algiers Africa/Tunis Europe/Zagreb Europe/Ljubljana Europe/Bratislava Europe/Luxembourg Europe/Malta Europe/Monaco Europe/Andorra Europe/Vaduz Europe/San_Marino Europe/Vatican Europe/Skopje Europe/Sarajevo Europe/Podgorica Europe/Tirane
        cest Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome Europe/Amsterdam Europe/Brussels Europe/Vienna Europe/Zurich Europe/Stockholm Europe/Oslo Europe/Copenhagen Europe/Warsaw Europe/Prague Europe/Budapest Europe/Belgrade Europe/Zagreb Europe/Ljubljana Europe/Bratislava Europe/Luxembourg Europe/Malta Europe/Monaco Europe/Andorra Europe/Vaduz Europe/San_Marino Europe/Vatican Europe/Skopje Europe/Sarajevo Europe/Podgorica Europe/Tirane
        wet Europe/Lisbon Atlantic/Canary Atlantic/Faroe
        west Europe/Lisbon Atlantic/Canary Atlantic/Faroe
        mez Europe/Berlin Europe/Vienna Europe/Zurich
        mesz Europe/Berlin Europe/Vienna Europe/Zurich
        met Europe/Berlin Europe/Paris Europe/Amsterdam
        eet Europe/Athens Europe/Helsinki Europe/Bucharest Europe/Sofia Europe/Kyiv Europe/Riga Europe/Vilnius Europe/Tallinn Asia/Nicosia Africa/Cairo Asia/Beirut Europe/Chisinau Europe/Kaliningrad
        eest Europe/Athens Europe/Helsinki Europe/Bucharest Europe/Sofia Europe/Kyiv Europe/Riga Europe/Vilnius Europe/Tallinn Asia/Nicosia Africa/Cairo Asia/Beirut Europe/Chisinau
        oez Europe/Athens Europe/Helsinki
        msk Europe/Moscow
        trt Europe/Istanbul
        cat Africa/Maputo Africa/Harare Africa/Lusaka Africa/Gaborone Africa/Kigali Africa/Lubumbashi
        eat Africa/Nairobi Africa/Addis_Ababa Africa/Kampala Africa/Dar_es_Salaam
        wat Africa/Lagos Africa/Luanda Africa/Douala Africa/Kinshasa
        sast Africa/Johannesburg
        gst Asia/Dubai
        pkt Asia/Karachi
        npt Asia/Kathmandu
        ict Asia/Bangkok Asia/Ho_Chi_Minh Asia/Phnom_Penh Asia/Vientiane
        wib Asia/Jakarta
        wita Asia/Makassar
        wit Asia/Jayapura
        myt Asia/Kuala_Lumpur
        sgt Asia/Singapore
        pht Asia/Manila
        hkt Asia/Hong_Kong
        jst Asia/Tokyo
        kst Asia/Seoul
        awst Australia/Perth
        acst Australia/Adelaide Australia/Darwin
        acdt Australia/Adelaide
        aest Australia/Sydney Australia/Melbourne Australia/Brisbane Australia/Hobart
        aedt Australia/Sydney Australia/Melbourne Australia/Hobart
        nzst Pacific/Auckland
        nzdt Pacific/Auckland
        chst Pacific/Guam
        est5edt America/New_York
        cst6cdt America/Chicago
        mst7mdt America/Denver
        pst8pdt America/Los_Angeles
        """;

    // Spoken names without "time", "standard", "daylight", "summer". The first zone counts; several are a doubt.
    private const string SpokenTable = """
        eastern America/New_York America/Toronto
        us eastern America/New_York
        eastern us canada America/New_York
        central America/Chicago America/Winnipeg
        us central America/Chicago
        central us canada America/Chicago
        mountain America/Denver America/Edmonton
        us mountain America/Phoenix
        mountain us canada America/Denver
        pacific America/Los_Angeles America/Vancouver
        us pacific America/Los_Angeles
        pacific us canada America/Los_Angeles
        arizona America/Phoenix
        alaska America/Anchorage
        alaskan America/Anchorage
        hawaii Pacific/Honolulu
        hawaii aleutian Pacific/Honolulu
        hawaiian Pacific/Honolulu
        indiana east America/Indiana/Indianapolis
        atlantic America/Halifax America/Puerto_Rico
        atlantic canada America/Halifax
        newfoundland America/St_Johns
        saskatchewan America/Regina
        british Europe/London
        uk Europe/London
        greenwich mean Etc/GMT
        coordinated universal Etc/UTC
        universal coordinated Etc/UTC
        irish Europe/Dublin
        central european Europe/Berlin Europe/Paris
        mitteleuropaische zeit Europe/Berlin Europe/Vienna Europe/Zurich
        western european Europe/Lisbon Atlantic/Canary
        eastern european Europe/Athens Europe/Helsinki
        moscow Europe/Moscow
        india Asia/Kolkata
        indian Asia/Kolkata
        israel Asia/Jerusalem
        gulf Asia/Dubai
        arabian Asia/Riyadh
        pakistan Asia/Karachi
        bangladesh Asia/Dhaka
        indochina Asia/Bangkok
        china Asia/Shanghai
        hong kong Asia/Hong_Kong
        singapore Asia/Singapore
        japan Asia/Tokyo
        korea Asia/Seoul
        philippine Asia/Manila
        australian eastern Australia/Sydney Australia/Brisbane
        australian central Australia/Adelaide Australia/Darwin
        australian western Australia/Perth
        new zealand Pacific/Auckland
        east africa Africa/Nairobi
        west africa Africa/Lagos
        central africa Africa/Maputo
        south africa Africa/Johannesburg
        brasilia America/Sao_Paulo
        argentina America/Argentina/Buenos_Aires
        brazil America/Sao_Paulo
        """;

    // Cities that IANA names no zone after, and other names of those that it does.
    private const string CityTable = """
        Europe/Berlin munich;muenchen;munchen;hamburg;frankfurt;cologne;koln;koeln;stuttgart;dusseldorf;duesseldorf;leipzig;dresden;hannover;hanover;nuremberg;nurnberg;bremen;bonn;essen;dortmund
        Europe/Vienna wien;graz;linz;salzburg;innsbruck
        Europe/Zurich zuerich;geneva;geneve;genf;basel;bern;berne;lausanne;lugano
        Europe/Paris lyon;marseille;toulouse;nice;nantes;bordeaux;lille;strasbourg;montpellier;rennes;parigi
        Europe/Madrid barcelona;valencia;seville;sevilla;bilbao;malaga;zaragoza
        Europe/Rome roma;rom;milan;milano;mailand;turin;torino;naples;napoli;florence;firenze;venice;venezia;bologna;genoa;genova
        Europe/Lisbon lisboa;lissabon;porto;braga
        Europe/London manchester;birmingham;glasgow;edinburgh;leeds;liverpool;bristol;cardiff;belfast;sheffield;londres;londra
        Europe/Dublin cork;galway;limerick
        Europe/Amsterdam rotterdam;the hague;den haag;utrecht;eindhoven
        Europe/Brussels brussel;bruxelles;brussel;antwerp;antwerpen;ghent;gent;liege
        Europe/Copenhagen kobenhavn;kopenhagen;aarhus;odense
        Europe/Stockholm gothenburg;goteborg;malmo
        Europe/Oslo bergen;trondheim;stavanger
        Europe/Helsinki helsingfors;espoo;tampere;turku
        Europe/Warsaw warszawa;warschau;krakow;cracow;krakau;wroclaw;gdansk;poznan;lodz
        Europe/Prague praha;prag;brno;ostrava
        Europe/Bucharest bucuresti;bukarest;cluj
        Europe/Athens athina;athen;thessaloniki
        Europe/Istanbul ankara;izmir;bursa
        Europe/Kyiv kiev;lviv;odesa;odessa;kharkiv
        Europe/Moscow moskva;moskau;moscou;saint petersburg;st petersburg;sankt peterburg
        Europe/Belgrade beograd;belgrad;novi sad
        Europe/Vilnius kaunas
        America/New_York new york city;nyc;boston;philadelphia;washington;washington dc;miami;atlanta;orlando;tampa;charlotte;raleigh;pittsburgh;cleveland;columbus;cincinnati;baltimore;buffalo;jacksonville
        America/Chicago dallas;houston;austin;san antonio;minneapolis;milwaukee;st louis;saint louis;kansas city;new orleans;nashville;memphis;oklahoma city;fort worth
        America/Denver salt lake city;albuquerque;colorado springs;boulder
        America/Phoenix tucson;scottsdale
        America/Los_Angeles san francisco;seattle;san diego;san jose;oakland;las vegas;sacramento;la
        America/Toronto montreal;ottawa;quebec;quebec city;mississauga;hamilton
        America/Vancouver victoria
        America/Edmonton calgary
        America/Mexico_City ciudad de mexico;guadalajara;puebla;cdmx
        America/Sao_Paulo rio de janeiro;rio;brasilia;belo horizonte;curitiba;porto alegre
        America/Bogota medellin;cali
        America/Argentina/Buenos_Aires cordoba;rosario
        Asia/Kolkata mumbai;bombay;delhi;new delhi;bangalore;bengaluru;chennai;madras;hyderabad;pune;ahmedabad
        Asia/Karachi lahore;islamabad
        Asia/Shanghai beijing;peking;shenzhen;guangzhou;chengdu;hangzhou;wuhan;nanjing
        Asia/Tokyo osaka;kyoto;nagoya;yokohama;sapporo;fukuoka;tokio
        Asia/Seoul busan;incheon
        Asia/Jerusalem tel aviv;haifa
        Asia/Dubai abu dhabi;sharjah
        Asia/Riyadh jeddah;mecca
        Asia/Ho_Chi_Minh saigon;hanoi
        Australia/Sydney canberra;newcastle
        Australia/Brisbane gold coast
        Pacific/Auckland wellington;christchurch
        Africa/Johannesburg cape town;pretoria;durban
        Africa/Lagos abuja
        Africa/Casablanca rabat;marrakech
        """;

    // UTC offset in minutes to the zones that keep it now, where IANA has no zone of the bare offset.
    private const string OddOffsetTable = """
        330 Asia/Kolkata Asia/Colombo
        345 Asia/Kathmandu
        210 Asia/Tehran
        270 Asia/Kabul
        390 Asia/Yangon
        525 Australia/Eucla
        570 Australia/Darwin Australia/Adelaide
        630 Australia/Lord_Howe Australia/Adelaide
        765 Pacific/Chatham
        -210 America/St_Johns
        -150 America/St_Johns
        -570 Pacific/Marquesas
        """;

    /// <summary>Zones by abbreviation.</summary>
    public static FrozenDictionary<string, string[]> Abbreviations { get; } = Rows(AbbreviationTable).ToFrozenDictionary(r => r[0], r => r[1..], StringComparer.Ordinal);

    /// <summary>The zones that abbreviations stand for, the likelier before the less likely.</summary>
    public static string[] Foremost { get; } = [.. Rows(AbbreviationTable).Select(r => r[1]).Concat(Rows(AbbreviationTable).SelectMany(r => r.Skip(2))).Distinct()];

    /// <summary>Zones by spoken name.</summary>
    public static FrozenDictionary<string, string[]> Spoken { get; } = Rows(SpokenTable)
        .ToFrozenDictionary(r => string.Join(' ', r.Where(w => !w.Contains('/'))), r => r.Where(w => w.Contains('/')).ToArray(), StringComparer.Ordinal);

    /// <summary>Zone by city.</summary>
    public static FrozenDictionary<string, string> Cities { get; } = Lines(CityTable).Select(l => l.Split(' ', 2))
        .SelectMany(p => p[1].Split(';').Select(city => (city, zone: p[0]))).DistinctBy(c => c.city).ToFrozenDictionary(c => c.city, c => c.zone, StringComparer.Ordinal);

    /// <summary>Zones by UTC offset in minutes, where it is not of whole hours.</summary>
    public static FrozenDictionary<int, string[]> OddOffsets { get; } =
        Rows(OddOffsetTable).ToFrozenDictionary(r => int.Parse(r[0], System.Globalization.CultureInfo.InvariantCulture), r => r[1..]);

    private static string[] Lines(string table) => table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string[]> Rows(string table) => Lines(table).Select(l => l.Split(' '));
}
