/* speech.c: finds the text of the catalogue that a message was made from, and makes the message anew from its translation. */
#include "base/speech.h"

#include "base/datadir.h"

#include <libintl.h>
#include <string.h>
#include <unicode/uchar.h>

#define DOMAIN "diglot"

#define LRI "\xE2\x81\xA6"
#define RLI "\xE2\x81\xA7"
#define FSI "\xE2\x81\xA8"
#define PDI "\xE2\x81\xA9"

#define UP_MAX      2 /* a test lies below the folder that was built in */
#define DEPTH_MAX   4 /* messages within messages */
#define GAPS_MAX    8
#define LETTERS_MIN 6 /* of a text that is recognised by them: "%s: %s" is anything */
#define WORD_MIN    3 /* of one within another, whose place tells already what it may be */

/* Every msgid of po/diglot.pot. */
static const char *const texts[] = {
#include "texts.inc"
};

/* The system's words for what befalls files, which no catalogue of the C library has in Arabic. */
G_GNUC_UNUSED static const char *const system_texts[] = {
  N_ ("No such file or directory"),
  N_ ("Permission denied"),
  N_ ("Is a directory"),
  N_ ("Not a directory"),
  N_ ("No space left on device"),
  N_ ("Read-only file system"),
  N_ ("File name too long"),
  N_ ("Disk quota exceeded"),
  N_ ("Input/output error"),
  N_ ("Too many open files"),
  N_ ("Broken pipe"),
  N_ ("File exists"),
  N_ ("Operation not permitted"),
  N_ ("Cannot allocate memory"),
  N_ ("Invalid argument"),
  N_ ("Text file busy"),
  N_ ("File too large"),
  N_ ("Too many levels of symbolic links"),
  N_ ("Directory not empty"),
  N_ ("Device or resource busy"),
};

/* Texts that are put together of pieces. */
G_GNUC_UNUSED static const char *const pieced_texts[] = { N_ ("up to 200 characters, with placeholders of%s"), N_ ("%s and %s") };

/* Roles, of which messages name two. */
G_GNUC_UNUSED static const char *const role_texts[] = {
  N_ ("headline"), N_ ("deck"),  N_ ("byline"), N_ ("source"),    N_ ("dateline"), N_ ("kicker"),   N_ ("body"),    N_ ("crosshead"),
  N_ ("list"),     N_ ("verse"), N_ ("table"),  N_ ("footnote"),  N_ ("caption"),  N_ ("signoff"),  N_ ("contact"), N_ ("boilerplate"),
  N_ ("notice"),   N_ ("note"),  N_ ("marker"), N_ ("furniture"), N_ ("end"),      N_ ("envelope"),
};

/* The catalogue */

/* PREFIX/share/locale beside the installed data; "locale" beside a program that was built and not installed, or above it.  A source tree may be
 * called "diglot" as well. */
static char *
find_catalogues (void)
{
  g_autofree char *data = dg_datadir_path (NULL, NULL), *share = g_path_get_dirname (data), *here = dg_datadir_dup_own_folder ();
  char            *beside = g_build_filename (g_str_has_suffix (data, "/share/diglot") ? share : here, "locale", NULL);

  for (guint up = 0; up < UP_MAX && !g_file_test (beside, G_FILE_TEST_IS_DIR); up++) {
    char *above = g_path_get_dirname (here);

    g_free (beside);
    beside = g_build_filename (above, "locale", NULL);
    g_free (here);
    here = above;
  }
  return beside;
}

static void
bind (void)
{
  static gsize is_bound;

  if (g_once_init_enter (&is_bound)) {
    g_autofree char *folder = find_catalogues ();

    bindtextdomain (DOMAIN, folder);
    bind_textdomain_codeset (DOMAIN, "UTF-8");
    g_once_init_leave (&is_bound, 1);
  }
}

const char *
dg_text (const char *english)
{
  bind ();
  return *english != '\0' ? dgettext (DOMAIN, english) : english;
}

