/* bench_layout.c: layout alone against PangoLayout, in one process, warm: bench_layout FILE...  prints a row a file: the medians in
 * milliseconds of the two and their ratio.  Both set every paragraph of the dispatch in the default template's faces, sizes and
 * measures, from text to placed glyphs; ours hyphenates, lengthens and fits its lines by total fit, Pango's are justified by spaces. */
#include "diglot.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "read/decode.h"
#include "type/para.h"
#include "read/parse.h"
#include "plain.h"
#include "page/style.h"

#define RUNS 41

typedef struct {
  DgFonts   *fonts;
  DgHyphens *hyphens;
  DgTemplate *template;
  DgDoc        *doc;
  PangoContext *plain; /* PangoCairo's */
} Bench;

static DgStyleName
style_of (DgRole role)
{
  switch (role) {
  case DG_ROLE_HEADLINE: return DG_STYLE_HEADLINE;
  case DG_ROLE_DECK: return DG_STYLE_DECK;
  case DG_ROLE_CAPTION: return DG_STYLE_CAPTION;
  case DG_ROLE_BODY: return DG_STYLE_BODY;
  default: return DG_STYLE_KICKER;
  }
}

static double
measure_of (const Bench *bench, const DgText *text)
{
  const DgTemplate *t = bench->template;
  double            both = t->page_size.width - t->margin_left - t->margin_right - t->gutter;

  return both * (text->rtl ? 1 - t->column_ratio.first : t->column_ratio.first);
}

/* Glyphs set, so that no work can be left out. */
static guint
set_ours (const Bench *bench, const DgNode *node, const DgText *text)
{
  DgParaStyle style;
  guint       n = 0;

  dg_style_get (bench->template, bench->fonts, bench->hyphens, style_of (node->role), text->lang, &style, NULL);
  style.label_length = node->label_length;
  {
    g_autoptr (DgPara) para = dg_para_new (bench->fonts, node->text, text->lang, text->rtl, &style);
    g_autoptr (GPtrArray) lines = dg_para_break (para, measure_of (bench, text), 0);

    for (guint i = 0; i < lines->len; i++)
      n += ((const DgLine *) lines->pdata[i])->glyphs->len;
  }
  return n;
}

static guint
set_pangos (const Bench *bench, PangoContext *context, const DgNode *node, const DgText *text)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();
  PangoLayoutIter      *iter;
  DgParaStyle           style;
  guint                 n = 0;

  dg_style_get (bench->template, bench->fonts, NULL, style_of (node->role), text->lang, &style, NULL);
  pango_font_description_set_family (font, style.family);
  pango_font_description_set_absolute_size (font, style.size * PANGO_SCALE);
  pango_font_description_set_weight (font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style (font, style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_context_set_base_dir (context, text->rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_context_set_language (context, pango_language_from_string (text->lang));
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (measure_of (bench, text) * PANGO_SCALE));
  pango_layout_set_justify (layout, style.justify);
  pango_layout_set_text (layout, node->text, -1);
  iter = pango_layout_get_iter (layout);
  do {
    const PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);

    n += run ? (guint) run->glyphs->num_glyphs : 0;
  } while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
  pango_font_description_free (font);
  return n;
}

/* Milliseconds of the whole dispatch; @context: Pango's way, NULL: ours. */
static double
time_once (const Bench *bench, PangoContext *context, guint *glyphs)
{
  gint64 start = g_get_monotonic_time ();

  *glyphs = 0;
  for (guint side = 0; side < bench->doc->n_texts; side++) {
    const DgText *text = &bench->doc->text[side];

    for (guint i = 0; i < text->nodes->len; i++)
      *glyphs += context ? set_pangos (bench, context, text->nodes->pdata[i], text) : set_ours (bench, text->nodes->pdata[i], text);
  }
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static int
compare_times (const void *one, const void *two)
{
  double a = *(const double *) one, b = *(const double *) two;

  return a < b ? -1 : a > b;
}

static gboolean
measure (Bench *bench, const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) input = diglot_read_file (file, &error);
  g_autoptr (DgDiag) diag = dg_diag_new (file);
  g_autoptr (DgSource) source = input ? dg_decode (file, input, NULL, diag, &error) : NULL;
  g_autoptr (DgDoc) doc = source ? dg_parse (source, NULL, diag, &error) : NULL;
  g_autofree char *name = g_path_get_basename (file);
  double           ours[RUNS], pangos[RUNS];
  guint            glyphs[2];

  if (!doc) {
    fprintf (stderr, "%s\n", error ? error->message : file);
    return FALSE;
  }
  bench->doc = doc;
  for (int i = -3; i < RUNS; i++) { /* the first three warm the caches */
    ours[MAX (i, 0)] = time_once (bench, NULL, &glyphs[0]);
    pangos[MAX (i, 0)] = time_once (bench, bench->plain, &glyphs[1]);
  }
  qsort (ours, RUNS, sizeof *ours, compare_times);
  qsort (pangos, RUNS, sizeof *pangos, compare_times);
  printf ("%-32s %8u %8u %8.2f %8.2f %6.2f\n", name, glyphs[0], glyphs[1], ours[RUNS / 2], pangos[RUNS / 2], ours[RUNS / 2] / pangos[RUNS / 2]);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DgTemplate) template = dg_template_new ("dispatch", NULL, &error);
  g_autoptr (DgFonts) fonts = template ? dg_fonts_new (NULL, TRUE, &error) : NULL;
  Bench bench = { fonts, dg_hyphens_new (), template, NULL, plain_context_new () };
  int   status = EXIT_SUCCESS;

  if (argc < 2 || !fonts) {
    fprintf (stderr, "%s\n", fonts ? "usage: bench_layout FILE..." : error->message);
    status = EXIT_FAILURE;
  } else {
    printf ("%-32s %8s %8s %8s %8s %6s\n", "median of 41, ms", "glyphs", "Pango's", "ours", "Pango's", "ratio");
    for (int i = 1; i < argc; i++)
      if (!measure (&bench, argv[i]))
        status = EXIT_FAILURE;
  }
  g_object_unref (bench.plain);
  dg_hyphens_free (bench.hyphens);
  return status;
}
