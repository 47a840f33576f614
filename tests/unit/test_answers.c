/* test_answers.c: what the modules that only compute give for many invented inputs and for all texts of the tests, beside what they gave when
 * somebody last looked: tests/answers.  A wrong sign anywhere in them changes some answer.  DIGLOT_REGEN=1 (make regen) writes them again; the
 * difference is read before it is kept.  Nothing here hangs on a face. */
#include "answers.h"
#include "scratch.h"
#include "diglot.h"

#include <math.h>
#include <string.h>

#include "page/measure.h"
#include "page/rows.h"
#include "read/date.h"
#include "type/bidi.h"
#include "type/break.h"
#include "type/isolate.h"
#include "type/kashida.h"
#include "type/para.h"
#include "type/prepared.h"
#include "type/sense.h"

/* Breaks */

static void
append_breaks (GString *out, const GArray *breaks)
{
  for (guint i = 0; i < breaks->len; i++)
    g_string_append_printf (out, " %u", g_array_index (breaks, guint, i));
}

/* A paragraph of @n pieces: words with spaces, hyphens in them, ties, breaks in need, kashidas. */
static GArray *
invent_points (guint n, gboolean arabic)
{
  GArray *points = g_array_new (FALSE, TRUE, sizeof (DgBreakPoint));
  double  x = 0, stretch = 0, shrink = 0, kashida = 0, letters = 0;

  for (guint i = 0; i <= n; i++) {
    DgBreakPoint point = { 0 };
    guint        kind = roll (0, 9);

    point.width_end = x;
    point.stretch_end = stretch;
    point.shrink_end = shrink;
    point.kashida_end = kashida;
    point.letters_end = letters;
    if (i > 0 && i < n) {
      if (kind < 6) {
        point.flags = DG_BREAK_WORD | (kind == 0 ? DG_BREAK_TIED : 0);
        point.penalty = kind == 1 ? 120 : kind == 2 ? 20 : 0;
        x += 3;
        stretch += 1.5;
        shrink += .5;
      } else if (kind < 9) {
        point.flags = DG_BREAK_HYPHEN;
        point.penalty = kind == 6 ? 55 : 120;
        point.width_end += 2.5;
      } else {
        point.flags = DG_BREAK_EMERGENCY;
        point.penalty = 500;
      }
    }
    point.hang_start = roll (0, 9) == 0 ? 1.5 : 0;
    point.hang_end = roll (0, 4) == 0 ? 1 : 0;
    point.width_next = x;
    point.stretch_next = stretch;
    point.shrink_next = shrink;
    point.kashida_next = kashida;
    point.letters_next = letters;
    g_array_append_val (points, point);
    if (i < n) {
      double width = roll (20, 260) / 10.0;

      x += width;
      letters += arabic ? 0 : width;
      kashida += arabic && roll (0, 2) == 0 ? roll (4, 40) / 10.0 : 0;
    }
  }
  return points;
}

