/* isolate.c: finds what must keep its order, and asks bidi.c for the levels of the text with isolates about it. */
#include "type/isolate.h"

#include "base/utf.h"
#include "type/bidi.h"

#define LRI 0x2066
#define PDI 0x2069
#define LRO 0x202D
#define PDF 0x202C

/* Every part has an end, so that no text, however long, takes longer than its length.  In the classes \x{660}-\x{669} are the Arabic digits and
 * \x{6F0}-\x{6F9} the Persian ones; dates and ranges in them run from right to left, as CLDR has it, but telephone numbers do not. */
#define LETTER     "A-Za-z"
#define PERSIAN    "0-9\\x{6F0}-\\x{6F9}"
#define DIGIT      PERSIAN "\\x{660}-\\x{669}"
#define GAP        "[ \\x{A0}\\x{202F}().\\x{2010}\\x{2011}/-]{0,2}"
#define NOT_BEFORE "(?<![" LETTER "\\p{N}])" /* a letter of the text's own may be joined: و10-15 */
#define NOT_AFTER  "(?![\\p{L}\\p{N}])"
#define FIGURE     "[0-9][0-9.,:/]{0,20}(?<![.,:/])%?"
/* clang-format off */
#define PATTERN \
  /* an address of the net, a mailbox, a handle */ \
  "(?:[" LETTER "][" LETTER "0-9+.-]{1,20}://|www\\.)[^\\s<>\"«»“”،؛]{0,300}[" LETTER "0-9/=&#_-]" \
  "|[" LETTER "0-9._%+-]{1,64}@[" LETTER "0-9-]{1,64}(?:\\.[" LETTER "0-9-]{1,64}){1,8}" \
  "|(?<![" LETTER "0-9_])[@#][" LETTER "0-9_]{1,64}" \
  /* a telephone number: +961 1 555-0199, 01 23 45 67, with thousands in between */ \
  "|(?<![" DIGIT "])(?:\\+|00|\\x{660}\\x{660}|\\x{6F0}\\x{6F0})[" DIGIT "](?:" GAP "[" DIGIT "]){5,20}(?![" DIGIT "])" \
  "|(?<![" DIGIT "])\\(?[0-9]{1,5}\\)?(?:[ -][0-9]{2,4}){2,4}(?![0-9])" \
  "|(?<![" DIGIT "])\\(?[\\x{660}\\x{6F0}][" DIGIT "]{0,4}\\)?(?:[ -][" DIGIT "]{2,4}){2,4}(?![" DIGIT "])" \
  "|(?<![" DIGIT ".,])[0-9]{1,3}(?:[ \\x{2009}][0-9]{3}){1,6}(?![0-9])" \
  /* a date: 2022-09-09 */ \
  "|(?<![0-9])[0-9]{1,4}([-/.])[0-9]{1,2}\\1[0-9]{1,4}(?![0-9])" \
  /* 25°C, -5%, +3 */ \
  "|" NOT_BEFORE "[+\\x{2212}\\x{B1}-]?[" PERSIAN "]{1,6}(?:[.,][" PERSIAN "]{1,6})? ?° ?[CF]" NOT_AFTER \
  "|(?<![\\p{L}\\p{M}\\p{N}.,:/%)\\x{2013}-])[+\\x{2212}\\x{B1}-][$€£₪]?[" PERSIAN "]{1,20}(?:[.,\\x{66B}\\x{66C}][" PERSIAN "]{1,20}){0,6}[%\\x{66A}]?" NOT_AFTER \
  /* 737-800, 10-12 */ \
  "|" NOT_BEFORE FIGURE "(?:[-\\x{2013}]" FIGURE "){1,6}" NOT_AFTER \
  /* C++, C#, .NET */ \
  "|" NOT_BEFORE "[" LETTER "][" LETTER "0-9]{0,20}(?:\\+{1,2}|#)" NOT_AFTER \
  "|(?<![\\p{L}\\p{N}.])\\.[" LETTER "][" LETTER "0-9]{1,20}"
/* clang-format on */

static GRegex *
pattern (void)
{
  static gsize   once = 0;
  static GRegex *regex = NULL;

  if (g_once_init_enter (&once)) {
    regex = g_regex_new (PATTERN, G_REGEX_OPTIMIZE, 0, NULL);
    g_assert (regex);
    g_once_init_leave (&once, 1);
  }
  return regex;
}

/* TRUE where nothing in @text could be turned round: it has neither figures nor Latin letters; or where its author saw to it. */
static gboolean
is_left_alone (const gunichar *text, guint n, DgIsolate isolate)
{
  gboolean plain = TRUE;

  for (guint i = 0; i < n; i++) {
    if (isolate == DG_ISOLATE_AUTO && dg_is_bidi_control (text[i]))
      return TRUE;
    plain = plain && !(text[i] < 0x80 ? g_ascii_isalnum ((char) text[i]) : g_unichar_isdigit (text[i]));
  }
  return plain;
}

static void
append (GArray *marked, GArray *origin, gunichar ch, guint at)
{
  g_array_append_val (marked, ch);
  g_array_append_val (origin, at);
}

guint8
dg_isolate_levels (const gunichar *text, guint n, DgIsolate isolate, guint8 *levels)
{
  if (isolate == DG_ISOLATE_NO || is_left_alone (text, n, isolate))
    return dg_bidi_levels (text, n, DG_BASE_RTL, levels);

  g_autofree char *utf8 = g_ucs4_to_utf8 (text, n, NULL, NULL, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GArray) marked = g_array_sized_new (FALSE, FALSE, sizeof (gunichar), n + 8);
  g_autoptr (GArray) origin = g_array_sized_new (FALSE, FALSE, sizeof (guint), n + 8); /* place in @text; @n: a mark */
  g_autofree guint8 *found = NULL;
  guint              at = 0;
  guint              passed = 0; /* characters up to @byte */
  int                byte = 0;
  guint8             base;

  if (!g_regex_match (pattern (), utf8 ? utf8 : "", 0, &match))
    return dg_bidi_levels (text, n, DG_BASE_RTL, levels);
  for (gboolean more = TRUE; more;) {
    int      start = 0, end = 0;
    guint    from = n, to = n;
    gboolean arabic = FALSE;

    more = g_match_info_matches (match) && g_match_info_fetch_pos (match, 0, &start, &end);
    if (more) {
      from = passed + (guint) g_utf8_pointer_to_offset (utf8 + byte, utf8 + start);
      to = from + (guint) g_utf8_pointer_to_offset (utf8 + start, utf8 + end);
      passed = to;
      byte = end;
      g_match_info_next (match, NULL);
    }
    for (guint i = from; i < to; i++)
      arabic = arabic || (text[i] >= 0x0660 && text[i] <= 0x0669);
    for (; at < from; at++)
      append (marked, origin, text[at], at);
    if (!more)
      break;
    append (marked, origin, LRI, n);
    if (arabic) /* groups of Arabic digits run from right to left inside an isolate, too */
      append (marked, origin, LRO, n);
    for (; at < to; at++)
      append (marked, origin, text[at], at);
    if (arabic)
      append (marked, origin, PDF, n);
    append (marked, origin, PDI, n);
  }
  found = g_malloc (marked->len + 1);
  base = dg_bidi_levels ((const gunichar *) (const void *) marked->data, marked->len, DG_BASE_RTL, found);
  for (guint i = 0; i < origin->len; i++)
    if (g_array_index (origin, guint, i) < n)
      levels[g_array_index (origin, guint, i)] = found[i];
  return base;
}
