/* points.c: glue, kashida room and breakpoints of a paragraph, as sums that break.c can subtract.
 *
 * Opportunities are those of UAX #14, hyphens the language's patterns; what a break costs beyond its
 * line's badness (a number parted from its month, a name hyphenated) is decided here. */
#include "type/prepared.h"

#include <string.h>

#include "base/language.h"
#include "type/kashida.h"
#include "type/optical.h"
#include "type/sense.h"

#define PENALTY_SLASH   100.0 /* after a slash or dash inside a word: only in need */
#define PENALTY_NUMBER  180.0 /* a number parted from what it counts */
#define PENALTY_DASH    20.0  /* before a dash that stands between spaces */
#define PENALTY_HYPHEN  55.0
#define PENALTY_JOINT   35.0  /* where the parts of a compound meet */
#define PENALTY_NAME    120.0 /* on top, in a capitalised word or one after a number */
#define PENALTY_ADDRESS 90.0  /* inside an address or a path, where its parts meet; no hyphen is added there */

#define PENALTY_WHOLE      600.0   /* where the parts of a short address meet: one in two pieces is not found by who looks for it */
#define PENALTY_PART       1200.0  /* inside of such a part: better than a hole in the line */
#define PENALTY_TIED       12000.0 /* between words that belong together: as a line with word spaces of three times their width */
#define PENALTY_TORN       1e6     /* inside a number: only where a line can hold no more */
#define PENALTY_EMERGENCY  500.0
#define PENALTY_WIDOW_WORD 80.0 /* headlines: one short word alone on the last line */
#define CJK_STRETCH        .12  /* em of stretch between two ideographs */
#define SOLID_STRETCH      .1   /* em of stretch between two words of a script without word spaces */
#define GROUP_MOST         .02  /* em, by which the white between two unjoined letters of a word may grow or shrink */
#define GROUP_GAP          .028 /* em: at a wider gap, kerning counted, readers of the PDF see two words */
#define CLUSTER_STRETCH    .03  /* the same between two of its clusters */
#define FOREIGN_WORD       9    /* letters: shorter words of another script are not broken */
#define LONGEST_SCHEME     12   /* letters before :// */
#define LONG_ADDRESS       14   /* characters: shorter addresses are not broken */
#define WHOLE_ADDRESS      22   /* characters: longer ones are broken more readily */
#define ADDRESS_PIECE      3    /* characters of an address at least on either side of a line's end */

static gboolean
is_ideograph (gunichar ch)
{
  GUnicodeScript script = ch < 0x2E80 ? G_UNICODE_SCRIPT_COMMON : g_unichar_get_script (ch);

  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA;
}

/* The last sign before a space, closing quotes and brackets passed over. */
static gunichar
sign_before (const DgPara *para, guint space)
{
  while (space > 0) {
    gunichar ch = para->chars[--space];

    if (ch != 0x201D && ch != 0x2019 && ch != 0xBB && ch != '"' && ch != ')' && ch != ']')
      return ch;
  }
  return 0;
}

/* More stretch after a stop or a comma, where the eye rests anyway. */
static double
glue_by_place (gunichar before)
{
  switch (before) {
  case '.':
  case '!':
  case '?':
  case 0x06D4:
  case 0x061F: return 1.15;
  case ',':
  case ';':
  case ':':
  case 0x060C:
  case 0x061B: return 1.08;
  default: return 1;
  }
}

/* TRUE where a word of a script without spaces ends with the cluster that begins at @i. */
static gboolean
ends_word (const DgPara *para, guint i)
{
  do
    i++;
  while (i < para->n && para->n_glyphs[i] == 0);
  return i < para->n && para->ends[i];
}

/* Signs that repeat the word before them (maiyamok, ko la, lek too) begin no line. */
static gboolean
repeats (gunichar ch)
{
  return ch == 0x0E46 || ch == 0x0EC6 || ch == 0x17D7;
}

/* A space inside a number, or a no-break space beside a number or a sign: part of what is written, not of what fills the line. */
static gboolean
is_rigid (const DgPara *para, guint i)
{
  if (para->chars[i] == 0xA0 && i > 0 && i + 1 < para->n)
    return g_unichar_isdigit (para->chars[i - 1]) || para->chars[i - 1] == 0xAB || g_unichar_ispunct (para->chars[i + 1]);
  return dg_ends_groups (para, i);
}

