/* tokens.c: from the characters of paragraphs to tokens and the concepts they stand for. */
#include "pair/tokens.h"

#include <string.h>

#include "base/language.h"
#include "base/utf.h"

/* An Arabic word of more letters than GLUED_LONG may be several, of so many letters each. */
enum { GLUED_LONG = 10, GLUED_LEAST = 4, GLUED_MOST = 10 };

/* Paragraphs of fewer letters and figures than this may well be the same by chance. */
#define LEAST_TEXT 6

typedef enum { MARK_QUESTION, MARK_QUOTE, MARK_BRACKET, MARK_EXCLAMATION, MARK_PERCENT, MARK_SLASH, MARK_COLON, N_MARKS } Mark;

/* What was made of a word when it was first met; a word gives several types at most. */
typedef struct {
  guint32 hash;     /* 0: free */
  guint32 first, n; /* types */
} Known;

typedef struct {
  DgTokens            *tokens;
  const DgLexicon     *lexicon;
  const DgLearnedSide *learned; /* NULL */
  DgStemFound          found;   /* is told of every stem; NULL */
  gpointer             found_data;
  gboolean             english, arabic, borrows;
  gboolean             elides; /* l'état, dell'arte */
  Known               *known;
  guint                n_known, n_slots;
  GArray              *stamps;     /* guint32 by type: the paragraph that has it already, from 1 */
  DgWord               word, last; /* the word being read and the one before it */
  gboolean             capital, follows;
  guint                n_ended;          /* paragraphs that end as sentences do */
  guint32              text_sum, n_text; /* of the letters and figures of this paragraph */
} Reader;

static gboolean
is_latin (gunichar ch)
{
  return (ch >= 'a' && ch <= 'z') || (ch >= 0xC0 && ch < 0x250);
}

static guint32
open_type (Reader *reader, DgTokenClass token_class)
{
  DgTokenType type = { token_class, reader->tokens->concepts->len, 0, 0 };
  guint32     none = 0;

  g_array_append_val (reader->tokens->types, type);
  g_array_append_val (reader->stamps, none);
  return reader->tokens->types->len - 1;
}

/* Adds concepts to the newest type.  Strong ones first. */
static void
add_concepts (Reader *reader, const guint32 *concepts, guint n, gboolean weak)
{
  DgTokenType *type = &g_array_index (reader->tokens->types, DgTokenType, reader->tokens->types->len - 1);

  if (n == 0)
    return;
  g_array_append_vals (reader->tokens->concepts, concepts, n);
  if (weak)
    type->n_weak += n;
  else
    type->n_strong += n;
}

static void
add_latin (Reader *reader, const DgWord *word)
{
  guint32 concept = dg_word_hash (word, DG_CONCEPT_LATIN);

  open_type (reader, DG_TOKEN_LATIN);
  add_concepts (reader, &concept, 1, FALSE);
}

/* A word as a name.  Scripts without capitals cannot tell names: theirs only answer. */
static void
add_name (Reader *reader, const DgWord *word, gboolean capital)
{
  DgSkeleton skeleton;
  gsize      n;

  dg_skeleton (word, &skeleton);
  if (skeleton.n == 0)
    return;
  n = strlen (skeleton.text[0]);
  open_type (reader, !capital ? DG_TOKEN_SILENT : n < 3 ? DG_TOKEN_NAME2 : n < 4 ? DG_TOKEN_NAME3 : DG_TOKEN_NAME4);
  for (guint i = 0; i < skeleton.n; i++) {
    DgWord letters;
    guint32 concept;

    dg_word_set (&letters, skeleton.text[i], strlen (skeleton.text[i]));
    concept = dg_word_hash (&letters, DG_CONCEPT_NAME);
    add_concepts (reader, &concept, 1, FALSE);
  }
}

static void
add_weak_copies (Reader *reader)
{
  DgTokenType type = g_array_index (reader->tokens->types, DgTokenType, reader->tokens->types->len - 1);

  for (guint i = 0; i < type.n_strong; i++) {
    guint32 concept = g_array_index (reader->tokens->concepts, guint32, type.first + i);

    if ((concept & 7) != DG_CONCEPT_WORD)
      continue;
    concept = (concept & ~7u) | DG_CONCEPT_ROOT;
    add_concepts (reader, &concept, 1, TRUE);
  }
}

