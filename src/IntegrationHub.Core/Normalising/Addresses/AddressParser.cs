namespace IntegrationHub.Normalising;

/// <summary>The parts that were found, as written.</summary>
internal readonly record struct AddressParts(string? Number, string? Street, string? Unit, string? City, string? State, string? Postcode, string? Country)
{
    public bool IsEmpty => Street is null && City is null && Postcode is null && State is null && Country is null;
}

/// <summary>
/// Reads one address from its end to its front: country, postal code and state are the plainest, then the street by its number and its words,
/// and what is left beside it is the city. Works on the words of a value of bounded length.
/// </summary>
internal sealed partial class AddressParser(string value, string? region)
{
    private readonly List<List<string>> segments =
        [.. value.Split(',').Select(s => s.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList()).Where(s => s.Count > 0)];

    private string? number;
    private string? street;
    private string? unit;
    private string? city;
    private string? state;
    private string? postcode;
    private string? country;
    private string? place = region;
    private bool cityBehindPostcode;
    private List<string>? behindPostcode;
    private bool streetAndCityOnOneLine;

    public AddressParts Parse()
    {
        TakeCountry();
        TakePostcode();
        TakeState();
        if (postcode is null) TakePostcode();
        DropCounties();
        if (place is "DE" or "AT" or "CH" or "NL" or "ES" or "IT" or "DK" or "SE" or "NO" or "FI" or "BE" || (place is null && LooksContinental())) TakeStreetBeforeNumber();
        else TakeNumberBeforeStreet();
        TakeCity();
        return new(number, street, unit, city, state, postcode, country);
    }

    private bool LooksContinental() => segments.Any(s => s.Count > 1 && !HouseNumbers.Is(s[0]) && HouseNumbers.Last(s) > 0);

    private void TakeCountry()
    {
        if (segments.Count == 0) return;
        var last = segments[^1];
        if (segments.Count == 1 && last.Count == 1) return;
        for (var take = Math.Min(4, last.Count); take > 0; take--)
        {
            if (take == last.Count && segments.Count == 1) continue;
            var text = string.Join(' ', last[^take..]);
            if (text.Count(char.IsLetter) < 2) continue;
            // A code of two letters is a country's only where no state goes by it, and only on its own or as the region that is expected anyway.
            if (text.Length == 2 && (!IsUpper(text) || (text != place && take != last.Count) || (place is not null && States.Find(text, place) is not null))) continue;
            if (place is not null && States.Find(text, place) is not null && text != place) continue;
            if (Countries.Find(text) is not { } code) continue;
            country = code;
            place = code;
            Remove(segments.Count - 1, last.Count - take, take);
            return;
        }
    }

    private void TakePostcode()
    {
        if (postcode is not null || place is null) return;
        for (var s = segments.Count - 1; s >= 0; s--)
        {
            var words = segments[s];
            for (var i = words.Count - 1; i >= 0; i--)
                for (var take = Math.Min(2, words.Count - i); take > 0; take--)
                {
                    if (!CanBePostcode(s, i, take)) continue;
                    var text = string.Join(' ', words.GetRange(i, take));
                    if (Postcodes.Normalise(text, place) is null || !IsKnownShape(place)) continue;
                    postcode = text;
                    cityBehindPostcode = Postcodes.BeforeCity(place) && i + take < words.Count;
                    Remove(s, i, take);
                    if (i > 0 && i < words.Count) Isolate(s, i);
                    if (cityBehindPostcode) behindPostcode = segments[i > 0 ? s + 1 : s];
                    return;
                }
        }
    }

    private static bool IsKnownShape(string place) => place is "US" or "CA" or "GB" or "IE" or "AU" or "NZ" or "AT" or "CH" or "DE" or "FR" or "ES" or "IT" or "NL" or "DK" or "NO" or "BE" or "LU" or "SE" or "FI";

