/* envelope.c: envelopes by their control characters where these came through, else by the shape of their lines. */
#include "read/envelope.h"

#include "base/utf.h"

#include <string.h>

enum { HEAD_LINES = 8, EDGE_LINES = 3, MAX_TRAILER = 60, MAX_FIELD = 80, SIGNATURE_LINES = 8 };

/* "afp0123 4 pol 0187 Balkans": source, number, priority 1-8, category, words, keyword (IPTC 7901). */
#define IPTC_HEAD "^([A-Za-z]{2,6}) ?(\\d{3,4})\\s+([1-9])\\s+([A-Za-z]{1,3})\\s+(\\d{1,5})(?:\\s+(.*))?$"
/* "a0123-----" or "a0123": service and number; "r i bc-Albania-Cyber 09-09 0187": priority, category, keyword, date, words (ANPA 1312). */
#define ANPA_HEAD "^([A-Za-z])(\\d{4})(?:[\\s-].{0,12})?$"
#define ANPA_SLUG "^([A-Za-z])\\s+([A-Za-z])\\s+(\\S.*?)\\s+(\\d{1,2}-\\d{1,2})\\s+(\\d{1,5})$"
/* "^BC-Albania-Cyber,0187<". */
#define ANPA_KEYWORD "^\\^([A-Za-z]{2}-[^,]+),.*?(\\d{2,5})<?$"
/* "091410 GMT sep 22", "AP-NY-09-09-22 1410EDT": when it was sent. */
#define IPTC_SENT "^\\d{6}:? ?(?:[A-Z]{1,4} )?[A-Za-z]{3,9} \\d{2,4}$"
#define ANPA_SENT "^[A-Z]{2,4}-[A-Z]{2,4}-\\d{2}-\\d{2}-\\d{2} \\d{4}[A-Z]{0,4}$"

typedef struct {
  GArray *lines; /* of the source */
  DgDoc  *doc;
  guint8 *taken; /* by the index in lines */
} Envelope;

static const DgScanLine *
line_at (const Envelope *envelope, guint i)
{
  return &g_array_index (envelope->lines, DgScanLine, i);
}

static void
take (Envelope *envelope, guint i, const char *why)
{
  const DgScanLine *line = line_at (envelope, i);

  envelope->taken[i] = TRUE;
  envelope->doc->lines[line->n - envelope->doc->first_line] = (DgLineRole){ .side = DG_SIDE_NONE, .role = DG_ROLE_ENVELOPE, .why = why, .confidence = 0.97 };
}

/* Adds the groups of @pattern as fields called @keys where line @i has that shape. */
static gboolean
read_shape (Envelope *envelope, guint i, const char *pattern, const char *const *keys)
{
  const DgScanLine *line = line_at (envelope, i);
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;

  if (line->length > 200)
    return FALSE;
  regex = g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  if (!g_regex_match_full (regex, line->text, (gssize) line->length, 0, G_REGEX_MATCH_DEFAULT, &match, NULL))
    return FALSE;
  for (guint k = 0; keys != NULL && keys[k] != NULL; k++) {
    g_autofree char *value = g_match_info_fetch (match, (int) k + 1);

    if (value != NULL)
      dg_doc_add_field (envelope->doc, keys[k], value, -1);
  }
  return TRUE;
}

static gboolean
begins_word (const DgScanLine *line, const char *word)
{
  gsize length = strlen (word);

  return line->length >= length && g_ascii_strncasecmp (line->text, word, length) == 0 && (line->length == length || g_ascii_isspace (line->text[length]));
}

static gboolean
read_iptc (Envelope *envelope, guint i)
{
  static const char *const keys[] = { "source", "number", "priority", "category", "words", "keyword", NULL };

  if (!read_shape (envelope, i, IPTC_HEAD, keys))
    return FALSE;
  dg_doc_add_field (envelope->doc, "format", "iptc-7901", -1);
  return TRUE;
}

