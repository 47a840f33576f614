/* lang.c: tables of common words, endings and telling letters, and the counting of them. */
#include "base/lang.h"

#include "base/language.h"
#include "base/utf.h"

#include <string.h>

enum { WORD_BYTES = 32, LETTERS_END = 0x700 }; /* all telling letters stand before Syriac */

typedef enum { EN, FR, DE, ES, IT, PT, NL, SV, TR, AR, FA, UR, PS, CKB, UG, HE, RU, UK, BG, EL, ZH, JA, KO, LANG_COUNT } Lang;

G_STATIC_ASSERT (LANG_COUNT <= DG_LANG_MAX);

typedef struct {
  const char *tag;
  DgScript    script;
  const char *words;   /* the commonest, lower case, Arabic ones without vowel signs */
  const char *letters; /* those that speak for it, though perhaps for others too */
} Language;

static const Language LANGUAGES[LANG_COUNT] = {
  [EN] = { "en", DG_SCRIPT_LATIN,
           "the of and to in a is that for it was on are as with his they at be this from have or by had not but what all were when we "
           "there can an your which their said if will each about how up out them then she many some so these would other into has her "
           "two more him see could no than been who its now people my made over did down only way find use may after new against between "
           "says year years first last during under",
           "" },
  [FR] = { "fr", DG_SCRIPT_LATIN,
           "le la les de des du un une et est en que qui dans pour pas sur au aux avec ce cette ces il elle ils elles nous vous je son sa "
           "ses leur leurs par plus ne se sont été être avoir fait mais ou où si tout tous toute toutes deux après entre sans sous contre "
           "selon depuis aussi ainsi dont l d qu n s c j m à comme même ont avait était ans an chez lors très droit droits",
           "éèêëàâîïôûùçœ" },
  [DE] = { "de", DG_SCRIPT_LATIN,
           "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird "
           "bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei gegen "
           "vom können schon wenn hatte unter wir seine ihre zwei jahr jahre nach zwischen ihr ihm",
           "äöüß" },
  [ES] = { "es", DG_SCRIPT_LATIN,
           "el la los las de del que y en un una por con para es se no su sus al lo como más pero o este esta estos estas entre sobre ha "
           "han fue ser también sin hasta desde todo todos toda años año dos muy ya cuando según contra dijo son era tras durante donde "
           "hay quien le les nos esto eso está están tiene derecho persona",
           "ñáíóú¿¡" },
  [IT] = { "it", DG_SCRIPT_LATIN,
           "il lo la i gli le di del della dei degli delle che e è in un una uno per con non si da al alla ai alle nel nella nei sul sulla "
           "come anche più ma o suo sua suoi loro questo questa sono ha hanno stato stata essere dal dalla dopo tra fra contro due anni "
           "anno secondo ogni l d dell all nell sull ed ad individuo diritto",
           "èìòàù" },
  [PT] = { "pt", DG_SCRIPT_LATIN,
           "o a os as de do da dos das que e em um uma no na nos nas por para com não se ao aos à às mais como mas foi ele ela seu sua seus "
           "suas ou ser está são tem pelo pela pelos entre sobre até após anos ano dois também já quando muito há sem contra segundo "
           "disse isso este esta num numa direito pessoa toda todo",
           "ãõçâêôáíóú" },
  [NL] = { "nl", DG_SCRIPT_LATIN,
           "de het een en van in is dat op te zijn met voor niet die aan er om ook als dan maar bij nog uit door over naar heeft hij ze "
           "werd wordt tot deze dit zich geen jaar na tegen hun wat worden kan heeft hebben had was meer onder tussen volgens twee al zo "
           "ieder recht",
           "" },
  [SV] = { "sv", DG_SCRIPT_LATIN,
           "och att det som en på är av för med den till i har de inte om ett han men var jag sig från vi så kan när man ska eller efter "
           "under år hade vid också mot skulle nu över sin sina hon dem denna blev två mellan enligt utan varje alla rätt ingen får genom",
           "åäö" },
  [TR] = { "tr", DG_SCRIPT_LATIN,
           "ve bir bu da de için ile olarak olan daha çok en gibi kadar sonra ne o ki var yok her ya ancak ise veya değil göre karşı "
           "arasında tarafından yıl iki olduğu olduğunu edildi etti dedi diye ilk son şu sahip hakkı herkes hiç kimse önce bütün üzere "
           "gün günü yeni yeniden zaman yer büyük içinde üzerinde hâlâ henüz saat kişi başka bazı bin böyle bunun buna bunu onun ona hem mi mı",
           "ğışçöüİâ" },
  [AR] = { "ar", DG_SCRIPT_ARABIC,
           "في من على إلى أن إن التي الذي عن مع هذا هذه كان كانت قد لم لا ما أو كما بعد قبل بين ذلك تلك كل حتى هو هي هم عند منذ خلال وقال "
           "قال وقد التى الى ان او وفي ومن وعلى أي أنه إنه أنها وأن غير ضد لكن حول ثم لها له لهم به بها فيها عليه عليها يوم وكان حيث إذا ولا "
           "عام اليوم لكل يكون",
           "ةأإؤئيكىًٌٍٱ" },
  [FA] = { "fa", DG_SCRIPT_ARABIC,
           "و در به از که این است را با برای آن یک های خود تا کرد بر هم نیز شده می شد ها او ما اما یا هر باید کند شود بود دارد کرده گفت "
           "پس سال پیش دو بین نمی همه اند حق شده‌است داد وی آنها روز کشور دارند مورد وجود علیه بی هیچ کس",
           "پچژگیک" },
  [UR] = { "ur", DG_SCRIPT_ARABIC,
           "کے کی کا میں ہے اور سے کو نے پر کہ اس یہ ہیں وہ ایک تھا ہو بھی ان کر نہیں تھی جو گا گی گے لیے لئے ہوئے کیا تو اپنے کسی ہر یا "
           "تھے بعد ساتھ گیا کرنے ہوں جائے شخص حق حاصل ہی جس ہم تم مگر پھر والے اگر دی اسے انہوں",
           "ٹڈڑےںہھپچگیک" },
  [PS] = { "ps", DG_SCRIPT_ARABIC, "د په او کې چې له ته دی یې هغه سره دا یو کړی کوي شوي نه پر شي خپل دې وي نو هم کړ شو دغه ددې ډېر کړي وه لري څخه",
           "ټډړږښېۍګځڅڼپچیک" },
  [CKB] = { "ckb", DG_SCRIPT_ARABIC,
            "لە و بە کە بۆ ئەو ئەم لەگەڵ هەر کرد هەیە دەکات بوو یان بەڵام ئەوەی دوای سەر هەموو کرا ناو نێوان یەک دوو خۆی مافی دا کردووە", "ڕڵۆێەڤپچژگیک" },
  [UG] = { "ug", DG_SCRIPT_ARABIC, "ۋە بىر بۇ بىلەن ئۈچۈن دەپ ئۇ ھەم ئىدى قىلىش كېيىن بولغان ھەر ھەممە بار يوق ئۇنىڭ ئۇلار كىشى دېگەن قىلغان بولۇپ ياكى ئۆز",
           "ۇۆۈۋېەڭھىئكيپچگ" },
  [HE] = { "he", DG_SCRIPT_HEBREW,
           "של את על לא הוא כי עם גם זה היא הם הן אני אנחנו יש אין כל בין אחרי לפני או אם אל עד רק היה היתה הייתה היו יהיה אמר אמרה אמרו יום "
           "שנה שנים זו זאת אלה אשר כך אך אבל כדי מה מי אותו אותה להם לו לה בו בה כמו יותר ועל ולא ואת שלא שהוא נגד תחת מאז אדם זכאי",
           "ךםןףץ" },
  [RU] = { "ru", DG_SCRIPT_CYRILLIC,
           "и в не на что с по как это из к у за от он она они о для но его её был была были было все или если при уже также после до "
           "между против году года лет может быть каждый право человек",
           "ыэёъ" },
  [UK] = { "uk", DG_SCRIPT_CYRILLIC,
           "і в не на що з по як це із до у за від він вона вони про для але його її був була були або якщо при вже також після між проти "
           "року роки років може бути та й кожна право людина",
           "іїєґ" },
  [BG] = { "bg", DG_SCRIPT_CYRILLIC,
           "и в не на че с по как това из за от той тя те да се е са за но го ѝ беше бяха или ако при вече също след между срещу година "
           "години може бъде всеки право човек ще като си",
           "ъщ" },
  [EL] = { "el", DG_SCRIPT_GREEK,
           "και το του της να η ο οι τα με για στο στην από των τον την τους τις στη στον στα στις που δεν θα είναι ότι ένα μια ένας σε ως "
           "αλλά ή αν μετά πριν κατά προς μεταξύ χωρίς ήταν έχει έχουν είχε αυτό αυτή πως όπως δύο χρόνια έτος όλα κάθε",
           "άέήίόύώςϊ" },
  [ZH] = { "zh", DG_SCRIPT_HAN, "", "" },
  [JA] = { "ja", DG_SCRIPT_KANA, "", "" },
  [KO] = { "ko", DG_SCRIPT_HANGUL, "", "" },
};

