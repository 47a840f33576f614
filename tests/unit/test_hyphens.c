/* test_hyphens.c: where the words of each language may be broken: by Debian's patterns where they are installed, by rule where a language needs none,
 * and never nearer to a word's ends than its language allows. */
#include "type/hyphens.h"
#include "scratch.h"

#define LETTERS 64

static DgHyphens *hyphens;

/* The word with "-" where it may be broken and "=" where the parts of a compound meet. */
static char *
dup_broken (const char *lang, const char *text)
{
  glong                n;
  g_autofree gunichar *word = g_utf8_to_ucs4_fast (text, -1, &n);
  GString             *out = g_string_new (NULL);
  guint8               after[LETTERS];

  g_assert_cmpint (n, <=, LETTERS);
  dg_hyphens_find (hyphens, lang, word, (guint) n, after);
  for (glong i = 0; i < n; i++) {
    g_string_append_unichar (out, word[i]);
    if (after[i] == DG_HYPHEN_SYLLABLE || after[i] == DG_HYPHEN_JOINT)
      g_string_append_c (out, after[i] == DG_HYPHEN_JOINT ? '=' : '-');
  }
  return g_string_free (out, FALSE);
}

typedef struct {
  const char *lang, *word, *broken;
  const char *patterns; /* the case is passed over where they are not installed; NULL: a rule */
} Case;

static void
check (const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *broken = dup_broken (cases[i].lang, cases[i].word);
    g_autofree char *path = g_strdup_printf ("/usr/share/hyphen/hyph_%s.dic", cases[i].patterns);

    g_test_message ("%s: %s", cases[i].lang, broken);
    if (cases[i].patterns == NULL || g_file_test (path, G_FILE_TEST_EXISTS))
      g_assert_cmpstr (broken, ==, cases[i].broken);
  }
}

/* A syllable begins with the consonant before its vowel. */
static void
test_rules (void)
{
  static const Case cases[] = {
    { "tr", "kitaplıklarımızdan", "ki-tap-lık-la-rı-mız-dan", NULL },
    { "tr", "elektrik", "elekt-rik", NULL },
    { "tr", "İstanbullular", "İs-tan-bul-lu-lar", NULL },
    { "tr", "saatlerce", "saat-ler-ce", NULL },
    { "tr-TR", "belediyeler", "be-le-di-ye-ler", NULL },
    { "tr", "türk", "türk", NULL },
    { "az", "vətəndaşlarımız", "və-tən-daş-la-rı-mız", NULL },
    { "ku", "xwendekaran", "xwen-de-ka-ran", NULL },
    { "ku", "serxwebûna", "ser-xwe-bû-na", NULL },
    { "ku", "rojnamevanên", "roj-na-me-va-nên", NULL },
    { "ug", "مەملىكەتلىك", "مەم-لى-كەت-لىك", NULL },
    { "ug", "مائارىپنىڭ", "ما-ئا-رىپ-نىڭ", NULL },
    { "kk", "министрлігінің", "ми-нистр-лі-гі-нің", NULL },
    { "kk", "бауырсақтар", "бауыр-сақ-тар", NULL },
    { "fi", "kaupunginhallitus", "kau-pun-gin-hal-li-tus", NULL },
    { "ka", "მთავრობა", "მთავ-რო-ბა", NULL },
    { "hy", "պետություն", "պե-տու-թյուն", NULL },
    { "sw", "serikalini", "se-ri-ka-li-ni", NULL },
    { "sw", "wananchi", "wa-na-nchi", NULL },
    { "so", "dhallinyarada", "dhal-lin-ya-ra-da", NULL },
    /* What has no syllable of its own before it is not parted from it. */
    { "tr", "bcd", "bcd", NULL },
    { "tr", "e", "e", NULL },
    { "ar", "المسؤولون", "المسؤولون", NULL },
    { "th", "กระทรวงการต่างประเทศ", "กระทรวงการต่างประเทศ", NULL },
  };

  check (cases, G_N_ELEMENTS (cases));
}

