using System.Collections.Frozen;

namespace IntegrationHub.Normalising;

/// <summary>What a word can be in a name. A word may be several; its place decides.</summary>
[Flags]
internal enum NameWord
{
    None = 0,

    /// <summary>Stands before a name: Dr, Mrs, Captain.</summary>
    Title = 1,

    /// <summary>A title that a given name follows: Sir, Dame, King, Sister.</summary>
    GivenNameTitle = 2,

    /// <summary>A title that is a common name as well: taken for a title only before two more words.</summary>
    NameOrTitle = 4,

    /// <summary>Stands behind a name: Jr, PhD.</summary>
    Suffix = 8,

    /// <summary>A suffix that is a name or a word as well (Ma, Do): needs points, or capitals in a name that is not all in capitals.</summary>
    AmbiguousSuffix = 16,

    /// <summary>I, II, III, IV ...</summary>
    Roman = 32,

    /// <summary>Opens a family name: van, de la.</summary>
    Particle = 64,

    /// <summary>A particle that is a given name as well, when it stands first.</summary>
    NameOrParticle = 128,

    /// <summary>Joins what stands around it: and, of, y.</summary>
    Conjunction = 256,

    /// <summary>Joins two people: and, und.</summary>
    And = 512,

    /// <summary>Opens a two-word given name: Abdul Rahman.</summary>
    GivenNameOpener = 1024,

    /// <summary>A word of an occupation that follows a name only in numbers of two or more or after a comma: attorney at law.</summary>
    Occupation = 2048,

    /// <summary>Nobody's name: test, asdf.</summary>
    Junk = 4096,

    /// <summary>A word of companies' names.</summary>
    Company = 8192,

    /// <summary>Opens a maiden name: née, geb.</summary>
    Maiden = 16384,

    /// <summary>Says of what a title is, when it follows one with a point: Dr. med., Dipl. Ing.</summary>
    TitleTail = 32768,
}

/// <summary>The word lists behind <see cref="PersonNames"/>; keys are without points, case does not matter.</summary>
internal static class NameWords
{
    private const string Titles = """
        dipl-ing dr-ing dipl-kfm dipl-kffr dipl-inform dipl-phys dipl-math dipl-psych dipl-chem dipl-oec mag-art
        mr mrs ms miss mx mstr master messrs mesdames mme mlle mmes mm monsieur madame mademoiselle sra srta señor señora señorita senhor senhora dona doña herr frau hr fr fräulein frl
         dipl dipling dhr mevr mw mej sig sigra signor signora signorina dott dottssa dottore dottoressa avv geom shri sri smt kumari
        dr drs doctor doctors prof professor assoc associate asst assistant adjunct emeritus priv doz privdoz univprof
        rev reverend revd rt right very most venerable ven hon honorable honourable honble his her excellency majesty highness royal holiness eminence grace lordship ladyship serene imperial
        father pastor rabbi imam sheikh shaikh sheik cantor chaplain deacon archdeacon archbishop cardinal monsignor msgr elder vicar canon curate presbyter swami guru ayatollah mullah hajji haji
        president pres vp chancellor premier minister prime secretary ambassador amb senator sen congressman congresswoman rep representative governor gov ltgov mayor alderman alderwoman councilman councilwoman
        councillor councilor cllr commissioner comissioner delegate speaker attorney solicitor barrister advocate magistrate district federal us usa attache consul
        chairman chairwoman chairperson chair director executive chief officer ceo cfo cto coo
        gen general lt lieutenant ltc ltcol ltcdr ltcmdr ltgen ltjg col colonel cpt capt captain cdr commander cmdr cmd comdr commodore adm admiral radm vadm brig brigadier briggen majgen sgt sergeant ssgt sfc msgt mgysgt
        1sgt 1lt 2lt cpl corporal lcpl pfc pvt private spc spec cwo ensign ens midshipman petty seaman airman amn sgtmaj csm rafvr flt sqn wing wgcdr air fieldmarshal field cadet trooper gunner inspector
        detective insp supt superintendent constable sheriff deputy agent special warden
        associate supreme state presidential national appellate circuit bankruptcy mag-judge mag/judge lord coach technical staff sargent warrant
        knight hereditary viscount viscountess marquess marquis marquise marchioness baroness countess duchess princess emperor empress sultan sultana tsar tsarina czar maharaja maharani rajah raja pope emir
        business actor actress author comedian composer musician singer historian philanthropist scientist physicist mathematician
        """;