typedef struct {
  const char *ending;
  guint8      size;
  Lang        lang;
} Ending;

/* clang-format off */
#define E(ending, lang) { ending, sizeof ending - 1, lang }
/* clang-format on */

static const Ending ENDINGS[] = {
  E ("ing", EN),  E ("ed", EN),   E ("ly", EN),   E ("tion", EN), E ("tion", FR), E ("ment", FR),   E ("eux", FR),  E ("aient", FR), E ("ique", FR),
  E ("ung", DE),  E ("lich", DE), E ("isch", DE), E ("keit", DE), E ("ción", ES), E ("ciones", ES), E ("idad", ES), E ("zione", IT), E ("zioni", IT),
  E ("ità", IT),  E ("ção", PT),  E ("ções", PT), E ("dade", PT), E ("heid", NL), E ("lijk", NL),   E ("ning", SV), E ("het", SV),   E ("erna", SV),
  E ("lar", TR),  E ("ler", TR),  E ("dan", TR),  E ("den", TR),  E ("nın", TR),  E ("ının", TR),   E ("ları", TR), E ("leri", TR),  E ("nda", TR),
  E ("nde", TR),  E ("yor", TR),  E ("mış", TR),  E ("miş", TR),  E ("acak", TR), E ("ecek", TR),   E ("ması", TR), E ("mesi", TR),  E ("dığı", TR),
  E ("diği", TR), E ("ıldı", TR), E ("ildi", TR), E ("arna", SV), E ("ande", SV), E ("ades", SV),   E ("های", FA),  E ("ها", FA),    E ("وں", UR),
};

