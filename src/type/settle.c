/* settle.c: words moved inside their line, so that its ink keeps clear of its neighbours': the word spaces on one side of a word give what those on
 * the other take.  All words of a line are weighed together, by dynamic programming over the places that each may take. */
#include "type/settle.h"

#include <math.h>
#include <string.h>
#include "type/clash.h"

#define PLACES      10 /* to either side of where a word stands, CELL pt apart */
#define STATES      (2 * PLACES + 1)
#define SPACE_PLAY  .08  /* em by which a word space may change */
#define SPACE_LEAST .18  /* em that is left of one */
#define SPACE_PRICE 12.0 /* of a change of a space by an em, squared, in clashes */
#define GAIN        .05  /* clashes that must be won */

/* Glyphs from @first up to the word space before @end, in the order in which they are seen. */
typedef struct {
  guint  first, end;
  double left, right; /* pt: from the middle of the space before it to that of the space after it */
  double room;        /* pt: width of the word space before it */
  double cost[STATES];
} Word;

/* TRUE for a word space that fills the line. */
static gboolean
is_glue (const DgLine *line, const DgGlyph *glyph)
{
  return glyph->kind == DG_GLYPH_SPACE && glyph->x >= 0 && glyph->x + glyph->advance <= line->width + .01;
}

static GArray *
find_words (const DgLine *line)
{
  GArray *words = g_array_new (FALSE, TRUE, sizeof (Word));
  Word    word = { 0 };
  double  space = 0;

  for (guint i = 0; i < line->glyphs->len; i++) {
    const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);

    if (!is_glue (line, glyph)) {
      word.end = i + 1;
      space = 0;
      continue;
    }
    if (word.end > word.first) {
      word.right = line->x + glyph->x + glyph->advance / 2;
      g_array_append_val (words, word);
    }
    space += glyph->advance;
    word = (Word){ .first = i + 1, .end = i + 1, .left = line->x + glyph->x + glyph->advance / 2, .room = space };
  }
  word.right = line->x + line->width;
  if (word.end > word.first)
    g_array_append_val (words, word);
  if (words->len > 0) {
    g_array_index (words, Word, 0).left -= FAR;
    g_array_index (words, Word, words->len - 1).right += FAR;
  }
  return words;
}

static int
column_at (const DgEdge *edge, double x)
{
  return (int) CLAMP ((x - edge->left) / CELL, 0, edge->n - 1);
}

/* Adds to the costs of the word what its ink does with the other line's, at each place: places where they touch, marks that go astray. */
static void
add_costs (Word *word, const DgEdge *own, const DgEdge *other, double leading, double em, const double *other_own)
{
  int    first = column_at (own, word->left), last = column_at (own, word->right);
  double sign = own->upper ? 1 : -1, shift = own->upper ? -leading : leading;

  for (int s = 0; s < STATES; s++) {
    int      by = s - PLACES;
    gboolean meets = FALSE, nears = FALSE;

    for (int c = MAX (first, -by), end = MIN (last, own->n - 1 - by); c <= end; c++) {
      double gap = leading + sign * ((double) own->all[c] - (double) other->all[c + by]);

      word->cost[s] += gap < 0 && !meets ? 1 : gap >= 0 && gap < CLEAR * em && !nears ? NEAR : 0;
      meets = gap < 0;
      nears = gap < CLEAR * em;
    }
  }
  for (guint i = 0; own->marks != NULL && i < own->marks->len; i++) {
    DgInkMark mark = g_array_index (own->marks, DgInkMark, i);
    double    x = mark.x, near, reach;

    if (x < word->left || x >= word->right)
      continue;
    near = dg_edge_distance (own, own->letters, &mark, 0, !own->upper, 0, own->n - 1, FAR);
    reach = dg_mark_reach (near, mark.size, own->upper);
    for (int s = 0; s < STATES; s++) {
      mark.x = x + (s - PLACES) * CELL;
      word->cost[s] += dg_mark_worth (near, dg_edge_distance (other, other->letters, &mark, shift, own->upper, 0, other->n - 1, reach), mark.size, own->upper);
    }
  }
  for (guint i = 0; other->marks != NULL && i < other->marks->len; i++) {
    DgInkMark mark = g_array_index (other->marks, DgInkMark, i);
    double    x = mark.x, reach = dg_mark_reach (other_own[i], mark.size, other->upper);

    if (x < word->left - 2 * FAR - PLACES * CELL || x > word->right + FAR + PLACES * CELL)
      continue;
    for (int s = 0; s < STATES; s++) {
      mark.x = x - (s - PLACES) * CELL;
      word->cost[s] +=
        dg_mark_worth (other_own[i], dg_edge_distance (own, own->letters, &mark, -shift, !own->upper, first, last, reach), mark.size, other->upper);
    }
  }
}

