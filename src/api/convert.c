/* convert.c: the whole pipeline, from the bytes of a dispatch to a PDF. */
#include "api/convert_private.h"

#include "pair/alignfile.h"
#include "read/decode.h"
#include "page/dump.h"
#include "page/figures.h"
#include "read/info.h"
#include "base/language.h"
#include "api/json.h"
#include "page/layout.h"
#include "draw/paint.h"
#include "pdf/write.h"
#include "read/parse.h"
#include "api/review.h"
#include "pdf/slug.h"
#include "read/split.h"

#include <math.h>
#include <string.h>

/* A dispatch is some thousand bytes, a day's wire in one file some million. */
#define BYTES_DEFAULT      (16u * 1024 * 1024)
#define PARAGRAPHS_DEFAULT 200000u
#define PAGES_DEFAULT      5000u

#define PRINT_RESOLUTION 200 /* pixels an inch below which a printed picture looks coarse */

/* The review page's pictures, in pixels: a page to read, and a thumbnail of the first. */
#define PICTURE_WIDTH   900
#define THUMBNAIL_WIDTH 112

#define EPOCH_MAX G_GINT64_CONSTANT (253402300799) /* the last second of the year 9999 */

G_DEFINE_QUARK (diglot - error - quark, diglot_error)

const char *
diglot_version (void)
{
  return DIGLOT_VERSION;
}

char *
diglot_list_templates (void)
{
  return dg_template_list ();
}

char *
diglot_list_fonts (const char *const *font_dirs, GError **error)
{
  return dg_fonts_list (font_dirs, error);
}

/* Has the stages themselves judge the charset, by a dispatch of nothing, and the language tags, by one of one word. */
static gboolean
check_reading (const DiglotOptions *options, GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) word = g_bytes_new_static ("word\n", 5);
  g_autoptr (DgDiag) diag = dg_diag_new ("");
  g_autoptr (DgSource) source = NULL;
  g_autoptr (DgDoc) doc = NULL;
  g_autoptr (GError) problem = NULL;

  if (options->encoding != NULL && (source = dg_decode ("", nothing, options->encoding, diag, &problem)) == NULL)
    goto unusable;
  g_clear_pointer (&source, dg_source_unref);
  source = dg_decode ("", word, "utf-8", diag, &problem);
  if (source != NULL && options->languages != NULL)
    doc = dg_parse (source, options->languages, diag, &problem);
  if (problem == NULL)
    return TRUE;

unusable:
  g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, problem->message);
  return FALSE;
}

static gboolean
read_epoch (const char *text, char **date, GError **error)
{
  g_autoptr (GDateTime) time = NULL;
  guint64 seconds;

  if (text == NULL || *text == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, EPOCH_MAX, &seconds, NULL)) {
    g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "SOURCE_DATE_EPOCH is not a number of seconds since 1970 up to the year 9999");
    return FALSE;
  }
  time = g_date_time_new_from_unix_utc ((gint64) seconds);
  *date = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  return TRUE;
}

/* The template's families, each for its script, at the place where the template names it. */
static gboolean
check_families (const DiglotConverter *converter, GError **error)
{
  const DgTemplate *t = converter->template;
  const struct {
    const char *key, *family, *script, *at;
  } families[] = { { "latin", t->font_latin, "Latn", t->latin_at }, { "arabic", t->font_arabic, "Arab", t->arabic_at } };

  for (guint i = 0; i < G_N_ELEMENTS (families); i++) {
    g_autoptr (GError) problem = NULL;

    if (dg_fonts_check_family (converter->fonts, families[i].family, families[i].script, &problem))
      continue;
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE, "%s: error: fonts.%s: %s [template.font]", families[i].at ? families[i].at : t->name,
                 families[i].key, problem->message);
    return FALSE;
  }
  return TRUE;
}

