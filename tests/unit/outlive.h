/* outlive.h: goldens of lines and pages on a machine with other faces than those they were made with.
 *
 * Widths, and with them where a line ends, are a face's and a shaper's; a release of either would make every golden wrong.  So
 * FOLDER/made-with lists faces and libraries, and where the machine has others only this is compared: which paragraphs there are, in
 * which order, of which role, language and pair, with which text; that lines which filled their measure fill it; the order from the
 * left of every line that holds the same words; that a page's lines stand at the edges where they stood, and pairs level. */
#ifndef OUTLIVE_H
#define OUTLIVE_H

#include "diglot.h"

#include <glib/gstdio.h>
#include <hb.h>
#include <math.h>
#include <pango/pango.h>
#include <string.h>
#include <unicode/uvernum.h>

/* Faces by the size of their files, which every release of a face changes, and the libraries that shape and break. */
static inline char *
outlive_made_with (void)
{
  g_autofree char *list = diglot_list_fonts (NULL, NULL);
  g_auto (GStrv) rows = g_strsplit (list != NULL ? list : "", "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; rows[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (rows[i], "\t", -1);
    GStatBuf info;

    if (g_strv_length (cells) >= 4 && g_stat (cells[2], &info) == 0)
      g_string_append_printf (out, "%s %s\t%" G_GINT64_FORMAT "\n", cells[0], cells[1], (gint64) info.st_size);
  }
  g_string_append_printf (out, "HarfBuzz\t%s\nPango\t%s\nICU\t%s\n", hb_version_string (), pango_version_string (), U_ICU_VERSION);
  return g_string_free (out, FALSE);
}

