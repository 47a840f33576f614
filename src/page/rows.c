/* rows.c: page ends by dynamic programming over the whole document.
 *
 * A node is a place where a page may begin: before a row, or at one of its cuts.  From each node that can be reached, in the
 * document's order, the possible ends of the page that begins there are weighed, and each passes its cost on to the node
 * where the next page then begins.  All heights are counted in half grid lines, so that costs are sums without rounding.
 *
 * Which lines of a row may part, and at what price, is all in price_side and price_foot. */
#include "page/rows.h"

#include <math.h>

/* Prices.  A white foot costs WHITE times the square of its grid lines, so 3 lines of white are rather had than a split row and
 * 4 are not; a line alone is dearer than any foot. */
#define WHITE      10.0
#define SPLIT      170.0   /* a row goes on overleaf */
#define HYPHEN     30.0    /* a side's last line on the page ends in one */
#define ALONE      50000.0 /* one line of a paragraph or of a side stands alone at the foot or head of a page */
#define SHORT_PAGE 40.0    /* times the square of the lines that the last page lacks of SHORT_LINES */
#define CLOSE      100.0   /* a page ends between rows that belong together */
#define BARE_HEAD  2000.0  /* the first page has only the head */
#define TAIL_THIN  20000.0 /* the tail has only one line over it of a row that has more */
#define TAIL_ALONE 30000.0 /* the tail has a page to itself */

#define SHORT_LINES  6
#define TAIL_LINES   2
#define SHORTER      3  /* lines that one side may stop higher than the other */
#define SHORTER_PAGE 8  /* … on pages of at least so many */
#define WINDOW       32 /* half lines above the foot in which ends are always weighed */

#define NONE G_MAXUINT

typedef struct {
  guint  row;
  guint  set[2]; /* lines of each side that stand before */
  double price;  /* of the cut itself; 0 before a row */
  double best;   /* of all pages before; G_MAXDOUBLE: not reached */
  guint  from;   /* node where the page before began, NONE: the document's start */
} Node;

typedef struct {
  const DgRow *rows;
  guint        n_rows;
  guint        gap, tail, first, page; /* half lines */
  guint        full;                   /* grid lines a last page should have */
  GArray      *nodes;                  /* Node, in the document's order */
  guint       *begin;                  /* of each row, and one more: the node before it */
  guint       *by_depth;               /* of each row's depths from 1: its first node that deep, then one past its last */
  gsize       *by_depth_at;            /* of each row: where its depths begin in by_depth */
  guint64     *top;                    /* of each row, were the document one page: half lines */
  double      *foot;                   /* of each row: the notes of all before it, grid lines; NULL: there are none */
  double       foot_gap;               /* grid lines */
  double       best;                   /* of the whole document */
  guint        from;                   /* node where its last page of rows began */
  gboolean     tail_fits;
  guint64      weighed;
} Search;

static guint
row_depth (const DgRow *row)
{
  return MAX (MAX (row->lines[0], row->lines[1]), 1);
}

/* What it costs a side to be parted after @at of its lines. */
static double
price_side (const DgRow *row, guint side, guint at)
{
  guint n = row->lines[side];
  if (at == 0 || at >= n)
    return 0;

  guint begin = 0, end = n;
  if (row->paragraphs[side] != NULL) {
    /* The paragraph with the line before the cut; lines beyond those counted are one more paragraph. */
    guint after = 0;
    for (guint p = 0; p < row->n_paragraphs[side] && after < at; p++) {
      begin = after;
      after += MIN (row->paragraphs[side][p], n - after);
    }
    if (after >= at)
      end = after;
    else
      begin = after;
  }
  double   price = row->hyphen[side] != NULL && row->hyphen[side][at - 1] ? HYPHEN : 0;
  gboolean inside = at > begin && at < end;
  if (at == 1 || at + 1 == n || (inside && (at - begin == 1 || end - at == 1)))
    price += ALONE;
  return price;
}

static double
price_white (double half_lines)
{
  return WHITE * half_lines * half_lines / 4;
}

/* The foot of a page of @room half lines, where the part that is cut begins at @top and has @n lines of each side: white counts
 * under the sides that go on. */
