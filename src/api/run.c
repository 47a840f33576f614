/* run.c: the whole pipeline, from a dispatch that was read to the bytes of what was asked for. */
#include "api/objects.h"

#include "api/json.h"
#include "api/review.h"
#include "page/dump.h"
#include "page/figures.h"
#include "page/layout.h"
#include "pdf/slug.h"
#include "pdf/write.h"
#include "read/info.h"

/* The pipeline.  NULL with @error, or with an error in the messages, where it fails, and without for a mere check. */
static GPtrArray *
run (const DiglotInput *input, const DgReadPart *part, guint nth, DiglotFormat format, DiglotResult *result, GError **error)
{
  const DgDoc           *doc = part->doc;
  const DgPictureFile   *file = &part->picture;
  DgDiag                *diag = result->diag;
  const DiglotConverter *converter = input->converter;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (DgAlign) align = NULL;
  DgPages *pages;
  g_autoptr (DgInfo) info = NULL;

  if (format == DIGLOT_FORMAT_DUMP_SOURCE) {
    g_string_assign (text, dg_source_text (doc->source));
    return dg_files_new_text (g_steal_pointer (&text));
  }
  if (format == DIGLOT_FORMAT_DUMP_DOC) {
    dg_doc_dump (doc, text);
    return dg_files_new_text (g_steal_pointer (&text));
  }

  align = dg_convert_pair (input, doc, nth, diag, error);
  if (align == NULL)
    return NULL;
  dg_figures_of_align (align, &result->figures);
  if (converter->review && (format == DIGLOT_FORMAT_CHECK || format == DIGLOT_FORMAT_JSON || dg_web_has (format))
      && !dg_review_add (align, NULL, result, error))
    return NULL;
  if (format == DIGLOT_FORMAT_CHECK)
    return NULL;
  if (format == DIGLOT_FORMAT_DUMP_ALIGN) {
    dg_align_dump (align, text);
    return dg_files_new_text (g_steal_pointer (&text));
  }
  if (format == DIGLOT_FORMAT_JSON) {
    dg_json_write (align, input->name, nth, input->parts->len, diag, text);
    return dg_files_new_text (g_steal_pointer (&text));
  }

  if (dg_web_has (format))
    return dg_convert_begin (converter, DIGLOT_STAGE_WRITE, error) ? dg_files_new_one (dg_web_write (input, align, part, format, diag, error)) : NULL;

  if (!dg_convert_begin (converter, DIGLOT_STAGE_LAYOUT, error))
    return NULL;
  result->picture = dg_convert_read_picture (file, doc, diag);
  pages = dg_layout_new (align, converter->template, converter->fonts, converter->hyphens, result->picture, diag);
  result->pages = pages;
  if (!dg_convert_check_pages (converter, pages, file, doc, diag, error))
    return NULL;
  if (dg_diag_worst (diag) >= DIGLOT_SEVERITY_ERROR) /* nothing can be read on them */
    return NULL;
  dg_figures_of_pages (pages, &result->figures);
  if (converter->review && !dg_review_add (align, pages, result, error))
    return NULL;
  if (format == DIGLOT_FORMAT_DUMP_LINES) {
    dg_dump_lines (pages, text);
    return dg_files_new_text (g_steal_pointer (&text));
  }
  if (format == DIGLOT_FORMAT_DUMP_PAGES) {
    dg_dump_pages (pages, text);
    return dg_files_new_text (g_steal_pointer (&text));
  }

  if (format == DIGLOT_FORMAT_PAGES || !dg_convert_begin (converter, DIGLOT_STAGE_WRITE, error))
    return NULL;
  if (format == DIGLOT_FORMAT_PNG || format == DIGLOT_FORMAT_SVG)
    return dg_files_new_pages (pages, format, converter->template, error);

  info = dg_convert_new_info (input, doc);
  if (info->date == NULL && converter->profile->pdfx)
    dg_diag_add (diag, DG_DIAG_PROFILE_NO_DATE, 0, 0);
  dg_slug_add (pages, converter->fonts, info, converter->profile);
  return dg_files_new_one (dg_pdf_write (&(const DgPdfDocument){ pages, info, NULL }, 1, info, converter->profile, error));
}

DiglotResult *
diglot_input_convert (DiglotInput *input, guint nth, DiglotFormat format)
{
  locale_t before = uselocale (input->converter->locale);
  g_autoptr (GError) error = NULL;
  DiglotResult     *result = dg_convert_new_result (input, nth, &error);
  const DgReadPart *part = dg_convert_get_part (input, nth);

  if (part != NULL && part->doc != NULL)
    result->files = run (input, part, nth, format, result, &error);
  /* A stage that stops the work may have said why already, with a place. */
  if (error != NULL && dg_diag_worst (result->diag) < DIGLOT_SEVERITY_ERROR)
    dg_diag_add_error (result->diag, error);
  if (dg_diag_worst (result->diag) >= DIGLOT_SEVERITY_ERROR)
    g_clear_pointer (&result->pages, dg_pages_free);
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
