/* extract.c: see extract.h. */
#include "open/extract.h"

#include "base/input.h"
#include "open/package.h"

#include <string.h>

static gboolean
is_name (const char *name, gconstpointer data)
{
  return strcmp (name, data) == 0;
}

void
dg_document_take_picture (DgDocument *document, GBytes *bytes, const char *name)
{
  gsize stem;
  g_autoptr (DgPackage) package = dg_input_rank_picture (name, &stem) >= 0 ? dg_package_new (bytes, is_name, name, NULL) : NULL;
  GBytes *picture = package != NULL ? dg_package_get (package, name) : NULL;

  if (picture == NULL)
    return;
  document->picture = g_bytes_ref (picture);
  document->picture_name = g_strdup (name);
}

void
dg_document_free (DgDocument *document)
{
  if (document == NULL)
    return;
  g_clear_pointer (&document->text, g_bytes_unref);
  g_clear_pointer (&document->styles, g_array_unref);
  g_clear_pointer (&document->rows, g_array_unref);
  g_clear_pointer (&document->picture, g_bytes_unref);
  g_free (document->picture_name);
  g_free (document);
}