/* The form that learned words are kept under. */
static void
find_stem (const Reader *reader, const DgWord *word, DgWord *stem)
{
  if (g_unichar_iswide (word->ch[0]))
    *stem = *word;
  else if (reader->english)
    dg_stem_english (word, stem);
  else if (reader->arabic)
    dg_stem_arabic_definite (word, stem);
  else
    dg_stem_other (word, stem);
}

static gboolean
is_month (const guint32 *concepts, guint n)
{
  return n > 0 && (concepts[0] & 7) == DG_CONCEPT_MONTH;
}

static void
add_english (Reader *reader, const DgWord *word, gboolean capital)
{
  guint          n;
  const guint32 *found = dg_lexicon_find (reader->lexicon, DG_LEXICON_EXACT, word, &n);
  guint          n_learned;
  const guint32 *learned;
  DgWord         stem;
  guint32 concept;

  /* "may" and "march" are months with a capital only. */
  if (is_month (found, n) && capital) {
    open_type (reader, DG_TOKEN_MONTH);
    add_concepts (reader, found, n, FALSE);
    return;
  }
  if (word->n < 3 || dg_stem_is_stop (word))
    return;
  dg_stem_english (word, &stem);
  concept = dg_word_hash (&stem, DG_CONCEPT_WORD);
  open_type (reader, DG_TOKEN_WORD);
  add_concepts (reader, &concept, 1, FALSE);
  if (!is_month (found, n))
    add_concepts (reader, found, n, FALSE);
  learned = dg_learned_find (reader->learned, &stem, &n_learned);
  add_concepts (reader, learned, n_learned, FALSE);
  add_weak_copies (reader);
}

static void
add_foreign (Reader *reader, const DgWord *word)
{
  guint          n_exact, n_stem = 0, n_root = 0, n_learned;
  const guint32 *exact = dg_lexicon_find (reader->lexicon, DG_LEXICON_EXACT, word, &n_exact), *by_stem, *by_root = NULL, *learned;
  DgWord         stem, root;

  if (is_month (exact, n_exact)) {
    open_type (reader, DG_TOKEN_MONTH);
    add_concepts (reader, exact, n_exact, FALSE);
    return;
  }
  find_stem (reader, word, &stem);
  learned = dg_learned_find (reader->learned, &stem, &n_learned);
  if (reader->arabic)
    dg_stem_arabic (word, &stem);
  by_stem = dg_lexicon_find (reader->lexicon, DG_LEXICON_STEM, &stem, &n_stem);
  /* Arabic's particles are tried before its stem, Hebrew's, up to two, before the word. */
  if (n_exact + n_stem == 0 && reader->arabic && dg_stem_cut_particle (&stem)) {
    by_stem = dg_lexicon_find (reader->lexicon, DG_LEXICON_STEM, &stem, &n_stem);
  } else if (!reader->arabic && word->ch[0] >= 0x5D0 && word->ch[0] <= 0x5EA) {
    DgWord rest = *word;

    for (guint i = 0; i < 2 && n_exact + n_stem == 0 && dg_stem_cut_particle (&rest); i++) {
      exact = dg_lexicon_find (reader->lexicon, DG_LEXICON_EXACT, &rest, &n_exact);
      dg_stem_other (&rest, &stem);
      by_stem = dg_lexicon_find (reader->lexicon, DG_LEXICON_STEM, &stem, &n_stem);
    }
  }
  if (n_exact == 0 && n_stem == 0 && reader->borrows) {
    dg_stem_arabic (word, &stem);
    by_stem = dg_lexicon_find (reader->lexicon, DG_LEXICON_STEM, &stem, &n_stem);
  }
  if (is_month (by_stem, n_stem)) {
    open_type (reader, DG_TOKEN_MONTH);
    add_concepts (reader, by_stem, n_stem, FALSE);
    return;
  }
  if (reader->arabic) {
    dg_stem_arabic_root (&stem, &root);
    by_root = dg_lexicon_find (reader->lexicon, DG_LEXICON_ROOT, &root, &n_root);
  }
  if (n_exact + n_stem + n_root + n_learned == 0)
    return;
  open_type (reader, DG_TOKEN_WORD);
  add_concepts (reader, exact, n_exact, FALSE);
  add_concepts (reader, by_stem, n_stem, FALSE);
  add_concepts (reader, learned, n_learned, FALSE);
  if (n_root > 0)
    add_concepts (reader, by_root, n_root, TRUE);
  else
    add_weak_copies (reader);
}

static void
join_para (Reader *reader, guint32 type)
{
  guint32 *stamp = &g_array_index (reader->stamps, guint32, type), para = reader->tokens->paras->len;

  if (*stamp == para)
    return;
  *stamp = para;
  g_array_append_val (reader->tokens->members, type);
}