static void
sum_glue (DgPara *para)
{
  const DgParaStyle *style = &para->style;

  for (guint k = 0; k < para->items->len; k++) {
    const DgItem *item = &g_array_index (para->items, DgItem, k);

    for (guint i = item->start; i < item->end; i++) {
      double width = para->x[i + 1] - para->x[i];
      double stretch = 0, shrink = 0, letters = 0;

      if (dg_points_is_space (para->chars[i]) && is_rigid (para, i)) {
        stretch = 0;
      } else if (dg_points_is_space (para->chars[i])) {
        stretch = width * (style->space_max - 1) * glue_by_place (sign_before (para, i));
        shrink = width * (1 - style->space_min);
      } else if (is_ideograph (para->chars[i]) && i + 1 < para->n && para->ends[i + 1]) {
        stretch = CJK_STRETCH * item->size;
        shrink = stretch * .2;
      } else if (item->solid && para->n_glyphs[i] > 0) {
        stretch = (ends_word (para, i) ? SOLID_STRETCH : CLUSTER_STRETCH) * item->size;
      } else if (item->widens) {
        letters = width;
      }
      para->stretch[i + 1] = stretch;
      para->shrink[i + 1] = shrink;
      para->letters[i + 1] = letters;
    }
  }
}

/* By how much kerning parts the cluster that begins at @i from its neighbours, em. */
static double
kerning (const DgPara *para, const DgItem *item, guint i)
{
  const DgShaped *glyphs = &g_array_index (para->glyphs, DgShaped, item->first);
  guint           low = 0, high = item->n;
  double          kern = 0;

  while (low < high) { /* clusters fall in a right-to-left item */
    guint middle = (low + high) / 2;

    if (glyphs[middle].cluster > i)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < item->n && glyphs[low].cluster == i; low++)
    kern += glyphs[low].advance - hb_font_get_glyph_h_advance (item->hb, glyphs[low].id) * dg_fonts_unit (item->hb, item->size);
  return MAX (kern / item->size, 0);
}

/* White between unjoined letters inside Arabic words, booked at the letter after it. */
static void
sum_groups (DgPara *para)
{
  if (!para->style.justify)
    return;
  for (guint k = 0; k < para->items->len; k++) {
    const DgItem *item = &g_array_index (para->items, DgItem, k);
    guint         before = item->end; /* the letter before */

    if (item->script != HB_SCRIPT_ARABIC || item->level % 2 == 0)
      continue;
    for (guint i = item->start; i < item->end; i++) {
      if (g_unichar_ismark (para->chars[i]))
        continue;
      if (before < i && para->n_glyphs[i] > 0 && dg_kashida_is_word (para->chars[before]) && dg_kashida_is_word (para->chars[i])
          && !dg_kashida_joins (para->chars[before], para->chars[i]))
        para->groups[i + 1] = item->size * CLAMP (GROUP_GAP - kerning (para, item, before) - kerning (para, item, i), 0, GROUP_MOST);
      before = i;
    }
  }
}

/* Room for kashidas, booked at the last character of each word that may take one. */
static void
sum_kashida (DgPara *para)
{
  const DgLanguage *language = dg_language_get (para->lang);

  if (para->kashida_unit <= 0)
    return;
  for (guint i = 0; i < para->n;) {
    guint start = i, place;

    while (i < para->n && dg_kashida_is_word (para->chars[i]))
      i++;
    if (i == start) {
      i++;
      continue;
    }
    if (dg_kashida_find (language, para->chars + start, i - start, &place) < DG_KASHIDA_NOWHERE)
      para->kashida[i] = 2 * para->kashida_unit;
  }
}

static void
accumulate (double *sums, guint n)
{
  for (guint i = 0; i < n; i++)
    sums[i + 1] += sums[i];
}

/* TRUE where the sign's level runs with the paragraph, so that its logical end is the line's visual end. */
static gboolean
runs_with_base (const DgPara *para, guint i)
{
  return para->levels[i] % 2 == para->base;
}

