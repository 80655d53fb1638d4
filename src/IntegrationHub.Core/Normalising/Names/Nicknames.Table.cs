namespace IntegrationHub.Normalising;

public static partial class Nicknames
{
    // One family of names a line, the full name first, in lower-case ASCII. English, then other languages, then spellings and translations of one name.
    private const string Families = """
        aaron ron ronnie erin
        abigail abby gail abbie
        abraham abe bram abram
        adam ad addie
        adelaide addie della heidi ada
        adeline addie ada della lena
        adrian ade
        agatha aggie
        agnes aggie nessie nessa
        alan al allan allen
        albert al bert albie bertie
        alexander alex al sandy sasha alec alexis xander lex sander zander ali
        alexandra alex sandra sandy lexi ali alexa sasha lexie xandra
        alexandria alex lexi
        alfred al fred alf alfie freddie
        alice allie ali elsie
        alison ali allie
        alistair al ali alasdair alastair
        allison allie ali alison
        amanda mandy manda amy
        amelia amy millie mel emmy milly
        anastasia stacy ana tasia nastya stacey
        andrea andy dre drea
        andrew andy drew andre
        angela angie ang angel
        angelina angie lina angela
        ann annie anne nan nancy anna
        anna annie ann anne anya ana anja nan
        annabel bella annie belle anna
        annette annie nettie
        anthony tony ant anton
        antoinette toni nettie annette
        antonia toni tonya nia
        archibald archie arch
        ariana ari
        arnold arnie arn
        arthur art artie
        augustus gus august augie
        barbara barb babs barbie bobbie barbra
        barnaby barney
        bartholomew bart barty
        beatrice bea trixie beattie bee
        beatrix bea trixie
        belinda bel linda
        benedict ben benny
        benjamin ben benny benji benjy
        bernadette bernie detta
        bernard bernie barney bern
        bertha bertie
        bertram bert
        bethany beth
        beverly bev
        bradford brad ford
        bradley brad
        brandon bran
        brenda bren
        brendan bren
        brian bryan bry
        bridget biddy bridie bridie bridgette
        calvin cal
        cameron cam
        camilla millie cammie milla
        carol carrie carole
        caroline carrie carol caro lina carolyn
        carolyn carol carrie lyn
        cassandra cassie sandra cass sandy
        catherine cathy kate katie kitty cat cate cath kathy kit katy
        cecilia cecily celia cissy sissy
        charles charlie chuck chas chip charley carl
        charlotte charlie lottie lotte char carly lotta
        chelsea chels
        chester chet
        christian chris kit
        christina chris tina chrissy christie kristina christine
        christine chris chrissy tina christy kristine
        christopher chris kit topher christy kris
        clarence clare clay
        claudia claude
        clayton clay
        clement clem
        clifford cliff
        clifton cliff
        clinton clint
        constance connie
        constantine con gus dino kostas
        cordelia delia cordy
        cornelius neil connie corny neal
        courtney court
        crystal crys chris
        curtis curt
        cynthia cindy cyndi
        dale daly
        daniel dan danny
        danielle dani dan danny
        david dave davey davy
        deborah deb debbie debby debra
        deirdre dee didi
        delores dolly lola
        dennis denny den
        derek rick
        diana di diane
        dominic dom nic
        donald don donnie donny
        donovan don
        dorothea dot dottie thea dolly
        dorothy dot dottie dolly dory dolly
        douglas doug dougie
        duncan dunc
        dwayne wayne
        edgar ed eddie ned
        edith edie
        edmund ed eddie ned ted
        edward ed eddie ted teddy ned eddy
        edwin ed eddie win ned
        eileen ellie lena
        elaine ellie lainie
        eleanor ellie nell nora ella nellie lena elle
        eli ely
        elias eli
        elijah eli lige
        elizabeth liz beth betty lizzie eliza lisa libby betsy bess bessie lizzy elsie lib buffy lizbeth elisabeth ellie
        ellen nell ellie nellie
        elliot eli
        elvira elvie
        emanuel manny manuel
        emily em emmy millie emmie
        emma em emmy
        eric rick ricky erik
        ernest ernie
        esther essie hettie
        ethan eth
        eugene gene
        evelyn eve evie ev lyn
        ezekiel zeke
        ezra ez
        felicia fee
        felicity fliss flick fee
        ferdinand ferdie fred
        florence flo flossie florrie
        frances fran frankie francie fanny franny
        francesca fran frankie cesca
        francis frank frankie fran
        franklin frank frankie
        frederick fred freddie freddy rick fritz
        frederica freddie rica
        gabriel gabe gabby
        gabriella gabby ella gabi
        gabrielle gabby elle gabi
        gareth gary gaz
        garrett gary garry
        genevieve gen jenny evie viv
        geoffrey geoff jeff
        george georgie geordie
        georgina georgie gina georgia
        gerald jerry gerry
        geraldine gerry jerry dina
        gerard gerry jerry
        gertrude gertie trudy trudie
        gilbert gil bert
        gillian jill gill
        gloria glo
        gordon gord gordie
        grace gracie
        graham gray
        gregory greg gregg
        gwendolyn gwen wendy
        hannah anna nan
        harold harry hal
        harriet hattie harry etta
        harrison harry
        harvey harv
        hayden hay
        heather heath
        helen nell nellie ellen lena helena
        henrietta hettie etta henny hattie
        henry harry hank hal
        herbert herb bert herbie
        herman herm
        hilary hil
        hope hopie
        horace hor
        howard howie
        hubert hugh bert
        hugh hughie
        humphrey humph
        ian iain
        ignatius iggy nate
        imogen immy
        irene rena reenie
        isaac ike zac
        isabel bella izzy belle issy isabelle isobel
        isabella bella izzy issy belle ella
        isadora izzy dora
        isaiah zay
        isidore izzy
        israel izzy
        ivan van
        jacob jake jay
        jacqueline jackie jacqui
        james jim jimmy jamie jem jimmie jas
        jane janie jenny janey
        janet jan
        janice jan
        jared jerry
        jasmine jaz jas jazz
        jason jay
        jean jeannie jeanie
        jeanette jean nettie jan
        jeffrey jeff geoff
        jemima mima jem
        jennifer jen jenny jenn jennie
        jeremiah jerry jem
        jeremy jerry jem jez
        jerome jerry
        jessica jess jessie
        joan joanie jo
        joanna jo joan joey anna joanne
        joanne jo joan
        jocelyn joss joy
        john jack johnny jon johnnie jock
        jonathan jon jonny nathan johnny john jonathon jonno
        jordan jordy
        joseph joe joey jos jody
        josephine jo josie fina posy josey
        joshua josh
        joyce joy
        judith judy jude judi
        julia jules julie
        julian jules
        juliana julie jules anna
        juliet julie jules
        julius jules
        justin jus
        karen kaz kari
        katherine kate katie kathy kat kay kit kitty katy kath
        kathleen kathy kate katie kath kay
        kathryn kathy kate katie kat kath
        katrina kat tina trina
        keith kei
        kelly kel
        kenneth ken kenny
        kevin kev
        kimberly kim kimmie kimberley kimmy
        kristen kris kristy kirsten
        kristina kris tina krissy
        kristopher kris
        lachlan lachie
        lance lancelot
        laura laurie lori lolly
        lauren laurie ren
        laurence larry laurie lawrie
        lavinia vinnie
        lawrence larry laurie lawrie lars law
        leah lea
        leo lee
        leonard leo len lenny lennie
        leonora nora leo lenore
        leopold leo poldi
        leroy roy lee
        leslie les
        lester les
        lewis lew lou louie
        lillian lil lily lilly
        linda lindy lin
        lindsay linds
        lionel leo
        lloyd loy
        lois lo
        lorraine lorrie rainey lori
        louis lou louie lewis
        louisa lou lulu
        louise lou lulu
        lucas luke
        lucille lucy lu
        lucinda lucy cindy lu
        lucretia lu
        luther lu
        lydia liddy
        lynette lyn lynn
        mabel may mae belle
        mackenzie mac kenzie
        madeline maddie maddy madge lina madeleine
        madison maddie maddy
        magdalena maggie lena magda
        malcolm mal malc
        marcus marc mark
        margaret maggie meg peggy greta marge peg margie madge daisy rita maisie margo mags mamie
        margery marge margie
        marguerite margo rita daisy
        maria mary ria mia mimi
        marian mary
        marianne mary anne
        marilyn mary lynn
        marjorie marge margie
        mark marc
        marlene marly lena
        marshall marsh
        martha marty mattie patty
        martin marty mart
        martina tina marty
        marvin marv
        mary molly polly mae mamie may mimi mollie
        mathilda tilly mattie tilda matilda
        matilda tilly mattie tilda maud
        matthew matt matty mat mathew
        maureen mo reenie
        maurice mo morris maury
        maxine max
        maximilian max
        maxwell max
        megan meg meggie
        melanie mel
        melinda mel mindy linda lindy
        melissa mel lissa missy mel
        melody mel
        melvin mel
        mercedes mercy sadie
        meredith mer
        michael mike mick mickey mikey micky mitch micah
        michaela kayla micky mickey
        michelle shelly mich micki shell chelle
        mildred millie milly
        millicent millie milly
        milton milt
        minerva minnie
        miranda randy mandy mira
        miriam mimi mim mitzi
        mitchell mitch
        mohammed mo mohamed muhammad mohammad mohd
        moira mo
        mollie molly
        monica mon nicky
        montgomery monty
        mordecai mordy
        morgan mo
        mortimer mort morty
        moses mo moe
        muriel mur
        myron ron
        nadine nadia dee
        nancy nan nance
        naomi omi
        natalie nat nattie
        natasha tasha nat
        nathan nate nat
        nathaniel nate nat nathan
        nehemiah nemi
        nelson nels
        neville nev
        nicholas nick nicky nico nic colin klaus nik nicolas
        nicola nicky nikki nic
        nicole nicky nikki nic
        nigel nige
        noah noe
        nora nonie
        norma normie
        norman norm
        octavia tavy
        oliver ollie olly noll
        olivia liv livvy ollie libby
        oscar ozzy
        oswald ozzy oz
        pamela pam pammy
        patience pat patty
        patricia pat patty trish tricia patsy tish trisha patti
        patrick pat paddy rick packy
        paula polly pauly
        paulina polly lina
        pauline polly paula
        penelope penny pen nell
        percival percy
        peregrine perry
        peter pete
        philip phil pip phillip
        philippa pippa pip
        phillip phil pip
        phoebe phe
        phyllis phyl
        priscilla cilla prissy
        prudence prue
        quentin quin
        quincy quin
        rachel rach ray rae
        ralph raff
        randall randy rand
        randolph randy dolph
        raymond ray
        rebecca becky becca beck bec reba
        regina reggie gina
        reginald reggie reg rex ron
        reuben rube ben
        rex reginald
        rhoda rho
        richard dick rick ricky rich richie rickie dickie ritchie
        robert bob bobby rob robbie bert robin bobbie robby
        roberta bobbie robbie bobby berta
        roderick rod roddy rick
        rodney rod roddy
        roger rog hodge
        roland rollie rolly roly
        ronald ron ronnie ronny
        ronan ron
        rosalind ros rosie roz linda
        rosalie rosie rose
        rosanna rose anna rosie
        rose rosie
        rosemary rosie rose romy
        roxanne roxy rox anne
        rudolph rudy rolf dolph
        rufus rufe
        rupert rupe
        russell russ rusty
        ruth ruthie
        sabrina brina bri
        sally sal sallie
        samantha sam sammy sammie
        samson sam
        samuel sam sammy
        sandra sandy sandi
        sarah sally sadie sara sal
        savannah savvy anna
        scott scotty
        sebastian seb bastian bas basti
        selina lina
        seymour sy
        shannon shan
        sharon shaz shari
        shaun shawn sean
        sheila shel
        shelley shell
        sheldon shel
        shirley shirl lee
        sidney sid syd
        silas si
        silvester sly vester
        simon si
        simone simmy
        solomon sol solly
        sophia sophie soph sofie
        sophie soph sophia
        spencer spence
        stacey stace
        stanley stan
        stella stel
        stephanie steph stevie steffi stef
        stephen steve steven stevie ste
        stewart stu stuart
        steven steve stevie stephen
        stuart stu stewart
        susan sue susie suzy suzie sukie
        susanna sue susie suzy anna susannah
        suzanne sue suzy susie suzie
        sydney syd sid
        sylvester sly
        sylvia syl
        tabitha tabby
        tamara tammy tam tara
        tamsin tam
        teresa terry tess tessa tracy theresa tessie
        terence terry tel
        theodora theo dora thea teddy
        theodore ted theo teddy ned
        theresa terry tess tessa tracy resa
        thomas tom tommy thom
        tiffany tiff
        timothy tim timmy
        tobias toby tobi
        tracy trace
        travis trav
        trevor trev
        tristan tris
        ursula uschi
        valentine val
        valerie val
        vanessa nessa van
        vernon vern
        veronica ronnie vera roni nica
        victor vic vick
        victoria vicky tori vic vikki torie vickie
        vincent vince vin vinnie vinny
        viola vi
        violet vi
        virginia ginny ginger gina ginnie
        vivian viv
        vivienne viv
        wallace wally wal
        walter walt wally wat
        warren ren
        wayne way
        wendell wen
        wesley wes
        wilbur will
        wilfred will fred wilf
        wilhelmina mina minnie willa wilma
        william bill billy will willie liam willy wills
        winifred win winnie freda
        winston win
        woodrow woody
        xavier zave
        yolanda yo
        yvonne evie
        zachary zach zack zac zak zachariah zachery
        abdullah abdul
        aleksandr sasha alex sanya shura
        aleksandra sasha ola olga shura
        aleksei alyosha lyosha alexey aleksey
        alejandro alex ale jandro alexander
        alejandra ale alex
        alessandro sandro ale alex
        alessandra sandra ale
        alfonso poncho fonso
        anatoly tolya
        andreas andi andy anders andre
        andrzej jedrek andrew
        angelika geli angie
        anneliese anne liese lisl
        antonio tonio toni tono antonino nino tony
        beatriz bea betty
        bernhard bernd berni hardy
        boris borya
        brigitte gitte biggi gitta
        carlos carlitos charly
        carmen carmela menchu
        catarina cata katia
        christoph chris stoffel
        concepcion concha conchita
        consuelo chelo
        cornelia conny nelly
        cristina cris tina
        dieter didi
        dimitrios dimitris mitsos jimmy
        dmitry dima mitya dmitri dimitri
        dolores lola loli
        eduardo edu lalo eddie
        ekaterina katya katia kate
        elena lena
        elisabeth lisa liesel elli lisbeth sissi elise bettina liesl lilli else
        elzbieta ela
        enrique quique kike henry
        ernst erni
        evgeny zhenya eugene evgenii
        federico fede fico
        felix lix
        ferenc feri
        fernando nando fer
        francesco franco cecco checco frank
        francisca paca paqui
        francisco paco pancho curro kiko fran cisco frank
        francois fanfan
        franz franzl franky
        franziska franzi sissi
        friedrich fritz fred friedl frederick
        gabriele gabi gaby
        galina galya
        georg schorsch jorg juergen
        gerhard gerd
        gerardo jerry
        gertrud trude trudi gerti
        giovanni gianni nanni john vanni
        giovanna gianna vanna
        giuseppe beppe peppe pino peppino joe
        giuseppina pina
        gregorio goyo
        guadalupe lupe lupita
        guillermo memo guille willy william
        gunther guenter gunter guenther
        gustavo gus tavo
        hans johannes johann
        hanna hannah hanne
        heinrich heinz heini henry henrik
        helena lena lenka
        helmut helmi
        henrique rique
        hildegard hilde hilda
        hendrik henk rik
        ignacio nacho
        ioannis giannis yannis john yiannis
        irina ira
        isabel isa chabela
        ivan vanya john
        jacobus koos jaap cobus
        jadwiga jadzia
        jan jasiek janek john
        javier javi xavi
        jeronimo jero
        jesus chuy suso
        joachim jochen achim jo
        joao jo john
        johanna hanna joke anna
        johannes hans johann hannes jan john jo
        jorge george
        jose pepe chepe joe jos zeca
        josef sepp joseph pepi pepa beppi
        josefa pepa
        juan juanito john
        jurgen juergen
        karl charly carl
        katarzyna kasia kate
        katharina kathi kati katja katrin nina kata
        konstantin kostya
        kornelius kees cor
        krzysztof krzys chris
        laszlo laci
        lars lasse lawrence
        leonid lyonya
        leonardo leo nardo
        lorenzo renzo enzo lencho
        ludmila lyuda mila
        ludwig lutz wiggerl
        luis lucho luisito louis
        luigi gigi gino louis
        magdalena lena magda malena
        malgorzata gosia margaret
        manuel manolo manu
        manuela manu ela
        marcela marce
        margarete grete gretel greta gretchen margret
        margarita marga rita
        maria mia marie mitzi mary maja
        mariya masha maria
        matthias matze hias matti mathias
        maximilian max maxi
        mercedes merche meche
        michal misiek michael
        miguel migue mike michael
        mikhail misha michael
        mikael micke mike
        milagros mila
        montserrat montse
        nadezhda nadya
        natalia nati nata talia natasha
        nicolas nico nick
        nikolai kolya nick
        nikolaos nikos nick
        nikolaus klaus niko nick
        olga olya
        pablo paul
        panagiotis panos takis
        paolo paul
        pavel pasha paul
        pedro perico peter
        petra peti
        pierre pierrot peter
        pilar pili
        piotr piotrek peter
        rafael rafa rafi
        ramon moncho
        ricardo rick richi ricky cardo
        roberto beto rob robert tito
        rosario charo
        salvador chava salva
        santiago santi chago diego
        sebastian basti seba
        sergei seryozha sergey serge
        sigrid siri
        sofia sofi
        stanislav stas slava
        stanislaw staszek
        stefan steff stephan steve
        susanne susi sanne
        svetlana sveta lana
        tatiana tanya tania
        teresa tere
        therese resi
        theodorus theo dorus
        tomasz tomek thomas
        ulrich uli ulli
        ulrike uli ulli rike
        valentina vale
        vasily vasya
        viktor vitya
        vincenzo enzo vince
        vladimir vova volodya vlad
        vyacheslav slava
        walther walter
        wilhelm willi willy helmut will william
        wilhelmus wim willem
        willem wim pim
        wolfgang wolf wolfi
        yekaterina katya
        yevgeny zhenya
        yuri yura
        zbigniew zbyszek
        zofia zosia
        """;
}
