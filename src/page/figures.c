/* figures.c: how well a dispatch was paired and set, as numbers for a report. */
#include "page/figures.h"

void
dg_figures_of_align (const DgAlign *align, DiglotFigures *figures)
{
  figures->beads = align->beads->len;
  figures->lowest_score = -1;
  for (guint i = 0; i < align->beads->len; i++) {
    const DgBead *bead = &g_array_index (align->beads, DgBead, i);

    if (bead->n_a > 0 && bead->n_b > 0 && (figures->lowest_score < 0 || bead->score < figures->lowest_score))
      figures->lowest_score = bead->score;
  }
}

void
dg_figures_of_pages (const DgPages *pages, DiglotFigures *figures)
{
  double sum = 0;

  figures->pages = pages->pages->len;
  figures->waste = pages->waste;
  for (guint i = 0; i < pages->pages->len; i++) {
    const DgPage *page = pages->pages->pdata[i];

    for (guint k = 0; k < page->boxes->len; k++) {
      const DgBox *box = &g_array_index (page->boxes, DgBox, k);
      double       size = box->kind == DG_BOX_LINE ? dg_line_size (box->line) : 0;
      double       space;

      if (size <= 0 || !box->line->justified || box->line->n_spaces == 0)
        continue;
      space = box->line->space / size;
      sum += space;
      figures->spaced_lines++;
      figures->loose_lines += space > DG_LOOSE;
      figures->widest_space = MAX (figures->widest_space, space);
    }
  }
  figures->mean_space = figures->spaced_lines > 0 ? sum / figures->spaced_lines : 0;
}
