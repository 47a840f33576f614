/* compose.c: the line between two breakpoints: kashidas placed, pieces put in visual order, glue and letters fitted to
 * the measure.  Glyphs are taken from the paragraph's items where the line may be cut there, else shaped again. */
#include "type/prepared.h"

#include <math.h>
#include <string.h>
#include "type/bidi.h"
#include "type/kashida.h"
#include "type/optical.h"

#define JOINER      0x200D
#define TATWEEL     0x0640
#define UNITS_MEAN  2.4 /* tatweels in one place aimed at */
#define GROWN_LEAST .6  /* of the width asked for: a word that grows by less has changed its forms instead */
#define GROWN_MOST  1.5
#define UNITS_FULL  1.6 /* the same where many kashidas are welcome: more places, shorter ones */
#define SPARING     3   /* kashidas in a line of sparing use */
#define LONGEST     5   /* tatweels in one place */
#define APART       .16 /* share of the measure between two kashidas of a line */
#define NOT_ABOVE   1.8 /* em between kashidas of neighbouring lines */

/* The text of the line as it is shaped: the paragraph's characters with what is inserted. */
typedef struct {
  guint     n;
  gunichar *chars;
  guint    *from; /* the paragraph's character; that before for an inserted one */
  guint8   *kind; /* DgGlyphKind: TEXT, KASHIDA or HYPHEN */
  guint    *ends; /* room to note where each cluster ends */
} LineText;

/* A stretch of the line's text in one item and at one level. */
typedef struct {
  guint    item;
  guint    start, end; /* in the line's text */
  guint8   level;
  gboolean trailing; /* white space that stands outside the measure */
} Piece;

typedef struct {
  guint         word, end; /* characters of the paragraph between two spaces */
  guint         place;     /* before which the tatweel goes */
  DgKashidaRank rank;
  double        x;      /* distance from the line's start, pt */
  GArray       *shaped; /* DgShaped of the lengthened word, once its kashida is chosen */
} Place;

static void
place_clear (gpointer data)
{
  g_clear_pointer (&((Place *) data)->shaped, g_array_unref);
}

void
dg_line_free (DgLine *line)
{
  if (!line)
    return;
  g_array_unref (line->glyphs);
  g_array_unref (line->runs);
  g_free (line);
}

double
dg_line_size (const DgLine *line)
{
  const DgGlyphRun *widest = NULL;

  for (guint i = 0; i < line->runs->len; i++) {
    const DgGlyphRun *run = &g_array_index (line->runs, DgGlyphRun, i);

    if (widest == NULL || run->n > widest->n)
      widest = run;
  }
  return widest != NULL ? widest->size : 0;
}

static void
run_clear (gpointer data)
{
  g_clear_object (&((DgGlyphRun *) data)->font);
}