    private const string GivenNameTitles = "sir dame king queen sister brother aunt auntie uncle pope maid madam br bro cpo mother lady";
    private const string NamesOrTitles = "dean earl duke prince major judge marshal marshall bishop abbot baron count priest don sargent bailiff squire justice min maj mag";

    private const string Suffixes = """
        jr sr jun sen junior senior snr jnr esq esquire 2nd 3rd 4th 5th 2d 3d ret retired
        phd md dds dmd dvm ded edd psyd dphil dsc scd thd drph dnp dpt dpm lld llb llm jsd sjd deng engd otd aud pharmd dpharm rph vmd bvsc bds mbbs mbchb bmbs mrcp mrcs frcs frcp frcog frcgp mrcgp frcpc facs facp facc faap facog fccp facep faan
        mba emba mbe obe cbe kbe dbe gbe mvo cvo kcvo gcvo gcb kcb dcb kt kc qc vc dso dfc dsm mp msp mep mla mna mlc mpp td teachta psc dl frs frse fba fsa fras frsc freng frsa frics mrics arics riba friba aia faia raia asla faicp aicp leed
        msc mscr bsc mphil mres mlitt meng beng mfa bfa bba bcom mcom msed mpa mph mha mhs msn bsn rn lpn lvn np crna cnm cnp fnp fnp-c fnp-bc aprn arnp cns pa-c pac rpa-c otr otr/l ccc-slp slp lcsw lmsw msw bsw lpc lpcc lmft mft lmhc cadc rdn ldn rrt crt emt emt-p nremt od rvt cvt lvt
        mtech btech barch mup mupp mlis mdiv mth mthm stb stl bth dmin ddiv
        cpa cfa cfp chfc clu cfe cia cisa cissp cism ccna ccie ccnp mcse mcsd pmp pmi-acp cpm cspo itil cma cgma acca fcca aca fca fcma acma cpcu lutc lutcf ricp cima aams crpc aif cmfc clf fic chrp chrl sphr phr shrm-cp shrm-scp gphr cebs rhu reba crs gri abr sres epro crb ccim sior cre realtor
        peng p.eng ceng cenge eit rls psp ieng gisp cwi usn usmc usaf uscg usar usnr raf ranr ccp cpp csp cih chmm ase cmp cae cfre cssbb cssgb cqe cqa ceap sj op osb ofm osf cssr svd omi ocd sdb ssnd csj rsm
        lac dacm lmt ibclc ccrn cen phn dabr abpp bcba bcba-d dipl-ing drpp edm eds mdg mps cpht ches mches atc cscs acsm nasm rpsgt rdcs rdms rtr mlt cdt rdh cda efda fagd magd
        msc.ed mscEd ph.d dip pgdip pgce hons cert
        """;

    private const string AmbiguousSuffixes = "ma do ba pa pe pt ed med bed jd mat aa as ab bs ms am sm cm ot pc ac ra sc ch om kg cb mc dc jp nd rd arm mai ca cs csc eng ott cp fe v i x";

    private const string Romans = "ii iii iv v vi vii viii ix i x";

    private const string Particles = """
        de del della dello dei degli delle delli dela dal dalla da das do dos du des di dí ibn bin bint binte bte al el von vom van vander vande vanden der den ter ten 't op zu zum zur la las le les lo los st ste saint san santa santo sant
        mac mc fitz ap af av ó ua ní nic uí mhic vel dit d'la vd v.d auf aus ob tot vonder unter 'der dal' dell' nell' ould bon
        """;

