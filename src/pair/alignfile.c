/* alignfile.c: JSON into fixed beads: form first, then each bead against the document. */
#include "pair/alignfile.h"
#include "base/refs.h"

#include "pair/align.h"
#include "base/jsonread.h"
#include "base/refuse.h"
#include "base/utf.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#define MOST_PARAGRAPHS (1u << 20) /* in one bead; a dispatch has fewer */

/* A bead as it is written: paragraphs by index and by line, whatever there is of both. */
typedef struct {
  GArray *paras[2]; /* guint, from 0; NULL where the member is missing */
  GArray *lines[2]; /* guint, from 1 */
} Wish;

/* A line as it is written. */
typedef struct {
  guint  n;
  DgRole role;
  char  *lang; /* NULL: nothing is said */
} Line;

/* An object: what is said on one dispatch. */
typedef struct {
  char      *file;   /* NULL: any */
  guint      part;   /* which dispatch of the input, from 1 */
  GPtrArray *wishes; /* Wish */
  GArray    *lines;  /* Line, by number */
  char      *digest;
} Entry;

struct DiglotAlignment {
  gint       refs; /* beyond the first */
  char      *name;
  GPtrArray *entries; /* Entry */
};

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  for (guint side = 0; side < 2; side++) {
    g_clear_pointer (&wish->paras[side], g_array_unref);
    g_clear_pointer (&wish->lines[side], g_array_unref);
  }
  g_free (wish);
}

static void
clear_line (gpointer data)
{
  g_free (((Line *) data)->lang);
}

static Entry *
new_entry (void)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->wishes = g_ptr_array_new_with_free_func (free_wish);
  entry->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (entry->lines, clear_line);
  return entry;
}

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->file);
  g_ptr_array_unref (entry->wishes);
  g_array_unref (entry->lines);
  g_free (entry->digest);
  g_free (entry);
}

/* Form */

/* A whole number from @least; FALSE where the node is something else. */
static gboolean
read_number (JsonNode *node, guint least, guint *number)
{
  gint64 value = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : -1;

  *number = (guint) CLAMP (value, 0, G_MAXINT32);
  return value >= least && value <= G_MAXINT32;
}

/* The numbers of one member of a bead; none where it is missing. */
static gboolean
read_numbers (JsonObject *object, const char *member, guint least, GArray **numbers, GError **error)
{
  JsonNode  *node = json_object_get_member (object, member);
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"%s\" is no array", member);
  array = json_node_get_array (node);
  *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < json_array_get_length (array); i++) {
    guint number;

    if (!read_number (json_array_get_element (array, i), least, &number))
      return dg_refuse (error, DIGLOT_ERROR_ALIGN,
                        least > 0 ? "\"%s\" has an element that is no line's number (from 1)" : "\"%s\" has an element that is no paragraph's index (from 0)",
                        member);
    g_array_append_val (*numbers, number);
  }
  return TRUE;
}

static gboolean
read_wish (JsonNode *node, Wish *wish, GError **error)
{
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "a bead is an object with \"a\" and \"b\", or \"a_lines\" and \"b_lines\"");
  object = json_node_get_object (node);
  if (!read_numbers (object, "a", 0, &wish->paras[0], error) || !read_numbers (object, "b", 0, &wish->paras[1], error)
      || !read_numbers (object, "a_lines", 1, &wish->lines[0], error) || !read_numbers (object, "b_lines", 1, &wish->lines[1], error))
    return FALSE;
  for (guint side = 0; side < 2; side++)
    if ((wish->paras[side] != NULL && wish->paras[side]->len > 0) || (wish->lines[side] != NULL && wish->lines[side]->len > 0))
      return TRUE;
  return dg_refuse (error, DIGLOT_ERROR_ALIGN, "it has no paragraph");
}

static gboolean
read_part (JsonObject *object, Entry *entry, GError **error)
{
  JsonNode *node = json_object_get_member (object, "part");

  entry->part = 1;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node) || !json_object_has_member (json_node_get_object (node), "n")
      || !read_number (json_object_get_member (json_node_get_object (node), "n"), 1, &entry->part))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"part\" is an object whose \"n\" says which of the file's dispatches it is, from 1");
  return TRUE;
}

