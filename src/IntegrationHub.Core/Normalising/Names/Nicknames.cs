using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>Which given names are used for each other. A name is never overwritten; the table serves comparison only.</summary>
public static class Nicknames
{
    // One family of names a line, the full name first. A name may stand in several.
    private const string Families = """
        robert bob bobby rob robbie bert
        william bill billy will willie liam
        richard dick rick ricky rich
        james jim jimmy jamie
        john jack johnny jon
        michael mike mick mickey mikey
        elizabeth liz beth betty lizzie eliza lisa libby
        margaret maggie meg peggy greta marge
        katherine catherine kathryn kate katie kathy cathy kat
        thomas tom tommy
        charles charlie chuck chas
        edward ed eddie ted teddy ned
        joseph joe joey
        daniel dan danny
        david dave davey
        anthony tony ant
        andrew andy drew
        christopher chris kit topher
        matthew matt
        nicholas nick nicky
        patricia pat patty trish tricia
        patrick pat paddy
        jennifer jen jenny
        susan sue susie suzy
        deborah deb debbie
        barbara barb babs
        stephen steven steve
        benjamin ben benny
        samuel sam sammy
        samantha sam
        alexander alex al sandy sasha alec
        alexandra alex sandra
        kenneth ken kenny
        ronald ron ronnie
        donald don donnie
        lawrence laurence larry
        gregory greg
        jeffrey geoffrey jeff geoff
        timothy tim timmy
        rebecca becky becca
        victoria vicky tori
        jessica jess jessie
        johannes hans johann hannes jan
        josef sepp joseph
        friedrich fritz frederick fred freddy
        wilhelm willi helmut
        francisco paco pancho
        jose pepe
        giuseppe beppe peppe
        guillermo memo
        jacqueline jackie
        theodore ted theo
        abigail abby gail
        """;

    private static readonly FrozenDictionary<string, string[]> FamiliesOf = Families.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(line => line.Split(' ').Select(name => (Name: name, Family: line.Split(' ')[0])))
        .GroupBy(n => n.Name).ToFrozenDictionary(g => g.Key, g => g.Select(n => n.Family).Distinct().ToArray(), StringComparer.Ordinal);

    /// <summary>True when both, folded to lower-case ASCII, are used for one given name: <c>bob</c> and <c>robert</c>. False for equal names that are in no table.</summary>
    public static bool SameName(string a, string b) =>
        FamiliesOf.TryGetValue(a, out var x) && FamiliesOf.TryGetValue(b, out var y) && x.AsSpan().ContainsAny(y);
}
