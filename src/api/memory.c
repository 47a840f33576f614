/* memory.c: translation memories: of one dispatch, and of many. */
#include "api/objects.h"

#include "base/output.h"
#include "page/figures.h"
#include "web/memory.h"

struct DiglotMemory {
  DgMemory *memory;
};

static DgMemory *
new_memory (const DiglotConverter *converter, DiglotFormat format)
{
  DgMemoryKind kind = format == DIGLOT_FORMAT_TMX ? DG_MEMORY_TMX : format == DIGLOT_FORMAT_XLIFF ? DG_MEMORY_XLIFF : DG_MEMORY_TSV;

  return dg_memory_new (kind, converter->template->tm_unit == DG_UNIT_SENTENCE, converter->min_score);
}

GBytes *
dg_memory_write_one (const DiglotInput *input, const DgAlign *align, DiglotFormat format)
{
  g_autoptr (DgMemory) memory = new_memory (input->converter, format);

  dg_memory_add (memory, align, input->name, input->converter->learned);
  return dg_memory_write (memory);
}

DiglotMemory *
diglot_memory_new (DiglotConverter *converter, DiglotFormat format)
{
  DiglotMemory *memory;

  g_return_val_if_fail (dg_output_is_memory (format), NULL);
  memory = g_new0 (DiglotMemory, 1);
  memory->memory = new_memory (converter, format);
  return memory;
}

void
diglot_memory_free (DiglotMemory *memory)
{
  if (memory == NULL)
    return;
  dg_memory_free (memory->memory);
  g_free (memory);
}

DiglotResult *
diglot_memory_add (DiglotMemory *memory, DiglotInput *input, guint nth)
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
    dg_memory_add (memory->memory, align, input->name, input->converter->learned);
  }
  if (error != NULL && dg_diag_worst (result->diag) < DIGLOT_SEVERITY_ERROR)
    dg_diag_add_error (result->diag, error);
  uselocale (before);
  return result;
}

GBytes *
diglot_memory_write (DiglotMemory *memory)
{
  return dg_memory_write (memory->memory);
}
