/* phrases.c: see phrases.h. */
#include "type/phrases.h"

#include <string.h>

#include "base/language.h"

#define SQUARE 0x2E80 /* from here on signs are those of the scripts that fill squares, which no phrase of another one contains */

typedef struct {
  const DgPara  *para;
  DgFonts       *fonts;
  GUnicodeScript own;    /* whose letters are the paragraph's */
  GUnicodeScript script; /* that was asked for last, */
  const char    *family; /* and its family */
} Finder;

/* The family that sets letters of @script in this paragraph; NULL: nothing but what has the letter decides. */
static const char *
family_of (Finder *finder, GUnicodeScript script)
{
  const DgParaStyle *style = &finder->para->style;
  char               tag[] = "und-Zzzz";
  guint32            iso;

  if (script == finder->own)
    return finder->para->family;
  if (script == G_UNICODE_SCRIPT_LATIN || script == G_UNICODE_SCRIPT_GREEK || script == G_UNICODE_SCRIPT_CYRILLIC)
    return style->latin_family;
  if (script == G_UNICODE_SCRIPT_ARABIC && style->arabic_family != NULL)
    return style->arabic_family;
  if (script != finder->script) {
    iso = g_unicode_script_to_iso15924 (script);
    for (guint i = 0; i < 4; i++)
      tag[4 + i] = (char) (iso >> (24 - 8 * i));
    finder->script = script;
    finder->family = dg_fonts_family (finder->fonts, tag, NULL);
  }
  return finder->family;
}

/* The script of a letter; COMMON for all else. */
static GUnicodeScript
letters_of (gunichar ch)
{
  GUnicodeScript script;

  if (ch < 0x80)
    return g_ascii_isalpha (ch) ? G_UNICODE_SCRIPT_LATIN : G_UNICODE_SCRIPT_COMMON;
  script = g_unichar_get_script (ch);
  return script == G_UNICODE_SCRIPT_INHERITED || script == G_UNICODE_SCRIPT_UNKNOWN || !g_unichar_isalpha (ch) ? G_UNICODE_SCRIPT_COMMON : script;
}

/* TRUE for a character that the levels put into a phrase: one that runs the other way, and what stands in it. */
static gboolean
is_turned (const DgPara *para, guint i)
{
  return para->levels[i] > para->base;
}

static gboolean
is_digit (const DgPara *para, guint i)
{
  return i < para->n && para->chars[i] < 0x80 && g_ascii_isdigit (para->chars[i]);
}

/* The beginning of what belongs to the phrase whose first letter is at @i, not before @from. */
static guint
reach_back (const DgPara *para, guint i, guint from)
{
  gboolean turned = is_turned (para, i);

  while (i > from && (turned ? is_turned (para, i - 1) : is_digit (para, i - 1)))
    i--;
  return i;
}

/* The end of what belongs to the phrase whose last letter ends at @i. */
static guint
reach_forth (const DgPara *para, guint i)
{
  gboolean turned = is_turned (para, i - 1);

  if (turned) {
    while (i < para->n && is_turned (para, i) && letters_of (para->chars[i]) == G_UNICODE_SCRIPT_COMMON)
      i++;
    return i;
  }
  while (i < para->n && g_unichar_ismark (para->chars[i]))
    i++;
  while (is_digit (para, i) || (i < para->n && para->chars[i] < 0x80 && strchr ("-./'", (int) para->chars[i]) != NULL && is_digit (para, i + 1)))
    i++;
  return i;
}

/* TRUE where what stands between two letters of one script, text[start, end), keeps them apart no more than a number or a sign would. */
static gboolean
is_within (const DgPara *para, guint start, guint end)
{
  gboolean turned = is_turned (para, start - 1);

  for (guint i = start; i < end; i++)
    if (is_turned (para, i) != turned || para->chars[i] >= SQUARE)
      return FALSE;
  return is_turned (para, end) == turned;
}

GArray *
dg_phrases_find (const DgPara *para, DgFonts *fonts)
{
  Finder   finder = { para, fonts, dg_language_get (para->lang)->letters, G_UNICODE_SCRIPT_UNKNOWN, NULL };
  GArray  *phrases = g_array_new (FALSE, FALSE, sizeof (DgPhrase));
  DgPhrase open = { 0, 0, NULL }; /* while its family is not NULL; its end is behind its last letter */
  guint    from = 0;              /* the end of what the phrases before it have */

  for (guint i = 0; i < para->n; i++) {
    GUnicodeScript script = letters_of (para->chars[i]);
    const char    *family;

    if (script == G_UNICODE_SCRIPT_COMMON)
      continue;
    family = family_of (&finder, script);
    if (family != NULL && strcmp (family, para->family) == 0)
      family = NULL;
    if (open.family != NULL && family != NULL && strcmp (family, open.family) == 0 && is_within (para, open.end, i)) {
      open.end = i + 1;
      continue;
    }
    if (open.family != NULL) {
      open.end = MIN (reach_forth (para, open.end), i);
      from = open.end;
      g_array_append_val (phrases, open);
    }
    open.family = family;
    if (family != NULL) {
      open.start = reach_back (para, i, from);
      open.end = i + 1;
    }
  }
  if (open.family != NULL) {
    open.end = reach_forth (para, open.end);
    g_array_append_val (phrases, open);
  }
  return phrases;
}