typedef struct {
  GHashTable *words;                /* word -> mask of languages */
  guint       letters[LETTERS_END]; /* by character: mask of languages */
} Tables;

static void
add_mask (GHashTable *table, gpointer key, Lang lang)
{
  guint mask = GPOINTER_TO_UINT (g_hash_table_lookup (table, key));

  g_hash_table_replace (table, key, GUINT_TO_POINTER (mask | 1u << lang));
}

/* Made once, never changed. */
static const Tables *
get_tables (void)
{
  static gsize ready;

  if (g_once_init_enter (&ready)) {
    Tables *tables = g_new0 (Tables, 1);

    tables->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < LANG_COUNT; i++) {
      g_auto (GStrv) words = g_strsplit (LANGUAGES[i].words, " ", -1);

      for (guint k = 0; words[k] != NULL; k++)
        add_mask (tables->words, g_strdup (words[k]), (Lang) i);
      for (const char *p = LANGUAGES[i].letters; *p != '\0'; p = g_utf8_next_char (p))
        tables->letters[g_utf8_get_char (p)] |= 1u << i;
    }
    g_once_init_leave (&ready, (gsize) tables);
  }
  return (const Tables *) ready;
}

static const struct {
  GUnicodeScript letters;
  const char    *code; /* ISO 15924 */
  const char    *lang;
} SCRIPTS[DG_SCRIPT_COUNT] = {
  [DG_SCRIPT_NONE] = { G_UNICODE_SCRIPT_COMMON, "Zyyy", "und" },
  [DG_SCRIPT_LATIN] = { G_UNICODE_SCRIPT_LATIN, "Latn", "en" },
  [DG_SCRIPT_ARABIC] = { G_UNICODE_SCRIPT_ARABIC, "Arab", "ar" },
  [DG_SCRIPT_HEBREW] = { G_UNICODE_SCRIPT_HEBREW, "Hebr", "he" },
  [DG_SCRIPT_CYRILLIC] = { G_UNICODE_SCRIPT_CYRILLIC, "Cyrl", "ru" },
  [DG_SCRIPT_GREEK] = { G_UNICODE_SCRIPT_GREEK, "Grek", "el" },
  [DG_SCRIPT_HAN] = { G_UNICODE_SCRIPT_HAN, "Hani", "zh" },
  [DG_SCRIPT_KANA] = { G_UNICODE_SCRIPT_HIRAGANA, "Jpan", "ja" },
  [DG_SCRIPT_HANGUL] = { G_UNICODE_SCRIPT_HANGUL, "Hang", "ko" },
  [DG_SCRIPT_ADLAM] = { G_UNICODE_SCRIPT_ADLAM, "Adlm", "ff-Adlm" },
  [DG_SCRIPT_ARMENIAN] = { G_UNICODE_SCRIPT_ARMENIAN, "Armn", "hy" },
  [DG_SCRIPT_BENGALI] = { G_UNICODE_SCRIPT_BENGALI, "Beng", "bn" },
  [DG_SCRIPT_CANADIAN] = { G_UNICODE_SCRIPT_CANADIAN_ABORIGINAL, "Cans", "iu" },
  [DG_SCRIPT_CHEROKEE] = { G_UNICODE_SCRIPT_CHEROKEE, "Cher", "chr" },
  [DG_SCRIPT_DEVANAGARI] = { G_UNICODE_SCRIPT_DEVANAGARI, "Deva", "hi" },
  [DG_SCRIPT_ETHIOPIC] = { G_UNICODE_SCRIPT_ETHIOPIC, "Ethi", "am" },
  [DG_SCRIPT_GEORGIAN] = { G_UNICODE_SCRIPT_GEORGIAN, "Geor", "ka" },
  [DG_SCRIPT_GUJARATI] = { G_UNICODE_SCRIPT_GUJARATI, "Gujr", "gu" },
  [DG_SCRIPT_GURMUKHI] = { G_UNICODE_SCRIPT_GURMUKHI, "Guru", "pa" },
  [DG_SCRIPT_KANNADA] = { G_UNICODE_SCRIPT_KANNADA, "Knda", "kn" },
  [DG_SCRIPT_KHMER] = { G_UNICODE_SCRIPT_KHMER, "Khmr", "km" },
  [DG_SCRIPT_LAO] = { G_UNICODE_SCRIPT_LAO, "Laoo", "lo" },
  [DG_SCRIPT_MALAYALAM] = { G_UNICODE_SCRIPT_MALAYALAM, "Mlym", "ml" },
  [DG_SCRIPT_MONGOLIAN] = { G_UNICODE_SCRIPT_MONGOLIAN, "Mong", "mn-Mong" },
  [DG_SCRIPT_MYANMAR] = { G_UNICODE_SCRIPT_MYANMAR, "Mymr", "my" },
  [DG_SCRIPT_NKO] = { G_UNICODE_SCRIPT_NKO, "Nkoo", "nqo" },
  [DG_SCRIPT_OL_CHIKI] = { G_UNICODE_SCRIPT_OL_CHIKI, "Olck", "sat" },
  [DG_SCRIPT_ORIYA] = { G_UNICODE_SCRIPT_ORIYA, "Orya", "or" },
  [DG_SCRIPT_SINHALA] = { G_UNICODE_SCRIPT_SINHALA, "Sinh", "si" },
  [DG_SCRIPT_SYRIAC] = { G_UNICODE_SCRIPT_SYRIAC, "Syrc", "syr" },
  [DG_SCRIPT_TAMIL] = { G_UNICODE_SCRIPT_TAMIL, "Taml", "ta" },
  [DG_SCRIPT_TELUGU] = { G_UNICODE_SCRIPT_TELUGU, "Telu", "te" },
  [DG_SCRIPT_THAANA] = { G_UNICODE_SCRIPT_THAANA, "Thaa", "dv" },
  [DG_SCRIPT_THAI] = { G_UNICODE_SCRIPT_THAI, "Thai", "th" },
  [DG_SCRIPT_TIBETAN] = { G_UNICODE_SCRIPT_TIBETAN, "Tibt", "bo" },
  [DG_SCRIPT_TIFINAGH] = { G_UNICODE_SCRIPT_TIFINAGH, "Tfng", "tzm" },
  [DG_SCRIPT_YI] = { G_UNICODE_SCRIPT_YI, "Yiii", "ii" },
  [DG_SCRIPT_OTHER] = { G_UNICODE_SCRIPT_UNKNOWN, "Zzzz", "und" },
};

