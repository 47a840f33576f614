/* meta.c: title, source and date out of a parsed document. */
#include "read/meta.h"

#include "read/date.h"

#include <string.h>

/* Characters that join a source and its date: "Agencies, 9 September", "Agencies | 21:10". */
#define SEPARATORS " ,;:-/|.()[]"

/* Longer source lines are not looked through for a date: the search reads a rest of the line for each of its words. */
#define SOURCE_MAX 400

char *
dg_meta_dup_role (const DgText *text, DgRole role)
{
  GString *out = g_string_new (NULL);

  for (guint n = 0;; n++) {
    const DgNode *node = dg_text_nth (text, role, n);

    if (node == NULL)
      break;
    g_autofree char *value = g_strstrip (g_strdup (node->text + node->label_length));

    if (*value == '\0')
      continue;
    if (out->len > 0)
      g_string_append_c (out, '\n');
    g_string_append (out, value);
  }
  if (out->len > 0)
    return g_string_free (out, FALSE);
  g_string_free (out, TRUE);
  return NULL;
}

/* TRUE where @text is a date and nothing else. */
static gboolean
is_date (const char *text, gsize length, const char *lang)
{
  DgDateFound found;

  dg_date_read (text, length, lang, &found);
  return found.found && found.n_other == 0;
}

/* The byte where a word begins after @at, past separators; @length at the end. */
static gsize
next_word (const char *text, gsize length, gsize at)
{
  while (at < length && text[at] != ' ')
    at++;
  return at + strspn (text + at, SEPARATORS);
}

/* Cuts the longest date that ends, or else begins, @value. */
static void
cut_date (char *value, const char *lang)
{
  gsize length = strlen (value);

  for (gsize at = 0; at < length; at = next_word (value, length, at))
    if (is_date (value + at, length - at, lang)) {
      while (at > 0 && strchr (SEPARATORS, value[at - 1]) != NULL)
        at--;
      value[at] = '\0';
      return;
    }
  for (gsize end = length; end > 0; end--)
    if (value[end] == ' ' && is_date (value, end, lang)) {
      gsize rest = end + strspn (value + end, SEPARATORS);

      memmove (value, value + rest, length - rest + 1);
      return;
    }
}

char *
dg_meta_dup_source (const DgText *text)
{
  g_autofree char *value = dg_meta_dup_role (text, DG_ROLE_SOURCE);

  if (value == NULL)
    return NULL;
  if (strlen (value) <= SOURCE_MAX)
    cut_date (value, text->lang);
  return *value != '\0' ? g_steal_pointer (&value) : NULL;
}

char *
dg_meta_dup_title (const DgDoc *doc)
{
  g_autofree char *first = dg_meta_dup_role (&doc->text[DG_SIDE_A], DG_ROLE_HEADLINE);
  g_autofree char *second = doc->n_texts > 1 ? dg_meta_dup_role (&doc->text[DG_SIDE_B], DG_ROLE_HEADLINE) : NULL;
  char            *title = first != NULL && second != NULL ? g_strconcat (first, " / ", second, NULL)
                           : first != NULL                 ? g_steal_pointer (&first)
                                                           : g_steal_pointer (&second);

  return title != NULL ? g_strdelimit (title, "\n", ' ') : NULL;
}

char *
dg_meta_dup_iso (const DgDate *date)
{
  if (!dg_date_is_complete (date))
    return NULL;
  if (date->hour < 0)
    return g_strdup_printf ("%04d-%02d-%02d", date->year, date->month, date->day);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d", date->year, date->month, date->day, date->hour, MAX (date->minute, 0));
}