static double
price_foot (const DgRow *row, const guint set[2], const guint n[2], guint room, guint top)
{
  double price = 0;
  guint  sides = 0;
  for (guint side = 0; side < 2; side++)
    if (set[side] + n[side] < row->lines[side]) {
      price += price_white ((double) room - top - 2.0 * n[side]);
      sides++;
    }
  return sides > 0 ? price / sides : 0;
}

static double
price_last (guint full, guint half_lines, gboolean is_first)
{
  double lacks = full - half_lines / 2.0;
  return !is_first && lacks > 0 ? SHORT_PAGE * lacks * lacks : 0;
}

/* The end of the rows at @end half lines on a page of @room, with the last part @lines deep in a row of @depth. */
static double
price_end (guint full, guint tail, gboolean tail_here, guint room, guint end, guint lines, guint depth, gboolean is_first)
{
  if (!tail_here)
    return TAIL_ALONE + price_white ((double) room - end) + price_last (full, tail, FALSE);
  return price_last (full, end + tail, is_first) + (tail > 0 && lines < MIN (TAIL_LINES, depth) ? TAIL_THIN : 0);
}

static guint
half_lines (double grid_lines, gboolean up)
{
  double halves = grid_lines * 2;
  if (!(halves > 0))
    return 0;
  return (guint) MIN (up ? ceil (halves - 1e-6) : floor (halves + 0.5), 1e9);
}

static void
read_frame (Search *search, const DgRowsFrame *frame)
{
  search->gap = half_lines (frame->gap, FALSE);
  search->tail = half_lines (frame->tail, TRUE);
  search->first = half_lines (frame->first_slots, FALSE);
  search->page = half_lines (MAX (frame->page_slots, 1), FALSE);
  search->full = MIN (SHORT_LINES, search->page / 2);
}

static void
sum_feet (Search *search, const DgRowsFrame *frame)
{
  double sum = 0;

  for (guint r = 0; r < search->n_rows; r++)
    sum += search->rows[r].foot;
  if (sum <= 0)
    return;
  search->foot_gap = frame->foot_gap;
  search->foot = g_new0 (double, (gsize) search->n_rows + 1);
  for (guint r = 0; r < search->n_rows; r++)
    search->foot[r + 1] = search->foot[r] + search->rows[r].foot;
}

/* The half lines that rows @first to @r have of a page of @room: the notes take the others, but no more than half of them where one row has so many. */
static guint
room_above (const Search *search, guint room, guint first, guint r)
{
  double notes = search->foot != NULL ? search->foot[r + 1] - search->foot[first] : 0;

  if (notes <= 0)
    return room;
  return room - MIN (half_lines (notes + search->foot_gap, TRUE), r > first ? room : room > 2 ? room - MAX (room / 2, 2) : 0);
}

/* The white over row @r where it does not begin a page. */
static guint
gap_before (const Search *search, guint r)
{
  return r < search->n_rows && search->rows[r].close ? 0 : search->gap;
}

/* What it costs to begin a page with the row. */
static double
price_begin (const DgRow *row)
{
  return row->close || row->led ? CLOSE : 0;
}

static void
add_node (Search *search, guint row, guint left, guint right, double price)
{
  Node node = { .row = row, .set = { left, right }, .price = price, .best = G_MAXDOUBLE, .from = NONE };
  g_array_append_val (search->nodes, node);
}

/* The legal cuts of a row at @depth lines, fewer lines first: a page may begin at one and end at another. */
static void
add_cuts (Search *search, guint r, guint depth)
{
  const DgRow *row = &search->rows[r];
  const guint  level[2] = { MIN (depth, row->lines[0]), MIN (depth, row->lines[1]) };
  const double price[2] = { price_side (row, 0, level[0]), price_side (row, 1, level[1]) };

  if (level[0] == level[1] && search->page >= 2 * SHORTER_PAGE)
    for (guint shorter = MIN (SHORTER, depth - 1); shorter > 0; shorter--)
      for (guint side = 0; side < 2; side++) {
        double other = price_side (row, side, depth - shorter);
        if (other < price[side])
          add_node (search, r, depth - (side == 0 ? shorter : 0), depth - (side == 1 ? shorter : 0), SPLIT + other + price[!side]);
      }
  add_node (search, r, level[0], level[1], SPLIT + price[0] + price[1]);
}