    private const string NamesOrParticles = "van la le al el ben della san santa mac mc du del lo los dal da do di te den ten st ver dos santo bon vel ab af";
    private const string Conjunctions = "and & + / et und og och en y e of the i";
    private const string Ands = "and & + / et und og och en";
    private const string GivenNameOpeners = "abdul abdel abd abdal abdol abu abdur umm";
    private const string Occupations = "attorney attorneys at law lawyer realtor broker agent optometrist chiropractor architect notary physician surgeon accountant engineer consultant photographer trustee executor deceased";
    private const string JunkWords = """
        test tests testing tester test1 test2 test123 asdf asdfg asdfgh asdfghjkl asd asdasd sdf sdfsdf dfg fgh jkl qwe qwer qwert qwerty qwertz azerty zxc zxcv zxcvb yxcv abc abcd abcdef xyz foo baz foobar xxx xx yyy zzz aaa bbb none null nil
        n/a unknown undefined anonymous anon nobody noname unnamed blank empty name firstname lastname surname fullname user username customer guest admin administrator sample demo dummy fake placeholder tbd tba deleted delete invalid xxxx xxxxx blah lorem ipsum - --
        """;
    private const string CompanyWords = """
        inc incorporated llc llp ltd limited gmbh corp corporation plc pty pvt bv nv sarl srl spa oy oyj aps kft sro zoo ooo ug kgaa gmbh ohg zrt doo eood ood uab pllc ltda holdings holding enterprises industries solutions technologies consulting logistics ventures properties
        services systems university college hospital clinic church ministries foundation association committee council society department dept school restaurant hotel company associates partners agency group international
        """;

    private const string TitleTails = "med jur iur phil rer nat pol oec habil mult ing agr dent vet theol hc eh univ sc techn";

    private const string MaidenMarks = "née nee né geb geborene born formerly roz født född";

    private static readonly FrozenDictionary<string, NameWord> Kinds = Build();
    private static readonly FrozenDictionary<string, NameWord>.AlternateLookup<ReadOnlySpan<char>> Lookup = Kinds.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary><c>Ph. D.</c>, one word to the parser.</summary>
    public const string DoctorInTwo = "Ph. D.";

    /// <summary>What the word can be; points in and around it are left out of account.</summary>
    public static NameWord Of(ReadOnlySpan<char> word)
    {
        if (word.Length is 0 or > 24) return NameWord.None;
        // The one degree that is written as two words and can be nothing else.
        if (word.Equals(DoctorInTwo, StringComparison.OrdinalIgnoreCase)) word = "PhD";
        if (!word.Contains('.')) return Lookup.TryGetValue(word, out var kind) ? kind : NameWord.None;
        Span<char> bare = stackalloc char[24];
        var length = 0;
        foreach (var c in word)
            if (c != '.') bare[length++] = c;
        return Lookup.TryGetValue(bare[..length], out var dotted) ? dotted : NameWord.None;
    }

    private static FrozenDictionary<string, NameWord> Build()
    {
        var kinds = new Dictionary<string, NameWord>(StringComparer.OrdinalIgnoreCase);
        Add(Titles, NameWord.Title);
        Add(GivenNameTitles, NameWord.Title | NameWord.GivenNameTitle);
        Add(NamesOrTitles, NameWord.NameOrTitle);
        Add(Suffixes, NameWord.Suffix);
        Add(AmbiguousSuffixes, NameWord.AmbiguousSuffix);
        Add(Romans, NameWord.Roman);
        Add(Particles, NameWord.Particle);
        Add(NamesOrParticles, NameWord.NameOrParticle);
        Add(Conjunctions, NameWord.Conjunction);
        Add(Ands, NameWord.And);
        Add(GivenNameOpeners, NameWord.GivenNameOpener);
        Add(Occupations, NameWord.Occupation);
        Add(JunkWords, NameWord.Junk);
        Add(CompanyWords, NameWord.Company);
        Add(MaidenMarks, NameWord.Maiden);
        Add(TitleTails, NameWord.TitleTail);
        return kinds.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(string words, NameWord kind)
        {
            foreach (var word in words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                kinds[word] = kinds.GetValueOrDefault(word) | kind;
            }
        }
    }
}
