/* alignfile.c: what an editor says of a dispatch: which object is for it, and its beads against the document. */
#include "pair/alignfile.h"

#include "base/utf.h"
#include "pair/align.h"
#include "pair/alignform.h"

#include <string.h>

/* Choice */

guint
dg_alignfile_count (const DiglotAlignment *alignment)
{
  return alignment->entries->len;
}

const char *
dg_alignfile_name (const DiglotAlignment *alignment, guint nth)
{
  return ((const DgAlignEntry *) alignment->entries->pdata[nth])->file;
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
rate (const DgAlignEntry *entry, const char *name)
{
  if (entry->file == NULL || name == NULL)
    return 1;
  return dg_alignfile_is_for (entry->file, name) ? 1 + MIN (strlen (entry->file), strlen (name)) : 0;
}

/* The object for the @nth dispatch of the input @name: the one whose name fits best, and of equals the last; NULL where there is none. */
static const DgAlignEntry *
choose (const DiglotAlignment *alignment, const char *name, guint nth, guint *which)
{
  const DgAlignEntry *best = NULL;
  gsize               best_rate = 1;

  for (guint i = 0; i < alignment->entries->len; i++) {
    const DgAlignEntry *entry = alignment->entries->pdata[i];
    gsize               fit = rate (entry, name);

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
    const DgAlignEntry *entry = alignment->entries->pdata[i];

    if (rate (entry, name) > 0)
      g_string_append (all, entry->digest);
  }
  return g_string_free (all, FALSE);
}

/* What the object says of @line; NULL: nothing. */
static const DgAlignLine *
find_fix (const GArray *fixes, guint line)
{
  guint low = 0, high = fixes->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (fixes, DgAlignLine, middle).n < line)
      low = middle + 1;
    else
      high = middle;
  }
  return low < fixes->len && g_array_index (fixes, DgAlignLine, low).n == line ? &g_array_index (fixes, DgAlignLine, low) : NULL;
}

/* Beads against the document */

typedef struct {
  const DgDoc  *doc;
  GPtrArray    *body[2];    /* DgNode, lent */
  GHashTable   *by_line[2]; /* line -> body paragraph + 1 */
  guint        *owner[2];   /* the bead of each paragraph + 1 */
  const char   *where;      /* the file and its object */
  const GArray *fixes;      /* DgAlignLine: what the object says of lines */
  DgDiag       *diag;
  gboolean      sound;
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
  dg_diag_add (check->diag, DG_DIAG_ALIGN_FILE, line, 0, check->where, "beads", bead, text);
}

/* TRUE where the object itself says that @line is no paragraph of @side: then its beads, which may be older, do without it. */
static gboolean
is_taken_out (const Check *check, guint side, guint line)
{
  const DgAlignLine *fix = find_fix (check->fixes, line);

  return fix != NULL && (!dg_role_is_running (fix->role) || g_hash_table_contains (check->by_line[!side], GUINT_TO_POINTER (line)));
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

/* The paragraphs of one side of a bead as a range; FALSE where they make none.  *@less: some were taken out. */
static gboolean
find_range (Check *check, guint bead, const DgAlignWish *wish, guint side, guint *first, guint *n, gboolean *less)
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

    if (para == 0 && is_taken_out (check, side, line)) {
      *less = TRUE;
      continue;
    }
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
make_beads (Check *check, const DgAlignEntry *entry)
{
  GArray *joined = g_array_new (FALSE, TRUE, sizeof (DgBead));
  g_autoptr (GArray) alone = g_array_new (FALSE, TRUE, sizeof (DgBead));

  for (guint i = 0; i < entry->wishes->len; i++) {
    const DgAlignWish *wish = entry->wishes->pdata[i];
    DgBead             bead = { .score = 1, .fixed = TRUE };
    gboolean           less = FALSE;

    if (!find_range (check, i, wish, 0, &bead.a, &bead.n_a, &less) || !find_range (check, i, wish, 1, &bead.b, &bead.n_b, &less))
      continue;
    /* Who lost its counterpart is paired anew. */
    if ((less && (bead.n_a == 0 || bead.n_b == 0)) || !own (check, i, 0, bead.a, bead.n_a) || !own (check, i, 1, bead.b, bead.n_b))
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

/* What the object says of lines that are not there, or of one without text: it was written for another text. */
static void
check_lines (Check *check)
{
  const DgDoc *doc = check->doc;
  guint        last = doc->first_line + doc->n_lines;

  for (guint i = 0; i < check->fixes->len; i++) {
    const DgAlignLine *fix = &g_array_index (check->fixes, DgAlignLine, i);
    const char        *problem = NULL;
    gboolean           is_there = fix->n >= doc->first_line && fix->n < last;

    if (is_there) {
      gsize       length;
      const char *text = dg_source_line (doc->source, fix->n, &length);
      gboolean    is_empty = strspn (text, " \t\r\f") >= length;

      if (is_empty && dg_role_is_running (fix->role))
        problem = "there is no text in this line";
      else if (fix->role == DG_ROLE_BLANK && doc->lines[fix->n - doc->first_line].side != DG_SIDE_NONE
               && doc->lines[fix->n - doc->first_line].role != DG_ROLE_END)
        problem = "it is said to be blank and has text; \"furniture\" would take it off the page";
    } else {
      problem = "the dispatch has no such line";
    }
    if (problem == NULL)
      continue;
    check->sound = FALSE;
    dg_diag_add (check->diag, DG_DIAG_ALIGN_FILE, is_there ? fix->n : 0, 0, check->where, "lines", i, problem);
  }
}

static gboolean
has_languages (const DgDoc *doc, const char *langs)
{
  g_auto (GStrv) tags = g_strsplit (langs, ",", -1);
  guint n = g_strv_length (tags);

  if (n != doc->n_texts)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (tags[i], doc->text[i].lang) != 0)
      return FALSE;
  return TRUE;
}

const char *
dg_alignfile_find_languages (const DiglotAlignment *alignment, const char *name, const DgDoc *doc, guint nth)
{
  guint               which = 0;
  const DgAlignEntry *entry = choose (alignment, name, nth, &which);

  return entry != NULL && entry->langs != NULL && !has_languages (doc, entry->langs) ? entry->langs : NULL;
}

GArray *
dg_alignfile_find_starts (const DiglotAlignment *alignment, const char *name, guint first, guint last)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint));
  guint   which = 0, before = 0;

  for (guint nth = 0;; nth++) {
    const DgAlignEntry *entry = choose (alignment, name, nth, &which);

    /* One object that does not say where it begins, or says it out of order, and nothing is moved. */
    if (entry == NULL || entry->line == 0 || entry->of == 0 || entry->line <= before || entry->line < first || entry->line > last)
      break;
    g_array_append_val (starts, entry->line);
    before = entry->line;
    if (entry->part == entry->of)
      return starts;
  }
  g_array_unref (starts);
  return NULL;
}

