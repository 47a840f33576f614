/* fuzz_dispatch.c: dispatches that are made, not guessed: the bytes choose among pieces that reading gives a meaning, and the format that comes
 * of it.  So what lies behind the first lines of a text is met more often than by bytes that are changed at random. */
#include "fuzz.h"

#include "diglot.h"

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/dispatch", "" }, { "tests/golden/align", ".txt" }, { NULL, NULL } };
const guint     fuzz_rounds = 8;

#define BYTES_MAX 300

/* Lines of both texts, and pieces of lines; what begins a line stands first. */
static const char *const pieces[] = {
  "\n",
  "\n\n",
  "Harbour opens again after the storm",
  "فتح الميناء من جديد بعد العاصفة",
  "Source: Agencies 4 May 2025 09:30",
  "المصدر: وكالات 4 أيار 2025",
  "Photo: The harbour at dawn (Mira Halvi)",
  "صورة: الميناء عند الفجر",
  "TAMRA (Agency) – ",
  "By Mira Halvi",
  "The harbour is open since Sunday, 12 days after the storm of 29 April. ",
  "الميناء مفتوح منذ يوم الأحد، بعد 12 يوماً من العاصفة. ",
  "Der Hafen ist seit Sonntag wieder offen, zwölf Tage nach dem Sturm. ",
  "Порт снова открыт с воскресенья. ",
  "港は日曜日に再開された。",
  "הנמל נפתח מחדש ביום ראשון. ",
  "بندرگاه از یکشنبه باز است. ",
  "“Pilots are glad,” she said. ",
  "- ",
  "1. ",
  "• ",
  "* * *",
  "-----",
  "ENGLISH:",
  "العربية:",
  "###",
  "(END)",
  "EMBARGOED until 5 May 2025",
  "© 2025 Tamra Agency",
  "Contact: press@example.org +44 20 7946 0000",
  "https://example.org/a?b=c&d=<e>",
  "From: desk@example.org\nTo: all@example.org\nSubject: Harbour\n",
  "ZCZC ABC123\n",
  "NNNN",
  "a\tb\tc",
  "12,5 % 3/4 ١٢٫٥ ٪ (a) [b] {c}",
  "e\u0301\u0301\u0301 \u0628\u064B\u0651\u0670",
  "\u202E\u2066\u2069\u200F\u200D\u00AD",
  "😀👩‍👩‍👧",
  "\f",
  "\r\n",
  "word word word word word word word word word word word word word word word word word word word word word word word word ",
  "كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة ",
  "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenfabrikant",
  "\x80\xFF",
};

static const DiglotFormat formats[] = { DIGLOT_FORMAT_PDF, DIGLOT_FORMAT_HTML, DIGLOT_FORMAT_TMX, DIGLOT_FORMAT_XLIFF, DIGLOT_FORMAT_TSV, DIGLOT_FORMAT_JSON };

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static DiglotConverter *converter;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DiglotResult) result = NULL;
  DiglotFormat format = formats[size > 0 ? data[0] % G_N_ELEMENTS (formats) : 0];
  GBytes      *made;

  for (size_t i = 1; i < MIN (size, BYTES_MAX); i++)
    g_string_append (text, pieces[data[i] % G_N_ELEMENTS (pieces)]);
  bytes = g_bytes_new (text->str, text->len);
  if (converter == NULL)
    converter = diglot_converter_new (&(const DiglotOptions){ .bind_process = TRUE }, NULL);
  g_assert_nonnull (converter);
  result = diglot_convert (converter, bytes, "a.txt", format);
  made = diglot_result_bytes (result);
  g_assert_true ((made != NULL) == (diglot_result_worst (result) < DIGLOT_SEVERITY_ERROR));
  if (made != NULL && format != DIGLOT_FORMAT_PDF)
    g_assert_true (g_utf8_validate (g_bytes_get_data (made, NULL), (gssize) g_bytes_get_size (made), NULL));
  return 0;
}