static void
add_point (DgPara *para, guint next, double hyphen, double penalty, guint flags)
{
  DgBreakPoint point = { 0 };
  guint        end = next;

  while (end > 0 && dg_points_vanishes (para->chars[end - 1]))
    end--;
  point.width_end = para->x[end] + hyphen;
  point.width_next = para->x[next];
  point.stretch_end = para->stretch[end];
  point.stretch_next = para->stretch[next];
  point.shrink_end = para->shrink[end];
  point.shrink_next = para->shrink[next];
  point.letters_end = para->letters[end];
  point.letters_next = para->letters[next];
  point.groups_end = para->groups[end];
  point.groups_next = para->groups[next];
  point.kashida_end = para->kashida[end];
  point.kashida_next = para->kashida[next];
  if (para->style.justify) {
    if (next < para->n && runs_with_base (para, next))
      point.hang_start = dg_optical_start (para->chars[next], para->x[next + 1] - para->x[next], para->style.size);
    if (hyphen > 0)
      point.hang_end = dg_optical_end (0x2010, hyphen, para->style.size);
    else if (end > 0 && runs_with_base (para, end - 1))
      point.hang_end = dg_optical_end (para->chars[end - 1], para->x[end] - para->x[end - 1], para->style.size);
  }
  if (next == 0)
    point.hang_start -= para->style.indent;
  point.penalty = penalty;
  point.flags = flags;
  g_array_append_val (para->points, point);
  g_array_append_val (para->at, next);
}

/* What a break at the space before @next costs beyond its line.  @sense: what it costs in a headline; NULL: it is none. */
static double
space_penalty (const DgPara *para, guint next, const double *sense)
{
  guint  end = next, start;
  double penalty = 0;

  while (end > 0 && dg_points_vanishes (para->chars[end - 1]))
    end--;
  start = end;
  while (start > 0 && !dg_points_vanishes (para->chars[start - 1]))
    start--;
  if (next < para->n && end > start) {
    gboolean number = TRUE;

    for (guint i = start; i < end; i++)
      if (!g_unichar_isdigit (para->chars[i]))
        number = FALSE;
    if (sense == NULL && number && g_unichar_isalpha (para->chars[next]))
      penalty += PENALTY_NUMBER;
    if (para->chars[next] == 0x2013 || para->chars[next] == 0x2014)
      penalty += PENALTY_DASH;
    if (sense != NULL) {
      guint last = para->n;

      penalty += sense[next];
      while (last > 0 && !dg_points_vanishes (para->chars[last - 1]))
        last--;
      if (next == last)
        penalty += PENALTY_WIDOW_WORD;
    }
  }
  return penalty;
}

/* The hyphen's width in the item's face. */
static double
hyphen_width (const DgItem *item)
{
  hb_codepoint_t glyph;

  if (!hb_font_get_nominal_glyph (item->hb, 0x2010, &glyph) && !hb_font_get_nominal_glyph (item->hb, '-', &glyph))
    return 0;
  return hb_font_get_glyph_h_advance (item->hb, glyph) * dg_fonts_unit (item->hb, item->size);
}

typedef struct {
  guint8   *after; /* the DgHyphen after each character */
  gboolean *name;  /* … in a capitalised word, or in one after a number */
} Hyphens;

/* A month after its day, a unit after its number. */
static gboolean
follows_number (const DgPara *para, guint start)
{
  guint i = start;

  while (i > 0 && dg_points_vanishes (para->chars[i - 1]))
    i--;
  return i > 0 && i < start && g_unichar_isdigit (para->chars[i - 1]);
}

static gboolean
is_ascii_letter (gunichar ch)
{
  return ch < 0x80 && g_ascii_isalnum ((char) ch);
}

/* The end of the printable ASCII that begins at @i; an address or a path is one such stretch, or the whole of it but for punctuation. */
static guint
end_of_stretch (const DgPara *para, guint i)
{
  while (i < para->n && para->chars[i] > ' ' && para->chars[i] < 0x7F)
    i++;
  return i;
}

/* TRUE for a stretch that holds an address, a path or a file's name: a hyphen would add a sign to it. */
static gboolean
is_address (const DgPara *para, guint start, guint end)
{
  for (guint i = start; i + 1 < end; i++) {
    gunichar ch = para->chars[i], before = i > 0 ? para->chars[i - 1] : ' ';

    if (ch == '/' && (before == ' ' || before == '/'))
      return TRUE;
    if ((ch == '.' || ch == '_' || ch == '@') && i > start && g_ascii_isalpha ((char) before) && is_ascii_letter (para->chars[i + 1]))
      return TRUE;
  }
  return FALSE;
}

/* A mark on a letter, or what joins letters and parts them in the scripts of India. */
static gboolean
continues_word (gunichar ch)
{
  return g_unichar_ismark (ch) || ch == 0x200C || ch == 0x200D;
}

/* Marks hyphen places of each word; words of capitals, with digits or in addresses have none.  A long Latin word inside another script is
 * nearly always English, and would else leave a hole as wide as itself. */