/* Letters that stay, whatever patterns allow; marks are no letters of their own. */
static void
test_patterns (void)
{
  static const Case cases[] = {
    { "en", "hyphenation", "hy-phen-ation", "en_US" },
    { "en-GB", "representative", "rep-res-ent-at-ive", "en_GB" },
    { "de", "Donaudampfschifffahrt", "Do-nau-dampf=schiff=fahrt", "de_DE" },
    { "de", "Wirtschaftsministerium", "Wirt-schafts=mi-nis-te-ri-um", "de_DE" },
    { "de", "Landwirtschaft", "Land=wirt=schaft", "de_DE" },
    { "de", "Teilnehmeranschluss", "Teil=neh-mer=an-schluss", "de_DE" },
    { "de", "Bundesfinanzministerium", "Bun-des=fi-nanz-mi-nis-te-ri-um", "de_DE" },
    { "de", "Regierungserklärung", "Re-gie-rungs=er-klä-rung", "de_DE" },
    { "hu", "asszonnyal", "asszonnyal", "hu_HU" },
    { "hu", "kormányfőnek", "kor-mány-fő-nek", "hu_HU" },
    { "cs", "ministerstvo", "mi-nis-terstvo", "cs_CZ" },
    { "pl", "ministerstwo", "mi-ni-ster-stwo", "pl_PL" },
    { "sr", "министарство", "ми-ни-стар-ство", "sr_RS" },
    { "sr-Latn", "ministarstvo", "mi-ni-star-stvo", "sr-Latn_RS" },
    { "sr-Latn-RS", "ministarstvo", "mi-ni-star-stvo", "sr-Latn_RS" },
    { "nb", "regjeringen", "re-gje-rin-gen", "nb_NO" },
    { "no", "regjeringen", "re-gje-rin-gen", "nb_NO" },
    { "nn", "regjeringa", "re-gje-ringa", "nn_NO" },
    { "da", "regeringen", "re-gerin-gen", "da_DK" },
    { "uk", "президента", "пре-зи-дента", "uk_UA" },
    { "be", "міністэрства", "мі-ні-с-тэ-р-ст-ва", "be_BY" },
    { "bg", "министерството", "ми-нис-тер-с-т-во-то", "bg_BG" },
    { "mn", "засгийн", "зас-гийн", "mn_MN" },
    { "ro", "guvernului", "gu-ver-nu-lui", "ro_RO" },
    { "lt", "vyriausybė", "vy-riausy-bė", "lt_LT" },
    { "lv", "ministrija", "mi-nis-tri-ja", "lv_LV" },
    { "ca", "ministeri", "mi-nis-te-ri", "ca_ES" },
    { "ca", "col·lecció", "col·lec-ció", "ca_ES" },
    { "gl", "goberno", "go-ber-no", "gl_ES" },
    { "pt", "governador", "go-ver-na-dor", "pt_PT" },
    { "pt-BR", "governador", "go-ver-na-dor", "pt_BR" },
    { "pt-AO", "governador", "go-ver-na-dor", "pt_PT" },
    { "es-AR", "gobierno", "go-bierno", "es_ES" },
    { "id", "pemerintah", "pe-me-rin-tah", "id_ID" },
    { "ms", "kerajaan", "ke-ra-ja-an", "id_ID" },
    { "hi", "सरकारों", "सर-कारों", "hi_IN" },
    { "mr", "महाराष्ट्रातील", "महा-रा-ष्ट्रा-तील", "mr_IN" },
    { "bn", "প্রধানমন্ত্রীর", "প্র-ধা-ন-ম-ন্ত্রীর", "bn_IN" },
    { "ml", "സർക്കാരിന്റെ", "സർ-ക്കാ-രി-ന്റെ", "ml_IN" },
    { "ta", "அமைச்சகத்தின்", "அமைச்-ச-கத்-தின்", "ta_IN" },
    { "te", "ప్రభుత్వానికి", "ప్ర-భు-త్వా-నికి", "te_IN" },
    { "pa", "ਸਰਕਾਰਾਂ", "ਸਰ-ਕਾਰਾਂ", "pa_IN" },
    { "zu", "uhulumeni", "uhu-lu-meni", "zu_ZA" },
    { "af", "regering", "re-ge-ring", "af_ZA" },
    { "nl", "regeringsleiders", "re-ge-rings-lei-ders", "nl_NL" },
    { "is", "ríkisstjórnin", "rík-is-stjórn-in", "is_IS" },
    { "el", "κυβέρνησης", "κυ-βέρ-νη-σης", "el_GR" },
    { "hr", "ministarstvo", "mi-nis-tar-stvo", "hr_HR" },
    { "bs", "ministarstvo", "mi-nis-tar-stvo", "hr_HR" },
    { "sl", "ministrstvo", "mi-ni-str-stvo", "sl_SI" },
    { "sk", "ministerstvo", "minis-ter-stvo", "sk_SK" },
    { "fr", "gouvernementales", "gou-ver-ne-men-tales", "fr" },
    { "it", "dell’amministrazione", "dell’ammi-ni-stra-zio-ne", "it_IT" },
    { "sv", "regeringens", "re-ge-ring-ens", "sv_SE" },
    { "ru", "правительство", "пра-ви-тельство", "ru_RU" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char **argv)
{
  g_autofree char *home = scratch_make_home ();
  int              status;

  g_test_init (&argc, &argv, NULL);
  hyphens = dg_hyphens_new ();
  g_test_add_func ("/hyphens/rules", test_rules);
  g_test_add_func ("/hyphens/patterns", test_patterns);
  status = g_test_run ();
  dg_hyphens_free (hyphens);
  scratch_remove (home);
  return status;
}
