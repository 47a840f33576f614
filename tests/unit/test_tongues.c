/* test_tongues.c: in which languages a dispatch is found to be, from two paragraphs a side. */
#include "answers.h"
#include "read/decode.h"
#include "read/parse.h"

#include <string.h>

typedef struct {
  const char *lang;
  const char *near; /* a relative that it may be taken for, as long as that is told; NULL for none */
  const char *text;
} Sample;

static const Sample SAMPLES[] = {
  { "fr", NULL,
    "Le conseil du port a ouvert la nouvelle écluse aux petits bateaux deux mois avant la date promise.\n"
    "Quarante bateaux sont passés le premier jour et aucun n'a attendu plus d'un quart d'heure.\n" },
  { "de", NULL,
    "Der Hafenrat hat die neue Schleuse für kleine Boote zwei Monate vor dem versprochenen Termin geöffnet.\n"
    "Am ersten Tag fuhren vierzig Boote hindurch, und keines wartete länger als eine Viertelstunde.\n" },
  { "es", NULL,
    "La junta del puerto abrió la nueva esclusa a los barcos pequeños dos meses antes de la fecha prometida.\n"
    "El primer día pasaron cuarenta barcos y ninguno esperó más de un cuarto de hora.\n" },
  { "ca", NULL,
    "La junta del port va obrir la nova resclosa a les barques petites dos mesos abans de la data promesa.\n"
    "El primer dia hi van passar quaranta barques i cap no va esperar més d'un quart d'hora.\n" },
  { "cs", "sk",
    "Správa přístavu otevřela nové zdymadlo malým lodím o dva měsíce dříve, než slíbila.\n"
    "První den jím proplulo čtyřicet lodí a žádná nečekala déle než čtvrt hodiny.\n" },
  { "sk", "cs",
    "Správa prístavu otvorila novú plavebnú komoru malým lodiam o dva mesiace skôr, ako sľúbila.\n"
    "V prvý deň ňou preplávalo štyridsať lodí a žiadna nečakala dlhšie ako štvrť hodiny.\n" },
  { "pl", NULL,
    "Zarząd portu otworzył nową śluzę dla małych łodzi dwa miesiące przed obiecanym terminem.\n"
    "Pierwszego dnia przepłynęło przez nią czterdzieści łodzi i żadna nie czekała dłużej niż kwadrans.\n" },
  { "sl", NULL,
    "Uprava pristanišča je odprla novo zapornico za majhne čolne dva meseca pred obljubljenim dnem.\n"
    "Prvi dan je skoznjo plulo štirideset čolnov in nobeden ni čakal dlje kot četrt ure.\n" },
  { "hu", NULL,
    "A kikötő igazgatósága két hónappal az ígért időpont előtt megnyitotta az új zsilipet a kis hajók előtt.\n"
    "Az első napon negyven hajó haladt át rajta, és egyik sem várt negyedóránál tovább.\n" },
  { "ro", NULL,
    "Consiliul portului a deschis noua ecluză pentru ambarcațiunile mici cu două luni înainte de data promisă.\n"
    "În prima zi au trecut patruzeci de bărci și niciuna nu a așteptat mai mult de un sfert de oră.\n" },
  { "vi", NULL,
    "Ban quản lý cảng đã mở âu thuyền mới cho các tàu nhỏ sớm hơn hai tháng so với ngày đã hứa.\n"
    "Trong ngày đầu tiên có bốn mươi chiếc thuyền đi qua và không chiếc nào phải đợi quá mười lăm phút.\n" },
  { "fi", NULL,
    "Satamalautakunta avasi uuden sulun pienille veneille kaksi kuukautta ennen luvattua päivää.\n"
    "Ensimmäisenä päivänä siitä kulki neljäkymmentä venettä, eikä yksikään odottanut neljännestuntia kauempaa.\n" },
  { "et", NULL,
    "Sadama juhatus avas uue lüüsi väikestele paatidele kaks kuud enne lubatud päeva.\n"
    "Esimesel päeval läbis seda nelikümmend paati ja ükski ei oodanud üle veerand tunni.\n" },
  { "lv", NULL,
    "Ostas valde atvēra jaunās slūžas mazajām laivām divus mēnešus pirms solītā laika.\n"
    "Pirmajā dienā tās šķērsoja četrdesmit laivas, un neviena negaidīja ilgāk par stundas ceturksni.\n" },
  { "lt", NULL,
    "Uosto valdyba atidarė naująjį šliuzą mažiems laivams dviem mėnesiais anksčiau, nei žadėjo.\n"
    "Pirmąją dieną juo praplaukė keturiasdešimt laivų ir nė vienas nelaukė ilgiau kaip ketvirtį valandos.\n" },
  { "sq", NULL,
    "Bordi i portit e hapi shluzën e re për varkat e vogla dy muaj para datës së premtuar.\n"
    "Ditën e parë kaluan dyzet varka dhe asnjëra nuk priti më shumë se një çerek ore.\n" },
  { "tr", "az",
    "Liman kurulu yeni havuzu küçük tekneler için söz verilen tarihten iki ay önce açtı.\n"
    "İlk gün kırk tekne geçti ve hiçbiri on beş dakikadan fazla beklemedi.\n" },
  { "az", "tr",
    "Liman idarəsi yeni şlüzü kiçik qayıqlar üçün vəd edilən vaxtdan iki ay əvvəl açdı.\n"
    "İlk gün oradan qırx qayıq keçdi və heç biri on beş dəqiqədən çox gözləmədi.\n" },
  { "ku", NULL,
    "Desteya benderê deriyê nû yê avê du meh berî roja sozdayî ji bo qeyikên biçûk vekir.\n"
    "Di roja pêşîn de çil qeyik jê derbas bûn û yek ji wan jî ji çarîkek saetê zêdetir nesekinî.\n" },
  { "so", NULL,
    "Guddiga dekeddu waxay doomaha yaryar u fureen albaabka cusub laba bilood ka hor waqtigii la ballanqaaday.\n"
    "Maalintii ugu horreysay waxaa ka gudbay afartan doomood, midkoodna ma sugin wax ka badan rubuc saac.\n" },
  { "sw", NULL,
    "Bodi ya bandari ilifungua lango jipya la maji kwa mashua ndogo miezi miwili kabla ya tarehe iliyoahidiwa.\n"
    "Siku ya kwanza mashua arobaini zilipita na hakuna hata moja iliyosubiri zaidi ya robo saa.\n" },
  { "yo", NULL,
    "Ìgbìmọ̀ èbúté ṣí ẹnu ọ̀nà omi tuntun fún àwọn ọkọ̀ kékeré ní oṣù méjì ṣáájú ọjọ́ tí wọ́n ṣèlérí.\n"
    "Ní ọjọ́ àkọ́kọ́, ogójì ọkọ̀ ló kọjá, kò sì sí èyí tó dúró ju ìṣẹ́jú mẹ́ẹ̀ẹ́dógún lọ.\n" },
  { "eu", NULL,
    "Portuko batzordeak esklusa berria ireki die ontzi txikiei, agindutako eguna baino bi hilabete lehenago.\n"
    "Lehen egunean berrogei ontzi igaro ziren eta inork ez zuen ordu laurden bat baino gehiago itxaron.\n" },
  { "cy", NULL,
    "Agorodd bwrdd yr harbwr y loc newydd i gychod bach ddau fis cyn y dyddiad a addawyd.\n"
    "Ar y diwrnod cyntaf aeth deugain o gychod drwyddo ac nid arhosodd yr un ohonynt yn hwy na chwarter awr.\n" },
  { "da", "no",
    "Havnestyrelsen åbnede den nye sluse for små både to måneder før den lovede dato.\n"
    "Den første dag sejlede fyrre både igennem, og ingen af dem ventede mere end et kvarter.\n" },
  { "no", "da",
    "Havnestyret åpnet den nye slusen for små båter to måneder før den lovede datoen.\n"
    "Den første dagen gikk førti båter gjennom, og ingen av dem ventet lenger enn et kvarter.\n" },
  { "sv", NULL,
    "Hamnstyrelsen öppnade den nya slussen för små båtar två månader före det datum som den hade lovat.\n"
    "Den första dagen gick fyrtio båtar igenom och ingen av dem väntade längre än en kvart.\n" },
  { "nl", "af",
    "Het havenbestuur heeft de nieuwe sluis twee maanden voor de beloofde datum voor kleine boten geopend.\n"
    "Op de eerste dag voeren veertig boten erdoor en geen ervan wachtte langer dan een kwartier.\n" },
  { "af", "nl",
    "Die hawenraad het die nuwe sluis twee maande voor die beloofde datum vir klein bote oopgemaak.\n"
    "Op die eerste dag het veertig bote deurgegaan en nie een van hulle het langer as 'n kwartier gewag nie.\n" },
  { "id", "ms",
    "Dewan pelabuhan membuka pintu air baru untuk perahu kecil dua bulan sebelum tanggal yang dijanjikan.\n"
    "Pada hari pertama empat puluh perahu lewat, dan tidak ada yang menunggu lebih dari lima belas menit karena petugas bekerja cepat.\n" },
  { "ms", "id",
    "Lembaga pelabuhan membuka pintu air baharu untuk bot kecil dua bulan lebih awal daripada tarikh yang dijanjikan.\n"
    "Pada hari pertama empat puluh buah bot melaluinya, dan tiada yang menunggu lebih daripada lima belas minit kerana pegawai bekerja pantas.\n" },
  { "ru", NULL,
    "Совет порта открыл новый шлюз для малых судов на два месяца раньше обещанного срока.\n"
    "В первый день через него прошло сорок судов, и ни одно не ждало дольше четверти часа.\n" },
  { "uk", NULL,
    "Рада порту відкрила новий шлюз для малих суден на два місяці раніше за обіцяний строк.\n"
    "Першого дня через нього пройшло сорок суден, і жодне не чекало довше за чверть години.\n" },
  { "be", NULL,
    "Праўленне порта адкрыла новы шлюз для малых суднаў на два месяцы раней за абяцаны тэрмін.\n"
    "У першы дзень праз яго прайшло сорак суднаў, і ніводнае не чакала больш за чвэрць гадзіны.\n" },
  { "bg", NULL,
    "Съветът на пристанището откри новия шлюз за малки лодки два месеца преди обещания срок.\n"
    "През първия ден преминаха четиридесет лодки и нито една не чака повече от четвърт час.\n" },
  { "mk", NULL,
    "Управата на пристаништето ја отвори новата преводница за мали бродови два месеца пред ветениот рок.\n"
    "Првиот ден поминаа четириесет бродови и ниеден не чекаше подолго од четврт час.\n" },
  { "sr", NULL,
    "Управа луке отворила је нову преводницу за мале чамце два месеца пре обећаног рока.\n"
    "Првог дана прошло је четрдесет чамаца и ниједан није чекао дуже од четврт сата.\n" },
  { "kk", NULL,
    "Порт басқармасы жаңа шлюзді шағын қайықтарға уәде етілген мерзімнен екі ай бұрын ашты.\n"
    "Бірінші күні одан қырық қайық өтті, бірде-бірі он бес минуттан артық күткен жоқ.\n" },
  { "ky", NULL,
    "Порт башкармасы жаңы шлюзду кичинекей кайыктар үчүн убада кылынган мөөнөттөн эки ай мурда ачты.\n"
    "Биринчи күнү андан кырк кайык өттү, бири да он беш мүнөттөн ашык күткөн жок.\n" },
  { "tg", NULL,
    "Раёсати бандар шлюзи навро барои қаиқҳои хурд ду моҳ пеш аз мӯҳлати ваъдашуда кушод.\n"
    "Дар рӯзи аввал чил қаиқ аз он гузаштанд ва ҳеҷ кадоме зиёда аз понздаҳ дақиқа интизор нашуд.\n" },
  { "ar", NULL,
    "افتتح مجلس المرفأ الهويس الجديد أمام القوارب الصغيرة قبل شهرين من الموعد الذي وعد به.\n"
    "وعبره أربعون قارباً في اليوم الأول ولم ينتظر أي منها أكثر من ربع ساعة.\n" },
  { "fa", NULL,
    "هیئت مدیره بندر آب‌بند تازه را دو ماه پیش از زمان وعده داده شده به روی قایق‌ها باز کرد.\n"
    "در روز نخست چهل قایق از آن گذشتند و هیچ کدام بیش از یک ربع ساعت منتظر نماند.\n" },
  { "ur", NULL,
    "بندرگاہ کی انتظامیہ نے نیا بند چھوٹی کشتیوں کے لیے وعدے سے دو ماہ پہلے کھول دیا ہے۔\n"
    "پہلے دن چالیس کشتیاں گزریں اور کسی کو پندرہ منٹ سے زیادہ انتظار نہیں کرنا پڑا۔\n" },
  { "ps", NULL,
    "د بندر ادارې د کوچنیو کښتیو لپاره نوی بند له ټاکلي وخت څخه دوه میاشتې مخکې پرانیست.\n"
    "په لومړۍ ورځ څلوېښت کښتۍ تېرې شوې او هیڅ یوې له پنځلسو دقیقو زیات انتظار ونه کړ.\n" },
  { "ckb", NULL,
    "بەڕێوەبەرایەتی بەندەر دەرگای نوێی بۆ بەلەمە بچووکەکان دوو مانگ پێش وادەی خۆی کردەوە.\n"
    "لە ڕۆژی یەکەمدا چل بەلەم تێپەڕین و هیچیان لە چارەکە سەعاتێک زیاتر چاوەڕێیان نەکرد.\n" },
  { "ug", NULL,
    "پورت مۇدىرىيىتى يېڭى توسمىنى كىچىك قېيىقلار ئۈچۈن ۋەدە قىلغان ۋاقىتتىن ئىككى ئاي بۇرۇن ئاچتى.\n"
    "بىرىنچى كۈنى قىرىق قېيىق ئۆتتى ۋە ھېچقايسىسى ئون بەش مىنۇتتىن ئارتۇق ساقلىمىدى.\n" },
  { "sd", NULL,
    "بندرگاهه جي بورڊ نئون دروازو ننڍين ٻيڙين لاءِ واعدي کان ٻه مهينا اڳ کولي ڇڏيو.\n"
    "پهرئين ڏينهن چاليهه ٻيڙيون ان مان لنگهيون ۽ ڪنهن کي به پندرهن منٽن کان وڌيڪ انتظار ڪرڻو نه پيو.\n" },
  { "ks", NULL,
    "بنٛدرگاہ کؠن افسرن چھُ نٔو دروازٕ لۄکٹؠن ناوٕن خٲطرٕ زٕ رؠتھ برٛونٛہہ کھولمُت۔\n"
    "گۄڈنِکہِ دۄہ گٔیہ ژَتجی ناوٕ اَتھ منٛز پار تہٕ کٲنٛسہِ پیوو نہٕ پندٕہ مِنَٹ کھۄتہٕ زیادٕ پرارُن۔\n" },
  { "ms-Arab", NULL,
    "لمباڬ ڤلابوهن تله ممبوک ڤينتو اير بهارو اونتوق ڤراهو کچيل دوا بولن سبلوم تاريخ يڠ دجنجيکن.\n"
    "ڤد هاري ڤرتام امڤت ڤولوه بواه ڤراهو ملالوءيڽ دان تياد ساتو ڤون يڠ منوڠڬو لبيه درڤد ليم بلس مينيت.\n" },
  { "he", NULL, "מועצת הנמל פתחה את שער המים החדש לסירות קטנות חודשיים לפני המועד.\nביום הראשון עברו ארבעים סירות ואף אחת מהן לא חיכתה יותר מרבע שעה.\n" },
  { "yi", NULL,
    "דער האַפֿן־ראַט האָט געעפֿנט דעם נײַעם שליוז פֿאַר קליינע שיפֿלעך צוויי חדשים פֿאַר דעם צוגעזאָגטן טאָג.\n"
    "אין ערשטן טאָג זײַנען דורכגעפֿאָרן פֿערציק שיפֿלעך און קיינער האָט נישט געוואַרט מער ווי אַ פֿערטל שעה.\n" },
  { "hi", NULL,
    "बंदरगाह बोर्ड ने नया जलद्वार छोटी नावों के लिए तय तारीख से दो महीने पहले खोल दिया।\n"
    "पहले दिन चालीस नावें गुज़रीं और किसी को पंद्रह मिनट से ज़्यादा इंतज़ार नहीं करना पड़ा।\n" },
  { "mr", NULL,
    "बंदर मंडळाने नवा जलद्वार लहान होड्यांसाठी ठरलेल्या तारखेच्या दोन महिने आधी उघडला.\n"
    "पहिल्या दिवशी चाळीस होड्या गेल्या आणि कोणालाही पंधरा मिनिटांपेक्षा जास्त थांबावे लागले नाही.\n" },
  { "ne", NULL,
    "बन्दरगाह बोर्डले नयाँ जलढोका साना डुङ्गाहरूका लागि तोकिएको मितिभन्दा दुई महिना अगाडि खोल्यो।\n"
    "पहिलो दिन चालीस वटा डुङ्गा गए र कसैले पनि पन्ध्र मिनेटभन्दा बढी पर्खनु परेन।\n" },
  { "bn", NULL,
    "বন্দর বোর্ড প্রতিশ্রুত তারিখের দুই মাস আগে ছোট নৌকার জন্য নতুন জলকপাট খুলে দিয়েছে।\nপ্রথম দিনে চল্লিশটি নৌকা পার হয়েছে এবং কোনোটিকে বেশি অপেক্ষা করতে হয়নি।\n" },
  { "am", NULL, "የወደቡ ቦርድ አዲሱን የውሃ በር ለትናንሽ ጀልባዎች ከተያዘለት ቀን ሁለት ወር ቀደም ብሎ ከፈተ።\nበመጀመሪያው ቀን አርባ ጀልባዎች አልፈዋል፤ አንዳቸውም ከሩብ ሰዓት በላይ አልጠበቁም።\n" },
  { "ti", NULL, "ቦርድ ወደብ ነቲ ሓድሽ ማዕጾ ማይ ንናእሽቱ ጃልባታት ክልተ ወርሒ ቅድሚ እቲ ዝተመብጸዐ ዕለት ከፊትዎ።\nኣብታ ቀዳመይቲ መዓልቲ ኣርብዓ ጃልባታት ሓሊፈን እየን።\n" },
  { "th", NULL, "คณะกรรมการท่าเรือเปิดประตูน้ำใหม่ให้เรือเล็กก่อนกำหนดสองเดือน\nวันแรกมีเรือผ่านสี่สิบลำและไม่มีลำใดรอนานเกินสิบห้านาที\n" },
  { "ka", NULL, "ნავსადგურის საბჭომ ახალი რაბი პატარა ნავებს დაპირებულ ვადაზე ორი თვით ადრე გაუხსნა.\nპირველ დღეს ორმოცმა ნავმა გაიარა.\n" },
  { "hy", NULL, "Նավահանգստի խորհուրդը նոր ջրարգելակը փոքր նավակների համար բացեց երկու ամիս շուտ։\nԱռաջին օրը քառասուն նավակ անցավ։\n" },
  { "el", NULL, "Το συμβούλιο του λιμανιού άνοιξε τη νέα δεξαμενή για τις μικρές βάρκες.\nΤην πρώτη μέρα πέρασαν σαράντα βάρκες.\n" },
  { "zh", NULL, "港务局比原定日期提前两个月向小船开放了新船闸。\n第一天有四十艘船通过，没有一艘等待超过一刻钟。\n" },
  { "zh-Hant", NULL, "港務局比原定日期提前兩個月向小船開放了新船閘。\n第一天有四十艘船通過，沒有一艘等待超過一刻鐘。\n" },
  { "ja", NULL, "港湾局は約束の期日より二か月早く新しい水門を小舟に開いた。\n初日は四十隻が通り、十五分より長く待った船はなかった。\n" },
  { "ko", NULL, "항만 당국은 약속한 날짜보다 두 달 일찍 새 갑문을 열었다.\n첫날 배 마흔 척이 지나갔고 십오 분 넘게 기다린 배는 없었다.\n" },
};

