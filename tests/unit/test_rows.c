/* test_rows.c: page ends on invented heights: no setting is cheaper than the one chosen, no line is lost, doubled or alone. */
#include "page/rows.h"

#include <math.h>
#include <string.h>

#define MOST_ROWS 16

/* A document with room for what its rows borrow. */
typedef struct {
  DgRow       rows[MOST_ROWS];
  guint       paragraphs[MOST_ROWS][2][64];
  gboolean    hyphens[MOST_ROWS][2][128];
  guint       n_rows;
  DgRowsFrame frame;
} Sample;

static const DgRowsFrame a4 = { .first_slots = 30, .page_slots = 43, .gap = 0.5, .tail = 0 };

static guint
roll (guint from, guint to)
{
  return (guint) g_test_rand_int_range ((gint) from, (gint) to + 1);
}

static void
invent (Sample *sample, guint most_rows, guint most_lines, guint most_slots)
{
  memset (sample, 0, sizeof *sample);
  sample->n_rows = roll (1, most_rows);
  sample->frame.page_slots = roll (1, most_slots);
  sample->frame.first_slots = roll (0, sample->frame.page_slots);
  sample->frame.gap = roll (0, 3) ? 0.5 : roll (0, 2) * 0.5;
  sample->frame.tail = roll (0, 1) ? 0 : roll (1, 10) * 0.5;
  sample->frame.foot_gap = roll (0, 4) * 0.25;
  for (guint r = 0; r < sample->n_rows; r++) {
    DgRow *row = &sample->rows[r];
    row->lines[0] = roll (0, 5) ? roll (1, most_lines) : 0;
    row->lines[1] = row->lines[0] == 0 || roll (0, 5) ? roll (1, most_lines) : 0;
    row->close = r > 0 && roll (0, 3) == 0;
    row->led = r > 0 && roll (0, 5) == 0;
    row->foot = roll (0, 7) ? 0 : roll (1, 12) * 0.25;
    for (guint side = 0; side < 2; side++) {
      for (guint i = 0; i < row->lines[side]; i++)
        sample->hyphens[r][side][i] = roll (0, 3) == 0;
      row->hyphen[side] = roll (0, 1) ? sample->hyphens[r][side] : NULL;
      if (roll (0, 1))
        continue;
      row->paragraphs[side] = sample->paragraphs[r][side];
      for (guint rest = row->lines[side]; rest > 0;) {
        guint n = roll (1, MIN (rest, 6));
        sample->paragraphs[r][side][row->n_paragraphs[side]++] = n;
        rest -= n;
      }
    }
  }
}

/* --- the rules once more, by their wording ------------------------------------------------------------------------------ */

static gboolean
is_alone (const DgRow *row, guint side, guint at)
{
  guint n = row->lines[side], begin = 0;
  if (at == 0 || at == n)
    return FALSE;
  if (at == 1 || at == n - 1)
    return TRUE;
  for (guint p = 0; row->paragraphs[side] != NULL && p < row->n_paragraphs[side]; p++) {
    guint end = begin + row->paragraphs[side][p];
    if (begin < at && at < end)
      return at == begin + 1 || at == end - 1;
    begin = end;
  }
  return FALSE;
}

static double
side_price (const DgRow *row, guint side, guint at)
{
  double price = is_alone (row, side, at) ? 50000 : 0;
  if (at > 0 && at < row->lines[side] && row->hyphen[side] != NULL && row->hyphen[side][at - 1])
    price += 30;
  return price;
}

static gboolean
is_legal (const Sample *sample, guint r, guint left, guint right)
{
  const DgRow *row = &sample->rows[r];
  guint        depth = MAX (left, right);
  guint        level[2] = { MIN (depth, row->lines[0]), MIN (depth, row->lines[1]) };
  guint        set[2] = { left, right };
  if (left == row->lines[0] && right == row->lines[1])
    return FALSE;
  if (left == level[0] && right == level[1])
    return depth > 0;
  if (sample->frame.page_slots < 8 || level[0] != level[1])
    return FALSE;
  guint side = left < right ? 0 : 1;
  return set[side] > 0 && depth - set[side] <= 3 && side_price (row, side, set[side]) < side_price (row, side, depth);
}

/* What the notes of rows @first to @last leave of a page's @room: of that of one row they take no more than half. */
static double
room_over_notes (const Sample *sample, double room, guint first, guint last)
{
  double notes = 0;
  for (guint r = first; r <= last; r++)
    notes += sample->rows[r].foot;
  if (notes == 0)
    return room;
  notes = ceil (2 * (notes + sample->frame.foot_gap)) / 2;
  double most = last > first ? room : MAX (0, room - MAX (floor (room) / 2, 1));
  return room - MIN (notes, most);
}

