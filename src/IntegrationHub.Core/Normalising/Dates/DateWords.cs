using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>Names of months and weekdays, and the small words in dates, in fifteen languages.</summary>
internal static class DateWords
{
    // English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Danish, Norwegian, Finnish, Czech, Turkish, Russian. A name that two languages give to two months counts for the first.
    private static readonly string[] MonthTable =
    [
        "january january jan januar januari jänner janvier janv enero ene gennaio gen janeiro styczeń stycznia sty tammikuu tammikuuta tammi leden ledna ocak января январь янв",
        "february feb februar februari feber février fevrier févr fév fevr febrero febbraio fevereiro fev luty lutego lut helmikuu helmikuuta helmi únor února şubat февраля февраль фев февр",
        "march mar märz maerz mrz mars marzo maart mrt março marco marzec marca marts maaliskuu maaliskuuta maalis březen března mart марта март мар",
        "april apr avril avr abril abr aprile kwiecień kwietnia kwi huhtikuu huhtikuuta huhti duben dubna nisan апреля апрель апр",
        "may mai mayo maggio mag mei maio maj maja toukokuu toukokuuta touko květen května mayıs мая май",
        "june jun juni juin junio giugno giu junho czerwiec czerwca cze kesäkuu kesäkuuta kesä červen června haziran июня июнь июн",
        "july jul juli juillet juil julio luglio lug julho lipiec lipca lip heinäkuu heinäkuuta heinä červenec července temmuz июля июль июл",
        "august aug août aout agosto ago augustus sierpień sierpnia sie augusti elokuu elokuuta elo srpen srpna ağustos августа август авг",
        "september sep sept septembre septiembre settembre set setembro wrzesień września wrz syyskuu syyskuuta syys září eylül сентября сентябрь сен сент",
        "october oct oktober okt octobre octubre ottobre ott outubro out październik października paź lokakuu lokakuuta loka říjen října ekim октября октябрь окт",
        "november nov novembre noviembre novembro listopad listopada lis marraskuu marraskuuta marras kasım ноября ноябрь ноя нояб",
        "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudzień grudnia gru desember des joulukuu joulukuuta joulu prosinec prosince aralık декабря декабрь дек",
    ];

    private static readonly FrozenSet<string> Fillers = (
        "of de del di the den der le la el a am on at um klo kl vom il dne dia día em г года p "
        + "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
        + "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
        + "lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim "
        + "lunes martes miércoles miercoles jueves viernes sábado sabado domingo mié jue vie sáb dom "
        + "lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi venerdì venerdi sabato domenica gio sab "
        + "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag segunda terça quarta quinta sexta feira "
        + "poniedziałek wtorek środa czwartek piątek sobota niedziela måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag "
        + "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai pondělí úterý středa čtvrtek pátek neděle "
        + "pazartesi salı çarşamba perşembe cuma cumartesi pazar понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>May the word stand in a date without saying anything?</summary>
    public static bool IsFiller(string word) => Fillers.Contains(word.ToLowerInvariant());

    /// <summary>Months from 1 by name and short name in lower case.</summary>
    public static FrozenDictionary<string, int> Months()
    {
        var months = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < MonthTable.Length; i++)
            foreach (var name in MonthTable[i].Split(' ')) months.TryAdd(name, i + 1);
        return months.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
