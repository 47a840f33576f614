/* patterns_compile.c: a .dic file read and made into the block of patterns_file.h.
 *
 * The first line names the charset.  Of the rest each line is a key (LEFTHYPHENMIN 2), a comment, or a pattern: letters with digits between
 * them, "." for the edge of a word, and perhaps "/" with a change of spelling: "s3szony/sz=sz,1,2" replaces, from the first letter on,
 * two letters by "sz-sz".  A file without NEXTLEVEL has one level, and above it stands one that parts words at hyphens and apostrophes. */
#include "type/patterns_file.h"

#include <string.h>

#include "base/cache.h"
#include "base/input.h"

#define MOST_BYTES (16u << 20) /* of a file */
#define NONE       G_MAXUINT32

/* The trie as it grows: the children of a node are a list. */
typedef struct {
  guint32 letter, child, sibling;
  guint32 match; /* 0: none; else one more than the number of a Match */
} Node;

typedef struct {
  guint32  marks; /* where they are */
  gboolean changed;
  gint     start, cut;
  guint    before, after;
} Match;

typedef struct {
  GArray       *nodes;   /* Node; the first ones are the roots */
  GArray       *matches; /* Match */
  GString      *marks;
  GHashTable   *known;                         /* marks -> one more than where they are: many patterns have the same */
  GStringChunk *strings;                       /* its keys */
  GArray       *never;                         /* gunichar */
  guint32       path[DG_PATTERNS_LETTERS + 1]; /* the nodes of the last pattern, which the next one mostly shares */
  gunichar      last[DG_PATTERNS_LETTERS];
  guint         n_last;
  gunichar      letters[256]; /* of an 8-bit charset */
  gboolean      utf8;
  guint         level;
  guint32       left, right, part_left, part_right;
} Reader;

/* Growing */

static guint32
add_node (Reader *reader, gunichar letter, guint32 sibling)
{
  Node node = { letter, NONE, sibling, 0 };

  g_array_append_val (reader->nodes, node);
  return reader->nodes->len - 1;
}

static guint32
find_or_add_child (Reader *reader, guint32 parent, gunichar letter)
{
  guint32 at, first = g_array_index (reader->nodes, Node, parent).child;

  for (at = first; at != NONE; at = g_array_index (reader->nodes, Node, at).sibling)
    if (g_array_index (reader->nodes, Node, at).letter == letter)
      return at;
  at = add_node (reader, letter, first);
  g_array_index (reader->nodes, Node, parent).child = at;
  return at;
}

static guint32
find_or_add_word (Reader *reader, const gunichar *word, guint n)
{
  guint same = 0;

  while (same < n && same < reader->n_last && word[same] == reader->last[same])
    same++;
  for (; same < n; same++) {
    reader->path[same + 1] = find_or_add_child (reader, reader->path[same], word[same]);
    reader->last[same] = word[same];
  }
  reader->n_last = n;
  return reader->path[n];
}

static void
begin_level (Reader *reader, guint level)
{
  reader->level = level;
  reader->path[0] = level;
  reader->n_last = 0;
}

static guint32
keep_marks (Reader *reader, const char *marks)
{
  guint32 at = GPOINTER_TO_UINT (g_hash_table_lookup (reader->known, marks));

  if (at == 0) {
    at = (guint32) reader->marks->len + 1;
    g_string_append_len (reader->marks, marks, (gssize) strlen (marks) + 1);
    g_hash_table_insert (reader->known, g_string_chunk_insert (reader->strings, marks), GUINT_TO_POINTER (at));
  }
  return at - 1;
}

/* Reading */

/* The character at *@p, before @end, in the file's charset; 0 for a byte that is none. */
static gunichar
next_letter (const Reader *reader, const char **p)
{
  gunichar ch;

  if (!reader->utf8)
    return reader->letters[(guchar) * (*p)++];
  ch = g_utf8_get_char (*p);
  *p = g_utf8_next_char (*p);
  return ch;
}

static guint
count_letters (const Reader *reader, const char *from, const char *to)
{
  guint n = 0;

  for (const char *p = from; p < to; n++)
    next_letter (reader, &p);
  return n;
}

