/* files.c: what a conversion makes, as bytes: one file, or a file a page. */
#include "api/objects.h"

#include "draw/paint.h"

static void
unref_bytes (gpointer bytes)
{
  g_bytes_unref (bytes);
}

GPtrArray *
dg_files_new (void)
{
  return g_ptr_array_new_with_free_func (unref_bytes);
}

GPtrArray *
dg_files_new_one (GBytes *bytes)
{
  GPtrArray *files = bytes != NULL ? dg_files_new () : NULL;

  if (bytes != NULL)
    g_ptr_array_add (files, bytes);
  return files;
}

GPtrArray *
dg_files_new_text (GString *text)
{
  return dg_files_new_one (g_string_free_to_bytes (text));
}

GPtrArray *
dg_files_new_pages (const DgPages *pages, DiglotFormat format, const DgTemplate *template, GError **error)
{
  g_autoptr (GPtrArray) files = dg_files_new ();

  for (guint i = 0; i < pages->pages->len; i++) {
    GBytes *bytes = format == DIGLOT_FORMAT_SVG ? dg_paint_svg (pages, i) : dg_paint_png (pages, i, template->png_dpi / 72, error);

    if (bytes == NULL)
      return NULL;
    g_ptr_array_add (files, bytes);
  }
  return g_steal_pointer (&files);
}
