/* marks.c: see marks.h.  All marks stand in the slug, outside the bleed. */
#include "pdf/marks.h"
#include "base/number.h"

#include "pdf/file.h"

#define MM          (72 / 25.4)
#define CROP_LENGTH (5 * MM)
#define TARGET      (2 * MM) /* radius of a registration mark's circle; its cross is half as wide again */
#define PATCH       (4 * MM)
#define CIRCLE      .5522847498 /* how far a Bézier's control points stand for a quarter of a circle of radius 1 */

static void
append (GString *out, const char *operator, guint n, const double *numbers)
{
  for (guint i = 0; i < n; i++) {
    dg_number_append (out, numbers[i], 3);
    g_string_append_c (out, ' ');
  }
  g_string_append_printf (out, "%s\n", operator);
}
#define APPEND(out, operator, ...) append (out, operator, sizeof ((double[]){ __VA_ARGS__ }) / sizeof (double), (const double[]){ __VA_ARGS__ })

static void
append_stroke (GString *out, double x0, double y0, double x1, double y1)
{
  APPEND (out, "m", x0, y0);
  APPEND (out, "l", x1, y1);
  g_string_append (out, "S\n");
}

/* Two strokes a corner, which would meet on it. */
static void
append_crop_marks (GString *out, double bleed, double width, double height)
{
  for (guint corner = 0; corner < 4; corner++) {
    double x = corner & 1 ? width : 0, y = corner & 2 ? height : 0;
    double right = corner & 1 ? 1 : -1, up = corner & 2 ? 1 : -1;

    append_stroke (out, x + right * bleed, y, x + right * (bleed + CROP_LENGTH), y);
    append_stroke (out, x, y + up * bleed, x, y + up * (bleed + CROP_LENGTH));
  }
}

static void
append_target (GString *out, double x, double y)
{
  double r = TARGET, c = TARGET * CIRCLE, cross = 1.5 * TARGET;

  append_stroke (out, x - cross, y, x + cross, y);
  append_stroke (out, x, y - cross, x, y + cross);
  APPEND (out, "m", x + r, y);
  APPEND (out, "c", x + r, y + c, x + c, y + r, x, y + r);
  APPEND (out, "c", x - c, y + r, x - r, y + c, x - r, y);
  APPEND (out, "c", x - r, y - c, x - c, y - r, x, y - r);
  APPEND (out, "c", x + c, y - r, x + r, y - c, x + r, y);
  g_string_append (out, "s\n");
}

/* Solids, overprints and tints of the inks, as many as the room between a corner's marks and a registration mark holds. */
static void
append_colour_bar (GString *out, double x, double y, double room)
{
  static const DgColour patches[] = {
    { .c = 1 },         { .m = 1 },  { .y = 1 },  { .k = 1 },  { .m = 1, .y = 1 }, { .c = 1, .y = 1 },
    { .c = 1, .m = 1 }, { .c = .5 }, { .m = .5 }, { .y = .5 }, { .k = .5 },        { .c = .5, .m = .4, .y = .4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (patches) && (i + 1) * PATCH <= room; i++) {
    APPEND (out, "k", patches[i].c, patches[i].m, patches[i].y, patches[i].k);
    APPEND (out, "re", x + i * PATCH, y, PATCH, PATCH);
    g_string_append (out, "f\n");
  }
}

double
dg_pdf_marks_slug_depth (const DgProfile *profile)
{
  return profile->bleed + profile->slug / 2 + 2;
}

void
dg_pdf_marks_append (GString *out, const DgProfile *profile, double width, double height)
{
  double middle = profile->bleed + profile->slug / 2;

  if (profile->slug <= 0)
    return;
  /* Lines of a quarter point in all inks, so that they show on every plate. */
  g_string_append (out, "/Artifact << /Type /Page >> BDC\nq\n/Out gs 0.25 w 1 1 1 1 K\n");
  append_crop_marks (out, profile->bleed, width, height);
  append_target (out, width / 2, -middle);
  append_target (out, width / 2, height + middle);
  append_target (out, -middle, height / 2);
  append_target (out, width + middle, height / 2);
  append_colour_bar (out, 2 * PATCH, height + middle - PATCH / 2, width / 2 - 4 * PATCH);
  g_string_append (out, "Q\nEMC\n");
}