static char *
digest_node (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Line *x = a, *y = b;

  return x->n < y->n ? -1 : x->n > y->n;
}

/* The text of member @name; NULL where it is missing, null or something else. */
static const char *
read_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* The roles of lines, "lines": none where the member is missing.  A line in both languages has parts, of which nothing can be fixed. */
static gboolean
read_lines (JsonObject *object, Entry *entry, GError **error)
{
  JsonNode  *node = json_object_get_member (object, "lines");
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"lines\" is no array");
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode   *element = json_array_get_element (array, i);
    JsonObject *said = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
    const char *role = said != NULL ? read_text (said, "role") : NULL;
    Line        line = { 0 };

    if (role == NULL || !json_object_has_member (said, "n") || !read_number (json_object_get_member (said, "n"), 1, &line.n))
      return dg_refuse (error, DIGLOT_ERROR_ALIGN, "lines[%u]: a line is an object with its number \"n\", from 1, and its \"role\"", i);
    line.role = dg_role_find (role);
    if (line.role == DG_ROLE_COUNT)
      return dg_refuse (error, DIGLOT_ERROR_ALIGN, "lines[%u]: there is no role \"%s\"", i, role);
    if (json_object_has_member (said, "parts"))
      continue;
    line.lang = g_strdup (read_text (said, "lang"));
    g_array_append_val (entry->lines, line);
    /* cppcheck-suppress memleak ; the array has it */
  }
  g_array_sort (entry->lines, compare_lines);
  return TRUE;
}

static gboolean
read_entry (JsonNode *node, Entry *entry, GError **error)
{
  JsonObject *object;
  JsonNode   *file, *beads;
  JsonArray  *array;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "an alignment is an object with \"beads\"");
  object = json_node_get_object (node);
  file = json_object_get_member (object, "file");
  beads = json_object_get_member (object, "beads");
  if (file != NULL && (!JSON_NODE_HOLDS_VALUE (file) || json_node_get_value_type (file) != G_TYPE_STRING))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "\"file\" is no string");
  if (!read_lines (object, entry, error))
    return FALSE;
  if (beads == NULL ? entry->lines->len == 0 : !JSON_NODE_HOLDS_ARRAY (beads))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "there is no array \"beads\"");
  if (!read_part (object, entry, error))
    return FALSE;
  entry->file = file != NULL ? json_node_dup_string (file) : NULL;
  entry->digest = digest_node (node);
  array = beads != NULL ? json_node_get_array (beads) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    Wish *wish = g_new0 (Wish, 1);
    g_autoptr (GError) problem = NULL;

    g_ptr_array_add (entry->wishes, wish);
    if (!read_wish (json_array_get_element (array, i), wish, &problem))
      return dg_refuse (error, DIGLOT_ERROR_ALIGN, "beads[%u]: %s", i, problem->message);
  }
  return TRUE;
}

/* "fix.json", and which of its objects where it has several. */
static char *
dup_where (const char *name, guint nth, guint count)
{
  return count > 1 ? g_strdup_printf ("%s, object %u", name, nth + 1) : g_strdup (name);
}

/* Takes the objects of @node: one, or an array of them. */
static gboolean
read_entries (DiglotAlignment *alignment, GPtrArray *nodes, GError **error)
{
  for (guint i = 0; i < nodes->len; i++) {
    Entry *entry = new_entry ();
    g_autoptr (GError) problem = NULL;

    g_ptr_array_add (alignment->entries, entry);
    if (!read_entry (nodes->pdata[i], entry, &problem)) {
      g_autofree char *where = dup_where (alignment->name, i, nodes->len);

      return dg_refuse (error, DIGLOT_ERROR_ALIGN, "%s: %s", where, problem->message);
    }
  }
  return TRUE;
}

