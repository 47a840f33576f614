/* document.c: see document.h. */
#include "open/document.h"

#include "base/letter.h"
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

/* Of a page only the first tag says so: text may speak of tags further on. */
static gboolean
is_page (const char *text, gsize length)
{
  static const char *const tags[] = { "<!doctype html", "<html", "<head>", "<body" };
  const char              *end = text + length;

  if (length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
    text += 3;
  while (text < end && g_ascii_isspace (*text))
    text++;
  /* XHTML may begin by saying that it is XML. */
  if (end - text > 5 && memcmp (text, "<?xml", 5) == 0)
    return g_strstr_len (text, MIN (end - text, 1024), "<html") != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if ((gsize) (end - text) > strlen (tags[i]) && g_ascii_strncasecmp (text, tags[i], strlen (tags[i])) == 0)
      return TRUE;
  return FALSE;
}

DgKind
dg_kind_find (GBytes *bytes)
{
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);
  gsize       mark = length >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  g_autoptr (DgPackage) package = NULL;

  if (length > 0 && is_page (data, length))
    return DG_KIND_HTML;
  if (length > mark && dg_letter_is_encoded (data + mark, length - mark))
    return DG_KIND_MAIL;
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
  static gboolean (*const readers[DG_KIND_COUNT]) (GBytes *, DgLines *, DgDocument *, GError **) = {
    [DG_KIND_HTML] = dg_html_read,
    [DG_KIND_MAIL] = dg_mail_read,
    [DG_KIND_DOCX] = dg_docx_read,
    [DG_KIND_ODT] = dg_odt_read,
  };
  gboolean done;

  g_return_val_if_fail (readers[kind] != NULL, NULL);
  done = readers[kind](bytes, lines, document, error);
  return done && dg_lines_finish (lines, document, error) ? g_steal_pointer (&document) : NULL;
}