/* The cheapest setting of all that stands after @left and @right lines of row @r, by trying every legal end of every page. */
static double
try_all (const Sample *sample, GHashTable *known, guint r, guint left, guint right, gboolean is_first)
{
  const DgRowsFrame *frame = &sample->frame;
  double             whole_room = is_first ? frame->first_slots : MAX (frame->page_slots, 1), room = whole_room;
  double             least = G_MAXDOUBLE;
  gpointer           key = GUINT_TO_POINTER (((r * 128 + left) * 128 + right) * 2 + (guint) is_first + 1);
  double            *found = g_hash_table_lookup (known, key);
  if (found != NULL)
    return *found;

  if (is_first)
    least = 2000 + 10 * room * room + try_all (sample, known, 0, 0, 0, FALSE);
  double top = 0;
  for (guint row = r, set[2] = { left, right }; row < sample->n_rows && top + 1 <= whole_room; row++, set[0] = set[1] = 0) {
    const DgRow *at = &sample->rows[row];
    room = room_over_notes (sample, whole_room, r, row);
    for (guint i = set[0]; i <= at->lines[0]; i++)
      for (guint j = set[1]; j <= at->lines[1]; j++) {
        double white[2] = { room - top - (i - set[0]), room - top - (j - set[1]) };
        double foot;
        if (MIN (white[0], white[1]) < 0 || !is_legal (sample, row, i, j) || (i == set[0] && i < at->lines[0]) || (j == set[1] && j < at->lines[1]))
          continue;
        if (i == at->lines[0])
          foot = 10 * white[1] * white[1];
        else if (j == at->lines[1])
          foot = 10 * white[0] * white[0];
        else
          foot = 5 * white[0] * white[0] + 5 * white[1] * white[1];
        least = MIN (least, 170 + foot + side_price (at, 0, i) + side_price (at, 1, j) + try_all (sample, known, row, i, j, FALSE));
      }
    double depth = MAX (at->lines[0] - set[0], at->lines[1] - set[1]);
    double white = room - top - depth;
    if (white < 0)
      break;
    if (row + 1 < sample->n_rows)
      least = MIN (least, 10 * white * white + (at[1].close || at[1].led ? 100 : 0) + try_all (sample, known, row + 1, 0, 0, FALSE));
    else {
      double wanted = MIN (6, MAX (frame->page_slots, 1));
      if (frame->tail <= white) {
        double   lacks = is_first ? 0 : MAX (0, wanted - (room - white + frame->tail));
        gboolean thin = frame->tail > 0 && depth < 2 && MAX (at->lines[0], at->lines[1]) > 1;
        least = MIN (least, 40 * lacks * lacks + (thin ? 20000 : 0));
      }
      if (frame->tail > 0) {
        double lacks = MAX (0, wanted - frame->tail);
        least = MIN (least, 30000 + 10 * white * white + 40 * lacks * lacks);
      }
    }
    top += depth + (row + 1 < sample->n_rows && at[1].close ? 0 : frame->gap);
  }
  found = g_new (double, 1);
  *found = least;
  g_hash_table_insert (known, key, found);
  return least;
}

