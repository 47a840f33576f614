/* bench.c: what one dispatch costs, as ratios of one run: bench PROGRAM FILE
 *
 * First whole processes: the program against pango-view, where that is installed, and Typst.  Then altered copies in one warm process,
 * stage by stage, against two floors, HarfBuzz's shaping of the same text alone and the same text drawn by plain PangoCairo, and
 * against Typst.  Typst is asked where TYPST_RUN names a script that is called with IN.txt OUT.pdf [COPIES] and, for several copies,
 * prints "rest median N ms". */
#include "diglot.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "pair/align.h"
#include "base/cleanup.h"
#include "read/decode.h"
#include "type/fonts.h"
#include "page/layout.h"
#include "read/meta.h"
#include "read/parse.h"
#include "pdf/write.h"
#include "plain.h"
#include "pdf/profile.h"
#include "page/style.h"

#define PROCESSES 21
#define COPIES    60
#define WARM      3
#define COLUMN    240 /* pt; PangoCairo's measure */

enum { READ, PAIR, LAYOUT, WRITE, ALL, SHAPE, DRAW, N_TIMES };

static const char *const time_names[N_TIMES] = {
  "read", "pair", "layout", "write the PDF", "all four", "floor: hb_shape alone", "floor: drawn by PangoCairo",
};

typedef struct {
  DgTemplate *template;
  DgFonts      *fonts;
  DgHyphens    *hyphens;
  DgProfile    *profile;
  PangoContext *plain; /* PangoCairo's */
} Setup;

static int
compare_times (const void *one, const void *two)
{
  double a = *(const double *) one, b = *(const double *) two;

  return a < b ? -1 : a > b;
}

static double
median (double *times, guint n)
{
  qsort (times, n, sizeof *times, compare_times);
  return n % 2 == 1 ? times[n / 2] : (times[n / 2 - 1] + times[n / 2]) / 2;
}

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

static double
child_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/* Whole processes */

typedef struct {
  const char *name;
  const char *argv[16];
  double      wall[PROCESSES], cpu[PROCESSES];
  gboolean    failed;
} Process;

static void
run_process (Process *process, guint i)
{
  double start = now_ms (), before = child_ms ();
  int    status = 1;

  if (process->failed)
    return;
  process->failed = !g_spawn_sync (NULL, (char **) process->argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                                   NULL, NULL, NULL, &status, NULL)
                    || status != 0;
  process->wall[i] = now_ms () - start;
  process->cpu[i] = child_ms () - before;
}

/* By turns, so that all have the same weather. */
static gboolean
compare_processes (const char *program, const char *file, const char *out, const char *typst)
{
  Process processes[] = {
    { .name = "pango-view",
      .argv = { "pango-view", "--no-display", "--font=Gentium Book Plus, Amiri 10.5", "--width=482", "--justify", "--dpi=72", "--pixels", "--hinting=none",
                "--subpixel-positions", "--output", out, file } },
    { .name = "diglot", .argv = { program, "-o", out, file } },
    { .name = "diglot --check", .argv = { program, "--check", file } },
    { .name = "diglot --version", .argv = { program, "--version" } },
    { .name = "Typst", .argv = { typst, file, out }, .failed = typst == NULL },
  };
  double base[2] = { 0, 0 };

  for (guint i = 0; i < PROCESSES; i++)
    for (guint k = 0; k < G_N_ELEMENTS (processes); k++)
      run_process (&processes[k], i);
  printf ("%-28s %9s %9s   as a share of the first (wall, processor)\n", "whole process, median of 21", "wall ms", "cpu ms");
  for (guint k = 0; k < G_N_ELEMENTS (processes); k++) {
    double wall = median (processes[k].wall, PROCESSES), cpu = median (processes[k].cpu, PROCESSES);

    if (processes[k].failed)
      continue;
    if (base[0] <= 0) {
      base[0] = wall;
      base[1] = cpu;
    }
    printf ("%-28s %9.1f %9.1f %10.2f %6.2f\n", processes[k].name, wall, cpu, wall / base[0], cpu / base[1]);
  }
  return !processes[1].failed;
}