static void
test_breaks (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  seed = 20;
  for (guint round = 0; round < 160; round++) {
    gboolean arabic = round % 3 == 0;
    g_autoptr (GArray) points = invent_points (round % 16 == 15 ? 420 : roll (2, 70), arabic);
    const DgBreakPoint *all = (const DgBreakPoint *) (const void *) points->data;
    DgBreakFault        faults[] = { { 0, roll (1, points->len - 1), 9000 }, { DG_BREAK_ANY, roll (1, points->len - 1), 4000 } };
    DgBreakParams       params = { .measure = roll (40, 160), .justify = round % 5 != 4, .balance = round % 5 == 4 && round % 2 == 0 };
    g_autoptr (GArray) best = NULL;
    GArray *ways[3];
    guint   found;

    params.widening = round % 2 ? .015 : 0;
    params.tracking = round % 4 ? .02 : 0;
    params.kashida_unit = arabic ? 1.2 : 0;
    params.kashidas = arabic ? 1 + round % 2 * 2 : 0;
    params.kashida_from = .6;
    params.kashida_to = .05;
    params.faults = faults;
    params.n_faults = round % 2 ? 0 : G_N_ELEMENTS (faults);
    best = dg_break_lines (all, points->len, &params, &found);
    g_string_append_printf (out, "%u:", round);
    append_breaks (out, best);
    ways[1] = g_array_ref (best);
    dg_break_others (all, points->len, &params, found, ways);
    for (guint k = 0; k < 3; k++) {
      if (k != 1 && (ways[k]->len != ways[1]->len || memcmp (ways[k]->data, ways[1]->data, ways[1]->len * sizeof (guint)) != 0)) {
        g_string_append_printf (out, " %s", k == 0 ? "less" : "more");
        append_breaks (out, ways[k]);
      }
      g_array_unref (ways[k]);
    }
    g_string_append_printf (out, " = %.4g", dg_break_weigh (all, points->len, &params, best));
    for (guint i = 0, from = 0; i < best->len && i < 6; i++) {
      guint      to = g_array_index (best, guint, i);
      DgBreakFit fit;

      dg_break_fit (&all[from], &all[to], i + 1 == best->len, &params, &fit);
      g_string_append_printf (out, " (%.2f %.2f %.2f %.2f %.2f)", fit.slack, fit.kashida, fit.widen, fit.track, fit.ratio);
      from = to;
    }
    g_string_append_c (out, '\n');
  }
  compare ("breaks", "Paragraphs of invented widths: where they are broken, in a line less and more, their demerits, how the first lines are filled.", out);
}

/* Measures */

/* A paragraph as long as @length pt that can be given or take a line at a price. */
typedef struct {
  double length;
  guint  give;
} Length;

static void
ask_length (gpointer data, double measure, int looseness, DgMeasureCount *count)
{
  const Length *para = data;
  double        lines = MAX (ceil (para->length / measure - 1e-9), 1);

  if ((looseness > 0 && (para->give & 1) == 0) || (looseness < 0 && ((para->give & 2) == 0 || lines < 2)))
    looseness = 0;
  *count = (DgMeasureCount){ .lines = (guint) lines + (guint) looseness,
                             .hyphens = para->give % 3,
                             .badness = 5 + 40 * ABS (looseness) + para->give,
                             .stubs = para->give == 1,
                             .widest = 1.1 + .1 * para->give + (looseness > 0 ? .3 : 0) };
}

static void
reckon_length (gpointer data, DgMeasureRoom *room)
{
  const Length *para = data;

  *room = (DgMeasureRoom){
    .width = para->length, .stretch = para->length * para->give / 40, .shrink = para->length / 50, .inset = para->give, .lines = para->give == 3
  };
}

static void
test_measures (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  seed = 44;
  for (guint round = 0; round < 80; round++) {
    Length       paras[24][2][2];
    gpointer     lent[24][2][2];
    int          looseness[24][2][2] = { { { 0 } } };
    DgMeasureRow rows[24];
    guint        n = roll (1, G_N_ELEMENTS (rows)), n_lefts;
    double       both = 400 + 5 * roll (0, 20), low = both * (.4 + roll (0, 10) / 100.0), high = both * (.5 + roll (0, 12) / 100.0), lefts[5], cost;

    for (guint r = 0; r < n; r++)
      for (guint s = 0; s < 2; s++) {
        guint count = roll (0, 8) == 0 && r > 0 && (s == 0 || rows[r].side[0].n > 0) ? 0 : roll (0, 5) == 0 ? 2 : 1;

        for (guint p = 0; p < count; p++) {
          paras[r][s][p] = (Length){ roll (50, 2600), roll (0, 3) };
          lent[r][s][p] = &paras[r][s][p];
        }
        rows[r].side[s] = (DgMeasureSide){ lent[r][s], looseness[r][s], count };
      }
    n_lefts = dg_measure_propose (rows, n, both, low, high, round % 3 != 0, reckon_length, lefts, G_N_ELEMENTS (lefts));
    cost = dg_measure_loosen (rows, n, both, lefts[0], round % 2 == 0, HUGE_VAL, ask_length);
    g_string_append_printf (out, "%u: of %.0f", round, both);
    for (guint i = 0; i < n_lefts; i++)
      g_string_append_printf (out, " %.2f", lefts[i]);
    g_string_append_printf (out, ", %.4f:", cost);
    for (guint r = 0; r < n; r++)
      for (guint s = 0; s < 2; s++)
        for (guint p = 0; p < rows[r].side[s].n; p++)
          g_string_append_printf (out, "%s%d", s == 0 && p == 0 ? " " : ",", looseness[r][s][p]);
    g_string_append_c (out, '\n');
  }
  compare ("measures", "Rows of invented lengths: left measures that are proposed, what the first costs, and each paragraph's lines more or less.", out);
}