/* Parses @text, which begins in line @line of the file. */
static gboolean
parse_json (const char *name, guint line, const char *text, gsize length, GPtrArray *nodes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) problem = NULL;
  JsonNode *root;

  if (!dg_json_load (parser, text, length, &problem)) {
    /* "<data>:LINE:COL: Parse error: …", the line counted from where the text begins. */
    const char *what = strstr (problem->message, "error: ");
    guint       row = 1, column = 1;

    sscanf (problem->message, "<data>:%u:%u:", &row, &column);
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "%s:%u:%u: this is no JSON: %s", name, line - 1 + row, column,
                      what != NULL ? what + strlen ("error: ") : problem->message);
  }
  root = json_parser_get_root (parser);
  if (root == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (root)) {
    g_ptr_array_add (nodes, json_node_ref (root));
    return TRUE;
  }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
    g_ptr_array_add (nodes, json_node_ref (json_array_get_element (json_node_get_array (root), i)));
  return TRUE;
}

static void
unref_node (gpointer data)
{
  json_node_unref (data);
}

/* Lines that are an object each, as Diglot writes them for several dispatches. */
static gboolean
is_lines (const char *text, gsize length)
{
  const char *end = memchr (text, '\n', length);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (unref_node);
  const char *rest = end;

  while (rest != NULL && rest < text + length && g_ascii_isspace (*rest))
    rest++;
  return rest != NULL && rest < text + length && *rest == '{' && parse_json ("", 1, text, (gsize) (end - text), nodes, NULL) && nodes->len == 1;
}

static gboolean
parse_all (const char *name, const char *text, gsize length, GPtrArray *nodes, GError **error)
{
  guint line = 1;

  if (!g_utf8_validate_len (text, length, NULL))
    return dg_refuse (error, DIGLOT_ERROR_ALIGN, "%s: this is not UTF-8", name);
  if (!is_lines (text, length))
    return parse_json (name, 1, text, length, nodes, error);
  for (const char *at = text; at < text + length; line++) {
    const char *end = memchr (at, '\n', (gsize) (text + length - at));
    gsize       n = (gsize) ((end != NULL ? end : text + length) - at), blank = 0;

    while (blank < n && g_ascii_isspace (at[blank]))
      blank++;
    if (blank < n && !parse_json (name, line, at, n, nodes, error))
      return FALSE;
    at += n + 1;
  }
  return TRUE;
}

DiglotAlignment *
diglot_alignment_new (GBytes *json, const char *name, GError **error)
{
  g_autoptr (DiglotAlignment) alignment = g_new0 (DiglotAlignment, 1);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (unref_node);
  gsize       length;
  const char *text = g_bytes_get_data (json, &length);

  alignment->name = g_strdup (name);
  alignment->entries = g_ptr_array_new_with_free_func (free_entry);
  if (!parse_all (name, text != NULL ? text : "", length, nodes, error) || !read_entries (alignment, nodes, error))
    return NULL;
  if (nodes->len > 0)
    return g_steal_pointer (&alignment);
  dg_refuse (error, DIGLOT_ERROR_ALIGN, "%s: there is nothing in it", name);
  return NULL;
}

/* The numbers from @first on; no more of them than there can be paragraphs. */
static GArray *
new_range (guint first, guint n)
{
  GArray *range = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < MIN (n, MOST_PARAGRAPHS); i++) {
    guint number = first + i;

    g_array_append_val (range, number);
  }
  return range;
}

DiglotAlignment *
diglot_alignment_new_from_beads (guint nth, const DiglotBead *beads, guint n)
{
  DiglotAlignment *alignment = g_new0 (DiglotAlignment, 1);
  Entry           *entry = new_entry ();
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);

  entry->part = nth + 1;
  for (guint i = 0; i < n; i++) {
    const guint numbers[] = { beads[i].a, beads[i].n_a, beads[i].b, beads[i].n_b };
    Wish       *wish = g_new0 (Wish, 1);

    wish->paras[0] = new_range (beads[i].a, beads[i].n_a);
    wish->paras[1] = new_range (beads[i].b, beads[i].n_b);
    g_ptr_array_add (entry->wishes, wish);
    g_checksum_update (digest, (const guchar *) numbers, sizeof numbers);
  }
  entry->digest = g_strdup (g_checksum_get_string (digest));
  alignment->name = g_strdup ("alignment");
  alignment->entries = g_ptr_array_new_with_free_func (free_entry);
  g_ptr_array_add (alignment->entries, entry);
  return alignment;
}