static void
add_nodes (Search *search)
{
  gsize n_depths = 0;
  search->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  search->begin = g_new (guint, (gsize) search->n_rows + 1);
  search->top = g_new (guint64, (gsize) search->n_rows + 1);
  search->by_depth_at = g_new (gsize, (gsize) search->n_rows + 1);
  search->top[0] = 0;
  for (guint r = 0; r < search->n_rows; r++) {
    search->by_depth_at[r] = n_depths;
    n_depths += row_depth (&search->rows[r]);
    search->top[r + 1] = search->top[r] + 2 * (guint64) row_depth (&search->rows[r]) + gap_before (search, r + 1);
  }
  search->by_depth = g_new (guint, n_depths + 1);
  for (guint r = 0; r < search->n_rows; r++) {
    guint *by_depth = search->by_depth + search->by_depth_at[r];
    search->begin[r] = search->nodes->len;
    add_node (search, r, 0, 0, 0);
    for (guint depth = 1; depth < row_depth (&search->rows[r]); depth++) {
      *by_depth++ = search->nodes->len;
      add_cuts (search, r, depth);
    }
    *by_depth = search->nodes->len;
  }
  search->begin[search->n_rows] = search->nodes->len;
}

/* <=: of equal settings the one whose earlier pages are fuller. */
static void
pass_on (Search *search, guint from, guint to, double cost)
{
  Node *node = &g_array_index (search->nodes, Node, to);
  search->weighed++;
  if (cost <= node->best) {
    node->best = cost;
    node->from = from;
  }
}

static void
pass_end (Search *search, guint from, gboolean tail_fits, double cost)
{
  search->weighed++;
  if (cost <= search->best) {
    search->best = cost;
    search->from = from;
    search->tail_fits = tail_fits;
  }
}

/* Weighs the cuts of row @r, @depth lines deep, on a page that began at @from with @set lines of this row before it.  Returns
 * TRUE where one of them leaves no line alone. */
static gboolean
weigh_cuts (Search *search, guint from, double cost, guint r, const guint set[2], guint room, guint top, guint depth)
{
  const DgRow *row = &search->rows[r];
  const guint *by_depth = search->by_depth + search->by_depth_at[r] + depth - 1;
  gboolean     good = FALSE;

  for (guint at = by_depth[0]; at < by_depth[1]; at++) {
    const Node *cut = &g_array_index (search->nodes, Node, at);
    guint       n[2];
    gboolean    legal = TRUE;
    for (guint side = 0; side < 2; side++) {
      legal = legal && cut->set[side] >= set[side] && (cut->set[side] > set[side] || set[side] == row->lines[side]);
      n[side] = cut->set[side] - set[side];
    }
    if (!legal || top + 2 * (guint64) MAX (n[0], n[1]) > room)
      continue;
    good = good || cut->price < ALONE;
    pass_on (search, from, at, cost + price_foot (row, set, n, room, top) + cut->price);
  }
  return good;
}

/* Weighs the ends of a page of @room half lines that begins at node @from (NONE: the first page, at row 0), from the foot
 * upwards. */