DiglotConverter *
diglot_converter_new (const DiglotOptions *options, GError **error)
{
  g_autoptr (DiglotConverter) converter = NULL;

  g_return_val_if_fail (options != NULL, NULL);
  converter = g_new0 (DiglotConverter, 1);
  converter->locale = newlocale (LC_ALL_MASK, "C", (locale_t) 0);
  converter->languages = g_strdup (options->languages);
  converter->encoding = g_strdup (options->encoding);
  converter->limits = (DiglotLimits){
    .bytes = options->limits.bytes > 0 ? options->limits.bytes : BYTES_DEFAULT,
    .paragraphs = options->limits.paragraphs > 0 ? options->limits.paragraphs : PARAGRAPHS_DEFAULT,
    .pages = options->limits.pages > 0 ? options->limits.pages : PAGES_DEFAULT,
  };
  converter->review = options->review;
  if (!dg_languages_read (error) || !read_epoch (options->source_date, &converter->date, error) || !check_reading (options, error))
    return NULL;
  converter->template = dg_template_new (options->template_name != NULL ? options->template_name : "dispatch", options->settings, error);
  if (converter->template == NULL)
    return NULL;
  converter->profile = dg_profile_new (options->profile != NULL ? options->profile : "archive", converter->template, error);
  if (converter->profile == NULL)
    return NULL;
  converter->fonts = dg_fonts_new (options->font_dirs, options->bind_process, error);
  if (converter->fonts == NULL || !check_families (converter, error))
    return NULL;
  converter->hyphens = dg_hyphens_new ();
  return g_steal_pointer (&converter);
}

void
diglot_converter_free (DiglotConverter *converter)
{
  if (converter == NULL)
    return;
  g_clear_pointer (&converter->hyphens, dg_hyphens_free);
  g_clear_pointer (&converter->fonts, dg_fonts_free);
  g_clear_pointer (&converter->profile, dg_profile_free);
  g_clear_pointer (&converter->template, dg_template_free);
  if (converter->locale != (locale_t) 0)
    freelocale (converter->locale);
  g_free (converter->languages);
  g_free (converter->encoding);
  g_free (converter->date);
  g_free (converter);
}

void
diglot_converter_set_progress (DiglotConverter *converter, DiglotProgress progress, gpointer data)
{
  converter->progress = progress;
  converter->progress_data = data;
}

static void
unref_bytes (gpointer bytes)
{
  g_bytes_unref (bytes);
}

/* Takes @bytes; NULL for NULL. */
static GPtrArray *
new_files (GBytes *bytes)
{
  GPtrArray *files = bytes != NULL ? g_ptr_array_new_with_free_func (unref_bytes) : NULL;

  if (bytes != NULL)
    g_ptr_array_add (files, bytes);
  return files;
}

static GPtrArray *
take (GString *text)
{
  return new_files (g_string_free_to_bytes (text));
}

/* A file a page. */
static GPtrArray *
paint (const DgPages *pages, DiglotFormat format, const DgTemplate *template, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (unref_bytes);

  for (guint i = 0; i < pages->pages->len; i++) {
    GBytes *bytes = format == DIGLOT_FORMAT_SVG ? dg_paint_svg (pages, i) : dg_paint_png (pages, i, template->png_dpi / 72, error);

    if (bytes == NULL)
      return NULL;
    g_ptr_array_add (files, bytes);
  }
  return g_steal_pointer (&files);
}

gboolean
dg_convert_begin (const DiglotConverter *converter, DiglotStage stage, GError **error)
{
  if (converter->progress == NULL || converter->progress (stage, converter->progress_data))
    return TRUE;
  g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_CANCELLED, "cancelled");
  return FALSE;
}

static DgAlign *
pair (const DiglotInput *input, const DgDoc *doc, guint nth, DgDiag *diag)
{
  g_autoptr (GArray) fixed = NULL;
  gboolean sound = TRUE;

  if (input->alignment != NULL)
    fixed = dg_alignfile_find (input->alignment, input->align_name, doc, nth, diag, &sound);
  return sound ? dg_align_new (doc, fixed, diag) : NULL;
}

static guint
count_nodes (const DgDoc *doc)
{
  guint n = 0;

  for (guint side = 0; side < doc->n_texts; side++)
    n += doc->text[side].nodes->len;
  return n;
}

/* FALSE with @error where there are @n of what only @limit are taken on of. */
static gboolean
is_within (gsize n, guint limit, const char *name, GError **error)
{
  if (n <= limit || limit == G_MAXUINT)
    return TRUE;
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "%" G_GSIZE_FORMAT " %s, and %u is the limit; --limit %s=N sets another", n, name, limit, name);
  return FALSE;
}