/* Weighs the words of @line against a neighbour @leading pt away; FALSE where the two do not come near each other. */
static gboolean
weigh_words (GArray *words, const DgLine *line, const DgLine *neighbour, double leading, gboolean is_upper, double em)
{
  DgEdge   above = { 0 }, below = { 0 };
  gboolean near = dg_edges_make (is_upper ? line : neighbour, is_upper ? neighbour : line, leading, PLACES * CELL, &above, &below);
  DgEdge  *own = is_upper ? &above : &below, *other = is_upper ? &below : &above;

  if (near) {
    g_autofree double *other_own = g_new (double, other->marks != NULL ? other->marks->len : 1);

    for (guint i = 0; other->marks != NULL && i < other->marks->len; i++)
      other_own[i] = dg_edge_distance (other, other->letters, &g_array_index (other->marks, DgInkMark, i), 0, !other->upper, 0, other->n - 1, FAR);
    for (guint i = 0; i < words->len; i++)
      add_costs (&g_array_index (words, Word, i), own, other, leading, em, other_own);
  }
  dg_edge_clear (&above);
  dg_edge_clear (&below);
  return near;
}

/* The best place of each word, in @places; FALSE where that is where they stand.  The first and the last do not move. */
static gboolean
choose_places (const GArray *words, double em, int *places)
{
  guint              n = words->len;
  g_autofree double *best = g_new (double, n *STATES);
  g_autofree guint8 *from = g_new0 (guint8, n * STATES);
  double             stay = 0, room = MAX (SPACE_PLAY * em, CELL);
  int                at = PLACES;

  for (int s = 0; s < STATES; s++)
    best[s] = s == PLACES ? g_array_index (words, Word, 0).cost[s] : HUGE_VAL;
  for (guint i = 1; i < n; i++) {
    const Word *word = &g_array_index (words, Word, i);

    for (int s = 0; s < STATES; s++) {
      double *here = &best[i * STATES + (guint) s];

      *here = HUGE_VAL;
      if (i + 1 == n && s != PLACES)
        continue;
      for (int p = 0; p < STATES; p++) {
        double by = (s - p) * CELL, cost = best[(i - 1) * STATES + (guint) p] + SPACE_PRICE * (by / em) * (by / em);

        if (fabs (by) > room || (by < 0 && word->room + by < SPACE_LEAST * em) || cost >= *here)
          continue;
        *here = cost;
        from[i * STATES + (guint) s] = (guint8) p;
      }
      *here += word->cost[s];
    }
  }
  for (guint i = 0; i < n; i++)
    stay += g_array_index (words, Word, i).cost[PLACES];
  if (best[(n - 1) * STATES + PLACES] > stay - GAIN)
    return FALSE;
  for (guint i = n; i-- > 0;) {
    places[i] = at - PLACES;
    at = from[i * STATES + (guint) at];
  }
  return TRUE;
}

static void
move_words (DgLine *line, const GArray *words, const int *places)
{
  guint word = 0;

  for (guint i = 0; i < line->glyphs->len; i++) {
    DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);

    while (word + 1 < words->len && i >= g_array_index (words, Word, word).end)
      word++;
    if (i < g_array_index (words, Word, word).first) { /* the spaces before it */
      double by = (places[word] - places[word - 1]) * CELL / (g_array_index (words, Word, word).first - g_array_index (words, Word, word - 1).end);
      guint  nth = i - g_array_index (words, Word, word - 1).end;

      glyph->x += places[word - 1] * CELL + nth * by;
      glyph->advance += by;
    } else {
      glyph->x += places[word] * CELL;
    }
  }
}

gboolean
dg_ink_settle (const DgLine *upper, double over, DgLine *line, double under, const DgLine *lower)
{
  g_autoptr (GArray) words = find_words (line);
  g_autofree int     *places = g_new (int, words->len + 1);
  g_autofree DgGlyph *kept = NULL;
  double              em = 0, before, after;
  gboolean            near;

  if (words->len < 3)
    return FALSE;
  for (guint r = 0; r < line->runs->len; r++)
    em = MAX (em, g_array_index (line->runs, DgGlyphRun, r).size);
  near = upper != NULL && weigh_words (words, line, upper, over, FALSE, em);
  near = (lower != NULL && weigh_words (words, line, lower, under, TRUE, em)) || near;
  if (!near || !choose_places (words, em, places))
    return FALSE;
  before = (upper != NULL ? dg_ink_clashes (upper, line, over, NULL, NULL) : 0) + (lower != NULL ? dg_ink_clashes (line, lower, under, NULL, NULL) : 0);
  kept = g_memdup2 (line->glyphs->data, line->glyphs->len * sizeof (DgGlyph));
  move_words (line, words, places);
  after = (upper != NULL ? dg_ink_clashes (upper, line, over, NULL, NULL) : 0) + (lower != NULL ? dg_ink_clashes (line, lower, under, NULL, NULL) : 0);
  if (after < before)
    return TRUE;
  memcpy (line->glyphs->data, kept, line->glyphs->len * sizeof (DgGlyph));
  return FALSE;
}
