/* json.c: the JSON that scripts read.  Its members are a promise: new ones may come, none may change. */
#include "api/json.h"

#include "pair/content.h"
#include "base/jsonbuild.h"
#include "read/meta.h"
#include "base/utf.h"

static const char *const side_names[] = { "a", "b" };

static void
add_languages (JsonBuilder *builder, const DgDoc *doc)
{
  json_builder_set_member_name (builder, "languages");
  json_builder_begin_object (builder);
  for (guint side = 0; side < doc->n_texts; side++)
    dg_build_string (builder, side_names[side], doc->text[side].lang);
  if (doc->third_lang != NULL)
    dg_build_string (builder, "c", doc->third_lang);
  json_builder_end_object (builder);
}

static void
add_confidences (JsonBuilder *builder, const DgDoc *doc)
{
  json_builder_set_member_name (builder, "language_confidence");
  json_builder_begin_object (builder);
  for (guint side = 0; side < doc->n_texts; side++)
    dg_build_double (builder, side_names[side], doc->text[side].confidence, 100);
  json_builder_end_object (builder);
  dg_build_double (builder, "encoding_confidence", dg_source_confidence (doc->source), 100);
}

/* Which of the dispatches in its file this is; nothing where it is the only one. */
static void
add_part (JsonBuilder *builder, const DgDoc *doc, guint nth, guint count)
{
  if (count < 2)
    return;
  json_builder_set_member_name (builder, "part");
  json_builder_begin_object (builder);
  dg_build_int (builder, "n", nth + 1);
  dg_build_int (builder, "of", count);
  dg_build_int (builder, "line", doc->first_line);
  json_builder_end_object (builder);
}

