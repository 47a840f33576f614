/* collection.c: many dispatches in one translation memory or one book; a single one has it in the same way. */
#include "api/objects.h"
#include "api/web.h"

#include "base/output.h"
#include "base/refs.h"
#include "base/refuse.h"
#include "page/figures.h"
#include "web/epub.h"
#include "web/memory.h"

struct DiglotCollection {
  gint             refs; /* beyond the first */
  DiglotConverter *converter;
  DgMemory        *memory; /* NULL for a book */
  DgEpub          *book;   /* NULL for a memory */
};

DiglotCollection *
diglot_collection_new (DiglotConverter *converter, DiglotFormat format)
{
  DiglotCollection *collection;
  DgMemoryKind      kind = format == DIGLOT_FORMAT_TMX ? DG_MEMORY_TMX : format == DIGLOT_FORMAT_XLIFF ? DG_MEMORY_XLIFF : DG_MEMORY_TSV;

  g_return_val_if_fail (format == DIGLOT_FORMAT_EPUB || dg_output_is_memory (format), NULL);
  collection = g_new0 (DiglotCollection, 1);
  collection->converter = diglot_converter_ref (converter);
  if (format == DIGLOT_FORMAT_EPUB)
    collection->book = dg_epub_new ();
  else
    collection->memory = dg_memory_new (kind, converter->template->tm_unit == DG_UNIT_SENTENCE, converter->min_score);
  return collection;
}

DiglotCollection *
diglot_collection_ref (DiglotCollection *collection)
{
  return dg_ref (collection);
}

void
diglot_collection_free (DiglotCollection *collection)
{
  if (collection == NULL || dg_unref (collection))
    return;
  diglot_converter_free (collection->converter);
  dg_memory_free (collection->memory);
  dg_epub_free (collection->book);
  g_free (collection);
}

static void
take (DiglotCollection *collection, const DiglotInput *input, const DgAlign *align, const DgReadPart *part, DgDiag *diag)
{
  DgWebDispatch dispatch;

  if (collection->memory != NULL) {
    dg_memory_add (collection->memory, align, input->name, input->converter->learned);
    return;
  }
  dg_web_open (input, align, part, diag, &dispatch);
  dg_epub_add (collection->book, dispatch.story, dispatch.info, &dispatch.options, dispatch.picture.bytes != NULL ? &dispatch.picture : NULL);
  dg_web_close (&dispatch);
}

DiglotResult *
diglot_collection_add (DiglotCollection *collection, DiglotInput *input, guint nth)
{
  locale_t before = uselocale (input->converter->locale);
  g_autoptr (GError) error = NULL;
  g_autoptr (DgAlign) align = NULL;
  DiglotResult     *result = dg_convert_new_result (input, nth, &error);
  const DgReadPart *part = dg_convert_get_part (input, nth);

  if (part != NULL && part->doc != NULL && error == NULL)
    align = dg_convert_pair (input, part->doc, nth, result->diag, &error);
  if (align != NULL) {
    dg_figures_of_align (align, &result->figures);
    take (collection, input, align, part, result->diag);
  }
  if (error != NULL && dg_diag_worst (result->diag) < DIGLOT_SEVERITY_ERROR)
    dg_diag_add_error (result->diag, error);
  uselocale (before);
  return result;
}

GBytes *
diglot_collection_write (DiglotCollection *collection, GError **error)
{
  g_autofree char *style = collection->book != NULL ? dg_web_dup_book_style (collection->converter->template, error) : NULL;
  GBytes          *bytes;

  if (collection->memory != NULL)
    return dg_memory_write (collection->memory);
  if (style == NULL)
    return NULL;
  bytes = dg_epub_write (collection->book, style);
  if (bytes == NULL)
    dg_refuse (error, DIGLOT_ERROR_SYNTAX, "there is no dispatch that can be set");
  return bytes;
}

GBytes *
dg_collection_write_one (const DiglotInput *input, const DgAlign *align, const DgReadPart *part, DiglotFormat format, DgDiag *diag, GError **error)
{
  g_autoptr (DiglotCollection) collection = diglot_collection_new (input->converter, format);

  take (collection, input, align, part, diag);
  return diglot_collection_write (collection, error);
}