static void
weigh_page (Search *search, guint from, guint room)
{
  static const guint whole[2] = { 0, 0 };
  const Node        *begin = from == NONE ? NULL : &g_array_index (search->nodes, Node, from);
  double             cost = begin != NULL ? begin->best : 0;
  guint              first = begin != NULL ? begin->row : 0;
  guint              begin_set[2] = { begin != NULL ? begin->set[0] : 0, begin != NULL ? begin->set[1] : 0 };
  const DgRow       *rows = search->rows;
  guint              left = MAX (MAX (rows[first].lines[0] - begin_set[0], rows[first].lines[1] - begin_set[1]), 1);
  guint64            above = search->top[first] + 2 * (guint64) (row_depth (&rows[first]) - left);
  gboolean           good = FALSE;

  if (room < 2)
    return;
  /* The last row that has at least a line here. */
  guint low = first, high = search->n_rows - 1;
  while (low < high) {
    guint middle = low + (high - low + 1) / 2;
    if (search->top[middle] - above + 2 <= room)
      low = middle;
    else
      high = middle - 1;
  }

  for (guint r = low;; r--) {
    const guint *set = r == first ? begin_set : whole;
    guint        top = r == first ? 0 : (guint) (search->top[r] - above);
    guint        lines = r == first ? left : row_depth (&rows[r]);
    guint64      end = top + 2 * (guint64) lines;
    guint        here = search->foot != NULL ? room_above (search, room, first, r) : room;
    guint        under = here > top ? here - top : 0;

    if (end <= here) {
      if (good && here - end > WINDOW)
        return;
      if (r + 1 < search->n_rows) {
        pass_on (search, from, search->begin[r + 1], cost + price_white ((double) (here - end)) + price_begin (&rows[r + 1]));
        good = TRUE;
      } else
        for (guint tail_here = 0; tail_here <= (end + search->tail <= here ? 1 : 0); tail_here++)
          if (tail_here || search->tail > 0)
            pass_end (search, from, tail_here != 0,
                      cost + price_end (search->full, search->tail, tail_here != 0, here, (guint) end, lines, row_depth (&rows[r]), from == NONE));
    }
    /* Of the sides that go on, one may be ahead of the other. */
    guint ahead = 0, behind = NONE;
    for (guint side = 0; side < 2; side++)
      if (set[side] < rows[r].lines[side]) {
        ahead = MAX (ahead, set[side]);
        behind = MIN (behind, set[side]);
      }
    for (guint depth = MIN (row_depth (&rows[r]) - 1, ahead + under / 2); depth > behind; depth--) {
      if (good && under > 2 * (guint64) (depth - behind) + WINDOW)
        return;
      if (weigh_cuts (search, from, cost, r, set, here, top, depth))
        good = TRUE;
    }
    if (r == first)
      return;
  }
}

static void
add_parts (const Search *search, DgRowsResult *result, guint page, guint from, const Node *next)
{
  const Node *begin = from == NONE ? NULL : &g_array_index (search->nodes, Node, from);
  guint       row = begin != NULL ? begin->row : 0;
  guint       set[2] = { begin != NULL ? begin->set[0] : 0, begin != NULL ? begin->set[1] : 0 };
  guint       top = 0;

  for (; row < search->n_rows && (next == NULL || row < next->row || next->set[0] + next->set[1] > 0); row++) {
    gboolean  cut = next != NULL && next->row == row;
    DgRowPart part = { .row = row, .page = page, .top = top / 2.0 };
    for (guint side = 0; side < 2; side++) {
      part.first[side] = set[side];
      part.n[side] = (cut ? next->set[side] : search->rows[row].lines[side]) - set[side];
      set[side] = 0;
    }
    g_array_append_val (result->parts, part);
    if (cut)
      return;
    top += 2 * MAX (MAX (part.n[0], part.n[1]), 1) + gap_before (search, row + 1);
  }
}

static void
read_result (const Search *search, DgRowsResult *result)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint at = search->from; at != NONE; at = g_array_index (search->nodes, Node, at).from)
    g_array_append_val (starts, at);

  /* The first page begins at the document's start and has no node of its own. */
  guint page = 0, from = NONE;
  for (guint i = starts->len; i-- > 0; page++) {
    guint to = g_array_index (starts, guint, i);
    add_parts (search, result, page, from, &g_array_index (search->nodes, Node, to));
    from = to;
  }
  add_parts (search, result, page, from, NULL);
  result->tail_page = search->tail_fits ? page : page + 1;
  result->n_pages = result->tail_page + 1;
  result->cost = search->best;
  result->weighed = search->weighed;
}

