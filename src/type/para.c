/* para.c: what does not depend on the measure: characters, levels, items, glyphs, break opportunities.
 * bidi.c gives the levels, items.c the items, shape.c their glyphs, ICU the places where a line may end. */
#include "type/para.h"
#include "type/prepared.h"

#include <math.h>
#include <string.h>

#include "type/bidi.h"
#include "type/ink.h"
#include "type/isolate.h"

#define UNIT_KEY             "dg-kashida-unit" /* em; measured once a face, and kept with it */
#define WORST                250               /* badness that counts: a line as loose is spoilt, however loose it is */
#define LABEL_GAP            0.28              /* em between a label and a text typed without a space after it */
#define KASHIDAS_SEVERAL     3                 /* in a line */
#define SPACES_FIRST         .5                /* share of their stretch that word spaces take before a kashida is drawn */
#define SPACES_AFTER         .05               /* the share that is left to them once one is */
#define SPACES_FIRST_SEVERAL .2                /* the same where several are welcome */

static void
item_clear (gpointer data)
{
  g_clear_object (&((DgItem *) data)->font);
}

static void
read_text (DgPara *para, const char *text)
{
  glong       n = 0;
  const char *p;

  para->text = g_utf8_make_valid (text, -1);
  para->chars = g_utf8_to_ucs4_fast (para->text, -1, &n);
  para->n = (guint) n;
  para->bytes = g_new (guint, para->n + 1);
  p = para->text;
  for (guint i = 0; i <= para->n; i++) {
    para->bytes[i] = (guint) (p - para->text);
    if (i < para->n)
      p = g_utf8_next_char (p);
  }
}

static void
note_missing (DgPara *para, const DgItem *item)
{
  for (guint i = item->first; i < item->first + item->n; i++) {
    const DgShaped *glyph = &g_array_index (para->glyphs, DgShaped, i);

    if (glyph->id == 0)
      g_array_append_val (para->missing, para->bytes[glyph->cluster]);
  }
}

static int
compare_guint (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

/* A label that the text joins without a space is parted from it by a hair, not by a character. */
static void
part_label (DgPara *para)
{
  guint last = 0;

  while (last < para->n && para->bytes[last + 1] < para->style.label_length)
    last++;
  if (para->style.label_length == 0 || last + 1 >= para->n || dg_points_is_space (para->chars[last + 1]))
    return;
  for (guint i = 0; i < para->items->len; i++) {
    const DgItem *item = &g_array_index (para->items, DgItem, i);

    for (guint k = item->first; k < item->first + item->n; k++) {
      DgShaped *glyph = &g_array_index (para->glyphs, DgShaped, k);

      if (glyph->cluster != last || glyph->advance <= 0)
        continue;
      glyph->advance += LABEL_GAP * item->size;
      if (item->level % 2)
        glyph->dx += LABEL_GAP * item->size;
    }
  }
}

static void
shape_items (DgPara *para)
{
  g_autofree double *advance = g_new0 (double, para->n + 1);

  for (guint i = 0; i < para->items->len; i++) {
    DgItem *item = &g_array_index (para->items, DgItem, i);

    item->first = para->glyphs->len;
    dg_shape (item, para->chars, para->n, item->start, item->end, para->glyphs, para->unsafe);
    item->n = para->glyphs->len - item->first;
    note_missing (para, item);
  }
  part_label (para);
  for (guint k = 0; k < para->glyphs->len; k++) {
    const DgShaped *glyph = &g_array_index (para->glyphs, DgShaped, k);

    advance[glyph->cluster] += glyph->advance;
    para->n_glyphs[glyph->cluster] = (guint8) MIN (para->n_glyphs[glyph->cluster] + 1, 255);
  }
  g_array_sort (para->missing, compare_guint);
  para->x[0] = 0;
  for (guint i = 0; i < para->n; i++)
    para->x[i + 1] = para->x[i] + advance[i];
}

/* What one tatweel adds in context, in em: Amiri's has no advance alone and becomes part of one curved glyph between letters. */
static double
find_kashida (const DgItem *item)
{
  static const gunichar with[] = { 0x0633, 0x0640, 0x0633 }, without[] = { 0x0633, 0x0633 };
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (DgShaped));
  DgItem measured = *item;
  double width = 0;
  guint  n;

  measured.size = DG_FONTS_SIZE;
  measured.hb = dg_fonts_at_size (item->font, measured.size);
  measured.tracking = 0;
  dg_shape (&measured, with, 3, 0, 3, glyphs, NULL);
  n = glyphs->len;
  dg_shape (&measured, without, 2, 0, 2, glyphs, NULL);
  for (guint k = 0; k < glyphs->len; k++)
    width += (k < n ? 1 : -1) * g_array_index (glyphs, DgShaped, k).advance;
  width /= DG_FONTS_SIZE;
  return width > .05 ? width : 0;
}

