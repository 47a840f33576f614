/* template.c: reads a page's description: an INI file, those it extends, and --set pairs.
 *
 * GKeyFile reads the values but tells no places, so the text is also walked line by line for where each key stands.  All
 * knowledge of keys is in the header's table, of spelling in value.c. */
#include "page/template.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/datadir.h"
#include "diglot.h"
#include "base/input.h"
#include "base/language.h"
#include "base/nearest.h"
#include "base/utf.h"
#include "page/value.h"

#define MAX_BYTES (1024 * 1024) /* of a template file */
#define MAX_DEPTH 8             /* of "extends" */

/* Where a key was given a value.  Line 0: no line, as for --set. */
typedef struct {
  const char *file; /* as messages name it */
  guint       line, column;
} Place;

/* Fails with "FILE:LINE:COL: error: … [template.CODE]". */
static gboolean fail (GError **error, const Place *place, const char *code, const char *format, ...) G_GNUC_PRINTF (4, 5);

static gboolean
fail (GError **error, const Place *place, const char *code, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *at = place->line ? g_strdup_printf (":%u:%u", place->line, place->column) : g_strdup ("");
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE, "%s%s: error: %s [template.%s]", place->file, at, text, code);
  return FALSE;
}

/* A file's name or a value as a message may show it: valid UTF-8, no controls, not endless. */
static char *
dup_shown (const char *raw)
{
  g_autofree char *valid = g_utf8_make_valid (raw, (gssize) strnlen (raw, 4096));
  if (g_utf8_strlen (valid, -1) > 120) {
    g_autofree char *head = g_utf8_substring (valid, 0, 119);
    g_autofree char *cut = g_strconcat (head, "…", NULL);
    return dg_dup_printable (cut, -1);
  }
  return dg_dup_printable (valid, -1);
}

/* "; did you mean NEAREST?", or nothing. */
static char *
dup_hint (const char *nearest)
{
  return nearest != NULL ? g_strdup_printf (N_ ("; did you mean %s?"), nearest) : g_strdup ("");
}

/* Keys */

enum {
#define _(member, group, key, type, value, meaning) KEY_##member,
  DG_TEMPLATE_TABLE (_)
#undef _
    N_KEYS
};

static const struct {
  const char *group, *key;
  DgValueType type;
  const char *value;  /* the default */
  gsize       offset; /* in DgTemplate */
} keys[N_KEYS] = {
#define _(member, group, key, type, value, meaning) { group, key, DG_VALUE_##type, value, offsetof (DgTemplate, member) },
  DG_TEMPLATE_TABLE (_)
#undef _
};

/* Keys whose limits are narrower than their type's. */
static const struct {
  guint  key;
  double least, greatest;
} limits[] = {
  { KEY_grid, 1, DG_VALUE_MAX_LENGTH },
  { KEY_ratio_min, .1, .9 },
  { KEY_ratio_max, .1, .9 },
  { KEY_space_min, .1, 1 },
  { KEY_space_max, 1, 10 },
  { KEY_space_min_ar, .1, 1 },
  { KEY_space_max_ar, 1, 10 },
  { KEY_kicker_tracking, -.2, 1 },
  { KEY_png_dpi, 1, 2400 },
  { KEY_picture_depth_min, .5, 1000 },
  { KEY_picture_depth_max, .5, 1000 },
  { KEY_picture_trim, 0, .5 },
  { KEY_picture_text_min, 1, 1000 },
  { KEY_first_number, 1, 99999 },
  { KEY_strips, 1, 6 },
  { KEY_line_numbers, 0, 1000 },
  { KEY_headline_leading, 1, DG_VALUE_MAX_LENGTH },
  { KEY_headline_leading_ar, 1, DG_VALUE_MAX_LENGTH },
  { KEY_headline_long_leading, 1, DG_VALUE_MAX_LENGTH },
  { KEY_headline_long_leading_ar, 1, DG_VALUE_MAX_LENGTH },
  { KEY_deck_leading, 1, DG_VALUE_MAX_LENGTH },
  { KEY_deck_leading_ar, 1, DG_VALUE_MAX_LENGTH },
};

