/* bundle.c: many dispatches in one PDF, with contents.
 *
 * All are read and paired first, since the contents come first and their length moves all page numbers; then all are set, each with the
 * numbers of its pages. What stays in memory of a dispatch is its text and its pages. */
#include "api/objects.h"
#include "base/refs.h"

#include "page/contents.h"
#include "page/figures.h"
#include "read/info.h"
#include "page/layout.h"
#include "pdf/write.h"
#include "base/refuse.h"
#include "pdf/slug.h"

#include <string.h>

#define TITLE_AT   .36 /* of the page's height: the half-title's first baseline */
#define DRAFT_PAGE 888 /* stands for page numbers as long as they are not known */

typedef struct {
  DiglotInput  *input;
  guint         nth, added; /* added: its place among all */
  DiglotResult *result;
  DgAlign      *align; /* NULL: it is left out */
  DgInfo       *info;
  DgPicture    *picture;
  DgPages      *pages;
} Entry;

struct DiglotBundle {
  gint             refs; /* beyond the first */
  DiglotConverter *converter;
  GPtrArray       *entries;    /* Entry*, as added */
  gboolean         is_written; /* or was begun to be */
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  dg_pages_free (entry->pages);
  dg_picture_free (entry->picture);
  dg_info_free (entry->info);
  dg_align_free (entry->align);
  diglot_result_free (entry->result);
  diglot_input_free (entry->input);
  g_free (entry);
}

DiglotBundle *
diglot_bundle_new (DiglotConverter *converter)
{
  DiglotBundle *bundle = g_new0 (DiglotBundle, 1);

  bundle->converter = diglot_converter_ref (converter);
  bundle->entries = g_ptr_array_new_with_free_func (free_entry);
  return bundle;
}

DiglotBundle *
diglot_bundle_ref (DiglotBundle *bundle)
{
  return dg_ref (bundle);
}

void
diglot_bundle_free (DiglotBundle *bundle)
{
  if (bundle == NULL || dg_unref (bundle))
    return;
  g_ptr_array_unref (bundle->entries);
  diglot_converter_free (bundle->converter);
  g_free (bundle);
}

static const DgReadPart *
get_part (const Entry *entry)
{
  return entry->input->parts->pdata[entry->nth];
}

/* Takes @error, NULL for none: the dispatch is left out. */
static void
leave_out (Entry *entry, GError *error)
{
  if (error != NULL && dg_diag_worst (entry->result->diag) < DIGLOT_SEVERITY_ERROR)
    dg_diag_add_error (entry->result->diag, error);
  g_clear_error (&error);
  g_clear_pointer (&entry->pages, dg_pages_free);
  g_clear_pointer (&entry->align, dg_align_free);
}

void
diglot_bundle_add (DiglotBundle *bundle, DiglotInput *input, guint nth)
{
  Entry            *entry = g_new0 (Entry, 1);
  GError           *error = NULL;
  locale_t          before = uselocale (bundle->converter->locale);
  const DgReadPart *part;

  g_return_if_fail (nth < input->parts->len);
  entry->input = diglot_input_ref (input);
  entry->nth = nth;
  entry->added = bundle->entries->len;
  entry->result = dg_convert_new_result (input, nth, &error);
  g_ptr_array_add (bundle->entries, entry);
  part = get_part (entry);
  if (part->doc != NULL && error == NULL)
    entry->align = dg_convert_pair (input, part->doc, nth, entry->result->diag, &error);
  if (entry->align == NULL) {
    leave_out (entry, error);
  } else {
    dg_figures_of_align (entry->align, &entry->result->figures);
    entry->info = dg_convert_new_info (input, part->doc);
    entry->picture = dg_convert_read_picture (&part->picture, part->doc, entry->result->diag);
  }
  uselocale (before);
}

const DiglotResult *
diglot_bundle_result (const DiglotBundle *bundle, guint nth)
{
  return nth < bundle->entries->len ? ((Entry *) bundle->entries->pdata[nth])->result : NULL;
}

