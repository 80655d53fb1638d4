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
internal sealed class AddressParser(string value, string? region)
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

    /// <summary>Takes number and unit out of a street's cell.</summary>
    public static AddressParts SplitStreet(string cell, string? place, bool wantNumber, bool wantUnit)
    {
        var parser = new AddressParser(cell, place);
        if (wantUnit) parser.TakeUnits();
        var words = parser.segments.SelectMany(s => s).ToList();
        string? number = null;
        if (wantNumber && words.Count > 1)
        {
            var behind = AddressWordsByCountry.NumberBehind(place);
            if (IsNumber(words[0]) && !behind && !(words.Count > 1 && AddressWords.IsFloor(Fold(words[1]))))
            {
                var length = NumberLength(words, 0);
                if (length < words.Count) (number, words) = (string.Join(' ', words.Take(length)), words[length..]);
            }
            else if ((behind || place is null) && LastNumber(words) is var at && at > 0)
            {
                (number, words) = (string.Join(' ', words.Skip(at)), words[..at]);
            }
        }

        if (number is not null && wantUnit && parser.unit is null && UnitSlash(number, place) is var slash and > 0) (parser.unit, number) = (number[..slash], number[(slash + 1)..]);
        return new(number, words.Count == 0 ? null : string.Join(' ', words), parser.unit, null, null, null, null);
    }

    private bool LooksContinental() => segments.Any(s => s.Count > 1 && !IsNumber(s[0]) && LastNumber(s) > 0);

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
            _ => take == 1 && (at + 1 < words.Count ? !IsNumber(words[at + 1]) : at == 0 || !end || segment > 0),
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
            if (place is "IE" && !Fold(bare).StartsWith("co ", StringComparison.Ordinal)) continue;
            // "Brooklyn New York 11226" is a city and its state; "350 5th Ave, New York" names the city only.
            if (place == "US" && Fold(bare) is "new york" or "washington" && (!whole ? !StatePrecededByTown(last.Count - take) : postcode is null && s < 2)) continue;
            if (place == "US" && text.Length == 2 && !whole && !IsUpper(text) && !IsPlainTail(last, take)) continue;
            state = bare;
            Remove(s, last.Count - take, take);
            return;
        }
    }

    private bool StatePrecededByTown(int count)
    {
        if (count == 0) return false;
        var before = Fold(segments[^1][count - 1]);
        return postcode is not null && !AddressWords.IsType(before) && !AddressWords.IsDirection(before) && !IsNumber(segments[^1][count - 1]);
    }

    private static bool IsPlainTail(List<string> words, int take) => words.Count > take && !IsNumber(words[^(take + 1)]);

    private void DropCounties()
    {
        for (var i = segments.Count - 1; i > 0; i--)
            if (segments.Count > 1 && AddressWords.IsCounty(string.Join(' ', segments[i].Select(Fold)), place)) segments.RemoveAt(i);
    }

    private void TakeUnits()
    {
        for (var s = 0; s < segments.Count; s++)
        {
            var words = segments[s];
            for (var i = 0; i < words.Count; i++)
            {
                var length = UnitLength(words, i, s);
                if (length == 0) continue;
                var text = string.Join(' ', words.GetRange(i, length));
                unit = unit is null ? text : $"{unit}, {text}";
                var behind = i + length < words.Count;
                Remove(s, i, length);
                if (s >= segments.Count || !ReferenceEquals(segments[s], words)) break;
                if (i > 0 && behind)
                {
                    Isolate(s, i);
                    break;
                }

                i--;
            }
        }
    }

    private static int UnitLength(List<string> words, int at, int segment)
    {
        var word = Fold(words[at]);
        // "3/45 Smith St" is read by the number; "#104", "# 104".
        if (words[at][0] == '#') return words[at].Length > 1 ? 1 : at + 1 < words.Count ? 2 : 0;
        // "Sixth Floor", "4th Floor".
        if (AddressWords.IsOrdinal(word) && at + 1 < words.Count && AddressWords.IsFloor(Fold(words[at + 1])) && Fold(words[at + 1]) is "floor" or "fl" or "flr") return 2;
        if (!AddressWords.IsUnit(word) || at + 1 >= words.Count) return 0;
        // A word of a street's or a town's name, unless an identifier follows.
        var next = Fold(words[at + 1]);
        if (next is "no" or "nr" or "number" or "#" && at + 2 < words.Count) return 3;
        if (!IsIdentifier(words[at + 1])) return 0;
        if (at > 0 && segment == 0 && at == words.Count - 1) return 0;
        return 2;
    }

    private static bool IsIdentifier(string word)
    {
        var bare = word.TrimStart('#').TrimEnd('.');
        if (bare.Length == 0 || bare.Length > 8) return false;
        return bare.Any(char.IsAsciiDigit) || (bare.Length == 1 && char.IsAsciiLetter(bare[0]));
    }

    private void TakeNumberBeforeStreet()
    {
        TakeUnits();
        for (var s = 0; s < segments.Count; s++)
        {
            var words = segments[s];
            for (var i = 0; i + 1 < words.Count; i++)
            {
                if (!IsNumber(words[i])) continue;
                var length = NumberLength(words, i);
                if (i + length >= words.Count) continue;
                if (i > 0 && place is "FR" && AddressWords.IsLeadingType(Fold(words[0]))) break;
                if (i > 0 && AddressWords.IsType(Fold(words[i - 1])) && words.Count - i < 3) continue;
                TakeStreet(s, i, length);
                return;
            }

            // "45, rue de la Paix"
            if (words.Count == 1 && IsNumber(words[0]) && s + 1 < segments.Count && segments[s + 1].Count > 1)
            {
                segments[s + 1].Insert(0, words[0]);
                segments.RemoveAt(s);
                TakeStreet(s, 0, 1);
                return;
            }
        }

        TakeStreetWithoutNumber();
    }

    private void TakeStreet(int s, int at, int length)
    {
        var words = segments[s];
        number = string.Join(' ', words.GetRange(at, length));
        if (unit is null && UnitSlash(number, place) is var slash and > 0) (unit, number) = (number[..slash], number[(slash + 1)..]);
        var rest = words[(at + length)..];
        // "12 Newgate Shopping Centre, George St": the number is the building's.
        if (AddressWords.IsBuilding(Fold(rest[^1])) && s + 1 < segments.Count - (cityBehindPostcode ? 0 : 1) && EndsAsStreet(segments[s + 1]) && !segments[s + 1].Any(IsNumber))
        {
            street = string.Join(' ', segments[s + 1]);
            segments.RemoveRange(0, s + 2);
            return;
        }

        // Where other segments may hold the city, the whole segment is the street, unless a district plainly follows a street's word.
        var own = EndOfStreet(rest, strongOnly: segments.Count - 1 > s);
        street = string.Join(' ', rest.Take(own));
        segments.RemoveRange(0, s + 1);
        streetAndCityOnOneLine = own < rest.Count;
        if (streetAndCityOnOneLine) segments.Insert(0, rest[own..]);
    }

    /// <summary>How many words the street has, when the city may follow it without a comma.</summary>
    private int EndOfStreet(List<string> words, bool strongOnly = false)
    {
        if (place is "FR") return words.Count;
        var end = 0;
        for (var i = 0; i < words.Count; i++)
        {
            var word = Fold(words[i]);
            // "US Highway 431", "Route 9", "County Road 12".
            if (word is "highway" or "hwy" or "route" or "rte" or "road" or "rd" or "interstate" && i + 1 < words.Count && words[i + 1].Any(char.IsAsciiDigit) && (word is not ("road" or "rd") || i > 0))
            {
                end = i + 2;
                break;
            }

            if (i == 0)
            {
                // "Avenue B", "Avenue of the Americas", "Broadway".
                if (word is "avenue" or "ave" && words.Count > 1 && words[1].Length == 1) end = 2;
                else if (word is "broadway" or "bowery" or "esplanade" or "mall" && (words.Count == 1 || !AddressWords.IsType(Fold(words[1])))) end = 1;
                else if (word is "avenue" && words.Count > 3 && Fold(words[1]) == "of") end = Math.Min(4, words.Count);
                if (end > 0) break;
                continue;
            }

            if (i == 1 && word is "st" && IsSaintly(words, i)) continue;
            if (!AddressWords.IsStrongType(word)) continue;
            if (IsSaintly(words, i)) continue;
            end = i + 1;
            while (end < words.Count && AddressWords.IsStrongType(Fold(words[end])) && !IsSaintly(words, end)) end++;
            break;
        }

        if (end == 0)
        {
            if (strongOnly) return words.Count;
            for (var i = words.Count - 2; i > 0 && end == 0; i--)
                if (AddressWords.IsType(Fold(words[i]))) end = i + 1;
            if (end == 0) return words.Count == 1 || state is null && postcode is null && city is null ? words.Count : words.Count - TownLength(words);
        }

        if (end < words.Count && AddressWords.IsDirection(Fold(words[end])))
        {
            var spelt = words[end].Length > 2;
            var directed = spelt && end + 1 < words.Count && AddressWords.IsDirectedCity(string.Join(' ', words[end..].Select(Fold)));
            if (!directed) end++;
        }

        return end;
    }

    // "St James", "St. Louis": a saint, where a capitalised name follows and no street has begun.
    private static bool IsSaintly(List<string> words, int at) =>
        Fold(words[at]) is "st" && at + 1 < words.Count && at + 1 < words.Count && AddressWords.IsType(Fold(words[at + 1])) is false && words[(at + 1)..].Any(w => AddressWords.IsStrongType(Fold(w)) && Fold(w) != "st") && at <= 1
        && at + 2 < words.Count && AddressWords.IsStrongType(Fold(words[at + 2]));

    private static int TownLength(List<string> words)
    {
        if (AddressWords.IsBigCity(string.Join(' ', words.TakeLast(2).Select(Fold))) && words.Count > 2) return 2;
        return words.Count > 2 && AddressWords.OpensTown(Fold(words[^2])) ? 2 : 1;
    }

    private void TakeStreetWithoutNumber()
    {
        for (var s = 0; s < segments.Count; s++)
        {
            var words = segments[s];
            if (place is "FR" && AddressWords.IsLeadingType(Fold(words[0])) && words.Count > 1)
            {
                street = string.Join(' ', words);
                segments.RemoveRange(0, s + 1);
                return;
            }

            if (Fold(words[0]) is "po" or "pobox" or "postfach" || (words.Count > 1 && Fold(words[0]) == "p" && Fold(words[1]) == "o"))
            {
                var box = words.FindIndex(w => w.Any(char.IsAsciiDigit)) is var at && at >= 0 ? at + 1 : words.Count;
                street = string.Join(' ', words.Take(box));
                var rest = words[box..];
                segments.RemoveRange(0, s + 1);
                if (rest.Count > 0) segments.Insert(0, rest);
                return;
            }

            if (EndsAsStreet(words) && (segments.Count > s + 1 || segments.Count == 1 && segments[0].Count > 1 && postcode is null && state is null))
            {
                street = string.Join(' ', words);
                segments.RemoveRange(0, s + 1);
                return;
            }
        }

        if (unit is not null && segments.Count == 1) TakeStreetAndTown();
        else if (segments.Count == 1 && (postcode is not null || state is not null) && segments[0].FindIndex(1, w => AddressWords.IsStrongType(Fold(w))) > 0) TakeStreetAndTown();
        else if (segments.Count > 1 && postcode is not null && place is "GB" or "IE" or "AU" or "NZ" or "US" or "CA")
        {
            street = string.Join(' ', segments[0]);
            segments.RemoveAt(0);
        }
    }

    private void TakeStreetAndTown()
    {
        var words = segments[0];
        var end = EndOfStreet(words);
        if (end >= words.Count && postcode is null) return;
        street = string.Join(' ', words.Take(end));
        segments.RemoveAt(0);
        if (end < words.Count) segments.Insert(0, words[end..]);
    }

    private static bool EndsAsStreet(List<string> words)
    {
        if (words.Count < 2) return words.Count == 1 && Fold(words[0]) is "broadway";
        var last = Fold(words[^1]);
        return AddressWords.IsType(last) || (words.Count > 2 && AddressWords.IsDirection(last) && AddressWords.IsType(Fold(words[^2])));
    }

    private void TakeStreetBeforeNumber()
    {
        TakeUnits();
        for (var s = 0; s < segments.Count; s++)
        {
            var words = segments[s];
            // "C. de Ruiz de Alarcón, 23"
            if (s > 0 && IsNumber(words[0]) && NumberLength(words, 0) is var alone && (alone == words.Count || place is "ES" or "IT") && !segments[s - 1].Any(IsNumber))
            {
                number = string.Join(' ', words.Take(alone));
                street = string.Join(' ', segments[s - 1][StartOfStreet(segments[s - 1])..]);
                var beside = words[alone..];
                segments.RemoveRange(0, s + 1);
                if (beside.Count > 0) segments.Insert(0, beside);
                return;
            }

            for (var i = 1; i < words.Count; i++)
            {
                if (!IsNumber(words[i]) || AddressWords.IsOrdinal(Fold(words[i]))) continue;
                // A number inside a name: "Straße des 17. Juni 135".
                if (words[i].EndsWith('.') && i + 1 < words.Count) continue;
                var length = NumberLength(words, i);
                number = string.Join(' ', words.GetRange(i, length));
                street = string.Join(' ', words[StartOfStreet(words[..i])..i]);
                var beside = words[(i + length)..];
                segments.RemoveRange(0, s + 1);
                if (beside.Count > 0) segments.Insert(0, beside);
                return;
            }

            // Number first, as strangers write it: "12 Via Roma".
            if (words.Count > 1 && IsNumber(words[0]) && s < segments.Count)
            {
                var length = NumberLength(words, 0);
                if (length == words.Count) continue;
                number = string.Join(' ', words.Take(length));
                street = string.Join(' ', words.Skip(length));
                segments.RemoveRange(0, s + 1);
                return;
            }
        }

        for (var s = 0; s < segments.Count - (cityBehindPostcode || segments.Count > 1 ? 1 : 0); s++)
        {
            var words = segments[s];
            var named = place is "ES" or "IT" ? words.Count > 1 && AddressWords.IsLeadingType(Fold(words[0])) : AddressWords.EndsLikeStreet(words[^1].ToLowerInvariant(), place) && (cityBehindPostcode || segments.Count > s + 1);
            if (!named) continue;
            street = string.Join(' ', words);
            segments.RemoveRange(0, s + 1);
            return;
        }
    }

    /// <summary>Where the street begins behind the name of a house or firm.</summary>
    private int StartOfStreet(List<string> words)
    {
        if (place is "ES" or "IT" or "FR")
        {
            var type = words.FindIndex(w => AddressWords.IsLeadingType(w.ToLowerInvariant().TrimEnd('.')) || AddressWords.IsLeadingType(w.ToLowerInvariant()));
            return Math.Max(0, type);
        }

        var last = words.Count - 1;
        if (last < 1) return 0;
        var word = words[last].ToLowerInvariant();
        // A compound such as Triftstrasse is a whole name; a bare "Straße" needs the words before it.
        if (word.Length < 8 || !AddressWords.EndsLikeStreet(word, place)) return 0;
        var start = last;
        while (start > 0 && AddressWords.IsOpener(words[start - 1].ToLowerInvariant())) start--;
        return start;
    }

    private void TakeCity()
    {
        if (segments.Count == 0) return;
        var words = segments[^1];
        if (words.All(w => w.Length == 1 && !char.IsLetterOrDigit(w[0]))) return;
        // "Shoreditch London", "LaSalle Montréal": a district before a city that is known.
        if ((streetAndCityOnOneLine || (street is null && state is not null)) && segments.Count == 1 && words.Count > 1 && !AddressWords.IsDirectedCity(string.Join(' ', words.Select(Fold))))
            for (var take = Math.Min(3, words.Count - 1); take > 0; take--)
                if (AddressWords.IsBigCity(string.Join(' ', words[^take..].Select(Fold))))
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

    private static int NumberLength(List<string> words, int at)
    {
        var length = 1;
        while (at + length < words.Count)
        {
            var word = Fold(words[at + length]);
            if (word is "bis" or "ter" or "quater" or "½" || (word is "1/2" or "" && words[at + length] is "1/2")) length++;
            else if (words[at + length] is "-" or "–" && at + length + 1 < words.Count && IsNumber(words[at + length + 1])) length += 2;
            else if (length == 1 && word.Length == 1 && word[0] is >= 'a' and <= 'd' && words[at + length].Length == 1 && char.IsAsciiLetterLower(words[at + length][0])) length++;
            else break;
        }

        return length;
    }

    /// <summary>Where a number at the end of a street begins; -1 where there is none.</summary>
    private static int LastNumber(List<string> words)
    {
        for (var i = 1; i < words.Count; i++)
            if (IsNumber(words[i]) && !(words[i].EndsWith('.') && i + 1 < words.Count) && i + NumberLength(words, i) == words.Count) return i;
        return -1;
    }

    /// <summary>12, 12a, 4-6, 92-10, 2455-B, 12/3, s/n; no ordinal.</summary>
    private static bool IsNumber(string word)
    {
        if (word.Equals("s/n", StringComparison.OrdinalIgnoreCase)) return true;
        if (word.Length is 0 or > 10 || !char.IsAsciiDigit(word[0])) return false;
        var letters = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (char.IsAsciiLetter(c))
            {
                if (++letters > 2) return false;
            }
            else if (char.IsAsciiDigit(c) || c is '-' or '/' or '+' or '–' || (c == '.' && i == word.Length - 1)) continue;
            else return false;
        }

        return letters < 2 || !AddressWords.IsOrdinal(Fold(word));
    }

    // "3/45 Smith Street" is flat 3 of number 45 in Australia and New Zealand.
    private static int UnitSlash(string number, string? place) =>
        place is "AU" or "NZ" && number.IndexOf('/') is var slash && slash > 0 && slash < number.Length - 1 && number.LastIndexOf('/') == slash ? slash : -1;

    private static bool IsUpper(string word) => !word.Any(char.IsLower);

    private static string Fold(string word) => word.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant();
}

/// <summary>Where a country writes its house numbers.</summary>
internal static class AddressWordsByCountry
{
    /// <summary>True where the number follows the street.</summary>
    public static bool NumberBehind(string? place) => place is "DE" or "AT" or "CH" or "NL" or "ES" or "IT" or "DK" or "SE" or "NO" or "FI" or "BE" or "PL" or "CZ" or "PT";
}
