namespace IntegrationHub.Benchmarks.Normalising;

/// <summary>How one country writes its addresses, numbers and dates.</summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Name">Its name as lists have it.</param>
/// <param name="Top">Top-level domain.</param>
/// <param name="Cities">Cities, the largest first.</param>
/// <param name="States">States as written; empty where addresses name none.</param>
/// <param name="Postcode">Form of the postal code: # a digit, N a digit from 2 on, A a letter.</param>
/// <param name="Phones">Forms of numbers that exist.</param>
/// <param name="Street">Form of the street; * is its name.</param>
/// <param name="NumberBehind">The house's number follows the street.</param>
/// <param name="DateForm">Form of dates.</param>
/// <param name="LegalForms">Legal forms of firms.</param>
internal sealed record Place(
    string Code, string Name, string Top, string[] Cities, string[] States, string Postcode, string[] Phones, string Street, bool NumberBehind, string DateForm, string[] LegalForms);

/// <summary>The countries of the made contacts, the most common first.</summary>
internal static class Places
{
    private static readonly string[] AmericanStates = ["CA", "TX", "FL", "NY", "PA", "IL", "OH", "GA", "NC", "MI", "California", "Texas", "New Jersey", "WA", "AZ", "MA", "TN", "Virginia"];

    public static Place[] All { get; } =
    [
        new("US", "United States", "com", ["New York", "Los Angeles", "Chicago", "Houston", "Phoenix", "Philadelphia", "San Antonio", "San Diego", "Dallas", "Austin", "Fort Worth", "St. Louis", "Denver"], AmericanStates, "#####",
            ["+1415NNN####", "+1212NNN####", "(312) NNN-####", "713-NNN-####", "305.NNN.####", "+1 602-NNN-####", "1-214-NNN-####", "617NNN####"], "* St", false, "MM/dd/yyyy", ["Inc.", "LLC", "Inc", "Corp.", "Co."]),
        new("GB", "United Kingdom", "co.uk", ["London", "Birmingham", "Manchester", "Leeds", "Glasgow", "Liverpool", "Bristol", "Newcastle upon Tyne"], [], "AA# #AA",
            ["+44207946####", "020 7946 ####", "07911 12####", "0161 496 ####", "+44 7700 90####", "01632 96####"], "* Road", false, "dd/MM/yyyy", ["Ltd", "Limited", "plc", "LLP"]),
        new("DE", "Germany", "de", ["Berlin", "Hamburg", "München", "Köln", "Frankfurt am Main", "Stuttgart", "Düsseldorf", "Leipzig"], [], "1####",
            ["+4930N######", "030 N######", "0171 N######", "+49 89 N#######", "089/N######", "0151 N#######", "(040) N######"], "*straße", true, "dd.MM.yyyy", ["GmbH", "AG", "GmbH & Co. KG", "UG", "e.K."]),
        new("FR", "France", "fr", ["Paris", "Marseille", "Lyon", "Toulouse", "Nice", "Nantes"], [], "7####", ["+331N#######", "01 42 ## ## ##", "06 12 ## ## ##", "+33 4 91 ## ## ##"], "rue de *", false, "dd/MM/yyyy", ["SARL", "SAS", "SA"]),
        new("CA", "Canada", "ca", ["Toronto", "Montréal", "Vancouver", "Calgary", "Ottawa"], ["ON", "QC", "BC", "AB", "Ontario"], "A#A #A#", ["+1416NNN####", "(604) NNN-####", "514-NNN-####"], "* Avenue", false, "yyyy-MM-dd", ["Inc.", "Ltd."]),
        new("NL", "Netherlands", "nl", ["Amsterdam", "Rotterdam", "Den Haag", "Utrecht"], [], "1### AA", ["+316N#######", "020 N######", "06-N#######"], "*straat", true, "dd-MM-yyyy", ["B.V.", "N.V."]),
        new("AU", "Australia", "com.au", ["Sydney", "Melbourne", "Brisbane", "Perth"], ["NSW", "VIC", "QLD", "WA"], "2###", ["+61412######", "02 9### ####", "0412 ### ###"], "* Street", false, "dd/MM/yyyy", ["Pty Ltd", "Pty. Ltd."]),
        new("ES", "Spain", "es", ["Madrid", "Barcelona", "Valencia", "Sevilla"], [], "28###", ["+34612######", "91 ### ## ##", "612 ## ## ##"], "Calle de *,", true, "dd/MM/yyyy", ["S.L.", "S.A."]),
        new("IT", "Italy", "it", ["Roma", "Milano", "Napoli", "Torino"], [], "20###", ["+3906N#######", "02 N#######", "347 #######"], "Via *", true, "dd/MM/yyyy", ["S.r.l.", "S.p.A."]),
        new("AT", "Austria", "at", ["Wien", "Graz", "Linz"], [], "1###", ["+431N######", "0664 #######", "01 N######"], "*gasse", true, "dd.MM.yyyy", ["GmbH", "AG"]),
        new("CH", "Switzerland", "ch", ["Zürich", "Genève", "Basel"], [], "8###", ["+4144N######", "079 N## ## ##", "044 N## ## ##"], "*strasse", true, "dd.MM.yyyy", ["AG", "GmbH"]),
        new("IE", "Ireland", "ie", ["Dublin", "Cork", "Galway"], [], "D## AA##", ["+35387#######", "01 N## ####", "086 ### ####"], "* Street", false, "dd/MM/yyyy", ["Ltd", "DAC"]),
        new("NZ", "New Zealand", "co.nz", ["Auckland", "Wellington"], [], "1###", ["+6421######", "09 3## ####", "021 ### ###"], "* Road", false, "dd/MM/yyyy", ["Ltd", "Limited"]),
        new("SE", "Sweden", "se", ["Stockholm", "Göteborg"], [], "11# ##", ["+4670#######", "08-### ### ##", "070-### ## ##"], "*gatan", true, "yyyy-MM-dd", ["AB"]),
    ];
}
