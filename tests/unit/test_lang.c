/* test_lang.c: one sentence of each language is enough to know it. */
#include "base/lang.h"

#include <string.h>

static const char *const SENTENCES[][2] = {
  { "en", "The harbour board opened the new lock to small boats two months before the date it had promised." },
  { "fr", "Le conseil du port a ouvert la nouvelle écluse aux petits bateaux deux mois avant la date promise." },
  { "de", "Der Hafenrat hat die neue Schleuse für kleine Boote zwei Monate vor dem versprochenen Termin geöffnet." },
  { "es", "La junta del puerto abrió la nueva esclusa a los barcos pequeños dos meses antes de la fecha prometida." },
  { "it", "Il consiglio del porto ha aperto la nuova chiusa alle piccole barche due mesi prima della data promessa." },
  { "pt", "O conselho do porto abriu a nova eclusa aos barcos pequenos dois meses antes da data que tinha prometido, e não houve atrasos." },
  { "nl", "Het havenbestuur heeft de nieuwe sluis twee maanden voor de beloofde datum voor kleine boten geopend." },
  { "sv", "Hamnstyrelsen öppnade den nya slussen för små båtar två månader före det datum som den hade lovat." },
  { "tr", "Liman kurulu yeni havuzu küçük tekneler için söz verilen tarihten iki ay önce açtı." },
  { "ar", "افتتح مجلس المرفأ الهويس الجديد أمام القوارب الصغيرة قبل شهرين من الموعد الذي وعد به." },
  { "fa",
    "هیئت مدیره بندر آب‌بند تازه را دو ماه پیش از زمان وعده داده شده به روی قایق‌ها باز کرد." },
  { "ur", "بندرگاہ کی انتظامیہ نے نیا بند چھوٹی کشتیوں کے لیے وعدے سے دو ماہ پہلے کھول دیا ہے۔" },
  { "ps", "د بندر ادارې د کوچنیو کښتیو لپاره نوی بند له ټاکلي وخت څخه دوه میاشتې مخکې پرانیست او هغه ښه دی." },
  { "ckb", "بەڕێوەبەرایەتی بەندەر دەرگای نوێی بۆ بەلەمە بچووکەکان دوو مانگ پێش وادەی خۆی کردەوە." },
  { "ug", "پورت مۇدىرىيىتى يېڭى توسمىنى كىچىك قېيىقلار ئۈچۈن ۋەدە قىلغان ۋاقىتتىن ئىككى ئاي بۇرۇن ئاچتى." },
  { "he", "מועצת הנמל פתחה את שער המים החדש לסירות קטנות חודשיים לפני המועד." },
  { "ru", "Совет порта открыл новый шлюз для малых судов на два месяца раньше обещанного срока." },
  { "uk", "Рада порту відкрила новий шлюз для малих суден на два місяці раніше за обіцяний строк." },
  { "bg", "Съветът на пристанището откри новия шлюз за малки лодки два месеца преди обещания срок." },
  { "el", "Το συμβούλιο του λιμανιού άνοιξε τη νέα δεξαμενή για τις μικρές βάρκες." },
  { "zh", "港务局比原定日期提前两个月向小船开放了新船闸。" },
  { "ja", "港湾局は約束の期日より二か月早く新しい水門を小舟に開いた。" },
  { "ko", "항만 당국은 약속한 날짜보다 두 달 일찍 새 갑문을 열었다." },
};

static void
test_tells_apart (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SENTENCES); i++) {
    const char  *text = SENTENCES[i][1];
    DgLangScores scores = { 0 };
    guint        script = DG_SCRIPT_NONE;

    dg_lang_count_letters (text, strlen (text), &scores);
    dg_lang_score (text, strlen (text), &scores);
    for (guint k = DG_SCRIPT_NONE + 1; k < DG_SCRIPT_COUNT; k++)
      if (scores.letters[k] > scores.letters[script])
        script = k;
    g_test_message ("%s", text);
    g_assert_cmpstr (dg_lang_tag (dg_lang_best (&scores, (DgScript) script)), ==, SENTENCES[i][0]);
  }
}

static void
test_addresses (void)
{
  DgLangScores scores = { 0 };
  const char  *text = "www.example.org/harbour إلى";

  dg_lang_count_letters (text, strlen (text), &scores);
  g_assert_cmpuint (scores.letters[DG_SCRIPT_ARABIC], ==, 12);
  g_assert_cmpuint (scores.letters[DG_SCRIPT_LATIN], ==, 20);
}

static void
test_scripts (void)
{
  g_assert_cmpint (dg_lang_script ("en-GB"), ==, DG_SCRIPT_LATIN);
  g_assert_cmpint (dg_lang_script ("sr-Latn"), ==, DG_SCRIPT_LATIN);
  g_assert_cmpint (dg_lang_script ("sr"), ==, DG_SCRIPT_CYRILLIC);
  g_assert_cmpint (dg_lang_script ("ckb"), ==, DG_SCRIPT_ARABIC);
  g_assert_cmpint (dg_lang_script ("ku-Arab"), ==, DG_SCRIPT_ARABIC);
  g_assert_cmpint (dg_lang_script ("zh-Hant"), ==, DG_SCRIPT_HAN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lang/tells-apart", test_tells_apart);
  g_test_add_func ("/lang/addresses", test_addresses);
  g_test_add_func ("/lang/scripts", test_scripts);
  return g_test_run ();
}