/* Page ends */

static void
test_ends (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  seed = 31;
  for (guint round = 0; round < 150; round++) {
    DgRow       rows[20];
    gboolean    hyphens[20][2][30];
    guint       paragraphs[20][2][30];
    guint       n = roll (1, G_N_ELEMENTS (rows));
    DgRowsFrame frame = {
      .first_slots = roll (0, 40) / 2.0 + 2, .page_slots = roll (8, 60) / 2.0 + 4, .gap = roll (0, 2) * .5, .tail = roll (0, 3) == 0 ? roll (1, 8) : 0
    };
    g_autoptr (DgRowsResult) result = NULL;

    memset (rows, 0, sizeof rows);
    for (guint r = 0; r < n; r++) {
      rows[r].close = r > 0 && roll (0, 4) == 0;
      rows[r].led = r > 0 && roll (0, 5) == 0;
      for (guint s = 0; s < 2; s++) {
        rows[r].lines[s] = s == 1 && rows[r].lines[0] > 0 && roll (0, 6) == 0 ? 0 : roll (s == 0 ? 0 : 1, 29);
        for (guint i = 0; i < 30; i++)
          hyphens[r][s][i] = roll (0, 3) == 0;
        rows[r].hyphen[s] = roll (0, 1) != 0 ? hyphens[r][s] : NULL;
        for (guint rest = roll (0, 1) != 0 ? rows[r].lines[s] : 0; rest > 0;) {
          guint lines = roll (1, MIN (rest, 7));

          rows[r].paragraphs[s] = paragraphs[r][s];
          paragraphs[r][s][rows[r].n_paragraphs[s]++] = lines;
          rest -= lines;
        }
      }
    }
    result = dg_rows_break (rows, n, &frame);
    g_string_append_printf (out, "%u: %u pages, tail on %u, %.5g:", round, result->n_pages, result->tail_page, result->cost);
    for (guint i = 0; i < result->parts->len; i++) {
      const DgRowPart *part = &g_array_index (result->parts, DgRowPart, i);

      g_string_append_printf (out, " %u/%u@%.1f", part->n[0], part->n[1], part->top);
    }
    g_string_append_c (out, '\n');
  }
  compare ("ends", "Rows of invented lines: pages, what their ends cost, the lines of each part and where it stands.", out);
}

/* Levels */

static void
test_levels (void)
{
  static const gunichar signs[] = { 'a',    'b',    'a',   '1',    '2',   '+',    '-',    '/',    ',',    '.',    ':',    '%',    '$',    ' ',
                                    ' ',    '(',    ')',   '[',    ']',   '"',    '!',    '@',    0x5D0,  0x5D1,  0x627,  0x628,  0x62A,  0x661,
                                    0x662,  0x66B,  0x64B, 0x300,  0x60C, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069,
                                    0x200E, 0x200F, 0x61C, 0x2029, '\t',  0x2329, 0x3009, 0xAB,   0xBB,   0x2014, 0xA0,   0xAD };
  g_autoptr (GString) out = g_string_new (NULL);

  seed = 9;
  for (guint round = 0; round < 600; round++) {
    gunichar text[40];
    guint8   levels[40], line[40];
    guint    order[40], n = roll (1, G_N_ELEMENTS (text)), start, end;
    guint8   base;

    for (guint i = 0; i < n; i++)
      text[i] = signs[roll (0, G_N_ELEMENTS (signs) - 1)];
    base = dg_bidi_levels (text, n, (DgBase) (round % 3), levels);
    g_string_append_printf (out, "%u: %u ", round, base);
    for (guint i = 0; i < n; i++)
      g_string_append_c (out, (char) ('a' + MIN (levels[i], 25)));
    start = roll (0, n - 1);
    end = roll (start + 1, n);
    dg_bidi_line_levels (text, levels, start, end, base, line);
    dg_bidi_reorder (line, end - start, order);
    g_string_append_c (out, ' ');
    for (guint i = 0; i < end - start; i++)
      g_string_append_printf (out, ".%u", order[i]);
    dg_isolate_levels (text, n, DG_ISOLATE_YES, levels);
    g_string_append_c (out, ' ');
    for (guint i = 0; i < n; i++)
      g_string_append_c (out, (char) ('a' + MIN (levels[i], 25)));
    g_string_append_c (out, '\n');
  }
  compare ("levels", "Texts of invented signs: base level, levels (a: 0), the order of a line of it, levels where dates and addresses stand by themselves.",
           out);
}

