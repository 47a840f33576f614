/* faces.c: see faces.h. */
#include "pdf/faces.h"

typedef struct {
  guint      face; /* in the document's faces */
  DgPdfFont *font;
} Font;

struct DgPdfFaces {
  const DgProfile *profile;
  GPtrArray       *faces; /* hb_face_t* */
  GArray          *fonts; /* Font; the resource /F<n> is the nth */
};

DgPdfFaces *
dg_pdf_faces_new (const DgProfile *profile)
{
  DgPdfFaces *self = g_new0 (DgPdfFaces, 1);

  self->profile = profile;
  self->faces = g_ptr_array_new_with_free_func ((GDestroyNotify) hb_face_destroy);
  self->fonts = g_array_new (FALSE, FALSE, sizeof (Font));
  return self;
}

void
dg_pdf_faces_free (DgPdfFaces *self)
{
  if (!self)
    return;
  for (guint i = 0; i < self->fonts->len; i++)
    dg_pdf_font_free (g_array_index (self->fonts, Font, i).font);
  g_array_unref (self->fonts);
  g_ptr_array_unref (self->faces);
  g_free (self);
}

guint
dg_pdf_faces_add (DgPdfFaces *self, guint face)
{
  Font font = { face, dg_pdf_font_new (self->faces, face) };

  g_array_append_val (self->fonts, font);
  return self->fonts->len - 1;
}

guint
dg_pdf_faces_find (DgPdfFaces *self, PangoFont *font)
{
  hb_face_t *opened = hb_font_get_face (pango_font_get_hb_font (font));
  guint      face;

  if (!g_ptr_array_find (self->faces, opened, &face)) {
    g_ptr_array_add (self->faces, hb_face_reference (opened));
    return dg_pdf_faces_add (self, self->faces->len - 1);
  }
  for (guint i = self->fonts->len; i-- > 0;)
    if (g_array_index (self->fonts, Font, i).face == face)
      return i;
  return dg_pdf_faces_add (self, face);
}

DgPdfFont *
dg_pdf_faces_font (const DgPdfFaces *self, guint font)
{
  return g_array_index (self->fonts, Font, font).font;
}

guint
dg_pdf_faces_face (const DgPdfFaces *self, guint font)
{
  return g_array_index (self->fonts, Font, font).face;
}

const DgProfile *
dg_pdf_faces_profile (const DgPdfFaces *self)
{
  return self->profile;
}

guint
dg_pdf_faces_write (DgPdfFaces *self, DgPdf *pdf, GError **error)
{
  g_autoptr (GString) body = g_string_new ("<<");

  for (guint i = 0; i < self->fonts->len; i++) {
    DgPdfFont *font = g_array_index (self->fonts, Font, i).font;
    guint      number;

    if (dg_pdf_font_is_empty (font)) /* all of it is shown with another */
      continue;
    number = dg_pdf_font_write (font, pdf, error);
    if (!number)
      return 0;
    g_string_append_printf (body, " /F%u %u 0 R", i, number);
  }
  g_string_append (body, " >>");
  return dg_pdf_add (pdf, body);
}