DgAlign *
dg_convert_pair (const DiglotInput *input, const DgDoc *doc, guint nth, DgDiag *diag, GError **error)
{
  const DiglotConverter *converter = input->converter;

  if (!is_within (count_nodes (doc), converter->limits.paragraphs, "paragraphs", error) || !dg_convert_begin (converter, DIGLOT_STAGE_PAIR, error))
    return NULL;
  return pair (input, doc, nth, diag);
}

/* What is said about the picture stands where its caption does. */
static void
locate_caption (const DgDoc *doc, guint *line, guint *column)
{
  *line = *column = 0;
  for (guint i = 0; i < doc->n_texts && *line == 0; i++) {
    const DgNode *node = dg_text_nth (&doc->text[i], DG_ROLE_CAPTION, 0);

    if (node != NULL)
      dg_node_locate (node, 0, line, column);
  }
}

DgPicture *
dg_convert_read_picture (const DgPictureFile *file, const DgDoc *doc, DgDiag *diag)
{
  g_autoptr (GError) error = NULL;
  DgPicture *picture = file->bytes != NULL ? dg_picture_new (file->bytes, &error) : NULL;
  guint      line, column;

  if (picture != NULL || file->name == NULL)
    return picture;
  locate_caption (doc, &line, &column);
  dg_diag_add (diag, DG_DIAG_PICTURE_UNREADABLE, line, column, file->name, error != NULL ? error->message : file->problem->message);
  return NULL;
}

static void
check_resolution (const DgPages *pages, const DgPictureFile *file, const DgDoc *doc, DgDiag *diag)
{
  guint line, column;

  locate_caption (doc, &line, &column);
  for (guint p = 0; p < pages->pages->len; p++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;

    for (guint i = 0; i < boxes->len; i++) {
      const DgBox *box = &g_array_index (boxes, DgBox, i);
      double       x, y, resolution = box->kind == DG_BOX_PICTURE ? 72 / dg_box_get_pixel (box, &x, &y) : PRINT_RESOLUTION;

      if (resolution < PRINT_RESOLUTION)
        dg_diag_add (diag, DG_DIAG_PICTURE_RESOLUTION, line, column, file->name, floor (resolution), PRINT_RESOLUTION);
    }
  }
}

gboolean
dg_convert_check_pages (const DiglotConverter *converter, const DgPages *pages, const DgPictureFile *file, const DgDoc *doc, DgDiag *diag, GError **error)
{
  if (converter->profile->cmyk)
    check_resolution (pages, file, doc, diag);
  return is_within (pages->pages->len, converter->limits.pages, "pages", error);
}

/* What an editor wants to see of the pairs and, where they are set, of the pages.  FALSE with @error. */
static gboolean
review (const DgAlign *align, const DgPages *pages, DiglotResult *result, GError **error)
{
  result->review = dg_review_dup_json (align, pages);
  result->pictures = g_ptr_array_new_with_free_func (unref_bytes);
  for (guint i = 0; pages != NULL && i <= pages->pages->len; i++) {
    GBytes *bytes = dg_paint_preview (pages, i > 0 ? i - 1 : 0, (i > 0 ? PICTURE_WIDTH : THUMBNAIL_WIDTH) / pages->width, error);

    if (bytes == NULL)
      return FALSE;
    g_ptr_array_add (result->pictures, bytes);
  }
  return TRUE;
}