static const char ENGLISH[] = "The harbour board opened the new lock to small boats two months before the date it had promised.\n"
                              "Forty boats went through on the first day, and none of them waited longer than a quarter of an hour.\n";

static DgDoc *
parse (const char *text, const char *languages, DgDiag *diag)
{
  g_autoptr (DgSource) source = dg_source_new ("t.txt", g_strdup (text), strlen (text), "utf-8");
  g_autoptr (GError) error = NULL;
  DgDoc *doc = dg_parse (source, languages, diag, &error);

  g_assert_no_error (error);
  g_assert_nonnull (doc);
  return doc;
}

/* The message that names two languages and the option which decides; NULL where there is none. */
static const char *
find_doubt (DgDiag *diag)
{
  guint                n;
  const DiglotMessage *messages = dg_diag_list (diag, &n);

  for (guint i = 0; i < n; i++)
    if (strcmp (messages[i].code, "parse.language-doubtful") == 0)
      return messages[i].text;
  return NULL;
}

static gboolean
names (const char *message, const char *lang)
{
  g_autofree char *word = g_strdup_printf ("in %s", lang);

  return strstr (message, word) != NULL;
}

/* The side that the lines of @doc are on, from @first on, as letters. */
static char *
list_sides (const DgDoc *doc)
{
  GString *sides = g_string_new (NULL);

  for (guint i = 0; i < doc->n_lines; i++)
    if (doc->lines[i].side != DG_SIDE_NONE)
      g_string_append_c (sides, doc->lines[i].side == DG_SIDE_A ? 'a' : 'b');
  return g_string_free (sides, FALSE);
}

