using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>The zones of states, where a country has several: by the ISO 3166-2 part behind the hyphen, the zone of most of the state's people first. After the place comments of IANA's zone.tab and 49 CFR 71.</summary>
internal static class StateZones
{
    private static readonly FrozenDictionary<string, string> Short = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["E"] = "America/New_York",
        ["C"] = "America/Chicago",
        ["M"] = "America/Denver",
        ["P"] = "America/Los_Angeles",
        ["A"] = "America/Anchorage",
        ["H"] = "Pacific/Honolulu",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // States that two zones part have both.
    private const string States =
        "AL C,AK A America/Adak,AZ America/Phoenix M,AR C,CA P,CO M,CT E,DE E,DC E,FL E C,GA E,HI H,ID M P,IL C,IN E C,IA C,KS C M,KY E C,LA C,ME E,MD E,MA E,MI E C,MN C,MS C,MO C,MT M,NE C M,NV P M,NH E,NJ E,NM M,NY E,NC E,"
        + "ND C M,OH E,OK C,OR P M,PA E,RI E,SC E,SD C M,TN C E,TX C M,UT M,VT E,VA E,WA P,WV E,WI C,WY M,PR America/Puerto_Rico,VI America/St_Thomas,GU Pacific/Guam,MP Pacific/Saipan,AS Pacific/Pago_Pago";

    private const string Provinces =
        "BC America/Vancouver America/Edmonton,AB America/Edmonton,SK America/Regina,MB America/Winnipeg,ON America/Toronto America/Winnipeg,QC America/Toronto America/Halifax,NB America/Moncton,NS America/Halifax,PE America/Halifax,"
        + "NL America/St_Johns America/Goose_Bay,YT America/Whitehorse,NT America/Yellowknife,NU America/Iqaluit America/Rankin_Inlet America/Cambridge_Bay";

    private const string Russia =
        "KGD Europe/Kaliningrad,SAM Europe/Samara,UD Europe/Samara,AST Europe/Astrakhan,SAR Europe/Saratov,ULY Europe/Ulyanovsk,VGG Europe/Volgograd,KIR Europe/Kirov,SVE Asia/Yekaterinburg,CHE Asia/Yekaterinburg,TYU Asia/Yekaterinburg,"
        + "PER Asia/Yekaterinburg,BA Asia/Yekaterinburg,KHM Asia/Yekaterinburg,YAN Asia/Yekaterinburg,KGN Asia/Yekaterinburg,ORE Asia/Yekaterinburg,OMS Asia/Omsk,NVS Asia/Novosibirsk,TOM Asia/Tomsk,ALT Asia/Barnaul,AL Asia/Barnaul,"
        + "KEM Asia/Novokuznetsk,KYA Asia/Krasnoyarsk,KK Asia/Krasnoyarsk,TY Asia/Krasnoyarsk,IRK Asia/Irkutsk,BU Asia/Irkutsk,ZAB Asia/Chita,AMU Asia/Yakutsk,SA Asia/Yakutsk Asia/Vladivostok Asia/Srednekolymsk,PRI Asia/Vladivostok,"
        + "KHA Asia/Vladivostok,YEV Asia/Vladivostok,MAG Asia/Magadan,SAK Asia/Sakhalin,KAM Asia/Kamchatka,CHU Asia/Anadyr";

