/* parse.c: the reading of a dispatch, from lines to a document: lines with ink, their sides, the paragraphs of each text with
 * their roles, the nodes' tidied text, the date. */
#include "read/parse.h"

#include "read/columns.h"
#include "read/date.h"
#include "read/envelope.h"
#include "read/labels.h"
#include "read/marks.h"
#include "read/meta.h"
#include "read/place.h"
#include "read/roles.h"
#include "read/scan.h"
#include "read/sides.h"
#include "read/tidy.h"
#include "base/language.h"
#include "base/utf.h"
#include "read/wrap.h"

#include <string.h>

static GPtrArray *
pick_side (GArray *lines, DgSide side)
{
  GPtrArray *picked = g_ptr_array_new ();

  for (guint i = 0; i < lines->len; i++)
    if (g_array_index (lines, DgScanLine, i).side == side)
      g_ptr_array_add (picked, &g_array_index (lines, DgScanLine, i));
  return picked;
}

static gboolean
has_headline (const GArray *paragraphs)
{
  for (guint i = 0; i < paragraphs->len; i++)
    if (g_array_index (paragraphs, DgParagraph, i).role == DG_ROLE_HEADLINE)
      return TRUE;
  return FALSE;
}

static gboolean
may_have_label (DgRole role)
{
  return !dg_role_is_running (role) && role != DG_ROLE_CROSSHEAD && !dg_role_is_hidden (role);
}

/* A line's share that is one text's. */
static void
add_part (DgDoc *doc, const DgScanLine *cell, DgSide side, DgRole role)
{
  DgLinePart part = { .line = cell->n, .column = cell->column, .side = side, .role = role, .text = g_strndup (cell->text, cell->length) };

  g_array_append_val (doc->parts, part);
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const DgLinePart *x = a, *y = b;

  return x->line != y->line ? (x->line < y->line ? -1 : 1) : x->column < y->column ? -1 : x->column > y->column;
}

/* The roles of the lines of a third text, of which there are no nodes. */
static void
add_third (DgDoc *doc, GArray *lines, const DgLabels *labels, const char *lang)
{
  g_autoptr (GPtrArray) text = pick_side (lines, DG_SIDE_NONE);
  g_autoptr (GArray) paragraphs = dg_wrap_join (text, dg_wrap_find_width (text, FALSE));
  DgCuedText cued = { .lines = text, .paragraphs = paragraphs, .labels = labels, .lang = lang };

  doc->third_lang = g_strdup (lang);
  dg_roles_find (&cued, 1, FALSE);
  for (guint i = 0; i < paragraphs->len; i++) {
    const DgParagraph *paragraph = &g_array_index (paragraphs, DgParagraph, i);

    for (guint k = 0; k < paragraph->n; k++) {
      const DgScanLine *line = text->pdata[paragraph->first + k];

      if (doc->lines[line->n - doc->first_line].role == DG_ROLE_BLANK) /* the other cell may be one of the pair's */
        doc->lines[line->n - doc->first_line] =
          (DgLineRole){ .side = DG_SIDE_NONE, .role = paragraph->role, .why = paragraph->why, .confidence = paragraph->confidence, .third = TRUE };
    }
  }
}

/* The nodes of one text. */
static void
add_nodes (DgDoc *doc, DgSide side, const GPtrArray *lines, const GArray *paragraphs, const DgLabels *labels)
{
  DgNode *cut = NULL; /* the paragraph that goes on after a page's foot */

  for (guint i = 0; i < paragraphs->len; i++) {
    const DgParagraph *paragraph = &g_array_index (paragraphs, DgParagraph, i);
    const DgScanLine  *first = lines->pdata[paragraph->first];
    DgNode            *node = paragraph->goes_on && cut != NULL ? cut : dg_node_new (paragraph->role);
    GString           *text = g_string_sized_new (first->length + 16);

    g_string_append (text, node->text != NULL ? node->text : "");
    g_clear_pointer (&node->text, g_free);
    for (guint k = 0; k < paragraph->n; k++) {
      const DgScanLine *line = lines->pdata[paragraph->first + k];

      dg_tidy_append (node, text, line->text, line->length, line->n, line->column);
      if (line->cell > 0)
        add_part (doc, line, side, paragraph->role);
      if (line->cell < 2 || doc->lines[line->n - doc->first_line].role == DG_ROLE_BLANK)
        doc->lines[line->n - doc->first_line] = (DgLineRole){
          .side = side,
          .role = paragraph->role,
          .why = paragraph->role == DG_ROLE_BODY && line->why != NULL ? line->why : paragraph->why,
          .confidence = paragraph->confidence,
          .quoted = line->quoted,
        };
    }
    node->text = g_string_free (text, FALSE);
    node->confidence = paragraph->confidence;
    node->embargo = paragraph->embargo;
    if (paragraph->role == DG_ROLE_BODY)
      cut = node;
    if (paragraph->goes_on && cut == node && node->lines->len > paragraph->n)
      continue;
    if (first->label_length > 0 && may_have_label (paragraph->role) && paragraph->by_label)
      node->label_length = dg_labels_match (labels, node->text, strlen (node->text), NULL, NULL);
    g_ptr_array_add (doc->text[side].nodes, node);
  }
}