static void
find_hyphens (const DgPara *para, Hyphens *out)
{
  gboolean foreign = dg_language_get (para->lang)->letters != G_UNICODE_SCRIPT_LATIN, address = FALSE;
  guint    stretch = 0; /* its end */

  for (guint i = 0; i < para->n;) {
    guint    start = i;
    gboolean lower = TRUE;
    gboolean sentence, latin;

    if (i >= stretch) {
      stretch = MAX (end_of_stretch (para, i), i + 1);
      address = is_address (para, i, stretch);
    }
    while (i < para->n && (g_unichar_isalpha (para->chars[i]) || (i > start && continues_word (para->chars[i]))))
      i++;
    if (i == start) {
      i++;
      continue;
    }
    if (i - start < 5 || address)
      continue;
    for (guint k = start + 1; k < i; k++)
      lower = lower && !g_unichar_isupper (para->chars[k]);
    latin = foreign && g_unichar_get_script (para->chars[start]) == G_UNICODE_SCRIPT_LATIN;
    if (!lower || (latin && i - start < FOREIGN_WORD))
      continue;
    sentence = start == 0 || g_utf8_strchr (".!?:", -1, sign_before (para, start - 1)) != NULL;
    if (dg_hyphens_find (para->style.hyphens, latin ? "en" : para->lang, para->chars + start, i - start, out->after + start)
        && (latin || (g_unichar_isupper (para->chars[start]) && !sentence) || follows_number (para, start)))
      for (guint k = start; k < i; k++)
        out->name[k] = TRUE;
  }
}

/* TRUE before the first of a letter's bytes written as %D9%84. */
static gboolean
begins_encoded (const DgPara *para, guint i)
{
  return i + 2 < para->n && para->chars[i] == '%' && para->chars[i + 1] < 0x80 && g_ascii_isxdigit ((char) para->chars[i + 1])
         && !strchr ("89ABab", (int) para->chars[i + 1]);
}

/* TRUE inside one such byte. */
static gboolean
splits_encoded (const DgPara *para, guint i)
{
  return (i >= 1 && para->chars[i - 1] == '%')
         || (i >= 2 && para->chars[i - 2] == '%' && para->chars[i - 1] < 0x80 && g_ascii_isxdigit ((char) para->chars[i - 1]));
}

/* TRUE with three letters or digits before @i, no scheme among them, and three after it. */
static gboolean
is_inside (const DgPara *para, guint i)
{
  for (guint k = i - 3; k < i + 3; k++)
    if (!is_ascii_letter (para->chars[k]))
      return FALSE;
  for (guint k = i; k < i + LONGEST_SCHEME && k + 1 < para->n && (is_ascii_letter (para->chars[k]) || para->chars[k] == ':'); k++)
    if (para->chars[k] == ':' && para->chars[k + 1] == '/')
      return FALSE;
  return TRUE;
}

typedef enum { INSIDE = 1, JOINT, HARDLY, NEVER } Joint;

/* Marks where an address, a path or a long name with joints may be broken: after a joint, between letters; in need inside of a part. */
static void
find_joints (const DgPara *para, guint8 *joints)
{
  for (guint i = 0; i < para->n;) {
    guint    start = i, letters = 0;
    gboolean address;

    i = end_of_stretch (para, start);
    if (i == start) {
      i++;
      continue;
    }
    for (guint k = start; k < i; k++)
      letters += is_ascii_letter (para->chars[k]);
    if (i - start < LONG_ADDRESS || letters * 2 < i - start)
      continue;
    address = is_address (para, start, i);
    for (guint k = start + 1; address && k < MIN (start + ADDRESS_PIECE, i); k++)
      joints[k] = NEVER;
    for (guint k = start + ADDRESS_PIECE; k + ADDRESS_PIECE <= i; k++)
      if ((strchr ("/._?&=@", (int) para->chars[k - 1]) && is_ascii_letter (para->chars[k])) || begins_encoded (para, k))
        joints[k] = address && i - start <= WHOLE_ADDRESS ? HARDLY : JOINT;
      else if (address && is_inside (para, k))
        joints[k] = INSIDE;
  }
}

/* The widest piece that no line's end parts, pt. */
static double
widest_piece (const DgPara *para)
{
  double widest = 0;

  for (guint i = 1; i < para->points->len; i++)
    widest = MAX (widest, g_array_index (para->points, DgBreakPoint, i).width_end - g_array_index (para->points, DgBreakPoint, i - 1).width_next);
  return widest;
}