/* Sizes of which 0 means "none"; any other size is at least 1 pt. */
static gboolean
may_be_none (guint key)
{
  return key == KEY_running_size || key == KEY_running_size_ar || key == KEY_folio_size || key == KEY_folio_size_ar || key == KEY_masthead_size
         || key == KEY_masthead_size_ar;
}

static int
find_key (const char *group, gsize group_length, const char *key, gsize key_length)
{
  for (int i = 0; i < N_KEYS; i++)
    if (strlen (keys[i].group) == group_length && strncmp (keys[i].group, group, group_length) == 0 && strlen (keys[i].key) == key_length
        && strncmp (keys[i].key, key, key_length) == 0)
      return i;
  return -1;
}

static gboolean
is_group (const char *name, gsize length)
{
  for (guint i = 0; i < N_KEYS; i++)
    if (strlen (keys[i].group) == length && strncmp (keys[i].group, name, length) == 0)
      return TRUE;
  return FALSE;
}

/* What is read so far. */
typedef struct {
  DgTemplate *template;
  Place       places[N_KEYS]; /* where each key got its value; file is NULL for a default */
  guint64     order[N_KEYS];  /* a larger one was set later; 0 for a default */
  guint       n_files;        /* read, --set among them */
  GPtrArray  *names;          /* the strings that places lend */
  const char *path;           /* of the file whose keys are being set; NULL for --set */
} Reader;

static gpointer
member_of (const Reader *reader, guint key)
{
  return (char *) reader->template + keys[key].offset;
}

static gboolean
check_limits (guint key, gconstpointer value, const Place *place, const char *shown, GError **error)
{
  DgValueType type = keys[key].type;
  double      least, greatest;
  if (!dg_value_limits (type, &least, &greatest))
    return TRUE;
  double number = *(const double *) value;
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    if (limits[i].key == key) {
      least = limits[i].least;
      greatest = limits[i].greatest;
    }
  if (type == DG_VALUE_AUTOSIZE && number == DG_SIZE_AUTO)
    return TRUE;
  if ((type == DG_VALUE_SIZE || type == DG_VALUE_AUTOSIZE) && !(number == 0 && may_be_none (key)))
    least = 1;
  if (number >= least && number <= greatest)
    return TRUE;

  g_autoptr (GString) from = g_string_new (NULL), to = g_string_new (NULL);
  dg_value_dump (type, &least, from);
  dg_value_dump (type, &greatest, to);
  if (may_be_none (key))
    return fail (error, place, "range", "%s.%s is %s; it may be 0, or %s to %s", keys[key].group, keys[key].key, shown, from->str, to->str);
  return fail (error, place, "range", "%s.%s is %s; it may be %s to %s", keys[key].group, keys[key].key, shown, from->str, to->str);
}

/* Families are looked for when the template has long been read, so their places go with it. */
static void
set_place (char **at, const Place *place)
{
  g_free (*at);
  *at = place->line ? g_strdup_printf ("%s:%u:%u", place->file, place->line, place->column) : g_strdup (place->file);
}

/* The script that a key of [fonts] names a family for; NULL: it names none.  Latin and Arabic have keys of the table. */
static const char *
find_script (const char *group, gsize group_length, const char *key, gsize key_length)
{
  g_autofree char *name = g_strndup (key, key_length);

  return group_length == 5 && strncmp (group, "fonts", 5) == 0 ? dg_script_from_name (name) : NULL;
}

static gboolean
set_family (Reader *reader, const char *script, const char *text, const Place *place, GError **error)
{
  DgTemplateFamily *named;
  g_autofree char  *family = NULL;

  if (!dg_value_parse (DG_VALUE_STRING, text, &family))
    return fail (error, place, "value", "fonts.%s is empty; expected %s", script, dg_value_expected (DG_VALUE_STRING));
  named = g_new0 (DgTemplateFamily, 1);
  named->family = g_steal_pointer (&family);
  set_place (&named->at, place);
  g_hash_table_insert (reader->template->families, (gpointer) script, named);
  return TRUE;
}

static void
free_family (gpointer data)
{
  DgTemplateFamily *named = data;

  g_free (named->family);
  g_free (named->at);
  g_free (named);
}

/* TRUE for a file of our templates' folder. */
static gboolean
is_ours (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path), *own = dg_datadir_path ("templates", NULL);
  g_autofree char *given = g_canonicalize_filename (folder, NULL), *ours = g_canonicalize_filename (own, NULL);

  return strcmp (given, ours) == 0;
}