/* Takes @date where more is known of it than of the dispatch's. */
static void
offer_date (DgDoc *doc, const DgDate *date)
{
  if (dg_date_is_complete (&doc->date))
    return;
  if (dg_date_is_complete (date) || dg_date_count_parts (date) > dg_date_count_parts (&doc->date)
      || (doc->date.calendar == DG_CALENDAR_GREGORIAN && date->calendar != DG_CALENDAR_GREGORIAN && dg_date_count_parts (&doc->date) == 0))
    doc->date = *date;
}

/* Where it was written, by its date line or the beginning of its story, which may tell the date too where no line of its own does. */
static void
find_place (DgDoc *doc, DgText *text, const DgLabels *labels)
{
  const DgNode *nodes[] = { dg_text_nth (text, DG_ROLE_DATELINE, 0), dg_text_nth (text, DG_ROLE_BODY, 0) };

  for (guint i = 0; i < G_N_ELEMENTS (nodes) && text->place == NULL; i++) {
    const char  *words = nodes[i] != NULL ? nodes[i]->text + nodes[i]->label_length : NULL;
    DgPlaceFound found = { 0 };
    DgDateFound  date;

    words = words != NULL ? words + strspn (words, " ") : NULL;
    if (words != NULL)
      dg_place_find (labels, words, text->lang, nodes[i]->role == DG_ROLE_DATELINE, &found);
    if (found.place_length == 0)
      continue;
    text->place = g_strndup (words + found.start, found.place_length);
    words += found.start;
    dg_date_read (words + found.place_length, found.length - found.start - found.place_length, text->lang, &date);
    offer_date (doc, &date.date);
  }
}

/* The first complete date of source and date lines; without one, the date of which most is known. */
static void
find_date (DgDoc *doc)
{
  for (guint side = 0; side < doc->n_texts; side++) {
    DgDate merged = DG_DATE_NONE;

    for (guint i = 0; i < doc->text[side].nodes->len; i++) {
      const DgNode *node = doc->text[side].nodes->pdata[i];
      const char   *text = node->text + node->label_length;
      DgDateFound   found;

      if (node->role != DG_ROLE_SOURCE && node->role != DG_ROLE_DATELINE)
        continue;
      dg_date_read (text, strlen (text), doc->text[side].lang, &found);
      /* Date and time may stand on lines of their own. */
      if (merged.day < 0 && (found.date.day >= 0 || (merged.own_day == 0 && found.date.own_day > 0))) {
        int hour = merged.hour, minute = merged.minute;

        merged = found.date;
        if (merged.hour < 0) {
          merged.hour = hour;
          merged.minute = minute;
        }
      } else if (merged.hour < 0 && found.date.hour >= 0) {
        merged.hour = found.date.hour;
        merged.minute = found.date.minute;
      } else if (merged.month < 0 && found.date.month >= 0) {
        merged.year = found.date.year;
        merged.month = found.date.month;
      }
    }
    offer_date (doc, &merged);
  }
  for (guint i = 0; i < doc->envelope->len; i++) {
    const DgField *field = doc->envelope->pdata[i];
    DgDateFound    found;

    if (strcmp (field->key, "date") != 0)
      continue;
    dg_date_read (field->value, strlen (field->value), NULL, &found);
    if (dg_date_is_complete (&found.date))
      offer_date (doc, &found.date);
  }
}

/* The message that tells of a doubt whether a line is @role; DG_DIAG_COUNT for one that nobody is told of. */
static DgDiagId
find_doubt (DgRole role, DgRole rival)
{
  switch (role) {
  case DG_ROLE_HEADLINE: return DG_DIAG_PARSE_HEADLINE_DOUBTFUL;
  case DG_ROLE_CAPTION: return DG_DIAG_PARSE_CAPTION_DOUBTFUL;
  case DG_ROLE_DATELINE: return DG_DIAG_PARSE_DATELINE_DOUBTFUL;
  default: return dg_role_is_hidden (role) != dg_role_is_hidden (rival) ? DG_DIAG_PARSE_ROLE_DOUBTFUL : DG_DIAG_COUNT;
  }
}