/* Points at all places; with @clusters also where a word may be broken in an emergency. */
static void
make_points (DgPara *para, gboolean clusters)
{
  Hyphens                  hyphens = { NULL, NULL };
  guint                    item_index = 0;
  g_autofree PangoLogAttr *emergencies = clusters ? dg_para_attributes (para) : NULL;
  g_autofree guint8       *joints = NULL;
  g_autofree double       *sense = para->style.balance ? dg_sense_prices (para->chars, para->n, dg_language_get (para->lang)) : NULL;

  para->points = g_array_sized_new (FALSE, FALSE, sizeof (DgBreakPoint), para->n / 4 + 2);
  para->at = g_array_sized_new (FALSE, FALSE, sizeof (guint), para->n / 4 + 2);
  if (para->style.hyphens) {
    hyphens.after = g_new0 (guint8, para->n + 1);
    hyphens.name = g_new0 (gboolean, para->n + 1);
    find_hyphens (para, &hyphens);
  }
  if (para->style.justify) {
    joints = g_new0 (guint8, para->n + 1);
    find_joints (para, joints);
  }

  add_point (para, 0, 0, 0, 0);
  for (guint i = 1; i < para->n; i++) {
    const DgItem *item;

    while (item_index + 1 < para->items->len && g_array_index (para->items, DgItem, item_index).end < i)
      item_index++;
    item = &g_array_index (para->items, DgItem, item_index); /* of the character before the break */
    if (para->ends[i] && (repeats (para->chars[i]) || (joints != NULL && joints[i] == NEVER)))
      continue;
    if (para->ends[i]) {
      if (para->ends[i] >= DG_END_TIED)
        add_point (para, i, 0, para->ends[i] == DG_END_TIED ? PENALTY_TIED : PENALTY_TORN, DG_BREAK_WORD | DG_BREAK_TIED);
      else if (dg_points_vanishes (para->chars[i - 1]))
        add_point (para, i, 0, space_penalty (para, i, sense), DG_BREAK_WORD);
      else if (item->solid || is_ideograph (para->chars[i - 1]) || is_ideograph (para->chars[i]))
        add_point (para, i, 0, 0, 0);
      else
        add_point (para, i, 0, joints != NULL && joints[i] == HARDLY ? PENALTY_WHOLE : PENALTY_SLASH, 0);
    } else if (joints && joints[i] != 0 && joints[i] != NEVER) {
      add_point (para, i, 0,
                 joints[i] == JOINT    ? PENALTY_ADDRESS
                 : joints[i] == HARDLY ? PENALTY_WHOLE
                                       : PENALTY_PART,
                 joints[i] == INSIDE ? DG_BREAK_TIED : 0);
    } else if (hyphens.after && (hyphens.after[i - 1] == DG_HYPHEN_SYLLABLE || hyphens.after[i - 1] == DG_HYPHEN_JOINT)) {
      double penalty = hyphens.after[i - 1] == DG_HYPHEN_JOINT ? PENALTY_JOINT : PENALTY_HYPHEN;

      add_point (para, i, hyphen_width (item), penalty + (hyphens.name[i - 1] ? PENALTY_NAME : 0), DG_BREAK_HYPHEN);
    } else if (emergencies && emergencies[i].is_cursor_position && !splits_encoded (para, i)) {
      add_point (para, i, 0, PENALTY_EMERGENCY, DG_BREAK_EMERGENCY);
    }
  }
  if (para->n > 0)
    add_point (para, para->n, 0, 0, 0);
  g_free (hyphens.after);
  g_free (hyphens.name);
}

void
dg_points_make (DgPara *para)
{
  para->stretch = g_new0 (double, para->n + 1);
  para->shrink = g_new0 (double, para->n + 1);
  para->letters = g_new0 (double, para->n + 1);
  para->groups = g_new0 (double, para->n + 1);
  para->kashida = g_new0 (double, para->n + 1);
  sum_glue (para);
  sum_groups (para);
  sum_kashida (para);
  accumulate (para->stretch, para->n);
  accumulate (para->shrink, para->n);
  accumulate (para->letters, para->n);
  accumulate (para->groups, para->n);
  accumulate (para->kashida, para->n);
  make_points (para, FALSE);
  para->widest = widest_piece (para);
}

void
dg_points_break_words (DgPara *para)
{
  g_array_unref (para->points);
  g_array_unref (para->at);
  make_points (para, TRUE);
  para->widest = 0;
}