/* Kashidas */

static void
test_kashidas (void)
{
  static const gunichar letters[] = { 0x627, 0x628, 0x629, 0x62A, 0x62D, 0x62F, 0x631, 0x633, 0x635, 0x637, 0x639, 0x641, 0x642, 0x643, 0x644, 0x644,
                                      0x645, 0x646, 0x647, 0x647, 0x648, 0x649, 0x64A, 0x64A, 0x640, 0x64E, 0x651, 0x621, 0x623, 0x6A9, 0x6AF, 0x6CC };
  g_autoptr (GString) out = g_string_new (NULL);

  seed = 5;
  for (guint round = 0; round < 900; round++) {
    gunichar word[12];
    guint    n = roll (2, 9), place = 0;

    for (guint i = 0; i < n; i++)
      word[i] = letters[roll (0, G_N_ELEMENTS (letters) - 1)];
    {
      g_autofree char *utf8 = g_ucs4_to_utf8 (word, n, NULL, NULL, NULL);
      DgKashidaRank    rank = dg_kashida_find (dg_language_get (round % 4 ? "ar" : "fa"), word, n, &place);

      g_string_append_printf (out, "%s %d", utf8, rank);
      if (rank != DG_KASHIDA_NOWHERE)
        g_string_append_printf (out, " %u", place);
      g_string_append_c (out, '\n');
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    g_string_append_printf (out, "%04X %d:", letters[i], dg_kashida_is_word (letters[i]));
    for (guint k = 0; k < G_N_ELEMENTS (letters); k++)
      g_string_append_printf (out, " %d", dg_kashida_joins (letters[i], letters[k]));
    g_string_append_c (out, '\n');
  }
  compare ("kashidas", "Invented Arabic and Persian words: rank and place of the best kashida; which letters join which.", out);
}

/* Dates */

static void
test_dates (void)
{
  static const char *const forms[] = {
    "%2$u %1$s",       "%1$s %2$u",       "%2$u %1$s 2021",  "%1$s %2$u, 2021",     "%2$u %1$s 2021 21:10", "%1$s %2$u 9:05 pm",
    "%2$u de %1$s 22", "le %2$u %1$s 99", "%2$u%1$s 2021 x", "Monday %2$u %1$s on", "12:30 %2$u/%1$s/2021", "%1$s 2021",
  };
  static const char *const months[] = { "January",     "févr.", "März",  "avril", "mayo", "haziran", "июля", "أغسطس",
                                        "تشرين الأول", "آبان",  "رمضان", "ستمبر", "12",   "5",       "7月" };
  static const char *const others[] = {
    "2021-03-04T05:06",
    "2021/3/4",
    "3/4/2021",
    "3.4.21",
    "4.3.121",
    "31/4/2021",
    "13/12/21",
    "12/13/21",
    "2021年3月4日",
    "٤/٣/٢٠٢١",
    "۱۴۰۰/۱/۱",
    "1443/9/2 هـ",
    "21h10",
    "9:05 a.m.",
    "24:00",
    "23:59:59",
    "0:00 GMT",
    "12 am",
    "12 pm",
    "الساعة 9 مساء",
    "9 صباحا",
    "2021 3 4",
    "32 March",
    "30 February 2020",
    "29 February 2020",
    "29 February 2021",
    "1 2 3 4 5",
    "99/99/99",
    "3-4-2021",
    "3–4 March 2021",
    "March 3–4",
    "3 March–4 April",
    "تموز/يوليو 4, 2021",
    "4 تموز (يوليو)",
    "5 Ramadan 1442",
    "5 رمضان 1442 هـ",
    "5 محرم",
    "1 فروردین 1400",
    "1 فروردین",
    "2021.12.31 23.59",
    "21:10 9 Sept",
    "9 Sept at 21:10",
    "Sept 9th, '21",
    "5 o'clock",
    "17 Uhr",
    "17h",
    "17時30分",
    "下午5点",
    "2001:db8",
    "10:70",
    "1999-2000",
    "31.12.1999",
    "1.1.1900",
    "1.1.0999",
    "00.00.2000",
    "1 May 12345",
  };
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (forms) * G_N_ELEMENTS (months) + G_N_ELEMENTS (others); i++) {
    guint            form = i / G_N_ELEMENTS (months), month = i % G_N_ELEMENTS (months), rest = i - (guint) (G_N_ELEMENTS (forms) * G_N_ELEMENTS (months));
    g_autofree char *day = g_strdup_printf ("%u", 1 + i * 7 % 31);
    g_autofree char *text = NULL;

    if (form < G_N_ELEMENTS (forms)) {
      g_autoptr (GString) filled = g_string_new (forms[form]);

      g_string_replace (filled, "%1$s", months[month], 0);
      g_string_replace (filled, "%2$u", day, 0);
      text = g_string_free (g_steal_pointer (&filled), FALSE);
    } else {
      text = g_strdup (others[rest]);
    }
    g_string_append_printf (out, "%s = ", text);
    for (guint k = 0; k < 2; k++) {
      DgDateFound found;

      dg_date_read (text, strlen (text), k == 0 ? "en" : "en-US", &found);
      g_string_append_printf (out, "%d-%d-%d %d:%d (%d %d %d) %d %u", found.date.year, found.date.month, found.date.day, found.date.hour, found.date.minute,
                              found.date.own_year, found.date.own_month, found.date.own_day, found.found, found.n_other);
      g_string_append (out, k == 0 ? " = " : "\n");
    }
  }
  compare ("dates", "Dates of many forms: year, month, day, time, those of their own calendar, whether one was found, words of none; for en and for en-US.",
           out);
}