/* Order */

/* A number that grows with the date; undated ones come last. */
static gint64
date_key (const Entry *entry)
{
  const DgDate *date = &get_part (entry)->doc->date;

  if (date->year < 0 || date->month < 0 || date->day < 0)
    return G_MAXINT64;
  return ((((gint64) date->year * 12 + date->month) * 31 + date->day) * 24 + MAX (date->hour, 0)) * 60 + MAX (date->minute, 0);
}

static int
compare_entries (gconstpointer one, gconstpointer two, gpointer data)
{
  const Entry *a = *(const Entry *const *) one, *b = *(const Entry *const *) two;
  DgSequence   sequence = *(const DgSequence *) data;
  int          order = 0;

  if (sequence == DG_SEQUENCE_DATE)
    order = (date_key (a) > date_key (b)) - (date_key (a) < date_key (b));
  else if (sequence == DG_SEQUENCE_NAME)
    order = strcmp (a->input->name, b->input->name);
  return order != 0 ? order : a->added < b->added ? -1 : a->added > b->added;
}

/* The entries that are not left out, in their order.  Lent. */
static GPtrArray *
list_sound (const DiglotBundle *bundle)
{
  GPtrArray *sound = g_ptr_array_new ();

  for (guint i = 0; i < bundle->entries->len; i++)
    if (((Entry *) bundle->entries->pdata[i])->align != NULL)
      g_ptr_array_add (sound, bundle->entries->pdata[i]);
  g_ptr_array_sort_with_data (sound, compare_entries, &bundle->converter->template->bundle_order);
  return sound;
}

/* Setting */

/* The pages of @entry, of which @before, NULL for none, stands before it: on that one's last page, or from the next one on, whose number is
 * @first. */
static DgPages *
lay_out (const DiglotConverter *converter, const Entry *entry, const DgPages *before, guint first, const DgDoc *contents)
{
  DgTemplate own = *converter->template;
  DgDiag    *diag = entry->result->diag;
  DgPages   *pages = NULL;

  own.binding = dg_layout_find_binding (&own, contents);
  own.in_bundle = TRUE;
  for (guint i = 0; i < contents->n_texts; i++)
    own.title_langs[i] = contents->text[i].lang;
  if (own.bundle_start == DG_START_RUN_ON && before != NULL)
    pages = dg_layout_run_on (entry->align, &own, converter->fonts, converter->hyphens, entry->picture, before, diag);
  own.first_number = first;
  return pages != NULL ? pages : dg_layout_new (entry->align, &own, converter->fonts, converter->hyphens, entry->picture, diag);
}

/* Sets @entry; FALSE where it is left out. */
static gboolean
set_entry (const DiglotConverter *converter, Entry *entry, const DgPages *before, guint first, const DgDoc *contents)
{
  const DgReadPart *part = get_part (entry);
  DgDiag           *diag = entry->result->diag;
  GError           *error = NULL;

  entry->pages = lay_out (converter, entry, before, first, contents);
  if (!dg_convert_check_pages (converter, entry->pages, &part->picture, part->doc, diag, &error)) {
    leave_out (entry, error);
    return FALSE;
  }
  if (dg_diag_worst (diag) >= DIGLOT_SEVERITY_ERROR) {
    leave_out (entry, NULL);
    return FALSE;
  }
  dg_figures_of_pages (entry->pages, &entry->result->figures);
  if (entry->info->date == NULL && converter->profile->pdfx)
    dg_diag_add (diag, DG_DIAG_PROFILE_NO_DATE, 0, 0);
  dg_slug_add (entry->pages, converter->fonts, entry->info, converter->profile);
  return TRUE;
}

/* The contents as they are set. */
typedef struct {
  DgDoc   *doc;
  DgAlign *align;
  DgPages *pages;
  DgInfo  *info;
  DgDoc   *title; /* the half-title; NULL: there is none */
  DgAlign *title_align;
  DgPages *title_pages;
  DgInfo  *title_info;
} Contents;

