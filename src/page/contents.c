/* contents.c: see contents.h. */
#include "page/contents.h"

#include "base/language.h"
#include "base/digits.h"
#include "base/utf.h"

#include <string.h>

#define SEPARATOR " \xC2\xB7 " /* between headline and page */

static const char *
find_word (const char *lang)
{
  const char *word = dg_language_value (dg_language_get (lang), "contents");

  return word != NULL ? word : "Contents";
}

static const DgContentsEntry *
get_entry (const GArray *entries, guint i)
{
  return &g_array_index (entries, DgContentsEntry, i);
}

/* The text of @info that belongs into the text @place of the contents: that in the language itself, else that of its direction, else
 * the one that is left; -1: none. */
static int
find_text (const DgInfo *info, const DgDoc *doc, guint place)
{
  const char *lang = doc->text[place].lang, *other = doc->n_texts > 1 ? doc->text[1 - place].lang : NULL;

  for (guint i = 0; i < info->n_texts; i++)
    if (strcmp (info->langs[i], lang) == 0)
      return (int) i;
  if (info->n_texts == 1)
    return dg_language_is_rtl (info->langs[0]) == dg_language_is_rtl (lang) ? 0 : -1;
  if (dg_language_is_rtl (info->langs[0]) != dg_language_is_rtl (info->langs[1]))
    return dg_language_is_rtl (info->langs[0]) == dg_language_is_rtl (lang) ? 0 : 1;
  for (guint i = 0; i < 2; i++)
    if (g_strcmp0 (info->langs[i], other) == 0)
      return (int) (1 - i);
  return (int) place;
}

static void
add_node (DgText *text, DgRole role, char *words_of_it)
{
  DgNode *node = dg_node_new (role);

  node->text = words_of_it;
  g_ptr_array_add (text->nodes, node);
}

/* A headline, or what stands for it; NULL where the entry has nothing for this text. */
static char *
dup_row (const DgContentsEntry *entry, const DgDoc *doc, guint place)
{
  const char *title;
  int         text = find_text (entry->info, doc, place);
  /* In the digits of the words before it: a Hebrew headline may stand among Arabic ones. */
  g_autofree char *number = dg_digits_number (text >= 0 ? entry->info->langs[text] : doc->text[place].lang, entry->page);

  /* Every entry stands on one side at least. */
  if (text < 0 && doc->n_texts > 1 && find_text (entry->info, doc, 1 - place) >= 0)
    return NULL;
  title = text >= 0 && entry->info->titles[text] != NULL ? entry->info->titles[text] : entry->info->title;
  return g_strconcat (title, SEPARATOR, number, NULL);
}

static void
set_language (DgDoc *doc, guint place, const char *lang)
{
  doc->text[place].lang = g_strdup (lang);
  doc->text[place].confidence = 1;
  doc->text[place].rtl = dg_language_is_rtl (lang);
}

static gboolean
is_alike (const DgInfo *one, const DgInfo *two)
{
  return one->n_texts == two->n_texts && strcmp (one->langs[0], two->langs[0]) == 0 && (one->n_texts < 2 || strcmp (one->langs[1], two->langs[1]) == 0);
}

/* The first of those whose languages most of the entries with two have; of entries with one language each the first. */
static const DgInfo *
find_model (const GArray *entries)
{
  const DgInfo *model = get_entry (entries, 0)->info;
  guint         most = 0;

  for (guint i = 0; i < entries->len; i++) {
    const DgInfo *info = get_entry (entries, i)->info;
    guint         n = 0;

    for (guint k = 0; k < entries->len && info->n_texts > 1; k++)
      n += is_alike (info, get_entry (entries, k)->info) ? 1 : 0;
    if (n > most) {
      most = n;
      model = info;
    }
  }
  return model;
}

DgDoc *
dg_contents_new (const GArray *entries)
{
  g_autoptr (DgSource) source = dg_source_new ("", g_strdup (""), 0, "utf-8");
  DgDoc        *doc = dg_doc_new (source);
  const DgInfo *model = find_model (entries);

  doc->n_texts = model->n_texts;
  for (guint place = 0; place < doc->n_texts; place++) {
    set_language (doc, place, model->langs[place]);
    add_node (&doc->text[place], DG_ROLE_HEADLINE, g_strdup (find_word (model->langs[place])));
  }
  for (guint i = 0; i < entries->len; i++)
    for (guint place = 0; place < doc->n_texts; place++) {
      char *row = dup_row (get_entry (entries, i), doc, place);

      if (row != NULL)
        add_node (&doc->text[place], DG_ROLE_BODY, row);
    }
  return doc;
}

DgAlign *
dg_contents_pair (const DgDoc *doc, const GArray *entries)
{
  DgAlign *align = g_new0 (DgAlign, 1);
  guint    at[2] = { 0, 0 };

  align->doc = doc;
  align->beads = g_array_new (FALSE, TRUE, sizeof (DgBead));
  for (guint i = 0; i < entries->len; i++) {
    guint n[2] = { 0, 0 };

    for (guint place = 0; place < doc->n_texts; place++) {
      g_autofree char *row = dup_row (get_entry (entries, i), doc, place);

      n[place] = row != NULL ? 1 : 0;
    }

    DgBead bead = { .a = at[0], .n_a = n[0], .b = at[1], .n_b = n[1], .score = 1 };

    g_array_append_val (align->beads, bead);
    at[0] += n[0];
    at[1] += n[1];
  }
  return align;
}