static void
grow (Reader *reader)
{
  Known *old = reader->known;
  guint  n_old = reader->n_slots;

  reader->n_slots = n_old == 0 ? 1024 : n_old * 2;
  reader->known = g_new0 (Known, reader->n_slots);
  for (guint i = 0; i < n_old; i++)
    if (old[i].hash != 0) {
      guint slot = (old[i].hash >> 3) & (reader->n_slots - 1);

      while (reader->known[slot].hash != 0)
        slot = (slot + 1) & (reader->n_slots - 1);
      reader->known[slot] = old[i];
    }
  g_free (old);
}

/* The place of a word in the table; its hash is 0 where it is new. */
static Known *
find_known (Reader *reader, guint32 hash)
{
  guint slot;

  if (reader->n_known * 2 >= reader->n_slots)
    grow (reader);
  slot = (hash >> 3) & (reader->n_slots - 1);
  while (reader->known[slot].hash != 0 && reader->known[slot].hash != hash)
    slot = (slot + 1) & (reader->n_slots - 1);
  return &reader->known[slot];
}

typedef enum { MEET_WORD, MEET_CAPITAL, MEET_NUMBER, MEET_MARK, MEET_PAIR, MEET_TEXT, MEET_SIGNS } Meeting;

/* Puts the word into the paragraph under all the types it gives. */
static void
meet (Reader *reader, const DgWord *word, Meeting meeting)
{
  guint32 hash = dg_word_hash (word, meeting) == 0 ? 8 : dg_word_hash (word, meeting);
  Known  *known = find_known (reader, hash);
  guint   n;

  if (known->hash == 0) {
    const guint32 *pair;
    guint32 concept;

    *known = (Known){ hash, reader->tokens->types->len, 0 };
    reader->n_known++;
    switch (meeting) {
    case MEET_NUMBER:
    case MEET_MARK:
      concept
      = dg_word_hash (word, meeting == MEET_NUMBER ? DG_CONCEPT_NUMBER : DG_CONCEPT_MARK);
      open_type (reader, meeting == MEET_NUMBER ? DG_TOKEN_NUMBER : DG_TOKEN_MARK);
      add_concepts (reader, &concept, 1, FALSE);
      break;
    case MEET_SIGNS:
      pair = dg_learned_find (reader->learned, word, &n);
      if (n > 0) {
        open_type (reader, DG_TOKEN_WORD);
        add_concepts (reader, pair, n, FALSE);
      }
      break;
    case MEET_TEXT:
      open_type (reader, DG_TOKEN_TEXT);
      concept = dg_word_hash (word, DG_CONCEPT_TEXT);
      add_concepts (reader, &concept, 1, FALSE);
      break;
    case MEET_PAIR:
      pair = dg_lexicon_find (reader->lexicon, DG_LEXICON_EXACT, word, &n);
      if (n > 0) {
        open_type (reader, is_month (pair, n) ? DG_TOKEN_MONTH : DG_TOKEN_WORD);
        add_concepts (reader, pair, n, FALSE);
      }
      break;
    default:
      if (is_latin (word->ch[0]) && word->n >= 2)
        add_latin (reader, word);
      if (is_latin (word->ch[0]) && !reader->tokens->latin)
        break;
      if (!reader->english || !dg_stem_is_stop (word))
        add_name (reader, word, meeting == MEET_CAPITAL);
      if (reader->english)
        add_english (reader, word, meeting == MEET_CAPITAL);
      else
        add_foreign (reader, word);
    }
    known->n = reader->tokens->types->len - known->first;
  }
  for (guint i = 0; i < known->n; i++)
    join_para (reader, known->first + i);
}

static void
tell_stem (const Reader *reader, const DgWord *word)
{
  DgWord stem;

  if (reader->found == NULL || (reader->english && (word->n < 3 || dg_stem_is_stop (word))))
    return;
  find_stem (reader, word, &stem);
  if (stem.n > 0)
    reader->found (&stem, reader->found_data);
}

/* Every two signs that stand together, for words that were learned: what words they make nobody knows. */
static void
meet_signs (Reader *reader, const DgWord *run)
{
  for (guint i = 0; i + 1 < run->n; i++) {
    DgWord signs = { { run->ch[i], run->ch[i + 1] }, 2 };

    tell_stem (reader, &signs);
    if (reader->learned != NULL)
      meet (reader, &signs, MEET_SIGNS);
  }
}