/* What stands behind the "/" of a pattern: "sz=sz,1,2"; without numbers the whole pattern is replaced. */
static void
read_change (const Reader *reader, const char *text, gboolean edge, guint n, Match *match)
{
  const char *end = text + strcspn (text, ","), *equals = memchr (text, '=', (gsize) (end - text));
  const char *second = *end != '\0' ? strchr (end + 1, ',') : NULL;

  match->changed = TRUE;
  match->start = 0;
  match->cut = 0;
  if (second != NULL) {
    match->start = (gint) CLAMP (g_ascii_strtoll (end + 1, NULL, 10) - 1, 0, (gint64) DG_PATTERNS_LETTERS);
    match->cut = (gint) CLAMP (g_ascii_strtoll (second + 1, NULL, 10), 0, (gint64) DG_PATTERNS_LETTERS);
  }
  if (match->cut == 0)
    match->cut = (gint) (n - edge);
  match->before = count_letters (reader, text, equals != NULL ? equals : end);
  match->after = equals != NULL ? count_letters (reader, equals + 1, end) : 0;
}

static void
read_pattern (Reader *reader, char *line)
{
  char        marks[DG_PATTERNS_LETTERS + 2];
  gunichar    word[DG_PATTERNS_LETTERS];
  guint       n = 0;
  char       *slash = strchr (line, '/');
  const char *p = line, *first = marks;
  Match       match = { 0 };
  guint32     node;

  if (slash != NULL)
    *slash = '\0';
  marks[0] = '0';
  while ((guchar) *p > ' ') {
    if (g_ascii_isdigit (*p)) {
      marks[n] = *p++;
      continue;
    }
    if (n == DG_PATTERNS_LETTERS)
      return;
    word[n] = next_letter (reader, &p);
    if (word[n] == 0)
      return;
    marks[++n] = '0';
  }
  marks[n + 1] = '\0';
  if (n == 0)
    return;
  /* They are laid to the pattern's end, so that those before the first that counts can go. */
  if (slash == NULL)
    first += strspn (marks, "0");
  else
    first += word[0] == '.';
  match.marks = keep_marks (reader, first);
  if (slash != NULL)
    read_change (reader, slash + 1, word[0] == '.', n, &match);
  node = find_or_add_word (reader, word, n);
  g_array_append_val (reader->matches, match);
  g_array_index (reader->nodes, Node, node).match = reader->matches->len;
}

/* What stands behind the key @key in @line; NULL for another line. */
static const char *
get_value (const char *line, const char *key)
{
  gsize n = strlen (key);

  return strncmp (line, key, n) == 0 ? line + n : NULL;
}

static guint32
read_number (const char *value)
{
  while (*value == ' ' || *value == '\t')
    value++;
  return (guint32) MIN (g_ascii_strtoull (value, NULL, 10), DG_PATTERNS_LETTERS);
}

static void
read_never (Reader *reader, const char *value)
{
  const gunichar end = 0;

  g_array_set_size (reader->never, 0);
  while (*value == ' ' || *value == '\t')
    value++;
  while ((guchar) *value > ' ') {
    gunichar ch = next_letter (reader, &value);

    if (ch == ',')
      ch = end;
    g_array_append_val (reader->never, ch);
  }
  g_array_append_val (reader->never, end);
}

static void
read_line (Reader *reader, char *line)
{
  const char *value;

  /* The least numbers of the first level hold for both. */
  if ((value = get_value (line, "LEFTHYPHENMIN")) != NULL)
    reader->left = reader->level == 0 ? read_number (value) : reader->left;
  else if ((value = get_value (line, "RIGHTHYPHENMIN")) != NULL)
    reader->right = reader->level == 0 ? read_number (value) : reader->right;
  else if ((value = get_value (line, "COMPOUNDLEFTHYPHENMIN")) != NULL)
    reader->part_left = reader->level == 0 ? read_number (value) : reader->part_left;
  else if ((value = get_value (line, "COMPOUNDRIGHTHYPHENMIN")) != NULL)
    reader->part_right = reader->level == 0 ? read_number (value) : reader->part_right;
  else if ((value = get_value (line, "NOHYPHEN")) != NULL) {
    if (reader->level == 0)
      read_never (reader, value);
  } else if (line[0] != '%' && line[0] != '#')
    read_pattern (reader, line);
}