    private bool CanBePostcode(int segment, int at, int take)
    {
        var words = segments[segment];
        var first = words[at];
        if (!first.Any(char.IsAsciiDigit) && !words[at + take - 1].Any(char.IsAsciiDigit)) return false;
        var end = at + take == words.Count && segment == segments.Count - 1;
        return place switch
        {
            "GB" or "CA" or "IE" => take == 2 || first.Length >= 5,
            "NL" => take == 2 ? words[at + 1].Length == 2 && words[at + 1].All(char.IsAsciiLetterUpper) || !HasShorter(words, at) : true,
            "US" => take == 1 && (end || (at > 0 && IsState(words, at - 1)) || segment > 0 && at == 0),
            "AU" or "NZ" => take == 1 && end && (at > 0 || segment > 0),
            "SE" => true,
            // The number of a house is no code: the code stands before a city, or alone.
            _ => take == 1 && (at + 1 < words.Count ? !HouseNumbers.Is(words[at + 1]) : at == 0 || !end || segment > 0),
        };
    }

    private static bool HasShorter(List<string> words, int at) => words[at].Length > 4;

    private bool IsState(List<string> words, int at) => States.Find(words[at], place!) is not null;

    private void TakeState()
    {
        if (place is null || segments.Count == 0) return;
        var s = segments.Count - 1;
        var last = segments[s];
        for (var take = Math.Min(4, last.Count); take > 0; take--)
        {
            var text = string.Join(' ', last[^take..]);
            var bare = text.Trim('(', ')');
            if (States.Find(bare, place) is null) continue;
            var whole = take == last.Count;
            // Alone in the address it is more likely the city of that name.
            if (whole && (s == 0 || ReferenceEquals(last, behindPostcode))) continue;
            if (place is not ("US" or "CA" or "AU") && !(text[0] == '(' || whole && s > 1 || (place is "IT" or "CH") && text.Length == 2 && IsUpper(text))) continue;
            if (place is "GB" or "NZ" && !whole) continue;
            if (place is "IE" && !AddressWords.Fold(bare).StartsWith("co ", StringComparison.Ordinal)) continue;
            // "Brooklyn New York 11226" is a city and its state; "350 5th Ave, New York" names the city only.
            if (place == "US" && AddressWords.Fold(bare) is "new york" or "washington" && (!whole ? !StatePrecededByTown(last.Count - take) : postcode is null && s < 2)) continue;
            if (place == "US" && text.Length == 2 && !whole && !IsUpper(text) && !IsPlainTail(last, take)) continue;
            state = bare;
            Remove(s, last.Count - take, take);
            return;
        }
    }

    private bool StatePrecededByTown(int count)
    {
        if (count == 0) return false;
        var before = AddressWords.Fold(segments[^1][count - 1]);
        return postcode is not null && !AddressWords.IsType(before) && !AddressWords.IsDirection(before) && !HouseNumbers.Is(segments[^1][count - 1]);
    }

    private static bool IsPlainTail(List<string> words, int take) => words.Count > take && !HouseNumbers.Is(words[^(take + 1)]);

    private void DropCounties()
    {
        for (var i = segments.Count - 1; i > 0; i--)
            if (segments.Count > 1 && AddressWords.IsCounty(string.Join(' ', segments[i].Select(AddressWords.Fold)), place)) segments.RemoveAt(i);
    }

    private void TakeCity()
    {
        if (segments.Count == 0) return;
        var words = segments[^1];
        if (words.All(w => w.Length == 1 && !char.IsLetterOrDigit(w[0]))) return;
        // "Shoreditch London", "LaSalle Montréal": a district before a city that is known.
        if ((streetAndCityOnOneLine || (street is null && state is not null)) && segments.Count == 1 && words.Count > 1 && !AddressWords.IsDirectedCity(string.Join(' ', words.Select(AddressWords.Fold))))
            for (var take = Math.Min(3, words.Count - 1); take > 0; take--)
                if (AddressWords.IsBigCity(string.Join(' ', words[^take..].Select(AddressWords.Fold))))
                {
                    words = words[^take..];
                    break;
                }

        var text = string.Join(' ', words).Trim('-', '(', ')', ' ', '.');
        if (text.Any(char.IsLetter)) city = text;
    }

    private void Remove(int segment, int at, int count)
    {
        segments[segment].RemoveRange(at, count);
        if (segments[segment].Count == 0) segments.RemoveAt(segment);
    }

    /// <summary>Starts a new segment at the given word.</summary>
    private void Isolate(int segment, int at)
    {
        if (segment >= segments.Count || at <= 0 || at >= segments[segment].Count) return;
        segments.Insert(segment + 1, segments[segment][at..]);
        segments[segment].RemoveRange(at, segments[segment].Count - at);
    }

    private static bool IsUpper(string word) => !word.Any(char.IsLower);
}