/* Stages */

/* @text with the number put into its sentences, so that no two copies have the same paragraphs. */
static GBytes *
alter (const char *text, guint number)
{
  static const char words[] = " (of|the|to|في|على|من) ";
  g_autoptr (GRegex) regex = g_regex_new (words, G_REGEX_OPTIMIZE, 0, NULL);
  g_autofree char *put = g_strdup_printf (" \\1 %u ", number);
  char            *altered = g_regex_replace (regex, text, -1, 0, put, 0, NULL);

  return g_bytes_new_take (altered, strlen (altered));
}

static void
begin_style (const Setup *setup, const DgText *text, DgParaStyle *style, PangoFontDescription *font)
{
  dg_style_get (setup->template, setup->fonts, setup->hyphens, DG_STYLE_BODY, text->lang, style, NULL);
  pango_font_description_set_family (font, style->family);
  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
}

static void
shape_all (const Setup *setup, const DgDoc *doc)
{
  for (guint side = 0; side < doc->n_texts; side++) {
    const DgText         *text = &doc->text[side];
    PangoFontDescription *description = pango_font_description_new ();
    DgParaStyle           style;
    g_autoptr (PangoFont) font = NULL;

    begin_style (setup, text, &style, description);
    font = pango_context_load_font (dg_fonts_context (setup->fonts), description);
    for (guint i = 0; i < text->nodes->len; i++) {
      hb_buffer_t *buffer = hb_buffer_create ();

      hb_buffer_add_utf8 (buffer, ((const DgNode *) text->nodes->pdata[i])->text, -1, 0, -1);
      hb_buffer_guess_segment_properties (buffer);
      hb_shape (pango_font_get_hb_font (font), buffer, NULL, 0);
      hb_buffer_destroy (buffer);
    }
    pango_font_description_free (description);
  }
}

