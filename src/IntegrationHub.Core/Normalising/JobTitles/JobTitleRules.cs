using System.Collections.Frozen;
using System.Collections.Immutable;
using AnyAscii;

namespace IntegrationHub.Normalising;

/// <summary>
/// Reads function and seniority from a title's words. A phrase of two or three words outweighs one word; the words of a function are looked for from the front,
/// except that what follows <c>of</c> or a comma, the field of work, decides over what the title begins with.
/// </summary>
internal static class JobTitleRules
{
    // Function: words and phrases, folded to ASCII. Several languages; a stem ending in * stands for all words that begin so.
    private const string FunctionTable = """
        sales: sales,account executive,account manager,business development,sdr,bdr,ae,account director,key account,presales,pre-sales,salesperson,salesman,saleswoman,vertrieb*,verkauf*,ventas,ventes,vendite,commercial,commerciale,comercial,dealer,telesales,territory,inside sales,field sales,sales engineer,solution consultant,verkoop,account representative,channel,partnerships,partner manager,revenue,cro,deal desk,broker,realtor,real estate agent,merchant
        marketing: marketing,cmo,brand,growth,seo,sem,ppc,content,communications,communication,pr,public relations,social media,demand generation,advertising,copywriter,kommunikation*,campaign*,marketer,media,digital marketing,product marketing,events,event manager,community,press,editor,mercadeo,mercadotecnia,publicist,crm manager,email marketing,influencer,journalist,werbung,mercado
        product: product,product manager,product owner,cpo,produktmanag*,chef de produit,product management,product lead,jefe de producto
        engineering: engineer,engineering,developer,software,programmer,architect,devops,cto,sre,qa,tester,frontend,backend,full stack,fullstack,entwickl*,developpeur,desarrollador,sviluppatore,ontwikkelaar,programador,ingenieur,ingeniero,ingegnere,technical lead,tech lead,firmware,embedded,mobile,ios,android,web developer,technology,technical,technolog*,automation,quality assurance,softwareentwickl*,scrum master,robotics,coder,webmaster,test engineer
        it: it,cio,information technology,system administrator,systems administrator,sysadmin,network,help desk,helpdesk,infrastructure,security,ciso,information security,cyber*,database administrator,dba,desktop support,systemadministrator,informatique,informatik*,administrador de sistemas,it support,cloud,erp,sap,information systems,systems analyst,edv,sistemas,informatica
        data: data,analytics,data scientist,data engineer,data analyst,machine learning,business intelligence,bi,statistician,cdo,ai,ml,insights,big data,datenanaly*,data architect,quantitative
        finance: finance,financial,cfo,accountant,accounting,controller,treasurer,treasury,bookkeeper,audit,auditor,tax,payroll,investment,investor,banker,banking,actuary,buchhalt*,finanz*,comptable,contable,contador,contabile,fp&a,accounts payable,accounts receivable,credit,underwriter,trader,wealth,portfolio,economist,equity,finanzas,financier,billing,collections,loan,mortgage,steuer*,controlling,comptroller,fund,risk
        hr: hr,human resources,people,talent,recruiter,recruiting,recruitment,chro,personal*,recursos humanos,ressources humaines,risorse umane,compensation,benefits,learning,training,trainer,people operations,employer branding,human capital,headhunter,staffing,diversity,l&d,rh,employee,personnel,talent acquisition
        legal: legal,lawyer,attorney,counsel,paralegal,compliance,general counsel,solicitor,barrister,notary,rechtsanw*,jurist*,avocat,abogad*,avvocato,contract,contracts,privacy,clo,advocate,regulatory,patent,data protection,datenschutz*,juridique,judge,advocaat
        operations: operations,coo,logistics,supply chain,procurement,purchasing,buyer,warehouse,manufacturing,production,plant,operational,facilities,facility,fleet,logistik*,einkauf*,produktion*,operaciones,achats,acheteur,compras,acquisti,lean,process,maintenance,quality,continuous improvement,inventory,shipping,dispatch*,transport*,office manager,driver,foreman,site manager,construction,project manager,program manager,programme manager,project director,project coordinator,project lead,pmo,projektleit*,projektmanag*,chef de projet,jefe de proyecto,safety,technician,mechanic,electrician,operator,assembler,estimator,superintendent,sourcing,store,retail,werkleit*,werkstatt*,betriebsleit*,bauleit*,change,agile,delivery,inspector,planner,demand planner,materials
        support: support,customer success,customer service,customer support,customer care,customer experience,service desk,csm,client services,client success,call center,call centre,contact center,kundenservice,kundenbetreu*,service client,atencion al cliente,servizio clienti,klantenservice,cco,after sales,customer,client,onboarding,service manager,member services,guest
        design: design,designer,ux,ui,creative,art director,graphic,illustrator,user experience,user interface,gestalt*,photographer,videographer,animator,grafik*,graphiste,visual,disenador*,interior,video,fashion,artist,ux researcher,3d,motion
        administration: administration,administrative,assistant,secretary,receptionist,executive assistant,personal assistant,pa,ea,clerk,office administrator,sekretar*,assistenz*,assistent*,secretaire,secretari*,front desk,office,administrator,data entry,office assistant,typist,coordinator,chief of staff,verwaltung*,caissier
        medical: doctor,physician,nurse,medical,clinical,surgeon,dentist,pharmacist,therapist,healthcare,health,psychologist,veterinarian,arzt,arztin,krankenschwester,medecin,infirmier*,enfermer*,paramedic,radiolog*,patient,care,medico,hospital,pharmacy,physiotherap*,optometrist,chiropractor,psychiatrist,dental,caregiver,midwife,nursing,dietitian,nutritionist,rn,apothek*,pfleg*
        education: teacher,professor,lecturer,teaching,education,school,academic,dean,principal,tutor,instructor,lehrer*,profesor*,professeur,enseignant,student,faculty,curriculum,maestro,docente,researcher in residence,headmaster,provost,librarian,campus,university,admissions,coach,dozent*,kindergarten,educator
        research: research,scientist,researcher,r&d,laboratory,lab,innovation,chemist,biologist,physicist,forsch*,chercheur,investigador,scientific,wissenschaft*,postdoc,ricerca,science,investigacion,microbiologist,geologist,biotech
        consulting: consultant,consulting,advisor,adviser,advisory,berater*,beratung*,strategy,strategist,consultor*,conseil,consulente,conseiller,adviseur,strategic,transformation,management consultant,unternehmensberat*
        general_management: ceo,chief executive,managing director,general manager,president,founder,owner,geschaftsfuhr*,directeur general,director general,gerente general,managing partner,chairman,chairwoman,chairperson,chair,proprietor,inhaber*,vorstand*,pdg,gm,entrepreneur,co-founder,cofounder,amministratore delegato,directeur,principal owner,board member,board,inhaberin,gerente,country manager,direttore generale,algemeen directeur,zaakvoerder,bestuurder,chief administrative,executive director,managing member,regional manager,branch manager,prokurist*,verkstallande direktor,toimitusjohtaja,fondateur,fundador*,propietari*,socio,business owner,self employed,self-employed,freelancer,unternehmer*,governor,mayor
        """;