DgRowsResult *
dg_rows_break (const DgRow *rows, guint n_rows, const DgRowsFrame *frame)
{
  DgRowsResult *result = g_new0 (DgRowsResult, 1);
  Search        search = { .rows = rows, .n_rows = n_rows, .best = G_MAXDOUBLE, .from = NONE };

  result->parts = g_array_new (FALSE, FALSE, sizeof (DgRowPart));
  read_frame (&search, frame);
  sum_feet (&search, frame);
  if (n_rows == 0) {
    result->tail_page = search.tail > search.first ? 1 : 0;
    result->n_pages = result->tail_page + 1;
    result->cost = dg_rows_cost (rows, 0, frame, NULL, 0, result->tail_page);
    return result;
  }

  add_nodes (&search);
  weigh_page (&search, NONE, search.first);
  pass_on (&search, NONE, 0, BARE_HEAD + price_white (search.first));
  for (guint i = 0; i < search.nodes->len; i++)
    if (g_array_index (search.nodes, Node, i).best < G_MAXDOUBLE)
      weigh_page (&search, i, search.page);
  read_result (&search, result);

  g_array_unref (search.nodes);
  g_free (search.begin);
  g_free (search.top);
  g_free (search.by_depth);
  g_free (search.by_depth_at);
  g_free (search.foot);
  return result;
}

static double
sum_cost (const Search *search, const DgRowPart *parts, guint n_parts, guint tail_page)
{
  const DgRow *rows = search->rows;
  const guint  n_rows = search->n_rows;
  guint        begin = 0, row = 0, page = 0, top = 0;
  guint        set[2] = { 0, 0 };
  double       cost = 0;

  if (n_parts == 0) {
    gboolean tail_here = search->tail <= search->first;
    return n_rows > 0 || tail_page != (tail_here ? 0 : 1) ? G_MAXDOUBLE : 0;
  }
  if (parts[0].page == 1) /* the head fills the first page */
  {
    cost = BARE_HEAD + price_white (search->first);
    page = 1;
  }
  for (guint p = 0; p < n_parts; p++) {
    const DgRowPart *part = &parts[p];
    guint            room = room_above (search, page == 0 ? search->first : search->page, begin, MIN (row, n_rows - 1));
    guint            lines = MAX (MAX (part->n[0], part->n[1]), 1);
    guint64          end = top + 2 * (guint64) lines;
    gboolean         whole = TRUE;
    if (row >= n_rows || part->row != row || part->page != page || part->top != top / 2.0 || end > room)
      return G_MAXDOUBLE;
    for (guint side = 0; side < 2; side++) {
      guint n = rows[row].lines[side];
      if (part->first[side] != set[side] || part->n[side] > n - set[side] || (part->n[side] == 0 && set[side] < n))
        return G_MAXDOUBLE;
      whole = whole && set[side] + part->n[side] == n;
    }

    if (!whole) {
      cost += SPLIT + price_foot (&rows[row], set, part->n, room, top);
      for (guint side = 0; side < 2; side++) {
        set[side] += part->n[side];
        cost += price_side (&rows[row], side, set[side]);
      }
      page++;
      top = 0;
      begin = row;
      continue;
    }
    set[0] = set[1] = 0;
    if (++row == n_rows) {
      gboolean tail_here = tail_page == page;
      if (p + 1 != n_parts || (tail_here ? end + search->tail > room : search->tail == 0 || tail_page != page + 1))
        return G_MAXDOUBLE;
      return cost + price_end (search->full, search->tail, tail_here, room, (guint) end, lines, row_depth (&rows[row - 1]), page == 0);
    }
    if (p + 1 < n_parts && parts[p + 1].page == page + 1) {
      cost += price_white ((double) (room - end)) + price_begin (&rows[row]);
      page++;
      top = 0;
      begin = row;
    } else
      top = (guint) end + gap_before (search, row);
  }
  return G_MAXDOUBLE;
}

double
dg_rows_cost (const DgRow *rows, guint n_rows, const DgRowsFrame *frame, const DgRowPart *parts, guint n_parts, guint tail_page)
{
  Search search = { .rows = rows, .n_rows = n_rows };
  double cost;

  read_frame (&search, frame);
  sum_feet (&search, frame);
  cost = sum_cost (&search, parts, n_parts, tail_page);
  g_free (search.foot);
  return cost;
}

void
dg_rows_result_free (DgRowsResult *result)
{
  if (result == NULL)
    return;
  g_array_unref (result->parts);
  g_free (result);
}