static gboolean
read_anpa (Envelope *envelope, guint i)
{
  static const char *const head[] = { "service", "number", NULL };

  if (!read_shape (envelope, i, ANPA_HEAD, head))
    return FALSE;
  dg_doc_add_field (envelope->doc, "format", "anpa-1312", -1);
  return TRUE;
}

static gboolean
read_slug (Envelope *envelope, guint i)
{
  static const char *const slug[] = { "priority", "category", "keyword", "date", "words", NULL };

  return read_shape (envelope, i, ANPA_SLUG, slug);
}

/* A line of the heading whose shape says nothing: the keyword. */
static void
read_keyword (Envelope *envelope, guint i)
{
  const DgScanLine *line = line_at (envelope, i);

  if (!read_slug (envelope, i))
    dg_doc_add_field (envelope->doc, "keyword", line->text, (gssize) line->length);
}

/* A heading between the controls: all lines from the start of heading to the start of text.  Returns the line after it. */
static guint
read_marked_head (Envelope *envelope, guint first, const DgSource *source)
{
  guint end = first, n_lines = envelope->lines->len;

  /* The start of text may stand alone on a line, which then has no ink. */
  for (guint n = line_at (envelope, first)->n; end < n_lines && end < first + HEAD_LINES; end++) {
    gboolean reached = FALSE;

    for (; n <= line_at (envelope, end)->n; n++)
      reached = reached || ((dg_source_marks (source, n) & DG_MARK_TEXT) != 0 && n > line_at (envelope, first)->n);
    if (reached)
      break;
  }
  if (end == n_lines || end == first + HEAD_LINES)
    end = first + 1; /* the end is missing: the first line alone */
  for (guint i = first; i < end; i++) {
    if (i > first || !(read_iptc (envelope, i) || read_anpa (envelope, i)))
      read_keyword (envelope, i);
    take (envelope, i, "heading of a wire service");
  }
  return end;
}

/* A heading whose controls were lost on the way, by the shape of its lines.  Returns the line after it. */
static guint
read_bare_head (Envelope *envelope, guint first)
{
  const DgScanLine *line = line_at (envelope, first);
  guint             at = first;

  if (begins_word (line, "ZCZC")) {
    dg_doc_add_field (envelope->doc, "format", "zczc", -1);
    dg_doc_add_field (envelope->doc, "number", line->text + 4, (gssize) line->length - 4);
    take (envelope, at++, "heading of a wire service");
  }
  if (at >= envelope->lines->len || line_at (envelope, at)->length < 5 || !g_ascii_isalpha (line_at (envelope, at)->text[0]))
    return at;
  if (read_iptc (envelope, at)) {
    take (envelope, at++, "heading of a wire service");
  } else if (at + 1 < envelope->lines->len && g_ascii_isdigit (line_at (envelope, at)->text[1]) && read_slug (envelope, at + 1) && read_anpa (envelope, at)) {
    take (envelope, at++, "heading of a wire service");
    take (envelope, at++, "heading of a wire service");
  }
  return at;
}

/* ANPA marks lines of its text: "^Headline<", "^By JANE ROE=".  The keyword with the number of words belongs to the envelope; the
 * others are text without their marks. */
static void
strip_marks (Envelope *envelope, guint from)
{
  static const char *const slug[] = { "keyword", "words", NULL };

  for (guint i = from; i < envelope->lines->len; i++) {
    DgScanLine *line = &g_array_index (envelope->lines, DgScanLine, i);

    if (line->length < 3 || line->text[0] != '^')
      continue;
    if (read_shape (envelope, i, ANPA_KEYWORD, slug)) {
      take (envelope, i, "keyword of a wire service");
      continue;
    }
    line->text++;
    line->length--;
    line->n_chars--;
    line->column++;
    while (line->length > 1 && strchr ("<>=^ ", line->text[line->length - 1]) != NULL) {
      line->length--;
      line->n_chars--;
    }
  }
}