    private static readonly FrozenDictionary<(string Country, string State), ImmutableArray<string>> All = new[]
    {
        ("US", States), ("CA", Provinces), ("RU", Russia),
        ("AU", "NSW Australia/Sydney,VIC Australia/Melbourne,QLD Australia/Brisbane,SA Australia/Adelaide,WA Australia/Perth,TAS Australia/Hobart,NT Australia/Darwin,ACT Australia/Sydney"),
        ("BR", "AC America/Rio_Branco,AM America/Manaus,RO America/Porto_Velho,RR America/Boa_Vista,MT America/Cuiaba,MS America/Campo_Grande,PA America/Belem,AP America/Belem,TO America/Araguaina,MA America/Fortaleza,PI America/Fortaleza,"
            + "CE America/Fortaleza,RN America/Fortaleza,PB America/Fortaleza,PE America/Recife,AL America/Maceio,SE America/Maceio,BA America/Bahia,DF America/Sao_Paulo,GO America/Sao_Paulo,MG America/Sao_Paulo,ES America/Sao_Paulo,"
            + "RJ America/Sao_Paulo,SP America/Sao_Paulo,PR America/Sao_Paulo,SC America/Sao_Paulo,RS America/Sao_Paulo"),
        ("MX", "BCN America/Tijuana,BCS America/Mazatlan,SON America/Hermosillo,SIN America/Mazatlan,NAY America/Mazatlan,CHH America/Chihuahua America/Ciudad_Juarez America/Ojinaga,ROO America/Cancun,CMX America/Mexico_City,"
            + "AGU America/Mexico_City,CAM America/Merida,CHP America/Mexico_City,COA America/Monterrey,COL America/Mexico_City,DUR America/Monterrey,GRO America/Mexico_City,GUA America/Mexico_City,HID America/Mexico_City,"
            + "JAL America/Mexico_City,MEX America/Mexico_City,MIC America/Mexico_City,MOR America/Mexico_City,NLE America/Monterrey,OAX America/Mexico_City,PUE America/Mexico_City,QUE America/Mexico_City,SLP America/Mexico_City,"
            + "TAB America/Mexico_City,TAM America/Monterrey America/Matamoros,TLA America/Mexico_City,VER America/Mexico_City,YUC America/Merida,ZAC America/Mexico_City"),
        ("ID", "BA Asia/Makassar,NB Asia/Makassar,NT Asia/Makassar,KS Asia/Makassar,KI Asia/Makassar,KU Asia/Makassar,SN Asia/Makassar,ST Asia/Makassar,SA Asia/Makassar,SG Asia/Makassar,SR Asia/Makassar,GO Asia/Makassar,MA Asia/Jayapura,"
            + "MU Asia/Jayapura,PA Asia/Jayapura,PB Asia/Jayapura,JK Asia/Jakarta,JB Asia/Jakarta,JT Asia/Jakarta,JI Asia/Jakarta,BT Asia/Jakarta,YO Asia/Jakarta,SU Asia/Jakarta,SB Asia/Jakarta,SS Asia/Jakarta,LA Asia/Jakarta,AC Asia/Jakarta,"
            + "RI Asia/Jakarta,KR Asia/Jakarta,JA Asia/Jakarta,BE Asia/Jakarta,BB Asia/Jakarta,KB Asia/Pontianak,KT Asia/Pontianak"),
        ("ES", "CN Atlantic/Canary,GC Atlantic/Canary,TF Atlantic/Canary"), ("PT", "20 Atlantic/Azores,30 Atlantic/Madeira"), ("CL", "MA America/Punta_Arenas,AI America/Coyhaique"), ("EC", "W Pacific/Galapagos"),
    }.SelectMany(c => c.Item2.Split(',').Select(s => s.Split(' ')).Select(s => (Country: c.Item1, State: s[0], Zones: s.Skip(1).Select(z => Short.GetValueOrDefault(z, z)).ToImmutableArray())))
        .ToFrozenDictionary(s => (s.Country, s.State), s => s.Zones);

    /// <summary>All zones of the fifty states.</summary>
    internal static ImmutableArray<string> UnitedStates { get; } = ["America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "America/Adak", "Pacific/Honolulu"];

    /// <summary>The zones of a state; null where the state is not in the table.</summary>
    internal static ImmutableArray<string>? Find(string country, string state) => All.TryGetValue((country, state.ToUpperInvariant()), out var zones) ? zones : null;

    /// <summary>All zones that are named here.</summary>
    internal static IEnumerable<string> Named => All.Values.SelectMany(z => z).Distinct(StringComparer.Ordinal);
}