static guint
item_at (const DgPara *para, guint i)
{
  guint low = 0, high = para->items->len;

  while (high - low > 1) {
    guint middle = (low + high) / 2;

    if (g_array_index (para->items, DgItem, middle).start <= i)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static double
glyphs_width (const GArray *glyphs)
{
  double width = 0;

  for (guint i = 0; i < glyphs->len; i++)
    width += g_array_index (glyphs, DgShaped, i).advance;
  return width;
}

/* Shapes the word with @count tatweels at its place into @shaped; the pt it grew by, or 0 where a glyph or a mark was lost or it
 * did not grow as asked (a font that cannot). */
static double
try_kashida (const DgPara *para, const Place *place, guint count, GArray *shaped)
{
  const DgItem        *item = &g_array_index (para->items, DgItem, item_at (para, place->word));
  guint                n = place->end - place->word, head = place->place - place->word, glyphs = 0;
  g_autofree gunichar *text = g_new (gunichar, n + count);
  double               grown, asked = count * para->kashida_unit;

  g_array_set_size (shaped, 0);
  if (item->script != HB_SCRIPT_ARABIC || place->end > item->end)
    return 0;
  for (guint i = 0; i < n + count; i++)
    text[i] = i < head ? para->chars[place->word + i] : i < head + count ? TATWEEL : para->chars[place->word + i - count];
  dg_shape (item, text, n + count, 0, n + count, shaped, NULL);
  for (guint i = place->word; i < place->end; i++)
    glyphs += para->n_glyphs[i];
  grown = glyphs_width (shaped) - (para->x[place->end] - para->x[place->word]);
  if (shaped->len <= glyphs || grown < asked * GROWN_LEAST || grown > asked * GROWN_MOST)
    return 0;
  return grown;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *p = a, *q = b;

  return p->rank != q->rank ? (int) p->rank - (int) q->rank : p->x < q->x ? -1 : p->x > q->x;
}

/* What stands between the spaces round a word in its item: signs that touch it are shaped with it. */
static void
token_bounds (const DgPara *para, guint start, guint end, guint word, Place *place)
{
  const DgItem *item = &g_array_index (para->items, DgItem, item_at (para, word));

  place->word = place->end = word;
  while (place->word > MAX (start, item->start) && !dg_points_is_space (para->chars[place->word - 1]))
    place->word--;
  while (place->end < MIN (end, item->end) && !dg_points_is_space (para->chars[place->end]))
    place->end++;
}

static GArray *
find_places (const DgPara *para, guint start, guint end)
{
  const DgLanguage *language = dg_language_get (para->lang);
  GArray           *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = start; i < end;) {
    Place place = { 0, 0, 0, DG_KASHIDA_NOWHERE, 0, NULL };
    guint word = i, at;

    while (i < end && dg_kashida_is_word (para->chars[i]))
      i++;
    if (i == word) {
      i++;
      continue;
    }
    place.rank = dg_kashida_find (language, para->chars + word, i - word, &at);
    if (place.rank == DG_KASHIDA_NOWHERE)
      continue;
    place.place = word + at;
    token_bounds (para, start, end, word, &place);
    i = place.end; /* one place between two spaces */
    place.x = para->x[place.place] - para->x[start];
    g_array_append_val (places, place);
  }
  g_array_sort (places, compare_places);
  return places;
}

static gboolean
clear_of (double x, const GArray *taken, double distance)
{
  for (guint i = 0; i < taken->len; i++)
    if (fabs (g_array_index (taken, Place, i).x - x) < distance)
      return FALSE;
  return TRUE;
}

/* TRUE where a kashida at @x pt from a right-to-left line's start would stand under one of the line above. */
static gboolean
under_kashida (const DgLine *previous, double measure, double x, double distance)
{
  double place = measure - x;

  if (!previous)
    return FALSE;
  for (guint i = 0; i < previous->glyphs->len; i++) {
    const DgGlyph *glyph = &g_array_index (previous->glyphs, DgGlyph, i);

    if (glyph->kind == DG_GLYPH_KASHIDA && fabs (previous->x + glyph->x + glyph->advance / 2 - place) < distance)
      return TRUE;
  }
  return FALSE;
}

/* The most tatweels up to @count that the place takes without outgrowing @room; sets what they add. */
static guint
fit_kashida (const DgPara *para, const Place *place, guint count, double room, double *grown, GArray *shaped)
{
  for (; count > 0; count--) {
    *grown = try_kashida (para, place, count, shaped);
    if (*grown > 0 && *grown <= room + para->kashida_unit * .5)
      return count;
  }
  return 0;
}

/* Chooses where kashidas of @room pt in all go: @counts[i] tatweels before character i of the paragraph (from @start).
 * Several short ones rather than one long; well apart and not under one another, closer where that leaves too few for the room.
 * Returns the places taken (Place). */
static GArray *
place_kashidas (const DgPara *para, guint start, guint end, double room, const DgBreakParams *params, const DgLine *previous, guint pass_over, guint8 *counts)
{
  g_autoptr (GArray) places = find_places (para, start, end);
  g_autoptr (GArray) shaped = g_array_new (FALSE, FALSE, sizeof (DgShaped));
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (Place));
  double  unit = para->kashida_unit, natural = para->x[end] - para->x[start];
  double  mean = params->kashidas > SPARING ? UNITS_FULL : UNITS_MEAN;
  guint   wanted = (guint) CLAMP (lround (room / (mean * unit)), 1, MAX ((long) params->kashidas, 1));

  if (room > (params->kashidas + .5) * LONGEST * unit) /* what the breaker grants to a line that would be loose */
    wanted = params->kashidas + 1;
  g_array_set_clear_func (taken, place_clear);
  for (double strict = 1; strict > .4 && taken->len < wanted; strict -= .5)
    for (guint i = pass_over; i < places->len && taken->len < wanted; i++) {
      Place  place = g_array_index (places, Place, i);
      guint  count = (guint) CLAMP (lround (room / (wanted - taken->len) / unit), 1, LONGEST);
      double grown;

      /* Where the place will be once the line fills its measure. */
      place.x = natural > 0 ? place.x * params->measure / natural : 0;
      if (room < unit * .5 || !clear_of (place.x, taken, strict * APART * params->measure)
          || under_kashida (previous, params->measure, place.x, NOT_ABOVE * para->style.size))
        continue;
      count = fit_kashida (para, &place, count, room, &grown, shaped);
      if (count == 0)
        continue;
      place.shaped = g_steal_pointer (&shaped);
      shaped = g_array_new (FALSE, FALSE, sizeof (DgShaped));
      counts[place.place - start] = (guint8) count;
      room -= grown;
      g_array_append_val (taken, place);
    }
  return taken;
}