/* What every setting must be, whatever it costs. */
static void
check_setting (const DgRow *rows, guint n_rows, const DgRowsFrame *frame, const DgRowsResult *result)
{
  guint  set[2] = { 0, 0 }, row = 0, page = 0;
  double next = 0, foot = 0;
  for (guint p = 0; p < result->parts->len; p++) {
    const DgRowPart *part = &g_array_index (result->parts, DgRowPart, p);
    g_assert_cmpuint (part->row, ==, row);
    g_assert_true (part->page == page || part->page == page + 1);
    if (part->page != page)
      next = 0;
    else
      g_assert_true (p == 0 || (set[0] == 0 && set[1] == 0)); /* a row goes on only at the top of a page */
    page = part->page;
    g_assert_cmpfloat (part->top, ==, next);
    g_assert_cmpfloat (part->top * 2, ==, floor (part->top * 2));
    gboolean whole = TRUE;
    for (guint side = 0; side < 2; side++) {
      guint n = rows[row].lines[side];
      g_assert_cmpuint (part->first[side], ==, set[side]);
      g_assert_cmpuint (part->n[side], <=, n - set[side]);
      if (set[side] < n)
        g_assert_cmpuint (part->n[side], >, 0); /* level: both sides start where the part does */
      set[side] += part->n[side];
      whole = whole && set[side] == n;
    }
    foot = part->top + MAX (part->n[0], part->n[1]);
    g_assert_cmpfloat (foot, <=, page == 0 ? frame->first_slots : MAX (frame->page_slots, 1));
    next = foot + (whole && row + 1 < n_rows && rows[row + 1].close ? 0 : frame->gap);
    if (whole) {
      row++;
      set[0] = set[1] = 0;
    }
  }
  g_assert_cmpuint (row, ==, n_rows);
  if (frame->tail > 0 && result->tail_page == page)
    g_assert_cmpfloat (foot + frame->tail, <=, page == 0 ? frame->first_slots : MAX (frame->page_slots, 1));
  else if (frame->tail > 0)
    g_assert_cmpuint (result->tail_page, ==, page + 1);
  else
    g_assert_cmpuint (result->tail_page, ==, page);
  g_assert_cmpuint (result->n_pages, ==, result->tail_page + 1);
  g_assert_cmpfloat (result->cost, ==,
                     dg_rows_cost (rows, n_rows, frame, (const DgRowPart *) (gpointer) result->parts->data, result->parts->len, result->tail_page));
}

static DgRowsResult *
set_rows (const DgRow *rows, guint n_rows, const DgRowsFrame *frame)
{
  DgRowsResult *result = dg_rows_break (rows, n_rows, frame);
  check_setting (rows, n_rows, frame, result);
  return result;
}

static guint
count_alone (const DgRow *rows, const DgRowsResult *result)
{
  guint n = 0;
  for (guint p = 0; p < result->parts->len; p++) {
    const DgRowPart *part = &g_array_index (result->parts, DgRowPart, p);
    for (guint side = 0; side < 2; side++)
      n += is_alone (&rows[part->row], side, part->first[side] + part->n[side]) ? 1 : 0;
  }
  return n;
}

static const DgRowPart *
part_at (const DgRowsResult *result, guint i)
{
  g_assert_cmpuint (i, <, result->parts->len);
  return &g_array_index (result->parts, DgRowPart, i);
}

/* No other setting of documents up to 12 rows is cheaper. */
static void
test_cheapest (void)
{
  g_autofree Sample *sample = g_new (Sample, 1);
  for (guint round = 0; round < 4000; round++) {
    invent (sample, 12, round % 3 == 0 ? 30 : 9, round % 2 == 0 ? 14 : 43);
    g_autoptr (GHashTable) known = g_hash_table_new_full (NULL, NULL, NULL, g_free);
    g_autoptr (DgRowsResult) result = set_rows (sample->rows, sample->n_rows, &sample->frame);
    g_assert_cmpfloat (result->cost, ==, try_all (sample, known, 0, 0, 0, TRUE));
  }
}

/* A line is alone only where no setting at all avoids it: adding any number of pages or of white does not help. */
static void
test_alone (void)
{
  g_autofree Sample *sample = g_new (Sample, 1);
  guint              n_alone = 0;
  for (guint round = 0; round < 3000; round++) {
    invent (sample, MOST_ROWS, 40, 43);
    sample->frame.page_slots = MAX (sample->frame.page_slots, 10);
    g_autoptr (DgRowsResult) result = set_rows (sample->rows, sample->n_rows, &sample->frame);
    n_alone += count_alone (sample->rows, result);
  }
  g_assert_cmpuint (n_alone, ==, 0);
}

/* A setting that loses, doubles or moves a line has no cost, it is none. */
static void
test_not_a_setting (void)
{
  static const DgRow rows[] = { { .lines = { 5, 4 } }, { .lines = { 60, 50 } }, { .lines = { 3, 0 } } };
  g_autoptr (DgRowsResult) result = set_rows (rows, 3, &a4);
  guint                 n = result->parts->len;
  g_autofree DgRowPart *parts = g_memdup2 (result->parts->data, n * sizeof (DgRowPart));
  g_assert_cmpfloat (dg_rows_cost (rows, 3, &a4, parts, n, result->tail_page), <, G_MAXDOUBLE);
  g_assert_cmpfloat (dg_rows_cost (rows, 3, &a4, parts, n - 1, result->tail_page), ==, G_MAXDOUBLE);
  g_assert_cmpfloat (dg_rows_cost (rows, 3, &a4, parts, n, result->tail_page + 1), ==, G_MAXDOUBLE);
  g_assert_cmpfloat (dg_rows_cost (rows, 3, &a4, parts + 1, n - 1, result->tail_page), ==, G_MAXDOUBLE);
  g_assert_cmpfloat (dg_rows_cost (rows, 3, &a4, NULL, 0, 0), ==, G_MAXDOUBLE);
  for (guint p = 0; p < n; p++)
    for (guint what = 0; what < 5; what++) {
      DgRowPart kept = parts[p];
      if (what == 0)
        parts[p].top += 0.5;
      else if (what == 1)
        parts[p].n[0]--;
      else if (what == 2)
        parts[p].n[1]++;
      else if (what == 3)
        parts[p].first[0]++;
      else
        parts[p].row++;
      g_assert_cmpfloat (dg_rows_cost (rows, 3, &a4, parts, n, result->tail_page), ==, G_MAXDOUBLE);
      parts[p] = kept;
    }
}