    private static readonly (string Level, string[] Words)[] Levels =
    [
        ("owner", Split("owner,co-owner,founder,co-founder,cofounder,co founder,proprietor,inhaber,inhaberin,fondateur,fundador,fundadora,propietario,propietaria,business owner,managing partner,entrepreneur,self employed,self-employed,freelancer,unternehmer,titolare,grunder,eigentumer,eigenaar,managing member,socio fundador")),
        ("vp", Split("vice president,vp,svp,evp,avp,rvp,vice-president,vice presidente,vizeprasident,vicepresident,senior vice president,executive vice president,assistant vice president")),
        ("c_level", Split("ceo,cfo,cto,coo,cio,cmo,cro,cpo,chro,ciso,cdo,cco,cso,clo,cao,president,chairman,chairwoman,chairperson,chair,managing director,general manager of group,geschaftsfuhrer,geschaftsfuhrerin,geschaftsfuhrender gesellschafter,geschaftsfuhrung,vorstand,vorstandsvorsitzender,pdg,directeur general,director general,amministratore delegato,consejero delegado,algemeen directeur,toimitusjohtaja,verkstallande direktor,general counsel,board member,executive chairman,direttore generale,presidente,chief executive,chief * officer")),
        ("director", Split("director,direktor,direktorin,directeur,directrice,directora,direttore,diretor,bereichsleiter,bereichsleiterin,controller general,dean,executive director,principal,partner,dir,bereichsleitung,prokurist,prokuristin,md")),
        ("head", Split("head,leiter,leiterin,leitung,responsable,chef,jefe,jefa,abteilungsleiter,abteilungsleiterin,hoofd,vertriebsleiter,marketingleiter,lead of,verkaufsleiter,personalleiter,chief,teamleiter,teamleiterin,it-leiter,it leiter,projektleiter,projektleiterin,betriebsleiter,einkaufsleiter,produktionsleiter,werkleiter,capo")),
        ("intern", Split("intern,internship,trainee,apprentice,working student,werkstudent,werkstudentin,praktikant,praktikantin,stagiaire,becario,becaria,auszubildende,auszubildender,azubi,student,tirocinante,stagista,stagiair,graduate trainee,co-op,volontar,estagiario")),
        ("manager", Split("manager,mgr,managerin,supervisor,team lead,team leader,teamlead,gerente,gestionnaire,store manager,foreman,superintendent,product owner,scrum master,supervisor,controller,treasurer,encargado,coordinatore,administrador,manageress,group lead,administrator in chief,headmaster")),
        ("senior", Split("senior,sr,lead,staff engineer,expert,specialist lead,principal engineer,principal architect,principal consultant,principal software,principal scientist,principal designer,architect,fellow,distinguished,counsel,physician,surgeon,professor,iii,iv,referent,leading,chief architect")),
        ("junior", Split("junior,jr,entry level,entry-level,assistant,associate,trainee,clerk,graduate,jnr,assistent,assistentin,aide,helper,assistente,asistente,receptionist,secretary,data entry,i,sachbearbeiter,sekretarin")),
    ];