static void
append_char (LineText *text, gunichar ch, guint from, guint8 kind)
{
  text->chars[text->n] = ch;
  text->from[text->n] = from;
  text->kind[text->n++] = kind;
}

/* The sign a broken word ends in: the hyphen proper where the face has it. */
static gunichar
hyphen_sign (const DgItem *item)
{
  hb_codepoint_t glyph;

  return hb_font_get_nominal_glyph (item->hb, 0x2010, &glyph) ? 0x2010 : '-';
}

/* TRUE where a hyphen before the character @next parts two letters that are joined (Uyghur): both keep the forms that they have in the word. */
static gboolean
parts_join (const DgPara *para, guint next)
{
  guint before = next;

  while (before > 0 && g_unichar_ismark (para->chars[before - 1]))
    before--;
  return before > 0 && next < para->n && dg_kashida_joins (para->chars[before - 1], para->chars[next]);
}

/* @broken: the line before it ends in a hyphen; @hyphen: so does this one. */
static void
make_text (const DgPara *para, guint start, guint end, guint next, const guint8 *counts, gboolean broken, gboolean hyphen, LineText *text)
{
  guint room = next - start + 3;

  for (guint i = start; i < end; i++)
    room += counts[i - start];
  text->chars = g_new (gunichar, room);
  text->from = g_new (guint, room);
  text->kind = g_new (guint8, room);
  text->ends = g_new (guint, room);
  if (broken && parts_join (para, start))
    append_char (text, JOINER, start, DG_GLYPH_MARK);
  for (guint i = start; i < next; i++) {
    if (i < end)
      for (guint k = 0; k < counts[i - start]; k++)
        append_char (text, TATWEEL, i - 1, DG_GLYPH_KASHIDA);
    append_char (text, para->chars[i], i, DG_GLYPH_TEXT);
    if (hyphen && i + 1 == end) {
      if (parts_join (para, end))
        append_char (text, JOINER, i, DG_GLYPH_MARK);
      append_char (text, hyphen_sign (&g_array_index (para->items, DgItem, item_at (para, i))), i, DG_GLYPH_HYPHEN);
    }
  }
}

/* Pieces in logical order, at the line's own levels (rule L1). */
static GArray *
make_pieces (const DgPara *para, const LineText *text, guint start, guint end, guint next)
{
  GArray            *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_autofree guint8 *levels = g_new (guint8, next - start + 1);
  guint              item = item_at (para, start);
  gboolean           inserted = text->n > next - start;

  dg_bidi_line_levels (para->chars, para->levels, start, next, para->base, levels);
  for (guint i = 0; i < text->n; i++) {
    guint    from = text->from[i];
    guint8   level = levels[from - start];
    gboolean trailing = from >= end;
    Piece   *last = pieces->len ? &g_array_index (pieces, Piece, pieces->len - 1) : NULL;
    /* A cut beside each space keeps what must be shaped again (a word with a kashida) small. */
    gboolean cut = i > 0 && !para->unsafe[from] && dg_points_is_space (text->chars[i]) != dg_points_is_space (text->chars[i - 1]);

    while (item + 1 < para->items->len && g_array_index (para->items, DgItem, item).end <= from)
      item++;
    if (last && !(cut && inserted) && last->item == item && last->level == level && last->trailing == trailing)
      last->end = i + 1;
    else {
      Piece piece = { item, i, i + 1, level, trailing };

      g_array_append_val (pieces, piece);
    }
  }
  return pieces;
}