/* Which words of line @n are whose, where it has both languages.  @at: the next of the document's parts. */
static void
add_parts (JsonBuilder *builder, const DgDoc *doc, guint n, guint *at)
{
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (; *at < doc->parts->len && g_array_index (doc->parts, DgLinePart, *at).line == n; ++*at) {
    const DgLinePart *part = &g_array_index (doc->parts, DgLinePart, *at);

    json_builder_begin_object (builder);
    dg_build_string (builder, "lang", doc->text[part->side].lang);
    dg_build_string (builder, "role", dg_role_name (part->role));
    dg_build_string (builder, "text", part->text);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_lines (JsonBuilder *builder, const DgDoc *doc)
{
  guint part = 0;

  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (guint i = 0; i < doc->n_lines; i++) {
    const DgLineRole *line = &doc->lines[i];
    gboolean          has_parts = part < doc->parts->len && g_array_index (doc->parts, DgLinePart, part).line == doc->first_line + i;

    json_builder_begin_object (builder);
    dg_build_int (builder, "n", doc->first_line + i);
    json_builder_set_member_name (builder, "lang");
    if (has_parts)
      json_builder_add_string_value (builder, "mul");
    else if (line->side != DG_SIDE_NONE)
      json_builder_add_string_value (builder, doc->text[line->quoted && doc->n_texts > 1 ? 1 - line->side : line->side].lang);
    else if (line->third)
      json_builder_add_string_value (builder, doc->third_lang);
    else
      json_builder_add_null_value (builder);
    dg_build_string (builder, "role", dg_role_name (line->role));
    if (line->role != DG_ROLE_BLANK)
      dg_build_double (builder, "confidence", line->confidence, 100);
    if (has_parts)
      add_parts (builder, doc, doc->first_line + i, &part);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_numbers (JsonBuilder *builder, const GArray *numbers)
{
  for (guint i = 0; i < numbers->len; i++)
    json_builder_add_int_value (builder, g_array_index (numbers, guint, i));
}

static void
add_body (JsonBuilder *builder, GPtrArray *const bodies[2])
{
  json_builder_set_member_name (builder, "body");
  json_builder_begin_object (builder);
  for (guint side = 0; side < 2; side++) {
    json_builder_set_member_name (builder, side_names[side]);
    json_builder_begin_array (builder);
    for (guint i = 0; i < bodies[side]->len; i++) {
      json_builder_begin_array (builder);
      add_numbers (builder, ((const DgNode *) bodies[side]->pdata[i])->lines);
      json_builder_end_array (builder);
    }
    json_builder_end_array (builder);
  }
  json_builder_end_object (builder);
}

/* One side of a bead: paragraphs as @name, or with @lines their physical lines. */
static void
add_bead_side (JsonBuilder *builder, const char *name, const GPtrArray *body, guint first, guint n, gboolean lines)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = first; i < first + n && i < body->len; i++)
    if (lines)
      add_numbers (builder, ((const DgNode *) body->pdata[i])->lines);
    else
      json_builder_add_int_value (builder, i);
  json_builder_end_array (builder);
}

/* What a bead joins, where that is no paragraph: items of a list, lines of verse, rows of a table. */
static void
add_bead_role (JsonBuilder *builder, const DgBead *bead, GPtrArray *const bodies[2])
{
  const DgNode *node = bead->n_a > 0 ? bodies[0]->pdata[bead->a] : bead->n_b > 0 ? bodies[1]->pdata[bead->b] : NULL;

  if (node != NULL && node->role != DG_ROLE_BODY)
    dg_build_string (builder, "role", dg_role_name (node->role));
}

static void
add_beads (JsonBuilder *builder, const DgAlign *align, GPtrArray *const bodies[2])
{
  json_builder_set_member_name (builder, "beads");
  json_builder_begin_array (builder);
  for (guint i = 0; i < align->beads->len; i++) {
    const DgBead *bead = &g_array_index (align->beads, DgBead, i);

    json_builder_begin_object (builder);
    add_bead_side (builder, "a", bodies[0], bead->a, bead->n_a, FALSE);
    add_bead_side (builder, "b", bodies[1], bead->b, bead->n_b, FALSE);
    add_bead_side (builder, "a_lines", bodies[0], bead->a, bead->n_a, TRUE);
    add_bead_side (builder, "b_lines", bodies[1], bead->b, bead->n_b, TRUE);
    dg_build_double (builder, "score", bead->score, 100);
    add_bead_role (builder, bead, bodies);
    if (bead->fixed) {
      json_builder_set_member_name (builder, "fixed");
      json_builder_add_boolean_value (builder, TRUE);
    }
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_node_lines (JsonBuilder *builder, const char *name, const DgNode *node)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  add_numbers (builder, node->lines);
  json_builder_end_array (builder);
}

static void
add_content_pairs (JsonBuilder *builder, const DgDoc *doc)
{
  g_autoptr (GArray) pairs = dg_content_find_pairs (doc);

  json_builder_set_member_name (builder, "content_pairs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < pairs->len; i++) {
    const DgContentPair *pair = &g_array_index (pairs, DgContentPair, i);

    json_builder_begin_object (builder);
    add_node_lines (builder, "a_lines", pair->a);
    add_node_lines (builder, "b_lines", pair->b);
    dg_build_double (builder, "score", pair->score, 100);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/* The date as the dispatch writes it, in a calendar other than the Gregorian. */
static void
add_written (JsonBuilder *builder, const DgDate *date)
{
  dg_build_string (builder, "calendar", dg_calendar_name (date->calendar));
  json_builder_set_member_name (builder, "written");
  json_builder_begin_object (builder);
  if (date->own_year > 0)
    dg_build_int (builder, "year", date->own_year);
  if (date->own_month > 0)
    dg_build_int (builder, "month", date->own_month);
  if (date->own_day > 0)
    dg_build_int (builder, "day", date->own_day);
  json_builder_end_object (builder);
}

static void
add_date (JsonBuilder *builder, const DgDate *date)
{
  g_autofree char *iso = dg_meta_dup_iso (date);

  if (date->year < 0 && date->month < 0 && date->day < 0 && date->hour < 0 && date->calendar == DG_CALENDAR_GREGORIAN)
    return;
  json_builder_set_member_name (builder, "date");
  json_builder_begin_object (builder);
  if (date->year >= 0)
    dg_build_int (builder, "year", date->year);
  if (date->month >= 0)
    dg_build_int (builder, "month", date->month);
  if (date->day >= 0)
    dg_build_int (builder, "day", date->day);
  if (date->hour >= 0) {
    g_autofree char *time = g_strdup_printf ("%02d:%02d", date->hour, MAX (date->minute, 0));

    dg_build_string (builder, "time", time);
  }
  if (iso != NULL)
    dg_build_string (builder, "iso", iso);
  if (date->calendar != DG_CALENDAR_GREGORIAN)
    add_written (builder, date);
  json_builder_end_object (builder);
}

/* Members "a" and "b" of @name for the sides that have a value; no member where none has. */
static void
add_sides (JsonBuilder *builder, const char *name, const char *const values[2])
{
  if (values[0] == NULL && values[1] == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  for (guint side = 0; side < 2; side++)
    if (values[side] != NULL)
      dg_build_string (builder, side_names[side], values[side]);
  json_builder_end_object (builder);
}

/* What each side says for @role. */
static void
add_role (JsonBuilder *builder, const DgDoc *doc, DgRole role)
{
  char *values[2] = { NULL, NULL };

  for (guint side = 0; side < doc->n_texts; side++)
    values[side] = role == DG_ROLE_SOURCE ? dg_meta_dup_source (&doc->text[side]) : dg_meta_dup_role (&doc->text[side], role);
  add_sides (builder, dg_role_name (role), (const char *const *) values);
  g_free (values[0]);
  g_free (values[1]);
}

static void
add_envelope (JsonBuilder *builder, const DgDoc *doc)
{
  if (doc->envelope->len == 0)
    return;
  json_builder_set_member_name (builder, "envelope");
  json_builder_begin_object (builder);
  for (guint i = 0; i < doc->envelope->len; i++) {
    const DgField *field = doc->envelope->pdata[i];

    dg_build_string (builder, field->key, field->value);
  }
  json_builder_end_object (builder);
}

/* The hour before which nothing may be published, as the texts say it and, where they give the day whole, as a date. */
static void
add_embargo (JsonBuilder *builder, const DgDoc *doc)
{
  g_autofree char *iso = dg_meta_dup_iso (&doc->embargo_date);

  if (doc->embargo[0] == NULL && doc->embargo[1] == NULL)
    return;
  json_builder_set_member_name (builder, "embargo");
  json_builder_begin_object (builder);
  for (guint side = 0; side < 2; side++)
    if (doc->embargo[side] != NULL)
      dg_build_string (builder, side_names[side], doc->embargo[side]);
  if (iso != NULL)
    dg_build_string (builder, "iso", iso);
  json_builder_end_object (builder);
}

static void
add_dispatch (JsonBuilder *builder, const DgDoc *doc)
{
  static const DgRole roles[] = { DG_ROLE_HEADLINE, DG_ROLE_SOURCE,  DG_ROLE_DATELINE, DG_ROLE_BYLINE,      DG_ROLE_DECK,     DG_ROLE_CAPTION, DG_ROLE_NOTICE,
                                  DG_ROLE_KICKER,   DG_ROLE_SIGNOFF, DG_ROLE_CONTACT,  DG_ROLE_BOILERPLATE, DG_ROLE_FOOTNOTE, DG_ROLE_NOTE };
  const char *const   places[2] = { doc->text[DG_SIDE_A].place, doc->text[DG_SIDE_B].place };

  json_builder_set_member_name (builder, "dispatch");
  json_builder_begin_object (builder);
  add_date (builder, &doc->date);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    add_role (builder, doc, roles[i]);
  add_sides (builder, "place", places);
  add_embargo (builder, doc);
  add_envelope (builder, doc);
  json_builder_end_object (builder);
}

static void
add_message (JsonBuilder *builder, const DiglotMessage *message)
{
  g_autofree char *file = g_utf8_make_valid (message->file != NULL ? message->file : "", -1);

  json_builder_begin_object (builder);
  dg_build_string (builder, "file", file);
  dg_build_message (builder, message);
  json_builder_end_object (builder);
}

static void
add_diagnostics (JsonBuilder *builder, DgDiag *diag)
{
  guint                n;
  const DiglotMessage *messages = dg_diag_list (diag, &n);

  json_builder_set_member_name (builder, "diagnostics");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    add_message (builder, &messages[i]);
  json_builder_end_array (builder);
}

void
dg_json_write (const DgAlign *align, const char *file, guint nth, guint count, DgDiag *diag, GString *out)
{
  const DgDoc *doc = align->doc;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) body_a = dg_text_list_running (&doc->text[DG_SIDE_A]);
  g_autoptr (GPtrArray) body_b = dg_text_list_running (&doc->text[DG_SIDE_B]);
  GPtrArray *const bodies[2] = { body_a, body_b };
  g_autofree char *name = g_utf8_make_valid (file, -1);
  g_autofree char *json = NULL;

  json_builder_begin_object (builder);
  dg_build_string (builder, "file", name);
  add_part (builder, doc, nth, count);
  dg_build_string (builder, "encoding", dg_source_encoding (doc->source));
  add_languages (builder, doc);
  add_confidences (builder, doc);
  add_lines (builder, doc);
  add_body (builder, bodies);
  add_beads (builder, align, bodies);
  add_content_pairs (builder, doc);
  add_dispatch (builder, doc);
  add_diagnostics (builder, diag);
  json_builder_end_object (builder);
  json = dg_build_print (builder, "%.2f");
  g_string_append (out, json);
  g_string_append_c (out, '\n');
}

char *
diglot_message_dup_json (const DiglotMessage *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *json = NULL;

  add_message (builder, message);
  json = dg_build_print (builder, "%.2f");
  return dg_dup_escaped (json);
}