static cairo_status_t
count_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  (void) data;
  *(gsize *) closure += length;
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_all (const Setup *setup, const DgDoc *doc)
{
  gsize            length = 0;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (count_bytes, &length, 2 * COLUMN, 2000);
  cairo_t         *cr = cairo_create (surface);

  for (guint side = 0; side < doc->n_texts; side++) {
    const DgText         *text = &doc->text[side];
    PangoFontDescription *description = pango_font_description_new ();
    g_autoptr (PangoLayout) layout = pango_layout_new (setup->plain);
    DgParaStyle style;

    begin_style (setup, text, &style, description);
    pango_layout_set_font_description (layout, description);
    pango_layout_set_width (layout, COLUMN * PANGO_SCALE);
    pango_layout_set_justify (layout, TRUE);
    cairo_move_to (cr, side * COLUMN, 0);
    for (guint i = 0; i < text->nodes->len; i++) {
      int height;

      pango_layout_set_text (layout, ((const DgNode *) text->nodes->pdata[i])->text, -1);
      pango_cairo_show_layout (cr, layout);
      pango_layout_get_size (layout, NULL, &height);
      cairo_rel_move_to (cr, 0, (double) height / PANGO_SCALE);
    }
    pango_font_description_free (description);
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* One copy through all stages; sets times[] in ms. */
static gboolean
convert (const Setup *setup, GBytes *bytes, double *times, GError **error)
{
  g_autoptr (DgDiag) diag = dg_diag_new ("bench");
  double mark[N_TIMES + 1];
  g_autoptr (DgSource) source = NULL;
  g_autoptr (DgDoc) doc = NULL;
  g_autoptr (DgAlign) align = NULL;
  g_autoptr (DgPages) pages = NULL;
  g_autoptr (DgInfo) info = NULL;
  g_autoptr (GBytes) pdf = NULL;

  mark[0] = now_ms ();
  source = dg_decode ("bench", bytes, NULL, diag, error);
  doc = source != NULL ? dg_parse (source, NULL, diag, error) : NULL;
  if (doc == NULL)
    return FALSE;
  mark[1] = now_ms ();
  align = dg_align_new (doc, NULL, NULL, diag);
  mark[2] = now_ms ();
  pages = dg_layout_new (align, setup->template, setup->fonts, setup->hyphens, NULL, diag);
  mark[3] = now_ms ();
  info = dg_info_new (doc, NULL, bytes);
  pdf = dg_pdf_write (&(const DgPdfDocument){ pages, info, NULL }, 1, info, setup->profile, error);
  mark[4] = now_ms ();
  if (pdf == NULL)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    times[i] = mark[i + 1] - mark[i];
  times[ALL] = mark[4] - mark[0];
  shape_all (setup, doc);
  times[SHAPE] = now_ms () - mark[4];
  mark[5] = now_ms ();
  draw_all (setup, doc);
  times[DRAW] = now_ms () - mark[5];
  return TRUE;
}

/* Typst's time for a copy in its own process; below 0 where it is not there. */
static double
time_typst (const char *typst, const char *file, const char *out)
{
  const char      *argv[] = { typst, file, out, G_STRINGIFY (COPIES), NULL };
  g_autofree char *said = NULL;
  const char      *at;

  if (typst == NULL || !g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &said, NULL, NULL, NULL))
    return -1;
  at = strstr (said, "rest median ");
  return at != NULL ? g_ascii_strtod (at + strlen ("rest median "), NULL) : -1;
}

static gboolean
compare_stages (const Setup *setup, const char *text, const char *file, const char *out, const char *typst, GError **error)
{
  double times[N_TIMES][COPIES], medians[N_TIMES], peer = time_typst (typst, file, out);

  for (guint i = 0; i < WARM + COPIES; i++) {
    g_autoptr (GBytes) bytes = alter (text, i + 1);
    double one[N_TIMES];

    if (!convert (setup, bytes, one, error))
      return FALSE;
    for (guint k = 0; k < N_TIMES && i >= WARM; k++)
      times[k][i - WARM] = one[k];
  }
  printf ("\n%-28s %9s   times PangoCairo's\n", "warm, a copy, median of 60", "ms");
  for (guint k = 0; k < N_TIMES; k++)
    medians[k] = median (times[k], COPIES);
  for (guint k = 0; k < N_TIMES; k++)
    printf ("%-28s %9.2f %10.2f\n", time_names[k], medians[k], medians[k] / medians[DRAW]);
  if (peer > 0)
    printf ("%-28s %9.2f %10.2f   diglot takes %.2f of it\n", "Typst", peer, peer / medians[DRAW], medians[ALL] / peer);
  return TRUE;
}

int
main (int argc, char **argv)
{
  const char *typst = g_getenv ("TYPST_RUN");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *folder = g_dir_make_tmp ("diglot-bench-XXXXXX", NULL), *out = NULL;
  Setup            setup = { 0 };
  gboolean         done = FALSE;

  if (argc != 3 || folder == NULL || !g_file_get_contents (argv[2], &text, NULL, &error)) {
    fprintf (stderr, "%s\n", error != NULL ? error->message : "usage: bench PROGRAM FILE");
    return EXIT_FAILURE;
  }
  out = g_build_filename (folder, "out.pdf", NULL);
  setup.template = dg_template_new ("dispatch", NULL, &error);
  setup.profile = setup.template != NULL ? dg_profile_new ("archive", setup.template, &error) : NULL;
  setup.fonts = setup.profile != NULL ? dg_fonts_new (NULL, TRUE, &error) : NULL;
  setup.hyphens = dg_hyphens_new ();
  setup.plain = plain_context_new ();
  done = setup.fonts != NULL && compare_processes (argv[1], argv[2], out, typst) && compare_stages (&setup, text, argv[2], out, typst, &error);
  if (!done)
    fprintf (stderr, "%s\n", error != NULL ? error->message : "the dispatch cannot be typeset");
  g_object_unref (setup.plain);
  dg_hyphens_free (setup.hyphens);
  g_clear_pointer (&setup.fonts, dg_fonts_free);
  g_clear_pointer (&setup.profile, dg_profile_free);
  g_clear_pointer (&setup.template, dg_template_free);
  g_spawn_sync (NULL, (char *[]){ "rm", "-rf", folder, NULL }, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