/* TRUE where the piece can be cut from its item's glyphs: nothing inserted, both cuts safe, the item's own direction. */
static gboolean
is_plain (const DgPara *para, const LineText *text, const Piece *piece, const DgItem *item)
{
  guint first = text->from[piece->start], last = text->from[piece->end - 1];

  for (guint i = piece->start; i < piece->end; i++)
    if (text->kind[i] != DG_GLYPH_TEXT)
      return FALSE;
  return piece->level % 2 == item->level % 2 && (first == item->start || !para->unsafe[first]) && (last + 1 == item->end || !para->unsafe[last + 1]);
}

/* The item's glyphs for the characters [first, last], @n of them.  Clusters rise through the item's glyphs, or fall in a right-to-left
 * one, so the stretch is found by halving: an item may hold a megabyte. */
static const DgShaped *
cut_glyphs (const DgPara *para, const DgItem *item, guint first, guint last, guint *n)
{
  const DgShaped *glyphs = &g_array_index (para->glyphs, DgShaped, item->first);
  gboolean        rtl = item->level % 2 != 0;
  guint           low = 0, high = item->n;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (rtl ? glyphs[middle].cluster > last : glyphs[middle].cluster < first)
      low = middle + 1;
    else
      high = middle;
  }
  while (high < item->n && glyphs[high].cluster >= first && glyphs[high].cluster <= last)
    high++;
  *n = high - low;
  return glyphs + low;
}

/* The bytes of the paragraph that the cluster beginning at line character @c stands for; the cluster ends before @limit. */
static void
cluster_text (const DgPara *para, const LineText *text, guint c, guint limit, DgGlyph *glyph)
{
  guint first = text->from[c], last = first;

  for (guint i = c; i < limit; i++)
    if (text->kind[i] == DG_GLYPH_TEXT)
      last = MAX (last, text->from[i]);
  glyph->start = para->bytes[first];
  glyph->length = para->bytes[last + 1] - para->bytes[first];
}

/* The glyphs from @first on join the last run where face, size, level and colour are the same, else they are a new one. */
static void
extend_runs (DgLine *line, const DgItem *item, guint8 level, guint first)
{
  DgGlyphRun *last = line->runs->len ? &g_array_index (line->runs, DgGlyphRun, line->runs->len - 1) : NULL;

  if (last && last->font == item->font && last->size == item->size && last->level == level && memcmp (&last->colour, &item->colour, sizeof (DgColour)) == 0) {
    last->n = line->glyphs->len - last->first;
  } else {
    DgGlyphRun run = { g_object_ref (item->font), item->size, 1, level, item->colour, first, line->glyphs->len - first };

    g_array_append_val (line->runs, run);
  }
}

/* The glyphs of a piece that is a lengthened word, as they were when the kashida was tried; a word that is broken has other signs besides. */
static const GArray *
find_lengthened (const LineText *text, const Piece *piece, const GArray *taken)
{
  guint first = text->from[piece->start], last = text->from[piece->end - 1];

  for (guint i = piece->start; i < piece->end; i++)
    if (text->kind[i] != DG_GLYPH_TEXT && text->kind[i] != DG_GLYPH_KASHIDA)
      return NULL;
  for (guint i = 0; taken && i < taken->len; i++) {
    const Place *place = &g_array_index (taken, Place, i);

    if (place->word == first && place->end == last + 1)
      return place->shaped;
  }
  return NULL;
}

/* Notes in text->ends where each cluster of the piece ends: clusters begin at the characters that glyphs name, which are @shift less than those of
 * the line's text. */
static void
find_join_ends (const LineText *text, const Piece *piece, const DgShaped *shaped, guint n, guint shift)
{
  guint end = piece->end;

  memset (text->ends + piece->start, 0, (piece->end - piece->start) * sizeof *text->ends);
  for (guint i = 0; i < n; i++)
    text->ends[shaped[i].cluster + shift] = 1;
  for (guint i = piece->end; i-- > piece->start;)
    if (text->ends[i]) {
      text->ends[i] = end;
      end = i;
    }
}

/* Appends the piece's glyphs to the line, and to @chars the character of the paragraph that each stands for.  Of a cluster's glyphs one,
 * the widest (the base), bears the text. */