/* The same in pt, of the first item that can be lengthened. */
static double
measure_kashida (const DgPara *para)
{
  for (guint i = 0; i < para->items->len; i++) {
    const DgItem *item = &g_array_index (para->items, DgItem, i);
    double       *unit;

    if (item->script != HB_SCRIPT_ARABIC || item->level % 2 == 0)
      continue;
    unit = g_object_get_data (G_OBJECT (item->font), UNIT_KEY);
    if (!unit) {
      unit = g_new (double, 1);
      *unit = find_kashida (item);
      g_object_set_data_full (G_OBJECT (item->font), UNIT_KEY, unit, g_free);
    }
    return *unit * item->size;
  }
  return 0;
}

/* Words and clusters as Pango finds them: seldom asked for, and dearer than all of itemising. */
PangoLogAttr *
dg_para_attributes (const DgPara *para)
{
  PangoLogAttr *attributes = g_new0 (PangoLogAttr, para->n + 1);

  pango_get_log_attrs (para->text, (int) para->bytes[para->n], -1, pango_language_from_string (para->lang), attributes, (int) para->n + 1);
  return attributes;
}

DgPara *
dg_para_new (DgFonts *fonts, const char *text, const char *lang, gboolean base_rtl, const DgParaStyle *style)
{
  DgPara       *para = g_new0 (DgPara, 1);
  PangoContext *context = dg_fonts_context (fonts);

  read_text (para, text);
  para->lang = g_strdup (lang);
  para->family = g_strdup (style->family);
  para->style = *style;
  para->style.family = para->family;
  para->levels = g_new0 (guint8, para->n + 1);
  para->unsafe = g_new0 (gboolean, para->n + 1);
  para->n_glyphs = g_new0 (guint8, para->n + 1);
  para->x = g_new0 (double, para->n + 1);
  para->items = g_array_new (FALSE, FALSE, sizeof (DgItem));
  g_array_set_clear_func (para->items, item_clear);
  para->glyphs = g_array_new (FALSE, FALSE, sizeof (DgShaped));
  para->missing = g_array_new (FALSE, FALSE, sizeof (guint));

  if (base_rtl)
    para->base = dg_isolate_levels (para->chars, para->n, style->isolate, para->levels);
  else
    para->base = dg_bidi_levels (para->chars, para->n, DG_BASE_LTR, para->levels);
  dg_items_make (para, fonts, context);
  shape_items (para);
  dg_ends_find (para, context);
  if (style->justify && style->kashida != DG_KASHIDA_NONE)
    para->kashida_unit = measure_kashida (para);
  return para;
}

static void
forget_ways (GArray *ways[3])
{
  for (guint i = 0; i < 3; i++)
    g_clear_pointer (&ways[i], g_array_unref);
}

static void
forget_breaks (DgPara *para)
{
  for (guint i = 0; i < DG_PARA_MEASURES; i++)
    forget_ways (para->breaks[i].ways);
  para->n_measures = 0;
}

void
dg_para_finish (DgPara *para)
{
  g_clear_pointer (&para->chars, g_free);
  g_clear_pointer (&para->bytes, g_free);
  g_clear_pointer (&para->levels, g_free);
  g_clear_pointer (&para->ends, g_free);
  g_clear_pointer (&para->unsafe, g_free);
  g_clear_pointer (&para->n_glyphs, g_free);
  g_clear_pointer (&para->x, g_free);
  g_clear_pointer (&para->stretch, g_free);
  g_clear_pointer (&para->shrink, g_free);
  g_clear_pointer (&para->letters, g_free);
  g_clear_pointer (&para->groups, g_free);
  g_clear_pointer (&para->kashida, g_free);
  g_clear_pointer (&para->items, g_array_unref);
  g_clear_pointer (&para->glyphs, g_array_unref);
  g_clear_pointer (&para->points, g_array_unref);
  g_clear_pointer (&para->at, g_array_unref);
  forget_breaks (para);
}