/* Gives a key the value that @text spells. */
static gboolean
set_key (Reader *reader, guint key, const char *text, const Place *place, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *shown = dup_shown (stripped);
  DgValueType      type = keys[key].type;
  gpointer         member = member_of (reader, key);
  DgPageSize       before = reader->template->page_size;
  if (!dg_value_parse (type, stripped, member))
    return fail (error, place, "value", "%s.%s is “%s”; expected %s", keys[key].group, keys[key].key, shown, dg_value_expected (type));

  if (!check_limits (key, member, place, shown, error))
    return FALSE;
  if (type == DG_VALUE_PATH && reader->path && *stripped && !g_path_is_absolute (stripped)) {
    char           **path = member; /* a template names files as seen from its own folder */
    g_autofree char *folder = g_path_get_dirname (reader->path);
    g_free (*path);
    *path = g_build_filename (folder, stripped, NULL);
  }
  if (key == KEY_page_size) {
    const DgPageSize *page = member;
    if (!(page->width >= 72 && page->height >= 72 && page->width <= DG_VALUE_MAX_LENGTH && page->height <= DG_VALUE_MAX_LENGTH))
      return fail (error, place, "range", "page.size is %s; each side may be 1 in to 5 m", shown);
    /* Other paper keeps the foot where it was, seen from the page's end: letter is 50 pt shorter than a4. */
    reader->template->last_baseline += page->height - before.height;
    reader->template->folio_at += page->height - before.height;
  }
  if (key == KEY_column_ratio)
    reader->template->ratio_is_own = !reader->path || !is_ours (reader->path);
  if (key == KEY_font_latin)
    set_place (&reader->template->latin_at, place);
  else if (key == KEY_font_arabic)
    set_place (&reader->template->arabic_at, place);
  reader->places[key] = *place;
  reader->order[key] = (guint64) reader->n_files << 32 | place->line;
  return TRUE;
}

static void
set_defaults (Reader *reader)
{
  for (guint i = 0; i < N_KEYS; i++) {
    gboolean good = dg_value_parse (keys[i].type, keys[i].value, member_of (reader, i));
    g_assert (good);
  }
}

/* Geometry */

/* Fails at that one of the keys, up to -1, which got its value last. */
static gboolean fail_geometry (const Reader *reader, const int *involved, GError **error, const char *format, ...) G_GNUC_PRINTF (4, 5);

static gboolean
fail_geometry (const Reader *reader, const int *involved, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);

  Place   place = { reader->template->name, 0, 0 };
  guint64 latest = 0;
  for (; *involved >= 0; involved++)
    if (reader->order[*involved] > latest) {
      latest = reader->order[*involved];
      place = reader->places[*involved];
    }
  return fail (error, &place, "geometry", "%s", text);
}

#define KEYS(...) ((const int[]){ __VA_ARGS__, -1 })

