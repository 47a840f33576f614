/* contents.c: see contents.h. */
#include "page/contents.h"

#include "base/language.h"
#include "base/digits.h"
#include "base/utf.h"
#include "page/dates.h"
#include "read/meta.h"

#include <string.h>

#define SEPARATOR " \xC2\xB7 " /* between headline and page */

/* The language's word for @name, else the English one. */
static const char *
find_word (const char *lang, const char *name)
{
  const char *word = dg_language_value (dg_language_get (lang), name);

  return word != NULL ? word : dg_language_value (dg_language_get ("en"), name);
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

/* Where it came from and when, as the text @nth of the dispatch says it; NULL: it does not. */
static char *
dup_origin (const DgDoc *doc, guint nth)
{
  const DgText    *text = &doc->text[nth];
  g_autofree char *source = dg_meta_dup_source (text), *date = dg_dates_dup (&doc->date, text->lang);

  if (source == NULL || date == NULL)
    return source != NULL ? g_steal_pointer (&source) : g_steal_pointer (&date);
  return g_strconcat (source, SEPARATOR, date, NULL);
}

/* Every entry stands on one side at least. */
static gboolean
has_row (const DgContentsEntry *entry, const DgDoc *doc, guint place)
{
  return find_text (entry->info, doc, place) >= 0 || doc->n_texts < 2 || find_text (entry->info, doc, 1 - place) < 0;
}

/* A headline, or what stands for it, as a label, then what there is to say of it; NULL where the entry has nothing for this text. */
static DgNode *
new_row (const DgContentsEntry *entry, const DgDoc *doc, guint place)
{
  DgNode     *node;
  const char *title;
  int         text = find_text (entry->info, doc, place);
  /* In the digits of the words before it: a Hebrew headline may stand among Arabic ones. */
  g_autofree char *number = dg_digits_number (text >= 0 ? entry->info->langs[text] : doc->text[place].lang, entry->page);
  g_autofree char *origin = text >= 0 && entry->doc != NULL ? dup_origin (entry->doc, (guint) text) : NULL;

  if (!has_row (entry, doc, place))
    return NULL;
  title = text >= 0 && entry->info->titles[text] != NULL ? entry->info->titles[text] : entry->info->title;
  node = dg_node_new (DG_ROLE_BODY);
  node->text = g_strconcat (title, SEPARATOR, origin != NULL ? origin : "", origin != NULL ? SEPARATOR : "", number, NULL);
  node->label_length = origin != NULL ? strlen (title) : 0;
  return node;
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
    add_node (&doc->text[place], DG_ROLE_HEADLINE, g_strdup (find_word (model->langs[place], "contents")));
  }
  for (guint i = 0; i < entries->len; i++)
    for (guint place = 0; place < doc->n_texts; place++) {
      DgNode *row = new_row (get_entry (entries, i), doc, place);

      if (row != NULL)
        g_ptr_array_add (doc->text[place].nodes, row);
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
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    guint n[2] = { 0, 0 };

    for (guint place = 0; place < doc->n_texts; place++)
      n[place] = has_row (get_entry (entries, i), doc, place) ? 1 : 0;

    DgBead bead = { .a = at[0], .n_a = n[0], .b = at[1], .n_b = n[1], .score = 1 };

    g_array_append_val (align->beads, bead);
    at[0] += n[0];
    at[1] += n[1];
  }
  return align;
}

static int
compare_dates (const DgDate *one, const DgDate *two)
{
  int days[2] = { (one->year * 12 + one->month) * 31 + one->day, (two->year * 12 + two->month) * 31 + two->day };

  return (days[0] > days[1]) - (days[0] < days[1]);
}

/* From the first day to the last, of the dispatches whose day is known; NULL: of none. */
static char *
dup_days (const GArray *entries, const char *lang)
{
  const DgDate *first = NULL, *last = NULL;

  for (guint i = 0; i < entries->len; i++) {
    const DgDoc  *doc = get_entry (entries, i)->doc;
    const DgDate *date = doc != NULL ? &doc->date : NULL;

    if (date == NULL || date->year <= 0 || date->month <= 0 || date->day <= 0)
      continue;
    first = first == NULL || compare_dates (date, first) < 0 ? date : first;
    last = last == NULL || compare_dates (date, last) > 0 ? date : last;
  }
  g_autofree char *from = first != NULL ? dg_dates_dup (first, lang) : NULL, *to = last != NULL ? dg_dates_dup (last, lang) : NULL;
  if (from == NULL || to == NULL || compare_dates (first, last) == 0)
    return g_steal_pointer (&from);
  return g_strconcat (from, " \xE2\x80\x93 ", to, NULL);
}

DgDoc *
dg_contents_new_title (const DgDoc *contents, const GArray *entries, const DgTemplate *t)
{
  g_autoptr (DgSource) source = dg_source_new ("", g_strdup (""), 0, "utf-8");
  DgDoc *doc = dg_doc_new (source);

  doc->n_texts = contents->n_texts;
  for (guint place = 0; place < doc->n_texts; place++) {
    const char *lang = contents->text[place].lang;
    const char *title = dg_language_is_arabic (lang) && *t->book_title_ar != '\0' ? t->book_title_ar : t->book_title;
    char       *days = dup_days (entries, lang);

    set_language (doc, place, lang);
    add_node (&doc->text[place], DG_ROLE_HEADLINE, g_strdup (*title != '\0' ? title : find_word (lang, "dispatches")));
    if (days != NULL)
      add_node (&doc->text[place], DG_ROLE_DECK, days);
  }
  return doc;
}