/* What follows the text: the time of sending, NNNN. */
static void
read_trailer (Envelope *envelope, guint i)
{
  const DgScanLine *line = line_at (envelope, i);

  if (line->length > MAX_TRAILER || !g_ascii_isalnum (line->text[0]) || envelope->taken[i])
    return;
  if (line->length == 4 && begins_word (line, "NNNN")) {
    take (envelope, i, "end of a wire service's message");
  } else if (read_shape (envelope, i, IPTC_SENT, NULL) || read_shape (envelope, i, ANPA_SENT, NULL)) {
    dg_doc_add_field (envelope->doc, "sent", line->text, (gssize) line->length);
    take (envelope, i, "time of sending, after the text");
  }
}

/* The name of a letter's head field, without its colon; 0 for another line. */
static gsize
measure_name (const DgScanLine *line)
{
  gsize n = 0;

  while (n < line->length && n < MAX_FIELD && (g_ascii_isalnum (line->text[n]) || line->text[n] == '-'))
    n++;
  return n > 0 && n < line->length && line->text[n] == ':' && g_ascii_isalpha (line->text[0]) ? n : 0;
}

/* TRUE where @folded has every word of @value. */
static gboolean
has_words (const char *folded, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, " ", -1), own = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) own, words[i]))
      return FALSE;
  return TRUE;
}

/* TRUE where the text, which begins with line @end, says again what field @i says, or says it with more words: the subject of a letter that
 * has its headline. */
static gboolean
is_repeated (const Envelope *envelope, guint i, guint end)
{
  const DgScanLine *line = line_at (envelope, i);
  char              value[256], folded[256];

  if ((line->label_kinds & 1u << DG_LABEL_HEADLINE) == 0
      || dg_fold (line->text + line->label_length, line->length - line->label_length, value, sizeof value) == 0)
    return FALSE;
  for (guint k = end; k < MIN (end + EDGE_LINES, envelope->lines->len); k++)
    if (line_at (envelope, k)->length < sizeof folded && dg_fold (line_at (envelope, k)->text, line_at (envelope, k)->length, folded, sizeof folded) > 0
        && has_words (folded, value))
      return TRUE;
  return FALSE;
}

/* The signature, from the line of two dashes on (RFC 3676, 4.3). */
static void
take_signature (Envelope *envelope, guint from)
{
  guint n = envelope->lines->len, first = n > from + SIGNATURE_LINES ? n - SIGNATURE_LINES : from;

  for (guint i = first; i < n; i++)
    if (line_at (envelope, i)->length == 2 && memcmp (line_at (envelope, i)->text, "--", 2) == 0) {
      for (guint k = i; k < n; k++) {
        if (k > i)
          dg_doc_add_field (envelope->doc, "signature", line_at (envelope, k)->text, (gssize) line_at (envelope, k)->length);
        take (envelope, k, "signature of a letter");
      }
      return;
    }
}

static gboolean
begins_field (const DgScanLine *line, const char *name)
{
  gsize size = strlen (name);

  return line->length > size && g_ascii_strncasecmp (line->text, name, size) == 0 && line->text[size] == ':';
}

/* A letter's head: lines of fields without a gap, one of them at least of those that only letters have.  Fields that readers know, such as
 * the subject, stay in the text; in a head as the net carries it, MIME fields and all, only a subject in plain letters does. */