static gboolean
check_measures (const Reader *reader, GError **error)
{
  const DgTemplate *t = reader->template;
  double            width = (t->page_size.width - t->margin_left - t->margin_right - (t->strips - 1) * t->strip_gap) / t->strips;
  double            both = (t->arrangement == DG_ARRANGEMENT_FACING ? 2 : 1) * width - t->gutter;
  if (width <= 0 || both <= 0)
    return fail_geometry (reader, KEYS (KEY_page_size, KEY_margin_left, KEY_margin_right, KEY_gutter), error,
                          "margins and gutter leave no room on a page of %.1f pt for the measures", t->page_size.width);
  if (t->ratio_min > t->ratio_max)
    return fail_geometry (reader, KEYS (KEY_ratio_min, KEY_ratio_max), error, "columns.ratio-min is larger than columns.ratio-max");

  double low = t->column_ratio.is_auto ? t->ratio_min : t->column_ratio.first;
  double high = t->column_ratio.is_auto ? t->ratio_max : t->column_ratio.first;
  if (t->arrangement == DG_ARRANGEMENT_FACING) {
    if (t->column_first == DG_COLUMNS_INSIDE || t->column_first == DG_COLUMNS_OUTSIDE)
      return fail_geometry (reader, KEYS (KEY_arrangement, KEY_column_first), error, "columns.first is left or right where the languages face each other");
    if (fmod (t->first_number, 2) != 0)
      return fail_geometry (reader, KEYS (KEY_arrangement, KEY_first_number), error,
                            "the first of two facing pages is a left-hand one: page.first-number must be even");
    if (t->binding == DG_BINDING_RIGHT)
      return fail_geometry (reader, KEYS (KEY_arrangement, KEY_binding), error, "languages that face each other are bound on the left: book.binding");
    if (t->bundle_start == DG_START_RUN_ON)
      return fail_geometry (reader, KEYS (KEY_arrangement, KEY_bundle_start), error,
                            "dispatches cannot run on where the languages face each other: bundle.start must be page");
    if (!t->column_ratio.is_auto && both * MAX (low, 1 - high) > width + .1)
      return fail_geometry (reader, KEYS (KEY_page_size, KEY_margin_left, KEY_margin_right, KEY_gutter, KEY_arrangement, KEY_column_ratio), error,
                            "a measure of %.1f pt does not go into a page's %.1f pt", both * MAX (low, 1 - high), width);
  } else if (t->arrangement == DG_ARRANGEMENT_STACKED)
    low = high = .5;
  if (t->strips > 1 && t->arrangement == DG_ARRANGEMENT_FACING)
    return fail_geometry (reader, KEYS (KEY_arrangement, KEY_strips), error, "languages that face each other have a page each: columns.strips must be 1");
  double narrowest = both * MIN (low, 1 - high);
  double size = MAX (t->body_size, t->body_size_ar);
  if (narrowest < 3 * size)
    return fail_geometry (reader,
                          KEYS (KEY_page_size, KEY_margin_left, KEY_margin_right, KEY_strips, KEY_strip_gap, KEY_gutter, KEY_column_ratio, KEY_ratio_min,
                                KEY_ratio_max, KEY_body_size, KEY_body_size_ar),
                          error, "a measure of %.1f pt is too narrow for type of %.1f pt", narrowest, size);
  return TRUE;
}

/* Numbers beside the text must not hang off the page. */
static gboolean
check_marks (const Reader *reader, GError **error)
{
  const DgTemplate *t = reader->template;
  double            size = MAX (t->mark_size, t->mark_size_ar), margin = MIN (t->margin_left, t->margin_right);
  double            needs = t->source_lines ? 3 * t->mark_gap + size : t->mark_gap + 2 * size;
  gboolean          outer_only = t->mirrored && t->arrangement == DG_ARRANGEMENT_FACING;
  if (outer_only)
    margin = t->margin_right;
  if ((t->row_numbers == DG_NUMBERS_MARGIN || t->line_numbers > 0 || t->source_lines) && margin < needs)
    return fail_geometry (
      reader, KEYS (KEY_margin_left, KEY_margin_right, KEY_row_numbers, KEY_line_numbers, KEY_source_lines, KEY_mark_size, KEY_mark_size_ar, KEY_mark_gap),
      error, "a margin of %.1f pt has no room for marks that need %.1f pt", margin, needs);
  if (t->row_numbers == DG_NUMBERS_GUTTER && (t->arrangement != DG_ARRANGEMENT_SIDE_BY_SIDE || t->gutter < DG_RING_SIZE + 2))
    return fail_geometry (reader, KEYS (KEY_gutter, KEY_arrangement, KEY_row_numbers), error,
                          "row numbers stand in rings of %.0f pt: the gutter has no room for them", DG_RING_SIZE);
  return TRUE;
}