/* Chinese and Japanese write no spaces: whatever the lexicon knows is taken, longest first, at each character. */
static void
meet_ideographs (Reader *reader, const DgWord *run)
{
  meet_signs (reader, run);
  for (guint i = 0; i < run->n; i++)
    for (guint n = MIN (run->n - i, 5); n >= 2; n--) {
      DgWord part = { .n = n };
      guint  found;

      memcpy (part.ch, run->ch + i, n * sizeof part.ch[0]);
      dg_lexicon_find (reader->lexicon, DG_LEXICON_EXACT, &part, &found);
      if (found > 0) {
        meet (reader, &part, MEET_PAIR);
        break;
      }
    }
}

/* TRUE for an Arabic word that the lexicon has, with or without its affixes. */
static gboolean
is_known_arabic (const Reader *reader, const DgWord *word)
{
  DgWord stem;
  guint  n_exact, n_stem;

  dg_lexicon_find (reader->lexicon, DG_LEXICON_EXACT, word, &n_exact);
  dg_stem_arabic (word, &stem);
  dg_lexicon_find (reader->lexicon, DG_LEXICON_STEM, &stem, &n_stem);
  return n_exact + n_stem > 0;
}

/* Arabic that was typed or copied without its spaces: an unknown word longer than Arabic words are is searched for known ones. */
static void
meet_glued (Reader *reader, const DgWord *run)
{
  for (guint i = 0; i + GLUED_LEAST <= run->n;) {
    guint n = MIN (run->n - i, GLUED_MOST);

    for (; n >= GLUED_LEAST; n--) {
      DgWord part = { .n = n };

      memcpy (part.ch, run->ch + i, n * sizeof part.ch[0]);
      if (is_known_arabic (reader, &part)) {
        meet (reader, &part, MEET_WORD);
        break;
      }
    }
    i += n >= GLUED_LEAST ? n : 1;
  }
}

/* Takes a word or number into what tells the paragraph from others (FNV-1a). */
static void
sum_text (Reader *reader, const DgWord *word)
{
  for (guint i = 0; i < word->n; i++)
    reader->text_sum = (reader->text_sum ^ word->ch[i]) * 16777619u;
  reader->n_text += word->n;
}

static void
end_word (Reader *reader)
{
  DgWord *word = &reader->word;

  if (word->n == 0)
    return;
  sum_text (reader, word);
  if (g_unichar_iswide (word->ch[0])) {
    meet_ideographs (reader, word);
  } else {
    tell_stem (reader, word);
    meet (reader, word, reader->capital ? MEET_CAPITAL : MEET_WORD);
    if (reader->arabic && word->n > GLUED_LONG && !is_known_arabic (reader, word))
      meet_glued (reader, word);
    if (reader->follows && !reader->english && word->n > 1) {
      DgWord pair;
      guint  n;

      dg_lexicon_join (&reader->last, word, &pair);
      dg_lexicon_find (reader->lexicon, DG_LEXICON_EXACT, &pair, &n);
      if (n > 0)
        meet (reader, &pair, MEET_PAIR);
    }
  }
  reader->last = *word;
  reader->follows = TRUE;
  word->n = 0;
  reader->capital = FALSE;
}

static void
meet_mark (Reader *reader, Mark mark)
{
  DgWord word = { { (gunichar) mark + 1 }, 1 };

  meet (reader, &word, MEET_MARK);
}

/* Reads a number from @p on, digits of any script and the commas that group them; where it ends. */
static const char *
read_number (Reader *reader, const char *p)
{
  DgWord number = { .n = 0 };

  for (;;) {
    gunichar    ch = g_utf8_get_char (p);
    int         digit = dg_digit_value (ch);
    const char *next;
    guint       group = 0;

    if (digit >= 0) {
      if (number.n == 1 && number.ch[0] == '0')
        number.n = 0;
      if (number.n < DG_WORD_MAX)
        number.ch[number.n++] = '0' + (gunichar) digit;
      p = g_utf8_next_char (p);
      continue;
    }
    if (ch != ',' && ch != 0x066C && ch != 0xA0 && ch != 0x202F)
      break;
    for (next = g_utf8_next_char (p); group < 4 && dg_digit_value (g_utf8_get_char (next)) >= 0; group++)
      next = g_utf8_next_char (next);
    if (group != 3)
      break;
    p = g_utf8_next_char (p);
  }
  sum_text (reader, &number);
  meet (reader, &number, MEET_NUMBER);
  return p;
}

