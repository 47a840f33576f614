/* web.c: what the template says, handed to those that write for the web. */
#include "api/objects.h"
#include "api/web.h"
#include "api/webfaces.h"

#include "base/output.h"
#include "base/picture_file.h"
#include "read/info.h"
#include "web/html.h"

#define PICTURE_WIDE 1200 /* pixels: as wide as the page's measure on most screens */

#define LATIN_BESIDE_OTHER .54 /* of the measure, where the template leaves the ratio open */

gboolean
dg_web_has (DiglotFormat format)
{
  return format == DIGLOT_FORMAT_HTML || format == DIGLOT_FORMAT_EPUB || dg_output_is_memory (format);
}

/* What the left side gets of the measure: texts of one direction have equal measures, unless somebody wants others. */
static double
find_left_share (const DgTemplate *t, gboolean alike, gboolean rtl)
{
  gboolean ltr_right = t->column_first == DG_COLUMNS_RIGHT;
  double   first = t->column_ratio.is_auto ? LATIN_BESIDE_OTHER : t->column_ratio.first;

  if (alike && !t->ratio_is_own)
    return .5;
  if (alike && rtl)
    ltr_right = !ltr_right;
  return ltr_right ? 1 - first : first;
}

/* @alike: the two texts run one way, @rtl: from right to left. */
static DgWebOptions
read_options (const DgTemplate *t, gboolean alike, gboolean rtl)
{
  return (DgWebOptions){
    .latin = t->font_latin,
    .arabic = t->font_arabic,
    .accent = t->accent,
    .left_share = find_left_share (t, alike, rtl),
    .ltr_right = t->column_first == DG_COLUMNS_RIGHT,
    .notes = t->notes,
    .own_digits = t->bidi_digits == DG_DIGITS_LANGUAGE,
    .address = t->html_address,
  };
}

/* Without bytes where there is none, or none that can be shown, of which @diag tells. */
static void
read_picture (const DgReadPart *part, DgWebPicture *picture, DgDiag *diag)
{
  g_autoptr (DgPicture) read = dg_convert_read_picture (&part->picture, part->doc, diag);
  g_autoptr (GError) error = NULL;

  if (read == NULL)
    return;
  picture->bytes = dg_picture_to_file (read, PICTURE_WIDE, &picture->type, &picture->width, &picture->height, &error);
  if (picture->bytes == NULL)
    dg_diag_add (diag, DG_DIAG_PICTURE_UNREADABLE, 0, 0, part->picture.name, error->message);
}

static GBytes *
write_page (const DiglotInput *input, const DgAlign *align, const DgReadPart *part, DgDiag *diag, GError **error)
{
  const DgTemplate *t = input->converter->template;
  DgWebDispatch     dispatch;
  GBytes           *bytes;

  dg_web_open (input, align, part, diag, &dispatch);
  if (t->html_fonts == DG_WEB_FACES_EMBED)
    dispatch.options.faces = dispatch.faces = dg_webfaces_dup_rules (input->converter->fonts, align->doc, t);
  bytes = dg_html_write (dispatch.story, dispatch.info, &dispatch.options, dispatch.picture.bytes != NULL ? &dispatch.picture : NULL, part->path, error);
  dg_web_close (&dispatch);
  return bytes;
}

GBytes *
dg_web_write (const DiglotInput *input, const DgAlign *align, const DgReadPart *part, DiglotFormat format, DgDiag *diag, GError **error)
{
  return format == DIGLOT_FORMAT_HTML ? write_page (input, align, part, diag, error) : dg_collection_write_one (input, align, part, format, diag, error);
}

void
dg_web_open (const DiglotInput *input, const DgAlign *align, const DgReadPart *part, DgDiag *diag, DgWebDispatch *dispatch)
{
  const DgTemplate *t = input->converter->template;
  const DgDoc      *doc = align->doc;

  dispatch->options = read_options (t, doc->n_texts < 2 || doc->text[0].rtl == doc->text[1].rtl, doc->text[0].rtl);
  dispatch->faces = NULL;
  dispatch->story = dg_story_new (align, t->notes);
  dispatch->info = dg_convert_new_info (input, doc);
  dispatch->picture = (DgWebPicture){ NULL, NULL, 0, 0 };
  read_picture (part, &dispatch->picture, diag);
}

void
dg_web_close (DgWebDispatch *dispatch)
{
  g_clear_pointer (&dispatch->faces, g_free);
  g_clear_pointer (&dispatch->story, dg_story_free);
  g_clear_pointer (&dispatch->info, dg_info_free);
  g_clear_pointer (&dispatch->picture.bytes, g_bytes_unref);
}

char *
dg_web_dup_book_style (const DgTemplate *template, GError **error)
{
  DgWebOptions options = read_options (template, TRUE, FALSE);

  return dg_article_dup_style (&options, "book.css", error);
}

gboolean
dg_web_write_site (const DiglotOptions *options, GArray *entries, GBytes **index, GBytes **feed, GError **error)
{
  g_autoptr (DgTemplate) t = dg_template_new (options->template_name != NULL ? options->template_name : "dispatch", options->settings, error);
  DgWebOptions web;

  if (t == NULL)
    return FALSE;
  web = read_options (t, TRUE, FALSE);
  dg_site_sort (entries);
  *index = dg_site_write_index (entries, &web, error);
  if (*index == NULL)
    return FALSE;
  *feed = dg_site_write_feed (entries, &web);
  return TRUE;
}
