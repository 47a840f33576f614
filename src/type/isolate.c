/* isolate.c: finds what must keep its order, and asks bidi.c for the levels of the text with isolates about it. */
#include "type/isolate.h"

#include "type/bidi.h"

#define LRI 0x2066
#define PDI 0x2069

/* Longer texts than this are searched paragraph by paragraph anyway; a match is never longer. */
#define PATTERN \
  "(?:[A-Za-z][A-Za-z0-9+.-]{1,20}://|www\\.)[^\\s<>\"«»“”،؛]{0,300}[A-Za-z0-9/=&#_-]" \
  "|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\\.[A-Za-z0-9-]{1,64}){1,8}" \
  "|(?<![A-Za-z0-9_])[@#][A-Za-z0-9_]{1,64}" \
  "|(?<![0-9])(?:\\+|00)[0-9](?:[ ().-]{0,2}[0-9]){5,20}(?![0-9])" \
  "|(?<![0-9])\\(?[0-9]{1,5}\\)?(?:[ -][0-9]{2,4}){2,4}(?![0-9])" \
  "|(?<![0-9])[0-9]{1,4}([-/.])[0-9]{1,2}\\1[0-9]{1,4}(?![0-9])"

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

guint8
dg_isolate_levels (const gunichar *text, guint n, guint8 *levels)
{
  g_autofree char *utf8 = g_ucs4_to_utf8 (text, n, NULL, NULL, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GArray) marked = g_array_sized_new (FALSE, FALSE, sizeof (gunichar), n + 8);
  g_autoptr (GArray) origin = g_array_sized_new (FALSE, FALSE, sizeof (guint), n + 8); /* place in @text; @n: a mark */
  g_autofree guint8    *found = NULL;
  static const gunichar open = LRI, close = PDI;
  guint                 at = 0;
  guint8                base;

  g_regex_match (pattern (), utf8 ? utf8 : "", 0, &match);
  for (gboolean more = TRUE; more;) {
    int   start = 0, end = 0;
    guint from = n, to = n;

    more = g_match_info_matches (match) && g_match_info_fetch_pos (match, 0, &start, &end);
    if (more) {
      from = (guint) g_utf8_pointer_to_offset (utf8, utf8 + start);
      to = (guint) g_utf8_pointer_to_offset (utf8, utf8 + end);
      g_match_info_next (match, NULL);
    }
    for (; at < to; at++) {
      if (at == from) {
        g_array_append_val (marked, open);
        g_array_append_val (origin, n);
      }
      g_array_append_val (marked, text[at]);
      g_array_append_val (origin, at);
    }
    if (more) {
      g_array_append_val (marked, close);
      g_array_append_val (origin, n);
    }
  }
  found = g_malloc (marked->len + 1);
  base = dg_bidi_levels ((const gunichar *) (const void *) marked->data, marked->len, DG_BASE_RTL, found);
  for (guint i = 0; i < origin->len; i++)
    if (g_array_index (origin, guint, i) < n)
      levels[g_array_index (origin, guint, i)] = found[i];
  return base;
}
