using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Interim.</summary>
public static class RecordNormaliser
{
    /// <summary>Interim.</summary>
    public static CleanRecord Normalise(MappedRecord mapped)
    {
        var b = new FieldValues.Builder();
        foreach (var (field, value) in mapped.Raw.Present())
        {
            var v = value.Trim();
            if (field == Field.FullName)
            {
                var i = v.LastIndexOf(' ');
                b[Field.FirstName] = i < 0 ? null : v[..i];
                b[Field.LastName] = v[(i + 1)..];
            }
            else if (field != Field.FullAddress) b[field] = field == Field.Email ? v.ToLowerInvariant() : v;
        }

        if (b[Field.Email] is { } e) b[Field.EmailKey] = e;
        if (b[Field.Phone] is { } p)
        {
            try
            {
                var util = PhoneNumbers.PhoneNumberUtil.GetInstance();
                var n = util.Parse(p, mapped.Raw[Field.Country] is { Length: 2 } c ? c : mapped.Region);
                b[Field.Phone] = util.Format(n, PhoneNumbers.PhoneNumberFormat.E164);
            }
            catch (PhoneNumbers.NumberParseException)
            {
                b[Field.PhoneKey] = string.Concat(p.Where(char.IsAsciiDigit));
                b[Field.Phone] = null;
            }

            b[Field.PhoneKey] ??= b[Field.Phone];
        }

        return new CleanRecord(mapped.Key, mapped.Kind, b.Build(), [], mapped.Consents, mapped.UpdatedAt);
    }
}