DiglotAlignment *
diglot_alignment_ref (DiglotAlignment *alignment)
{
  return dg_ref (alignment);
}

void
diglot_alignment_free (DiglotAlignment *alignment)
{
  if (alignment == NULL || dg_unref (alignment))
    return;
  g_ptr_array_unref (alignment->entries);
  g_free (alignment->name);
  g_free (alignment);
}

/* Choice */

guint
dg_alignfile_count (const DiglotAlignment *alignment)
{
  return alignment->entries->len;
}

const char *
dg_alignfile_name (const DiglotAlignment *alignment, guint nth)
{
  return ((const Entry *) alignment->entries->pdata[nth])->file;
}

gboolean
dg_alignfile_is_for (const char *from, const char *name)
{
  gsize       n = strlen (from), m = strlen (name);
  const char *longer = n > m ? from : name, *shorter = n > m ? name : from;
  gsize       before = MAX (n, m) - MIN (n, m);

  return strcmp (longer + before, shorter) == 0 && *shorter != '\0' && (before == 0 || strchr ("/!", longer[before - 1]) != NULL);
}

/* How well an object's name fits the input's: 0 not at all. */
static gsize
rate (const Entry *entry, const char *name)
{
  if (entry->file == NULL || name == NULL)
    return 1;
  return dg_alignfile_is_for (entry->file, name) ? 1 + MIN (strlen (entry->file), strlen (name)) : 0;
}

/* The object for the @nth dispatch of the input @name: the one whose name fits best, and of equals the last; NULL where there is none. */
static const Entry *
choose (const DiglotAlignment *alignment, const char *name, guint nth, guint *which)
{
  const Entry *best = NULL;
  gsize        best_rate = 1;

  for (guint i = 0; i < alignment->entries->len; i++) {
    const Entry *entry = alignment->entries->pdata[i];
    gsize        fit = rate (entry, name);

    if (entry->part != nth + 1 || fit < best_rate)
      continue;
    best = entry;
    best_rate = fit;
    *which = i;
  }
  return best;
}

char *
dg_alignfile_dup_digest (const DiglotAlignment *alignment, const char *name)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < alignment->entries->len; i++) {
    const Entry *entry = alignment->entries->pdata[i];

    if (rate (entry, name) > 0)
      g_string_append (all, entry->digest);
  }
  return g_string_free (all, FALSE);
}

/* Beads against the document */

typedef struct {
  const DgDoc *doc;
  GPtrArray   *body[2];    /* DgNode, lent */
  GHashTable  *by_line[2]; /* line -> body paragraph + 1 */
  guint       *owner[2];   /* the bead of each paragraph + 1 */
  const char  *where;      /* the file and its object */
  DgDiag      *diag;
  gboolean     sound;
} Check;

static const char *const side_names[] = { "a", "b" };

static void complain (Check *check, guint bead, guint line, const char *format, ...) G_GNUC_PRINTF (4, 5);

static void
complain (Check *check, guint bead, guint line, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  check->sound = FALSE;
  dg_diag_add (check->diag, DG_DIAG_ALIGN_FILE, line, 0, check->where, bead, text);
}

static guint
first_line (const Check *check, guint side, guint para)
{
  const DgNode *node = check->body[side]->pdata[para];

  return g_array_index (node->lines, guint, 0);
}

static void
index_body (Check *check, guint side)
{
  check->body[side] = dg_text_list_running (&check->doc->text[side]);
  check->by_line[side] = g_hash_table_new (NULL, NULL);
  check->owner[side] = g_new0 (guint, check->body[side]->len + 1);
  for (guint i = 0; i < check->body[side]->len; i++) {
    const DgNode *node = check->body[side]->pdata[i];

    for (guint k = 0; k < node->lines->len; k++)
      g_hash_table_insert (check->by_line[side], GUINT_TO_POINTER (g_array_index (node->lines, guint, k)), GUINT_TO_POINTER (i + 1));
  }
}

