/* fuzz_open.c: the XML of a document, as a DOCX and as an ODT have it; and the bytes themselves as a document. */
#include "fuzz.h"

#include "open/document.h"
#include "web/ocf.h"

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/open", ".xml" }, { NULL, NULL } };
const guint     fuzz_rounds = 200;

static void
open_document (GBytes *bytes, DgKind kind)
{
  g_autoptr (DgDocument) document = dg_document_new (bytes, kind, NULL);
  const char *text;
  gsize       length;

  if (document == NULL)
    return;
  text = g_bytes_get_data (document->text, &length);
  g_assert_true (length == 0 || g_utf8_validate_len (text, length, NULL));
  for (guint i = 0; i < document->rows->len; i++) {
    const DgDocumentRow *row = &g_array_index (document->rows, DgDocumentRow, i);

    g_assert_cmpuint (row->first[0], <=, row->last[0]);
    g_assert_cmpuint (row->last[0], <, row->first[1]);
    g_assert_cmpuint (row->first[1], <=, row->last[1]);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const struct {
    const char *name;
    DgKind      kind;
  } parts[] = { { "word/document.xml", DG_KIND_DOCX }, { "content.xml", DG_KIND_ODT } };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  dg_kind_find (bytes);
  open_document (bytes, DG_KIND_DOCX);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    DgOcf *file = dg_ocf_new ();
    g_autoptr (GBytes) packed = NULL;

    dg_ocf_add (file, parts[i].name, bytes, TRUE);
    dg_ocf_add (file, "word/numbering.xml", bytes, TRUE);
    dg_ocf_add (file, "word/footnotes.xml", bytes, TRUE);
    packed = dg_ocf_finish (file);
    open_document (packed, parts[i].kind);
  }
  return 0;
}