/* Places in a paragraph where a line may end */

/* The text with a sign at each place: "|" between words, else what the place costs; "." one inside a word that is for a narrow measure alone. */
static void
append_points (GString *out, DgPara *para, gboolean narrow)
{
  gsize at = 0;

  dg_points_make (para);
  if (narrow)
    dg_points_break_words (para);
  for (guint i = 1; i + 1 < para->points->len; i++) {
    const DgBreakPoint *point = &g_array_index (para->points, DgBreakPoint, i);
    gsize               here = para->bytes[g_array_index (para->at, guint, i)];

    g_string_append_len (out, para->text + at, (gssize) (here - at));
    at = here;
    if (point->flags & DG_BREAK_EMERGENCY)
      g_string_append_c (out, '.');
    else if (point->flags == DG_BREAK_WORD && point->penalty == 0)
      g_string_append_c (out, '|');
    else
      g_string_append_printf (out, "{%s%s%s%.4g}", point->flags & DG_BREAK_HYPHEN ? "-" : "", point->flags & DG_BREAK_WORD ? "|" : "",
                              point->flags & DG_BREAK_TIED ? "!" : "", point->penalty);
  }
  g_string_append_printf (out, "%s\n", para->text + at);
}

static void
test_points (void)
{
  static const struct {
    const char *lang, *parts[24];
  } texts[] = {
    { "en",
      { "harbour",
        "the",
        "Salma",
        "Harbourmaster",
        "12",
        "000",
        "km",
        "km/h",
        "Dr.",
        "p.",
        "7 May",
        "9:05",
        "“quoted words”",
        "(open)",
        "well-known",
        "and/or",
        "–",
        "https://wire.example.org/lights/%D9%85%D9%86/tower?a=b&c=d",
        "www.harbour-news.example/abcdefghij%2Fklm",
        "desk.office@harbour.example.org",
        "/usr/share/harbour/lights",
        "--verbose",
        "$40",
        "20%" } },
    { "de",
      { "Hafenmeister", "der", "Dr.", "12", "000", "km", "z. B.", "§", "14", "„Wort“", "Nord-Süd-Achse", "u. a.", "Straßenbahnhaltestelle", "S. 7", "–", "3.",
        "Mai" } },
    { "fr", { "le", "port", "«", "ouvert", "»", "!", "12", "000", "€", ":", "aujourd’hui", "n°", "7", "peut-être", "M.", "Haddad", ";", "?" } },
    { "ar",
      { "الميناء", "في", "12", "كم", "«مفتوح»", "و", "د.", "سلمى", "٪", "20", "العبارة،", "5", "آذار/مارس", "https://wire.example.org/news/today", "؟", "–",
        "ص." } },
    { "zh", { "港口", "今天", "重新", "开放", "，", "12", "公里", "「好」", "A4", "。", "约", "100%", "（一）", "…", "——" } },
  };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (DgFonts) fonts = dg_fonts_new (NULL, TRUE, NULL);
  g_autoptr (DgHyphens) hyphens = dg_hyphens_new ();

  if (U_ICU_VERSION_MAJOR_NUM != MADE_WITH_ICU) {
    g_test_skip ("another release of ICU ends lines otherwise");
    return;
  }
  seed = 12;
  for (guint round = 0; round < 240; round++) {
    guint       k = round % G_N_ELEMENTS (texts), n_parts = 0;
    const char *lang = texts[k].lang;
    DgParaStyle style = { .size = 10, .justify = round % 7 != 6, .space_min = .86, .space_max = 1.5, .family = dg_fonts_family (fonts, lang, NULL) };
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (DgPara) para = NULL;

    while (n_parts < G_N_ELEMENTS (texts[k].parts) && texts[k].parts[n_parts] != NULL)
      n_parts++;
    for (guint i = 0; i < 9; i++) {
      g_string_append (text, i == 0 ? "" : roll (0, 9) == 0 ? "\302\240" : " ");
      g_string_append (text, texts[k].parts[roll (0, n_parts - 1)]);
    }
    if (roll (0, 2) == 0)
      g_string_append (text, k == 4 ? "。" : ".");
    style.hyphens = round % 4 == 1 ? hyphens : NULL;
    para = dg_para_new (fonts, text->str, lang, strcmp (lang, "ar") == 0, &style);
    append_points (out, para, round % 3 == 2);
  }
  compare ("points",
           "Paragraphs of invented words: where lines may end, and what that costs (-: with a hyphen, |: at a space, !: only in need, .: inside a word).", out);
}

