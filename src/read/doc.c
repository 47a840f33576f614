/* doc.c: the document tree: making, freeing, asking, dumping.  No parsing. */
#include "read/doc.h"

#include "base/utf.h"

#include <string.h>

DgNode *
dg_node_new (DgRole role)
{
  DgNode *node = g_new0 (DgNode, 1);

  node->role = role;
  node->lines = g_array_sized_new (FALSE, FALSE, sizeof (guint), 1);
  node->places = g_array_sized_new (FALSE, FALSE, sizeof (DgPlace), 1);
  return node;
}

void
dg_node_free (DgNode *node)
{
  if (node == NULL)
    return;
  g_free (node->text);
  g_array_unref (node->lines);
  g_array_unref (node->places);
  g_clear_pointer (&node->cells, g_array_unref);
  g_free (node);
}

static void
free_node (gpointer data)
{
  dg_node_free (data);
}

static void
free_field (gpointer data)
{
  DgField *field = data;

  g_free (field->key);
  g_free (field->value);
  g_free (field);
}

static void
clear_part (gpointer data)
{
  g_free (((DgLinePart *) data)->text);
}

DgDoc *
dg_doc_new (DgSource *source)
{
  DgDoc *doc = g_new0 (DgDoc, 1);

  doc->source = dg_source_ref (source);
  doc->n_texts = 1;
  for (guint side = 0; side < 2; side++)
    doc->text[side].nodes = g_ptr_array_new_with_free_func (free_node);
  doc->envelope = g_ptr_array_new_with_free_func (free_field);
  doc->first_line = dg_source_first_line (source);
  doc->n_lines = dg_source_n_lines (source);
  doc->lines = g_new0 (DgLineRole, MAX (doc->n_lines, 1));
  doc->date = doc->embargo_date = DG_DATE_NONE;
  doc->parts = g_array_new (FALSE, FALSE, sizeof (DgLinePart));
  g_array_set_clear_func (doc->parts, clear_part);
  return doc;
}

void
dg_doc_free (DgDoc *doc)
{
  if (doc == NULL)
    return;
  for (guint side = 0; side < 2; side++) {
    g_free (doc->text[side].lang);
    g_free (doc->text[side].place);
    g_free (doc->embargo[side]);
    g_ptr_array_unref (doc->text[side].nodes);
  }
  g_array_unref (doc->parts);
  g_free (doc->third_lang);
  g_ptr_array_unref (doc->envelope);
  g_free (doc->lines);
  dg_source_unref (doc->source);
  g_free (doc);
}

gboolean
dg_node_is_doubtful (const DgNode *node)
{
  return node->confidence < DG_ROLE_DOUBTFUL;
}

const char *
dg_role_name (DgRole role)
{
  static const char *const names[] = {
#define _(id, name) name,
    DG_ROLE_TABLE (_)
#undef _
  };

  g_return_val_if_fail ((guint) role < G_N_ELEMENTS (names), "?");
  return names[role];
}

DgRole
dg_role_find (const char *name)
{
  guint role = 0;

  while (role < DG_ROLE_COUNT && strcmp (dg_role_name ((DgRole) role), name) != 0)
    role++;
  return (DgRole) role;
}

const DgNode *
dg_text_nth (const DgText *text, DgRole role, guint n)
{
  for (guint i = 0; i < text->nodes->len; i++) {
    const DgNode *node = text->nodes->pdata[i];

    if (node->role == role && n-- == 0)
      return node;
  }
  return NULL;
}

guint
dg_text_count (const DgText *text, DgRole role)
{
  guint count = 0;

  for (guint i = 0; i < text->nodes->len; i++)
    count += ((const DgNode *) text->nodes->pdata[i])->role == role;
  return count;
}

GPtrArray *
dg_text_list (const DgText *text, DgRole role)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; text->nodes != NULL && i < text->nodes->len; i++)
    if (((const DgNode *) text->nodes->pdata[i])->role == role)
      g_ptr_array_add (list, text->nodes->pdata[i]);
  return list;
}

gboolean
dg_role_is_running (DgRole role)
{
  return role == DG_ROLE_BODY || role == DG_ROLE_LIST || role == DG_ROLE_VERSE || role == DG_ROLE_TABLE;
}

gboolean
dg_role_is_hidden (DgRole role)
{
  return role == DG_ROLE_NOTE || role == DG_ROLE_MARKER || role == DG_ROLE_FURNITURE || role == DG_ROLE_END || role == DG_ROLE_ENVELOPE
         || role == DG_ROLE_BLANK;
}

GPtrArray *
dg_text_list_running (const DgText *text)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; text->nodes != NULL && i < text->nodes->len; i++)
    if (dg_role_is_running (((const DgNode *) text->nodes->pdata[i])->role))
      g_ptr_array_add (list, text->nodes->pdata[i]);
  return list;
}

gsize
dg_node_hidden (const DgNode *node)
{
  if (node->label_length == 0 || (node->role != DG_ROLE_HEADLINE && node->role != DG_ROLE_DECK))
    return 0;
  return node->label_length + strspn (node->text + node->label_length, " ");
}

void
dg_node_locate (const DgNode *node, gsize offset, guint *line, guint *column)
{
  const DgPlace *places = (const DgPlace *) (const void *) node->places->data;
  guint          low = 0, high = node->places->len;
  gsize          length = node->text != NULL ? strlen (node->text) : 0;

  *line = *column = 0;
  if (high == 0)
    return;
  offset = MIN (offset, length);
  while (high - low > 1) {
    guint middle = low + (high - low) / 2;

    if (places[middle].offset <= offset)
      low = middle;
    else
      high = middle;
  }
  *line = places[low].line;
  *column = places[low].column;
  if (offset > places[low].offset)
    *column += (guint) g_utf8_strlen (node->text + places[low].offset, (gssize) (offset - places[low].offset));
}