/* Whether the machine has all that the file @path lists. */
static inline gboolean
outlive_is_same (const char *path)
{
  g_autofree char *here = outlive_made_with (), *there = NULL;
  g_auto (GStrv) rows = NULL;

  if (!g_file_get_contents (path, &there, NULL, NULL))
    return TRUE;
  rows = g_strsplit (there, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++)
    if (strstr (here, rows[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* Consecutive lines that are one thing: a paragraph in a dump of lines, an element of a page in one of pages. */
typedef struct {
  char    *kind; /* what must be the same, with the text */
  GString *text; /* without what a line's end may add or take */
  char    *pair; /* language and bead, of a page's body */
  double   left, right, top;
  guint    n;       /* lines */
  gboolean is_full; /* all but the last fill the measure */
} OutliveBlock;

static inline void
outlive_free (gpointer data)
{
  OutliveBlock *block = data;

  g_free (block->kind);
  g_free (block->pair);
  g_string_free (block->text, TRUE);
  g_free (block);
}

static inline void
outlive_add_text (GString *to, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c != ' ' && c != '-' && c != 0x2010 && c != 0xAD && c != 0x640)
      g_string_append_unichar (to, c);
  }
}

/* The blocks of a dump.  What is neither a line nor a rule is a block by itself; the table of spaces at the end is left out. */
static inline GPtrArray *
outlive_parse (const char *dump, gboolean is_pages)
{
  g_auto (GStrv) rows = g_strsplit (dump, "\n", -1);
  GPtrArray    *blocks = g_ptr_array_new_with_free_func (outlive_free);
  OutliveBlock *open = NULL;

  for (guint i = 0; rows[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (rows[i], "\t", -1);
    guint            n = g_strv_length (cells);
    gboolean         is_line = is_pages ? n >= 8 && strcmp (cells[0], "line") == 0 : n >= 13 && g_ascii_isdigit (*cells[0]);
    g_autofree char *kind = NULL;

    if (is_line)
      kind = is_pages ? g_strdup_printf ("%s %s %s", cells[4], cells[5], cells[6]) : g_strdup_printf ("%s %s %s", cells[1], cells[2], cells[3]);
    else if (is_pages && n > 1 && (strcmp (cells[0], "paper") == 0 || strcmp (cells[0], "picture") == 0))
      kind = g_strdup (rows[i]);
    if (kind == NULL)
      continue;
    if (open == NULL || strcmp (open->kind, kind) != 0) {
      open = g_new0 (OutliveBlock, 1);
      open->kind = g_steal_pointer (&kind);
      open->text = g_string_new (NULL);
      open->is_full = TRUE;
      open->left = G_MAXDOUBLE;
      g_ptr_array_add (blocks, open);
    }
    if (!is_line) {
      open = NULL;
      continue;
    }
    outlive_add_text (open->text, cells[is_pages ? 7 : 11]);
    if (is_pages) {
      double x = g_ascii_strtod (cells[1], NULL), width = g_ascii_strtod (cells[3], NULL);

      if (open->n == 0) {
        open->top = g_ascii_strtod (cells[2], NULL);
        open->pair = *cells[6] != '\0' ? g_strdup (cells[6]) : NULL;
      }
      open->left = MIN (open->left, x);
      open->right = MAX (open->right, x + width);
    } else if (strcmp (cells[10], "end") == 0) {
      open->n++;
      open = NULL;
      continue;
    } else if (fabs (g_ascii_strtod (cells[3], NULL) - g_ascii_strtod (cells[4], NULL)) > .15) {
      open->is_full = FALSE;
    }
    open->n++;
  }
  return blocks;
}

/* The order from the left by a line's words. */
static inline GHashTable *
outlive_orders (const char *dump)
{
  g_auto (GStrv) rows = g_strsplit (dump, "\n", -1);
  GHashTable *orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; rows[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (rows[i], "\t", -1);

    if (g_strv_length (cells) >= 13 && g_ascii_isdigit (*cells[0])) {
      GString *order = g_string_new (NULL);

      outlive_add_text (order, cells[12]);
      g_hash_table_replace (orders, g_strdup (cells[11]), g_string_free (order, FALSE));
    }
  }
  return orders;
}

/* Whether @pair's other language begins at the same height. */
static inline gboolean
outlive_is_level (const GPtrArray *blocks, const OutliveBlock *block)
{
  for (guint i = 0; block->pair != NULL && i < blocks->len; i++) {
    const OutliveBlock *other = blocks->pdata[i];

    if (other != block && other->pair != NULL && strcmp (other->pair, block->pair) == 0 && other->top == block->top)
      return TRUE;
  }
  return FALSE;
}

/* What of @golden does not hold of @got; NULL where all does. */
static inline char *
outlive_compare (const char *golden, const char *got, gboolean is_pages)
{
  g_autoptr (GPtrArray) a = outlive_parse (golden, is_pages), b = outlive_parse (got, is_pages);
  g_autoptr (GHashTable) orders = outlive_orders (golden), others = outlive_orders (got);
  GHashTableIter iter;
  gpointer       words, order;

  for (guint i = 0; i < MAX (a->len, b->len); i++) {
    const OutliveBlock *one = i < a->len ? a->pdata[i] : NULL, *two = i < b->len ? b->pdata[i] : NULL;

    if (one == NULL || two == NULL || strcmp (one->kind, two->kind) != 0 || strcmp (one->text->str, two->text->str) != 0)
      return g_strdup_printf ("expected %s: %s\n  got %s: %s", one != NULL ? one->kind : "the end", one != NULL ? one->text->str : "",
                              two != NULL ? two->kind : "the end", two != NULL ? two->text->str : "");
    if (one->is_full && !two->is_full)
      return g_strdup_printf ("%s does not fill its measure: %s", two->kind, two->text->str);
    if (fabs (one->left - two->left) > .1 && fabs (one->right - two->right) > .1 && fabs (one->left + one->right - two->left - two->right) > .2)
      return g_strdup_printf ("%s stands elsewhere: %s", two->kind, two->text->str);
    if (outlive_is_level (a, one) && !outlive_is_level (b, two))
      return g_strdup_printf ("%s is not level with its pair: %s", two->kind, two->text->str);
  }
  g_hash_table_iter_init (&iter, orders);
  while (g_hash_table_iter_next (&iter, &words, &order)) {
    const char *other = g_hash_table_lookup (others, words);

    if (other != NULL && strcmp (order, other) != 0)
      return g_strdup_printf ("another order of \"%s\": %s", (const char *) words, other);
  }
  return NULL;
}

#endif