/* Says of every line that may be something else than it was taken for, where a reader would notice. */
static void
report_doubts (const DgCuedText *text, DgDiag *diag)
{
  for (guint i = 0; i < text->paragraphs->len; i++) {
    const DgParagraph *paragraph = &g_array_index (text->paragraphs, DgParagraph, i);
    const DgScanLine  *line = text->lines->pdata[paragraph->first];
    DgDiagId           id = find_doubt (paragraph->role, paragraph->rival);

    if (id == DG_DIAG_COUNT || id == DG_DIAG_PARSE_ROLE_DOUBTFUL) {
      DgDiagId other = find_doubt (paragraph->rival, paragraph->role);

      id = other != DG_DIAG_COUNT ? other : id;
    }
    if (id != DG_DIAG_COUNT && paragraph->confidence < DG_ROLE_DOUBTFUL)
      dg_diag_add (diag, id, line->n, line->column, dg_role_name (paragraph->role), dg_role_name (paragraph->rival), paragraph->confidence);
    if (paragraph->new_head)
      dg_diag_add (diag, DG_DIAG_PARSE_SECOND_HEAD, line->n, line->column);
  }
}

/* The embargo, its hour by the first text that tells it whole. */
static void
report_embargo (DgDoc *doc, DgDiag *diag)
{
  const DgNode *first = NULL;
  guint         line, column;

  for (guint side = 0; side < doc->n_texts; side++)
    for (guint i = 0; i < doc->text[side].nodes->len; i++) {
      const DgNode *node = doc->text[side].nodes->pdata[i];
      DgDateFound   found;

      if (!node->embargo || doc->embargo[side] != NULL)
        continue;
      first = first != NULL ? first : node;
      doc->embargo[side] = g_strdup (node->text);
      dg_date_read (node->text, strlen (node->text), doc->text[side].lang, &found);
      if (!dg_date_is_complete (&doc->embargo_date) && found.found)
        doc->embargo_date = found.date;
    }
  if (first == NULL)
    return;
  dg_node_locate (first, 0, &line, &column);
  if (dg_date_is_complete (&doc->embargo_date)) {
    g_autofree char *iso = dg_meta_dup_iso (&doc->embargo_date);

    dg_diag_add (diag, DG_DIAG_PARSE_EMBARGO, line, column, iso);
  } else {
    dg_diag_add (diag, DG_DIAG_PARSE_EMBARGO, line, column, N_ ("the hour that the line tells"));
  }
}

/* A row of asterisks or the like under a text, with nothing of it below, is its end mark: "* *** *", "###". */
static void
mark_end_rules (DgDoc *doc)
{
  DgSide before = DG_SIDE_NONE, after = DG_SIDE_NONE;

  for (guint i = 0; i < doc->n_lines; i++) {
    gsize       length;
    const char *line;
    guint       next = i + 1;

    if (doc->lines[i].side != DG_SIDE_NONE)
      before = doc->lines[i].side;
    if (doc->lines[i].role != DG_ROLE_BLANK || before == DG_SIDE_NONE)
      continue;
    line = dg_source_line (doc->source, doc->first_line + i, &length);
    if (memchr (line, '*', length) == NULL && memchr (line, '#', length) == NULL)
      continue;
    while (next < doc->n_lines && doc->lines[next].side == DG_SIDE_NONE)
      next++;
    after = next < doc->n_lines ? doc->lines[next].side : DG_SIDE_NONE;
    if (after == before)
      continue;
    doc->lines[i] = (DgLineRole){ .side = before, .role = DG_ROLE_END, .why = "a row of signs under the text", .confidence = 0.9 };
  }
}

/* What is said of line @n; *@k: the first that is said of this line or one after it. */
static const DgLineFix *
find_said (const GArray *said, guint *k, guint n)
{
  while (said != NULL && *k < said->len && g_array_index (said, DgLineFix, *k).n < n)
    ++*k;
  return said != NULL && *k < said->len && g_array_index (said, DgLineFix, *k).n == n ? &g_array_index (said, DgLineFix, *k) : NULL;
}

static void
fix_line (DgScanLine *line, const DgLineFix *fix, const DgSides *sides)
{
  line->fixed = TRUE;
  line->role = fix->role;
  if (line->role == DG_ROLE_BLANK || line->role == DG_ROLE_ENVELOPE || line->role == DG_ROLE_PICTURE) /* off the page, and that is all */
    line->role = DG_ROLE_FURNITURE;
  for (guint side = 0; side < sides->n_texts && fix->lang != NULL; side++)
    if (dg_lang_equal (fix->lang, sides->lang[side])) {
      line->side = (DgSide) side;
      line->third = line->quoted = FALSE;
    }
}