static void
check_language (const Sample *sample, const char *found, DgDiag *diag)
{
  const char *doubt = find_doubt (diag);

  if (strcmp (found, sample->lang) == 0) {
    g_assert_true (doubt == NULL || (sample->near != NULL && names (doubt, sample->near)));
    return;
  }
  g_assert_nonnull (sample->near);
  g_assert_cmpstr (found, ==, sample->near);
  g_assert_nonnull (doubt);
  g_assert_true (names (doubt, sample->lang) && names (doubt, sample->near) && strstr (doubt, "--lang") != NULL);
}

static void
test_beside_english (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SAMPLES); i++)
    for (guint first = 0; first < 2; first++) {
      g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
      g_autofree char *text = first == 0 ? g_strconcat (ENGLISH, "\n", SAMPLES[i].text, NULL) : g_strconcat (SAMPLES[i].text, "\n", ENGLISH, NULL);
      g_autoptr (DgDoc) doc = parse (text, NULL, diag);
      g_autofree char *sides = list_sides (doc);

      g_test_message ("%s", text);
      g_assert_cmpuint (doc->n_texts, ==, 2);
      g_assert_cmpstr (sides, ==, "aabb");
      g_assert_cmpstr (doc->text[first].lang, ==, "en");
      check_language (&SAMPLES[i], doc->text[!first].lang, diag);
    }
}