/* What fits on one page stands on one page, every row whole, half a line between rows. */
static void
test_one_page (void)
{
  static const DgRow rows[] = { { .lines = { 3, 2 } }, { .lines = { 0, 4 } }, { .lines = { 1, 1 } } };
  g_autoptr (DgRowsResult) result = set_rows (rows, 3, &a4);
  g_assert_cmpuint (result->n_pages, ==, 1);
  g_assert_cmpuint (result->parts->len, ==, 3);
  g_assert_cmpfloat (part_at (result, 1)->top, ==, 3.5);
  g_assert_cmpfloat (part_at (result, 2)->top, ==, 8);
  g_assert_cmpfloat (result->cost, ==, 0);
}

/* Three lines of white at a foot are better than a row that goes on overleaf; of seven, the row goes on, two lines at least. */
static void
test_split_or_white (void)
{
  DgRow       rows[] = { { .lines = { 31, 28 } }, { .lines = { 9, 9 } }, { .lines = { 12, 12 } } };
  DgRowsFrame frame = { .first_slots = 43, .page_slots = 43, .gap = 0.5 };
  {
    g_autoptr (DgRowsResult) result = set_rows (rows, 3, &frame);
    g_assert_cmpuint (result->parts->len, ==, 3);
    g_assert_cmpuint (part_at (result, 2)->page, ==, 1);
  }
  rows[0].lines[0] = 25;
  rows[0].lines[1] = 22;
  {
    g_autoptr (DgRowsResult) result = set_rows (rows, 3, &frame);
    g_assert_cmpuint (result->parts->len, ==, 4);
    g_assert_cmpuint (part_at (result, 2)->n[0], ==, part_at (result, 2)->n[1]);
    g_assert_cmpfloat (part_at (result, 3)->top, ==, 0);
    g_assert_cmpuint (part_at (result, 2)->n[0], >=, 2);
    g_assert_cmpuint (part_at (result, 3)->n[0], >=, 2);
  }
}

/* Four lines of white at the foot are better than a line alone on either side: a row of three moves to the next page whole,
 * and a side that would begin with the last line of its paragraph stops one line higher. */
static void
test_no_line_alone (void)
{
  static const DgRow whole[] = { { .lines = { 38, 30 } }, { .lines = { 3, 3 } }, { .lines = { 9, 9 } }, { .lines = { 9, 9 } } };
  DgRowsFrame        frame = { .first_slots = 41, .page_slots = 41, .gap = 0.5 };
  {
    g_autoptr (DgRowsResult) result = set_rows (whole, 4, &frame);
    g_assert_cmpuint (part_at (result, 1)->page, ==, 1);
    g_assert_cmpuint (count_alone (whole, result), ==, 0);
  }
  static const DgRow uneven[] = { { .lines = { 42, 60 } } };
  {
    g_autoptr (DgRowsResult) result = set_rows (uneven, 1, &frame);
    g_assert_cmpuint (part_at (result, 0)->n[0], ==, 40);
    g_assert_cmpuint (part_at (result, 0)->n[1], ==, 41);
    g_assert_cmpuint (part_at (result, 1)->n[0], ==, 2);
    g_assert_cmpuint (part_at (result, 1)->n[1], ==, 19);
  }
}

/* A page does not end in a hyphen where one line less is as good. */
static void
test_hyphen (void)
{
  gboolean    hyphens[80] = { FALSE };
  DgRow       rows[] = { { .lines = { 80, 80 }, .hyphen = { hyphens, NULL } } };
  DgRowsFrame frame = { .first_slots = 43, .page_slots = 43, .gap = 0.5 };
  hyphens[42] = TRUE;
  g_autoptr (DgRowsResult) result = set_rows (rows, 1, &frame);
  g_assert_cmpuint (part_at (result, 0)->n[0], ==, 42);
  g_assert_cmpuint (part_at (result, 0)->n[1], ==, 43);
}