static void
clear_check (Check *check)
{
  for (guint side = 0; side < 2; side++) {
    g_ptr_array_unref (check->body[side]);
    g_hash_table_unref (check->by_line[side]);
    g_free (check->owner[side]);
  }
}

/* What a line is, for a message about one that is no body paragraph of its side. */
static void
complain_of_line (Check *check, guint bead, guint side, guint line)
{
  const DgDoc *doc = check->doc;
  guint        last = doc->first_line + doc->n_lines;

  if (line < doc->first_line || line >= last)
    complain (check, bead, 0, "\"%s_lines\" has line %u, and the dispatch has lines %u to %u", side_names[side], line, doc->first_line, last - 1);
  else if (g_hash_table_contains (check->by_line[!side], GUINT_TO_POINTER (line)))
    complain (check, bead, line, "\"%s_lines\" has line %u, which belongs to %s", side_names[side], line, side_names[!side]);
  else
    complain (check, bead, line, "\"%s_lines\" has line %u, which is no body paragraph but %s", side_names[side], line,
              dg_role_name (doc->lines[line - doc->first_line].role));
}

/* The paragraphs of one side of a bead as a range; FALSE where they make none. */
static gboolean
find_range (Check *check, guint bead, const Wish *wish, guint side, guint *first, guint *n)
{
  const GArray *paras = wish->paras[side], *lines = wish->lines[side];
  guint         low[2] = { G_MAXUINT, G_MAXUINT }, high[2] = { 0, 0 }, count[2] = { 0, 0 };
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; paras != NULL && i < paras->len; i++) {
    guint para = g_array_index (paras, guint, i);

    if (para >= check->body[side]->len) {
      complain (check, bead, 0, "\"%s\" has paragraph %u, and there are %u, counted from 0", side_names[side], para, check->body[side]->len);
      return FALSE;
    }
    low[0] = MIN (low[0], para);
    high[0] = MAX (high[0], para);
    count[0] += g_hash_table_add (seen, GUINT_TO_POINTER (para));
  }
  g_hash_table_remove_all (seen);
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    guint line = g_array_index (lines, guint, i);
    guint para = GPOINTER_TO_UINT (g_hash_table_lookup (check->by_line[side], GUINT_TO_POINTER (line)));

    if (para == 0) {
      complain_of_line (check, bead, side, line);
      return FALSE;
    }
    low[1] = MIN (low[1], para - 1);
    high[1] = MAX (high[1], para - 1);
    count[1] += g_hash_table_add (seen, GUINT_TO_POINTER (para - 1));
  }
  if (paras != NULL && lines != NULL && (low[0] != low[1] || high[0] != high[1] || count[0] != count[1])) {
    complain (check, bead, lines->len > 0 ? g_array_index (lines, guint, 0) : 0, "\"%s\" and \"%s_lines\" name different paragraphs", side_names[side],
              side_names[side]);
    return FALSE;
  }
  *n = paras != NULL ? count[0] : count[1];
  *first = *n == 0 ? 0 : paras != NULL ? low[0] : low[1];
  if (*n > 0 && (paras != NULL ? high[0] : high[1]) - *first + 1 != *n) {
    complain (check, bead, first_line (check, side, *first), "the paragraphs of \"%s\" are no neighbours", side_names[side]);
    return FALSE;
  }
  return TRUE;
}

/* No paragraph may stand in two beads. */
static gboolean
own (Check *check, guint bead, guint side, guint first, guint n)
{
  for (guint i = first; i < first + n; i++) {
    if (check->owner[side][i] != 0) {
      complain (check, bead, first_line (check, side, i), "paragraph %u of \"%s\" stands in beads[%u] too", i, side_names[side], check->owner[side][i] - 1);
      return FALSE;
    }
    check->owner[side][i] = bead + 1;
  }
  return TRUE;
}

