namespace IntegrationHub.Normalising;

/// <summary>The street, its number and its units, where the number stands before the street and where it stands behind.</summary>
internal sealed partial class AddressParser
{
    /// <summary>Takes number and unit out of a street's cell.</summary>
    public static AddressParts SplitStreet(string cell, string? place, bool wantNumber, bool wantUnit)
    {
        var parser = new AddressParser(cell, place);
        if (wantUnit) parser.TakeUnits();
        var words = parser.segments.SelectMany(s => s).ToList();
        string? number = null;
        if (wantNumber && words.Count > 1)
        {
            var behind = HouseNumbers.StandBehind(place);
            if (HouseNumbers.Is(words[0]) && !behind && !(words.Count > 1 && AddressWords.IsFloor(AddressWords.Fold(words[1]))))
            {
                var length = HouseNumbers.Length(words, 0);
                if (length < words.Count) (number, words) = (string.Join(' ', words.Take(length)), words[length..]);
            }
            else if ((behind || place is null) && HouseNumbers.Last(words) is var at && at > 0)
            {
                (number, words) = (string.Join(' ', words.Skip(at)), words[..at]);
            }
        }

        if (number is not null && wantUnit && parser.unit is null && HouseNumbers.UnitSlash(number, place) is var slash and > 0) (parser.unit, number) = (number[..slash], number[(slash + 1)..]);
        return new(number, words.Count == 0 ? null : string.Join(' ', words), parser.unit, null, null, null, null);
    }