static void
clear_contents (Contents *contents)
{
  dg_pages_free (contents->pages);
  dg_align_free (contents->align);
  dg_info_free (contents->info);
  dg_doc_free (contents->doc);
  dg_pages_free (contents->title_pages);
  dg_align_free (contents->title_align);
  dg_info_free (contents->title_info);
  dg_doc_free (contents->title);
  *contents = (Contents){ 0 };
}

/* The half-title, whose words are the file's title too: head and days a third down a page, and the blank back of it. */
static void
set_title (const DiglotConverter *converter, const GArray *list, DgDiag *unheard, Contents *contents)
{
  DgTemplate own = *converter->template;

  own.strips = 1;
  own.binding = dg_layout_find_binding (&own, contents->doc);
  own.top_rule = own.thin_rule = own.kicker_rule = own.end_rule_gap = own.running_size = own.folio_size = 0;
  own.running_first = own.head_in_rows = FALSE;
  own.foot_text = (char *) "";
  own.headline_at = TITLE_AT * own.page_size.height + own.top_rule_at - own.kicker_rule_at;
  contents->title = dg_contents_new_title (contents->doc, list, &own);
  contents->title_align = dg_contents_pair (contents->title, NULL);
  contents->title_info = dg_info_new (contents->title, converter->date, NULL);
  g_clear_pointer (&contents->title_info->source, g_bytes_unref);
  if (!own.half_title)
    return;
  contents->title_pages = dg_layout_new (contents->title_align, &own, converter->fonts, converter->hyphens, NULL, unheard);
  if (contents->title_pages->pages->len % 2 == 1)
    dg_pages_add_blank (contents->title_pages);
}

static void
set_contents (const DiglotConverter *converter, const GPtrArray *entries, Contents *contents)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (DgContentsEntry));
  g_autoptr (DgDiag) unheard = dg_diag_new (""); /* whatever there is about headlines was said of the dispatches */
  DgTemplate own = *converter->template;

  for (guint i = 0; i < entries->len; i++) {
    const Entry    *entry = entries->pdata[i];
    DgContentsEntry row = { entry->info, get_part (entry)->doc, entry->pages != NULL ? entry->pages->first_number : DRAFT_PAGE };

    g_array_append_val (list, row);
  }
  own.justify_text = own.hyphenate = FALSE;
  own.foot_text = (char *) ""; /* it is no file */
  clear_contents (contents);
  contents->doc = dg_contents_new (list);
  contents->align = dg_contents_pair (contents->doc, list);
  contents->info = dg_info_new (contents->doc, converter->date, NULL);
  g_clear_pointer (&contents->info->source, g_bytes_unref);
  own.binding = dg_layout_find_binding (&own, contents->doc);
  own.in_bundle = TRUE;
  if (own.half_title || !own.bundle_contents)
    set_title (converter, list, unheard, contents);
  if (own.half_title)
    own.first_number += contents->title_pages->pages->len;
  contents->pages = dg_layout_new (contents->align, &own, converter->fonts, converter->hyphens, NULL, unheard);
  if (own.half_title && contents->pages->pages->len % 2 == 1)
    dg_pages_add_blank (contents->pages);
}

/* The pages before the first dispatch. */
static guint
count_front (const Contents *contents, gboolean with_contents)
{
  return (with_contents ? contents->pages->pages->len : 0) + (contents->title_pages != NULL ? contents->title_pages->pages->len : 0);
}