/* The pipeline.  NULL with @error, or with an error in the messages, where it fails, and without for a mere check. */
static GPtrArray *
run (const DiglotInput *input, const DgDoc *doc, const DgPictureFile *file, guint nth, DiglotFormat format, DiglotResult *result, GError **error)
{
  DgDiag                *diag = result->diag;
  const DiglotConverter *converter = input->converter;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (DgAlign) align = NULL;
  g_autoptr (DgPicture) picture = NULL;
  g_autoptr (DgPages) pages = NULL;
  g_autoptr (DgInfo) info = NULL;

  if (format == DIGLOT_FORMAT_DUMP_DOC) {
    dg_doc_dump (doc, text);
    return take (g_steal_pointer (&text));
  }

  align = dg_convert_pair (input, doc, nth, diag, error);
  if (align == NULL)
    return NULL;
  dg_figures_of_align (align, &result->figures);
  if (converter->review && (format == DIGLOT_FORMAT_CHECK || format == DIGLOT_FORMAT_JSON) && !review (align, NULL, result, error))
    return NULL;
  if (format == DIGLOT_FORMAT_CHECK)
    return NULL;
  if (format == DIGLOT_FORMAT_DUMP_ALIGN) {
    dg_align_dump (align, text);
    return take (g_steal_pointer (&text));
  }
  if (format == DIGLOT_FORMAT_JSON) {
    dg_json_write (align, input->name, nth, input->parts->len, diag, text);
    return take (g_steal_pointer (&text));
  }

  if (!dg_convert_begin (converter, DIGLOT_STAGE_LAYOUT, error))
    return NULL;
  picture = dg_convert_read_picture (file, doc, diag);
  pages = dg_layout_new (align, converter->template, converter->fonts, converter->hyphens, picture, diag);
  if (!dg_convert_check_pages (converter, pages, file, doc, diag, error))
    return NULL;
  dg_figures_of_pages (pages, &result->figures);
  if (converter->review && !review (align, pages, result, error))
    return NULL;
  if (format == DIGLOT_FORMAT_DUMP_LINES) {
    dg_dump_lines (pages, text);
    return take (g_steal_pointer (&text));
  }
  if (format == DIGLOT_FORMAT_DUMP_PAGES) {
    dg_dump_pages (pages, text);
    return take (g_steal_pointer (&text));
  }

  if (!dg_convert_begin (converter, DIGLOT_STAGE_WRITE, error))
    return NULL;
  if (format == DIGLOT_FORMAT_PNG || format == DIGLOT_FORMAT_SVG)
    return paint (pages, format, converter->template, error);

  info = dg_info_new (doc, converter->date, input->parts->len == 1 ? input->bytes : NULL);
  if (info->date == NULL && converter->profile->pdfx)
    dg_diag_add (diag, DG_DIAG_PROFILE_NO_DATE, 0, 0);
  dg_slug_add (pages, converter->fonts, info, converter->profile);
  return new_files (dg_pdf_write (&(const DgPdfDocument){ pages, info, NULL }, 1, info, converter->profile, error));
}

static void
clear_picture (DgPictureFile *file)
{
  g_clear_pointer (&file->name, g_free);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_clear_error (&file->problem);
}

static void
free_part (gpointer data)
{
  DgReadPart *part = data;

  dg_doc_free (part->doc);
  dg_diag_free (part->diag);
  g_clear_error (&part->error);
  g_clear_pointer (&part->parts, g_array_unref);
  g_clear_pointer (&part->beads, g_array_unref);
  clear_picture (&part->picture);
  g_free (part);
}

/* Reads @source, and what was said when the input was decoded goes with its lines.  @first: what has no line goes with it too. */
static DgReadPart *
read_part (const DiglotInput *input, DgSource *source, const DgDiag *decoded, gboolean first)
{
  DgReadPart *part = g_new0 (DgReadPart, 1);
  guint       from = dg_source_first_line (source);

  part->diag = dg_diag_new (input->name);
  dg_diag_copy (part->diag, decoded, first ? 0 : from, from + dg_source_n_lines (source));
  part->doc = dg_parse (source, input->converter->languages, part->diag, &part->error);
  return part;
}

/* Reads @source, which nothing parts, unless a second head shows that it is several dispatches. */
static void
read_source (DiglotInput *input, DgSource *source, const DgDiag *decoded)
{
  DgReadPart *part = read_part (input, source, decoded, input->parts->len == 0);
  g_autoptr (GArray) heads = part->doc != NULL ? dg_split_find_heads (part->doc) : NULL;
  guint start = dg_source_first_line (source), end = start + dg_source_n_lines (source);

  if (heads == NULL) {
    g_ptr_array_add (input->parts, part);
    return;
  }
  free_part (part);
  g_array_append_val (heads, end);
  for (guint i = 0; i < heads->len; i++) {
    guint next = g_array_index (heads, guint, i);
    g_autoptr (DgSource) piece = dg_source_new_part (source, start, next - 1);

    g_ptr_array_add (input->parts, read_part (input, piece, decoded, input->parts->len == 0));
    start = next;
  }
}