static const Sample *
find_sample (const char *lang)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SAMPLES); i++)
    if (strcmp (SAMPLES[i].lang, lang) == 0)
      return &SAMPLES[i];
  g_assert_not_reached ();
}

/* Two languages of one script, in blocks and line by line. */
static void
test_one_script (void)
{
  static const char *const pairs[][2] = {
    { "fr", "tr" }, { "ru", "sr" }, { "ru", "uk" }, { "kk", "ru" }, { "ar", "fa" }, { "ar", "ur" }, { "fa", "ur" }, { "ar", "ckb" }, { "sd", "ar" },
    { "ks", "ur" }, { "yi", "he" }, { "de", "nl" }, { "pl", "cs" }, { "hu", "ro" }, { "sw", "so" }, { "zh", "ja" }, { "hi", "ne" },  { "am", "ti" },
    { "da", "sv" }, { "af", "nl" }, { "es", "ca" }, { "vi", "fr" }, { "az", "tr" }, { "mk", "bg" }, { "lt", "lv" }, { "ps", "fa" },  { "th", "hi" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    const Sample *a = find_sample (pairs[i][0]), *b = find_sample (pairs[i][1]);

    for (guint way = 0; way < 2; way++) {
      g_auto (GStrv) rows_a = g_strsplit (a->text, "\n", -1);
      g_auto (GStrv) rows_b = g_strsplit (b->text, "\n", -1);
      g_autofree char *turns = g_strjoin ("\n\n", rows_a[0], rows_b[0], rows_a[1], rows_b[1], NULL);
      g_autofree char *blocks = g_strconcat (a->text, "\n", b->text, NULL);
      g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
      g_autoptr (DgDoc) doc = parse (way == 0 ? blocks : turns, NULL, diag);
      g_autofree char *sides = list_sides (doc);

      g_test_message ("%s", way == 0 ? blocks : turns);
      g_assert_cmpuint (doc->n_texts, ==, 2);
      g_assert_cmpstr (sides, ==, way == 0 ? "aabb" : "abab");
      g_assert_cmpstr (doc->text[0].lang, ==, a->lang);
      g_assert_cmpstr (doc->text[1].lang, ==, b->lang);
    }
  }
}

/* One text stays one, however long: no line of it is somebody else's. */
static void
test_alone (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SAMPLES); i++) {
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autofree char *text = g_strconcat (SAMPLES[i].text, "\n", SAMPLES[i].text, "\n", SAMPLES[i].text, NULL);
    g_autoptr (DgDoc) doc = parse (text, NULL, diag);

    g_test_message ("%s", text);
    g_assert_cmpuint (doc->n_texts, ==, 1);
    check_language (&SAMPLES[i], doc->text[0].lang, diag);
  }
}