static gboolean
check_heights (const Reader *reader, GError **error)
{
  const DgTemplate *t = reader->template;
  if (t->last_baseline <= t->first_baseline)
    return fail_geometry (reader, KEYS (KEY_page_size, KEY_first_baseline, KEY_last_baseline), error,
                          "the last baseline (%.1f pt) is not below the first (%.1f pt)", t->last_baseline, t->first_baseline);
  if (t->last_baseline > t->page_size.height)
    return fail_geometry (reader, KEYS (KEY_page_size, KEY_last_baseline), error, "the last baseline (%.1f pt) is off the page (%.1f pt)", t->last_baseline,
                          t->page_size.height);
  if (t->folio_size > 0 && (t->folio_at > t->page_size.height || t->folio_at < 0))
    return fail_geometry (reader, KEYS (KEY_page_size, KEY_folio_at), error, "the folio's baseline (%.1f pt) is off the page (%.1f pt)", t->folio_at,
                          t->page_size.height);
  /* A page that has no room for one line would never take the text. */
  if (t->running_body > t->last_baseline)
    return fail_geometry (reader, KEYS (KEY_page_size, KEY_last_baseline, KEY_running_body), error,
                          "the body of the pages from 2 starts (%.1f pt) below the last baseline (%.1f pt)", t->running_body, t->last_baseline);
  if (t->headline_at > t->last_baseline)
    return fail_geometry (reader, KEYS (KEY_page_size, KEY_last_baseline, KEY_headline_at), error,
                          "the headline stands (%.1f pt) below the last baseline (%.1f pt)", t->headline_at, t->last_baseline);

  double longest = MAX (t->page_size.width, t->page_size.height);
  for (int i = 0; i < N_KEYS; i++)
    if (keys[i].type == DG_VALUE_LENGTH || keys[i].type == DG_VALUE_SIZE || keys[i].type == DG_VALUE_AUTOSIZE) {
      double length = *(const double *) member_of (reader, (guint) i);
      if (length > longest)
        return fail_geometry (reader, KEYS (KEY_page_size, i), error, "%s.%s (%.1f pt) is larger than the page", keys[i].group, keys[i].key, length);
    }
  return TRUE;
}

/* Files */

static char *
read_bounded (const char *path, const Place *place, gsize *length, GError **error)
{
  g_autoptr (GError) problem = NULL;
  char *bytes = dg_input_read_plain (path, MAX_BYTES, length, &problem);
  if (!bytes && problem->code == DIGLOT_ERROR_LIMIT)
    fail (error, place, "size", "the template is %s", problem->message);
  else if (!bytes)
    fail (error, place, "missing", "the template %s", problem->message);
  return bytes;
}

/* A key that names the family for a script. */
typedef struct {
  const char *script;
  char       *key;
  Place       value;
} ScriptKey;

/* Where the keys of a file stand. */
typedef struct {
  Place   key[N_KEYS], value[N_KEYS]; /* line 0: not in the file */
  Place   extends;
  GArray *scripts; /* ScriptKey */
} Map;

static void
clear_script_key (gpointer data)
{
  g_free (((ScriptKey *) data)->key);
}

static guint
column_of (const char *line, const char *p)
{
  return (guint) g_utf8_strlen (line, p - line) + 1;
}

/* One line "key = value" of the group; @line is its start, @end its end. */
static gboolean
map_key (Map *map, const char *group, gsize group_length, const char *line, const char *end, Place at, GError **error)
{
  const char *key = line + strspn (line, " \t");
  const char *equals = memchr (line, '=', (gsize) (end - line));
  at.column = column_of (line, key);
  if (!equals || equals == key)
    return fail (error, &at, "syntax", "expected [group], key = value or # comment");
  if (!group)
    return fail (error, &at, "syntax", "a key stands before the first [group]");

  const char *key_end = equals;
  while (key_end > key && (key_end[-1] == ' ' || key_end[-1] == '\t'))
    key_end--;
  const char *value = equals + 1;
  while (value < end && (*value == ' ' || *value == '\t'))
    value++;
  Place value_at = { at.file, at.line, column_of (line, value) };

  gsize length = (gsize) (key_end - key);
  if (group_length == 8 && strncmp (group, "template", 8) == 0 && length == 7 && strncmp (key, "extends", 7) == 0) {
    map->extends = value_at;
    return TRUE;
  }
  int i = find_key (group, group_length, key, length);
  if (i < 0) {
    const char *script = find_script (group, group_length, key, length);
    if (script) {
      ScriptKey own = { script, g_strndup (key, length), value_at };
      g_array_append_val (map->scripts, own);
      return TRUE;
    }
    g_autofree char *raw = g_strndup (key, length);
    g_autofree char *shown = dup_shown (raw);
    g_autofree char *path = g_strdup_printf ("%.*s.%s", (int) group_length, group, raw);
    g_autofree char *hint = dup_hint (dg_template_nearest_key (path));
    return fail (error, &at, "unknown-key", "there is no key “%s” in [%.*s]%s", shown, (int) group_length, group, hint);
  }
  map->key[i] = at;
  map->value[i] = value_at;
  return TRUE;
}

