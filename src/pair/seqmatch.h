/* seqmatch.h: the best way to pair two sequences, and how sure it is.
 *
 * Two sequences are cut into beads, in order, each of a few elements of one side and a few of the other (Gale & Church
 * 1993).  The caller scores a bead with a log weight; here are the search for the best series and, from the same scores,
 * the share that every bead has among all series.  Knows no documents.
 */
#ifndef DG_SEQMATCH_H
#define DG_SEQMATCH_H

#include <glib.h>

/* _(elements of the first side, of the second) */
#define DG_SEQ_SHAPE_TABLE(_) _ (1, 1) _ (1, 0) _ (0, 1) _ (2, 1) _ (1, 2) _ (2, 2) _ (3, 1) _ (1, 3)

typedef enum {
#define _(n_a, n_b) DG_SEQ_##n_a##_##n_b,
  DG_SEQ_SHAPE_TABLE (_)
#undef _
    DG_SEQ_SHAPES
} DgSeqShape;

/* The most elements a bead takes from one side. */
#define DG_SEQ_REACH 3

/* Inline, as all that follows is asked at every place. */
static const struct {
  guint8 n_a, n_b;
} dg_seq_shapes[DG_SEQ_SHAPES] = {
#define _(n_a, n_b) { n_a, n_b },
  DG_SEQ_SHAPE_TABLE (_)
#undef _
};

static inline guint
dg_seq_shape_a (DgSeqShape shape)
{
  return dg_seq_shapes[shape].n_a;
}

static inline guint
dg_seq_shape_b (DgSeqShape shape)
{
  return dg_seq_shapes[shape].n_b;
}

/* Which places are searched.  A place (i, j) lies before element i of the first and j of the second side; row i holds the
 * places low[i] <= j <= high[i].  Rows are numbered from 0 to n_a, rising on both edges, and hang together. */
typedef struct {
  guint  n_a, n_b;
  guint *low, *high; /* n_a + 1 of each */
  gsize *start;      /* n_a + 2: where row i begins in an array over all places */
} DgSeqBand;

/* A place that the best series probably passes near. */
typedef struct {
  guint a, b;
} DgSeqPoint;

/* All places, or, with @half_width > 0, those near the lines through @points (rising on both sides; (0, 0) and
 * (n_a, n_b) are implied).  Where the points leap, as where one side lacks a chapter, the band covers the leap. */
DgSeqBand *dg_seq_band_new (guint n_a, guint n_b, const DgSeqPoint *points, guint n_points, guint half_width);
void       dg_seq_band_free (DgSeqBand *band);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgSeqBand, dg_seq_band_free)

/* Place (a, b)'s index in an array over all places of the band; G_MAXSIZE outside it. */
static inline gsize
dg_seq_band_index (const DgSeqBand *band, guint a, guint b)
{
  if (a > band->n_a || b < band->low[a] || b > band->high[a])
    return G_MAXSIZE;
  return band->start[a] + (b - band->low[a]);
}

/* Fills @scores with the log weights of the beads that begin at place (a, b).  Beads that would pass an end are not
 * looked at, whatever stands there. */
typedef void (*DgSeqScore) (guint a, guint b, double scores[DG_SEQ_SHAPES], gpointer data);

typedef struct {
  guint  a, n_a;
  guint  b, n_b;
  double posterior; /* 0 to 1: of all series' weight, the part of those that have this bead; for a bead
                                  with an empty side, those that leave this element alone, wherever it stands */
  double alone;     /* of one beside one: the part of those that leave the first alone, or of those that leave the second, whichever is less */
} DgSeqBead;

/* The best series of beads, as DgSeqBead; free with g_array_unref.  Time and memory go with the places of the band.
 * Of equal series the one with the earlier shapes in the table is taken.  @total, which may be NULL, gets the log of all series' weight. */
GArray *dg_seqmatch (const DgSeqBand *band, DgSeqScore score, gpointer data, double *total);

#endif