/* The languages that no text tells from each other are the user's to name. */
static void
test_doubt (void)
{
  static const char text[] = "Uprava luke otvorila je novu branu za male brodove.\n\n"
                             "The port opened its new lock to small boats this week, said the board.\n";
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt"), named = dg_diag_new ("t.txt");
  g_autoptr (DgDoc) doc = parse (text, NULL, diag);
  g_autoptr (DgDoc) again = parse (text, "hr,en", named);

  g_assert_nonnull (doc);
  g_assert_nonnull (find_doubt (diag));
  g_assert_null (find_doubt (named));
  g_assert_cmpstr (again->text[0].lang, ==, "hr");
}

/* What a line quotes, and names in it, do not say in which script it is. */
static void
test_quotation (void)
{
  static const struct {
    const char *lang, *text, *sides;
  } cases[] = {
    { "he",
      "The new lock opened on Monday.\nThe keeper said “כל הסירות עברו בזמן היום בבוקר”.\n\nשער המים החדש נפתח ביום שני.\nהשומר אמר שכל הסירות עברו בזמן.\n",
      "aabb" },
    { "he", "The new lock opened on Monday.\nThe new keeper told them: כל הסירות עברו היום.\n\nשער המים החדש נפתח ביום שני.\nהשומר אמר שכל הסירות עברו בזמן.\n",
      "aabb" },
    { "ar",
      "The new lock opened on Monday, the board said.\nForty boats went through.\n\nافتتح الهويس الجديد الاثنين كما قال المجلس.\nوقال \"All of the boats were through by noon\" حارس الهويس.\n",
      "aabb" },
    { "ar",
      "The new lock opened on Monday, the board said.\nForty boats went through.\n\nافتتحت شركة Northern Harbour Works Limited الهويس.\nوعبره أربعون قارباً في اليوم الأول.\n",
      "aabb" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autoptr (DgDoc) doc = parse (cases[i].text, NULL, diag);
    g_autofree char *sides = list_sides (doc);

    g_test_message ("%s", cases[i].text);
    g_assert_cmpstr (sides, ==, cases[i].sides);
    g_assert_cmpstr (doc->text[1].lang, ==, cases[i].lang);
  }
}

/* A third text in the script of one of the two: the pair's is the one that is much longer, else the one that comes first. */
static void
test_third (void)
{
  static const struct {
    const char *first, *then;
    guint       times; /* that the second stands there */
    const char *own, *foreign;
    guint       line;
  } cases[] = { { "en", "de", 1, "en", "de", 7 }, { "de", "en", 1, "de", "en", 7 }, { "de", "en", 2, "en", "de", 4 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char      *first = strcmp (cases[i].first, "en") == 0 ? ENGLISH : find_sample (cases[i].first)->text;
    const char      *then = strcmp (cases[i].then, "en") == 0 ? ENGLISH : find_sample (cases[i].then)->text;
    g_autofree char *text = g_strconcat (find_sample ("ar")->text, "\n", first, "\n", then, cases[i].times > 1 ? then : NULL, NULL);
    g_autofree char *named = g_strdup_printf ("(%s)", cases[i].foreign);
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autoptr (DgDoc) doc = parse (text, NULL, diag);
    const DiglotMessage *messages;
    guint                n, n_third = 0;

    g_test_message ("%s", text);
    g_assert_cmpstr (doc->text[0].lang, ==, "ar");
    g_assert_cmpstr (doc->text[1].lang, ==, cases[i].own);
    messages = dg_diag_list (diag, &n);
    for (guint k = 0; k < n; k++)
      if (strcmp (messages[k].code, "parse.third-language") == 0) {
        n_third++;
        g_assert_cmpuint (messages[k].line, ==, cases[i].line);
        g_assert_nonnull (strstr (messages[k].text, named));
      }
    g_assert_cmpuint (n_third, ==, 1);
  }
}

/* Accents may be typed as characters of their own. */
static void
test_decomposed (void)
{
  const Sample    *sample = find_sample ("vi");
  g_autofree char *decomposed = g_utf8_normalize (sample->text, -1, G_NORMALIZE_NFD);
  g_autofree char *text = g_strconcat (decomposed, "\n", ENGLISH, NULL);
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (DgDoc) doc = parse (text, NULL, diag);

  g_assert_cmpstr (doc->text[0].lang, ==, "vi");
  g_assert_cmpstr (doc->text[1].lang, ==, "en");
}

/* Lines of two or three languages, as many of each as may be: which texts they are taken for, and which line belongs to which. */
static void
test_mixed (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (U_ICU_VERSION_MAJOR_NUM != MADE_WITH_ICU) {
    g_test_skip ("another release of ICU tells words and charsets apart otherwise");
    return;
  }
  seed = 66;
  /* Few words of two languages of one script: many are as good. */
  for (guint round = 0; round < 240; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autoptr (DgDoc) doc = NULL;

    for (guint k = 0; k < 2; k++) {
      const Sample *sample = &SAMPLES[roll (0, 28)];
      g_auto (GStrv) lines = g_strsplit (sample->text, "\n", -1);

      for (guint i = 0; i < 1 + round % 2; i++) {
        g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

        for (guint w = 0, n = roll (3, 9); w < n && words[w] != NULL; w++)
          g_string_append_printf (text, "%s%s", w > 0 ? " " : "", words[w]);
        g_string_append (text, ".\n");
      }
      g_string_append_printf (out, "%s%s", sample->lang, k == 0 ? "," : " =");
    }
    doc = parse (text->str, NULL, diag);
    for (guint k = 0; k < doc->n_texts; k++)
      g_string_append_printf (out, " %s%.1f", doc->text[k].lang, digits_of (doc->text[k].confidence));
    g_string_append_printf (out, "%s\n", find_doubt (diag) != NULL ? " ?" : "");
  }
  for (guint round = 0; round < 300; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autoptr (DgDoc) doc = NULL;
    guint n = round % 3 == 2 ? 3 : 2;

    for (guint k = 0; k < n; k++) {
      guint which = roll (0, G_N_ELEMENTS (SAMPLES) + 3);
      g_auto (GStrv) lines = g_strsplit (which < G_N_ELEMENTS (SAMPLES) ? SAMPLES[which].text : ENGLISH, "\n", -1);

      g_string_append_printf (out, "%s%s", k > 0 ? "," : "", which < G_N_ELEMENTS (SAMPLES) ? SAMPLES[which].lang : "en");
      for (guint i = roll (1, round % 3 == 1 ? 2 : 4); i > 0; i--)
        g_string_append_printf (text, "%s\n", lines[i % 2]);
      if (roll (0, 2) == 0)
        g_string_append_c (text, '\n');
    }
    doc = parse (text->str, NULL, diag);
    g_string_append (out, " =");
    for (guint k = 0; k < doc->n_texts; k++)
      g_string_append_printf (out, " %s%.1f", doc->text[k].lang, digits_of (doc->text[k].confidence));
    g_string_append_c (out, ' ');
    for (guint i = 0; i < doc->n_lines; i++)
      if (doc->lines[i].role != DG_ROLE_BLANK)
        g_string_append_c (out, "-ab"[doc->lines[i].side == DG_SIDE_A ? 1 : doc->lines[i].side == DG_SIDE_B ? 2 : 0]);
    g_string_append_printf (out, "%s\n", find_doubt (diag) != NULL ? " ?" : "");
  }
  compare ("tongues", "Lines of two or three languages = those they are found in, and each line's text; ?: it is told that one is doubtful.", out);
}

/* Appends @line in lines of about @width characters, and a blank one. */
static void
wrap (GString *out, const char *line, guint width)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gsize start = out->len;

  for (guint i = 0; words[i] != NULL; i++) {
    gboolean full = out->len > start && out->len - start + strlen (words[i]) > width;

    if (out->len > start)
      g_string_append_c (out, full ? '\n' : ' ');
    start = full ? out->len : start;
    g_string_append (out, words[i]);
  }
  g_string_append (out, "\n\n");
}

/* The English of each sample, alone and hard-wrapped as agencies send it, is one text and no mixture of two others. */
static void
test_wrapped_alone (void)
{
  g_autoptr (GDir) folder = g_dir_open ("tests/samples", 0, NULL);
  const char *name;
  guint       n = 0;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename ("tests/samples", name, NULL), *text = NULL;
    g_auto (GStrv) lines = NULL;
    g_autoptr (GString) wrapped = g_string_new (NULL);
    guint n_lines = 0;

    if (!g_str_has_suffix (name, "en-ar.txt") || !g_file_get_contents (path, &text, NULL, NULL) || !g_utf8_validate (text, -1, NULL))
      continue;
    lines = g_strsplit (text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
      if (strlen (lines[i]) > 20 && g_str_is_ascii (lines[i])) {
        wrap (wrapped, lines[i], 64);
        n_lines++;
      }
    if (n_lines < 6)
      continue;
    {
      g_autoptr (DgDiag) diag = dg_diag_new (name);
      g_autoptr (DgSource) source = dg_source_new (name, g_strdup (wrapped->str), wrapped->len, "utf-8");
      g_autoptr (GError) error = NULL;
      g_autoptr (DgDoc) doc = dg_parse (source, NULL, diag, &error);

      g_test_message ("%s", name);
      g_assert_no_error (error);
      g_assert_cmpuint (doc->n_texts, ==, 1);
      g_assert_cmpstr (doc->text[0].lang, ==, "en");
      n++;
    }
  }
  g_assert_cmpuint (n, >=, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tongues/beside-english", test_beside_english);
  g_test_add_func ("/tongues/one-script", test_one_script);
  g_test_add_func ("/tongues/alone", test_alone);
  g_test_add_func ("/tongues/wrapped-alone", test_wrapped_alone);
  g_test_add_func ("/tongues/doubt", test_doubt);
  g_test_add_func ("/tongues/quotation", test_quotation);
  g_test_add_func ("/tongues/third", test_third);
  g_test_add_func ("/tongues/decomposed", test_decomposed);
  g_test_add_func ("/tongues/mixed", test_mixed);
  return g_test_run ();
}