DiglotInput *
diglot_input_new (DiglotConverter *converter, GBytes *bytes, const char *name)
{
  DiglotInput *input;
  g_autoptr (DgDiag) decoded = NULL;
  g_autoptr (GError) error = NULL;
  locale_t before;
  g_autoptr (DgSource) source = NULL;

  g_return_val_if_fail (converter != NULL && bytes != NULL && name != NULL, NULL);
  input = g_new0 (DiglotInput, 1);
  decoded = dg_diag_new (name);
  before = uselocale (converter->locale);
  if (is_within (g_bytes_get_size (bytes), converter->limits.bytes, "bytes", &error))
    source = dg_decode (name, bytes, converter->encoding, decoded, &error);
  input->converter = converter;
  input->name = g_strdup (name);
  input->bytes = g_bytes_ref (bytes);
  input->parts = g_ptr_array_new_with_free_func (free_part);
  if (source != NULL) {
    g_autoptr (GPtrArray) sources = dg_split_source (source, converter->languages);

    for (guint i = 0; i < sources->len; i++)
      read_source (input, sources->pdata[i], decoded);
  } else {
    DgReadPart *part = g_new0 (DgReadPart, 1);

    part->diag = g_steal_pointer (&decoded);
    part->error = g_steal_pointer (&error);
    g_ptr_array_add (input->parts, part);
  }
  uselocale (before);
  return input;
}

void
diglot_input_free (DiglotInput *input)
{
  if (input == NULL)
    return;
  g_ptr_array_unref (input->parts);
  g_free (input->align_name);
  g_bytes_unref (input->bytes);
  g_free (input->name);
  g_free (input);
}

void
diglot_input_align (DiglotInput *input, const DiglotAlignment *alignment, const char *name)
{
  input->alignment = alignment;
  g_free (input->align_name);
  input->align_name = g_strdup (name);
  for (guint i = 0; i < input->parts->len; i++)
    g_clear_pointer (&((DgReadPart *) input->parts->pdata[i])->beads, g_array_unref);
}

void
diglot_input_set_picture (DiglotInput *input, guint nth, GBytes *bytes, const char *name, const GError *problem)
{
  DgPictureFile *file;

  g_return_if_fail (nth < input->parts->len && (bytes != NULL || problem != NULL));
  file = &((DgReadPart *) input->parts->pdata[nth])->picture;
  clear_picture (file);
  *file = (DgPictureFile){ g_strdup (name), bytes != NULL ? g_bytes_ref (bytes) : NULL, problem != NULL ? g_error_copy (problem) : NULL };
}

guint
diglot_input_count (const DiglotInput *input)
{
  return input->parts->len;
}

static DgReadPart *
get_part (const DiglotInput *input, guint nth)
{
  return nth < input->parts->len ? input->parts->pdata[nth] : NULL;
}

const char *
diglot_input_language (DiglotInput *input, guint nth, guint text)
{
  const DgReadPart *part = get_part (input, nth);

  return part != NULL && part->doc != NULL && text < part->doc->n_texts ? part->doc->text[text].lang : NULL;
}

static GArray *
list_parts (const DgDoc *doc)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (DiglotPart));

  for (guint t = 0; t < doc->n_texts; t++)
    for (guint i = 0; i < doc->text[t].nodes->len; i++) {
      const DgNode *node = doc->text[t].nodes->pdata[i];
      DiglotPart    part = { t, dg_role_name (node->role), node->text, (guint) node->label_length, g_array_index (node->lines, guint, 0) };

      g_array_append_val (parts, part);
    }
  return parts;
}

const DiglotPart *
diglot_input_parts (DiglotInput *input, guint nth, guint *n)
{
  DgReadPart *part = get_part (input, nth);

  *n = 0;
  if (part == NULL || part->doc == NULL)
    return NULL;
  if (part->parts == NULL)
    part->parts = list_parts (part->doc);
  *n = part->parts->len;
  return (const DiglotPart *) (const void *) part->parts->data;
}