static void
read_letter (Envelope *envelope, guint first)
{
  guint    end = first, n_mail = 0;
  gboolean taking = FALSE, raw = FALSE;

  for (; end < envelope->lines->len; end++) {
    const DgScanLine *line = line_at (envelope, end);

    if ((end > first && line->gap > 0) || (measure_name (line) == 0 && (line->column == 1 || end == first)))
      break;
    n_mail += line->label_length > 0 && (line->label_kinds & 1u << DG_LABEL_MAIL) != 0;
    raw = raw || begins_field (line, "MIME-Version") || begins_field (line, "Content-Type");
  }
  if (n_mail == 0 || end < first + 2)
    return;
  take_signature (envelope, end);
  for (guint i = first; i < end; i++) {
    const DgScanLine *line = line_at (envelope, i);
    gsize             name = measure_name (line);

    if (name > 0)
      taking = line->label_length == 0 || (line->label_kinds & 1u << DG_LABEL_MAIL) != 0 || is_repeated (envelope, i, end)
               || (raw && (!begins_field (line, "Subject") || g_strstr_len (line->text, (gssize) line->length, "=?") != NULL));
    if (!taking)
      continue;
    if (name > 0) {
      g_autofree char *key = g_ascii_strdown (line->text, (gssize) name);

      dg_doc_add_field (envelope->doc, "format", "letter", -1);
      dg_doc_add_field (envelope->doc, key, line->text + name + 1, (gssize) (line->length - name - 1));
    }
    take (envelope, i, "head field of a letter");
  }
}

/* TRUE for a first line that may belong to an envelope: most dispatches are done with this look. */
static gboolean
may_have_head (const DgScanLine *line)
{
  gsize n = 0;

  if (line->length > 120)
    return FALSE;
  while (n < line->length && n < 6 && g_ascii_isalpha (line->text[n]))
    n++;
  return begins_word (line, "ZCZC") || (n > 0 && n < line->length && (g_ascii_isdigit (line->text[n]) || line->text[n] == ' '));
}

/* "eur0409 4 vm 119 dpa 1409": letters and digits in one word, and numbers after it. */
static gboolean
is_like_iptc (const DgScanLine *line)
{
  gsize letters = 0, digits;

  if (line->length > 60)
    return FALSE;
  while (letters < line->length && g_ascii_isalpha (line->text[letters]))
    letters++;
  for (digits = letters; digits < line->length && g_ascii_isdigit (line->text[digits]); digits++)
    ;
  return letters >= 2 && letters <= 6 && digits - letters >= 3 && digits - letters <= 4 && digits < line->length && line->text[digits] == ' ';
}

static void
remove_taken (Envelope *envelope)
{
  guint kept = 0, gap = 0;

  for (guint i = 0; i < envelope->lines->len; i++) {
    DgScanLine *line = &g_array_index (envelope->lines, DgScanLine, i);

    if (envelope->taken[i]) {
      gap += line->gap + 1; /* what was around it is no paragraph of one piece */
      continue;
    }
    line->gap += gap;
    gap = 0;
    g_array_index (envelope->lines, DgScanLine, kept++) = *line;
  }
  g_array_set_size (envelope->lines, kept);
}

void
dg_envelope_take (GArray *lines, const DgSource *source, DgDoc *doc)
{
  g_autofree guint8 *taken = g_new0 (guint8, MAX (lines->len, 1));
  Envelope           envelope = { lines, doc, taken };
  gboolean           marked = dg_source_has_marks (source), is_wire;
  guint              at = 0;

  for (guint i = 0; marked && i < lines->len; i++)
    if ((dg_source_marks (source, line_at (&envelope, i)->n) & DG_MARK_HEAD) != 0) {
      at = read_marked_head (&envelope, i, source);
      i = at - 1;
    }
  if (at == 0 && lines->len > 0 && may_have_head (line_at (&envelope, 0)))
    at = read_bare_head (&envelope, 0);
  is_wire = doc->envelope->len > 0;
  if (is_wire)
    strip_marks (&envelope, at);
  /* The head of the second text's own message. */
  for (guint i = at; i < lines->len; i++)
    if (!envelope.taken[i] && is_like_iptc (line_at (&envelope, i)) && read_iptc (&envelope, i)) {
      take (&envelope, i, "heading of a wire service");
      is_wire = TRUE;
    }
  /* Without a heading an ending is looked for at the end only. */
  for (guint i = is_wire || lines->len < EDGE_LINES ? 0 : lines->len - EDGE_LINES; i < lines->len; i++)
    read_trailer (&envelope, i);
  if (at < lines->len && measure_name (line_at (&envelope, at)) > 0)
    read_letter (&envelope, at);
  remove_taken (&envelope);
}