/* Sets all entries behind @n pages, bound as @contents tells; drops those that are left out.  FALSE with @error where the caller ends it. */
static gboolean
set_entries (const DiglotConverter *converter, GPtrArray *entries, guint n, const DgDoc *contents, GError **error)
{
  guint          next = (guint) converter->template->first_number + n;
  const DgPages *before = NULL;

  for (guint i = 0; i < entries->len;) {
    Entry *entry = entries->pdata[i];

    if (!dg_convert_begin (converter, DIGLOT_STAGE_LAYOUT, error))
      return FALSE;
    g_clear_pointer (&entry->pages, dg_pages_free);
    if (set_entry (converter, entry, before, next, contents)) {
      before = entry->pages;
      next = before->first_number + before->pages->len;
      i++;
    } else {
      g_ptr_array_remove_index (entries, i);
    }
  }
  return TRUE;
}

/* What the file says of itself: the newest of the dispatches' dates is its own. */
static void
take_date (const GPtrArray *entries, DgInfo *info)
{
  for (guint i = 0; i < entries->len; i++) {
    const DgInfo *one = ((const Entry *) entries->pdata[i])->info;

    if (one->date != NULL && (info->date == NULL || strcmp (one->date, info->date) > 0)) {
      g_free (info->date);
      info->date = g_strdup (one->date);
    }
  }
}

static GBytes *
write_file (const DiglotConverter *converter, const GPtrArray *entries, Contents *contents, GError **error)
{
  gboolean                  listed = converter->template->bundle_contents;
  guint                     first = (contents->title_pages != NULL ? 1 : 0) + (listed ? 1 : 0), n = entries->len + first;
  DgInfo                   *info = contents->title != NULL ? contents->title_info : contents->info;
  g_autofree DgPdfDocument *documents = g_new0 (DgPdfDocument, n);
  g_autofree guint         *targets = g_new (guint, entries->len);

  take_date (entries, info);
  if (contents->title_pages != NULL) {
    dg_slug_add (contents->title_pages, converter->fonts, info, converter->profile);
    documents[0] = (DgPdfDocument){ contents->title_pages, info, NULL };
  }
  if (listed) {
    dg_slug_add (contents->pages, converter->fonts, contents->info, converter->profile);
    documents[first - 1] = (DgPdfDocument){ contents->pages, contents->info, targets };
  }
  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = entries->pdata[i];

    targets[i] = i + first;
    documents[i + first] = (DgPdfDocument){ entry->pages, entry->info, NULL };
  }
  return dg_pdf_write (documents, n, info, converter->profile, error);
}

/* Sets @entries, which may become fewer, and @contents.  FALSE with @error where none is left, and where the caller ends it. */
static gboolean
set_all (const DiglotConverter *converter, GPtrArray *entries, Contents *contents, GError **error)
{
  gboolean listed = converter->template->bundle_contents;
  guint    n = 0;

  if (entries->len > 0)
    set_contents (converter, entries, contents);
  /* A number of more digits than the draft's may make a line more. */
  for (guint attempt = 0; attempt < 3 && entries->len > 0 && (attempt == 0 || n != count_front (contents, listed)); attempt++) {
    n = count_front (contents, listed);
    if (!set_entries (converter, entries, n, contents->doc, error))
      return FALSE;
    if (entries->len > 0)
      set_contents (converter, entries, contents);
  }
  return entries->len > 0 || dg_refuse (error, DIGLOT_ERROR_SYNTAX, "there is no dispatch that can be set");
}

GBytes *
diglot_bundle_write (DiglotBundle *bundle, GError **error)
{
  const DiglotConverter *converter = bundle->converter;
  locale_t               before = uselocale (converter->locale);
  g_autoptr (GPtrArray) entries = list_sound (bundle);
  Contents contents = { 0 };
  GBytes  *bytes = NULL;

  if (bundle->is_written)
    dg_refuse (error, DIGLOT_ERROR_USAGE, "a bundle is written once");
  else if (set_all (converter, entries, &contents, error) && dg_convert_begin (converter, DIGLOT_STAGE_WRITE, error))
    bytes = write_file (converter, entries, &contents, error);
  bundle->is_written = TRUE;
  clear_contents (&contents);
  uselocale (before);
  return bytes;
}