const DiglotBead *
diglot_input_beads (DiglotInput *input, guint nth, guint *n)
{
  DgReadPart *part = get_part (input, nth);
  g_autoptr (DgAlign) align = NULL;
  g_autoptr (DgDiag) unread = dg_diag_new (input->name);

  *n = 0;
  if (part == NULL || part->doc == NULL)
    return NULL;
  if (part->beads == NULL) {
    if ((align = pair (input, part->doc, nth, unread)) == NULL)
      return NULL;
    part->beads = g_array_new (FALSE, FALSE, sizeof (DiglotBead));
    for (guint i = 0; i < align->beads->len; i++) {
      const DgBead *from = &g_array_index (align->beads, DgBead, i);
      DiglotBead    bead = { from->a, from->n_a, from->b, from->n_b, from->score };

      g_array_append_val (part->beads, bead);
    }
  }
  *n = part->beads->len;
  return (const DiglotBead *) (const void *) part->beads->data;
}

DiglotResult *
dg_convert_new_result (const DiglotInput *input, guint nth, GError **error)
{
  DiglotResult     *result = g_new0 (DiglotResult, 1);
  const DgReadPart *part = get_part (input, nth);

  result->figures.lowest_score = -1;
  result->diag = dg_diag_new (input->name);
  if (part == NULL) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "there is no dispatch %u", nth + 1);
    return result;
  }
  dg_diag_copy (result->diag, part->diag, 0, G_MAXUINT);
  if (part->error != NULL)
    g_propagate_error (error, g_error_copy (part->error));
  return result;
}

DiglotResult *
diglot_input_convert (DiglotInput *input, guint nth, DiglotFormat format)
{
  locale_t before = uselocale (input->converter->locale);
  g_autoptr (GError) error = NULL;
  DiglotResult     *result = dg_convert_new_result (input, nth, &error);
  const DgReadPart *part = get_part (input, nth);

  if (part != NULL && part->doc != NULL)
    result->files = run (input, part->doc, &part->picture, nth, format, result, &error);
  /* A stage that stops the work may have said why already, with a place. */
  if (error != NULL && dg_diag_worst (result->diag) < DIGLOT_SEVERITY_ERROR)
    dg_diag_add_error (result->diag, error);
  uselocale (before);
  return result;
}

DiglotResult *
diglot_convert (DiglotConverter *converter, GBytes *bytes, const char *name, DiglotFormat format)
{
  g_autoptr (DiglotInput) input = diglot_input_new (converter, bytes, name);

  g_return_val_if_fail (input != NULL, NULL);
  return diglot_input_convert (input, 0, format);
}

void
diglot_result_free (DiglotResult *result)
{
  if (result == NULL)
    return;
  dg_diag_free (result->diag);
  g_clear_pointer (&result->files, g_ptr_array_unref);
  g_clear_pointer (&result->pictures, g_ptr_array_unref);
  g_free (result->review);
  g_free (result);
}

guint
diglot_result_n_files (const DiglotResult *result)
{
  return result->files != NULL ? result->files->len : 0;
}

GBytes *
diglot_result_file (const DiglotResult *result, guint nth)
{
  return nth < diglot_result_n_files (result) ? result->files->pdata[nth] : NULL;
}

GBytes *
diglot_result_bytes (const DiglotResult *result)
{
  return diglot_result_file (result, 0);
}

const DiglotMessage *
diglot_result_messages (const DiglotResult *result, guint *n)
{
  return dg_diag_list (result->diag, n);
}

DiglotSeverity
diglot_result_worst (const DiglotResult *result)
{
  return dg_diag_worst (result->diag);
}

const DiglotFigures *
diglot_result_figures (const DiglotResult *result)
{
  return &result->figures;
}

const char *
diglot_result_review (const DiglotResult *result)
{
  return result->review;
}

GBytes *
diglot_result_picture (const DiglotResult *result, guint nth)
{
  return result->pictures != NULL && nth < result->pictures->len ? result->pictures->pdata[nth] : NULL;
}