/* A last page has six lines, if those before can spare them. */
static void
test_last_page (void)
{
  static const DgRow rows[] = { { .lines = { 12, 12 } }, { .lines = { 12, 12 } }, { .lines = { 12, 12 } }, { .lines = { 9, 5 } } };
  DgRowsFrame        frame = { .first_slots = 43, .page_slots = 43, .gap = 0.5 };
  g_autoptr (DgRowsResult) result = set_rows (rows, 4, &frame);
  const DgRowPart *last = part_at (result, result->parts->len - 1);
  g_assert_cmpuint (result->n_pages, ==, 2);
  g_assert_cmpfloat (last->top + MAX (last->n[0], last->n[1]), >=, 5);
}

/* The caption has at least two lines of the last row above it on its page, whatever moves. */
static void
test_tail (void)
{
  for (guint lines = 2; lines < 60; lines++)
    for (guint extra = 1; extra < 8; extra++) {
      DgRow       rows[] = { { .lines = { 20, 18 } }, { .lines = { lines, 14 } }, { .lines = { extra, 1 } } };
      DgRowsFrame frame = { .first_slots = 36, .page_slots = 43, .gap = 0.5, .tail = 3.5 };
      g_autoptr (DgRowsResult) result = set_rows (rows, 3, &frame);
      const DgRowPart *last = part_at (result, result->parts->len - 1);
      g_assert_cmpuint (last->page, ==, result->tail_page);
      g_assert_cmpuint (last->n[0], >=, MIN (2, extra));
      g_assert_cmpuint (count_alone (rows, result), ==, 0);
    }
  /* One that is taller than any page has a page to itself. */
  static const DgRow row[] = { { .lines = { 4, 4 } } };
  DgRowsFrame        frame = { .first_slots = 20, .page_slots = 20, .gap = 0.5, .tail = 30 };
  g_autoptr (DgRowsResult) result = set_rows (row, 1, &frame);
  g_assert_cmpuint (result->n_pages, ==, 2);
}

/* A row may be many pages tall; every page but the last is full, give or take a line. */
static void
test_tall_row (void)
{
  static const DgRow rows[] = { { .lines = { 2, 3 } }, { .lines = { 9000, 7000 } }, { .lines = { 4, 0 } }, { .lines = { 0, 500 } } };
  g_autoptr (DgRowsResult) result = set_rows (rows, 4, &a4);
  g_assert_cmpuint (count_alone (rows, result), ==, 0);
  g_assert_cmpuint (result->n_pages, <=, (9000 + 500 + 20) / 42 + 2);
  g_assert_cmpuint (result->weighed, <, 9500 * 100);
  for (guint p = 1; p + 3 < result->parts->len; p++)
    if (part_at (result, p)->page > 0 && part_at (result, p)->row == 1 && part_at (result, p + 1)->row == 1)
      g_assert_cmpuint (MAX (part_at (result, p)->n[0], part_at (result, p)->n[1]), >=, 40);
}

/* Under a head that fills its page the rows begin on the second one; also where it leaves only a line. */
static void
test_tall_head (void)
{
  static const DgRow rows[] = { { .lines = { 8, 6 } }, { .lines = { 8, 6 } } };
  for (guint slots = 0; slots < 2; slots++) {
    DgRowsFrame frame = { .first_slots = slots, .page_slots = 43, .gap = 0.5 };
    g_autoptr (DgRowsResult) result = set_rows (rows, 2, &frame);
    g_assert_cmpuint (part_at (result, 0)->page, ==, 1);
    g_assert_cmpuint (result->n_pages, ==, 2);
  }
}

/* Pages of any height, down to none, end a document of any rows. */
static void
test_tiny_pages (void)
{
  for (guint slots = 0; slots < 12; slots++)
    for (guint first = 0; first < 4; first++) {
      static const DgRow rows[] = { { .lines = { 1, 1 } }, { .lines = { 0, 17 } }, { .lines = { 40, 3 } }, { .lines = { 2, 2 } } };
      DgRowsFrame        frame = { .first_slots = first, .page_slots = slots, .gap = 0.5, .tail = first };
      g_autoptr (DgRowsResult) result = set_rows (rows, 4, &frame);
      g_assert_cmpuint (result->n_pages, >, 0);
    }
}

