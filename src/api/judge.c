/* judge.c: what is said of a dispatch's picture and of its pages before they are written. */
#include "api/objects.h"

#include <math.h>

#define PRINT_RESOLUTION 200 /* pixels an inch below which a picture looks coarse from a press, */
#define PAGE_RESOLUTION  150 /* … and from any other printer or on a large screen */

/* What is said about the picture stands where its caption does. */
static void
locate_caption (const DgDoc *doc, guint *line, guint *column)
{
  *line = *column = 0;
  for (guint i = 0; i < doc->n_texts && *line == 0; i++) {
    const DgNode *node = dg_text_nth (&doc->text[i], DG_ROLE_CAPTION, 0);

    if (node != NULL)
      dg_node_locate (node, 0, line, column);
  }
}

DgPicture *
dg_convert_read_picture (const DgPictureFile *file, const DgDoc *doc, DgDiag *diag)
{
  g_autoptr (GError) error = NULL;
  DgPicture *picture = file->bytes != NULL ? dg_picture_new (file->bytes, &error) : NULL;
  guint      line, column;

  if (picture != NULL || file->name == NULL)
    return picture;
  locate_caption (doc, &line, &column);
  dg_diag_add (diag, DG_DIAG_PICTURE_UNREADABLE, line, column, file->name, error != NULL ? error->message : file->problem->message);
  return NULL;
}

static void
check_resolution (const DgPages *pages, const DgPictureFile *file, const DgDoc *doc, gboolean press, DgDiag *diag)
{
  int   least = press ? PRINT_RESOLUTION : PAGE_RESOLUTION;
  guint line, column;

  locate_caption (doc, &line, &column);
  for (guint p = 0; p < pages->pages->len; p++) {
    const GArray *boxes = ((const DgPage *) pages->pages->pdata[p])->boxes;

    for (guint i = 0; i < boxes->len; i++) {
      const DgBox *box = &g_array_index (boxes, DgBox, i);
      double       x, y, resolution = box->kind == DG_BOX_PICTURE && box->element >= 0 ? 72 / dg_box_get_pixel (box, &x, &y) : least;

      if (resolution < least)
        dg_diag_add (diag, DG_DIAG_PICTURE_RESOLUTION, line, column, file->name, floor (resolution), press ? "print" : N_ ("a page"), least);
    }
  }
}

gboolean
dg_convert_check_pages (const DiglotConverter *converter, const DgPages *pages, const DgPictureFile *file, const DgDoc *doc, DgDiag *diag, GError **error)
{
  check_resolution (pages, file, doc, converter->profile->cmyk, diag);
  return dg_convert_is_within (pages->pages->len, converter->limits.pages, "pages", error);
}