/* The level that a file has that does not say NEXTLEVEL: the file's own becomes the second. */
static void
read_default_level (Reader *reader)
{
  static const char *const lines[] = { "NOHYPHEN ',\xe2\x80\x93,\xe2\x80\x99,-", "1-1", "1'1",
                                       "1\xe2\x80\x93"
                                       "1",
                                       "1\xe2\x80\x99"
                                       "1" };
  gboolean                 utf8 = reader->utf8;

  reader->part_left = reader->part_left > 0 ? reader->part_left : reader->left > 0 ? reader->left : 3;
  reader->part_right = reader->part_right > 0 ? reader->part_right : reader->right > 0 ? reader->right : 3;
  reader->utf8 = TRUE;
  begin_level (reader, 0);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    char line[64];

    g_strlcpy (line, lines[i], sizeof line);
    read_line (reader, line);
  }
  reader->utf8 = utf8;
}

/* The charset that the first line names; FALSE for one that nobody knows. */
static gboolean
set_charset (Reader *reader, const char *name)
{
  GIConv convert;

  reader->utf8 = g_ascii_strcasecmp (name, "UTF-8") == 0;
  if (reader->utf8)
    return TRUE;
  /* As these files write ISO-8859-1 and Microsoft's charsets. */
  convert = g_iconv_open ("UTF-8", g_ascii_strncasecmp (name, "microsoft-cp", 12) == 0 ? name + 10 : name);
  if (convert == (GIConv) -1)
    return FALSE;
  for (guint byte = 1; byte < 256; byte++) {
    char  in = (char) byte, out[8] = { 0 }, *from = &in, *to = out;
    gsize n_in = 1, n_out = sizeof out - 1;

    reader->letters[byte] = g_iconv (convert, &from, &n_in, &to, &n_out) != (gsize) -1 ? g_utf8_get_char (out) : 0;
  }
  g_iconv_close (convert);
  return TRUE;
}

/* Packing */

static gint
compare_letters (gconstpointer a, gconstpointer b)
{
  const DgPatternsNode *one = a, *other = b;

  return one->letter < other->letter ? -1 : one->letter > other->letter;
}

/* Width first, so that the children of each node stand side by side; @packed nodes have, until their turn comes, their old number as child. */
static GArray *
pack_nodes (const Reader *reader)
{
  GArray *packed = g_array_sized_new (FALSE, TRUE, sizeof (DgPatternsNode), reader->nodes->len);

  for (guint32 i = 0; i < DG_PATTERNS_LEVELS; i++)
    g_array_append_val (packed, ((DgPatternsNode){ .child = i }));
  for (guint i = 0; i < packed->len; i++) {
    guint32     old = g_array_index (packed, DgPatternsNode, i).child, first = packed->len;
    const Node *node = &g_array_index (reader->nodes, Node, old);

    for (guint32 at = node->child; at != NONE; at = g_array_index (reader->nodes, Node, at).sibling) {
      DgPatternsNode child = { .letter = g_array_index (reader->nodes, Node, at).letter, .child = at };

      g_array_append_val (packed, child);
    }
    if (packed->len > first)
      qsort (&g_array_index (packed, DgPatternsNode, first), packed->len - first, sizeof (DgPatternsNode), compare_letters);
    g_array_index (packed, DgPatternsNode, i).child = first;
    g_array_index (packed, DgPatternsNode, i).n_children = packed->len - first;
    g_array_index (packed, DgPatternsNode, i).match = node->match;
  }
  return packed;
}