static DgScript
of_letters (GUnicodeScript letters)
{
  switch (letters) {
  case G_UNICODE_SCRIPT_COMMON:
  case G_UNICODE_SCRIPT_INHERITED: return DG_SCRIPT_NONE;
  case G_UNICODE_SCRIPT_KATAKANA: return DG_SCRIPT_KANA;
  default: break;
  }
  for (guint script = DG_SCRIPT_NONE + 1; script < DG_SCRIPT_OTHER; script++)
    if (SCRIPTS[script].letters == letters)
      return (DgScript) script;
  return DG_SCRIPT_OTHER;
}

DgScript
dg_lang_script_of_char (gunichar ch)
{
  if (ch < 0x80)
    return g_ascii_isalpha ((char) ch) ? DG_SCRIPT_LATIN : DG_SCRIPT_NONE;
  if (ch >= 0x0621 && ch <= 0x064A) /* the common Arabic letters, without a look at the tables */
    return DG_SCRIPT_ARABIC;
  if (!g_unichar_isalpha (ch))
    return DG_SCRIPT_NONE;
  if (ch < 0x250)
    return DG_SCRIPT_LATIN;
  if (dg_is_arabic (ch))
    return DG_SCRIPT_ARABIC;
  return of_letters (g_unichar_get_script (ch));
}