/* Headlines */

/* The words of the headlines in @lines from @from on, up to the next language's. */
static GPtrArray *
collect_words (char *const *lines, guint from)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = from; lines[i] != NULL && lines[i][0] != '['; i++) {
    g_auto (GStrv) words = g_strsplit_set (lines[i], " |_", -1);

    for (guint w = 0; words[w] != NULL; w++)
      if (words[w][0] != '\0')
        g_ptr_array_add (all, g_strdup (words[w]));
  }
  return all;
}

static void
append_prices (GString *out, const char *text, const char *lang)
{
  glong                n;
  g_autofree gunichar *chars = g_utf8_to_ucs4 (text, -1, NULL, &n, NULL);
  g_autofree double   *prices = dg_sense_prices (chars, (guint) n, dg_language_get (lang));

  g_string_append_printf (out, "%s:", lang);
  for (glong i = 0; i < n; i++) {
    if (i > 0 && chars[i - 1] == ' ')
      g_string_append_printf (out, " %g ", prices[i]);
    if (chars[i] != ' ')
      g_string_append_unichar (out, chars[i]);
  }
  g_string_append_c (out, '\n');
}

static void
test_senses (void)
{
  static const char *const before[] = { "“", "(", "«", "'", "‘", "al-" }, *const after[] = { ",", ":",  "’s", "'s", "s’", ".", "?",
                                                                                             "”", ",”", "!»", ")",  ";",  "،" };
  static const char *const others[] = { "–", "12", "9,000", "3D", "-", "…", "U.N.", "s’", "7-Tage" };
  g_autofree char         *file = NULL;
  g_autofree char         *lang = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  seed = 8;
  g_assert_true (g_file_get_contents ("tests/unit/headlines.txt", &file, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (file, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (GPtrArray) words = NULL;

    if (lines[i][0] == '[') {
      g_free (lang);
      lang = g_strndup (lines[i] + 1, strcspn (lines[i] + 1, "]"));
      words = collect_words (lines, i + 1);
      for (guint k = 0; k < 30; k++) {
        g_autoptr (GString) text = g_string_new (NULL);
        guint n = roll (3, 9);

        for (guint w = 0; w < n; w++) {
          g_string_append (text, w > 0 ? " " : "");
          if (roll (0, 5) == 0) {
            g_string_append (text, others[roll (0, G_N_ELEMENTS (others) - 1)]);
            continue;
          }
          g_string_append (text, roll (0, 6) == 0 ? before[roll (0, G_N_ELEMENTS (before) - 1)] : "");
          g_string_append (text, words->pdata[roll (0, words->len - 1)]);
          g_string_append (text, roll (0, 3) == 0 ? after[roll (0, G_N_ELEMENTS (after) - 1)] : "");
        }
        append_prices (out, text->str, lang);
      }
    } else if (lang != NULL && lines[i][0] != '\0' && lines[i][0] != '#') {
      g_autoptr (GString) text = g_string_new (lines[i]);

      g_string_replace (text, " | ", " ", 0);
      g_string_replace (text, "_", " ", 0);
      append_prices (out, text->str, lang);
    }
  }
  compare ("senses", "Headlines, real ones and some of their words with odd signs: what it costs to end a line before each word.", out);
}

/* Reading and pairing */

static int
compare_names (gconstpointer one, gconstpointer two)
{
  return strcmp (*(const char *const *) one, *(const char *const *) two);
}

static void
test_readings (void)
{
  if (U_ICU_VERSION_MAJOR_NUM != MADE_WITH_ICU) {
    g_test_skip ("another release of ICU tells words and charsets apart otherwise");
    return;
  }

  static const char *const folders[] = { "tests/golden/parse", "tests/golden/align", "tests/samples" };
  const DiglotOptions      options = { 0 };
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_nonnull (converter);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autoptr (GDir) dir = g_dir_open (folders[i], 0, NULL);
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

    for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
      if (g_str_has_suffix (name, ".txt"))
        g_ptr_array_add (names, g_strdup (name));
    g_ptr_array_sort (names, compare_names);
    for (guint k = 0; k < names->len; k++) {
      g_autofree char *path = g_build_filename (folders[i], names->pdata[k], NULL);
      g_autoptr (GBytes) bytes = diglot_read_file (path, NULL);

      append_reading (out, converter, bytes, names->pdata[k]);
    }
  }
  compare ("readings", "All texts of the tests: languages; each line's text and role; beads; with how sure each is, as the digits of what is left to doubt.",
           out);
}

int
main (int argc, char **argv)
{
  char *home;
  int   status;

  g_test_init (&argc, &argv, NULL);
  home = scratch_make_home (); /* what dictionaries the machine has decides nothing */
  g_test_add_func ("/answers/breaks", test_breaks);
  g_test_add_func ("/answers/measures", test_measures);
  g_test_add_func ("/answers/ends", test_ends);
  g_test_add_func ("/answers/levels", test_levels);
  g_test_add_func ("/answers/kashidas", test_kashidas);
  g_test_add_func ("/answers/dates", test_dates);
  g_test_add_func ("/answers/points", test_points);
  g_test_add_func ("/answers/senses", test_senses);
  g_test_add_func ("/answers/readings", test_readings);
  status = g_test_run ();
  scratch_remove (home);
  g_free (home);
  return status;
}
