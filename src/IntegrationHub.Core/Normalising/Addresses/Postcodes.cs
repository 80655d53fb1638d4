namespace IntegrationHub.Normalising;

/// <summary>Postal codes by country: their shape, and how they are written.</summary>
internal static class Postcodes
{
    /// <summary>The code as its country writes it; null when the text is no code of that country. Countries without a known shape give back the text in capitals.</summary>
    public static string? Normalise(string text, string? country)
    {
        if (text.Length > 20) return null;
        if (ShapeOf(country) is { } shape && Matches(text, shape)) return text;
        var code = Compact(text, country);
        return country switch
        {
            "US" => Matches(code, "99999") ? code : Matches(code, "999999999") ? $"{code[..5]}-{code[5..]}" : null,
            "CA" => Matches(code, "A9A9A9") ? $"{code[..3]} {code[3..]}" : null,
            "GB" => British(code),
            "IE" => code.Length == 7 && char.IsAsciiLetter(code[0]) && char.IsAsciiDigit(code[1]) && char.IsAsciiLetterOrDigit(code[2]) ? $"{code[..3]} {code[3..]}" : null,
            "AU" or "NZ" or "AT" or "CH" or "DK" or "NO" or "BE" or "LU" => Matches(code, "9999") ? code : null,
            "DE" or "FR" or "ES" or "IT" or "FI" => Matches(code, "99999") ? code : null,
            "NL" => Matches(code, "9999AA") ? $"{code[..4]} {code[4..]}" : null,
            "SE" => Matches(code, "99999") ? $"{code[..3]} {code[3..]}" : null,
            _ => code.Length > 0 ? text.Trim().ToUpperInvariant() : null,
        };
    }

    // As the country itself writes it: most codes are.
    private static string? ShapeOf(string? country) => country switch
    {
        "US" or "DE" or "FR" or "ES" or "IT" or "FI" => "99999",
        "AU" or "NZ" or "AT" or "CH" or "DK" or "NO" or "BE" or "LU" => "9999",
        "CA" => "A9A 9A9",
        "NL" => "9999 AA",
        "SE" => "999 99",
        _ => null,
    };

    /// <summary>True where the code stands before the city.</summary>
    public static bool BeforeCity(string? country) => country is "DE" or "AT" or "CH" or "FR" or "ES" or "IT" or "NL" or "DK" or "SE" or "NO" or "BE" or "LU" or "FI";

    private static string Compact(string text, string? country)
    {
        Span<char> kept = stackalloc char[text.Length];
        var length = 0;
        foreach (var c in text)
            if (char.IsAsciiLetterOrDigit(c)) kept[length++] = char.ToUpperInvariant(c);
            else if (c is not (' ' or '-' or '.')) return "";
        var code = kept[..length];
        // D-10115, CH-8001, F-75001: the old way to name the country.
        if (country is not null && BeforeCity(country))
        {
            var letters = 0;
            while (letters < code.Length && char.IsAsciiLetter(code[letters])) letters++;
            if (letters is 1 or 2 && code.Length > letters && (code[..letters].SequenceEqual(country) || letters == 1 && code[0] == country[0] || country == "ES" && letters == 1 && code[0] == 'E'))
                code = code[letters..];
        }

        return code.ToString();
    }

    // Outward code: A9, A99, AA9, AA99, A9A, AA9A; inward: 9AA.
    private static string? British(string code)
    {
        if (code.Length is < 5 or > 7 || !Matches(code.AsSpan(code.Length - 3), "9AA")) return null;
        var outward = code[..^3];
        return Matches(outward, "A9") || Matches(outward, "A99") || Matches(outward, "AA9") || Matches(outward, "AA99") || Matches(outward, "A9A") || Matches(outward, "AA9A")
            ? $"{outward} {code[^3..]}" : null;
    }

    private static bool Matches(ReadOnlySpan<char> code, ReadOnlySpan<char> shape)
    {
        if (code.Length != shape.Length) return false;
        for (var i = 0; i < code.Length; i++)
            if (shape[i] switch { '9' => !char.IsAsciiDigit(code[i]), 'A' => !char.IsAsciiLetterUpper(code[i]), var sign => code[i] != sign }) return false;
        return true;
    }
}
