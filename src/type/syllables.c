/* syllables.c: see syllables.h. */
#include "type/syllables.h"

#include <string.h>

static gboolean
is_vowel (const char *vowels, gunichar ch)
{
  return g_utf8_strchr (vowels, -1, ch) != NULL;
}

/* TRUE where @onsets has the two letters as a pair. */
static gboolean
is_onset (const char *onsets, gunichar first, gunichar second)
{
  for (const char *p = onsets; p != NULL && *p != '\0';) {
    const char *next = g_utf8_next_char (p), *end = strchr (p, ';');

    if ((*p == '*' || g_utf8_get_char (p) == first) && g_utf8_get_char (next) == second)
      return TRUE;
    p = end != NULL ? end + 1 : NULL;
  }
  return FALSE;
}

void
dg_syllables_find (const char *vowels, const char *onsets, const gunichar *word, guint n, guint8 *after)
{
  gboolean begun = FALSE; /* there was a vowel, so that there is a syllable to leave */

  memset (after, DG_HYPHEN_NONE, n);
  for (guint i = 0; i < n; i++) {
    guint start = i;

    if (!is_vowel (vowels, word[i]))
      continue;
    if (begun && !is_vowel (vowels, word[i - 1])) {
      start = i - 1;
      while (start > 1 && !is_vowel (vowels, word[start - 1]) && is_onset (onsets, word[start - 1], word[start]))
        start--;
      after[start - 1] = DG_HYPHEN_SYLLABLE;
    }
    begun = TRUE;
  }
}
