using System.Runtime.InteropServices;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>What two groups of records say of being one contact.</summary>
/// <param name="Weight">The match weight of the two groups in bits, prior included.</param>
/// <param name="Contradicts">True where a pair of them speaks so clearly against it that a person must decide.</param>
/// <param name="NamesTwo">True where two single records have two given names.</param>
/// <param name="Unnamed">True where one of two single records has no given name.</param>
public readonly record struct GroupEvidence(double Weight, bool Contradicts, bool NamesTwo = false, bool Unnamed = false);

/// <summary>
/// Weighs two groups of records, each of them held to be one contact, as if they were two records. A contact has one name, one birth date, one national id: those count as they agree on
/// the average of all pairs. It has several addresses, numbers and employers: of those the one that agrees best counts, and two groups of which none agrees are likely two contacts,
/// however many records have the same name. Two single records weigh what their pair weighs.
/// For one thread; remembers the pairs that it compared last.
/// </summary>
public sealed class GroupScorer(PairScorer scorer)
{
    // A pair with less evidence than this, the prior left out, contradicts: no third record joins the two without a person.
    private const double LeastEvidence = -7;

    private const int MostRemembered = 8_192;

    /// <summary>Of a larger group the least so many records speak: a hundred that were joined say what all of them do.</summary>
    internal const int MostOfGroup = 100;

    private readonly Dictionary<(int, int), Compared> known = [];

    /// <summary>Weighs two groups; the same whichever comes first.</summary>
    public GroupEvidence Weigh(IReadOnlyList<int> left, IReadOnlyList<int> right)
    {
        if (known.Count > MostRemembered) known.Clear();
        if (left.Count == 1 && right.Count == 1)
        {
            var pair = Of(left[0], right[0]);
            var given = (GivenLevel)pair.Pattern[Comparison.GivenName];
            return new GroupEvidence(pair.Weight, pair.Contradicts, given == GivenLevel.Differs, given == GivenLevel.None);
        }

        Span<(ClassOdds Logs, int Count)> sums = stackalloc (ClassOdds, int)[LevelNames.Comparisons];
        var contradicts = false;
        foreach (var a in left)
            foreach (var b in right)
            {
                var pair = Of(a, b);
                contradicts |= pair.Contradicts;
                for (var bits = pair.Pattern.Bits; bits != 0;)
                {
                    var comparison = PairPattern.First(bits);
                    bits = PairPattern.Without(bits, comparison);
                    var logs = scorer.Logs(comparison, pair.Pattern, a);
                    ref var sum = ref sums[(int)comparison];
                    if (IsOne(comparison)) sum = (sum.Count == 0 ? logs : sum.Logs + logs, sum.Count + 1);
                    else if (sum.Count == 0 || logs.Gain > sum.Logs.Gain) sum = (logs, 1);
                }
            }

        var all = scorer.PriorLogs;
        foreach (var (logs, count) in sums)
            if (count > 0) all += logs.Over(count);
        // The calibration was made on pairs: of groups it may lower a weight and not raise one.
        var weight = all.WeightOfLogs;
        return new GroupEvidence(Math.Min(weight, scorer.Stated(weight)), contradicts);
    }

    /// <summary>True for what a contact has one of. A company has one of everything: its branches and sisters have the rest.</summary>
    private bool IsOne(Comparison comparison) => scorer.Kind == EntityKind.Company || comparison <= Comparison.NationalId;

    private Compared Of(int a, int b)
    {
        ref var compared = ref CollectionsMarshal.GetValueRefOrAddDefault(known, a < b ? (a, b) : (b, a), out var exists);
        if (exists) return compared;
        var pattern = scorer.Compare(a, b);
        var weight = scorer.Odds(pattern, a).Weight;
        return compared = new Compared(pattern, scorer.Stated(weight), weight - scorer.PriorWeight < LeastEvidence || Contradicts(pattern, scorer.Kind));
    }

    /// <summary>
    /// What a person must decide, whatever the pair weighs: two generations or two birth dates, unless one national id or one mailbox of their own says otherwise, since father and son and
    /// twins agree in nearly all else; and two mailboxes of their own at one employer, since it gives a namesake the next number.
    /// </summary>
    private static bool Contradicts(PairPattern pattern, EntityKind kind)
    {
        if (kind == EntityKind.Company) return MayBeSisters(pattern);
        if (pattern[Comparison.Email] == (int)EmailLevel.OtherMailbox) return true;
        var apart = pattern[Comparison.Suffix] == (int)SuffixLevel.Differs
            || (BirthLevel)pattern[Comparison.BirthDate] is BirthLevel.SameYear or BirthLevel.GenerationApart or BirthLevel.Differs;
        return apart && pattern[Comparison.NationalId] != (int)IdLevel.Exact && pattern[Comparison.Email] != (int)EmailLevel.Exact;
    }

    /// <summary>
    /// Of companies a person must decide: two legal forms, since sisters share name, number and site; two addresses, unless the name is the same and a number, site or mailbox with it;
    /// and another number, site or mailbox where the names are not quite the same.
    /// </summary>
    private static bool MayBeSisters(PairPattern pattern)
    {
        if (pattern[Comparison.LegalForm] == (int)LegalFormLevel.Differs) return true;
        var named = (CompanyLevel)pattern[Comparison.Company];
        var reached = pattern[Comparison.Phone] == (int)PhoneLevel.Exact || pattern[Comparison.Domain] == (int)DomainLevel.Exact || pattern[Comparison.Email] == (int)EmailLevel.Exact;
        var same = named is CompanyLevel.Exact or CompanyLevel.Similar;
        if ((AddressLevel)pattern[Comparison.Address] is AddressLevel.SameStreet or AddressLevel.OtherStreet or AddressLevel.Differs) return !same || !reached;
        var elsewhere = pattern[Comparison.Phone] == (int)PhoneLevel.Differs || pattern[Comparison.Domain] == (int)DomainLevel.Differs;
        return !same && elsewhere && !reached;
    }

    private readonly record struct Compared(PairPattern Pattern, double Weight, bool Contradicts);
}
