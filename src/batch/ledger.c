/* ledger.c: manifest and dependencies. */
#include "batch/ledger.h"

#include <string.h>

typedef struct {
  char *output, *digest, *input, *picture;
} Entry;

struct DgLedger {
  GArray *entries; /* Entry */
};

static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->output);
  g_free (entry->digest);
  g_free (entry->input);
  g_free (entry->picture);
}

DgLedger *
dg_ledger_new (void)
{
  DgLedger *ledger = g_new0 (DgLedger, 1);

  ledger->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (ledger->entries, clear_entry);
  return ledger;
}

void
dg_ledger_free (DgLedger *ledger)
{
  if (ledger == NULL)
    return;
  g_array_unref (ledger->entries);
  g_free (ledger);
}

void
dg_ledger_add (DgLedger *ledger, const char *output, const char *digest, const char *input, const char *picture)
{
  Entry entry = { g_strdup (output), g_strdup (digest), g_strdup (input), g_strdup (picture) };

  g_array_append_val (ledger->entries, entry);
}

static int
compare_outputs (gconstpointer one, gconstpointer two)
{
  const Entry *a = one, *b = two;

  return strcmp (a->output, b->output);
}

/* A path below @folder without it. */
static char *
dup_relative (const char *path, const char *folder)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *base = g_canonicalize_filename (folder, NULL);
  gsize            length = strlen (base);

  if (g_str_has_prefix (full, base) && full[length] == '/')
    return g_strdup (full + length + 1);
  return g_strdup (path);
}

GBytes *
dg_ledger_manifest (const DgLedger *ledger, const char *folder)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Entry));

  g_array_append_vals (sorted, ledger->entries->data, ledger->entries->len);
  g_array_sort (sorted, compare_outputs);
  for (guint i = 0; i < sorted->len; i++) {
    const Entry     *entry = &g_array_index (sorted, Entry, i);
    gboolean         is_told = i > 0 && strcmp (entry->output, g_array_index (sorted, Entry, i - 1).output) == 0; /* of a bundle */
    g_autofree char *path = dup_relative (entry->output, folder);
    g_autoptr (GString) escaped = g_string_new (path);

    if (is_told)
      continue;
    /* As sha256sum does: a line that begins with a backslash has them in its name. */
    if (strpbrk (path, "\\\n\r") != NULL) {
      g_string_replace (escaped, "\\", "\\\\", 0);
      g_string_replace (escaped, "\n", "\\n", 0);
      g_string_replace (escaped, "\r", "\\r", 0);
      g_string_append_c (out, '\\');
    }
    g_string_append_printf (out, "%s  %s\n", entry->digest, escaped->str);
  }
  return g_string_free_to_bytes (out);
}

/* Make has no way to write a line end in a name, nor some signs in that of a plain target: with them the line would be none of a rule. */
static gboolean
is_fit_for_make (const char *path)
{
  return strpbrk (path, "\n\r%;|=") == NULL;
}

/* A name with a sign of wildcards goes to glob(3), which takes away every backslash; in others only those count that stand before a
 * sign of Make's. */
static void
append_path (GString *out, const char *path)
{
  const char *signs = " \t#:*?[";
  gboolean    is_pattern = strpbrk (path, "*?[") != NULL;

  for (const char *p = path; *p != '\0'; p++) {
    if (*p == '$')
      g_string_append_c (out, '$');
    else if (strchr (signs, *p) != NULL || (*p == '\\' && (is_pattern || strchr (signs, p[1]) != NULL)))
      g_string_append_c (out, '\\');
    g_string_append_c (out, *p);
  }
}

static void
append_empty_rule (GString *out, GHashTable *told, char *path)
{
  if (path == NULL || !is_fit_for_make (path) || !g_hash_table_add (told, path))
    return;
  append_path (out, path);
  g_string_append (out, ":\n");
}

GBytes *
dg_ledger_rules (const DgLedger *ledger, const GPtrArray *files)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ledger->entries->len; i++) {
    const Entry *entry = &g_array_index (ledger->entries, Entry, i);

    if (!is_fit_for_make (entry->output) || !is_fit_for_make (entry->input))
      continue;
    append_path (out, entry->output);
    g_string_append (out, ": ");
    append_path (out, entry->input);
    if (entry->picture != NULL && is_fit_for_make (entry->picture)) {
      g_string_append_c (out, ' ');
      append_path (out, entry->picture);
    }
    for (guint k = 0; k < files->len; k++) {
      if (!is_fit_for_make (files->pdata[k]))
        continue;
      g_string_append_c (out, ' ');
      append_path (out, files->pdata[k]);
    }
    g_string_append_c (out, '\n');
  }
  for (guint i = 0; i < ledger->entries->len; i++) {
    const Entry *entry = &g_array_index (ledger->entries, Entry, i);

    append_empty_rule (out, told, entry->input);
    append_empty_rule (out, told, entry->picture);
  }
  return g_string_free_to_bytes (out);
}
