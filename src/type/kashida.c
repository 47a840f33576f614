/* kashida.c: the table of places; how many kashidas a line takes is decided by break.c and compose.c. */
#include "type/kashida.h"

#include <unicode/uchar.h>

#define TATWEEL       0x0640
#define LETTERS_LEAST 4 /* a shorter word is pulled out of shape */

/* How a character joins (ICU's Joining_Type). */
static UJoiningType
joining (gunichar ch)
{
  return (UJoiningType) u_getIntPropertyValue ((UChar32) ch, UCHAR_JOINING_TYPE);
}

static UJoiningGroup
group (gunichar ch)
{
  return (UJoiningGroup) u_getIntPropertyValue ((UChar32) ch, UCHAR_JOINING_GROUP);
}

gboolean
dg_kashida_is_word (gunichar ch)
{
  UJoiningType type = joining (ch);

  return type == U_JT_DUAL_JOINING || type == U_JT_RIGHT_JOINING || type == U_JT_JOIN_CAUSING || (type == U_JT_TRANSPARENT && g_unichar_ismark (ch))
         || ch == 0x0621;
}

gboolean
dg_kashida_joins (gunichar before, gunichar after)
{
  UJoiningType one = joining (before), other = joining (after);

  return (one == U_JT_DUAL_JOINING || one == U_JT_LEFT_JOINING || one == U_JT_JOIN_CAUSING)
         && (other == U_JT_DUAL_JOINING || other == U_JT_RIGHT_JOINING || other == U_JT_JOIN_CAUSING);
}

static gboolean
is_alef (gunichar ch)
{
  return group (ch) == U_JG_ALEF;
}

/* Letters that are a bare tooth in the middle of a word, as beh is. */
static gboolean
is_tooth (gunichar ch)
{
  switch (group (ch)) {
  case U_JG_BEH:
  case U_JG_NOON:
  case U_JG_YEH:
  case U_JG_FARSI_YEH: return TRUE;
  default: return FALSE;
  }
}

static DgKashidaRank
rank_join (const gunichar *letters, guint n, guint i)
{
  gunichar before = letters[i - 1], after = letters[i];
  gboolean final = i + 1 == n;

  if (before == TATWEEL)
    return DG_KASHIDA_TATWEEL;
  switch (group (before)) {
  case U_JG_SEEN:
  case U_JG_SAD:
  case U_JG_SWASH_KAF: return DG_KASHIDA_SEEN;
  default: break;
  }
  if (final) {
    switch (group (after)) {
    case U_JG_TEH_MARBUTA:
    case U_JG_HEH:
    case U_JG_HEH_GOAL:
    case U_JG_TEH_MARBUTA_GOAL:
    case U_JG_DAL: return DG_KASHIDA_FINAL_HEH;
    case U_JG_ALEF:
    case U_JG_TAH:
    case U_JG_LAM:
    case U_JG_KAF:
    case U_JG_GAF: return DG_KASHIDA_FINAL_ALEF;
    case U_JG_WAW:
    case U_JG_AIN:
    case U_JG_QAF:
    case U_JG_FEH: return DG_KASHIDA_FINAL_WAW;
    default: return DG_KASHIDA_JOIN;
    }
  }
  if (i + 2 == n && is_tooth (after))
    switch (group (letters[i + 1])) {
    case U_JG_REH:
    case U_JG_YEH:
    case U_JG_FARSI_YEH: return DG_KASHIDA_BEH_REH;
    default: break;
    }
  return DG_KASHIDA_JOIN;
}

/* The name of God, whatever is joined before or after it: its ligature must stay whole. */
static gboolean
holds_allah (const gunichar *letters, guint n)
{
  for (guint i = 2; i < n; i++)
    if (letters[i] == 0x0647 && letters[i - 1] == 0x0644 && letters[i - 2] == 0x0644)
      return TRUE;
  return FALSE;
}

/* TRUE for a word, by itself or behind a proclitic letter, that @language lists among those that are not stretched. */
static gboolean
is_particle (const DgLanguage *language, const gunichar *letters, guint n)
{
  char  word[64 * 6 + 1], first[7];
  char *end = word;
  int   head;

  for (guint i = 0; i < n; i++)
    if (letters[i] != TATWEEL) /* which an author may have typed */
      end += g_unichar_to_utf8 (letters[i], end);
  *end = '\0';
  if (dg_language_lists (language, "unstretched", word))
    return TRUE;
  head = g_unichar_to_utf8 (letters[0], first);
  first[head] = '\0';
  return dg_language_lists (language, "proclitics", first) && dg_language_lists (language, "unstretched", word + head);
}

DgKashidaRank
dg_kashida_find (const DgLanguage *language, const gunichar *text, guint n, guint *place)
{
  gunichar      letters[64];
  UJoiningType  types[64];
  guint         at[64], count = 0;
  DgKashidaRank best = DG_KASHIDA_NOWHERE;

  for (guint i = 0; i < n; i++) {
    UJoiningType type = joining (text[i]);

    if (type == U_JT_TRANSPARENT) /* a mark */
      continue;
    if (count == G_N_ELEMENTS (letters))
      return DG_KASHIDA_NOWHERE; /* no word is so long */
    at[count] = i;
    types[count] = type;
    letters[count++] = text[i];
  }
  if (count < LETTERS_LEAST || holds_allah (letters, count) || is_particle (language, letters, count))
    return DG_KASHIDA_NOWHERE;
  for (guint i = 1; i < count; i++) {
    UJoiningType  before = types[i - 1], after = types[i];
    DgKashidaRank rank;

    if ((before != U_JT_DUAL_JOINING && before != U_JT_JOIN_CAUSING)
        || (after != U_JT_DUAL_JOINING && after != U_JT_RIGHT_JOINING && after != U_JT_JOIN_CAUSING))
      continue;
    if (group (letters[i - 1]) == U_JG_LAM && is_alef (letters[i]))
      continue;
    rank = rank_join (letters, count, i);
    if (rank <= best) { /* of equals the nearest to the word's end */
      best = rank;
      *place = at[i];
    }
  }
  return best;
}
