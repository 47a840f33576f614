/* outline.c: see outline.h.  HarfBuzz's callbacks stand here alone; they are made once a process and never changed. */
#include "type/outline.h"

typedef struct {
  const DgPen *pen;
  gpointer     data;
} Drawing;

static void
move_to (hb_draw_funcs_t *funcs, void *drawing, hb_draw_state_t *state, float x, float y, void *data)
{
  const Drawing *self = drawing;

  (void) funcs;
  (void) state;
  (void) data;
  self->pen->move (self->data, x, y);
}

static void
line_to (hb_draw_funcs_t *funcs, void *drawing, hb_draw_state_t *state, float x, float y, void *data)
{
  const Drawing *self = drawing;

  (void) funcs;
  (void) state;
  (void) data;
  self->pen->line (self->data, x, y);
}

static void
quadratic_to (hb_draw_funcs_t *funcs, void *drawing, hb_draw_state_t *state, float cx, float cy, float x, float y, void *data)
{
  const Drawing *self = drawing;

  (void) funcs;
  (void) state;
  (void) data;
  self->pen->quadratic (self->data, cx, cy, x, y);
}

static void
cubic_to (hb_draw_funcs_t *funcs, void *drawing, hb_draw_state_t *state, float c1x, float c1y, float c2x, float c2y, float x, float y, void *data)
{
  const Drawing *self = drawing;

  (void) funcs;
  (void) state;
  (void) data;
  self->pen->cubic (self->data, c1x, c1y, c2x, c2y, x, y);
}

static void
close_path (hb_draw_funcs_t *funcs, void *drawing, hb_draw_state_t *state, void *data)
{
  const Drawing *self = drawing;

  (void) funcs;
  (void) state;
  (void) data;
  if (self->pen->close != NULL)
    self->pen->close (self->data);
}

static hb_draw_funcs_t *
make_funcs (gboolean has_quadratic)
{
  hb_draw_funcs_t *funcs = hb_draw_funcs_create ();

  hb_draw_funcs_set_move_to_func (funcs, move_to, NULL, NULL);
  hb_draw_funcs_set_line_to_func (funcs, line_to, NULL, NULL);
  if (has_quadratic) /* HarfBuzz makes cubic ones where no function is set for them */
    hb_draw_funcs_set_quadratic_to_func (funcs, quadratic_to, NULL, NULL);
  hb_draw_funcs_set_cubic_to_func (funcs, cubic_to, NULL, NULL);
  hb_draw_funcs_set_close_path_func (funcs, close_path, NULL, NULL);
  hb_draw_funcs_make_immutable (funcs);
  return funcs;
}

void
dg_outline_draw (hb_font_t *font, guint32 glyph, const DgPen *pen, gpointer data)
{
  static gsize            ready;
  static hb_draw_funcs_t *with_quadratic, *without;
  Drawing                 drawing = { pen, data };

  if (g_once_init_enter (&ready)) {
    with_quadratic = make_funcs (TRUE);
    without = make_funcs (FALSE);
    g_once_init_leave (&ready, 1);
  }
#if HB_VERSION_ATLEAST(7, 0, 0)
  hb_font_draw_glyph (font, glyph, pen->quadratic != NULL ? with_quadratic : without, &drawing);
#else
  hb_font_get_glyph_shape (font, glyph, pen->quadratic != NULL ? with_quadratic : without, &drawing);
#endif
}