/* Walks the text as GKeyFile does and finds unknown groups and keys on the way. */
static gboolean
map_text (Map *map, const char *text, const char *file, GError **error)
{
  const char *group = NULL;
  gsize       group_length = 0;
  Place       at = { file, 0, 1 };
  for (const char *line = text; *line;) {
    const char *next = strchr (line, '\n');
    const char *end = next ? next : line + strlen (line);
    const char *after = next ? next + 1 : end;
    at.line++;
    if (end > line && end[-1] == '\r')
      end--;
    const char *p = line;
    while (p < end && (*p == ' ' || *p == '\t'))
      p++;
    if (p < end && *p == '[') {
      at.column = column_of (line, p);
      const char *close = memchr (p, ']', (gsize) (end - p));
      const char *rest = close ? close + 1 : end;
      while (rest < end && (*rest == ' ' || *rest == '\t'))
        rest++;
      if (!close || rest < end)
        return fail (error, &at, "syntax", "expected [group]");
      group = p + 1;
      group_length = (gsize) (close - group);
      if (!is_group (group, group_length) && !(group_length == 8 && strncmp (group, "template", 8) == 0)) {
        g_autofree char *raw = g_strndup (group, group_length);
        g_autofree char *shown = dup_shown (raw);
        g_autofree char *hint = dup_hint (dg_template_nearest_group (raw));
        return fail (error, &at, "unknown-group", "there is no group [%s]%s", shown, hint);
      }
    } else if (p < end && *p != '#' && !map_key (map, group, group_length, line, end, at, error))
      return FALSE;
    line = after;
  }
  return TRUE;
}

static gboolean read_file (Reader *reader, const char *path, const Place *asked, guint depth, GError **error);

/* Where the template that messages and "extends" call @name is: NULL for a name that cannot be one. */
static char *
path_of_name (const char *name)
{
  if (!*name || *name == '.' || strlen (name) > 100 || strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != strlen (name))
    return NULL;
  g_autofree char *file = g_strconcat (name, ".ini", NULL);
  return dg_datadir_path ("templates", file, NULL);
}

/* "extends = NAME" is a template of ours, "extends = NAME.ini" one beside @path. */
static gboolean
read_base (Reader *reader, const char *path, const char *name, const Place *place, guint depth, GError **error)
{
  g_autofree char *shown = dup_shown (name);
  g_autofree char *base = path_of_name (name);
  if (base && g_str_has_suffix (name, ".ini")) {
    g_autofree char *dir = g_path_get_dirname (path);
    g_free (base);
    base = g_build_filename (dir, name, NULL);
  }
  if (!base || access (base, R_OK) != 0)
    return fail (error, place, "extends", "there is no template “%s” to extend", shown);
  if (depth >= MAX_DEPTH)
    return fail (error, place, "extends", "templates extend one another more than %d deep, or in a ring", MAX_DEPTH);
  return read_file (reader, base, place, depth + 1, error);
}

/* Whether GLib knows every escape of the value as it is written.  Releases of GLib differ in what they make of one that they do not. */
static gboolean
has_known_escapes (const char *raw)
{
  for (const char *p = strchr (raw, '\\'); p != NULL; p = strchr (p + 2, '\\'))
    if (p[1] == '\0' || strchr ("sntr\\", p[1]) == NULL)
      return FALSE;
  return TRUE;
}