const char *
dg_lang_script_code (DgScript script)
{
  return SCRIPTS[script].code;
}

const char *
dg_lang_of_script (DgScript script)
{
  return SCRIPTS[script].lang;
}

DgScript
dg_lang_script (const char *lang)
{
  return of_letters (dg_language_get (lang)->letters);
}

guint
dg_lang_count (void)
{
  return LANG_COUNT;
}

/* Marks inside a word of which addresses, file names and program names are made. */
static gboolean
is_machine_mark (char c)
{
  return c == '/' || c == '@' || c == '_' || c == '\\' || c == '.' || c == '=' || (c >= '0' && c <= '9');
}

G_STATIC_ASSERT (DG_SCRIPT_COUNT <= 64 && DG_SCRIPT_NONE == 0);

static void
count_script (DgScript script, guint *found, guint64 *met)
{
  if ((*met >> script & 1) == 0)
    found[script] = 0;
  *met |= (guint64) 1 << script;
  found[script]++;
}

void
dg_lang_count_letters (const char *text, gsize length, DgLangScores *scores)
{
  const char *end = text + length;

  while (text < end) {
    guint    found[DG_SCRIPT_COUNT] = { 0 };
    guint64  met = 0; /* scripts, so that the others need not be set to none at every word */
    gboolean machine = FALSE, after_letter = FALSE;

    while (text < end && *text != ' ' && *text != '\t') {
      if ((guchar) *text < 0x80) {
        gboolean letter = g_ascii_isalpha (*text);

        if (letter)
          count_script (DG_SCRIPT_LATIN, found, &met);
        /* A point or digit makes a file name only between letters. */
        machine = machine || (after_letter && is_machine_mark (*text) && text + 1 < end && g_ascii_isalnum (text[1]));
        machine = machine || (*text == '/' && text + 1 < end && g_ascii_isalnum (text[1]));
        after_letter = letter;
        text++;
      } else {
        count_script (dg_lang_script_of_char (dg_utf8_read (&text)), found, &met);
        after_letter = FALSE;
      }
    }
    while (text < end && (*text == ' ' || *text == '\t'))
      text++;
    met &= ~(guint64) 1; /* what is no letter */
    for (; met != 0; met &= met - 1) {
      guint script = (guint) __builtin_ctzll (met);

      scores->letters[script] += found[script] * (machine ? 1 : 4);
    }
  }
}