const char *
dg_text_n (const char *one, const char *many, guint n)
{
  bind ();
  return dngettext (DOMAIN, one, many, n);
}

static gboolean
is_rtl (void)
{
  /* Translators: "direction:rtl" where your language runs from right to left. */
  return strcmp (dg_text ("direction:ltr"), "direction:rtl") == 0;
}

/* Texts with gaps */

/* The conversion of printf at @at, which is a '%'; its length, 0 where it is none (as of "%%"); its letter, and the place "%2$s" names, from 0. */
static gsize
read_gap (const char *at, char *letter, guint *place)
{
  const char *p = at + 1;
  gsize       digits = strspn (p, "0123456789");

  if (digits > 0 && p[digits] == '$') {
    *place = (guint) g_ascii_strtoull (p, NULL, 10) - 1;
    p += digits + 1;
  }
  p += strspn (p, "-+ #0123456789.*");
  p += strspn (p, "lzhj");
  *letter = *p;
  return *p != '\0' && strchr ("sdiugfeXxc", *p) != NULL ? (gsize) (p + 1 - at) : 0;
}

typedef struct {
  char *literal[GAPS_MAX + 1]; /* what stands before each gap, and behind the last */
  char  letter[GAPS_MAX];
  guint n;       /* gaps */
  guint letters; /* ASCII ones of all literals */
} Pattern;