/* The language that --to json gives a line: a quoted verse has the other text's. */
static const char *
shown_language (const DgDoc *doc, const DgLineRole *line)
{
  if (line->side == DG_SIDE_NONE)
    return line->third ? doc->third_lang : NULL;
  return doc->text[line->quoted && doc->n_texts > 1 ? 1 - line->side : line->side].lang;
}

static int
compare_fixes (gconstpointer a, gconstpointer b)
{
  const DgLineFix *x = a, *y = b;

  return x->n < y->n ? -1 : x->n > y->n;
}

/* What a bead joins is running text, even where the other text's lines have become something else. */
static void
keep_running (const DgAlignEntry *entry, const DgDoc *doc, GArray *fixes)
{
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < entry->wishes->len; i++)
    for (guint side = 0; side < 2; side++) {
      const GArray *lines = ((const DgAlignWish *) entry->wishes->pdata[i])->lines[side];

      for (guint k = 0; lines != NULL && k < lines->len; k++)
        g_hash_table_add (named, GUINT_TO_POINTER (g_array_index (lines, guint, k)));
    }
  for (guint side = 0; side < doc->n_texts; side++)
    for (guint i = 0; i < doc->text[side].nodes->len; i++) {
      const DgNode *node = doc->text[side].nodes->pdata[i];
      gboolean      is_named = FALSE;

      for (guint k = 0; dg_role_is_running (node->role) && k < node->lines->len; k++)
        is_named = is_named || g_hash_table_contains (named, GUINT_TO_POINTER (g_array_index (node->lines, guint, k)));
      for (guint k = 0; is_named && k < node->lines->len; k++) {
        DgLineFix fix = { g_array_index (node->lines, guint, k), node->role, NULL };

        if (find_fix (entry->lines, fix.n) == NULL)
          g_array_append_val (fixes, fix);
      }
    }
  g_array_sort (fixes, compare_fixes);
}

GArray *
dg_alignfile_find_lines (const DiglotAlignment *alignment, const char *name, const DgDoc *doc, guint nth)
{
  guint               which = 0;
  const DgAlignEntry *entry = choose (alignment, name, nth, &which);
  GArray             *fixes = g_array_new (FALSE, FALSE, sizeof (DgLineFix));
  gboolean            differ = FALSE;

  for (guint i = 0; entry != NULL && i < entry->lines->len; i++) {
    const DgAlignLine *line = &g_array_index (entry->lines, DgAlignLine, i);
    const DgLineRole  *found = line->n >= doc->first_line && line->n < doc->first_line + doc->n_lines ? &doc->lines[line->n - doc->first_line] : NULL;
    const char        *shown = found != NULL ? shown_language (doc, found) : NULL;
    DgLineFix          fix = { line->n, line->role, line->lang };

    if (found == NULL || found->role == DG_ROLE_BLANK || line->role == DG_ROLE_BLANK)
      continue;
    /* What is as it was found keeps its place: a quoted verse stays in the text that it stands in. */
    if (shown != NULL && line->lang != NULL && dg_lang_equal (line->lang, shown))
      fix.lang = NULL;
    g_array_append_val (fixes, fix);
    differ = differ || found->role != line->role || (fix.lang != NULL && shown != NULL);
  }
  if (differ)
    keep_running (entry, doc, fixes);
  if (differ)
    return fixes;
  g_array_unref (fixes);
  return NULL;
}

GArray *
dg_alignfile_find (const DiglotAlignment *alignment, const char *name, const DgDoc *doc, guint nth, DgDiag *diag, gboolean *sound)
{
  guint               which = 0;
  const DgAlignEntry *entry = choose (alignment, name, nth, &which);
  g_autofree char    *where = NULL;
  g_autoptr (GArray) beads = NULL;
  Check check = { .doc = doc, .diag = diag, .sound = TRUE };

  *sound = TRUE;
  if (entry == NULL)
    return NULL;
  check.where = where = dg_alignform_dup_where (alignment->name, which, alignment->entries->len);
  check.fixes = entry->lines;
  for (guint side = 0; side < 2; side++)
    index_body (&check, side);
  check_lines (&check);
  beads = make_beads (&check, entry);
  clear_check (&check);
  *sound = check.sound;
  return check.sound ? g_steal_pointer (&beads) : NULL;
}