    public static ImmutableArray<string> Functions { get; }

    private static readonly FrozenDictionary<string, string> Phrases;
    private static readonly (string Stem, string Function)[] Stems;
    private static readonly FrozenDictionary<string, string> LevelOf;

    static JobTitleRules()
    {
        var phrases = new Dictionary<string, string>(StringComparer.Ordinal);
        List<(string, string)> stems = [];
        List<string> functions = [];
        foreach (var line in FunctionTable.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':');
            functions.Add(line[..colon]);
            foreach (var phrase in Split(line[(colon + 1)..]))
            {
                if (phrase.EndsWith('*')) stems.Add((phrase[..^1], line[..colon]));
                else phrases.TryAdd(phrase.Replace('-', ' '), line[..colon]);
            }
        }

        Functions = [.. functions];
        Phrases = phrases.ToFrozenDictionary(StringComparer.Ordinal);
        Stems = [.. stems];
        var levels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (level, words) in Levels)
            foreach (var word in words) levels.TryAdd(word.Replace('-', ' '), level);
        LevelOf = levels.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static (string? Function, string? Seniority) Read(string title)
    {
        var words = WordsOf(title);
        return words.Length == 0 ? (null, null) : (Function(words), Seniority(words));
    }

    // A title with several jobs in it ("CEO & Founder", "Sales / Marketing") is read by its first.
    private static string[] WordsOf(string title)
    {
        var folded = new System.Text.StringBuilder(title.Length);
        foreach (var c in title.Transliterate().ToLowerInvariant())
            folded.Append(char.IsAsciiLetterOrDigit(c) || c == '&' ? c : c is '.' or '\'' ? '\0' : ' ');
        return folded.Replace("\0", "").Replace("r & d", "r&d").ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string? Function(string[] words)
    {
        string? best = null;
        var bestScore = 0.0;
        var of = Array.FindIndex(words, w => w is "of" or "for");
        for (var i = 0; i < words.Length; i++)
        {
            for (var count = Math.Min(3, words.Length - i); count > 0; count--)
            {
                var phrase = count == 1 ? words[i] : string.Join(' ', words, i, count);
                var function = Phrases.GetValueOrDefault(phrase) ?? (count == 1 ? ByStem(phrase) : null);
                if (function is null) continue;
                var score = Strength(function, phrase, count) + (of >= 0 && i > of ? 1.5 : 0) - i * 0.01;
                if (score > bestScore) (best, bestScore) = (function, score);
                break;
            }
        }

        return best;
    }

    // What says on which level or for whom someone works says little of what he does; a whole phrase says most.
    private static double Strength(string function, string phrase, int words)
    {
        if (words > 1) return 3;
        if (phrase is "assistant" or "coordinator" or "administrator" or "office" or "customer" or "client" or "channel" or "commercial" or "change" or "process" or "delivery" or "store" or "personal"
            or "product" or "technical" or "community" or "people" or "quality" or "care" or "account" or "student" or "coach" or "board" or "directeur" or "gerente" or "socio" or "principal" or "owner"
            or "founder" or "consultant" or "advisor" or "adviser" or "strategic" or "strategy" or "engineer" or "media" or "interior" or "mobile" or "clinical" or "contract" or "science" or "university" or "school" or "secretary" or "clerk" or "support") return 1;
        if (phrase is "president" or "chair") return 0.5;
        return function == "general_management" ? 1.8 : 2;
    }

    private static string? ByStem(string word)
    {
        foreach (var (stem, function) in Stems)
            if (word.StartsWith(stem, StringComparison.Ordinal)) return function;
        return null;
    }

    private static string? Seniority(string[] words)
    {
        if (words[0] is "assistant" or "assistent" or "secretary" && words.Length > 1 && words[1] is "to" or "of") return "junior";
        if (words.Length > 1 && words[^1] is "assistant" or "assistentin" or "assistent") return words[0] is "senior" or "sr" ? "senior" : "junior";
        string? best = null;
        var bestRank = int.MaxValue;
        for (var i = 0; i < words.Length; i++)
        {
            for (var count = Math.Min(3, words.Length - i); count > 0; count--)
            {
                var level = count == 1 ? LevelOf.GetValueOrDefault(words[i]) : LevelOf.GetValueOrDefault(string.Join(' ', words, i, count));
                if (count == 1 && words[i] == "chief" && words.AsSpan(i).Contains("officer")) level = "c_level";
                if (level is null) continue;
                if (level == "c_level" && words[i] == "president" && i > 0 && words[i - 1] is "vice" or "regional") level = "vp";
                // "Account Director of Sales" keeps its own; "Assistant Manager" and "Associate Director" are below, but still on that level.
                var rank = Rank(level);
                if (rank < bestRank) (best, bestRank) = (level, rank);
                i += count - 1;
                break;
            }
        }

        return best switch
        {
            "director" when words.Contains("product") && words.Contains("owner") => "manager",
            "owner" when words.AsSpan().IndexOf("product") >= 0 || words.AsSpan().IndexOf("process") >= 0 => "manager",
            "manager" when words.Contains("controller") && words.Length > 3 => "manager",
            "director" when words.Contains("principal") && words.Length > 1 && !words.Contains("director") => "senior",
            null => "staff",
            _ => best,
        };
    }

    private static int Rank(string level) => level switch
    {
        "intern" => 0,
        "owner" => 1,
        "vp" => 2,
        "c_level" => 3,
        "director" => 4,
        "head" => 5,
        "manager" => 6,
        "senior" => 7,
        _ => 8,
    };

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.TrimEntries);
}