/* Beads that join may not cross: their order is the same in both texts. */
static void
check_order (Check *check, const GArray *beads)
{
  for (guint i = 1; i < beads->len; i++) {
    const DgBead *before = &g_array_index (beads, DgBead, i - 1), *bead = &g_array_index (beads, DgBead, i);

    if (bead->b < before->b)
      complain (check, check->owner[0][bead->a] - 1, first_line (check, 0, bead->a), "it crosses beads[%u]: behind it in a, before it in b",
                check->owner[0][before->a] - 1);
  }
}

static int
compare_beads (gconstpointer one, gconstpointer two)
{
  const DgBead *x = one, *y = two;

  return x->a < y->a ? -1 : x->a > y->a;
}

static GArray *
make_beads (Check *check, const Entry *entry)
{
  GArray *joined = g_array_new (FALSE, TRUE, sizeof (DgBead));
  g_autoptr (GArray) alone = g_array_new (FALSE, TRUE, sizeof (DgBead));

  for (guint i = 0; i < entry->wishes->len; i++) {
    const Wish *wish = entry->wishes->pdata[i];
    DgBead      bead = { .score = 1, .fixed = TRUE };

    if (!find_range (check, i, wish, 0, &bead.a, &bead.n_a) || !find_range (check, i, wish, 1, &bead.b, &bead.n_b) || !own (check, i, 0, bead.a, bead.n_a)
        || !own (check, i, 1, bead.b, bead.n_b))
      continue;
    if (bead.n_a > 0 && bead.n_b > 0)
      g_array_append_val (joined, bead);
    for (guint k = 0; bead.n_b == 0 && k < bead.n_a; k++) {
      DgBead one = { bead.a + k, 1, 0, 0, 1, TRUE };

      g_array_append_val (alone, one);
    }
    for (guint k = 0; bead.n_a == 0 && k < bead.n_b; k++) {
      DgBead one = { 0, 0, bead.b + k, 1, 1, TRUE };

      g_array_append_val (alone, one);
    }
  }
  g_array_sort (joined, compare_beads);
  check_order (check, joined);
  g_array_append_vals (joined, alone->data, alone->len);
  return joined;
}

GArray *
dg_alignfile_find_lines (const DiglotAlignment *alignment, const char *name, const DgDoc *doc, guint nth)
{
  guint        which = 0;
  const Entry *entry = choose (alignment, name, nth, &which);
  GArray      *fixes = g_array_new (FALSE, FALSE, sizeof (DgLineFix));
  gboolean     differ = FALSE;

  for (guint i = 0; entry != NULL && i < entry->lines->len; i++) {
    const Line       *line = &g_array_index (entry->lines, Line, i);
    const DgLineRole *found = line->n >= doc->first_line && line->n < doc->first_line + doc->n_lines ? &doc->lines[line->n - doc->first_line] : NULL;
    DgLineFix         fix = { line->n, line->role, line->lang };

    if (found == NULL || found->third || found->role == DG_ROLE_BLANK)
      continue;
    g_array_append_val (fixes, fix);
    differ = differ || found->role != line->role
             || (line->lang != NULL && found->side != DG_SIDE_NONE && !found->quoted && !dg_lang_equal (line->lang, doc->text[found->side].lang));
  }
  if (differ)
    return fixes;
  g_array_unref (fixes);
  return NULL;
}

GArray *
dg_alignfile_find (const DiglotAlignment *alignment, const char *name, const DgDoc *doc, guint nth, DgDiag *diag, gboolean *sound)
{
  guint            which = 0;
  const Entry     *entry = choose (alignment, name, nth, &which);
  g_autofree char *where = NULL;
  g_autoptr (GArray) beads = NULL;
  Check check = { .doc = doc, .diag = diag, .sound = TRUE };

  *sound = TRUE;
  if (entry == NULL)
    return NULL;
  check.where = where = dup_where (alignment->name, which, alignment->entries->len);
  for (guint side = 0; side < 2; side++)
    index_body (&check, side);
  beads = make_beads (&check, entry);
  clear_check (&check);
  *sound = check.sound;
  return check.sound ? g_steal_pointer (&beads) : NULL;
}
