/* annotations.c: see annotations.h. */
#include "pdf/annotations.h"

#include "base/number.h"

void
dg_pdf_annotation_write (const DgDrawLink *link, double page_height, const DgPdfTarget *target, guint key, DgPdf *pdf, guint number)
{
  const double corners[] = { link->left, page_height - link->bottom, link->right, page_height - link->top };
  g_autoptr (GString) body = g_string_new ("<< /Type /Annot /Subtype /Link /F 4 /Border [ 0 0 0 ] /Rect [");

  for (guint i = 0; i < 4; i++) {
    g_string_append_c (body, ' ');
    dg_number_append (body, corners[i], 2);
  }
  g_string_append (body, " ] /Contents ");
  dg_pdf_append_text (body, link->text, -1);
  if (target == NULL) {
    g_string_append (body, " /A << /S /URI /URI ");
    dg_pdf_append_text (body, link->uri, -1);
    g_string_append (body, " >>");
  } else {
    g_string_append_printf (body, " /Dest [ %u 0 R /XYZ null ", target->page);
    dg_number_append (body, target->y, 1);
    g_string_append (body, " null ]");
  }
  g_string_append_printf (body, " /StructParent %u >>", key);
  dg_pdf_set (pdf, number, body);
}
