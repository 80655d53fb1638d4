using IntegrationHub.DataGenerator.World;
using IntegrationHub.DataGenerator.Writing;

namespace IntegrationHub.DataGenerator.Traps;

/// <summary>Finds the trap pairs of a circle by what the records tell, not by what is true.</summary>
internal static class TrapFinder
{
    /// <summary>All pairs of records of the two people that a special circle is about; of other people who live together only those that nobody could decide.</summary>
    internal static void Find(Circle circle, IReadOnlyList<List<ContactRow>> rows, List<TrapPair> found)
    {
        var special = circle.Kind is CircleKind.Twins or CircleKind.FatherAndSon or CircleKind.Colleagues or CircleKind.Namesakes;
        for (var i = 0; i < rows.Count; i++)
            for (var j = i + 1; j < rows.Count; j++)
                foreach (var one in rows[i])
                    foreach (var other in rows[j])
                    {
                        var contradicts = Contradictions(one, other);
                        var meant = special && i == 0 && j == 1;
                        if (meant || (contradicts.Length == 0 && Alike(one.Written, other.Written)))
                            found.Add(Pair(one.Id, other.Id, contradicts.Length > 0 ? TrapPair.KindOf(circle.Kind) : TrapPair.Undecidable, contradicts));
                    }
    }

    /// <summary>What in the two records cannot both be true of one person; empty for nothing.</summary>
    internal static string Contradictions(ContactRow a, ContactRow b)
    {
        Written one = a.Written, other = b.Written;
        var all = "";
        if (one.Birth && other.Birth && one.BirthDay != other.BirthDay) all += " birth_date";
        if (one.Suffix.Length > 0 && other.Suffix.Length > 0 && one.Suffix != other.Suffix) all += " suffix";
        if (GivenNamesDiffer(one, other)) all += " given_name";
        if (one.Mail is { Work: true } mail && other.Mail is { Work: true } second && mail.Host == second.Host && mail.Address != second.Address) all += " work_email";
        return all.TrimStart();
    }

    private static bool GivenNamesDiffer(Written one, Written other) =>
        one is { Given: GivenAs.Plain, GivenName: { } a } && other is { Given: GivenAs.Plain, GivenName: { } b }
        && a.Plain[0] != b.Plain[0];

    /// <summary>The same home, line or mailbox, and no names that tell them apart.</summary>
    private static bool Alike(Written one, Written other) =>
        ((one.Home is not null && ReferenceEquals(one.Home, other.Home))
            || (one.Line is not null && ReferenceEquals(one.Line, other.Line))
            || (one.Mail is not null && ReferenceEquals(one.Mail, other.Mail)))
        && one.Surname && other.Surname
        && (one.Given is GivenAs.Missing or GivenAs.Initial || other.Given is GivenAs.Missing or GivenAs.Initial || one.GivenName?.Plain == other.GivenName?.Plain)
        && (one.GivenName is null || other.GivenName is null || one.GivenName.Plain[0] == other.GivenName.Plain[0]);

    private static TrapPair Pair(string a, string b, string kind, string contradicts) =>
        a.Length < b.Length || (a.Length == b.Length && string.CompareOrdinal(a, b) < 0) ? new TrapPair(a, b, kind, contradicts) : new TrapPair(b, a, kind, contradicts);
}