static void
put_word (GArray *lines, DgParseWord word, const DgSides *sides)
{
  for (guint i = 0, fixed = 0, styled = 0; (word.fixes != NULL || word.styles != NULL) && i < lines->len; i++) {
    DgScanLine      *line = &g_array_index (lines, DgScanLine, i);
    const DgLineFix *fix = find_said (word.fixes, &fixed, line->n), *style = find_said (word.styles, &styled, line->n);

    if (line->cell > 0) /* a line of both texts */
      continue;
    if (fix != NULL) {
      fix_line (line, fix, sides);
    } else if (style != NULL) {
      line->styled = TRUE;
      line->role = style->role;
    }
  }
}

DgDoc *
dg_parse (DgSource *source, const char *languages, DgDiag *diag, GError **error)
{
  return dg_parse_fixed (source, languages, (DgParseWord){ 0 }, diag, error);
}

DgDoc *
dg_parse_fixed (DgSource *source, const char *languages, DgParseWord word, DgDiag *diag, GError **error)
{
  const DgLabels *labels = dg_labels_get (error);
  g_autoptr (DgDoc) doc = NULL;
  g_autoptr (GArray) lines = NULL;
  GArray    *paragraphs[2] = { NULL, NULL };
  GPtrArray *texts[2] = { NULL, NULL };
  DgSides    sides;
  DgCuedText cued[2];
  guint      widths[2] = { 0, 0 }, n_texts;

  if (labels == NULL)
    return NULL;
  lines = dg_scan_lines (source, labels);
  doc = dg_doc_new (source);
  for (guint n = 0; n < doc->n_lines; n++)
    doc->lines[n] = (DgLineRole){ .side = DG_SIDE_NONE, .role = DG_ROLE_BLANK, .why = "no text" };
  dg_envelope_take (lines, source, doc);
  if (lines->len == 0) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_SYNTAX, "no text in the dispatch");
    return NULL;
  }
  dg_marks_read (lines, source, labels);
  dg_columns_part (lines, source, labels);
  if (!dg_sides_find (lines, labels, languages, &sides, diag, error))
    return NULL;
  put_word (lines, word, &sides);
  n_texts = sides.n_texts;
  g_assert (n_texts >= 1 && n_texts <= G_N_ELEMENTS (texts));
  doc->n_texts = n_texts;
  doc->interleaved = sides.interleaved;
  for (guint side = 0; side < n_texts; side++) {
    doc->text[side].lang = g_strdup (sides.lang[side]);
    doc->text[side].confidence = sides.confidence[side];
    doc->text[side].rtl = dg_language_is_rtl (sides.lang[side]);
    texts[side] = pick_side (lines, (DgSide) side);
    widths[side] = dg_wrap_find_width (texts[side], side == 1 && widths[0] > 0);
  }
  if (widths[1] > 0 && widths[0] == 0)
    widths[0] = dg_wrap_find_width (texts[0], TRUE);
  for (guint side = 0; side < n_texts; side++) {
    paragraphs[side] = dg_wrap_join (texts[side], widths[side]);
    cued[side] = (DgCuedText){ .lines = texts[side], .paragraphs = paragraphs[side], .labels = labels, .lang = sides.lang[side] };
  }
  dg_roles_find (cued, n_texts, !sides.interleaved);
  for (guint side = 0; side < n_texts; side++) {
    if (!has_headline (paragraphs[side]))
      dg_diag_add (diag, DG_DIAG_PARSE_NO_HEADLINE, ((const DgScanLine *) texts[side]->pdata[0])->n, 1, sides.lang[side]);
    add_nodes (doc, (DgSide) side, texts[side], paragraphs[side], labels);
  }
  g_array_sort (doc->parts, compare_parts);
  if (*sides.third != '\0')
    add_third (doc, lines, labels, sides.third);
  mark_end_rules (doc);
  for (guint side = 0; side < n_texts; side++)
    report_doubts (&cued[side], diag);
  report_embargo (doc, diag);
  if (doc->n_texts < 2)
    dg_diag_add (diag, DG_DIAG_PARSE_ONE_LANGUAGE, 0, 0, sides.lang[0]);
  for (guint side = 0; side < n_texts; side++) {
    g_array_unref (paragraphs[side]);
    g_ptr_array_unref (texts[side]);
  }
  find_date (doc);
  for (guint side = 0; side < n_texts; side++)
    find_place (doc, &doc->text[side], labels);
  return g_steal_pointer (&doc);
}