static void
emit (const DgPara *para, const LineText *text, const Piece *piece, const GArray *taken, GArray *again, DgLine *line, GArray *chars, double *pen)
{
  const DgItem   *item = &g_array_index (para->items, DgItem, piece->item);
  guint           first = line->glyphs->len, n, shift = piece->start;
  guint           from = text->from[piece->start], to = text->from[piece->end - 1];
  const GArray   *lengthened = find_lengthened (text, piece, taken);
  const DgShaped *shaped;
  DgGlyph        *glyphs;
  guint          *at;

  if (is_plain (para, text, piece, item)) {
    shaped = cut_glyphs (para, item, from, to, &n);
    shift -= from; /* may wrap: it is only added */
  } else {
    if (!lengthened || piece->level != item->level) {
      DgItem turned = *item;

      turned.level = piece->level;
      g_array_set_size (again, 0);
      dg_shape (&turned, text->chars, text->n, piece->start, piece->end, again, NULL);
      lengthened = again;
      shift = 0;
    }
    shaped = (const DgShaped *) (const void *) lengthened->data;
    n = lengthened->len;
  }
  find_join_ends (text, piece, shaped, n, shift);
  g_array_set_size (line->glyphs, first + n);
  g_array_set_size (chars, first + n);
  glyphs = &g_array_index (line->glyphs, DgGlyph, first);
  at = &g_array_index (chars, guint, first);
  for (guint i = 0; i < n;) {
    guint group = i, base = i, cluster = shaped[i].cluster + shift;

    for (; i < n && shaped[i].cluster + shift == cluster; i++)
      if (shaped[i].advance > shaped[base].advance)
        base = i;
    for (guint k = group; k < i; k++) {
      const DgShaped *one = &shaped[k];
      DgGlyph         glyph = { one->id, DG_GLYPH_MARK, 0, 0, *pen + one->dx, one->dy, one->advance };

      cluster_text (para, text, cluster, text->ends[cluster], &glyph);
      if (k == base) {
        glyph.kind = (DgGlyphKind) text->kind[cluster];
        if (glyph.kind == DG_GLYPH_TEXT && dg_points_is_space (text->chars[cluster]))
          glyph.kind = DG_GLYPH_SPACE;
      }
      if (glyph.kind == DG_GLYPH_MARK || glyph.kind == DG_GLYPH_KASHIDA || glyph.kind == DG_GLYPH_HYPHEN)
        glyph.length = 0;
      *pen += one->advance;
      glyphs[k] = glyph;
      at[k] = text->from[cluster];
    }
  }
  extend_runs (line, item, piece->level, first);
}

/* How far the signs at the line's visual ends hang. */
static double
hang_at (const DgPara *para, const DgLine *line, const guint *chars, gboolean left, guint first, guint last)
{
  const DgGlyph *glyph;
  guint          at;
  gunichar       ch;

  if (first >= last)
    return 0;
  glyph = &g_array_index (line->glyphs, DgGlyph, left ? first : last - 1);
  if (glyph->kind == DG_GLYPH_HYPHEN)
    return dg_optical_end (0x2010, glyph->advance, para->style.size);
  if (glyph->kind != DG_GLYPH_TEXT)
    return 0;
  at = chars[left ? first : last - 1];
  if (para->levels[at] % 2 != para->base)
    return 0;
  ch = para->chars[at];
  return (left == (para->base == 0) ? dg_optical_start : dg_optical_end) (ch, glyph->advance, para->style.size);
}

/* TRUE for a glyph after which glue may stand: a word space, or the last of a cluster that is not the line's last. */
static gboolean
gives (const DgGlyph *glyph, const guint *chars, guint i, guint last)
{
  return glyph->kind == DG_GLYPH_SPACE || ((glyph->kind == DG_GLYPH_TEXT || glyph->kind == DG_GLYPH_MARK) && i + 1 < last && chars[i + 1] != chars[i]);
}

/* TRUE for the last glyph of a cluster of the text: white that is added after it moves none of its marks. */
static gboolean
ends_cluster (const DgLine *line, const guint *chars, guint i, guint last)
{
  const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);

  return (glyph->kind == DG_GLYPH_TEXT || glyph->kind == DG_GLYPH_MARK) && i + 1 < last && chars[i + 1] != chars[i];
}