static void
add_score (DgLangScores *scores, guint mask, float weight)
{
  guint bits = mask;
  float share = weight / (float) __builtin_popcount (mask | (mask == 0));

  for (; bits != 0; bits &= bits - 1)
    scores->score[__builtin_ctz (bits)] += share;
}

static void
score_word (const Tables *tables, const char *word, gsize length, gsize n_chars, DgLangScores *scores)
{
  guint mask = GPOINTER_TO_UINT (g_hash_table_lookup (tables->words, word));

  if (mask != 0) {
    add_score (scores, mask, 1.0f);
    return;
  }
  if (n_chars < 5)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (ENDINGS); i++) {
    gsize size = ENDINGS[i].size;

    if (length > size && word[length - 1] == ENDINGS[i].ending[size - 1] && memcmp (word + length - size, ENDINGS[i].ending, size) == 0)
      add_score (scores, 1u << ENDINGS[i].lang, 0.3f);
  }
  if (g_str_has_prefix (word, "ال") || g_str_has_prefix (word, "وال") || g_str_has_prefix (word, "بال"))
    add_score (scores, 1u << AR, 0.4f);
}

void
dg_lang_score (const char *text, gsize length, DgLangScores *scores)
{
  const Tables *tables = get_tables ();
  const char   *end = text + length;
  char          word[WORD_BYTES + 8];
  gsize         used = 0, n_chars = 0;

  for (;;) {
    gboolean at_end = text >= end;
    gunichar ch = at_end ? ' ' : dg_utf8_read (&text);

    if (ch < 0x80) {
      if (g_ascii_isalpha ((char) ch)) {
        if (used < WORD_BYTES)
          word[used++] = g_ascii_tolower ((char) ch);
        n_chars++;
      } else if (n_chars > 0) {
        word[used] = '\0';
        if (used < WORD_BYTES)
          score_word (tables, word, used, n_chars, scores);
        used = n_chars = 0;
      }
    } else {
      guint mask;

      /* Persian writes a zero width non-joiner inside words; Arabic hardly ever. */
      mask = ch == 0x200C ? 1u << FA | 1u << CKB : ch < LETTERS_END ? tables->letters[ch] : 0;
      /* A Latin letter that one language alone has says the more, as most letters say nothing there. */
      if (mask != 0)
        add_score (scores, mask, ch < 0x250 && (mask & (mask - 1)) == 0 ? 0.5f : 0.35f);
      if (g_unichar_isalpha (ch)) {
        if (used < WORD_BYTES)
          used += (gsize) g_unichar_to_utf8 (g_unichar_tolower (ch), word + used);
        n_chars++;
      } else if (!g_unichar_ismark (ch) && ch != 0x0640 && n_chars > 0) {
        word[used] = '\0';
        if (used < WORD_BYTES)
          score_word (tables, word, used, n_chars, scores);
        used = n_chars = 0;
      }
    }
    if (at_end)
      break;
  }
}