/* A document without rows is one page, or two where the tail finds no room under the head. */
static void
test_no_rows (void)
{
  DgRowsFrame frame = a4;
  g_autoptr (DgRowsResult) none = dg_rows_break (NULL, 0, &frame);
  g_assert_cmpuint (none->n_pages, ==, 1);
  g_assert_cmpuint (none->parts->len, ==, 0);
  g_assert_cmpuint (none->tail_page, ==, 0);
  frame.first_slots = 1;
  frame.tail = 2.5;
  g_autoptr (DgRowsResult) tail = dg_rows_break (NULL, 0, &frame);
  g_assert_cmpuint (tail->n_pages, ==, 2);
  g_assert_cmpuint (tail->tail_page, ==, 1);
  dg_rows_result_free (NULL);
}

/* Rows that name more or fewer lines in their paragraphs than they have are set all the same. */
static void
test_wrong_sums (void)
{
  static const guint few[] = { 3, 3 }, many[] = { 30, G_MAXUINT, 30 };
  static const DgRow rows[] = {
    { .lines = { 50, 50 }, .paragraphs = { few, many }, .n_paragraphs = { 2, 3 } },
    { .lines = { 20, 20 }, .paragraphs = { few, many }, .n_paragraphs = { 0, 0 } },
    { .lines = { 0, 0 } },
  };
  g_autoptr (DgRowsResult) result = dg_rows_break (rows, 3, &a4);
  g_assert_cmpuint (part_at (result, result->parts->len - 1)->row, ==, 2);
}

static guint64
weigh_many (guint n_rows, guint from, guint to, guint slots)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree DgRow *rows = g_new0 (DgRow, n_rows);
  DgRowsFrame       frame = { .first_slots = slots / 2, .page_slots = slots, .gap = 0.5, .tail = 3.5 };
  for (guint r = 0; r < n_rows; r++) {
    rows[r].lines[0] = (guint) g_rand_int_range (rand, (gint) from, (gint) to + 1);
    rows[r].lines[1] = (guint) g_rand_int_range (rand, (gint) from, (gint) to + 1);
    if (g_rand_int_range (rand, 0, 20) == 0)
      rows[r].lines[g_rand_int_range (rand, 0, 2)] = 0;
  }
  g_autoptr (DgRowsResult) result = set_rows (rows, n_rows, &frame);
  if (from > 0)
    g_assert_cmpuint (count_alone (rows, result), ==, 0);
  return result->weighed;
}

/* Ten times the rows are ten times the work, on pages of any height. */
static void
test_linear (void)
{
  static const guint slots[] = { 9, 43, 400, 100000 };
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++) {
    guint64 few = weigh_many (1000, 2, 14, slots[i]);
    guint64 many = weigh_many (10000, 2, 14, slots[i]);
    g_test_message ("pages of %u: %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT " ends weighed", slots[i], few, many);
    if (slots[i] <= 43) /* on taller ones 1,000 rows are too few pages for every line to be a possible end */
      g_assert_cmpuint (many, <, 11 * few);
    g_assert_cmpuint (many, <, 10000 * 300);
  }
  guint64 tiny = weigh_many (50000, 1, 1, 43);
  g_test_message ("50,000 rows of a line: %" G_GUINT64_FORMAT, tiny);
  g_assert_cmpuint (tiny, <, 50000 * 40);
  g_assert_cmpuint (weigh_many (5000, 1, 30, 43), <, 5000 * 4000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows/cheapest", test_cheapest);
  g_test_add_func ("/rows/alone", test_alone);
  g_test_add_func ("/rows/not-a-setting", test_not_a_setting);
  g_test_add_func ("/rows/one-page", test_one_page);
  g_test_add_func ("/rows/split-or-white", test_split_or_white);
  g_test_add_func ("/rows/no-line-alone", test_no_line_alone);
  g_test_add_func ("/rows/hyphen", test_hyphen);
  g_test_add_func ("/rows/last-page", test_last_page);
  g_test_add_func ("/rows/tail", test_tail);
  g_test_add_func ("/rows/tall-row", test_tall_row);
  g_test_add_func ("/rows/tall-head", test_tall_head);
  g_test_add_func ("/rows/tiny-pages", test_tiny_pages);
  g_test_add_func ("/rows/no-rows", test_no_rows);
  g_test_add_func ("/rows/wrong-sums", test_wrong_sums);
  g_test_add_func ("/rows/linear", test_linear);
  return g_test_run ();
}