void
dg_para_free (DgPara *para)
{
  if (!para)
    return;
  dg_para_finish (para);
  g_free (para->text);
  g_free (para->lang);
  g_free (para->family);
  g_array_unref (para->missing);
  g_free (para);
}

static void
set_params (const DgPara *para, double measure, DgBreakParams *params)
{
  params->measure = measure;
  params->justify = para->style.justify;
  params->balance = para->style.balance;
  params->widening = para->style.justify ? DG_WIDEN_MOST : 0;
  params->tracking = para->style.justify ? .02 : 0;
  params->kashida_unit = para->kashida_unit;
  params->kashidas = para->style.kashida == DG_KASHIDA_SEVERAL ? KASHIDAS_SEVERAL : 1;
  params->kashida_from = para->style.kashida == DG_KASHIDA_SEVERAL ? SPACES_FIRST_SEVERAL : SPACES_FIRST;
  params->kashida_to = SPACES_AFTER;
}

/* Adds to @breaks what is asked for and not there. */
static void
add_ways (const DgPara *para, const DgBreakParams *params, int looseness, DgParaBreaks *breaks)
{
  const DgBreakPoint *points = (const DgBreakPoint *) (const void *) para->points->data;

  if (breaks->ways[1] == NULL)
    breaks->ways[1] = dg_break_lines (points, para->points->len, params, &breaks->found);
  if (breaks->ways[looseness + 1] == NULL)
    dg_break_others (points, para->points->len, params, breaks->found, breaks->ways);
}

GArray *
dg_para_find_breaks (const DgPara *para, const DgBreakParams *params, int looseness)
{
  DgParaBreaks breaks = { 0 };
  GArray      *found;

  add_ways (para, params, looseness, &breaks);
  found = g_steal_pointer (&breaks.ways[looseness + 1]);
  forget_ways (breaks.ways);
  return found;
}

/* The breaks; a paragraph is counted in several measures, and set in one of them. */
static GArray *
find_breaks (DgPara *para, const DgBreakParams *params, int looseness)
{
  DgParaBreaks *breaks = NULL;

  for (guint i = 0; i < MIN (para->n_measures, DG_PARA_MEASURES) && breaks == NULL; i++)
    if (para->breaks[i].measure == params->measure)
      breaks = &para->breaks[i];
  if (breaks == NULL) {
    breaks = &para->breaks[para->n_measures++ % DG_PARA_MEASURES];
    forget_ways (breaks->ways);
    breaks->measure = params->measure;
  }
  add_ways (para, params, looseness, breaks);
  return g_array_ref (breaks->ways[looseness + 1]);
}

static void
make_points (DgPara *para, double measure)
{
  if (!para->points)
    dg_points_make (para);
  if (measure < para->widest) {
    forget_breaks (para);
    dg_points_break_words (para);
  }
}

GPtrArray *
dg_para_break (DgPara *para, double measure, int looseness)
{
  DgBreakParams params = { 0 };

  make_points (para, measure);
  set_params (para, measure, &params);
  return dg_look_compose (para, &params, looseness, find_breaks (para, &params, looseness));
}

/* The breaks at @measure pt of what follows the point @from. */
static GArray *
find_rest (const DgPara *para, double measure, guint from, DgBreakParams *params)
{
  const DgBreakPoint *points = (const DgBreakPoint *) (const void *) para->points->data;
  GArray             *rest;

  set_params (para, measure, params);
  rest = dg_break_lines (points + from, para->points->len - from, params, NULL);
  for (guint i = 0; i < rest->len; i++)
    g_array_index (rest, guint, i) += from;
  return rest;
}

GPtrArray *
dg_para_break_round (DgPara *para, double measure, double narrow, guint n)
{
  GPtrArray    *lines = dg_para_break (para, narrow, 0);
  DgBreakParams params = { 0 };
  guint         from = 0;

  if (n == 0 || lines->len <= n)
    return lines;
  g_ptr_array_set_size (lines, (int) n);
  while (para->bytes[g_array_index (para->at, guint, from)] < ((const DgLine *) lines->pdata[n - 1])->end)
    from++;
  g_autoptr (GArray) rest = find_rest (para, measure, from, &params);
  dg_look_compose_on (para, &params, from, rest, lines);
  return lines;
}