/* Fits the content glyphs [first, last) to the measure: letters widened or spaced a little, then glue.  The line's ratio is what
 * the glue had to do in the end: kashidas seldom fill their room to the point. */
static void
justify (const DgPara *para, DgLine *line, const guint *chars, guint first, guint last, double available, const DgBreakFit *fit)
{
  double width = 0, letters = 0, groups = 0, room = 0, slack, widen = 0, track, gap;

  for (guint r = 0; r < line->runs->len; r++) {
    const DgGlyphRun *run = &g_array_index (line->runs, DgGlyphRun, r);

    for (guint i = MAX (run->first, first); i < MIN (run->first + run->n, last); i++) {
      const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);
      guint          ch = chars[i];
      double         stretch = para->stretch[ch + 1] - para->stretch[ch], shrink = para->shrink[ch + 1] - para->shrink[ch];

      width += glyph->advance;
      if (glyph->kind != DG_GLYPH_SPACE && para->letters[ch + 1] > para->letters[ch])
        letters += glyph->advance;
      if (ends_cluster (line, chars, i, last))
        groups += para->groups[ch + 1] - para->groups[ch];
      if (gives (glyph, chars, i, last))
        room += fit->ratio >= 0 ? stretch : shrink;
    }
  }
  slack = available - width;
  gap = groups > 0 ? CLAMP (fit->groups / groups, -1, 1) : 0;
  slack -= gap * groups;
  if (letters > 0 && fit->widen != 0)
    widen = CLAMP (fit->widen / letters, -DG_WIDEN_MOST, DG_WIDEN_MOST);
  slack -= widen * letters;
  track = letters > 0 ? fit->track / letters : 0;
  slack -= track * letters;
  line->ratio = room > 0 ? slack / room : fit->ratio;
  line->badness = 100 * fabs (line->ratio * line->ratio * line->ratio);
  for (guint r = 0; r < line->runs->len; r++) {
    DgGlyphRun *run = &g_array_index (line->runs, DgGlyphRun, r);
    gboolean    widened = FALSE;

    for (guint i = MAX (run->first, first); i < MIN (run->first + run->n, last); i++) {
      DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);
      guint    ch = chars[i];
      double   share = fit->ratio >= 0 ? para->stretch[ch + 1] - para->stretch[ch] : para->shrink[ch + 1] - para->shrink[ch];

      if (glyph->kind != DG_GLYPH_SPACE && para->letters[ch + 1] > para->letters[ch]) {
        glyph->advance *= 1 + widen + track;
        widened = widen != 0;
      }
      if (ends_cluster (line, chars, i, last))
        glyph->advance += gap * (para->groups[ch + 1] - para->groups[ch]);
      if (room > 0 && gives (glyph, chars, i, last))
        glyph->advance += slack * share / room;
    }
    if (widened)
      run->width_scale = 1 + widen;
  }
}

/* Sets every glyph's x from the advances; the first content glyph's pen stands at @left. */
static void
place_glyphs (DgLine *line, guint first, guint last, double left, const double *offsets)
{
  double pen = left;

  for (guint i = first; i-- > 0;) {
    DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);

    pen -= glyph->advance;
    glyph->x = pen + offsets[i];
  }
  pen = left;
  for (guint i = first; i < line->glyphs->len; i++) {
    DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);

    glyph->x = pen + offsets[i];
    pen += glyph->advance;
    if (i + 1 == last)
      line->width = pen - left;
  }
}

static void
count_glyphs (DgLine *line, guint first, guint last)
{
  double sum = 0;

  for (guint i = first; i < last; i++) {
    const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);

    if (glyph->kind == DG_GLYPH_SPACE) {
      line->n_spaces++;
      sum += glyph->advance;
    }
    /* A kashida of several tatweels may be one glyph or several side by side. */
    if (glyph->kind == DG_GLYPH_KASHIDA && (i == first || g_array_index (line->glyphs, DgGlyph, i - 1).kind != DG_GLYPH_KASHIDA))
      line->n_kashidas++;
  }
  line->space = line->n_spaces ? sum / line->n_spaces : 0;
}