static void
read_mark (Reader *reader, gunichar ch)
{
  switch (ch) {
  case '?':
  case 0x061F:
  case 0x037E:
  case 0xFF1F: meet_mark (reader, MARK_QUESTION); break;
  case '"':
  case 0xAB:
  case 0xBB:
  case 0x201C:
  case 0x201D:
  case 0x201E:
  case 0x05F4:
  case 0x300C: meet_mark (reader, MARK_QUOTE); break;
  case '(':
  case '[':
  case 0xFF08: meet_mark (reader, MARK_BRACKET); break;
  case '!':
  case 0xFF01: meet_mark (reader, MARK_EXCLAMATION); break;
  case '%':
  case 0x066A: meet_mark (reader, MARK_PERCENT); break;
  default: break;
  }
}

typedef enum { END_NONE, END_SPACED, END_PLAIN } End;

/* What ends sentences, and whether a space must follow it. */
static End
find_end (gunichar ch)
{
  switch (ch) {
  case '.':
  case '!':
  case '?':
  case 0x061F:
  case 0x2026: return END_SPACED;
  case 0x3002: /* ideographic */
  case 0xFF01:
  case 0xFF1F:
  case 0x06D4: /* Urdu */
  case 0x0964: /* danda */
  case 0x1362: /* Ethiopic */
  case 0x104B: /* Myanmar */
  case 0x17D4: /* Khmer */
  case 0x0589: /* Armenian */ return END_PLAIN;
  default: return END_NONE;
  }
}

/* TRUE where a new sentence follows @ch, whose next character @p points to.  After a full stop a small letter goes on, and so it does
 * after a word of a letter or two, which is an abbreviation: "Dr.", "U.S.", "z. B.". */
static gboolean
begins_sentence (gunichar ch, const char *p, guint n_letters)
{
  End      end = find_end (ch);
  gboolean space = end == END_PLAIN;
  gunichar next;

  if (end == END_NONE || (ch == '.' && (n_letters == 1 || n_letters == 2)))
    return FALSE;
  for (next = g_utf8_get_char (p); next != 0 && !g_unichar_isalnum (next); next = g_utf8_get_char (p)) {
    space |= g_unichar_isspace (next);
    p = g_utf8_next_char (p);
  }
  return next != 0 && space && !g_unichar_islower (next);
}

/* Another sentence of @para begins here.  Until the paragraph is read, the last one's length is that of what stands before it. */
static void
cut_sentence (const Reader *reader, DgTokenPara *para)
{
  guint32 here = reader->tokens->members->len;

  if (para->sentences == 1)
    para->ends[0] = (DgTokenSpan){ para->length, para->first, here - para->first };
  para->ends[1] = (DgTokenSpan){ para->length, here, 0 };
  para->sentences++;
}

