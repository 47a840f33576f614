/* formats.c: what can be made, in one table: the name after --to or --dump, which is the ending of the file too, and what kind of thing it is. */
#include "base/input.h"
#include "base/nearest.h"
#include "base/output.h"
#include "base/refuse.h"

#include <string.h>

static const struct {
  const char      *name;
  DiglotFormatKind kind;
  gboolean         shows_pages;
} formats[] = {
  /* clang-format off */
  [DIGLOT_FORMAT_PDF]            = { "pdf", DIGLOT_FORMAT_KIND_FILE, TRUE },
  [DIGLOT_FORMAT_PNG]            = { "png", DIGLOT_FORMAT_KIND_FILE, TRUE },
  [DIGLOT_FORMAT_SVG]            = { "svg", DIGLOT_FORMAT_KIND_FILE, TRUE },
  [DIGLOT_FORMAT_JSON]           = { "json", DIGLOT_FORMAT_KIND_FILE, FALSE },
  [DIGLOT_FORMAT_DUMP_DOC]       = { "doc", DIGLOT_FORMAT_KIND_DUMP, FALSE },
  [DIGLOT_FORMAT_DUMP_ALIGN]     = { "align", DIGLOT_FORMAT_KIND_DUMP, FALSE },
  [DIGLOT_FORMAT_DUMP_LINES]     = { "lines", DIGLOT_FORMAT_KIND_DUMP, FALSE },
  [DIGLOT_FORMAT_DUMP_PAGES]     = { "pages", DIGLOT_FORMAT_KIND_DUMP, FALSE },
  [DIGLOT_FORMAT_CHECK]          = { "check", DIGLOT_FORMAT_KIND_NOTHING, FALSE },
  [DIGLOT_FORMAT_PAGES]          = { "drawing", DIGLOT_FORMAT_KIND_NOTHING, FALSE },
  [DIGLOT_FORMAT_HTML]           = { "html", DIGLOT_FORMAT_KIND_FILE, TRUE },
  [DIGLOT_FORMAT_TMX]            = { "tmx", DIGLOT_FORMAT_KIND_FILE, FALSE },
  [DIGLOT_FORMAT_XLIFF]          = { "xliff", DIGLOT_FORMAT_KIND_FILE, FALSE },
  [DIGLOT_FORMAT_TSV]            = { "tsv", DIGLOT_FORMAT_KIND_FILE, FALSE },
  [DIGLOT_FORMAT_EPUB]           = { "epub", DIGLOT_FORMAT_KIND_FILE, TRUE },
  [DIGLOT_FORMAT_DUMP_SOURCE]    = { "source", DIGLOT_FORMAT_KIND_DUMP, FALSE },
  /* clang-format on */
};

const char *
diglot_format_name (DiglotFormat format)
{
  return (guint) format < G_N_ELEMENTS (formats) ? formats[format].name : NULL;
}

DiglotFormatKind
diglot_format_kind (DiglotFormat format)
{
  return (guint) format < G_N_ELEMENTS (formats) ? formats[format].kind : DIGLOT_FORMAT_KIND_NOTHING;
}

gboolean
diglot_format_find (const char *name, DiglotFormatKind kind, DiglotFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].kind == kind && strcmp (formats[i].name, name) == 0) {
      *format = (DiglotFormat) i;
      return TRUE;
    }
  return FALSE;
}

gboolean
diglot_format_find_by_output (const char *path, DiglotFormat *format)
{
  const char *dot = strrchr (path, '.');

  for (guint i = 0; dot != NULL && dot > path && i < G_N_ELEMENTS (formats); i++)
    if (formats[i].kind == DIGLOT_FORMAT_KIND_FILE && g_ascii_strcasecmp (formats[i].name, dot + 1) == 0) {
      *format = (DiglotFormat) i;
      return TRUE;
    }
  return FALSE;
}

gboolean
dg_output_shows_pages (DiglotFormat format)
{
  return (guint) format < G_N_ELEMENTS (formats) && formats[format].shows_pages;
}

gboolean
dg_output_is_memory (DiglotFormat format)
{
  return format == DIGLOT_FORMAT_TMX || format == DIGLOT_FORMAT_XLIFF || format == DIGLOT_FORMAT_TSV;
}

char *
diglot_output_name (const char *name, DiglotFormat format)
{
  gsize length = dg_input_stem (name);

  g_return_val_if_fail (diglot_format_kind (format) != DIGLOT_FORMAT_KIND_NOTHING, NULL);
  return g_strdup_printf ("%.*s.%s", (int) length, name, diglot_format_name (format));
}

const char *
dg_format_nearest (const char *name, DiglotFormatKind kind)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (DiglotFormat format = 0; diglot_format_name (format) != NULL; format++)
    if (diglot_format_kind (format) == kind)
      g_ptr_array_add (names, (char *) diglot_format_name (format));
  g_ptr_array_add (names, NULL);
  return dg_nearest_find (name, (const char *const *) names->pdata);
}

gboolean
dg_format_refuse (const char *name, GError **error)
{
  const char *nearest = dg_format_nearest (name, DIGLOT_FORMAT_KIND_FILE);

  return nearest != NULL ? dg_refuse (error, DIGLOT_ERROR_USAGE, "there is no format \"%s\"; did you mean %s?", name, nearest)
                         : dg_refuse (error, DIGLOT_ERROR_USAGE, "there is no format \"%s\"", name);
}