static GBytes *
pack (const Reader *reader)
{
  g_autoptr (GArray) nodes = pack_nodes (reader);
  g_autoptr (GArray) changes = g_array_new (FALSE, TRUE, sizeof (DgPatternsChange));
  g_autofree guint32 *numbers = g_new0 (guint32, reader->matches->len + 1); /* of changes */
  GByteArray         *block = g_byte_array_new ();
  DgPatternsHeader    header = { .magic = DG_PATTERNS_MAGIC };

  g_array_set_size (changes, 1);
  for (guint i = 0; i < reader->matches->len; i++) {
    const Match     *match = &g_array_index (reader->matches, Match, i);
    DgPatternsChange change = { match->marks, match->start, match->cut, match->before, match->after };

    if (!match->changed)
      continue;
    numbers[i + 1] = changes->len;
    g_array_append_val (changes, change);
  }
  for (guint i = 0; i < nodes->len; i++) {
    guint32 *match = &g_array_index (nodes, DgPatternsNode, i).match;

    if (*match != 0)
      *match = numbers[*match] != 0 ? numbers[*match] : changes->len + g_array_index (reader->matches, Match, *match - 1).marks;
  }
  header.n_nodes = nodes->len;
  header.n_changes = changes->len;
  header.n_never = reader->never->len;
  header.n_marks = (guint32) reader->marks->len;
  header.left = reader->left > 0 ? reader->left : 2;
  header.right = reader->right > 0 ? reader->right : 2;
  header.part_left = reader->part_left;
  header.part_right = reader->part_right;
  g_byte_array_append (block, (const guint8 *) &header, sizeof header);
  g_byte_array_append (block, (const guint8 *) nodes->data, nodes->len * (guint) sizeof (DgPatternsNode));
  g_byte_array_append (block, (const guint8 *) changes->data, changes->len * (guint) sizeof (DgPatternsChange));
  g_byte_array_append (block, (const guint8 *) reader->never->data, reader->never->len * (guint) sizeof (gunichar));
  g_byte_array_append (block, (const guint8 *) reader->marks->str, (guint) reader->marks->len);
  header.checksum = dg_cache_sum (block->data, block->len, G_STRUCT_OFFSET (DgPatternsHeader, checksum));
  memcpy (block->data, &header, sizeof header);
  return g_byte_array_free_to_bytes (block);
}

/* TRUE where the file has two levels itself. */
static gboolean
read_lines (Reader *reader, char *text)
{
  gboolean two_levels = FALSE;

  for (char *line = text, *next; line != NULL; line = next) {
    next = strchr (line, '\n');
    if (next != NULL)
      *next++ = '\0';
    if (!two_levels && g_str_has_prefix (line, "NEXTLEVEL")) {
      two_levels = TRUE;
      begin_level (reader, 1);
    } else if (!reader->utf8 || g_utf8_validate (line, -1, NULL))
      read_line (reader, line);
  }
  return two_levels;
}

static void
begin (Reader *reader)
{
  reader->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  reader->matches = g_array_new (FALSE, FALSE, sizeof (Match));
  reader->never = g_array_new (FALSE, FALSE, sizeof (gunichar));
  reader->marks = g_string_new_len ("", 1);
  reader->known = g_hash_table_new (g_str_hash, g_str_equal);
  reader->strings = g_string_chunk_new (4096);
  for (guint i = 0; i < DG_PATTERNS_LEVELS; i++)
    add_node (reader, 0, NONE);
  begin_level (reader, 0);
}

static void
finish (Reader *reader)
{
  g_array_unref (reader->nodes);
  g_array_unref (reader->matches);
  g_array_unref (reader->never);
  g_string_free (reader->marks, TRUE);
  g_hash_table_unref (reader->known);
  g_string_chunk_free (reader->strings);
}

GBytes *
dg_patterns_compile (const char *path)
{
  g_autofree char *text = dg_input_read_plain (path, MOST_BYTES, NULL, NULL);
  char            *rest = text != NULL ? strchr (text, '\n') : NULL;
  Reader           reader = { 0 };
  GBytes          *block;

  if (rest == NULL)
    return NULL;
  *rest++ = '\0';
  if (!set_charset (&reader, g_strchomp (text)))
    return NULL;
  begin (&reader);
  if (!read_lines (&reader, rest)) {
    /* What was read is the second level. */
    g_array_index (reader.nodes, Node, 1).child = g_array_index (reader.nodes, Node, 0).child;
    g_array_index (reader.nodes, Node, 0).child = NONE;
    read_default_level (&reader);
  }
  block = pack (&reader);
  finish (&reader);
  return block;
}