    private void TakeUnits()
    {
        for (var s = 0; s < segments.Count; s++)
        {
            var words = segments[s];
            for (var i = 0; i < words.Count; i++)
            {
                var length = AddressUnits.Length(words, i, s);
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

    private void TakeNumberBeforeStreet()
    {
        TakeUnits();
        for (var s = 0; s < segments.Count; s++)
        {
            var words = segments[s];
            for (var i = 0; i + 1 < words.Count; i++)
            {
                if (!HouseNumbers.Is(words[i])) continue;
                var length = HouseNumbers.Length(words, i);
                if (i + length >= words.Count) continue;
                if (i > 0 && place is "FR" && AddressWords.IsLeadingType(AddressWords.Fold(words[0]))) break;
                if (i > 0 && AddressWords.IsType(AddressWords.Fold(words[i - 1])) && words.Count - i < 3) continue;
                TakeStreet(s, i, length);
                return;
            }

            // "45, rue de la Paix"
            if (words.Count == 1 && HouseNumbers.Is(words[0]) && s + 1 < segments.Count && segments[s + 1].Count > 1)
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
        if (unit is null && HouseNumbers.UnitSlash(number, place) is var slash and > 0) (unit, number) = (number[..slash], number[(slash + 1)..]);
        var rest = words[(at + length)..];
        // "12 Newgate Shopping Centre, George St": the number is the building's.
        if (AddressWords.IsBuilding(AddressWords.Fold(rest[^1])) && s + 1 < segments.Count - (cityBehindPostcode ? 0 : 1) && EndsAsStreet(segments[s + 1]) && !segments[s + 1].Any(HouseNumbers.Is))
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
            var word = AddressWords.Fold(words[i]);
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
                else if (word is "broadway" or "bowery" or "esplanade" or "mall" && (words.Count == 1 || !AddressWords.IsType(AddressWords.Fold(words[1])))) end = 1;
                else if (word is "avenue" && words.Count > 3 && AddressWords.Fold(words[1]) == "of") end = Math.Min(4, words.Count);
                if (end > 0) break;
                continue;
            }

            if (i == 1 && word is "st" && IsSaintly(words, i)) continue;
            if (!AddressWords.IsStrongType(word)) continue;
            if (IsSaintly(words, i)) continue;
            end = i + 1;
            while (end < words.Count && AddressWords.IsStrongType(AddressWords.Fold(words[end])) && !IsSaintly(words, end)) end++;
            break;
        }

        if (end == 0)
        {
            if (strongOnly) return words.Count;
            for (var i = words.Count - 2; i > 0 && end == 0; i--)
                if (AddressWords.IsType(AddressWords.Fold(words[i]))) end = i + 1;
            if (end == 0) return words.Count == 1 || state is null && postcode is null && city is null ? words.Count : words.Count - TownLength(words);
        }

        if (end < words.Count && AddressWords.IsDirection(AddressWords.Fold(words[end])))
        {
            var spelt = words[end].Length > 2;
            var directed = spelt && end + 1 < words.Count && AddressWords.IsDirectedCity(string.Join(' ', words[end..].Select(AddressWords.Fold)));
            if (!directed) end++;
        }

        return end;
    }

    // "St James", "St. Louis": a saint, where a capitalised name follows and no street has begun.
    private static bool IsSaintly(List<string> words, int at) =>
        AddressWords.Fold(words[at]) is "st" && at + 1 < words.Count && at + 1 < words.Count && AddressWords.IsType(AddressWords.Fold(words[at + 1])) is false && words[(at + 1)..].Any(w => AddressWords.IsStrongType(AddressWords.Fold(w)) && AddressWords.Fold(w) != "st") && at <= 1
        && at + 2 < words.Count && AddressWords.IsStrongType(AddressWords.Fold(words[at + 2]));

    private static int TownLength(List<string> words)
    {
        if (AddressWords.IsBigCity(string.Join(' ', words.TakeLast(2).Select(AddressWords.Fold))) && words.Count > 2) return 2;
        return words.Count > 2 && AddressWords.OpensTown(AddressWords.Fold(words[^2])) ? 2 : 1;
    }

    private void TakeStreetWithoutNumber()
    {
        for (var s = 0; s < segments.Count; s++)
        {
            var words = segments[s];
            if (place is "FR" && AddressWords.IsLeadingType(AddressWords.Fold(words[0])) && words.Count > 1)
            {
                street = string.Join(' ', words);
                segments.RemoveRange(0, s + 1);
                return;
            }

            if (AddressWords.Fold(words[0]) is "po" or "pobox" or "postfach" || (words.Count > 1 && AddressWords.Fold(words[0]) == "p" && AddressWords.Fold(words[1]) == "o"))
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
        else if (segments.Count == 1 && (postcode is not null || state is not null) && segments[0].FindIndex(1, w => AddressWords.IsStrongType(AddressWords.Fold(w))) > 0) TakeStreetAndTown();
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
        if (words.Count < 2) return words.Count == 1 && AddressWords.Fold(words[0]) is "broadway";
        var last = AddressWords.Fold(words[^1]);
        return AddressWords.IsType(last) || (words.Count > 2 && AddressWords.IsDirection(last) && AddressWords.IsType(AddressWords.Fold(words[^2])));
    }

    private void TakeStreetBeforeNumber()
    {
        TakeUnits();
        for (var s = 0; s < segments.Count; s++)
        {
            var words = segments[s];
            // "C. de Ruiz de Alarcón, 23"
            if (s > 0 && HouseNumbers.Is(words[0]) && HouseNumbers.Length(words, 0) is var alone && (alone == words.Count || place is "ES" or "IT") && !segments[s - 1].Any(HouseNumbers.Is))
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
                if (!HouseNumbers.Is(words[i]) || AddressWords.IsOrdinal(AddressWords.Fold(words[i]))) continue;
                // A number inside a name: "Straße des 17. Juni 135".
                if (words[i].EndsWith('.') && i + 1 < words.Count) continue;
                var length = HouseNumbers.Length(words, i);
                number = string.Join(' ', words.GetRange(i, length));
                street = string.Join(' ', words[StartOfStreet(words[..i])..i]);
                var beside = words[(i + length)..];
                segments.RemoveRange(0, s + 1);
                if (beside.Count > 0) segments.Insert(0, beside);
                return;
            }

            // Number first, as strangers write it: "12 Via Roma".
            if (words.Count > 1 && HouseNumbers.Is(words[0]) && s < segments.Count)
            {
                var length = HouseNumbers.Length(words, 0);
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
            var named = place is "ES" or "IT" ? words.Count > 1 && AddressWords.IsLeadingType(AddressWords.Fold(words[0])) : AddressWords.EndsLikeStreet(words[^1].ToLowerInvariant(), place) && (cityBehindPostcode || segments.Count > s + 1);
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
}