/* Reads a template file, after those that it extends.  @asked: where its name stood. */
static gboolean
read_file (Reader *reader, const char *path, const Place *asked, guint depth, GError **error)
{
  g_autofree char *display = g_filename_display_name (path);
  char            *file = dup_shown (display);
  g_ptr_array_add (reader->names, file);
  Place at = { file, 0, 0 };

  gsize            length = 0;
  g_autofree char *bytes = read_bounded (path, depth == 0 ? &at : asked, &length, error);
  if (!bytes)
    return FALSE;
  const char *bad = NULL;
  if (!g_utf8_validate (bytes, (gssize) length, &bad)) {
    at.line = 1;
    const char *line = bytes;
    for (const char *p = bytes; p < bad; p++)
      if (*p == '\n') {
        at.line++;
        line = p + 1;
      }
    at.column = column_of (line, bad);
    return fail (error, &at, "syntax", "the template is not UTF-8 text");
  }
  const char *text = g_str_has_prefix (bytes, "\xEF\xBB\xBF") ? bytes + 3 : bytes;

  g_autofree Map *map = g_new0 (Map, 1);
  g_autoptr (GArray) scripts = g_array_new (FALSE, FALSE, sizeof (ScriptKey));
  g_array_set_clear_func (scripts, clear_script_key);
  map->scripts = scripts;
  g_autoptr (GKeyFile) values = g_key_file_new ();
  g_autoptr (GError) cause = NULL;
  if (!map_text (map, text, file, error))
    return FALSE;
  if (*text && !g_key_file_load_from_data (values, text, (gsize) -1, G_KEY_FILE_NONE, &cause)) {
    g_autofree char *reason = dup_shown (cause->message);
    return fail (error, &at, "syntax", "%s", reason);
  }

  if (map->extends.line) {
    g_autofree char *raw = g_key_file_get_string (values, "template", "extends", NULL);
    g_autofree char *name = g_strstrip (g_strdup (raw ? raw : ""));
    if (!read_base (reader, path, name, &map->extends, depth, error))
      return FALSE;
  }
  reader->n_files++;
  reader->path = path;
  /* The page's size stands first in the table, so the foot that it moves can still be set by the same file. */
  for (guint i = 0; i < N_KEYS; i++) {
    if (map->key[i].line == 0)
      continue;
    g_autofree char *raw = g_key_file_get_value (values, keys[i].group, keys[i].key, NULL);
    g_autofree char *value = g_key_file_get_string (values, keys[i].group, keys[i].key, NULL);
    if (!value || !has_known_escapes (raw))
      return fail (error, &map->value[i], "value", "%s.%s has a wrong escape", keys[i].group, keys[i].key);
    if (!set_key (reader, i, value, &map->value[i], error))
      return FALSE;
  }
  for (guint i = 0; i < scripts->len; i++) {
    const ScriptKey *key = &g_array_index (scripts, ScriptKey, i);
    g_autofree char *value = g_key_file_get_string (values, "fonts", key->key, NULL);
    if (!value)
      return fail (error, &key->value, "value", "fonts.%s has a wrong escape", key->key);
    if (!set_family (reader, key->script, g_strstrip (value), &key->value, error))
      return FALSE;
  }
  return TRUE;
}