void
dg_doc_add_field (DgDoc *doc, const char *key, const char *value, gssize length)
{
  g_autofree char *stripped = g_strstrip (length < 0 ? g_strdup (value) : g_strndup (value, (gsize) length));
  DgField         *field;

  if (*stripped == '\0')
    return;
  for (guint i = 0; i < doc->envelope->len; i++) {
    field = doc->envelope->pdata[i];
    if (strcmp (field->key, key) == 0) {
      g_autofree char *before = field->value;

      field->value = strcmp (before, stripped) == 0 ? g_steal_pointer (&before) : g_strconcat (before, "\n", stripped, NULL);
      return;
    }
  }
  field = g_new0 (DgField, 1);
  field->key = g_strdup (key);
  field->value = g_steal_pointer (&stripped);
  g_ptr_array_add (doc->envelope, field);
}

const char *
dg_calendar_name (DgCalendar calendar)
{
  return calendar == DG_CALENDAR_PERSIAN ? "persian" : calendar == DG_CALENDAR_ISLAMIC ? "islamic" : "gregorian";
}

gboolean
dg_date_is_complete (const DgDate *date)
{
  return date->year >= 0 && date->month >= 0 && date->day >= 0;
}

static void
dump_number (GString *out, int value, int width)
{
  if (value >= 0)
    g_string_append_printf (out, "%0*d", width, value);
  else
    for (int i = 0; i < width; i++)
      g_string_append_c (out, '?');
}

static void
dump_known (const DgDate *date, GString *out)
{
  dump_number (out, date->year, 4);
  g_string_append_c (out, '-');
  dump_number (out, date->month, 2);
  g_string_append_c (out, '-');
  dump_number (out, date->day, 2);
  if (date->hour >= 0) {
    g_string_append_c (out, 'T');
    dump_number (out, date->hour, 2);
    g_string_append_c (out, ':');
    dump_number (out, date->minute, 2);
  }
}

static void
dump_date (const DgDate *date, GString *out)
{
  gboolean none = date->year < 0 && date->month < 0 && date->day < 0 && date->hour < 0;

  g_string_append (out, "date\t");
  if (none)
    g_string_append_c (out, '-');
  else
    dump_known (date, out);
  if (date->calendar != DG_CALENDAR_GREGORIAN) {
    g_string_append_printf (out, "\t%s ", dg_calendar_name (date->calendar));
    dump_number (out, date->own_year > 0 ? date->own_year : -1, 4);
    g_string_append_c (out, '-');
    dump_number (out, date->own_month > 0 ? date->own_month : -1, 2);
    g_string_append_c (out, '-');
    dump_number (out, date->own_day > 0 ? date->own_day : -1, 2);
  }
  g_string_append_c (out, '\n');
}

/* "5", "5-8" or "5-6,9": runs of line numbers. */
static void
dump_lines (const GArray *lines, GString *out)
{
  for (guint i = 0; i < lines->len;) {
    guint first = g_array_index (lines, guint, i), last = first;

    for (i++; i < lines->len && g_array_index (lines, guint, i) == last + 1; i++)
      last++;
    g_string_append_printf (out, last > first ? "%u-%u" : "%u", first, last);
    if (i < lines->len)
      g_string_append_c (out, ',');
  }
}

void
dg_doc_dump (const DgDoc *doc, GString *out)
{
  static const char sides[] = "ab-";

  g_string_append_printf (out, "doc\t%s\t%.2f\t%s\n", dg_source_encoding (doc->source), dg_source_confidence (doc->source),
                          doc->n_texts < 2   ? "one text"
                          : doc->interleaved ? "interleaved"
                                             : "blocks");
  dump_date (&doc->date, out);
  for (guint side = 0; side < doc->n_texts; side++)
    g_string_append_printf (out, "text\t%c\t%s\t%.2f\t%s\n", sides[side], doc->text[side].lang, doc->text[side].confidence,
                            doc->text[side].rtl ? "rtl" : "ltr");
  if (doc->third_lang != NULL)
    g_string_append_printf (out, "text\tc\t%s\tleft out\n", doc->third_lang);
  for (guint side = 0; side < doc->n_texts; side++)
    if (doc->text[side].place != NULL) {
      g_autofree char *place = dg_dup_printable (doc->text[side].place, -1);

      g_string_append_printf (out, "place\t%c\t%s\n", sides[side], place);
    }
  for (guint i = 0; i < doc->envelope->len; i++) {
    const DgField   *field = doc->envelope->pdata[i];
    g_autofree char *value = dg_dup_printable (field->value, -1);

    g_string_append_printf (out, "field\t%s\t%s\n", field->key, value);
  }
  for (guint side = 0; side < doc->n_texts; side++)
    for (guint i = 0; i < doc->text[side].nodes->len; i++) {
      const DgNode    *node = doc->text[side].nodes->pdata[i];
      g_autofree char *label = g_strndup (node->text, node->label_length);
      g_autofree char *shown_label = dg_dup_printable (label, -1);
      g_autofree char *shown = dg_dup_printable (node->text + node->label_length, -1);

      g_string_append_printf (out, "node\t%c\t%s\t", sides[side], dg_role_name (node->role));
      dump_lines (node->lines, out);
      g_string_append_printf (out, "\t%s\t%s\n", shown_label, shown);
    }
  for (guint n = 0; n < doc->n_lines; n++)
    g_string_append_printf (out, "line\t%u\t%c\t%s\t%s\n", doc->first_line + n, doc->lines[n].third ? 'c' : sides[doc->lines[n].side],
                            dg_role_name (doc->lines[n].role), doc->lines[n].why != NULL ? doc->lines[n].why : "");
}