static void
clear_pattern (Pattern *pattern)
{
  for (guint i = 0; i <= GAPS_MAX; i++)
    g_free (pattern->literal[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pattern, clear_pattern)

static gboolean
parse_pattern (Pattern *pattern, const char *text)
{
  g_autoptr (GString) literal = g_string_new (NULL);

  for (const char *p = text; *p != '\0';) {
    guint place;
    gsize length = *p == '%' ? read_gap (p, &pattern->letter[MIN (pattern->n, GAPS_MAX - 1)], &place) : 0;

    if (length > 0) {
      if (pattern->n == GAPS_MAX)
        return FALSE;
      pattern->literal[pattern->n++] = g_strdup (literal->str);
      g_string_truncate (literal, 0);
      p += length;
      continue;
    }
    pattern->letters += g_ascii_isalpha (*p) ? 1 : 0;
    g_string_append_c (literal, *p);
    p += p[0] == '%' && p[1] == '%' ? 2 : 1;
  }
  pattern->literal[pattern->n] = g_strdup (literal->str);
  return TRUE;
}

typedef struct {
  const char *at;
  gsize       length;
} Piece;

static gboolean
fits (char letter, const char *at, gsize length)
{
  const char *allowed = letter == 's' || letter == 'c' ? NULL : letter == 'X' || letter == 'x' ? "0123456789ABCDEFabcdef" : "+-0123456789.einfa";

  return allowed == NULL || (length > 0 && strspn (at, allowed) >= length);
}

/* Fills @pieces with what stands in the gaps from @gap on, where the text from @at on is made of the pattern so. */
static gboolean
match (const Pattern *pattern, guint gap, const char *at, Piece *pieces)
{
  const char *literal = pattern->literal[gap];
  gsize       length = strlen (literal);
  const char *next;

  if (strncmp (at, literal, length) != 0)
    return FALSE;
  at += length;
  if (gap == pattern->n)
    return *at == '\0';
  literal = pattern->literal[gap + 1];
  next = at;
  /* The last gap reaches as far as the text, but for what stands behind it. */
  if (gap + 1 == pattern->n)
    next = strlen (at) >= strlen (literal) ? at + strlen (at) - strlen (literal) : NULL;
  for (next = next != NULL ? strstr (next, literal) : NULL; next != NULL; next = *next != '\0' ? strstr (next + 1, literal) : NULL) {
    pieces[gap] = (Piece){ at, (gsize) (next - at) };
    if (fits (pattern->letter[gap], at, (gsize) (next - at)) && match (pattern, gap + 1, next, pieces))
      return TRUE;
    if (*literal == '\0' && *next == '\0')
      break;
  }
  return FALSE;
}

/* The msgid that @text was made from, the one that leaves least to its gaps; NULL: none. */
static const char *
find_text (const char *text, guint depth, Piece *pieces, guint *n)
{
  const char *best = NULL;
  guint       most = (depth == 0 ? LETTERS_MIN : WORD_MIN) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_auto (Pattern) pattern = { .n = 0 };
    Piece found[GAPS_MAX];
    gsize head = strcspn (texts[i], "%");

    if (strncmp (texts[i], text, head) != 0 || (texts[i][head] == '\0' && text[head] != '\0'))
      continue;
    if (!parse_pattern (&pattern, texts[i]) || pattern.letters <= most || !match (&pattern, 0, text, found))
      continue;
    best = texts[i];
    most = pattern.letters;
    *n = pattern.n;
    memcpy (pieces, found, sizeof found);
  }
  return best;
}

static char *dup_bare (const char *english, guint depth);

/* What stands in quotation marks or is a part of a key's name is the user's own, and never a text of ours. */
static gboolean
is_own (const Piece *piece, const char *whole)
{
  const char *before = piece->at > whole ? g_utf8_find_prev_char (whole, piece->at) : NULL, *after = piece->at + piece->length;

  return (before != NULL && (*before == '"' || *before == '.' || g_str_has_prefix (before, "\xE2\x80\x9C"))) || *after == '.';
}

static void
append_piece (GString *out, const Piece *piece, const char *whole, char letter, guint depth)
{
  g_autofree char *own = g_strndup (piece->at, piece->length);
  g_autofree char *translated = letter == 's' && depth < DEPTH_MAX && !is_own (piece, whole) ? dup_bare (own, depth + 1) : g_strdup (own);

  if (*own == '\0')
    return;
  if (letter == 's' && is_rtl () && strcmp (own, translated) == 0)
    g_string_append_printf (out, FSI "%s" PDI, own);
  else
    g_string_append (out, translated);
}

/* @english without a text of its own may still be "FILE: TEXT" or "TEXT: FOREIGN WORDS". */
static char *
dup_halves (const char *english, guint depth)
{
  const char      *colon = strstr (english, ": ");
  g_autofree char *head = colon != NULL ? g_strndup (english, (gsize) (colon - english)) : NULL;
  g_autofree char *tail = NULL, *first = NULL;

  if (head == NULL || depth >= DEPTH_MAX)
    return g_strdup (english);
  first = dup_bare (head, depth + 1);
  tail = dup_bare (colon + 2, depth + 1);
  if (strcmp (tail, colon + 2) == 0 && strcmp (first, head) == 0)
    return g_strdup (english);
  if (is_rtl () && strcmp (first, head) == 0)
    return g_strdup_printf (FSI "%s" PDI ": %s", head, tail);
  if (is_rtl () && strcmp (tail, colon + 2) == 0)
    return g_strdup_printf ("%s: " FSI "%s" PDI, first, colon + 2);
  return g_strdup_printf ("%s: %s", first, tail);
}

static char *
dup_bare (const char *english, guint depth)
{
  Piece       pieces[GAPS_MAX];
  guint       n = 0, next = 0;
  const char *text = find_text (english, depth, pieces, &n), *translated = text != NULL ? dg_text (text) : NULL;
  GString    *out;

  if (translated == NULL)
    return dup_halves (english, depth);
  if (translated == text)
    return g_strdup (english);
  out = g_string_new (NULL);
  for (const char *p = translated; *p != '\0';) {
    guint place = next;
    char  letter;
    gsize length = *p == '%' ? read_gap (p, &letter, &place) : 0;

    if (length == 0) {
      g_string_append_c (out, *p);
      p += p[0] == '%' && p[1] == '%' ? 2 : 1;
      continue;
    }
    if (place < n)
      append_piece (out, &pieces[place], english, letter, depth);
    next++;
    p += length;
  }
  return g_string_free (out, FALSE);
}

char *
dg_speech_dup (const char *english)
{
  return dup_bare (english, 0);
}

/* Lines in both directions */

static gboolean
is_strong_rtl (gunichar ch)
{
  UCharDirection direction = u_charDirection ((UChar32) ch);

  return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

typedef struct {
  const char *end;
  gboolean    is_ltr;    /* letters, and all of them Latin */
  gboolean    is_number; /* no letters */
} Word;

/* The word from @p on: to a space or a sign of the right-to-left text; what stands in an isolate is not parted. */
static Word
find_word (const char *p)
{
  Word     word = { p, FALSE, TRUE };
  gboolean has_rtl = FALSE, has_latin = FALSE, has_digit = FALSE;
  guint    depth = 0;

  for (; *p != '\0' && *p != '\n' && (depth > 0 || *p != ' '); p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if (depth == 0 && (ch == 0x060C || ch == 0x061B || ch == 0x061F))
      break;
    depth += ch == 0x2068 ? 1 : 0;
    depth -= ch == 0x2069 && depth > 0 ? 1 : 0;
    has_latin = has_latin || (ch < 128 && g_ascii_isalpha ((char) ch));
    has_digit = has_digit || (ch < 128 && g_ascii_isdigit ((char) ch));
    has_rtl = has_rtl || is_strong_rtl (ch);
  }
  word.end = p;
  word.is_ltr = has_latin && !has_rtl;
  word.is_number = has_digit && !has_latin && !has_rtl;
  return word;
}

/* Without its isolates, in one: "page.size" and "--to pdf" are one thing, however many gaps it fills. */
static void
append_isolated (GString *out, const char *from, const char *to)
{
  gsize       before = strspn (from, "(\"");
  const char *end = to;

  if (g_str_has_prefix (from + before, "«"))
    before += strlen ("«");
  /* A sentence's own sign is not of the name before it. */
  while (end > from + before + 1 && strchr (".:;,)\"", end[-1]) != NULL)
    end--;
  if ((gsize) (end - from) > before + strlen ("»") && memcmp (end - strlen ("»"), "»", strlen ("»")) == 0)
    end -= strlen ("»");
  g_string_append_len (out, from, (gssize) before);
  g_string_append (out, LRI);
  for (const char *p = from + before; p < end; p = g_utf8_next_char (p)) {
    gunichar ch = g_utf8_get_char (p);

    if (ch != 0x2068 && ch != 0x2069)
      g_string_append_unichar (out, ch);
  }
  g_string_append (out, PDI);
  g_string_append_len (out, end, to - end);
}

/* Words of options and of files that follow each other are one thing, which runs from left to right. */
char *
dg_text_dup_line (const char *translated)
{
  GString *out = g_string_new (NULL);

  if (!is_rtl ())
    return g_string_free (g_string_append (out, translated), FALSE);
  g_string_append (out, RLI);
  for (const char *p = translated; *p != '\0';) {
    Word        word = find_word (p);
    const char *end = word.end > p ? word.end : g_utf8_next_char (p);

    if (word.end == p || !word.is_ltr) {
      g_string_append_len (out, p, end - p);
      p = end;
      continue;
    }
    while (*end == ' ' && strchr (":;,", end[-1]) == NULL) {
      word = find_word (end + 1);
      if (word.end == end + 1 || (!word.is_ltr && !word.is_number))
        break;
      end = word.end;
    }
    append_isolated (out, p, end);
    p = end;
  }
  return g_string_free (g_string_append (out, PDI), FALSE);
}

void
dg_speech_append_name (GString *out, const char *name)
{
  gboolean has_rtl = FALSE;

  for (const char *p = name; is_rtl () && *p != '\0' && !has_rtl; p = g_utf8_next_char (p))
    has_rtl = is_strong_rtl (g_utf8_get_char (p));
  g_string_append_printf (out, has_rtl ? FSI "%s" PDI ":" : "%s:", name);
}