/* Settings: those of the paper first, as in a file. */
static gboolean
read_settings (Reader *reader, const char *const *settings, GError **error)
{
  const Place place = { "--set", 0, 0 };
  reader->n_files++;
  reader->path = NULL;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; settings[i]; i++) {
      g_autofree char *shown = dup_shown (settings[i]);
      if (!g_utf8_validate (settings[i], -1, NULL))
        return fail (error, &place, "syntax", "“%s” is not UTF-8", shown);
      const char      *equals = strchr (settings[i], '=');
      g_autofree char *path = g_strstrip (g_strndup (settings[i], equals ? (gsize) (equals - settings[i]) : 0));
      const char      *dot = strchr (path, '.');
      if (equals && !dot && dg_template_nearest_key (path))
        return fail (error, &place, "unknown-key", "there is no key “%s”; did you mean %s?", path, dg_template_nearest_key (path));
      if (!equals || !dot)
        return fail (error, &place, "syntax", "“%s” is not GROUP.KEY=VALUE", shown);
      int         key = find_key (path, (gsize) (dot - path), dot + 1, strlen (dot + 1));
      const char *script = key < 0 ? find_script (path, (gsize) (dot - path), dot + 1, strlen (dot + 1)) : NULL;
      if (script && pass == 0 && !set_family (reader, script, equals + 1, &place, error))
        return FALSE;
      if (script)
        continue;
      if (key < 0) {
        g_autofree char *hint = dup_hint (dg_template_nearest_key (path));
        return fail (error, &place, "unknown-key", "there is no key as in “%s”%s", shown, hint);
      }
      if ((key == KEY_page_size) == (pass == 0) && !set_key (reader, (guint) key, equals + 1, &place, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_all (Reader *reader, const char *name, const char *const *settings, GError **error)
{
  g_autofree char *display = g_filename_display_name (name);
  char            *shown = dup_shown (display);
  g_ptr_array_add (reader->names, shown);
  const Place asked = { shown, 0, 0 };

  gboolean         is_path = strchr (name, '/') || g_str_has_suffix (name, ".ini");
  g_autofree char *path = is_path ? g_strdup (name) : path_of_name (name);
  if (!path || (!is_path && access (path, R_OK) != 0)) {
    g_autofree char *list = dg_template_list ();
    g_auto (GStrv) lines = g_strsplit (g_strchomp (list), "\n", -1);
    g_autofree char *names = g_strjoinv (", ", lines);
    const char      *nearest = dg_nearest_find (name, (const char *const *) lines);
    if (nearest)
      return fail (error, &asked, "missing", "there is no template of this name; did you mean %s? There are: %s", nearest, names);
    return fail (error, &asked, "missing", "there is no template of this name; there are: %s", names);
  }
  set_defaults (reader);
  return read_file (reader, path, &asked, 0, error) && (!settings || read_settings (reader, settings, error)) && check_measures (reader, error)
         && check_marks (reader, error) && check_heights (reader, error);
}

/* The header's functions */

DgTemplate *
dg_template_new (const char *name, const char *const *settings, GError **error)
{
  g_autoptr (DgTemplate) template = g_new0 (DgTemplate, 1);
  template->name = g_strdup (name);
  template->families = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_family);
  g_autofree Reader *reader = g_new0 (Reader, 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  reader->template = template;
  reader->names = names;
  return read_all (reader, name, settings, error) ? g_steal_pointer (&template) : NULL;
}

void
dg_template_free (DgTemplate *template)
{
  if (!template)
    return;
  for (guint i = 0; i < N_KEYS; i++)
    if (keys[i].type == DG_VALUE_STRING || keys[i].type == DG_VALUE_TEXT || keys[i].type == DG_VALUE_PATH || keys[i].type == DG_VALUE_ADDRESS)
      g_free (*(char **) ((char *) template + keys[i].offset));
  g_clear_pointer (&template->families, g_hash_table_unref);
  g_free (template->latin_at);
  g_free (template->arabic_at);
  g_free (template->name);
  g_free (template);
}

const char *
dg_template_family (const DgTemplate *template, const char *lang)
{
  const DgLanguage       *language = dg_language_get (lang);
  const DgTemplateFamily *named = g_hash_table_lookup (template->families, language->script);
  guint32                 iso = g_unicode_script_to_iso15924 (language->letters);
  char                    letters[5] = { (char) (iso >> 24), (char) (iso >> 16), (char) (iso >> 8), (char) iso, '\0' };

  if (!named)
    named = g_hash_table_lookup (template->families, letters);
  if (named)
    return named->family;
  if (strcmp (language->script, "Arab") == 0)
    return template->font_arabic;
  return language->letters == G_UNICODE_SCRIPT_ARABIC ? NULL : template->font_latin;
}

/* In one order, whatever the order they were named in. */
static void
dump_families (const DgTemplate *template, GString *out)
{
  g_autoptr (GList) scripts = g_list_sort (g_hash_table_get_keys (template->families), (GCompareFunc) strcmp);

  for (const GList *script = scripts; script; script = script->next) {
    const DgTemplateFamily *named = g_hash_table_lookup (template->families, script->data);

    g_string_append_printf (out, "fonts.%s = %s\n", (const char *) script->data, named->family);
  }
}

void
dg_template_dump (const DgTemplate *template, GString *out)
{
  for (guint i = 0; i < N_KEYS; i++) {
    g_string_append_printf (out, "%s.%s = ", keys[i].group, keys[i].key);
    dg_value_dump (keys[i].type, (const char *) template + keys[i].offset, out);
    g_string_append_c (out, '\n');
  }
  dump_families (template, out);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

char *
dg_template_list (void)
{
  g_autofree char *path = dg_datadir_path ("templates", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *file = dir ? g_dir_read_name (dir) : NULL; file; file = g_dir_read_name (dir)) {
    g_autofree char *name = g_str_has_suffix (file, ".ini") ? g_strndup (file, strlen (file) - 4) : NULL;
    g_autofree char *known = name ? path_of_name (name) : NULL;
    if (known)
      g_ptr_array_add (names, g_steal_pointer (&name));
  }
  g_ptr_array_sort (names, compare_names);
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (out, "%s\n", (char *) g_ptr_array_index (names, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}