DgLine *
dg_compose_line (const DgPara *para, guint from, guint to, const DgBreakParams *params, const DgLine *previous, guint pass_over)
{
  const DgBreakPoint *a = &g_array_index (para->points, DgBreakPoint, from), *b = &g_array_index (para->points, DgBreakPoint, to);
  guint               start = g_array_index (para->at, guint, from), next = g_array_index (para->at, guint, to), end = next;
  DgLine             *line = g_new0 (DgLine, 1);
  LineText            text = { 0, NULL, NULL, NULL, NULL };
  g_autofree guint8  *counts = NULL;
  g_autofree guint8  *levels = NULL;
  g_autofree guint   *order = NULL;
  g_autofree double  *offsets = NULL;
  g_autoptr (GArray) pieces = NULL;
  g_autoptr (GArray) taken = NULL;
  g_autoptr (GArray) again = g_array_new (FALSE, FALSE, sizeof (DgShaped));
  g_autoptr (GArray) at = g_array_sized_new (FALSE, FALSE, sizeof (guint), g_array_index (para->at, guint, to) - g_array_index (para->at, guint, from) + 8);
  const guint *chars;
  DgBreakFit   fit;
  guint        first = 0, last = 0;
  double       pen = 0, left, right;

  line->glyphs = g_array_sized_new (FALSE, FALSE, sizeof (DgGlyph), next - start + 8);
  line->runs = g_array_new (FALSE, FALSE, sizeof (DgGlyphRun));
  g_array_set_clear_func (line->runs, run_clear);
  while (end > start && dg_points_vanishes (para->chars[end - 1]))
    end--;
  line->start = para->bytes[start];
  line->end = para->bytes[next];
  line->measure = params->measure;
  line->hyphenated = (b->flags & DG_BREAK_HYPHEN) != 0;
  line->broken = (b->flags & DG_BREAK_EMERGENCY) != 0;
  line->last = to + 1 == para->points->len;
  dg_break_fit (a, b, line->last, params, &fit);

  counts = g_new0 (guint8, next - start + 1);
  if (fit.kashida > 0)
    taken = place_kashidas (para, start, end, fit.kashida, params, previous, pass_over, counts);
  make_text (para, start, end, next, counts, (a->flags & DG_BREAK_HYPHEN) != 0, line->hyphenated, &text);
  pieces = make_pieces (para, &text, start, end, next);
  levels = g_new (guint8, pieces->len + 1);
  order = g_new (guint, pieces->len + 1);
  for (guint i = 0; i < pieces->len; i++)
    levels[i] = g_array_index (pieces, Piece, i).level;
  dg_bidi_reorder (levels, pieces->len, order);
  last = G_MAXUINT;
  for (guint i = 0; i < pieces->len; i++) {
    const Piece *piece = &g_array_index (pieces, Piece, order[i]);

    if (piece->trailing && para->base == 0 && last == G_MAXUINT)
      last = line->glyphs->len;
    emit (para, &text, piece, taken, again, line, at, &pen);
    if (piece->trailing && para->base == 1)
      first = line->glyphs->len;
  }
  last = MIN (last, line->glyphs->len);
  chars = (const guint *) (void *) at->data;

  /* From here on advances change; a mark keeps its distance from the pen. */
  offsets = g_new (double, line->glyphs->len + 1);
  pen = 0;
  for (guint i = 0; i < line->glyphs->len; i++) {
    offsets[i] = g_array_index (line->glyphs, DgGlyph, i).x - pen;
    pen += g_array_index (line->glyphs, DgGlyph, i).advance;
  }
  left = params->justify ? hang_at (para, line, chars, TRUE, first, last) : 0;
  right = params->justify ? hang_at (para, line, chars, FALSE, first, last) : 0;
  if (from == 0 && para->base == 0)
    left -= para->style.indent;
  else if (from == 0)
    right -= para->style.indent;
  line->ratio = fit.ratio;
  line->badness = fit.badness;
  if (params->justify && (!line->last || fit.slack < 0)) {
    line->justified = TRUE;
    justify (para, line, chars, first, last, params->measure + left + right, &fit);
  }
  place_glyphs (line, first, last, -left, offsets);
  line->width -= left + right;
  if (para->base == 1)
    line->x = params->measure - line->width;
  count_glyphs (line, first, last);
  g_free (text.chars);
  g_free (text.from);
  g_free (text.kind);
  g_free (text.ends);
  return line;
}
