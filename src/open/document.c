/* document.c: see document.h. */
#include "open/document.h"

#include "base/refuse.h"
#include "open/kinds.h"
#include "open/package.h"

#include <string.h>

static const char *const kind_names[] = {
#define _(id, name) [DG_KIND_##id] = name,
  DG_KIND_TABLE (_)
#undef _
};

gboolean
dg_kind_from_name (const char *name, DgKind *kind)
{
  for (guint i = 0; i < DG_KIND_COUNT; i++)
    if (strcmp (name, kind_names[i]) == 0) {
      *kind = (DgKind) i;
      return TRUE;
    }
  return FALSE;
}

/* The files by which documents are known. */
static gboolean
wants_sign (const char *name, gconstpointer data)
{
  (void) data;
  return strcmp (name, "mimetype") == 0 || strcmp (name, "[Content_Types].xml") == 0;
}

/* TRUE where @text stands in @bytes, which may be NULL. */
static gboolean
holds (GBytes *bytes, const char *text)
{
  gsize       length;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return data != NULL && g_strstr_len (data, (gssize) length, text) != NULL;
}

DgKind
dg_kind_find (GBytes *bytes)
{
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (DgPackage) package = NULL;

  if (length < 4 || memcmp (data, "PK\3\4", 4) != 0 || (package = dg_package_new (bytes, wants_sign, NULL, NULL)) == NULL)
    return DG_KIND_TEXT;
  if (holds (dg_package_get (package, "mimetype"), "application/vnd.oasis.opendocument.text"))
    return DG_KIND_ODT;
  return holds (dg_package_get (package, "[Content_Types].xml"), "wordprocessingml") ? DG_KIND_DOCX : DG_KIND_TEXT;
}

DgDocument *
dg_document_new (GBytes *bytes, DgKind kind, GError **error)
{
  g_autoptr (DgDocument) document = g_new0 (DgDocument, 1);
  g_autoptr (DgLines) lines = dg_lines_new ();
  gboolean done;

  g_return_val_if_fail (kind == DG_KIND_DOCX || kind == DG_KIND_ODT, NULL);
  done = kind == DG_KIND_DOCX ? dg_docx_read (bytes, lines, document, error) : dg_odt_read (bytes, lines, document, error);
  return done && dg_lines_finish (lines, document, error) ? g_steal_pointer (&document) : NULL;
}
