/* image.h: pictures in a PDF: as they are where their colours are the profile's, else converted.
 * In: boxes with pictures.  Out: image objects, and the operators that show them. */
#ifndef DG_PDFPICTURE_H
#define DG_PDFPICTURE_H

#include "page/pages.h"
#include "pdf/file.h"
#include "pdf/profile.h"

typedef struct DgPdfPictures DgPdfPictures;

/* Both are borrowed. */
DgPdfPictures *dg_pdf_pictures_new (DgPdf *pdf, const DgProfile *profile);
void           dg_pdf_pictures_free (DgPdfPictures *pictures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgPdfPictures, dg_pdf_pictures_free)

/* Appends what shows the box's picture on a page @height pt high.  FALSE with @error where it cannot be converted. */
gboolean dg_pdf_pictures_show (DgPdfPictures *pictures, GString *out, const DgBox *box, double height, GError **error);

/* Appends the entry of a page's resources that names all pictures so far; nothing where there are none. */
void dg_pdf_pictures_append_resources (const DgPdfPictures *pictures, GString *out);

#endif