guint
dg_para_count_round (DgPara *para, double measure, double narrow, guint n)
{
  DgBreakParams params = { 0 };

  make_points (para, narrow);
  set_params (para, narrow, &params);
  g_autoptr (GArray) breaks = find_breaks (para, &params, 0);
  if (n == 0 || breaks->len <= n)
    return breaks->len;
  g_autoptr (GArray) rest = find_rest (para, measure, g_array_index (breaks, guint, n - 1), &params);
  return n + rest->len;
}

/* TRUE for a line from point @from to the end that has but the rest of a word. */
static gboolean
is_stub (const DgPara *para, guint from, guint to)
{
  const DgBreakPoint *points = (const DgBreakPoint *) (void *) para->points->data;

  if ((points[from].flags & DG_BREAK_HYPHEN) == 0)
    return FALSE;
  for (guint i = from + 1; i < to; i++)
    if (points[i].flags & DG_BREAK_WORD)
      return FALSE;
  return TRUE;
}

void
dg_para_count (DgPara *para, double measure, int looseness, DgParaCount *count)
{
  g_autoptr (GArray) breaks = NULL;
  DgBreakParams params = { 0 };
  guint         from = 0;

  make_points (para, measure);
  set_params (para, measure, &params);
  breaks = find_breaks (para, &params, looseness);
  memset (count, 0, sizeof *count);
  count->lines = breaks->len;
  for (guint i = 0; i < breaks->len; i++) {
    guint               to = g_array_index (breaks, guint, i);
    const DgBreakPoint *point = &g_array_index (para->points, DgBreakPoint, to);
    DgBreakFit          fit;

    dg_break_fit (&g_array_index (para->points, DgBreakPoint, from), point, i + 1 == breaks->len, &params, &fit);
    count->loosest = MAX (count->loosest, fit.ratio);
    count->badness += MIN (fit.badness, WORST);
    if (point->flags & DG_BREAK_HYPHEN)
      count->hyphens++;
    if (i + 1 == breaks->len)
      count->stub = is_stub (para, from, to);
    from = to;
  }
}

DgLine *
dg_para_one_line (DgPara *para)
{
  DgBreakParams params = { 0 };

  make_points (para, HUGE_VAL);
  params.measure = para->x[para->n];
  return dg_compose_line (para, 0, para->points->len - 1, &params, NULL, 0);
}

char *
dg_para_cut (const DgPara *para, double measure)
{
  guint                    end = para->n;
  double                   ellipsis = para->style.size; /* an em is room enough for the sign */
  g_autofree PangoLogAttr *attrs = NULL;

  if (para->x[para->n] <= measure)
    return g_strdup (para->text);
  attrs = dg_para_attributes (para);
  while (end > 0 && (para->x[end] + ellipsis > measure || !attrs[end].is_word_end))
    end--;
  if (end == 0)
    for (end = para->n; end > 0 && (para->x[end] + ellipsis > measure || !attrs[end].is_cursor_position);)
      end--;
  return g_strdup_printf ("%.*s…", (int) para->bytes[end], para->text);
}

double
dg_para_width (const DgPara *para)
{
  return para->x[para->n];
}

void
dg_para_room (DgPara *para, double *stretch, double *shrink)
{
  if (para->points == NULL)
    dg_points_make (para);
  *stretch = para->stretch[para->n];
  *shrink = para->shrink[para->n];
}

void
dg_para_ink (const DgPara *para, double *top, double *bottom)
{
  *top = *bottom = 0;
  for (guint k = 0; k < para->items->len; k++) {
    const DgItem *item = &g_array_index (para->items, DgItem, k);

    for (guint i = item->first; i < item->first + item->n; i++) {
      const DgShaped *glyph = &g_array_index (para->glyphs, DgShaped, i);
      const DgInk    *ink = dg_ink_get (item->font, glyph->id);

      *top = MAX (*top, item->size * (double) ink->top + glyph->dy);
      *bottom = MAX (*bottom, -(item->size * (double) ink->bottom + glyph->dy));
    }
  }
}

const char *
dg_para_text (const DgPara *para)
{
  return para->text;
}

const char *
dg_para_lang (const DgPara *para)
{
  return para->lang;
}

gboolean
dg_para_is_rtl (const DgPara *para)
{
  return para->base == 1;
}

const DgParaStyle *
dg_para_style (const DgPara *para)
{
  return &para->style;
}

const GArray *
dg_para_missing (const DgPara *para)
{
  return para->missing;
}
