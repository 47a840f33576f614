/* rows.c: see rows.h. */
#include "api/rows.h"

#include "open/extract.h"

#define UNSURE 0.5 /* the score of a row that nothing but the table speaks for */

/* The paragraphs of @body that begin in lines @first to @last: @n of them from @from. */
static void
find_range (const GPtrArray *body, guint first, guint last, guint *from, guint *n)
{
  *from = *n = 0;
  for (guint i = 0; i < body->len; i++) {
    guint line = g_array_index (((const DgNode *) body->pdata[i])->lines, guint, 0);

    if (line < first || line > last)
      continue;
    *from = *n == 0 ? i : *from;
    (*n)++;
  }
}

/* The rows as beads: those that have paragraphs on both sides, in order. */
static GArray *
list_beads (const DgDoc *doc, const GArray *rows)
{
  g_autoptr (GPtrArray) a = dg_text_list_running (&doc->text[0]), b = dg_text_list_running (&doc->text[1]);
  GArray *beads = g_array_new (FALSE, FALSE, sizeof (DgBead));
  guint   end_a = 0, end_b = 0;

  for (guint i = 0; i < rows->len; i++) {
    const DgDocumentRow *row = &g_array_index (rows, DgDocumentRow, i);
    DgBead               bead = { .score = 1, .fixed = TRUE };

    for (guint side = 0; side < 2 && (bead.n_a == 0 || bead.n_b == 0); side++) {
      find_range (a, row->first[side], row->last[side], &bead.a, &bead.n_a);
      find_range (b, row->first[1 - side], row->last[1 - side], &bead.b, &bead.n_b);
    }
    if (bead.n_a == 0 || bead.n_b == 0 || bead.a < end_a || bead.b < end_b)
      continue;
    end_a = bead.a + bead.n_a;
    end_b = bead.b + bead.n_b;
    g_array_append_val (beads, bead);
  }
  return beads;
}

static const DgBead *
find_bead (const GArray *beads, const DgBead *wanted)
{
  for (guint i = 0; i < beads->len; i++) {
    const DgBead *bead = &g_array_index (beads, DgBead, i);

    if (bead->a == wanted->a && bead->n_a == wanted->n_a && bead->b == wanted->b && bead->n_b == wanted->n_b)
      return bead;
  }
  return NULL;
}

/* Gives each bead that was a row the score that the pairing alone gave it, and tells of those that it did not find. */
static void
judge (DgAlign *align, const DgAlign *alone, DgDiag *diag)
{
  g_autoptr (GPtrArray) a = dg_text_list_running (&align->doc->text[0]), b = dg_text_list_running (&align->doc->text[1]);

  for (guint i = 0; i < align->beads->len; i++) {
    DgBead       *bead = &g_array_index (align->beads, DgBead, i);
    const DgBead *found = bead->fixed ? find_bead (alone->beads, bead) : NULL;
    guint         line, column, other, unused;

    if (!bead->fixed)
      continue;
    bead->fixed = FALSE;
    bead->score = found != NULL ? found->score : UNSURE;
    if (!dg_bead_is_doubtful (bead))
      continue;
    dg_node_locate (a->pdata[bead->a], 0, &line, &column);
    dg_node_locate (b->pdata[bead->b], 0, &other, &unused);
    dg_diag_add (diag, DG_DIAG_ALIGN_LOW, line, column, bead->score, other);
  }
}

DgAlign *
dg_rows_pair (const DgDoc *doc, const GArray *rows, const DgLearned *learned, DgDiag *diag)
{
  g_autoptr (DgDiag) unheard = dg_diag_new ("");
  g_autoptr (GArray) beads = doc->n_texts > 1 ? list_beads (doc, rows) : NULL;
  g_autoptr (DgAlign) alone = NULL;
  DgAlign *align;

  if (beads == NULL || beads->len == 0)
    return dg_align_new (doc, NULL, learned, diag);
  alone = dg_align_new (doc, NULL, learned, unheard);
  align = dg_align_new (doc, beads, learned, diag);
  judge (align, alone, diag);
  return align;
}