static void
read_para (Reader *reader, const char *text)
{
  DgTokenPara para = { .sentences = 1, .first = reader->tokens->members->len };
  gunichar    before = 0, last = 0;
  gboolean    ended = FALSE, begins;

  g_array_append_val (reader->tokens->paras, para);
  reader->follows = FALSE;
  reader->text_sum = 2166136261u;
  reader->n_text = 0;
  for (const char *p = text; *p != '\0';) {
    gunichar     ch = g_utf8_get_char (p), next;
    const char  *after = g_utf8_next_char (p);
    GUnicodeType kind = ch < 0x80 ? G_UNICODE_OTHER_SYMBOL : g_unichar_type (ch);

    if (ch == 0x0640 || kind == G_UNICODE_NON_SPACING_MARK || kind == G_UNICODE_ENCLOSING_MARK || kind == G_UNICODE_SPACING_MARK || kind == G_UNICODE_FORMAT) {
      p = after;
      continue;
    }
    para.length++;
    ended = find_end (ch) != END_NONE || (ended && !g_unichar_isalnum (ch));
    if (ch < 0x80 ? g_ascii_isalpha ((char) ch) : g_unichar_isalpha (ch)) {
      if (reader->word.n == 0)
        reader->capital = g_unichar_isupper (ch);
      dg_word_append (&reader->word, ch);
      before = ch;
      p = after;
      continue;
    }
    next = g_utf8_get_char (after);
    if ((ch == '\'' || ch == 0x2019 || ch == 0x02BC) && reader->word.n > 0 && g_unichar_isalpha (next)) {
      /* An article or pronoun before the apostrophe is no part of the word; what follows one in English ('s, 't) is cut. */
      if (reader->elides && reader->word.n <= 4) {
        reader->word.n = 0;
        p = after;
        continue;
      }
      while (g_unichar_isalpha (next)) {
        para.length++;
        after = g_utf8_next_char (after);
        if (!reader->english)
          dg_word_append (&reader->word, next);
        next = g_utf8_get_char (after);
      }
      p = after;
      continue;
    }
    if (ch == '/' && before != 0 && p > text && g_unichar_isalpha (next) && g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (p))))
      meet_mark (reader, MARK_SLASH);
    begins = ch != ' ' && begins_sentence (ch, after, reader->word.n);
    end_word (reader);
    if (!g_unichar_isspace (ch)) {
      reader->follows = FALSE;
      last = ch;
    }
    if (dg_digit_value (ch) >= 0) {
      after = read_number (reader, p);
      para.length += (double) g_utf8_strlen (p, after - p) - 1;
    } else {
      read_mark (reader, ch);
    }
    if (begins)
      cut_sentence (reader, &para);
    before = 0;
    p = after;
  }
  if (reader->word.n > 0)
    last = 0;
  end_word (reader);
  if (last == ':' || last == 0xFF1A)
    meet_mark (reader, MARK_COLON);
  reader->n_ended += ended;
  if (reader->n_text >= LEAST_TEXT) {
    DgWord whole = { { reader->text_sum & 0xFFFFFF, reader->text_sum >> 24, reader->n_text }, 3 };

    meet (reader, &whole, MEET_TEXT);
  }
  para.n = reader->tokens->members->len - para.first;
  para.length = MAX (para.length, 1);
  para.ends[1].length = para.length - para.ends[1].length;
  if (para.sentences == 1)
    para.ends[1].first = para.first;
  para.ends[1].n = reader->tokens->members->len - para.ends[1].first;
  if (para.sentences == 1)
    para.ends[0] = para.ends[1];
  g_array_index (reader->tokens->paras, DgTokenPara, reader->tokens->paras->len - 1) = para;
}

/* TRUE where most letters are Latin. */
static gboolean
is_mostly_latin (const char *const *paras, guint n)
{
  gsize latin = 0, others = 0;

  for (guint i = 0; i < n; i++)
    for (const char *p = paras[i]; *p != '\0'; p = g_utf8_next_char (p))
      if (g_ascii_isalpha (*p))
        latin++;
      else if ((guchar) *p >= 0xC9) /* from U+0250 on */
        others++;
      else if ((guchar) *p >= 0xC3)
        latin++;
  return latin * 10 > (latin + others) * 6;
}

static DgTokens *
read_tokens (Reader *reader, const char *lang, const char *const *paras, guint n)
{
  DgTokens *tokens = g_new0 (DgTokens, 1);

  reader->tokens = tokens;
  tokens->types = g_array_new (FALSE, FALSE, sizeof (DgTokenType));
  tokens->concepts = g_array_new (FALSE, FALSE, sizeof (guint32));
  tokens->paras = g_array_sized_new (FALSE, FALSE, sizeof (DgTokenPara), n);
  tokens->members = g_array_new (FALSE, FALSE, sizeof (guint32));
  tokens->latin = is_mostly_latin (paras, n);
  reader->english = dg_lang_equal (lang, "en");
  reader->arabic = dg_lang_equal (lang, "ar");
  reader->borrows = !reader->arabic && dg_lexicon_borrows (lang);
  reader->elides = dg_language_lists (dg_language_get (lang), "elides", "yes");
  reader->stamps = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < n; i++)
    read_para (reader, paras[i]);
  tokens->pointed = reader->n_ended * 2 >= n;
  g_array_unref (reader->stamps);
  g_free (reader->known);
  return tokens;
}

DgTokens *
dg_tokens_new (const char *lang, const DgLexicon *lexicon, const DgLearnedSide *learned, const char *const *paras, guint n)
{
  Reader reader = { .lexicon = lexicon, .learned = learned };

  return read_tokens (&reader, lang, paras, n);
}

void
dg_tokens_list_stems (const char *lang, const DgLexicon *lexicon, const char *para, DgStemFound found, gpointer data)
{
  Reader reader = { .lexicon = lexicon, .found = found, .found_data = data };

  dg_tokens_free (read_tokens (&reader, lang, &para, 1));
}

void
dg_tokens_free (DgTokens *tokens)
{
  if (tokens == NULL)
    return;
  g_array_unref (tokens->types);
  g_array_unref (tokens->concepts);
  g_array_unref (tokens->paras);
  g_array_unref (tokens->members);
  g_free (tokens);
}
